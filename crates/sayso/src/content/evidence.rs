//! What an encoder, which reads whole paragraphs, tells the second and third pass about each likely cue.

use std::fmt::Debug;

use super::hypothesis::Hypothesis;
use super::rank::bin;
use crate::cue::roles::{LABELS, Roles, label};
use crate::cue::view::View;
use crate::model::chain::Scores;
use crate::model::hash::{Feature, three, two};
use crate::model::scalars::Valued;
use crate::text::{Reading, TokenRange};

/// A reader of articles that knows more of language than the features of the sequence models tell.
pub trait Encoder: Debug + Send + Sync {
    /// The roles of all tokens, and for each run that may be a cue those of its window's tokens.
    ///
    /// The windows are those of [`super::window`]; equal texts give equal answers.
    fn read(&self, text: &str, reading: &Reading, view: &View, runs: &[(TokenRange, u32)]) -> Evidence;
}

/// What an encoder tells of an article.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// How likely each token is part of each role in whatever statement.
    pub roles: Roles,
    /// One list a run, one entry a token of its window: the logarithms of the labels' probabilities, if the run is the cue.
    pub runs: Vec<Vec<Scores>>,
}

/// Less likely labels count as this likely, as a logarithm: what an encoder holds for impossible may be no more than unusual.
const LEAST: f32 = -10.0;

impl Evidence {
    /// Evidence of any logarithms, cut at the least that counts.
    #[must_use]
    pub fn new(roles: Roles, mut runs: Vec<Vec<Scores>>) -> Self {
        for scores in runs.iter_mut().flatten() {
            scores.iter_mut().for_each(|s| *s = s.clamp(LEAST, 0.0));
        }
        Evidence { roles, runs }
    }
}

/// The evidence of one run, with the window that it is about.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The first token of the window.
    pub begin: u32,
    /// One entry a token of the window.
    pub scores: &'a [Scores],
}

/// The most that a sum of probabilities counts.
const MUCH: f32 = 10.0;

impl Told<'_> {
    /// How likely a token has a role, 0 to 1; 0 outside the window.
    fn likely(&self, token: u32, role: u8) -> f32 {
        let scores = token.checked_sub(self.begin).and_then(|i| self.scores.get(i as usize));
        scores.map_or(0.0, |s| s[role as usize].exp() + s[role as usize + 1].exp())
    }

    /// Sums of a role's probability: of the tokens of `runs` that lack it, and of the others in the window that have it.
    fn missed(&self, runs: &[TokenRange], role: u8) -> (f32, f32) {
        let (mut lacking, mut left) = (0.0, 0.0);
        for at in self.begin..self.begin + self.scores.len() as u32 {
            let likely = self.likely(at, role);
            if runs.iter().any(|r| r.has(at)) {
                lacking += 1.0 - likely;
            } else {
                left += likely;
            }
        }
        (lacking, left)
    }

    /// How much less likely a way is than the likeliest labels of all tokens, as a logarithm, 0 or more.
    fn behind(&self, way: &Hypothesis) -> f32 {
        let mut labels = vec![label::OUTSIDE; self.scores.len()];
        let mut paint = |run: TokenRange, role: u8| {
            for at in run.begin..run.end {
                if let Some(l) = at.checked_sub(self.begin).and_then(|i| labels.get_mut(i as usize)) {
                    *l = if at == run.begin { role } else { role + 1 };
                }
            }
        };
        way.content.iter().for_each(|&c| paint(c, label::CONTENT));
        way.source.iter().for_each(|&s| paint(s, label::SOURCE));
        paint(way.cue, label::CUE);
        let best = |s: &Scores| s[..LABELS].iter().copied().fold(f32::NEG_INFINITY, f32::max);
        self.scores.iter().zip(labels).map(|(s, l)| best(s) - s[l as usize]).sum()
    }

    /// Writes the features of one way to cut out the statement.
    pub(crate) fn way_features(&self, way: &Hypothesis, cue: u32, out: &mut Vec<Valued>) {
        let behind = self.behind(way);
        out.push((two(300, 0, 0), behind.min(20.0) / 4.0));
        out.push((two(301, steps(behind), 0), 1.0));
        let parts: [(u8, &[TokenRange]); 3] =
            [(label::SOURCE, way.source.as_slice()), (label::CUE, std::slice::from_ref(&way.cue)), (label::CONTENT, &way.content)];
        for (role, runs) in parts {
            let part = u32::from(role);
            let (lacking, left) = self.missed(runs, role);
            out.push((two(302, part, 0), lacking.min(MUCH)));
            out.push((two(303, part, 0), left.min(MUCH)));
            out.push((three(304, part, steps(lacking), steps(left)), 1.0));
            out.push((three(305, part, steps(lacking.max(left)), cue), 1.0));
            let Some((first, last)) = runs.first().zip(runs.last()) else { continue };
            let edges = [first.begin.wrapping_sub(1), first.begin, last.end - 1, last.end].map(|t| bin(self.likely(t, role)));
            out.push((three(306, part, edges[0], edges[1]), 1.0));
            out.push((three(307, part, edges[2], edges[3]), 1.0));
        }
    }

    /// Writes the features of rejecting the run.
    pub(crate) fn reject_features(&self, run: TokenRange, cue: u32, likely: f32, out: &mut Vec<Valued>) {
        let nothing: f32 = self.scores.iter().map(|s| s[label::OUTSIDE as usize]).sum();
        let most = |role: u8| (self.begin..self.begin + self.scores.len() as u32).map(|t| self.likely(t, role)).fold(0.0, f32::max);
        let signals = (run.begin..run.end).map(|t| self.likely(t, label::CUE)).fold(0.0, f32::max);
        let mut add = |feature: Feature, value: f32| out.push((feature, value));
        add(two(320, 0, 0), nothing.max(-40.0) / 8.0);
        add(two(321, 0, 0), signals);
        add(two(322, bin(signals), 0), 1.0);
        add(two(323, bin(signals), cue), 1.0);
        add(three(324, bin(signals), bin(likely), 0), 1.0);
        add(three(325, bin(signals), bin(most(label::CONTENT)), bin(most(label::SOURCE))), 1.0);
        add(two(326, 0, 0), most(label::CONTENT));
    }
}

/// A sum of probabilities or logarithms in steps that widen.
fn steps(sum: f32) -> u32 {
    const STEPS: [f32; 11] = [0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.5, 4.0, 7.0, 12.0, 20.0];
    STEPS.iter().filter(|&&s| sum >= s).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Logarithms that give `labels` 0.9 each and all others the rest.
    fn sure_of(labels: &[u8]) -> Vec<Scores> {
        let one = |&label: &u8| std::array::from_fn(|l| if l == label as usize { 0.9_f32.ln() } else { (0.1_f32 / 6.0).ln() });
        labels.iter().map(one).collect()
    }

    fn way(content: TokenRange, source: Option<TokenRange>, cue: TokenRange) -> Hypothesis {
        Hypothesis { content: vec![content], source, cue, log_probability: 0.0 }
    }

    #[test]
    fn the_way_that_the_encoder_holds_likeliest_is_behind_none() {
        let scores = sure_of(&[1, 3, 5, 6, 0]);
        let told = Told { begin: 10, scores: &scores };
        let run = TokenRange::new;
        let (source, cue) = (Some(run(10, 11)), run(11, 12));
        assert_eq!(told.behind(&way(run(12, 14), source, cue)), 0.0);
        let longer = told.behind(&way(run(12, 15), source, cue));
        assert!((longer - 54.0_f32.ln()).abs() < 1e-3, "one token of nine tenths against a sixtieth: {longer}");
        assert!(told.behind(&way(run(12, 13), None, cue)) > longer);
    }

    #[test]
    fn what_a_way_lacks_and_leaves_is_summed_within_the_window_alone() {
        let scores = sure_of(&[5, 6, 0, 0]);
        let told = Told { begin: 3, scores: &scores };
        let (lacking, left) = told.missed(&[TokenRange::new(4, 6)], label::CONTENT);
        // Token 4 is content by 0.9 + 1/60, token 5 by 2/60; token 3 is left out, and so is what token 6 has.
        assert!((lacking - (2.0 - 0.95)).abs() < 1e-3, "{lacking}");
        assert!((left - (0.9 + 3.0 / 60.0)).abs() < 1e-3, "{left}");
        assert_eq!(told.likely(2, label::CONTENT), 0.0);
        assert_eq!(told.likely(7, label::CONTENT), 0.0);
    }

    #[test]
    fn impossible_labels_are_no_more_than_unlikely() {
        let evidence = Evidence::new(Roles::default(), vec![vec![[f32::NEG_INFINITY, -1.0, -40.0, 0.0, 0.0, 0.0, 0.0, 0.0]]]);
        assert_eq!(evidence.runs[0][0], [LEAST, -1.0, LEAST, 0.0, 0.0, 0.0, 0.0, 0.0]);
    }
}
