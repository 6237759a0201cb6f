//! Quotation marks decide: where a content touches a quotation, it takes the whole of it.

use crate::cue::article::Article;
use crate::quote::{Quotation, Usage};
use crate::text::TokenRange;

/// The runs of a quotation, one for each paragraph that it stands in.
pub(crate) fn pieces(quotation: &Quotation) -> Vec<TokenRange> {
    quotation.pieces.clone()
}

/// The outermost quotation that ends right before `edge`, past the comma or dash that joins it to its attribution.
pub(crate) fn quotation_before<'a>(view: &Article<'a>, edge: usize) -> Option<&'a Quotation> {
    let mut last = edge.checked_sub(1)?;
    if (view.is_comma(last) || view.is_dash(last) || view.is_stop(last)) && !view.quoted(last) {
        last = last.checked_sub(1)?;
    }
    let quotation = view.quotes.around(last)?;
    (quotation.tokens.end as usize == last + 1 && view.paragraph(last) == view.paragraph(edge)).then_some(quotation)
}

/// Whether the last words of a quotation end a sentence, so that what follows may be another: "“We lost.” She said: ...".
pub(crate) fn ends_sentence(view: &Article<'_>, quotation: &Quotation) -> bool {
    let end = quotation.tokens.end as usize;
    view.is(end, ".") || (end >= 2 && view.is_mark(end - 1) && view.is(end - 2, "."))
}

/// The outermost quotation that begins at `edge`, past a comma, a colon or "that".
pub(crate) fn quotation_after<'a>(view: &Article<'a>, edge: usize) -> Option<&'a Quotation> {
    let first = if view.any(edge, &[",", ":", "-", "—", "–", "--"]) && !view.quoted(edge) { edge + 1 } else { edge };
    let quotation = view.quotes.around(first)?;
    (quotation.tokens.begin as usize == first).then_some(quotation)
}

/// Whether a quotation can be what was said and not just a name or a word in distance quotes.
pub(crate) fn speaks(quotation: &Quotation) -> bool {
    quotation.usage == Usage::Speech || quotation.tokens.len() > 6
}

/// Moves the end of a content that falls inside a quotation to the quotation's end.
pub(crate) fn past_quotation(view: &Article<'_>, end: usize) -> usize {
    let Some(last) = end.checked_sub(1) else { return end };
    view.piece(last).map_or(end, |piece| piece.end as usize)
}
