//! Passive verbs and verbs without anybody behind them: the subject is what was said or thought, not who said it.

use crate::content::clause_edges::{Within, clause_after};
use crate::content::proposal::{Proposal, found};
use crate::content::sides::after_attribution;
use crate::content::whole_phrase::whole_right;
use crate::cue::Candidate;
use crate::cue::article::{Article, pos};
use crate::cue::frame::Frame;
use crate::cue::occurrence::Occurrence;
use crate::text::TokenRange;

/// "The bridge was closed by the mayor": what stands before the verb is the content, who stands after "by" the source.
pub(crate) fn passive(
    view: &Article<'_>,
    word: &Occurrence,
    cue: &Candidate,
    subject: Option<TokenRange>,
    cues: &[Candidate],
) -> Option<Proposal> {
    let after = cue.tokens.end as usize;
    let source = by_phrase(view, after);
    let begin = cue.tokens.begin as usize;
    if let (None, Some(source), true) = (subject, source, begin > 0 && view.is(begin.saturating_sub(1), "as")) {
        // "As reported by the Lorca Times, the port is shut."
        return found(cue, Some(source), after_attribution(view, source.end as usize, cues), cue.probability);
    }
    let subject = subject?;
    let mut content = vec![subject];
    let from = source.map_or(after, |s| s.end as usize);
    if matches!(word.complement.frame, Frame::To)
        || (cue.tokens.end as usize > word.end && source.is_none())
        || view.pos(from) == pos::TO
        || view.any(from, &["as", "for", "of"])
    {
        content.push(clause_after(view, from, cues, Within::Main));
    }
    found(cue, source, content, cue.probability)
}

/// Who stands after "by", right after a passive verb or as the last word of its cue.
pub(crate) fn by_phrase(view: &Article<'_>, after: usize) -> Option<TokenRange> {
    let by = if view.is(after, "by") { Some(after) } else { after.checked_sub(1).filter(|&t| view.is(t, "by")) }?;
    view.phrase(by + 1).filter(|p| p.begin as usize == by + 1).map(|p| whole_right(view, p))
}
