//! Tells speech from distance quotes and titles, by looks.

use super::Usage;
use super::saying;
use crate::text::{Reading, TokenKind, TokenRange};

/// Words that only a clause has.
const CLAUSAL: &[&str] = &[
    "'d", "'ll", "'m", "'re", "'ve", "am", "are", "can", "could", "did", "do", "does", "had", "has", "have", "he", "i", "is", "it", "must",
    "n't", "she", "should", "they", "was", "we", "were", "will", "would", "you",
];

/// Words before the title of a work.
const WORKS: &[&str] = &[
    "album",
    "article",
    "ballad",
    "book",
    "called",
    "documentary",
    "entitled",
    "essay",
    "film",
    "headlined",
    "hit",
    "memoir",
    "movie",
    "musical",
    "named",
    "novel",
    "opera",
    "painting",
    "play",
    "poem",
    "program",
    "series",
    "show",
    "single",
    "sitcom",
    "song",
    "titled",
    "track",
    "watching",
];

/// The longest quotation, in words, that may be a title.
const LONGEST_TITLE: usize = 9;

/// What the quotation with these first tokens and marks is for.
pub(super) fn of(text: &str, reading: &Reading, piece: TokenRange, several: bool) -> Usage {
    let inner = inner(reading, piece);
    let words = inner.range().filter(|t| is_word(reading, *t)).count();
    let clausal = inner.range().any(|t| CLAUSAL.binary_search(&reading.form(t)).is_ok());
    if several || words > LONGEST_TITLE || words >= 5 && clausal {
        return Usage::Speech;
    }
    let introduced = introduced(reading, piece);
    if !introduced && words > 0 && is_title(text, reading, piece, inner) {
        return Usage::Title;
    }
    if introduced || clausal && words >= 3 || words >= 6 || attributed(text, reading, piece) { Usage::Speech } else { Usage::Scare }
}

/// The tokens between the marks.
fn inner(reading: &Reading, piece: TokenRange) -> TokenRange {
    let mark = |t: u32| reading.tokens[t as usize].kind == TokenKind::Mark;
    let begin = piece.begin + u32::from(mark(piece.begin));
    let end = piece.end - u32::from(piece.end > begin && mark(piece.end - 1));
    TokenRange::new(begin, end)
}

fn is_word(reading: &Reading, at: usize) -> bool {
    matches!(reading.tokens[at].kind, TokenKind::Word | TokenKind::Number) && !matches!(reading.form(at), "'s" | "'")
}

/// Whether a verb of saying, with a comma or a colon or without, leads to the quotation.
fn introduced(reading: &Reading, piece: TokenRange) -> bool {
    let Some(before) = (piece.begin as usize).checked_sub(1) else { return false };
    if reading.tokens[before].sentence != reading.tokens[piece.begin as usize].sentence {
        return false;
    }
    match reading.form(before) {
        ":" => true,
        "," => before.checked_sub(1).is_some_and(|verb| saying::is_verb(reading, verb)),
        _ => saying::is_verb(reading, before),
    }
}

/// Whether the quotation is a sentence of its own, or a clause that says who speaks follows.
fn attributed(text: &str, reading: &Reading, piece: TokenRange) -> bool {
    let sentence = reading.sentences[reading.tokens[piece.begin as usize].sentence as usize].tokens;
    let end = piece.end as usize;
    let last = end.saturating_sub(2);
    let stopped = matches!(reading.form(last), "," | "." | "?" | "!" | "…" | "...");
    let leads = sentence.begin == piece.begin;
    if leads && stopped && end >= sentence.end as usize {
        return true;
    }
    let behind = reading.tokens.get(end).is_some_and(|t| reading.tokens[end - 1].sentence == t.sentence);
    let limit = sentence.end as usize;
    (leads || stopped) && behind && saying::verb_from(text, reading, end, limit).is_some()
}

/// Whether capitals and the words before it make it the title of a work.
fn is_title(text: &str, reading: &Reading, piece: TokenRange, inner: TokenRange) -> bool {
    let word = |t: usize| reading.tokens[t].span.text(text);
    let capital = |t: &usize| word(*t).starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let words = inner.range().filter(|t| is_word(reading, *t));
    let (mut all, mut small) = (0, 0);
    for t in words {
        all += 1;
        small += usize::from(!capital(&t) && word(t).chars().count() > 3);
    }
    let first = inner.range().find(|t| is_word(reading, *t));
    if small > 0 || all == 0 || !first.is_some_and(|t| capital(&t)) {
        return false;
    }
    let Some(before) = (piece.begin as usize).checked_sub(1) else { return false };
    let form = reading.form(before);
    let work = |form: &str| WORKS.binary_search(&form).is_ok();
    let near = (piece.begin as usize).checked_sub(2).is_some_and(|t| form == "," && work(reading.form(t)));
    work(form) || near || all > 1 && matches!(form, "'s" | "on" | "in" | "of" | "from")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_tables_can_be_searched() {
        for table in [super::CLAUSAL, super::WORKS] {
            assert!(table.is_sorted_by(|a, b| a < b), "{table:?}");
        }
    }
}
