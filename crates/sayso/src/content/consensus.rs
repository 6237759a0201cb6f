//! How far the ways to cut out a statement agree: the share of all probability that lies on ways which would count as the same statement.
//!
//! After Kumar and Byrne (2004), "Minimum Bayes-risk decoding for statistical machine translation": the way to choose is the one that most
//! others would count as right, which need not be the likeliest.

use super::hypothesis::Hypothesis;
use crate::cue::view::View;
use crate::text::TokenRange;

/// Which ways to cut out a statement would count as the same one.
#[derive(Debug, Clone, Default)]
pub struct Agreement(Vec<(u32, u32)>);

impl Agreement {
    /// Among these ways.
    #[must_use]
    pub fn of(view: &View, ways: &[Hypothesis]) -> Agreement {
        let mut pairs = Vec::new();
        for (i, a) in ways.iter().enumerate() {
            pairs.extend((i + 1..ways.len()).filter(|&j| alike(view, a, &ways[j])).map(|j| (i as u32, j as u32)));
        }
        Agreement(pairs)
    }

    /// For each way the probability of those that would count as the same statement, its own included.
    #[must_use]
    pub fn shares(&self, probabilities: &[f32]) -> Vec<f32> {
        let mut shares = probabilities.to_vec();
        for &(i, j) in &self.0 {
            shares[i as usize] += probabilities[j as usize];
            shares[j as usize] += probabilities[i as usize];
        }
        shares
    }
}

/// Whether two ways count as one statement: their cues meet, and their contents and sources share half of their words or more.
#[must_use]
fn alike(view: &View, a: &Hypothesis, b: &Hypothesis) -> bool {
    a.cue.overlaps(b.cue) && half(view, &a.content, &b.content) && half(view, a.source.as_slice(), b.source.as_slice())
}

/// Whether two lists of runs, each ascending and apart, share half of their words or more.
fn half(view: &View, a: &[TokenRange], b: &[TokenRange]) -> bool {
    let words = |run: TokenRange| (run.begin..run.end).filter(|&t| !view.is_punctuation(t)).count();
    let all = |runs: &[TokenRange]| runs.iter().map(|&r| words(r)).sum::<usize>();
    let (mut i, mut j, mut common) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        let (begin, end) = (x.begin.max(y.begin), x.end.min(y.end));
        if begin < end {
            common += words(TokenRange::new(begin, end));
        }
        if x.end < y.end {
            i += 1;
        } else {
            j += 1;
        }
    }
    2 * common >= all(a) + all(b) - common
}
