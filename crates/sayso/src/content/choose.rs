//! Which of the ranked ways to cut out statements stand: no two share the words of a cue or a content.

use super::hypothesis::Hypothesis;
use super::rank::Ranking;
use crate::model::Trust;

/// A way that stands, with its probability.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// The run that it belongs to.
    pub run: usize,
    /// The statement.
    pub hypothesis: Hypothesis,
    /// How likely it is right, 0 to 1.
    pub probability: f32,
}

/// What makes a statement of a cue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Accept {
    /// At least this probability that the cue is one of any statement.
    Cue(f32),
    /// At least this much of the probability on ways that would count as the same statement: F1 is greatest at half of what it reaches, or
    /// below where a statement that is right in part is worth something (Lipton et al., 2014, "Optimal thresholding of classifiers to
    /// maximize F1 measure").
    Way(f32),
}

impl Accept {
    /// Whether a way stands with which `share` of the probability agrees, beside `rejected` for none.
    #[must_use]
    pub fn accepts(self, share: f32, rejected: f32) -> bool {
        match self {
            Accept::Cue(least) => 1.0 - rejected >= least,
            Accept::Way(least) => share >= least,
        }
    }
}

/// How much a way's own probability counts when one is chosen, against that of all ways which would count as the same statement, 0..1:
/// with 0 the edges of a statement would not matter.
const OWN: f32 = 0.2;

/// A way that is itself less likely than this is a last resort, and worse than none.
const LIKELY: f32 = 0.04;

/// What is added to the worth of a plain quotation, so that it keeps its words where another statement has nearly as good a claim to them.
const FIRST: f32 = 0.05;

/// Chooses greedily, the way that most of the probability agrees with first; it stands as `accept` says.
///
/// Sources may be shared: on PolNeAR 5.8 % of the attributions do.
#[must_use]
pub fn choose(rankings: &[Ranking], tokens: usize, accept: Accept, trust: Trust) -> Vec<Chosen> {
    let mut ways: Vec<(f32, usize, usize)> = Vec::new();
    for (run, ranking) in rankings.iter().enumerate() {
        let first = if ranking.plain { FIRST } else { 0.0 };
        for (at, (own, share)) in ranking.probabilities.iter().zip(&ranking.shares).enumerate() {
            if *own >= LIKELY && accept.accepts(*share, ranking.rejected) {
                ways.push((first + OWN * own + (1.0 - OWN) * share, run, at));
            }
        }
    }
    ways.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut taken = vec![false; tokens];
    let mut done = vec![false; rankings.len()];
    let mut chosen = Vec::new();
    for (_, run, at) in ways {
        let hypothesis = &rankings[run].hypotheses[at];
        if done[run] {
            continue;
        }
        let mut words = hypothesis.content.iter().chain([&hypothesis.cue]).flat_map(|r| r.range());
        if words.clone().any(|i| taken[i]) {
            continue;
        }
        let ranking = &rankings[run];
        let probability = if ranking.decided { trust.decided } else { trust.of_share(ranking.shares[at]) };
        done[run] = true;
        words.by_ref().for_each(|i| taken[i] = true);
        chosen.push(Chosen { run, hypothesis: hypothesis.clone(), probability });
    }
    chosen.sort_by_key(|c| (c.hypothesis.content[0].begin, c.run));
    chosen
}
