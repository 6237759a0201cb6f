//! Verb groups: "has long argued", "did not say", "is expected", "to warn".

use crate::cue::article::{Article, pos};

/// A main verb with its auxiliaries, negation and adverbs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct VerbGroup {
    /// The first token of the cue that the group would make: an auxiliary, an adverb or the verb itself.
    pub(crate) begin: usize,
    /// The token after the main verb.
    pub(crate) end: usize,
    /// The main verb.
    pub(crate) head: usize,
    /// Whether the subject undergoes the verb: "was asked".
    pub(crate) passive: bool,
    /// Whether it can have a subject of its own: "said", "would say"; not "saying", "to say".
    pub(crate) finite: bool,
    /// The "to" before an infinitive.
    pub(crate) to: Option<usize>,
}

const BE: &[&str] = &["be", "'s", "'re", "'m"];
const HAVE: &[&str] = &["have", "'ve", "'d"];
const DO: &[&str] = &["do"];
const NOT: &[&str] = &["not", "n't", "never"];
/// How far behind a doubtful verb another one is looked for, in tokens.
const LOOK_AHEAD: usize = 30;
/// Adverbs that stand before a verb without belonging to it.
const LOOSE: &[&str] = &["so", "then", "here", "now", "there", "instead", "indeed", "however", "not"];

/// The verb groups of the tokens `begin..end`, in order; groups never share a token.
pub(crate) fn verb_groups(view: &Article<'_>, begin: usize, end: usize) -> Vec<VerbGroup> {
    let mut groups = Vec::new();
    let mut at = begin;
    while at < end {
        if view.pos(at).is_verb() || view.pos(at) == pos::MD {
            let last: Option<&VerbGroup> = groups.last();
            let floor = last.map_or(begin, |g| g.end);
            let coordinated = last.is_some_and(|g| g.finite && !g.passive);
            if let Some(group) = group_at(view, floor, at, end, coordinated) {
                at = group.end;
                groups.push(group);
                continue;
            }
        }
        at += 1;
    }
    groups
}

/// The group whose first verb or modal is `first`; `floor` is where its adverbs may begin, `coordinated` whether "and" before it joins it
/// to an active verb.
fn group_at(view: &Article<'_>, floor: usize, first: usize, end: usize, coordinated: bool) -> Option<VerbGroup> {
    let (mut head, mut be, mut have) = (first, false, false);
    while let Some(next) = next_verb(view, head, end) {
        be = is_be(view, head);
        have = is_any(view, head, HAVE);
        head = next;
    }
    if view.pos(head) == pos::MD {
        return None;
    }
    let to = first.checked_sub(1).filter(|&t| t >= floor && view.pos(t) == pos::TO);
    let spoken = first == head && (view.any(first, &["said", "told"]) || lone_past(view, floor, first, end, coordinated));
    let tag = if spoken { pos::VBD } else { view.pos(first) };
    let finite = to.is_none() && (tag == pos::MD || matches!(tag, pos::VBD | pos::VBP | pos::VBZ) || (tag == pos::VB && first != head));
    let passive = view.pos(head) == pos::VBN && (be || (first == head && !have && !spoken)) || (be && view.pos(head) == pos::VBD);
    let mut begin = first;
    let start = view.sentence(first).begin as usize;
    let name = |t: usize| t == start && finite && view.capital(t);
    while begin > floor && to.is_none() && view.is_adverb(begin - 1) && !LOOSE.contains(&view.form(begin - 1)) && !name(begin - 1) {
        begin -= 1;
    }
    Some(VerbGroup { begin, end: head + 1, head, passive, finite, to })
}

/// The verb that the auxiliary at `at` helps, if it is one and one follows past adverbs and a negation.
fn next_verb(view: &Article<'_>, at: usize, end: usize) -> Option<usize> {
    let (be, have) = (is_be(view, at), is_any(view, at, HAVE));
    let modal = view.pos(at) == pos::MD || is_any(view, at, DO);
    if !be && !have && !modal {
        return None;
    }
    let mut next = at + 1;
    while next < end && next <= at + 4 && (view.is_adverb(next) || view.is(next, "since") || NOT.contains(&view.form(next))) {
        next += 1;
    }
    let tag = view.pos(next);
    let fits = match tag {
        pos::VB | pos::VBP => modal,
        pos::VBG => be,
        pos::VBN | pos::VBD => be || have,
        _ => false,
    };
    (next < end && fits).then_some(next)
}

fn is_be(view: &Article<'_>, token: usize) -> bool {
    is_any(view, token, BE) && view.pos(token) != pos::POS
}

fn is_any(view: &Article<'_>, token: usize, lemmas: &[&str]) -> bool {
    lemmas.contains(&view.lemma(token)) || (view.form(token).starts_with('\'') && lemmas.contains(&view.form(token)))
}

/// Whether a verb tagged as a participle must be the past tense: the first verb of its clause, right after its subject, with no other
/// verb behind it that could be the main one.
fn lone_past(view: &Article<'_>, floor: usize, verb: usize, end: usize, coordinated: bool) -> bool {
    if view.pos(verb) != pos::VBN || view.is(verb + 1, "by") || !view.form(verb).ends_with("ed") {
        return false;
    }
    let mut subject = verb;
    while subject > floor && view.is_adverb(subject - 1) {
        subject -= 1;
    }
    if subject == floor {
        return false;
    }
    let before = subject - 1;
    if coordinated && view.pos(before) == pos::CC {
        return true;
    }
    let finite = |t: usize| view.pos(t) == pos::MD || matches!(view.pos(t), pos::VBD | pos::VBP | pos::VBZ);
    let clause = (verb + 1..end).take(LOOK_AHEAD).take_while(|&t| !view.is_comma(t) && !view.is_mark(t));
    let alone = !clause.into_iter().any(finite);
    let first = view.phrase(before).is_some_and(|p| p.begin as usize == floor || view.pos(before) == pos::PRP);
    let named = view.pos(before).is_proper() || view.is_comma(before);
    let only = named && floor == view.sentence(verb).begin as usize && !(floor..before).rev().take(LOOK_AHEAD).any(finite);
    alone && (first || only)
}
