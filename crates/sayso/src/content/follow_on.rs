//! Quotations that no cue claims: they go on with what was said before them, or stand alone.

use crate::content::proposal::Proposal;
use crate::content::quotation_edges::{pieces, speaks};
use crate::content::tidy::is_aside;
use crate::cue::article::Article;
use crate::quote::Quotation;
use crate::text::TokenRange;

/// Gives every unclaimed quotation that fills a sentence to the statement that it goes on, in the same paragraph, or makes it
/// a statement of its own that follows the one before, with this probability.
pub(crate) fn take_over(view: &Article<'_>, kept: &mut Vec<Proposal>, probability: f32) {
    let mut claimed: Vec<(u32, usize)> = kept.iter().enumerate().flat_map(|(i, p)| p.content.iter().map(move |c| (c.end, i))).collect();
    claimed.sort_unstable();
    let mut alone = Vec::new();
    for quotation in view.quotes.quotations.iter().filter(|q| q.depth == 0 && speaks(q)) {
        if is_claimed(kept, &claimed, quotation) || !fills_sentence(view, quotation) || quotation.pieces.iter().all(|&p| is_aside(view, p))
        {
            continue;
        }
        match sentence_before(view, kept, &claimed, quotation) {
            Some(owner) => {
                kept[owner].content.extend(pieces(quotation));
                let end = quotation.tokens.end;
                let at = claimed.partition_point(|&(e, _)| e <= end);
                claimed.insert(at, (end, owner));
            }
            None if view.begins_paragraph(quotation.tokens.begin as usize) => alone.push(quotation),
            None => {}
        }
    }
    kept.extend(alone.into_iter().map(|q| Proposal { cue: None, source: None, content: pieces(q), probability }));
}

fn is_claimed(kept: &[Proposal], claimed: &[(u32, usize)], quotation: &Quotation) -> bool {
    let at = claimed.partition_point(|&(end, _)| end <= quotation.tokens.begin);
    claimed[at..].iter().take(2).any(|&(_, i)| kept[i].content.iter().any(|c| c.overlaps(quotation.tokens)))
}

/// Whether the quotation begins its sentence and ends one, so that no unquoted clause holds it.
fn fills_sentence(view: &Article<'_>, quotation: &Quotation) -> bool {
    let (begin, end) = (quotation.tokens.begin as usize, quotation.tokens.end as usize);
    let begins = view.sentence(begin).begin as usize == begin || view.is_stop(begin - 1);
    let last = view.sentence(end - 1).end as usize;
    begins && (end..last).all(|t| view.is_punctuation(t))
}

/// The statement whose cue stands in the sentence right before the quotation, in the same paragraph: "“We lost,” she said. “But narrowly.”";
/// or in the one before that, if it states nothing.
fn sentence_before(view: &Article<'_>, kept: &[Proposal], claimed: &[(u32, usize)], quotation: &Quotation) -> Option<usize> {
    let begin = quotation.tokens.begin as usize;
    if view.begins_paragraph(begin) {
        return None;
    }
    let mut before = view.sentence(begin - 1);
    let at = claimed.partition_point(|&(end, _)| end <= quotation.tokens.begin);
    let quoted = |c: &TokenRange| view.quoted(c.begin as usize) && view.quoted(c.end as usize - 1);
    let stated = claimed[..at]
        .last()
        .is_some_and(|&(end, owner)| end > before.begin || kept[owner].cue.as_ref().is_some_and(|c| c.tokens.begin >= before.begin));
    let opens = before.begin as usize;
    let other = view.pos(opens).is_proper(); // "Ruiz shook her head."
    if !stated && !other && !view.begins_paragraph(opens) && !view.quoted(opens) {
        before = view.sentence(before.begin as usize - 1);
    }
    // The nearest may be a participle's: "“We lost,” she said, recalling the war. “But narrowly.”"
    let mut nearest = claimed[..at].iter().rev().take(3);
    let owner = nearest.find(|&&(end, owner)| {
        let Some(cue) = kept[owner].cue.as_ref() else { return false };
        let near = cue.tokens.begin >= before.begin || end > before.begin;
        near && kept[owner].content.iter().any(quoted)
    });
    owner.map(|&(_, owner)| owner)
}
