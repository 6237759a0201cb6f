//! Gold and predicted statements in tokens, and their one-to-one pairs.

use super::rows::{GoldAttribution, GoldDocument, PredictedRole, Prediction, ScoreError};
use super::tokens::{CharSpan, Form, Tokens, jaccard, shared};

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

    /// The gold attributions that have a content.
    pub(super) fn golds<'g>(document: &'g GoldDocument, tokens: &'g Tokens<'_>) -> impl Iterator<Item = (&'g GoldAttribution, Self)> {
        let sides = document.attributions.iter().map(|a| (a, Side::new(tokens, [&a.source, &a.cue, &a.content])));
        sides.filter(|(_, side)| !side.content().is_empty())
    }

    /// A prediction; its spans are checked against the text.
    pub(super) fn of(document: &GoldDocument, tokens: &Tokens<'_>, prediction: &Prediction) -> Result<Self, ScoreError> {
        let mut spans: [&[CharSpan]; 3] = [&[]; 3];
        for (at, (role, predicted)) in roles(prediction).into_iter().enumerate() {
            spans[at] = predicted.and_then(|p| p.spans.as_deref()).unwrap_or(&[]);
            let outside = spans[at].iter().find(|[begin, end]| begin >= end || *end > tokens.chars());
            if let Some(&[begin, end]) = outside {
                return Err(ScoreError::Span { document: document.id.clone(), role, begin, end, length: tokens.chars() });
            }
        }
        Ok(Side::new(tokens, spans))
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

fn roles(prediction: &Prediction) -> [(&'static str, Option<&PredictedRole>); 3] {
    [("source", prediction.source.as_ref()), ("cue", prediction.cue.as_ref()), ("content", prediction.content.as_ref())]
}

/// How many of the prediction's roles give other words than their spans cover.
pub(super) fn misquoted(tokens: &Tokens<'_>, prediction: &Prediction) -> usize {
    let said = |role: &PredictedRole| role.text.as_ref().is_some_and(|t| tokens.misquoted(t, role.spans.as_deref().unwrap_or(&[])));
    roles(prediction).into_iter().filter(|(_, role)| role.is_some_and(said)).count()
}

/// Whether a gold and a predicted statement may be a pair: their cues meet, and content and source overlap by half.
pub(super) fn fits(gold: &Side, predicted: &Side) -> bool {
    cues_meet(gold, predicted) && overlap(gold.content(), predicted.content()) >= 0.5 && overlap(gold.source(), predicted.source()) >= 0.5
}

/// Whether the cues share a token, or the gold has none.
pub(super) fn cues_meet(gold: &Side, predicted: &Side) -> bool {
    gold.cue().is_empty() || shared(gold.cue(), predicted.cue()) > 0
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
