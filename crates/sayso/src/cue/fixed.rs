//! Cues of fixed wording: "according to", "in the words of".

use crate::cue::article::Article;
use crate::cue::{Candidate, CueKind};
use crate::text::TokenRange;

/// The fixed cues and how many of their words belong to the cue.
const PHRASES: &[(&[&str], usize)] = &[
    (&["according", "to"], 2),
    (&["in", "the", "words", "of"], 4),
    (&["in", "the", "view", "of"], 4),
    (&["in", "the", "opinion", "of"], 4),
];

/// The fixed cue that begins at `token`, if one does.
pub(crate) fn fixed(view: &Article<'_>, token: usize) -> Option<Candidate> {
    let (words, length) = PHRASES.iter().find(|(words, _)| words.iter().enumerate().all(|(i, w)| view.is(token + i, w)))?;
    let tokens = TokenRange::new(token as u32, (token + length) as u32);
    let head = tokens.begin + u32::from(words.len() == 4) * 2;
    Some(Candidate { tokens, head, lemma: view.form(head as usize).to_owned(), kind: CueKind::Preposition, probability: 0.95 })
}
