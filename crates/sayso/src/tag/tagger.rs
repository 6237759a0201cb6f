//! Part of speech by a greedy averaged perceptron, left to right (Collins 2002).

use std::sync::LazyLock;

use super::Pos;
use super::features::{Shape, features};
use crate::model::TagRows;
use crate::model::hash::{Feature, word};

/// Before the first word of a sentence.
pub const BEGIN: [u8; 2] = [250, 251];

/// Tags one sentence after another, with buffers of its own.
#[derive(Debug)]
pub struct Tagger<'m> {
    weights: &'m TagRows,
    features: Vec<Feature>,
}

impl<'m> Tagger<'m> {
    /// A tagger with these weights.
    #[must_use]
    pub fn new(weights: &'m TagRows) -> Self {
        Tagger { weights, features: Vec::with_capacity(32) }
    }

    /// Appends the tags of a sentence, given its words' shapes, to `tags`.
    pub fn sentence(&mut self, shapes: &[Shape], tags: &mut Vec<Pos>) {
        let mut previous = BEGIN;
        let shouting = shouting(shapes);
        let labels = self.weights.labels();
        for at in 0..shapes.len() {
            features(shapes, at, previous, shouting, &mut self.features);
            let mut scores = self.weights.score(&self.features);
            let mut tag = best(&scores[..labels]);
            if Pos(tag).asks() && !asks(shapes[at].form()) {
                // "Whitmore" looks like one, where the weights have not seen it.
                scores[Pos::ASKING].fill(i16::MIN);
                tag = best(&scores[..labels]);
            }
            tags.push(Pos(tag));
            previous = [previous[1], tag];
        }
    }
}

/// All that can be question and relative words.
const WORDS: [&str; 23] = [
    "that",
    "which",
    "what",
    "who",
    "whom",
    "whose",
    "when",
    "where",
    "why",
    "how",
    "whatever",
    "whichever",
    "whoever",
    "whomever",
    "whenever",
    "wherever",
    "however",
    "whereby",
    "wherein",
    "whereas",
    "whereupon",
    "whence",
    "whither",
];

/// Whether a form, by its hash, is a question or relative word.
fn asks(form: u32) -> bool {
    static HASHES: LazyLock<[u32; WORDS.len()]> = LazyLock::new(|| WORDS.map(|w| word(w.as_bytes())));
    HASHES.contains(&form)
}

/// Whether a sentence is set in capitals, or capitalised like a title: then a capital says little.
#[must_use]
pub fn shouting(shapes: &[Shape]) -> bool {
    let words = shapes.iter().filter(|s| s.letters() & 64 == 0).count();
    let capital = shapes.iter().filter(|s| s.letters() & 1 != 0).count();
    words >= 4 && capital * 3 >= words * 2
}

/// The first label with the highest score.
fn best(scores: &[i16]) -> u8 {
    let mut best = 0;
    for (label, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = label;
        }
    }
    best as u8
}
