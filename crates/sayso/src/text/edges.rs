//! The edges of an article: headline, notes, dateline, credit.

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
    "CORRECTION",
    "EDITOR",
    "EDITORS",
    "EXCLUSIVE",
    "LIVE",
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

/// Whole lines, in lower case, that belong to the page and not to the article.
const BUTTONS: &[&str] = &[
    "abstract",
    "ad",
    "advertisement",
    "comment",
    "comments",
    "continue reading",
    "email",
    "facebook",
    "follow us",
    "full text",
    "more",
    "pinterest",
    "print",
    "read more",
    "related",
    "related articles",
    "related stories",
    "reprints",
    "save",
    "share",
    "share this",
    "sign up",
    "sponsored",
    "subscribe",
    "tweet",
    "twitter",
    "whatsapp",
];

/// Words that begin a line about a picture or about the page.
const CAPTIONS: &[&str] = &["caption", "file", "image", "photo", "photograph", "photos", "picture", "posted", "published", "updated"];

/// Words of a line that is nothing but a date or an hour, in lower case.
const TIMES: &[&str] = &[
    "a.m.",
    "am",
    "apr.",
    "april",
    "aug.",
    "august",
    "bst",
    "cet",
    "dec.",
    "december",
    "edt",
    "est",
    "et",
    "feb.",
    "february",
    "fri",
    "friday",
    "gmt",
    "jan.",
    "january",
    "jul.",
    "july",
    "jun.",
    "june",
    "mar.",
    "march",
    "may",
    "mon",
    "monday",
    "nov.",
    "november",
    "oct.",
    "october",
    "p.m.",
    "pm",
    "pt",
    "sat",
    "saturday",
    "sep.",
    "sept.",
    "september",
    "sun",
    "sunday",
    "thu",
    "thursday",
    "tue",
    "tuesday",
    "updated",
    "utc",
    "wed",
    "wednesday",
];

/// How many tokens a dateline has at most.
const LONGEST_DATELINE: usize = 18;

/// How many paragraphs are looked at for a dateline.
const REACH: usize = 8;

/// How many tokens a headline has at most.
const LONGEST_HEADLINE: usize = 32;

/// Tells what each paragraph is for, and answers the tokens before which a sentence begins in any case.
pub(super) fn mark(text: &str, reading: &mut Reading) -> Vec<u32> {
    for index in 0..reading.paragraphs.len() {
        if is_note(text, reading, reading.paragraphs[index]) {
            reading.paragraphs[index].kind = ParagraphKind::Note;
        }
    }
    let mut edges = Vec::new();
    let dateline = dateline(text, reading);
    if let Some((paragraph, place, end)) = dateline {
        reading.dateline = Some(reading.span_of(place));
        reading.paragraphs[paragraph].kind = ParagraphKind::Prose;
        edges.push(end);
    }
    headlines(text, reading, dateline.map(|d| d.0));
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

fn words<'a>(text: &'a str, reading: &Reading, at: usize) -> &'a str {
    reading.tokens[at].span.text(text)
}

fn is_dash(form: &str) -> bool {
    matches!(form, "-" | "--" | "---" | "–" | "—" | "―")
}

fn ends_with_stop(reading: &Reading, tokens: TokenRange) -> bool {
    let last = tokens.range().next_back();
    let closing = |form: &str| matches!(form, "”" | "\"" | "''" | "'" | "»" | ")");
    let last = tokens.range().rev().take(3).find(|t| !closing(reading.form(*t))).or(last);
    last.is_some_and(|t| reading.form(t).ends_with(['.', '?', '!', '…']))
}

/// A bare number, a byline, a caption, a share button.
fn is_note(text: &str, reading: &Reading, paragraph: Paragraph) -> bool {
    let tokens = paragraph.tokens;
    let lettered = |t: usize| matches!(reading.tokens[t].kind, TokenKind::Word);
    if tokens.len() <= 12 && !tokens.range().any(lettered) {
        return !tokens.range().any(|t| reading.tokens[t].kind == TokenKind::Handle);
    }
    if tokens.len() > 40 {
        return false;
    }
    if tokens.len() <= 9 && tokens.range().all(|t| tells_time(reading, t)) {
        return true;
    }
    let line = paragraph.span.text(text).trim_end_matches(['.', ':', '…']).to_lowercase();
    if BUTTONS.binary_search(&line.as_str()).is_ok() {
        return true;
    }
    let first = reading.form(tokens.begin as usize).trim_start_matches('(');
    let second = reading.form(tokens.begin as usize + 1);
    let stopped = ends_with_stop(reading, tokens);
    let capital = |t: usize| words(text, reading, t).starts_with(char::is_uppercase);
    match first {
        "by" => {
            let names = tokens.range().skip(1).filter(|t| capital(*t)).count();
            !stopped && tokens.len() <= 16 && tokens.len() > 1 && capital(tokens.begin as usize + 1) && names * 2 >= tokens.len() - 1
        }
        "(" => matches!(second, "photo" | "image" | "file"),
        first => {
            CAPTIONS.binary_search(&first).is_ok()
                && (matches!(second, ":" | "by" | "on" | "-" | "–" | "—" | "credit") || second == "photo")
        }
    }
}

/// Whether a token may stand in a line that is nothing but a date or an hour: "7 p.m.", "Monday, 30 September 2019".
fn tells_time(reading: &Reading, at: usize) -> bool {
    !matches!(reading.tokens[at].kind, TokenKind::Word | TokenKind::Mark) || TIMES.binary_search(&reading.form(at)).is_ok()
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
fn is_capitals(word: &str) -> bool {
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

/// Marks the titles: the lines before the first prose, and short lines without a stop between paragraphs of prose.
fn headlines(text: &str, reading: &mut Reading, dateline: Option<usize>) {
    let count = reading.paragraphs.len();
    let mut prose = false;
    for index in 0..count {
        let paragraph = reading.paragraphs[index];
        if paragraph.kind == ParagraphKind::Note || dateline == Some(index) {
            prose |= dateline == Some(index);
            continue;
        }
        let followed = index + 1 < count;
        let over_dateline = dateline == Some(index + 1) && index == 0 && paragraph.tokens.len() <= LONGEST_HEADLINE;
        let title =
            followed && if prose { is_title(text, reading, index) } else { over_dateline || is_headline(text, reading, paragraph, index) };
        if title {
            reading.paragraphs[index].kind = ParagraphKind::Headline;
            if reading.headline.is_none() && !prose {
                reading.headline = Some(paragraph.span);
            }
        } else {
            prose = true;
        }
    }
}

/// A line before the first prose: without a final stop, or with most of its words capitalised.
fn is_headline(text: &str, reading: &Reading, paragraph: Paragraph, index: usize) -> bool {
    let tokens = paragraph.tokens;
    if tokens.len() > LONGEST_HEADLINE || index > 4 {
        return false;
    }
    if matches!(reading.form(tokens.end as usize - 1), "," | ":" | ";" | "—" | "-") {
        return false;
    }
    !says(reading, tokens) && (!ends_with_stop(reading, tokens) || index == 0 && is_title_case(text, reading, tokens))
}

/// Whether a line holds a whole quotation that begins it: speech, and no title.
fn says(reading: &Reading, tokens: TokenRange) -> bool {
    let first = reading.form(tokens.begin as usize);
    let last = reading.form(tokens.end as usize - 1);
    matches!(first, "“" | "\"" | "``" | "''" | "«") && tokens.len() > 12
        || matches!(last, "”" | "»") && matches!(first, "“" | "«") && tokens.len() > 8
}

fn is_title_case(text: &str, reading: &Reading, tokens: TokenRange) -> bool {
    let long = |t: &usize| reading.tokens[*t].kind == TokenKind::Word && words(text, reading, *t).len() > 3;
    let all = tokens.range().filter(long).count();
    let capital = tokens.range().filter(long).filter(|t| words(text, reading, *t).starts_with(char::is_uppercase)).count();
    all >= 3 && capital * 10 >= all * 7
}

/// A short line without a final stop or a quotation, over a part of the article.
fn is_title(text: &str, reading: &Reading, index: usize) -> bool {
    let tokens = reading.paragraphs[index].tokens;
    let (first, last) = (tokens.begin as usize, tokens.end as usize - 1);
    let plain =
        |t: usize| !matches!(reading.tokens[t].kind, TokenKind::Mark | TokenKind::Address | TokenKind::Handle) && !is_dash(reading.form(t));
    let follows = reading.paragraphs[index + 1].tokens;
    tokens.len() <= 10
        && words(text, reading, first).starts_with(char::is_uppercase)
        && tokens.range().all(plain)
        && !ends_with_stop(reading, tokens)
        && matches!(reading.tokens[last].kind, TokenKind::Word | TokenKind::Number)
        && follows.len() > tokens.len()
        && ends_with_stop(reading, follows)
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
        for table in [AGENCIES, LABELS, BUTTONS, CAPTIONS, TIMES] {
            assert!(table.is_sorted_by(|a, b| a < b), "{table:?}");
        }
    }
}
