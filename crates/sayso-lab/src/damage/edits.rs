//! Changes to a text, and the way from places in the changed text back to the original.

use std::ops::Range;

/// A change: these bytes of the original are replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes of the original, on character boundaries.
    pub at: Range<usize>,
    /// What stands there instead.
    pub with: String,
}

impl Edit {
    /// Puts `with` in the place of some bytes.
    pub fn replace(at: Range<usize>, with: impl Into<String>) -> Edit {
        Edit { at, with: with.into() }
    }

    /// Puts `with` before a byte.
    pub fn insert(at: usize, with: impl Into<String>) -> Edit {
        Edit { at: at..at, with: with.into() }
    }
}

/// A changed text.
#[derive(Clone, Debug)]
pub struct Damaged {
    /// The text as it is now.
    pub text: String,
    /// What was changed, ascending and apart.
    pub edits: Vec<Edit>,
    /// Each edit's bytes in the changed text.
    places: Vec<Range<usize>>,
}

impl Damaged {
    /// Changes a text.
    ///
    /// # Panics
    /// If the edits overlap, or split a character.
    pub fn new(original: &str, mut edits: Vec<Edit>) -> Damaged {
        edits.sort_by_key(|e| (e.at.start, e.at.end));
        let mut text = String::with_capacity(original.len() + original.len() / 8);
        let mut places = Vec::with_capacity(edits.len());
        let mut done = 0;
        for edit in &edits {
            assert!(edit.at.start >= done, "edits overlap at byte {}", edit.at.start);
            text.push_str(&original[done..edit.at.start]);
            places.push(text.len()..text.len() + edit.with.len());
            text.push_str(&edit.with);
            done = edit.at.end;
        }
        text.push_str(&original[done..]);
        Damaged { text, edits, places }
    }

    /// The bytes of the original that some bytes of the changed text stand for; what was replaced is covered whole, what was
    /// inserted stands for nothing.
    pub fn back(&self, changed: Range<usize>) -> Range<usize> {
        let begin = self.place(changed.start, false);
        begin..self.place(changed.end, true).max(begin)
    }

    fn place(&self, at: usize, end: bool) -> usize {
        let next = self.places.partition_point(|p| if end { p.start < at } else { p.start <= at });
        let Some(last) = next.checked_sub(1) else { return at };
        let (edit, place) = (&self.edits[last].at, &self.places[last]);
        if at < place.end || end && at == place.end {
            return if end { edit.end } else { edit.start };
        }
        edit.end + (at - place.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_again() {
        let original = "“No,” she said. Nobody came.";
        let damaged = Damaged::new(original, vec![Edit::replace(0..3, ""), Edit::replace(6..9, "\"\""), Edit::insert(19, "<br>")]);
        assert_eq!(damaged.text, "No,\"\" she said.<br> Nobody came.");
        let back = |words: &str| {
            let begin = damaged.text.find(words).expect("words of the text");
            &original[damaged.back(begin..begin + words.len())]
        };
        assert_eq!(back("No"), "No");
        assert_eq!(back("No,\"\""), "No,”");
        assert_eq!(back("she said."), "she said.");
        assert_eq!(back("said.<br> Nobody"), "said. Nobody");
        assert_eq!(back("<br>"), "");
        assert_eq!(back("came."), "came.");
    }
}
