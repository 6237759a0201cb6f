//! Where an unquoted content ends: a guess, by commas, conjunctions and the cues that follow.

use crate::content::quotation_edges::past_quotation;
use crate::cue::Candidate;
use crate::cue::article::{Article, pos};
use crate::cue::frame::clause_at;
use crate::text::TokenRange;

/// How far an unquoted content may reach, in tokens; keeps a text of one endless sentence linear.
const REACH: usize = 300;
/// How likely a participle after a comma must be a cue to end the content before it.
const PARTICIPLE: f32 = 0.2;
/// How likely a verb after "and" must be a cue to end the content before it.
const COORDINATED: f32 = 0.3;

/// What kind of clause the cue stands in: it says at which comma its content ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Within {
    /// "Ruiz said ..."
    Main,
    /// "Ruiz, who said ..., left": the content ends with the relative clause.
    Relative,
    /// "While Ruiz said ..., she left": the content ends where the main clause begins.
    Fronted,
}

/// The clause that runs from `begin` to the end of its sentence, or to where something else takes over.
pub(crate) fn clause_after(view: &Article<'_>, begin: usize, cues: &[Candidate], within: Within) -> TokenRange {
    let sentence = view.sentence(begin);
    let mut limit = (sentence.end as usize).min(begin + REACH);
    if let Some(around) = view.quotes.around(begin.saturating_sub(1)).filter(|q| q.tokens.has(begin as u32)) {
        // A cue inside a quotation says nothing of what stands outside.
        limit = limit.min(around.tokens.end as usize);
    }
    let mut at = begin;
    while at < limit {
        if view.quoted(at) {
            let past = past_quotation(view, at + 1);
            if past > at {
                at = past;
                let comma = past >= 2 && view.is_mark(past - 1) && view.is_comma(past - 2);
                if comma && past < limit && ends_after_comma(view, past, cues, within) {
                    break;
                }
                continue;
            }
        }
        if view.is_stop(at) && view.opens(at + 1) {
            break;
        }
        if at > begin && ends_clause(view, at, cues, within) {
            break;
        }
        at += 1;
    }
    TokenRange::new(begin as u32, trimmed(view, begin, at) as u32)
}

/// Words after a comma that begin what the writer adds: in more than half of the annotated sentences the content ends before them.
const ADDED: &[&str] = &["which", "while", "though", "although", "according", "despite", "but", "who"];

/// Whether the content ends before the token at `at`.
fn ends_clause(view: &Article<'_>, at: usize, cues: &[Candidate], within: Within) -> bool {
    let next = at + 1;
    if view.is(at, ";") {
        return true;
    }
    if !view.is_comma(at) {
        return view.pos(at) == pos::CC && coordinated(view, at, cues);
    }
    ends_after_comma(view, next, cues, within)
}

/// Whether the content ends before the comma that stands before `next`.
fn ends_after_comma(view: &Article<'_>, next: usize, cues: &[Candidate], within: Within) -> bool {
    match within {
        Within::Relative if !view.phrase(next).is_some_and(|p| view.is_comma(p.end as usize)) => return true,
        Within::Fronted if main_clause(view, next) => return true,
        _ => {}
    }
    if view.pos(next) == pos::VBG && cue_at(cues, next).is_some_and(|c| c.probability > PARTICIPLE) {
        return true;
    }
    view.any(next, ADDED)
        || (view.is(next, "even") && view.is(next + 1, "as"))
        || (view.pos(next) == pos::CC && coordinated(view, next, cues))
}

/// Whether a subject and its verb stand at `at`, or a quotation.
fn main_clause(view: &Article<'_>, at: usize) -> bool {
    let subject = view.phrase(at).filter(|p| p.begin as usize == at);
    subject.is_some_and(|_| clause_at(view, at)) || view.opens(at)
}

/// "and called the bridge ...": another cue of the same subject.
fn coordinated(view: &Article<'_>, conjunction: usize, cues: &[Candidate]) -> bool {
    let mut verb = conjunction + 1;
    while view.is_adverb(verb) {
        verb += 1;
    }
    matches!(view.pos(verb), pos::VBD | pos::VBZ | pos::VBP | pos::VBN | pos::VBG)
        && cue_at(cues, verb).is_some_and(|c| c.probability > COORDINATED)
}

fn cue_at(cues: &[Candidate], token: usize) -> Option<&Candidate> {
    let at = cues.partition_point(|c| c.tokens.end as usize <= token);
    cues.get(at).filter(|c| c.tokens.has(token as u32))
}

/// Without the punctuation at its end; a closing mark or bracket stays.
pub(crate) fn trimmed(view: &Article<'_>, begin: usize, end: usize) -> usize {
    let mut end = end;
    while end > begin && view.is_punctuation(end - 1) && !view.quoted(end - 1) && !view.any(end - 1, &[")", "]", "?", "!"]) {
        end -= 1;
    }
    end
}

/// The clause that ends before the attribution at `edge`: from the beginning of its sentence.
pub(crate) fn clause_before(view: &Article<'_>, edge: usize) -> Option<TokenRange> {
    let last = edge.checked_sub(1)?;
    let begin = view.sentence(last).begin as usize;
    if edge - begin > REACH || view.sentence(edge).begin as usize != begin {
        return None;
    }
    let end = trimmed(view, begin, edge);
    let begin = past_dateline(view, begin, end);
    let begin = (begin..end).find(|&t| !view.is_punctuation(t) || view.quoted(t))?;
    (end > begin).then(|| TokenRange::new(begin as u32, end as u32))
}

/// The first token after the dateline, where a sentence begins with it.
fn past_dateline(view: &Article<'_>, begin: usize, end: usize) -> usize {
    let Some(dateline) = view.reading.dateline else { return begin };
    (begin..end).find(|&t| view.reading.tokens[t].span.begin() >= dateline.end()).unwrap_or(begin)
}
