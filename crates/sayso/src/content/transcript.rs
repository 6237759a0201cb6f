//! Labelled paragraphs: what stands before the colon is the source, what stands behind it the content.

use crate::content::clause_edges::trimmed;
use crate::content::proposal::Proposal;
use crate::cue::Candidate;
use crate::cue::article::Article;
use crate::text::TokenRange;

/// The statement of a labelled paragraph: "RUIZ: Thank you."
pub(crate) fn labelled(view: &Article<'_>, cue: &Candidate) -> Option<Proposal> {
    let colon = cue.head as usize;
    let index = view.paragraph(colon);
    let paragraph = view.reading.paragraphs.get(index as usize)?.tokens;
    let quoted = view.is_mark(paragraph.begin as usize);
    let source = TokenRange::new(paragraph.begin + u32::from(quoted), cue.head);
    let end = trimmed(view, colon + 1, paragraph.end as usize);
    let content = TokenRange::new(cue.head + 1, end as u32);
    let whole = !source.is_empty() && !content.is_empty();
    whole.then(|| Proposal { cue: Some(cue.clone()), source: Some(source), content: vec![content], probability: cue.probability })
}
