//! Signed quotations: "“We lost.” — Ana Ruiz", the name on the same line or on one of its own.

use crate::content::proposal::Proposal;
use crate::content::quotation_edges::{pieces, quotation_before, speaks};
use crate::cue::Candidate;
use crate::cue::article::Article;
use crate::text::TokenRange;

/// The longest signature, in tokens.
const LONGEST: usize = 8;

/// The most words that a name alone on its line has.
const MOST_NAMES: usize = 5;

/// The statement of a dash that signs the quotation before it.
pub(crate) fn signed(view: &Article<'_>, cue: &Candidate) -> Option<Proposal> {
    let dash = cue.head as usize;
    let edge = if view.begins_paragraph(dash) { dash.checked_sub(1).map(|last| last + 1)? } else { dash };
    let quotation = if view.begins_paragraph(dash) {
        view.quotes.around(edge.checked_sub(1)?).filter(|q| q.tokens.end as usize == edge)?
    } else {
        quotation_before(view, edge)?
    };
    let source = signer(view, dash)?;
    let content = pieces(quotation);
    speaks(quotation).then(|| Proposal { cue: Some(cue.clone()), source: Some(source), content, probability: cue.probability })
}

/// The name after a dash, up to a comma, a bracket or the end of its line.
fn signer(view: &Article<'_>, dash: usize) -> Option<TokenRange> {
    let index = view.paragraph(dash);
    let line = view.reading.paragraphs.get(index as usize)?.tokens.end as usize;
    let alone = TokenRange::new(dash as u32 + 1, line as u32);
    if (2..=MOST_NAMES).contains(&alone.len()) && alone.range().all(|t| view.capital(t)) {
        return Some(alone);
    }
    let name = view.phrase(dash + 1).filter(|p| p.begin as usize == dash + 1)?;
    let short = line <= dash + 1 + LONGEST || view.is_comma(name.end as usize);
    (short && view.pos(name.end as usize - 1).is_proper()).then_some(name)
}
