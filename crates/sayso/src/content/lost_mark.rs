//! A lost opening mark: "She said we lost. But narrowly,” she said." is one statement, and the first cue is its cue.

use crate::cue::article::Article;
use crate::cue::{Candidate, CueKind};
use crate::quote::{Edge, Quotation};

/// How far from the beginning the first cue may stand, in tokens.
const REACH: usize = 8;
/// How likely that cue must be one.
const SURE: f32 = 0.7;

/// The cue that a quotation with a lost opening mark begins with, where the mark was put before the attribution: "She said we lost”".
pub(crate) fn opening_cue<'a>(view: &Article<'_>, quotation: &Quotation, cues: &'a [Candidate]) -> Option<&'a Candidate> {
    if !is_lost(view, quotation) {
        return None;
    }
    let begin = quotation.tokens.begin;
    let at = cues.partition_point(|c| c.tokens.begin < begin);
    let cue = cues.get(at).filter(|c| c.kind == CueKind::Verb && c.probability > SURE && (c.head as usize) < begin as usize + REACH)?;
    let subject = view.phrase(begin as usize)?;
    (subject.begin == begin && subject.end == cue.tokens.begin).then_some(cue)
}

/// Whether an attribution already opens a quotation whose mark is lost, so that the one that closes it only repeats it.
pub(crate) fn opened_by_attribution(view: &Article<'_>, quotation: &Quotation, cues: &[Candidate]) -> bool {
    if !is_lost(view, quotation) {
        return false;
    }
    if opening_cue(view, quotation, cues).is_some() {
        return true;
    }
    attribution_before(view, quotation, cues).is_some()
}

/// The cue right before a quotation whose opening mark is lost: "She said | we lost”".
pub(crate) fn attribution_before<'a>(view: &Article<'_>, quotation: &Quotation, cues: &'a [Candidate]) -> Option<&'a Candidate> {
    if !is_lost(view, quotation) {
        return None;
    }
    let begin = quotation.tokens.begin;
    let at = cues.partition_point(|c| c.tokens.end <= begin);
    let before = at.checked_sub(1).and_then(|i| cues.get(i))?;
    let near = before.tokens.end + 1 >= begin && view.paragraph(before.head as usize) == view.paragraph(begin as usize);
    (before.kind == CueKind::Verb && before.probability > SURE && near).then_some(before)
}

/// Whether no mark stands where the quotation begins.
fn is_lost(view: &Article<'_>, quotation: &Quotation) -> bool {
    quotation.opened == Edge::Recovered || !view.is_mark(quotation.tokens.begin as usize)
}
