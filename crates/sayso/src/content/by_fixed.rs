//! What a cue of fixed wording proposes: "according to".

use crate::content::proposal::{Proposal, found};
use crate::content::quotation_edges::quotation_after;
use crate::content::sides::{after_attribution, before_attribution};
use crate::content::whole_phrase::whole_right_with_relative;
use crate::cue::Candidate;
use crate::cue::article::Article;
use crate::cue::frame::clause_at;

/// "according to Ana Ruiz" at the beginning, the end or in the middle of its sentence.
pub(crate) fn by_preposition(view: &Article<'_>, cue: &Candidate, cues: &[Candidate]) -> Option<Proposal> {
    let after = cue.tokens.end as usize;
    let phrase = view.phrase(after).filter(|p| p.begin as usize == after)?;
    let source = whole_right_with_relative(view, phrase);
    let (begin, end) = (cue.tokens.begin as usize, source.end as usize);
    let mut content = before_attribution(view, begin, end).unwrap_or_default();
    let goes_on = view.is_comma(end) && (content.is_empty() || (begin > 0 && view.is_comma(begin - 1)));
    let unjoined = content.is_empty() && !view.is_punctuation(end) && clause_at(view, end);
    if goes_on || unjoined || (content.is_empty() && quotation_after(view, end).is_some()) {
        content.extend(after_attribution(view, end, cues));
    }
    found(cue, Some(source), content, cue.probability)
}
