//! For training: every word that could be a cue, as prediction sees it.

use crate::cue::CueKind;
use crate::cue::article::Article;
use crate::cue::occurrence::occurrences;
use crate::model::Model;
use crate::quote::Quotes;
use crate::tag::Tags;
use crate::text::Reading;

/// The columns of the word tables: what follows a word.
pub const FRAMES: [&str; 11] = ["quote", "that", "wh", "to", "clause", "object", "preposition", "gerund", "adjective", "end", "inverted"];

/// A word that could be a cue.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Verb or noun.
    pub kind: CueKind,
    /// Its lemma.
    pub lemma: String,
    /// The token of its head.
    pub head: u32,
    /// The token of the particle or preposition right after it.
    pub particle: Option<u32>,
    /// That token's lower-case form.
    pub particle_form: Option<String>,
    /// The row of the table of settings.
    pub setting: String,
    /// What follows, as the column of the word tables counted from 0.
    pub frame: usize,
}

/// All words of a text that could be cues, in order.
#[must_use]
pub fn seen(text: &str, reading: &Reading, quotes: &Quotes, tags: &Tags, model: &Model) -> Vec<Seen> {
    let view = Article { text, reading, quotes, tags, company: model.lexicon.table("cue_company") };
    let word = |o: &crate::cue::occurrence::Occurrence| Seen {
        kind: o.kind,
        lemma: view.lemma(o.head).to_owned(),
        head: o.head as u32,
        particle: o.particle.map(|p| p as u32),
        particle_form: o.particle.map(|p| view.form(p).to_owned()),
        setting: crate::cue::setting::setting(&view, o),
        frame: o.complement.frame as usize,
    };
    occurrences(&view).iter().map(word).collect()
}
