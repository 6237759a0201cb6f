//! The paragraphs of a text as they are set on a page.

use std::ops::Range;

/// A line longer than this was not wrapped by a program: it is a paragraph of its own.
const WRAPPED: usize = 90;

/// Where the paragraphs stand, in bytes; what lies between them is white space. Lines that were wrapped at a fixed width stay together.
pub(super) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let blank_between = text.trim().split('\n').any(|line| line.trim().is_empty());
    let mut at = 0;
    let mut goes_on = false;
    for line in text.split('\n') {
        let words = line.trim();
        let begin = at + (line.len() - line.trim_start().len());
        at += line.len() + 1;
        if words.is_empty() {
            goes_on = false;
            continue;
        }
        let end = begin + words.len();
        match found.last_mut() {
            Some(last) if goes_on => last.end = end,
            _ => found.push(begin..end),
        }
        goes_on = blank_between && words.chars().count() <= WRAPPED;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::paragraphs;

    fn cut(text: &str) -> Vec<&str> {
        paragraphs(text).into_iter().map(|p| &text[p]).collect()
    }

    #[test]
    fn a_line_is_a_paragraph_unless_blank_lines_part_them() {
        assert_eq!(cut("One.\nTwo.\n"), ["One.", "Two."]);
        assert_eq!(cut(" One\nand on.\r\n\r\nTwo.\n\n\n"), ["One\nand on.", "Two."]);
        assert_eq!(cut(&format!("{}\nTwo.\n\nThree.", "x".repeat(91))), [&*"x".repeat(91), "Two.", "Three."]);
        assert_eq!(cut(" \n\n"), Vec::<&str>::new());
    }
}
