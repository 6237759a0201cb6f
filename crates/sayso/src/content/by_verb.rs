//! What a verb proposes: "Ruiz said ...", "..., said Ruiz", "..., Ruiz said, ...".

use crate::content::clause_edges::{Within, clause_after};
use crate::content::lost_mark::{opened_by_attribution, opening_cue};
use crate::content::passive::{by_phrase, passive};
use crate::content::proposal::{Proposal, found};
use crate::content::quotation_edges::{ends_sentence, pieces, quotation_after, quotation_before};
use crate::content::sides::{after_attribution, before_attribution, content_after, rest};
use crate::content::source::Clauses;
use crate::cue::Candidate;
use crate::cue::article::{Article, pos};
use crate::cue::frame::Frame;
use crate::cue::occurrence::Occurrence;
use crate::text::TokenRange;

/// How likely a cue must be for a clause before it ("..., he said") to be its content.
const FRONTED: f32 = 0.3;
/// How likely a cue must be to take whatever follows it for its content when nothing else fits.
const FALLBACK: f32 = 0.8;

/// What a verb proposes.
pub(crate) fn by_verb(clauses: &Clauses<'_>, word: &Occurrence, cue: &Candidate, cues: &[Candidate]) -> Option<Proposal> {
    let view = &clauses.view;
    let group = word.group.as_ref()?;
    if fronted_participle(view, word) {
        return None;
    }
    let subject = clauses.subject(group);
    if let Some(quotation) = view.quotes.around(word.head).filter(|q| opening_cue(view, q, cues).is_some_and(|c| c.head == cue.head)) {
        let begin = word.complement.begin as u32;
        let content = pieces(quotation).into_iter().map(|p| TokenRange::new(p.begin.max(begin), p.end)).collect();
        return found(cue, subject, content, cue.probability);
    }
    let frame = word.complement.frame;
    if view.lemma_of_kind(word.head, "impersonal") && matches!(frame, Frame::To | Frame::Adjective | Frame::Object) {
        let after = clause_after(view, word.complement.begin, cues, within(view, word, subject));
        return found(cue, None, subject.into_iter().chain([after]).collect(), cue.probability);
    }
    let asked = view.lemma(word.head) == "ask" || matches!(frame, Frame::That | Frame::Clause | Frame::Wh);
    if group.passive && !asked && !matches!(frame, Frame::Quote | Frame::Gerund | Frame::Inverted) {
        return passive(view, word, cue, subject, cues);
    }
    let source = match frame {
        _ if group.passive && asked => by_phrase(view, cue.tokens.end as usize),
        Frame::Inverted => clauses.inverted(group),
        _ => subject,
    };
    if source.is_none() && view.in_headline(word.head) {
        return None;
    }
    found(cue, source, content(view, word, cue, cues, source, subject), cue.probability)
}

/// The content of an active verb, on either side of its attribution.
fn content(
    view: &Article<'_>,
    word: &Occurrence,
    cue: &Candidate,
    cues: &[Candidate],
    source: Option<TokenRange>,
    subject: Option<TokenRange>,
) -> Vec<TokenRange> {
    let frame = word.complement.frame;
    let next = cue.tokens.end as usize;
    let begin = source.filter(|&s| s.end <= cue.tokens.begin && touches(view, s, cue)).map_or(cue.tokens.begin, |s| s.begin) as usize;
    let end = match frame {
        Frame::Inverted => source.map_or(next, |s| s.end as usize),
        Frame::End => word.complement.begin,
        _ => next,
    };
    let asks_before =
        matches!(frame, Frame::Inverted | Frame::End | Frame::Quote) || (frame == Frame::Preposition && cue.probability > FRONTED);
    let mut content = if asks_before { said_before(view, word, begin, end, cues) } else { Vec::new() };
    let closes = matches!(frame, Frame::Inverted | Frame::End) || (frame == Frame::Preposition && !content.is_empty());
    if closes {
        content.extend(said_behind(view, begin, end, &content, cues));
    } else if content.is_empty() || frame == Frame::Quote {
        let from = if frame == Frame::Preposition { next } else { word.complement.begin };
        content.extend(content_after(view, frame, from, cues, within(view, word, subject)));
    }
    if content.is_empty() && cue.probability > FALLBACK && !view.is_punctuation(next) && !view.begins_paragraph(next) {
        content = content_after(view, frame, next, cues, within(view, word, subject));
    }
    content
}

/// What goes on behind an attribution that ends before `end`: the rest of what stands before it, or all of it.
fn said_behind(view: &Article<'_>, begin: usize, end: usize, before: &[TokenRange], cues: &[Candidate]) -> Vec<TokenRange> {
    if let Some(last) = before.last() {
        return rest(view, end, view.quoted(last.end as usize - 1), cues);
    }
    if let Some(quotation) = quotation_after(view, end) {
        return pieces(quotation);
    }
    if view.is_comma(end) && begin > 0 && (view.is_comma(begin - 1) || view.is(begin - 1, "as")) {
        return after_attribution(view, end, cues);
    }
    if view.is(end, ".") && !view.begins_paragraph(end + 1) {
        return quotation_after(view, end + 1).map(pieces).unwrap_or_default();
    }
    Vec::new()
}

/// What was said before the attribution, where the verb's form and what follows it leave room for that.
fn said_before(view: &Article<'_>, word: &Occurrence, begin: usize, end: usize, cues: &[Candidate]) -> Vec<TokenRange> {
    let participle = view.pos(word.head) == pos::VBG && word.complement.frame != Frame::Inverted;
    if quotation_before(view, begin).is_some_and(|q| opened_by_attribution(view, q, cues)) {
        return Vec::new();
    }
    let elsewhere = word.complement.frame == Frame::Quote && quotation_before(view, begin).is_none_or(|q| ends_sentence(view, q));
    if participle || elsewhere {
        return Vec::new();
    }
    before_attribution(view, begin, end).unwrap_or_default()
}

/// Words that begin a clause which the main clause follows.
const SUBORDINATORS: &[&str] = &[
    "when", "while", "as", "if", "after", "before", "although", "though", "because", "since", "where", "once", "until", "whereas", "in",
    "by",
];

/// What kind of clause a verb stands in.
fn within(view: &Article<'_>, word: &Occurrence, source: Option<TokenRange>) -> Within {
    if source.is_some_and(|s| s.len() == 1 && matches!(view.pos(s.begin as usize), pos::WP | pos::WDT)) {
        return Within::Relative;
    }
    let sentence = view.sentence(word.head).begin as usize;
    let begin = source.map_or(word.begin, |s| (s.begin as usize).min(word.begin));
    let opener = begin.checked_sub(1).filter(|&o| o >= sentence);
    let fronted = match opener {
        None => word.begin == sentence && !word.group.is_some_and(|g| g.finite),
        Some(opener) => {
            view.any(opener, SUBORDINATORS) && (opener == sentence || view.is_comma(opener - 1) || view.pos(opener - 1) == pos::CC)
        }
    };
    if fronted { Within::Fronted } else { Within::Main }
}

/// "Asked to comment on the bridge, Ruiz said ...": the phrase says about what, it is no statement.
fn fronted_participle(view: &Article<'_>, word: &Occurrence) -> bool {
    let first = view.sentence(word.head).begin as usize;
    if !matches!(view.pos(first), pos::VBN | pos::VBG | pos::VBD) || word.head > first + TOPIC {
        return false;
    }
    let bare = word.begin == first && view.lemma(word.head) != "ask";
    let asked_to = view.lemma(first) == "ask" && view.pos(first + 1) == pos::TO && word.head <= first + 2;
    asked_to || (bare && matches!(word.complement.frame, Frame::To | Frame::Preposition | Frame::Object | Frame::End))
}

/// How far into its sentence a phrase that only says about what may reach, in tokens.
const TOPIC: usize = 3;

fn touches(view: &Article<'_>, source: TokenRange, cue: &Candidate) -> bool {
    let aside = view.is_comma(source.end as usize) && cue.tokens.begin > source.end && view.is_comma(cue.tokens.begin as usize - 1);
    aside || (source.end..cue.tokens.begin).all(|t| view.is_adverb(t as usize) || view.is_punctuation(t as usize))
}
