//! The first pass: how likely each token is part of a source, a cue or a content.
//!
//! A linear-chain model over the whole article as one chain, so that a quotation that goes on in the next paragraph is seen as one.

use super::features::features;
use super::view::View;
use crate::model::Sequence;
use crate::model::chain::{Chain, Scores};
use crate::tag::Pos;
use crate::text::{Reading, TokenRange};

/// How many labels the sequence models know.
pub const LABELS: usize = 7;

/// The labels: outside, then the beginning and the rest of each role.
pub mod label {
    /// Part of no statement.
    pub const OUTSIDE: u8 = 0;
    /// The first token of a source; the next number is the rest of one.
    pub const SOURCE: u8 = 1;
    /// The first token of a cue; the next number is the rest of one.
    pub const CUE: u8 = 3;
    /// The first token of a content; the next number is the rest of one.
    pub const CONTENT: u8 = 5;
}

/// For each token how likely it is part of each role, 0 to 1.
#[derive(Debug, Clone, Default)]
pub struct Roles {
    /// Part of a source.
    pub source: Vec<f32>,
    /// Part of a cue.
    pub cue: Vec<f32>,
    /// The first token of a cue.
    pub cue_begins: Vec<f32>,
    /// Part of a content.
    pub content: Vec<f32>,
}

impl Roles {
    /// From the probabilities of the labels.
    #[must_use]
    pub fn of(labels: &[Scores]) -> Roles {
        let sum = |role: u8| labels.iter().map(|p| p[role as usize] + p[role as usize + 1]).collect();
        Roles {
            source: sum(label::SOURCE),
            cue: sum(label::CUE),
            cue_begins: labels.iter().map(|p| p[label::CUE as usize]).collect(),
            content: sum(label::CONTENT),
        }
    }
}

/// The chain of an article, with the scores that a model gives.
#[must_use]
pub fn chain(view: &View, reading: &Reading, model: &Sequence) -> Chain {
    let mut out = Vec::with_capacity(64);
    let scores = (0..view.looks.len()).map(|at| {
        features(view, reading, at, &mut out);
        model.score(&out)
    });
    Chain { scores: scores.collect(), classes: view.looks.iter().map(|l| l.class).collect() }
}

/// How likely each token of an article is part of each role.
#[must_use]
pub fn roles(view: &View, reading: &Reading, model: &Sequence) -> Roles {
    Roles::of(&chain(view, reading, model).marginals(&model.exponentials, LABELS).labels)
}

/// Runs of tokens that may be a cue: all above `least`, cut where a new cue is likely to begin and between two finite verbs ("everybody whom I
/// interviewed | said"), with the most likely token of each.
#[must_use]
pub fn runs(view: &View, roles: &Roles, reading: &Reading, least: f32) -> Vec<(TokenRange, u32)> {
    let mut runs: Vec<(TokenRange, u32)> = Vec::new();
    for (at, &likely) in roles.cue.iter().enumerate() {
        if likely <= least {
            continue;
        }
        let at32 = at as u32;
        match runs.last_mut() {
            Some((run, top))
                if run.end == at32
                    && reading.tokens[at].sentence == reading.tokens[at - 1].sentence
                    && roles.cue_begins[at] < 0.5 * likely
                    && !(is_finite(view, at32 - 1) && is_finite(view, at32)) =>
            {
                run.end += 1;
                if likely > roles.cue[*top as usize] {
                    *top = at32;
                }
            }
            _ => runs.push((TokenRange::new(at32, at32 + 1), at32)),
        }
    }
    runs
}

fn is_finite(view: &View, token: u32) -> bool {
    matches!(Pos(view.look(token).pos as u8).name(), "VBD" | "VBZ" | "VBP")
}
