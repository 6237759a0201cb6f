//! Which prediction is right about which gold attribution, and which is only near one.

use super::pairing::{Side, cues_meet, fits, overlap, pair};
use super::rows::{GoldDocument, Prediction, ScoreError};
use super::tokens::Tokens;

/// A gold attribution and the prediction that is right about it, or nearest to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The index of the gold attribution in its article.
    pub gold: usize,
    /// The index of the prediction.
    pub predicted: usize,
    /// Whether [`score`](super::score()) counts the two as one statement.
    pub right: bool,
    /// Shared tokens of the contents over all their tokens, 0 to 1.
    pub content: f64,
    /// Shared tokens of the sources over all their tokens, 0 to 1; 1 where both are empty.
    pub source: f64,
}

/// How the scorer files a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looks {
    /// "direct", "mixed" or "indirect", by the content's quotation marks.
    pub form: &'static str,
    /// Whether the cue is a plain verb of saying.
    pub spoken: bool,
}

/// The gold attributions and the predictions of one article, side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    /// One-to-one: first the scorer's pairs, then what is left on both sides with cues that meet and contents that overlap.
    pub pairs: Vec<Pair>,
    /// Of each gold attribution; none where it has no content, which the scorer passes over.
    pub gold: Vec<Option<Looks>>,
    /// Of each prediction; none where it belongs to another article.
    pub predicted: Vec<Option<Looks>>,
}

/// Lays the predictions of one article beside its gold attributions.
///
/// # Errors
/// If a predicted span lies outside the text.
pub fn align(gold: &GoldDocument, predicted: &[Prediction]) -> Result<Alignment, ScoreError> {
    let tokens = Tokens::new(&gold.text);
    let looks = |side: &Side| Looks { form: side.form.name(), spoken: side.spoken };
    let mut alignment = Alignment { pairs: Vec::new(), gold: vec![None; gold.attributions.len()], predicted: vec![None; predicted.len()] };
    let (mut golds, mut founds) = (Vec::new(), Vec::new());
    for (at, attribution) in gold.attributions.iter().enumerate() {
        let side = Side::new(&tokens, [&attribution.source, &attribution.cue, &attribution.content]);
        if !side.content().is_empty() {
            alignment.gold[at] = Some(looks(&side));
            golds.push((at, side));
        }
    }
    for (at, prediction) in predicted.iter().enumerate().filter(|(_, p)| p.document == gold.id) {
        let side = Side::of(gold, &tokens, prediction)?;
        alignment.predicted[at] = Some(looks(&side));
        founds.push((at, side));
    }
    alignment.pairs = pairs(&golds, &founds, true, fits);
    golds.retain(|(at, _)| alignment.pairs.iter().all(|p| p.gold != *at));
    founds.retain(|(at, _)| alignment.pairs.iter().all(|p| p.predicted != *at));
    let near =
        |gold: &Side, found: &Side| cues_meet(gold, found) && (!gold.cue().is_empty() || overlap(gold.content(), found.content()) > 0.0);
    alignment.pairs.extend(pairs(&golds, &founds, false, near));
    Ok(alignment)
}

fn pairs(golds: &[(usize, Side)], founds: &[(usize, Side)], right: bool, fits: impl Fn(&Side, &Side) -> bool) -> Vec<Pair> {
    let gold_sides: Vec<&Side> = golds.iter().map(|(_, side)| side).collect();
    let found_sides: Vec<&Side> = founds.iter().map(|(_, side)| side).collect();
    let of = |(g, p): (usize, usize)| Pair {
        gold: golds[g].0,
        predicted: founds[p].0,
        right,
        content: overlap(gold_sides[g].content(), found_sides[p].content()),
        source: overlap(gold_sides[g].source(), found_sides[p].source()),
    };
    pair(&gold_sides, &found_sides, fits).into_iter().map(of).collect()
}

/// For each prediction of one article whether [`score`](super::score()) counts it as right, by the same pairing.
///
/// ```
/// use sayso_corpus::score::{GoldDocument, Prediction, matched};
/// let gold: GoldDocument = serde_json::from_str(
///     r#"{"id": "a1", "text": "“No,” she said.", "attributions": [{"id": "1", "content": [[0, 5]], "source": [[6, 9]], "cue": [[10, 14]]}]}"#,
/// )?;
/// let found: Vec<Prediction> = serde_json::from_str(
///     r#"[{"document": "a1", "content": {"spans": [[1, 3]]}, "source": {"spans": [[6, 9]]}, "cue": {"spans": [[10, 14]]}},
///         {"document": "a1", "content": {"spans": [[6, 9]]}, "cue": {"spans": [[10, 14]]}}]"#,
/// )?;
/// assert_eq!(matched(&gold, &found)?, [true, false]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// If a predicted span lies outside the text.
pub fn matched(gold: &GoldDocument, predicted: &[Prediction]) -> Result<Vec<bool>, ScoreError> {
    let mut right = vec![false; predicted.len()];
    for pair in align(gold, predicted)?.pairs.iter().filter(|p| p.right) {
        right[pair.predicted] = true;
    }
    Ok(right)
}
