//! How often a word was a cue in annotated news, by what follows it.
//!
//! The tables `cues` (verbs; "call for" counts the verb with that particle alone) and `cue_nouns` hold counts as "cues/seen":
//! over all, with the particle inside the cue, then one column for each [`Frame`]. The row `*` sums all words.

use crate::cue::CueKind;
use crate::cue::article::Article;
use crate::cue::frame::Frame;
use crate::cue::occurrence::Occurrence;
use crate::cue::setting::setting;
use crate::model::{Lexicon, Table};

/// How much the frame's own count is worth against what the word and the frame say apart, in occurrences.
const FRAME_WEIGHT: f32 = 4.0;
/// How much the average word is worth against a word's own count, in occurrences.
const WORD_WEIGHT: f32 = 3.0;
/// How much the verb's form and subject count beside the word.
const SETTING_WEIGHT: f32 = 1.0;

/// The counts of a language's cue words.
pub(crate) struct Prior<'a> {
    verbs: &'a Table,
    nouns: &'a Table,
    settings: &'a Table,
}

/// What the tables say of one occurrence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chance {
    /// How likely it is a cue.
    pub(crate) probability: f32,
    /// Whether the particle after the word belongs to the cue.
    pub(crate) with_particle: bool,
}

impl<'a> Prior<'a> {
    pub(crate) fn new(lexicon: &'a Lexicon) -> Self {
        Prior { verbs: lexicon.table("cues"), nouns: lexicon.table("cue_nouns"), settings: lexicon.table("cue_settings") }
    }

    pub(crate) fn chance(&self, view: &Article<'_>, word: &Occurrence) -> Chance {
        let Chance { probability, with_particle } = self.word(view, word);
        let Some(cell) = self.settings.get(&setting(view, word)) else { return Chance { probability, with_particle } };
        let all = if word.kind == CueKind::Noun { self.nouns } else { self.verbs }.get("*").unwrap_or("1/2");
        let average = ratio(column(all, 0), 0.1, 1.0);
        let shift = logit(ratio(column(cell, 0), average, WORD_WEIGHT)) - logit(average);
        Chance { probability: sigmoid(logit(probability) + SETTING_WEIGHT * shift), with_particle }
    }

    /// What the word and what follows it say.
    fn word(&self, view: &Article<'_>, word: &Occurrence) -> Chance {
        let table = if word.kind == CueKind::Noun { self.nouns } else { self.verbs };
        let lemma = view.lemma(word.head);
        if let Some(particle) = word.particle
            && let Some(row) = table.get(&format!("{lemma} {}", view.form(particle)))
        {
            let (inside, seen) = column(row, 1);
            return Chance { probability: smoothed(table, row, word.complement.frame), with_particle: 2.0 * inside > seen };
        }
        let probability = table.get(lemma).map_or(0.0, |row| smoothed(table, row, word.complement.frame));
        Chance { probability, with_particle: false }
    }
}

fn smoothed(table: &Table, row: &str, frame: Frame) -> f32 {
    let all = table.get("*").unwrap_or("1/2");
    let at = 2 + Frame::ALL.iter().position(|&f| f == frame).unwrap_or(0);
    let (average, of_frame) = (ratio(column(all, 0), 0.1, 1.0), ratio(column(all, at), 0.1, 1.0));
    let of_word = ratio(column(row, 0), average, WORD_WEIGHT);
    let expected = sigmoid(logit(of_word) + logit(of_frame) - logit(average));
    ratio(column(row, at), expected, FRAME_WEIGHT)
}

fn ratio((hits, seen): (f32, f32), expected: f32, weight: f32) -> f32 {
    (hits + weight * expected) / (seen + weight)
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

fn logit(p: f32) -> f32 {
    let p = p.clamp(0.001, 0.999);
    (p / (1.0 - p)).ln()
}

/// Column `index` of a row, "cues/seen"; (0, 0) where it is missing.
fn column(row: &str, index: usize) -> (f32, f32) {
    let cell = row.split('\t').nth(index).and_then(|c| c.split_once('/'));
    cell.map_or((0.0, 0.0), |(hits, seen)| (hits.parse().unwrap_or(0.0), seen.parse().unwrap_or(0.0)))
}
