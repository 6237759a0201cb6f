//! What follows a word that may be a cue: "that", a quotation, "to" and a verb, a clause, ...

use crate::cue::article::{Article, pos};
use crate::text::TokenRange;

/// The kinds of complement that the word tables count apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Frame {
    /// `said, “...`, `said: ...`
    Quote,
    /// `said that`
    That,
    /// `asked whether`, `explained why`
    Wh,
    /// `vowed to fight`
    To,
    /// `said the bridge was safe`
    Clause,
    /// `criticized the bridge`
    Object,
    /// `spoke of`
    Preposition,
    /// `recalled seeing`
    Gerund,
    /// `feels safe`
    Adjective,
    /// `..., he said.`
    End,
    /// `..., said Ana Ruiz`
    Inverted,
}

impl Frame {
    /// All of them, in the order of the tables' columns.
    pub(crate) const ALL: [Frame; 11] = [
        Frame::Quote,
        Frame::That,
        Frame::Wh,
        Frame::To,
        Frame::Clause,
        Frame::Object,
        Frame::Preposition,
        Frame::Gerund,
        Frame::Adjective,
        Frame::End,
        Frame::Inverted,
    ];
}

/// The frame of a word and where its complement begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Complement {
    pub(crate) frame: Frame,
    /// The first token of the complement; for [`Frame::End`] the token that ends the clause.
    pub(crate) begin: usize,
    /// The addressee that stands between: "told reporters".
    pub(crate) addressee: Option<(usize, usize)>,
}

/// How many tokens of circumstances ("on Tuesday in a long statement") may stand between a verb and its complement.
const CIRCUMSTANCES: usize = 24;
/// How many tokens a subject may have between the verb of saying and the verb of what was said.
const SUBJECT: usize = 26;

/// What follows the verb that ends before `end`; `addressed` says whether its first object is who was told.
pub(crate) fn complement(view: &Article<'_>, end: usize, addressed: bool) -> Complement {
    if addressed && let Some(phrase) = addressee_at(view, end) {
        let after = unaddressed(view, phrase);
        if !matches!(after.frame, Frame::To | Frame::Adjective | Frame::Gerund) {
            return Complement { addressee: Some((end, phrase)), ..after };
        }
    }
    unaddressed(view, end)
}

fn unaddressed(view: &Article<'_>, end: usize) -> Complement {
    let mut at = end;
    let mut frame = frame_at(view, at);
    if matches!(frame, Frame::Preposition | Frame::End | Frame::Object) {
        let past = past_circumstances(view, at);
        if past > at {
            let later = frame_at(view, past);
            let relative = later == Frame::That && view.pos(past) != pos::IN;
            let counts = !relative && matches!(later, Frame::Quote | Frame::That | Frame::Wh | Frame::Clause | Frame::To | Frame::End);
            if counts {
                frame = later;
                at = past;
            }
        }
    }
    Complement { frame, begin: at, addressee: None }
}

fn addressee_at(view: &Article<'_>, at: usize) -> Option<usize> {
    let phrase = view.phrase(at).filter(|p| p.begin as usize == at)?;
    let mut end = phrase.end as usize;
    // "the crowd of supporters", "supporters in Ohio", "ABC's Robin"
    while let Some(next) = prepositional(view, end, &["of", "in", "at", "from", "for", "on"]) {
        end = next;
    }
    Some(end)
}

/// The end of a prepositional phrase that begins at `at` with one of `heads`.
pub(crate) fn prepositional(view: &Article<'_>, at: usize, heads: &[&str]) -> Option<usize> {
    if !view.any(at, heads) {
        return None;
    }
    let first = if view.is_mark(at + 1) { at + 2 } else { at + 1 };
    let phrase = view.phrase(first).filter(|p| p.begin as usize == first)?;
    let end = phrase.end as usize;
    let closes = first == at + 2 && (view.is_mark(end) || (view.is_mark(end + 1) && view.is_comma(end)));
    Some(if closes { end + 1 + usize::from(view.is_comma(end)) } else { end })
}

const CIRCUMSTANCE_HEADS: &[&str] = &[
    "on",
    "in",
    "at",
    "during",
    "after",
    "before",
    "to",
    "of",
    "from",
    "with",
    "by",
    "for",
    "via",
    "through",
    "over",
    "about",
    "following",
    "as",
];

/// Whether a noun phrase names a time: "Tuesday", "last week".
pub(crate) fn is_time(view: &Article<'_>, phrase: TokenRange) -> bool {
    view.of_kind(phrase.end as usize - 1, "time")
}

/// Past adverbs, times and prepositional phrases: "on Tuesday in a statement".
fn past_circumstances(view: &Article<'_>, from: usize) -> usize {
    let mut at = from;
    while at < from + CIRCUMSTANCES {
        let next = if view.is_adverb(at) {
            at + 1
        } else if let Some(end) = prepositional(view, at, CIRCUMSTANCE_HEADS) {
            end
        } else if let Some(phrase) = view.phrase(at).filter(|p| p.begin as usize == at && is_time(view, *p)) {
            phrase.end as usize
        } else if view.any(at, &["earlier", "late", "later", "last", "ago"]) {
            at + 1
        } else {
            break;
        };
        at = next;
    }
    at
}

fn frame_at(view: &Article<'_>, at: usize) -> Frame {
    if at >= view.len() {
        return Frame::End;
    }
    if view.opens(at) || (view.any(at, &[",", ":", "that", "as", "with"]) && view.opens(at + 1)) || view.is(at, ":") {
        return if view.is(at, "that") { Frame::That } else { Frame::Quote };
    }
    if view.is_punctuation(at) || view.begins_paragraph(at) {
        return Frame::End;
    }
    let tag = view.pos(at);
    if view.is(at, "that") && (view.pos(at) != pos::DT || clause_at(view, at + 1)) {
        return Frame::That;
    }
    if view.is(at, "if") && view.any(at + 1, &["asked", "necessary", "so"]) {
        return Frame::End;
    }
    if view.any(at, &["whether", "if", "how", "why", "what", "who", "where", "when", "which", "whom", "whose"]) {
        return if view.any(at, &["when", "where"]) && !clause_at(view, at + 1) { Frame::End } else { Frame::Wh };
    }
    if tag == pos::TO && (view.pos(at + 1).is_verb() || view.is_adverb(at + 1)) {
        return Frame::To;
    }
    if clause_at(view, at) {
        return Frame::Clause;
    }
    if tag == pos::VBG {
        return Frame::Gerund;
    }
    if tag == pos::IN || tag == pos::TO || tag == pos::RP {
        return Frame::Preposition;
    }
    if view.phrase(at).is_some() || tag == pos::DT || tag == pos::PRPS {
        return Frame::Object;
    }
    if view.is_adjective(at) || tag == pos::VBN {
        return Frame::Adjective;
    }
    Frame::End
}

/// Words that may stand before the subject of a clause.
const FRONTED: &[&str] = &["if", "while", "in", "on", "as", "by", "although", "for", "with", "under", "after"];

/// Whether a clause begins at `at`: a subject and, not far on, its finite verb.
pub(crate) fn clause_at(view: &Article<'_>, at: usize) -> bool {
    let mut next = at;
    while view.is_adverb(next) || (next == at && view.any(next, FRONTED)) {
        next += 1;
    }
    let Some(phrase) = view.phrase(next).filter(|p| p.begin as usize == next) else {
        return view.pos(next) == pos::EX;
    };
    let mut next = phrase.end as usize;
    let sentence = view.sentence(at);
    let limit = (at + SUBJECT).min(sentence.end as usize);
    let (mut relative, mut phrase_before_comma) = (false, false);
    while next < limit {
        let tag = view.pos(next);
        if tag == pos::MD || matches!(tag, pos::VBD | pos::VBP | pos::VBZ) {
            if !relative {
                return true;
            }
            relative = false;
            next += 1;
        } else if matches!(tag, pos::WDT | pos::WP) {
            relative = true;
            next += 1;
        } else if let Some(phrase) = view.phrase(next) {
            // Two noun phrases without a word between them begin a relative clause: "the bridge he built".
            if phrase.begin as usize == next && next > 0 && view.phrase(next - 1).is_some() {
                relative = true;
            }
            next = phrase.end as usize;
        } else if view.is_comma(next) && view.opens(next + 1) {
            return false;
        } else if tag == pos::CC || view.is_comma(next) {
            // "and said", ", saying" go on with another verb of the same subject.
            let after = if view.pos(next + 1) == pos::CC { next + 2 } else { next + 1 };
            let verb = view.pos(after).is_verb() || (view.is_adverb(after) && view.pos(after + 1).is_verb());
            if verb && !(view.is_comma(next) && phrase_before_comma) {
                return false;
            }
            phrase_before_comma = view.is_comma(next);
            next += 1;
        } else if matches!(tag, pos::IN | pos::TO | pos::POS | pos::VBN | pos::VBG) || view.is_adverb(next) || view.is_mark(next) {
            next += 1;
        } else {
            return false;
        }
    }
    false
}
