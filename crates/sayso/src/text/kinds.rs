//! What paragraphs are for: headlines, and notes that are no prose.

use super::edges::{is_dash, words};
use super::{Paragraph, ParagraphKind, Reading, TokenKind, TokenRange};

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

/// How many tokens a headline has at most.
const LONGEST_HEADLINE: usize = 32;

/// Marks the notes.
pub(super) fn mark_notes(text: &str, reading: &mut Reading) {
    for index in 0..reading.paragraphs.len() {
        if is_note(text, reading, reading.paragraphs[index]) {
            reading.paragraphs[index].kind = ParagraphKind::Note;
        }
    }
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

/// Marks the titles: the lines before the first prose, and short lines without a stop between paragraphs of prose.
pub(super) fn mark_headlines(text: &str, reading: &mut Reading, dateline: Option<usize>) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_can_be_searched() {
        for table in [BUTTONS, CAPTIONS, TIMES] {
            assert!(table.is_sorted_by(|a, b| a < b), "{table:?}");
        }
    }
}
