//! Both sides of an attribution: what may have been said before it and behind it.

use crate::content::clause_edges::{Within, clause_after, clause_before, trimmed};
use crate::content::quotation_edges::{pieces, quotation_after, quotation_before, speaks};
use crate::cue::Candidate;
use crate::cue::article::{Article, pos};
use crate::cue::frame::Frame;
use crate::text::TokenRange;

/// What stands before an attribution that begins at `edge`: a quotation, or the clause up to the comma.
///
/// `resumed` is the token after the attribution, where "the permit, he said, was late" goes on.
pub(crate) fn before_attribution(view: &Article<'_>, edge: usize, resumed: usize) -> Option<Vec<TokenRange>> {
    let joined = edge.checked_sub(1)?;
    if let Some(quotation) = quotation_before(view, edge) {
        let begin = quotation.tokens.begin as usize;
        let sentence = view.sentence(begin).begin as usize;
        let runs_on = begin > sentence && !view.any(begin - 1, &[",", ":", "—", "–", "--", "."]) && !view.closes(begin - 1);
        if !runs_on {
            return speaks(quotation).then(|| pieces(quotation)).or_else(|| clause_before(view, edge).map(|c| vec![c]));
        }
        let mut runs = pieces(quotation);
        runs[0] = TokenRange::new(first_word(view, sentence, begin) as u32, runs[0].end);
        return Some(runs);
    }
    if !(view.is_comma(joined) || view.is_dash(joined)) || view.quoted(joined) {
        return None;
    }
    let clause = clause_before(view, edge)?;
    let finite = |t: usize| view.pos(t) == pos::MD || matches!(view.pos(t), pos::VBD | pos::VBP | pos::VBZ);
    (clause.range().any(finite) || view.is_comma(resumed) && finite(resumed + 1)).then(|| vec![clause])
}

/// The first token of `begin..end` that is no stray punctuation.
fn first_word(view: &Article<'_>, begin: usize, end: usize) -> usize {
    (begin..end).find(|&t| !view.is_punctuation(t) || view.quoted(t)).unwrap_or(begin)
}

/// What goes on after the attribution: "“We lost,” she said, “but narrowly.”"
pub(crate) fn rest(view: &Article<'_>, end: usize, quoted: bool, cues: &[Candidate]) -> Vec<TokenRange> {
    let joined = view.is_comma(end) || view.is(end, ":") || view.is_dash(end) || view.is(end, ";");
    if let Some(quotation) = quotation_after(view, end) {
        return pieces(quotation);
    }
    let next = end + 1;
    let another = view.pos(next) == pos::VBG || view.pos(next) == pos::CC || matches!(view.pos(next), pos::WP | pos::WDT | pos::WRB);
    if quoted || !joined || another || view.is(next, "according") || view.begins_paragraph(next) {
        return Vec::new();
    }
    after_attribution(view, end, cues)
}

/// The quotation or clause after an attribution: "According to Ruiz, ...", "The bridge, he said, ...".
pub(crate) fn after_attribution(view: &Article<'_>, end: usize, cues: &[Candidate]) -> Vec<TokenRange> {
    if let Some(quotation) = quotation_after(view, end) {
        let piece = quotation.tokens.end as usize;
        if !runs_on_after(view, piece) {
            return pieces(quotation);
        }
    }
    let begin = if view.is_punctuation(end) && !view.quoted(end) { end + 1 } else { end };
    if begin >= view.len() || view.sentence(begin).begin != view.sentence(end.saturating_sub(1)).begin {
        return Vec::new();
    }
    vec![clause_after(view, begin, cues, Within::Main)]
}

/// Whether the sentence goes on with unquoted words right after a quotation that ends before `end`.
fn runs_on_after(view: &Article<'_>, end: usize) -> bool {
    end < view.len()
        && !view.begins_paragraph(end)
        && !view.is_punctuation(end)
        && view.sentence(end).begin == view.sentence(end - 1).begin
        && !view.is_stop(end - 1)
}

/// The content that a cue's complement begins.
pub(crate) fn content_after(view: &Article<'_>, frame: Frame, begin: usize, cues: &[Candidate], within: Within) -> Vec<TokenRange> {
    if frame == Frame::Quote {
        if let Some(quotation) = quotation_after(view, begin) {
            if runs_on_after(view, quotation.tokens.end as usize) && !quotation_then_closed(view, quotation.tokens) {
                let first = quotation.tokens.begin as usize;
                return vec![clause_after(view, first, cues, within)];
            }
            return pieces(quotation);
        }
        let begin = if view.is_punctuation(begin) { begin + 1 } else { begin };
        if begin >= view.len() || view.begins_paragraph(begin) {
            return Vec::new();
        }
        return vec![clause_after(view, begin, cues, within)];
    }
    if begin >= view.len() {
        return Vec::new();
    }
    let clause = clause_after(view, begin, cues, within);
    if let Some(last) = (clause.end as usize).checked_sub(1)
        && let Some(quotation) = view.quotes.around(last)
        && quotation.tokens.end > clause.end
    {
        // The clause ends inside a quotation of several sentences or paragraphs: it goes on to its end.
        let mut runs: Vec<TokenRange> = pieces(quotation).into_iter().filter(|p| p.end > clause.end).collect();
        if let Some(first) = runs.first_mut() {
            first.begin = clause.begin;
        }
        return runs;
    }
    let end = trimmed(view, clause.begin as usize, clause.end as usize);
    vec![TokenRange::new(clause.begin, end as u32)]
}

/// A quotation whose own last words end a sentence is whole, whatever follows it.
fn quotation_then_closed(view: &Article<'_>, quotation: TokenRange) -> bool {
    let last = quotation.end as usize - 1;
    last > 0 && view.is_mark(last) && view.is_stop(last - 1)
}
