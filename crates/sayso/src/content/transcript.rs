//! Labelled paragraphs: what stands before the colon is the source, what stands behind it the content.

use crate::content::clause_edges::trimmed;
use crate::content::proposal::Proposal;
use crate::content::tidy::is_aside;
use crate::cue::Candidate;
use crate::cue::article::Article;
use crate::cue::label::is_turn;
use crate::text::TokenRange;

/// How many paragraphs a turn may have.
const LONGEST: usize = 20;

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
    let mut content = vec![content];
    if is_turn(view, paragraph) {
        content.extend(rest_of_turn(view, index as usize + 1));
    }
    whole.then(|| Proposal { cue: Some(cue.clone()), source: Some(source), content, probability: cue.probability })
}

/// The paragraphs up to the next turn, or to what is in brackets; none if no turn follows, where the transcript may have ended.
fn rest_of_turn(view: &Article<'_>, from: usize) -> Vec<TokenRange> {
    let paragraphs = view.reading.paragraphs.iter().skip(from).map(|p| p.tokens);
    let mut rest = Vec::new();
    for paragraph in paragraphs.take(LONGEST) {
        if is_turn(view, paragraph) || is_aside(view, paragraph) {
            return rest;
        }
        if paragraph.range().any(|t| !view.is_punctuation(t)) {
            rest.push(paragraph);
        }
    }
    Vec::new()
}
