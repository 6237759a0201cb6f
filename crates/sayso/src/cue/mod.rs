//! Stage 4 detects the words that signal a statement: said, according to, the claim that, the colon.

pub(crate) mod article;
#[cfg(feature = "train")]
pub mod counts;
pub mod features;
mod fixed;
pub(crate) mod frame;
pub(crate) mod label;
pub(crate) mod occurrence;
mod prior;
pub mod roles;
mod setting;
pub(crate) mod verb_group;
pub mod view;

use crate::cue::article::Article;
use crate::cue::fixed::fixed;
use crate::cue::label::{labels, signatures};
use crate::cue::occurrence::{Occurrence, occurrences};
use crate::cue::prior::{Chance, Prior};
use crate::model::{Lexicon, Model};
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

/// How likely a word must be a cue to become a candidate.
const FLOOR: f32 = 0.2;

/// Detects the cues of a text.
#[must_use]
pub fn detect(text: &str, reading: &Reading, quotes: &Quotes, tags: &Tags, model: &Model) -> Cues {
    detect_with(text, reading, quotes, tags, &model.lexicon)
}

/// Detects the cues of a text by word tables that need not be part of a whole model.
#[must_use]
pub fn detect_with(text: &str, reading: &Reading, quotes: &Quotes, tags: &Tags, lexicon: &Lexicon) -> Cues {
    let view = Article { text, reading, quotes, tags, company: lexicon.table("cue_company") };
    let prior = Prior::new(lexicon);
    let mut candidates: Vec<Candidate> = (0..view.len()).filter_map(|token| fixed(&view, token)).collect();
    candidates.extend(labels(&view));
    candidates.extend(signatures(&view));
    for word in occurrences(&view) {
        let chance = prior.chance(&view, &word);
        if chance.probability >= FLOOR {
            candidates.push(candidate(&view, &word, chance));
        }
    }
    candidates.sort_by_key(|c| (c.tokens.begin, c.kind != CueKind::Preposition));
    let mut free = 0;
    candidates.retain(|c| {
        let apart = c.tokens.begin >= free;
        if apart {
            free = c.tokens.end;
        }
        apart
    });
    Cues { candidates }
}

fn candidate(view: &Article<'_>, word: &Occurrence, chance: Chance) -> Candidate {
    let end = if chance.with_particle { word.particle.map_or(word.end, |p| p + 1) } else { word.end };
    Candidate {
        tokens: TokenRange::new(word.begin as u32, end as u32),
        head: word.head as u32,
        lemma: view.lemma(word.head).to_owned(),
        kind: word.kind,
        probability: chance.probability,
    }
}
