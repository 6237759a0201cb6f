//! Cuts a paragraph into tokens, as the Penn Treebank does: clitics apart, hyphenated words whole.

use super::abbreviations::{self, Stop};
use super::address;
use super::characters::{
    goes_on_with_emoji, is_apostrophe, is_blank, is_combining, is_hyphen, is_invisible, is_mark, is_slanted, is_symbol,
};
use super::{Token, TokenKind, Words};
use crate::span::Span;

/// Endings that are tokens of their own; "n't" stands first, since "'t" alone is none.
const CLITICS: &[&str] = &["n't", "'s", "'re", "'ve", "'ll", "'d", "'m"];

/// Words that lose their beginning to an apostrophe.
const ELISIONS: &[&str] =
    &["bout", "cause", "cuz", "em", "fraid", "n", "nuff", "round", "scuse", "til", "till", "tis", "twas", "tween", "twere"];

/// Adds the tokens of `text[begin..end]`.
pub(super) fn cut(text: &str, begin: usize, end: usize, tokens: &mut Vec<Token>, forms: &mut Words) {
    let mut cutter = Cutter { text: &text[..end], begin, tokens, forms, singles: 0, slanted: false };
    let mut at = begin;
    while at < end {
        at = cutter.next(at);
    }
}

struct Cutter<'a> {
    /// The text up to the end of the paragraph.
    text: &'a str,
    /// Where the paragraph begins.
    begin: usize,
    tokens: &'a mut Vec<Token>,
    forms: &'a mut Words,
    /// How many single quotation marks are open.
    singles: u32,
    /// Whether a prime or a grave accent has opened a quotation.
    slanted: bool,
}

impl Cutter<'_> {
    /// The character at a byte; a line end beyond the paragraph.
    fn at(&self, place: usize) -> char {
        match self.text.as_bytes().get(place) {
            Some(&byte) if byte < 128 => byte as char,
            Some(_) => self.text[place..].chars().next().unwrap_or('\n'),
            None => '\n',
        }
    }

    /// The character before a byte; a line end before the paragraph.
    fn before(&self, place: usize) -> char {
        if place <= self.begin { '\n' } else { self.text[..place].chars().next_back().unwrap_or('\n') }
    }

    fn push(&mut self, begin: usize, end: usize, kind: TokenKind) {
        if begin < end {
            self.tokens.push(Token { span: Span::new(begin as u32, end as u32), kind, sentence: 0 });
            self.forms.push_clean(&self.text[begin..end]);
        }
    }

    /// Reads what begins at a byte, and answers where the next begins.
    fn next(&mut self, at: usize) -> usize {
        let c = self.at(at);
        if is_blank(c) {
            return at + c.len_utf8();
        }
        if c.is_alphanumeric() {
            return self.word(at, at);
        }
        if is_mark(c) || is_slanted(c) && self.closes_slanted(at, c) {
            return self.mark(at, c);
        }
        if matches!(c, '@' | '#') && !self.before(at).is_alphanumeric() {
            let end = self.run(at + 1, |c| c.is_alphanumeric() || c == '_');
            if self.text[at + 1..end].contains(char::is_alphabetic) {
                self.push(at, end, TokenKind::Handle);
                return end;
            }
        }
        let mut end = at + c.len_utf8();
        if matches!(c, '-' | '–' | '—' | '―' | '.' | '…' | '=' | '*' | '_') {
            end = self.run(end, |d| d == c);
        }
        let symbol = is_symbol(c);
        if symbol && !c.is_ascii() {
            end = self.emoji(c, end);
        }
        self.push(at, end, if symbol { TokenKind::Symbol } else { TokenKind::Punctuation });
        end
    }

    /// Where a run of characters that hold ends.
    fn run(&self, from: usize, holds: impl Fn(char) -> bool) -> usize {
        self.text[from..].find(|c| !holds(c)).map_or(self.text.len(), |n| from + n)
    }

    /// Where an emoji made of several characters ends: skin tones, families, flags.
    fn emoji(&self, first: char, mut end: usize) -> usize {
        let flag = |c: char| matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
        if flag(first) && flag(self.at(end)) {
            end += self.at(end).len_utf8();
        }
        let mut joined = false;
        loop {
            let c = self.at(end);
            if !(goes_on_with_emoji(c) || joined && !c.is_ascii() && is_symbol(c)) {
                return end;
            }
            joined = c == '\u{200d}';
            end += c.len_utf8();
        }
    }

    /// A word whose span begins at `begin` and whose first letter stands at `from` (behind an apostrophe, if any).
    fn word(&mut self, begin: usize, from: usize) -> usize {
        if let Some(end) = address::end(self.text, from) {
            self.push(begin, end, TokenKind::Address);
            return end;
        }
        let first = self.at(from);
        let mut end = from + first.len_utf8();
        let mut part = from;
        loop {
            let c = self.at(end);
            let behind = end + c.len_utf8();
            if c.is_alphanumeric() || is_combining(c) {
                end = behind;
            } else if is_invisible(c) {
                let next = self.run(behind, is_invisible);
                if !self.at(next).is_alphanumeric() {
                    break;
                }
                end = next;
            } else if self.joins(part, end, c, behind) {
                end = behind;
                part = behind;
            } else {
                break;
            }
        }
        let kind = if first.is_numeric() { TokenKind::Number } else { TokenKind::Word };
        end = self.with_stop(from, end, kind);
        end = self.with_lost_g(from, end);
        self.split(begin, end, kind);
        end
    }

    /// Whether a character between two parts of a word holds them together.
    fn joins(&self, part: usize, at: usize, c: char, behind: usize) -> bool {
        let next = self.at(behind);
        if !next.is_alphanumeric() {
            return false;
        }
        let digits = self.before(at).is_ascii_digit() && next.is_ascii_digit();
        match c {
            '\'' | '’' => !(self.singles > 0 && next.is_uppercase()),
            '&' | '_' => true,
            ',' => digits && self.three_digits(behind),
            ':' | '/' => digits,
            '.' => digits || self.letter_before_stop(part, at, behind),
            _ => is_hyphen(c),
        }
    }

    fn three_digits(&self, at: usize) -> bool {
        let digit = |n: usize| self.at(at + n).is_ascii_digit();
        digit(1) && digit(2) && !digit(3)
    }

    /// "U.S", "a.m", "Ph.D": a short part before the stop, and one letter or another stop behind the next.
    fn letter_before_stop(&self, part: usize, at: usize, behind: usize) -> bool {
        let short = self.text[part..at].chars().take(3).count();
        let next = self.at(behind);
        let after = self.at(behind + next.len_utf8());
        let alone = !after.is_alphanumeric();
        next.is_alphabetic() && alone && (short == 1 || short == 2 && after == '.')
    }

    /// Takes in the full stop of an abbreviation.
    fn with_stop(&self, from: usize, end: usize, kind: TokenKind) -> usize {
        if self.at(end) != '.' || matches!(self.at(end + 1), '.') || kind == TokenKind::Number {
            return end;
        }
        let word = &self.text[from..end];
        let capital = word.starts_with(char::is_uppercase);
        let next = self.text[end + 1..].chars().find(|c| !is_blank(*c));
        let mut letters = word.chars();
        let initial = capital && letters.next().is_some() && letters.next().is_none();
        let is_part = if initial {
            word != "I" && next.is_some_and(char::is_uppercase)
        } else if word == "No" || word == "Nos" {
            next.is_some_and(char::is_numeric)
        } else {
            word.len() <= 16 && abbreviations::stop(&word.to_lowercase(), capital) != Stop::End
        };
        if is_part { end + 1 } else { end }
    }

    /// "goin’": an apostrophe that stands for the "g".
    fn with_lost_g(&self, from: usize, end: usize) -> usize {
        let c = self.at(end);
        let lost = self.singles == 0 && is_apostrophe(c) && end - from > 3 && self.text[from..end].ends_with("in");
        if lost && self.at(end + c.len_utf8()) == ' ' { end + c.len_utf8() } else { end }
    }

    /// Pushes a word, its clitics apart.
    fn split(&mut self, begin: usize, end: usize, kind: TokenKind) {
        if self.text[begin..end].eq_ignore_ascii_case("cannot") {
            self.push(begin, begin + 3, kind);
            self.push(begin + 3, end, kind);
            return;
        }
        let mut cuts = [end; 4];
        let mut n = 0;
        while n < 3 {
            let Some(cut) = clitic(&self.text[begin..cuts[n]]) else { break };
            n += 1;
            cuts[n] = begin + cut;
        }
        self.push(begin, cuts[n], kind);
        for i in (0..n).rev() {
            self.push(cuts[i + 1], cuts[i], TokenKind::Word);
        }
    }

    /// A quotation mark, or an apostrophe that is none.
    fn mark(&mut self, at: usize, c: char) -> usize {
        let end = at + c.len_utf8();
        let double = matches!(c, '\'' | '`' | '’' | '‘') && self.at(end) == c && !self.closes_inner_first(at, end, c);
        if double {
            self.push(at, end + c.len_utf8(), TokenKind::Mark);
            return end + c.len_utf8();
        }
        if is_apostrophe(c) && self.elision(at, end) {
            let mut end = self.word(at, end);
            let c = self.at(end);
            let in_between = is_apostrophe(c) && self.forms.get(self.forms.len() - 1) == "'n";
            if in_between && self.tokens.pop().is_some() {
                self.forms.pop();
                end += c.len_utf8();
                self.push(at, end, TokenKind::Word);
            }
            return end;
        }
        let kind = self.kind_of_mark(at, end, c);
        self.push(at, end, kind);
        end
    }

    /// Whether three apostrophes close a quotation inside another: the first is a mark of its own.
    fn closes_inner_first(&self, at: usize, end: usize, c: char) -> bool {
        let third = end + c.len_utf8();
        self.singles > 0 && self.at(third) == c && self.at(third + c.len_utf8()) != c && !is_blank(self.before(at))
    }

    /// Whether an apostrophe begins a word: "’Tis", "’90s", "’n’".
    fn elision(&self, at: usize, behind: usize) -> bool {
        if self.before(at).is_alphanumeric() || !self.at(behind).is_alphanumeric() {
            return false;
        }
        let end = self.run(behind, |c| c.is_ascii_alphanumeric());
        let word = &self.text[behind..end];
        let years = word.len() >= 2 && word.as_bytes()[..2].iter().all(u8::is_ascii_digit) && matches!(&word[2..], "" | "s");
        years || word.len() <= 6 && ELISIONS.binary_search(&word.to_ascii_lowercase().as_str()).is_ok()
    }

    fn kind_of_mark(&mut self, at: usize, end: usize, c: char) -> TokenKind {
        let before = self.before(at);
        let glued = before.is_alphanumeric();
        match c {
            '"' if glued && self.measures_feet() => return TokenKind::Symbol,
            '‘' | '‚' => self.singles += 1,
            '‵' | '‶' | '‷' | '`' => self.slanted = true,
            '\'' if !glued && self.at(end).is_alphanumeric() => self.singles += 1,
            '\'' | '’' if self.singles > 0 => {
                let possessive = matches!(before, 's' | 'S') && self.at(end) == ' ' && self.closes_later(end);
                if possessive {
                    return TokenKind::Word;
                }
                self.singles -= 1;
            }
            '\'' | '’' if before.is_numeric() => return TokenKind::Symbol,
            '\'' | '’' if matches!(before, 's' | 'S' | 'x' | 'z' | 'X' | 'Z') => return TokenKind::Word,
            _ => {}
        }
        TokenKind::Mark
    }

    /// Whether a prime or an acute accent closes a quotation that its like opened: ‶We lost,″ she said.
    fn closes_slanted(&self, at: usize, c: char) -> bool {
        let behind = self.at(at + c.len_utf8());
        self.slanted && !behind.is_alphanumeric() && !self.before(at).is_numeric()
    }

    /// Whether the number before a `"` gives feet: 5'10.
    fn measures_feet(&self) -> bool {
        self.tokens.last().is_some_and(|t| t.kind == TokenKind::Number && t.span.text(self.text).contains(is_apostrophe))
    }

    /// Whether the single quotation mark that is open is closed in the same sentence, behind `from`.
    fn closes_later(&self, from: usize) -> bool {
        let mut before = ' ';
        let mut seen = 0;
        for c in self.text[from..].chars() {
            seen += 1;
            if seen > 200 || c == '‘' || before == '.' && c == ' ' {
                return false;
            }
            if is_apostrophe(before) && !c.is_alphanumeric() && seen > 2 {
                return true;
            }
            before = if is_apostrophe(c) && (before == ' ' || before == 's') { ' ' } else { c };
        }
        is_apostrophe(before)
    }
}

/// Where the clitic at the end of a word begins.
fn clitic(word: &str) -> Option<usize> {
    let apostrophe = word.rfind(is_apostrophe)?;
    let c = word[apostrophe..].chars().next()?;
    let tail = &word[apostrophe + c.len_utf8()..];
    let not = tail.eq_ignore_ascii_case("t") && matches!(word.as_bytes().get(apostrophe.wrapping_sub(1)), Some(b'n' | b'N'));
    let cut = if not { apostrophe - 1 } else { apostrophe };
    let known = not || tail.len() <= 2 && CLITICS.iter().any(|s| s[1..].eq_ignore_ascii_case(tail) && s.starts_with('\''));
    (known && cut > 0).then_some(cut)
}
