//! The edges of an article: dateline and credit.

use super::kinds;
use super::{Paragraph, ParagraphKind, Reading, TokenKind, TokenRange};

/// Names that a credit line is made of, in lower case.
const AGENCIES: &[&str] = &[
    "aap",
    "afp",
    "agence",
    "agencies",
    "agency",
    "ani",
    "anp",
    "ansa",
    "ap",
    "app",
    "associated",
    "bbc",
    "bloomberg",
    "bureau",
    "cbc",
    "cnn",
    "correspondent",
    "desk",
    "dpa",
    "efe",
    "france-presse",
    "ians",
    "inp",
    "interfax",
    "news",
    "newsroom",
    "online",
    "press",
    "presse",
    "pti",
    "report",
    "reporter",
    "reuters",
    "service",
    "staff",
    "tass",
    "upi",
    "web",
    "wire",
    "wires",
    "xinhua",
];

/// Capitals before a colon that name no place.
const LABELS: &[&str] = &[
    "ANALYSIS",
    "BREAKING",
    "BYLINE",
    "CORRECTION",
    "EDITOR",
    "EDITORS",
    "EXCLUSIVE",
    "LIVE",
    "LOOK",
    "MORE",
    "NEWS",
    "NOTE",
    "OPINION",
    "PHOTO",
    "PHOTOS",
    "POLL",
    "READ",
    "RELATED",
    "UPDATE",
    "UPDATED",
    "VIDEO",
    "WATCH",
];

/// How many tokens a dateline has at most.
const LONGEST_DATELINE: usize = 18;

/// How many paragraphs are looked at for a dateline.
const REACH: usize = 8;

/// Tells what each paragraph is for, and answers the tokens before which a sentence begins in any case.
pub(super) fn mark(text: &str, reading: &mut Reading) -> Vec<u32> {
    kinds::mark_notes(text, reading);
    let mut edges = Vec::new();
    let dateline = dateline(text, reading);
    if let Some((paragraph, place, end)) = dateline {
        reading.dateline = Some(reading.span_of(place));
        reading.paragraphs[paragraph].kind = ParagraphKind::Prose;
        edges.push(end);
    }
    kinds::mark_headlines(text, reading, dateline.map(|d| d.0));
    if let Some((paragraph, credit, begin)) = credit(text, reading) {
        reading.credit = Some(reading.span_of(credit));
        if reading.paragraphs[paragraph].tokens.begin == begin {
            reading.paragraphs[paragraph].kind = ParagraphKind::Credit;
        }
        edges.push(begin);
    }
    edges.sort_unstable();
    edges
}

/// The words of a token.
pub(super) fn words<'a>(text: &'a str, reading: &Reading, at: usize) -> &'a str {
    reading.tokens[at].span.text(text)
}

/// Whether a form is a dash.
pub(super) fn is_dash(form: &str) -> bool {
    matches!(form, "-" | "--" | "---" | "–" | "—" | "―")
}

/// The paragraph of the dateline, its place without the dash, and the token behind the dash.
fn dateline(text: &str, reading: &Reading) -> Option<(usize, TokenRange, u32)> {
    for (index, paragraph) in reading.paragraphs.iter().enumerate().take(REACH) {
        let Some((place, end)) = dateline_of(text, reading, paragraph.tokens) else { continue };
        let colon = reading.form(end as usize - 1) == ":";
        if colon && (has_labels(text, reading, index) || index > 3) {
            return None;
        }
        return Some((index, place, end));
    }
    None
}

/// Whether other paragraphs begin with capitals and a colon too, as in a transcript.
fn has_labels(text: &str, reading: &Reading, except: usize) -> bool {
    let labelled = |p: &Paragraph| {
        let mut tokens = p.tokens.range().take(5);
        tokens.find(|t| !is_capitals(words(text, reading, *t))).is_some_and(|t| t > p.tokens.begin as usize && reading.form(t) == ":")
    };
    reading.paragraphs.iter().enumerate().any(|(i, p)| i != except && labelled(p))
}

/// "WASHINGTON", "ST.", "N.H.": letters, all capitals.
pub(crate) fn is_capitals(word: &str) -> bool {
    word.chars().any(char::is_alphabetic) && !word.chars().any(char::is_lowercase)
}

fn dateline_of(text: &str, reading: &Reading, tokens: TokenRange) -> Option<(TokenRange, u32)> {
    let begin = tokens.begin as usize;
    let limit = (tokens.end as usize).min(begin + LONGEST_DATELINE);
    let first = words(text, reading, begin);
    if reading.tokens[begin].kind != TokenKind::Word || !first.starts_with(char::is_uppercase) || LABELS.binary_search(&first).is_ok() {
        return None;
    }
    let shouted = is_capitals(first) && first.chars().count() > 2;
    let mut agency = false;
    let mut bracket = false;
    for at in begin + 1..limit {
        let form = reading.form(at);
        let word = words(text, reading, at);
        let behind = at + 1 < tokens.end as usize;
        if !bracket && (is_dash(form) || form == ":" && (shouted || agency)) && behind {
            let spaced = reading.tokens[at].span.end() < reading.tokens[at + 1].span.begin();
            let known = shouted && (form != ":" || is_capitals(words(text, reading, at - 1)) || reading.form(at - 1).ends_with('.'));
            let ends = (known || agency) && (spaced || form.chars().next().is_some_and(|c| !c.is_ascii()) || form == "--");
            return ends.then(|| (TokenRange::new(tokens.begin, at as u32), at as u32 + 1));
        }
        match form {
            "(" => bracket = true,
            ")" if bracket => {
                bracket = false;
                if agency && behind && !is_dash(reading.form(at + 1)) && !matches!(reading.form(at + 1), ":" | ",") {
                    let starts = words(text, reading, at + 1).starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"'));
                    return starts.then(|| (TokenRange::new(tokens.begin, at as u32 + 1), at as u32 + 1));
                }
            }
            "," | "." | "/" | "'s" => {}
            "and" | "of" | "de" | "the" if shouted => {}
            _ if bracket => agency |= AGENCIES.binary_search(&form).is_ok() || agency_shaped(word),
            _ if reading.tokens[at].kind == TokenKind::Number => {}
            _ if word.starts_with(char::is_uppercase) && (!shouted || place_goes_on(text, reading, begin, at)) => {}
            _ => return None,
        }
    }
    None
}

/// Behind capitals a word in small letters belongs to the place only behind a comma: "KABUL, Afghanistan".
fn place_goes_on(text: &str, reading: &Reading, begin: usize, at: usize) -> bool {
    is_capitals(words(text, reading, at)) || (begin..at).any(|t| reading.form(t) == ",")
}

/// "CNN", "UPI": a bracketed name in capitals behind a place.
fn agency_shaped(word: &str) -> bool {
    is_capitals(word) && (2..=5).contains(&word.len())
}

/// The paragraph of the credit, its names without the dash, and the token that it begins with.
fn credit(text: &str, reading: &Reading) -> Option<(usize, TokenRange, u32)> {
    for (index, paragraph) in reading.paragraphs.iter().enumerate().rev().take(3) {
        let tokens = paragraph.tokens;
        let mut names = tokens.end as usize;
        while names > tokens.begin as usize && tokens.end as usize - names < 7 && credits(text, reading, names - 1) {
            names -= 1;
        }
        let named = (names..tokens.end as usize).any(|t| AGENCIES.binary_search(&reading.form(t)).is_ok());
        if !named {
            continue;
        }
        let before = names.checked_sub(1).filter(|b| *b >= tokens.begin as usize);
        let dash = before.filter(|b| is_dash(reading.form(*b)));
        let begin = dash.unwrap_or(names);
        let alone = begin == tokens.begin as usize;
        let behind_stop = begin > 0 && matches!(reading.form(begin - 1), "." | "!" | "?" | "”" | "\"" | "''" | "…" | "...");
        if alone && index > 0 || dash.is_some() && behind_stop {
            let names = trim_brackets(reading, names, tokens.end as usize);
            return Some((index, names, begin as u32));
        }
    }
    None
}

fn credits(text: &str, reading: &Reading, at: usize) -> bool {
    let form = reading.form(at);
    matches!(form, "/" | "&" | "and" | "," | "(" | ")" | "with")
        || words(text, reading, at).starts_with(char::is_uppercase) && reading.tokens[at].kind == TokenKind::Word
        || AGENCIES.binary_search(&form).is_ok()
}

fn trim_brackets(reading: &Reading, mut begin: usize, mut end: usize) -> TokenRange {
    while begin + 1 < end && matches!(reading.form(begin), "(" | ",") {
        begin += 1;
    }
    while begin + 1 < end && matches!(reading.form(end - 1), ")" | ",") {
        end -= 1;
    }
    TokenRange::new(begin as u32, end as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_can_be_searched() {
        for table in [AGENCIES, LABELS] {
            assert!(table.is_sorted_by(|a, b| a < b), "{table:?}");
        }
    }
}
