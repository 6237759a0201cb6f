//! Fits the confidence: rankers trained on one half of the cues judge the other, and what they think is held against the gold.

use sayso::content::choose::Accept;
use sayso::content::rank::rank_fingerprint;
use sayso::model::trust::logit;
use sayso::model::{Section, Trust};
use sayso::{Extractor, Layers};

use crate::corpora::Article;
use crate::gold::attributions;
use crate::ranker::{Group, Ranker, overlap, train};

/// A statement that would be given: the logit of the share that agrees with it, and whether it is right.
type Judged = (f32, bool);

/// The confidence of all but quotations without a cue, which [`alone`] counts; a statement is given as `accept` says.
pub fn trust(groups: &[Group], accept: Accept) -> Trust {
    let half = |odd: usize| groups.iter().enumerate().filter(move |(i, _)| i / 64 % 2 == odd).map(|(_, g)| g).collect::<Vec<_>>();
    let judge = |(seen, held): (Vec<&Group>, Vec<&Group>)| -> Vec<Judged> {
        let ranker = train(&seen);
        held.into_iter().filter_map(|g| judged(g, &ranker, accept)).collect()
    };
    let (a, b) = rayon::join(|| judge((half(0), half(1))), || judge((half(1), half(0))));
    let (slope, intercept) = platt(&[a, b].concat());
    let decided: Vec<bool> = groups.iter().filter_map(|g| g.decided).collect();
    let right = decided.iter().filter(|&&r| r).count();
    Trust { slope, intercept, decided: share(right, decided.len()), alone: 0.5 }
}

/// The model's section of it.
pub fn section(trust: Trust) -> Section {
    Section { name: "trust".to_owned(), fingerprint: rank_fingerprint(), bytes: trust.write().into() }
}

/// What a ranker thinks of a cue that it would accept.
fn judged(group: &Group, ranker: &Ranker, accept: Accept) -> Option<Judged> {
    if group.decided.is_some() {
        return None;
    }
    let mut probabilities = ranker.judge(group);
    let rejected = probabilities.pop()?;
    let shares = group.agreement.shares(&probabilities);
    let worth = shares.iter().zip(&probabilities).zip(&group.right).map(|((s, p), &right)| (s + p, *s, right));
    let (_, share, right) = worth.max_by(|a, b| a.0.total_cmp(&b.0))?;
    accept.accepts(share, rejected).then(|| (logit(share), right))
}

/// Slope and intercept of a logistic regression, by Newton's method.
fn platt(judged: &[Judged]) -> (f32, f32) {
    let (mut slope, mut intercept) = (1.0_f64, 0.0_f64);
    for _ in 0..30 {
        let (mut g, mut h) = ([0.0; 2], [[1e-6, 0.0], [0.0, 1e-6]]);
        for &(x, right) in judged {
            let x = f64::from(x);
            let p = 1.0 / (1.0 + (-(slope * x + intercept)).exp());
            let (miss, spread) = (f64::from(u8::from(right)) - p, p * (1.0 - p));
            g = [g[0] + miss * x, g[1] + miss];
            h = [[h[0][0] + spread * x * x, h[0][1] + spread * x], [h[1][0] + spread * x, h[1][1] + spread]];
        }
        let det = h[0][0] * h[1][1] - h[0][1] * h[1][0];
        slope += (h[1][1] * g[0] - h[0][1] * g[1]) / det;
        intercept += (h[0][0] * g[1] - h[1][0] * g[0]) / det;
    }
    (slope as f32, intercept as f32)
}

/// How many of the quotations that `extractor` takes for statements without a cue hold the content of a gold statement, 0..1.
///
/// PolNeAR marks no statement without a cue, so that content is all that can be held against it.
pub fn alone(articles: &[Article], extractor: &Extractor) -> f32 {
    let (mut right, mut all) = (0, 0);
    for article in articles {
        let Layers { reading, drafts, .. } = extractor.layers(&article.text);
        let gold = attributions(article, &reading);
        for draft in drafts.drafts.iter().filter(|d| d.cue.is_none()) {
            all += 1;
            right += usize::from(gold.iter().any(|g| overlap(&draft.content, &g.content, &reading) >= 0.5));
        }
    }
    share(right, all)
}

fn share(right: usize, all: usize) -> f32 {
    (right as f32 + 1.0) / (all as f32 + 2.0)
}
