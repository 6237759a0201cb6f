//! Tells what each quotation mark of a paragraph can be: which style, and whether it opens or closes.

use crate::text::{Reading, TokenKind, TokenRange};

/// Marks that may close one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// "", “”, „“, ``''
    Double,
    /// '', ‘’, ‚‘, `', `´
    Single,
    /// ‵′
    Prime,
    /// ‶″
    DoublePrime,
    /// ‷‴
    TriplePrime,
    /// 〝〞, 〝〟
    Ditto,
    /// «», »«
    Guillemet,
    /// ‹›, ›‹
    SingleGuillemet,
    /// 「」
    Corner,
    /// 『』
    WhiteCorner,
}

/// What a mark does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It opens by its shape or by the blanks around it.
    Opens,
    /// It closes by its shape or by the blanks around it.
    Closes,
    /// It opens where none is open, and else closes.
    Either,
}

/// One mark of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// Where it stands.
    pub(super) token: u32,
    pub(super) style: Style,
    pub(super) role: Role,
    /// What the blanks around it say, whatever its shape is.
    pub(super) looks: Role,
}

/// Fills `marks` with the quotation marks of a run of tokens.
pub(super) fn read(text: &str, reading: &Reading, tokens: TokenRange, marks: &mut Vec<Mark>) {
    marks.clear();
    for at in tokens.range().filter(|t| reading.tokens[*t].kind == TokenKind::Mark) {
        let looks = looks(text, reading, at);
        let Some((style, shape)) = shape(reading.tokens[at].span.text(text)) else { continue };
        let role = match (style, shape) {
            (Style::Single, Role::Closes) if looks == Role::Opens => continue,
            (Style::Single, Role::Either) if looks == Role::Either => continue,
            (Style::Guillemet | Style::SingleGuillemet, shape) => {
                if looks == Role::Either {
                    shape
                } else {
                    looks
                }
            }
            (_, Role::Either) => looks,
            (_, shape) => shape,
        };
        marks.push(Mark { token: at as u32, style, role, looks });
    }
}

fn shape(mark: &str) -> Option<(Style, Role)> {
    Some(match mark {
        "“" | "„" | "‟" | "⹂" | "``" | "‘‘" => (Style::Double, Role::Opens),
        "”" | "’’" => (Style::Double, Role::Closes),
        "\"" | "''" | "＂" => (Style::Double, Role::Either),
        "‘" | "‚" | "‛" | "`" => (Style::Single, Role::Opens),
        "’" | "´" => (Style::Single, Role::Closes),
        "‵" => (Style::Prime, Role::Opens),
        "′" => (Style::Prime, Role::Closes),
        "‶" => (Style::DoublePrime, Role::Opens),
        "″" => (Style::DoublePrime, Role::Closes),
        "‷" => (Style::TriplePrime, Role::Opens),
        "‴" => (Style::TriplePrime, Role::Closes),
        "〝" => (Style::Ditto, Role::Opens),
        "〞" => (Style::Ditto, Role::Closes),
        "〟" => (Style::Ditto, Role::Either),
        "'" => (Style::Single, Role::Either),
        "«" => (Style::Guillemet, Role::Opens),
        "»" => (Style::Guillemet, Role::Closes),
        "‹" => (Style::SingleGuillemet, Role::Opens),
        "›" => (Style::SingleGuillemet, Role::Closes),
        "「" => (Style::Corner, Role::Opens),
        "」" => (Style::Corner, Role::Closes),
        "『" => (Style::WhiteCorner, Role::Opens),
        "』" => (Style::WhiteCorner, Role::Closes),
        _ => return None,
    })
}

/// Room before and words behind: it opens. Words before, and room or a stop behind: it closes.
fn looks(text: &str, reading: &Reading, at: usize) -> Role {
    let span = reading.tokens[at].span;
    let before = text[..span.range().start].chars().next_back();
    let behind = text[span.range().end..].chars().next();
    let open_before = before.is_none_or(|c| {
        c.is_whitespace()
            || matches!(c, '(' | '[' | '{' | '—' | '–' | '-' | '/' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
            || opens(c)
    });
    let word_behind =
        behind.is_some_and(|c| c.is_alphanumeric() || matches!(c, '$' | '#' | '@' | '[' | '(' | '…' | '.' | '’' | '\'') || opens(c));
    // Beside a straight mark, what stands beyond it tells: the last two of "Will it hold?'" both close.
    let open_before = open_before && !(before == Some('"') && clings(text[..span.range().start - 1].chars().next_back()));
    let beyond = || text[span.range().end + 1..].chars().next();
    let room_behind =
        behind.is_none_or(|c| !c.is_alphanumeric() && (!opens(c) || c == '"' && !beyond().is_some_and(char::is_alphanumeric)));
    match (open_before, word_behind) {
        (true, true) => Role::Opens,
        (false, _) if room_behind => Role::Closes,
        _ => Role::Either,
    }
}

/// Whether words end with this character, so that a mark behind it closes.
fn clings(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '?' | '!' | '…'))
}

fn opens(c: char) -> bool {
    matches!(c, '“' | '‘' | '„' | '‚' | '«' | '‹' | '「' | '『' | '"' | '`')
}
