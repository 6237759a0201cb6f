//! Every word of a text that could be a cue: verbs with their groups, nouns with their complements.

use crate::cue::CueKind;
use crate::cue::article::{Article, pos};
use crate::cue::frame::{Complement, Frame, complement, is_time};
use crate::cue::verb_group::{VerbGroup, verb_groups};

/// A word that could be a cue, and what the word tables are asked about it.
#[derive(Clone, Debug)]
pub(crate) struct Occurrence {
    /// Verb or noun.
    pub(crate) kind: CueKind,
    /// The first token of the cue.
    pub(crate) begin: usize,
    /// The token after the last.
    pub(crate) end: usize,
    /// Its main word.
    pub(crate) head: usize,
    /// The verb group, for a verb.
    pub(crate) group: Option<VerbGroup>,
    /// What follows.
    pub(crate) complement: Complement,
    /// The particle or preposition right after it: "called for".
    pub(crate) particle: Option<usize>,
}

/// Every verb and common noun of the text, in order.
pub(crate) fn occurrences(view: &Article<'_>) -> Vec<Occurrence> {
    let mut found = Vec::new();
    for sentence in &view.reading.sentences {
        let (begin, end) = (sentence.tokens.begin as usize, sentence.tokens.end as usize);
        for group in verb_groups(view, begin, end) {
            found.push(verb(view, begin, group));
        }
        for token in begin..end {
            if view.pos(token).0 <= 1 && view.phrase(token).is_none_or(|p| p.end as usize == token + 1) {
                found.push(noun(view, token));
            }
        }
    }
    found.sort_by_key(|o| o.head);
    found
}

fn verb(view: &Article<'_>, floor: usize, group: VerbGroup) -> Occurrence {
    let addressed = view.lemma_of_kind(group.head, "addressed");
    let mut complement = complement(view, group.end, addressed);
    if inverted(view, floor, &group, &complement) {
        complement.frame = Frame::Inverted;
        complement.begin = group.end;
    }
    let particle = particle(view, group.end);
    Occurrence { kind: CueKind::Verb, begin: group.begin, end: group.end, head: group.head, group: Some(group), complement, particle }
}

fn particle(view: &Article<'_>, at: usize) -> Option<usize> {
    (matches!(view.pos(at), pos::IN | pos::RP | pos::TO) && !view.is(at, "that") && !view.pos(at + 1).is_verb()).then_some(at)
}

/// `..., said Ana Ruiz`: what was said stands before the verb, who said it behind.
fn inverted(view: &Article<'_>, floor: usize, group: &VerbGroup, complement: &Complement) -> bool {
    let Some(before) = group.begin.checked_sub(1) else { return false };
    let said = view.is_comma(before) || view.closes(before) || (view.is_stop(before) && view.quoted(before));
    let aside = view
        .quotes
        .around(before)
        .is_some_and(|q| q.tokens.begin as usize > floor && view.phrase(floor).is_some_and(|p| view.is_comma(p.end as usize)));
    let quoted = view.quoted(before) || group.begin == floor;
    let fits = matches!(complement.frame, Frame::Object | Frame::End | Frame::Quote) || (quoted && complement.frame == Frame::Clause);
    let follows = fits && view.phrase(group.end).is_some_and(|p| !is_time(view, p));
    let pronoun = view.is_comma(before) && !view.quoted(before) && view.any(group.end, &["he", "she", "they", "it", "we", "i", "you"]);
    if view.lemma(group.head) == "tell"
        || aside
        || pronoun
        || (view.is_comma(before)
            && (closes_aside(view, floor, before) || !clause_before(view, floor, before) || ends_relative(view, floor, before)))
    {
        return false;
    }
    let tense = matches!(view.pos(group.head), pos::VBD | pos::VBZ | pos::VBP | pos::VBN);
    (said || group.begin == floor) && follows && tense && group.end == group.begin + 1
}

/// Whether a finite verb stands between the beginning of the sentence and a comma, so that a clause can have been said.
fn clause_before(view: &Article<'_>, floor: usize, comma: usize) -> bool {
    let finite = |t: usize| view.pos(t) == pos::MD || matches!(view.pos(t), pos::VBD | pos::VBP | pos::VBZ);
    comma == floor || (floor..comma).rev().take(60).any(finite)
}

/// Whether a comma closes a relative clause about a source: "Ruiz, who runs the port, called it safe".
fn ends_relative(view: &Article<'_>, floor: usize, comma: usize) -> bool {
    let named = view.phrase(floor).map(|p| p.end as usize).filter(|&end| view.is_comma(end));
    let nearest = (floor..comma).rev().take(40).find(|&t| view.is_comma(t));
    [named, nearest].into_iter().flatten().any(|t| t < comma && view.any(t + 1, &["who", "whose", "which"]))
}

/// Whether a comma closes an aside about a source: "“We lost,” Ana Ruiz, the mayor, said".
fn closes_aside(view: &Article<'_>, floor: usize, comma: usize) -> bool {
    let tokens = (floor..comma).rev().take(40).take_while(|&t| !view.quoted(t));
    let mut first = comma;
    for token in tokens {
        first = token;
    }
    first > floor
        && first < comma
        && view.closes(first - 1)
        && view.phrase(first).is_some_and(|p| p.begin as usize == first && !view.is(first, "he"))
}

fn noun(view: &Article<'_>, head: usize) -> Occurrence {
    let complement = complement(view, head + 1, false);
    Occurrence { kind: CueKind::Noun, begin: head, end: head + 1, head, group: None, complement, particle: particle(view, head + 1) }
}
