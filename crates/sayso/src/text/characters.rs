//! What single characters are to a reader of news.

/// Whether a character takes no room: a soft hyphen, a zero-width space, a byte order mark, a direction mark.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Whether a character sits on the letter before it.
pub(super) fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
        | '\u{93c}' | '\u{94d}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe2f}')
}

/// Whether a character is room between tokens.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c) || c.is_control()
}

/// Whether a character ends a line.
pub(super) fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether a character is an apostrophe, or a mark that looks like one.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// Whether a character is a hyphen that holds a word together.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

/// Whether a character is a quotation mark whatever stands around it.
pub(super) fn is_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '“'
            | '”'
            | '„'
            | '‟'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '\''
            | '`'
            | '「'
            | '」'
            | '『'
            | '』'
            | '＂'
            | '⹂'
            | '〝'
            | '〞'
            | '〟'
            | '‵'
            | '‶'
            | '‷'
    )
}

/// Whether a character closes a quotation that a prime or a grave accent opened, and else measures feet or minutes, or is an accent.
pub(super) fn is_slanted(c: char) -> bool {
    matches!(c, '′' | '″' | '‴' | '´')
}

/// Whether a character is neither a letter nor punctuation: a currency sign, an emoji.
pub(super) fn is_symbol(c: char) -> bool {
    match c {
        '$' | '%' | '&' | '#' | '@' | '*' | '+' | '<' | '=' | '>' | '^' | '|' | '~' | '\\' | '_' => true,
        c if c.is_ascii() => false,
        '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{203b}'
        | '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{301f}'
        | '¡'
        | '¿'
        | '·'
        | '§'
        | '¶' => false,
        _ => true,
    }
}

/// Whether a character goes on with the emoji before it.
pub(super) fn goes_on_with_emoji(c: char) -> bool {
    is_combining(c) || matches!(c, '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
}
