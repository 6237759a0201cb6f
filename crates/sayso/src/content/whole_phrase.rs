//! Whole noun phrases: title, name, what "of" and "for" add, brackets, apposition.

use crate::cue::article::{Article, pos};
use crate::cue::frame::prepositional;
use crate::text::TokenRange;

/// Prepositions that tie a noun phrase to the one before it.
const TIES: &[&str] = &["of", "for", "in", "at", "from", "with", "to", "on", "behind", "against", "by", "among", "close"];
/// Those of them that may follow a proper name.
const NAME_TIES: &[&str] = &["of", "for", "from"];

/// How long a relative clause after a source may be, in tokens.
const RELATIVE: usize = 40;

/// The phrase with what it hangs on to the left: "a spokesman for the governor", "Ruiz and Okafor".
pub(crate) fn whole_left(view: &Article<'_>, phrase: TokenRange) -> TokenRange {
    let mut begin = phrase.begin as usize;
    for _ in 0..6 {
        let Some(before) = begin.checked_sub(2) else { break };
        let mut tie = begin - 1;
        if view.is_adverb(tie) && view.any(before, &["and", "or", "but"]) {
            tie = before;
        }
        let Some(before) = tie.checked_sub(1) else { break };
        let Some(earlier) = view.phrase(before).filter(|p| p.end as usize == before + 1) else { break };
        let same = view.sentence(before).begin == view.sentence(begin).begin;
        let ties = view.any(tie, TIES) || (view.any(tie, &["and", "or", "&"]) && !clause_before(view, earlier));
        let after_mark = view.is_comma(tie) && named_before(view, earlier, phrase);
        if !same || !(ties || after_mark) {
            break;
        }
        if view.any(tie, TIES) && !view.is(tie, "of") && follows_verb(view, earlier) {
            break;
        }
        begin = earlier.begin as usize;
    }
    TokenRange::new(begin as u32, phrase.end)
}

/// Whether a verb or preposition stands right before the phrase, so that it is an object and no part of a subject.
fn follows_verb(view: &Article<'_>, phrase: TokenRange) -> bool {
    let Some(before) = (phrase.begin as usize).checked_sub(1) else { return false };
    view.pos(before).is_verb() || view.pos(before) == pos::TO
}

fn clause_before(view: &Article<'_>, phrase: TokenRange) -> bool {
    follows_verb(view, phrase) || (phrase.begin as usize).checked_sub(1).is_some_and(|b| view.pos(b) == pos::IN)
}

/// "” Mark Toner, deputy spokesperson said": a name with its apposition whose second comma is missing.
fn named_before(view: &Article<'_>, name: TokenRange, apposition: TokenRange) -> bool {
    let begins = name.begin == view.sentence(name.begin as usize).begin || view.closes(name.begin as usize - 1);
    let head = name.end as usize - 1;
    begins && view.pos(head).is_proper() && (view.pos(apposition.end as usize - 1).0 <= 1 || view.pos(apposition.begin as usize) == pos::DT)
}

/// The phrase with all that follows it: "Ana Ruiz (D-Lorca), the mayor of Lorca".
pub(crate) fn whole_right(view: &Article<'_>, phrase: TokenRange) -> TokenRange {
    let sentence = view.sentence(phrase.begin as usize).end as usize;
    let mut end = tied_right(view, phrase.end as usize, sentence);
    for _ in 0..3 {
        if !view.is_comma(end) || end + 1 >= sentence {
            break;
        }
        let Some(next) = view.phrase(end + 1).filter(|p| p.begin as usize == end + 1) else { break };
        let age = view.pos(next.begin as usize) == pos::CD && next.len() == 1 && view.is_comma(next.end as usize);
        if age {
            end = next.end as usize;
            continue;
        }
        if !apposes(view, next) {
            break;
        }
        let close = tied_right(view, next.end as usize, sentence);
        let after = view.is_comma(close) || view.is_punctuation(close) || close >= sentence || matches!(view.pos(close), pos::WP | pos::IN);
        if !after {
            break;
        }
        end = close;
    }
    TokenRange::new(phrase.begin, end as u32)
}

/// The phrase after an inverted verb with all that follows it, a relative clause too: "said Ana Ruiz, who runs the port".
pub(crate) fn whole_right_with_relative(view: &Article<'_>, phrase: TokenRange) -> TokenRange {
    let whole = whole_right(view, phrase);
    let end = whole.end as usize;
    let relative = if view.is_comma(end) { end + 1 } else { end };
    if !view.any(relative, &["who", "whose"]) {
        return whole;
    }
    let limit = (view.sentence(end - 1).end as usize).min(end + RELATIVE);
    let close = (relative..limit).find(|&t| view.is_stop(t) || view.is_mark(t) || view.is(t, ";") || view.is_dash(t)).unwrap_or(limit);
    TokenRange::new(phrase.begin, close as u32)
}

/// Whether a phrase after a comma says who the one before it is.
fn apposes(view: &Article<'_>, next: TokenRange) -> bool {
    let (first, head) = (next.begin as usize, next.end as usize - 1);
    let article = view.pos(first) == pos::DT || view.pos(first) == pos::PRPS;
    let role = view.pos(head).0 <= 1 && view.pos(first) != pos::CD && view.pos(first) != pos::PRP;
    (article || role) && !view.of_kind(head, "occasion")
}

fn tied_right(view: &Article<'_>, from: usize, limit: usize) -> usize {
    let mut end = from;
    while end < limit {
        let named = view.pos(end - 1).is_proper();
        let ties = if named { NAME_TIES } else { TIES };
        if view.is(end, "(") {
            let Some(close) = (end..limit).take(12).find(|&t| view.is(t, ")")) else { break };
            end = close + 1;
        } else if let Some(next) = prepositional(view, end, ties).filter(|&n| !view.of_kind(n - 1, "occasion")) {
            end = next;
        } else if let Some(next) = adjoining(view, end) {
            end = next;
        } else if view.any(end, &["close", "familiar"]) && view.any(end + 1, &["to", "with"]) {
            let Some(next) = prepositional(view, end + 1, &["to", "with"]) else { break };
            end = next;
        } else if view.any(end, &["and", "or", "&"])
            && let Some(next) = view.phrase(end + 1).filter(|p| p.begin as usize == end + 1)
            && !finite_after(view, next.end as usize)
        {
            end = next.end as usize;
        } else if view.pos(end) == pos::VBN && view.any(end + 1, &["by", "for", "in", "at", "to"]) && !named {
            let Some(next) = prepositional(view, end + 1, &["by", "for", "in", "at", "to"]) else { break };
            end = next;
        } else {
            break;
        }
    }
    end
}

/// The end of a noun phrase that goes on with the one before it, which the tags cut in two: "Ruiz's deputy | national security adviser".
fn adjoining(view: &Article<'_>, at: usize) -> Option<usize> {
    let next = view.phrase(at).filter(|p| p.begin as usize == at)?;
    let goes_on = view.is_adjective(at) || view.pos(at).is_noun();
    (goes_on && !view.of_kind(next.end as usize - 1, "time")).then_some(next.end as usize)
}

fn finite_after(view: &Article<'_>, at: usize) -> bool {
    let at = if view.is_adverb(at) { at + 1 } else { at };
    matches!(view.pos(at), pos::VBD | pos::VBZ | pos::VBP | pos::MD)
}
