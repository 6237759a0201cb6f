//! Cuts a text into paragraphs.
//!
//! A line is a paragraph. There are two exceptions, both for text that was wrapped by a program:
//!
//! - Where an article has lines of 50 to 90 characters without a final stop one under the other, and blank lines between
//!   its paragraphs, all lines between two blank lines are one paragraph.
//! - Elsewhere, a line without a final stop goes on in the next line if that begins with a small letter.

use super::characters::is_line_end;

/// A line of a text, without its line end.
#[derive(Clone, Copy, Debug)]
struct Line {
    begin: usize,
    end: usize,
}

/// Where the paragraphs of a text begin and end, in bytes; none is blank.
pub(super) fn cut(text: &str) -> Vec<(usize, usize)> {
    let lines = lines(text);
    let wrapped = is_wrapped(text, &lines);
    let mut paragraphs: Vec<(usize, usize)> = Vec::new();
    let mut last: Option<Line> = None;
    for line in lines {
        let blank = text[line.begin..line.end].trim().is_empty();
        let goes_on = last.is_some_and(|l| !blank && (wrapped || runs_on(text, l, line)));
        match paragraphs.last_mut() {
            Some(paragraph) if goes_on => paragraph.1 = line.end,
            _ if blank => {}
            _ => paragraphs.push((line.begin, line.end)),
        }
        last = (!blank).then_some(line);
    }
    paragraphs
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut begin = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if is_line_end(c) {
            lines.push(Line { begin, end: at });
            if c == '\r' && chars.peek().is_some_and(|(_, d)| *d == '\n') {
                chars.next();
            }
            begin = chars.peek().map_or(text.len(), |(next, _)| *next);
        }
    }
    lines.push(Line { begin, end: text.len() });
    lines
}

/// Whether the lines were wrapped at a fixed width.
fn is_wrapped(text: &str, lines: &[Line]) -> bool {
    let (mut inner, mut full, mut blanks) = (0_usize, 0_usize, 0_usize);
    for pair in lines.windows(2) {
        let words = |l: Line| text[l.begin..l.end].trim();
        if words(pair[0]).is_empty() {
            blanks += 1;
        } else if !words(pair[1]).is_empty() {
            inner += 1;
            let length = words(pair[0]).chars().count();
            full += usize::from((50..=90).contains(&length) && !has_final_stop(words(pair[0])));
        }
    }
    blanks > 0 && inner >= 4 && inner >= blanks && full * 10 >= inner * 7
}

/// Whether a line goes on in the next.
fn runs_on(text: &str, line: Line, next: Line) -> bool {
    let words = text[line.begin..line.end].trim_end();
    !has_final_stop(words) && text[next.begin..next.end].trim_start().starts_with(char::is_lowercase)
}

fn has_final_stop(line: &str) -> bool {
    let line = line.trim_end_matches(['”', '"', '’', '\'', ')', ']']);
    line.ends_with(['.', '?', '!', ':', ';', '…'])
}
