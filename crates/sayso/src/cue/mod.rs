//! Stage 4 detects the words that signal a statement: said, according to, the claim that, the colon.

pub mod features;
pub mod roles;
pub mod view;

use crate::model::Model;
use crate::quote::Quotes;
use crate::tag::Tags;
use crate::text::{Reading, TokenRange};

/// What kind of words a cue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CueKind {
    /// "said", "has long argued"
    Verb,
    /// "his claim that"
    Noun,
    /// "according to", "in the words of"
    Preposition,
    /// A colon, a dash: "WALLACE: Thank you."
    Punctuation,
}

/// Words that may signal a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The tokens of the cue.
    pub tokens: TokenRange,
    /// Its main word.
    pub head: u32,
    /// The main word's lemma.
    pub lemma: String,
    /// What it is.
    pub kind: CueKind,
    /// How likely it is that this signals a statement, 0 to 1.
    pub probability: f32,
}

/// The fourth layer: candidates in text order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cues {
    /// Ascending by first token, apart.
    pub candidates: Vec<Candidate>,
}

/// Detects the cues of a text.
#[must_use]
pub fn detect(text: &str, reading: &Reading, quotes: &Quotes, tags: &Tags, model: &Model) -> Cues {
    let _ = (text, reading, quotes, tags, model);
    Cues::default()
}
