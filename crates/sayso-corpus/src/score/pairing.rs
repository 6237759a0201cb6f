//! Gold and predicted statements in tokens, and their one-to-one pairs.

use super::tokens::{CharSpan, Form, Tokens, jaccard};

/// A statement in tokens.
pub(super) struct Side {
    /// The tokens of source, cue and content, each ascending.
    pub(super) roles: [Vec<usize>; 3],
    pub(super) form: Form,
    pub(super) spoken: bool,
}

impl Side {
    /// From the spans of source, cue and content.
    pub(super) fn new(tokens: &Tokens<'_>, spans: [&[CharSpan]; 3]) -> Self {
        Side { roles: spans.map(|s| tokens.touched(s)), form: tokens.form(spans[2]), spoken: tokens.spoken(spans[1]) }
    }

    pub(super) fn source(&self) -> &[usize] {
        &self.roles[0]
    }

    pub(super) fn cue(&self) -> &[usize] {
        &self.roles[1]
    }

    pub(super) fn content(&self) -> &[usize] {
        &self.roles[2]
    }
}

/// [`jaccard`] over tokens; lists that lie apart are known by their edges.
pub(super) fn overlap(a: &[usize], b: &[usize]) -> f64 {
    match (a.first().zip(a.last()), b.first().zip(b.last())) {
        (Some((a_first, a_last)), Some((b_first, b_last))) if a_last < b_first || b_last < a_first => 0.0,
        _ => jaccard(a, b),
    }
}

/// Greedy one-to-one pairs (gold, predicted) among those that fit, the greatest overlap of content first, then in order.
pub(super) fn pair(golds: &[&Side], found: &[&Side], fits: impl Fn(&Side, &Side) -> bool) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (g, gold) in golds.iter().enumerate() {
        for (p, predicted) in found.iter().enumerate() {
            if fits(gold, predicted) {
                candidates.push((overlap(gold.content(), predicted.content()), g, p));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut gold_used, mut found_used) = (vec![false; golds.len()], vec![false; found.len()]);
    let mut pairs = Vec::new();
    for (_, g, p) in candidates {
        if !gold_used[g] && !found_used[p] {
            (gold_used[g], found_used[p]) = (true, true);
            pairs.push((g, p));
        }
    }
    pairs
}
