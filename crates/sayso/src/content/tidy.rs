//! The edges of what was found, where the text is decisive: quotation marks belong to what they hold, joining commas and stops do not.

use crate::cue::article::Article;
use crate::text::TokenRange;

/// The runs of a content with their quotation marks, without the commas and stops that join them to the sentence; a quotation that goes on in
/// other paragraphs is taken whole.
pub(crate) fn tidy(view: &Article<'_>, content: &[TokenRange]) -> Vec<TokenRange> {
    let mut runs: Vec<TokenRange> = content.iter().filter_map(|&run| with_marks(view, run)).collect();
    let further: Vec<TokenRange> = runs.iter().flat_map(|&run| other_pieces(view, run)).collect();
    runs.extend(further);
    runs.sort_unstable();
    runs.dedup_by(|next, last| {
        let gap = last.end..next.begin;
        let paragraph = view.begins_paragraph(next.begin as usize);
        let joined = next.begin < last.end
            || !paragraph && next.begin == last.end
            || !paragraph && gap.len() <= 2 && gap.clone().all(|t| view.is_punctuation(t as usize) && view.quoted(t as usize));
        if joined {
            last.end = last.end.max(next.end);
        }
        joined
    });
    runs
}

/// The other paragraphs of a quotation whose piece the run fills to the end.
fn other_pieces(view: &Article<'_>, run: TokenRange) -> Vec<TokenRange> {
    let Some(quotation) = view.quotes.around(run.end as usize - 1).filter(|q| q.pieces.len() > 1) else { return Vec::new() };
    match quotation.pieces.iter().position(|p| p.end == run.end) {
        Some(at) => quotation.pieces[at + 1..].iter().copied().filter(|&p| !is_aside(view, p)).collect(),
        None => Vec::new(),
    }
}

/// Whether everything in a piece of a quotation stands in brackets, as a transcript has it: “(Crosstalk.)
pub(crate) fn is_aside(view: &Article<'_>, piece: TokenRange) -> bool {
    let mut tokens = piece.range().filter(|&t| !view.is_mark(t));
    let first = tokens.next();
    let last = tokens.rev().find(|&t| !view.is_stop(t));
    first.is_some_and(|t| view.is(t, "(")) && last.is_some_and(|t| view.is(t, ")"))
}

/// A run without punctuation at its edges; none if nothing is left.
pub(crate) fn bare(view: &Article<'_>, run: TokenRange) -> Option<TokenRange> {
    let (mut begin, mut end) = (run.begin, run.end);
    while begin < end && is_joint(view, begin) {
        begin += 1;
    }
    while end > begin && is_joint(view, end - 1) {
        end -= 1;
    }
    (begin < end).then(|| TokenRange::new(begin, end))
}

/// The runs less the tokens of another part of the statement; what is left of a run must hold more than punctuation.
pub(crate) fn without(view: &Article<'_>, runs: &[TokenRange], part: TokenRange) -> Vec<TokenRange> {
    let rest = |run: &TokenRange| {
        if !run.overlaps(part) {
            return [Some(*run), None];
        }
        let sides = [TokenRange::new(run.begin, part.begin.max(run.begin)), TokenRange::new(part.end.min(run.end), run.end)];
        sides.map(|side| (!side.range().all(|t| view.is_punctuation(t))).then_some(side))
    };
    runs.iter().flat_map(rest).flatten().filter(|r| !r.is_empty()).collect()
}

fn with_marks(view: &Article<'_>, run: TokenRange) -> Option<TokenRange> {
    let mut run = outside_quotation(view, run)?;
    if let Some(quotation) = view.quotes.around(run.begin as usize) {
        let piece = quotation.pieces.iter().find(|p| p.has(run.begin))?;
        // The mark before the first word, unless the content begins in the middle of the quotation.
        if run.begin == piece.begin + 1 {
            run.begin = piece.begin;
        }
    }
    if let Some(quotation) = view.quotes.around(run.end as usize - 1) {
        let piece = quotation.pieces.iter().find(|p| p.has(run.end - 1))?;
        // The mark behind the last word, with the comma or stop that stands inside it.
        let rest = run.end..piece.end;
        if rest.len() <= 3 && rest.clone().all(|t| view.is_punctuation(t as usize)) {
            run.end = piece.end;
        }
    }
    Some(run)
}

/// A run without the commas and stops at its edges that stand outside quotations.
fn outside_quotation(view: &Article<'_>, run: TokenRange) -> Option<TokenRange> {
    let (mut begin, mut end) = (run.begin, run.end);
    let joins = |t: u32| is_joint(view, t) && !view.quoted(t as usize);
    // A closing mark at the beginning, or an opening one at the end, belongs to another quotation.
    let foreign = |t: u32, first: bool| {
        let piece = view.quotes.around(t as usize).and_then(|q| q.pieces.iter().find(|p| p.has(t)));
        piece.is_some_and(|p| p.len() > 1 && view.is_mark(t as usize) && if first { p.end == t + 1 } else { p.begin == t })
    };
    while begin < end && (joins(begin) || foreign(begin, true)) {
        begin += 1;
    }
    while end > begin && (joins(end - 1) || foreign(end - 1, false)) {
        end -= 1;
    }
    (begin < end).then(|| TokenRange::new(begin, end))
}

/// A comma, stop, colon or dash.
fn is_joint(view: &Article<'_>, token: u32) -> bool {
    matches!(view.reading.form(token as usize), "," | "." | ";" | ":" | "—" | "–" | "--" | "-")
}
