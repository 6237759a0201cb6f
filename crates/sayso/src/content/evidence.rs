//! What an encoder, which reads whole paragraphs, tells the second and third pass about each likely cue.

use std::fmt::Debug;

use super::hypothesis::Hypothesis;
use crate::cue::roles::{LABELS, Roles, label};
use crate::cue::view::View;
use crate::model::chain::Scores;
use crate::text::{Reading, TokenRange};

/// A reader of articles that knows more of language than the features of the sequence models tell.
pub trait Encoder: Debug + Send + Sync {
    /// The roles of all tokens, and for each run that may be a cue those of its window's tokens: of the `runs`, which are ascending and
    /// apart, and of others where the encoder sees a cue.
    ///
    /// The windows are those of [`super::window`]; equal texts give equal answers.
    fn read(&self, text: &str, reading: &Reading, view: &View, runs: &[(TokenRange, u32)]) -> Evidence;
}

/// What an encoder tells of an article.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// How likely each token is part of each role in whatever statement.
    pub roles: Roles,
    /// The runs that may be a cue, ascending, apart, with the main token of each.
    pub cues: Vec<(TokenRange, u32)>,
    /// One list a run, one entry a token of its window: the logarithms of the labels' probabilities, if the run is the cue.
    pub runs: Vec<Vec<Scores>>,
}

/// Less likely labels count as this likely, as a logarithm: what an encoder holds for impossible may be no more than unusual.
const LEAST: f32 = -10.0;

impl Evidence {
    /// Evidence of any logarithms, cut at the least that counts.
    #[must_use]
    pub fn new(roles: Roles, cues: Vec<(TokenRange, u32)>, mut runs: Vec<Vec<Scores>>) -> Self {
        for scores in runs.iter_mut().flatten() {
            scores.iter_mut().for_each(|s| *s = s.clamp(LEAST, 0.0));
        }
        Evidence { roles, cues, runs }
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

impl Told<'_> {
    /// The probabilities of the roles.
    pub(crate) fn likely(&self) -> Likely {
        let roles = |s: &Scores| [label::SOURCE, label::CUE, label::CONTENT].map(|r| s[r as usize].exp() + s[r as usize + 1].exp());
        let behind = |s: &Scores| {
            let best = s[..LABELS].iter().copied().fold(f32::NEG_INFINITY, f32::max);
            std::array::from_fn(|l| best - s[l])
        };
        let roles: Vec<[f32; 3]> = self.scores.iter().map(roles).collect();
        Likely {
            begin: self.begin,
            sums: std::array::from_fn(|place| roles.iter().map(|r| r[place]).sum()),
            roles,
            behind: self.scores.iter().map(behind).collect(),
            outside: self.scores.iter().map(|s| s[label::OUTSIDE as usize]).sum(),
        }
    }
}

/// How likely each token of a window has each role in the statement of one cue; of no window where no encoder tells.
#[derive(Debug, Default)]
pub(crate) struct Likely {
    begin: u32,
    /// Source, cue and content, a token.
    roles: Vec<[f32; 3]>,
    /// The sums of `roles`, which every part of every way is held against.
    sums: [f32; 3],
    /// How far each label is behind the likeliest, as a logarithm, a token.
    behind: Vec<[f32; LABELS]>,
    /// The logarithm of the probability that no token has a role, if they did not depend on each other.
    pub(crate) outside: f32,
}

impl Likely {
    fn place(role: u8) -> usize {
        usize::from(role / 2)
    }

    /// How likely a token has a role, 0 to 1; 0 outside the window.
    pub(crate) fn of(&self, token: u32, role: u8) -> f32 {
        let roles = token.checked_sub(self.begin).and_then(|i| self.roles.get(i as usize));
        roles.map_or(0.0, |r| r[Self::place(role)])
    }

    /// How likely the token has a role that is the likeliest to have it.
    pub(crate) fn most(&self, role: u8) -> f32 {
        self.roles.iter().map(|r| r[Self::place(role)]).fold(0.0, f32::max)
    }

    /// How many tokens are likely to have a role.
    pub(crate) fn sum(&self, role: u8) -> f32 {
        self.sums[Self::place(role)]
    }

    /// Sums of a role's probability: of the tokens of `runs` that lack it, and of the others in the window that have it.
    pub(crate) fn missed(&self, runs: &[TokenRange], role: u8) -> (f32, f32) {
        let all: f32 = runs.iter().flat_map(|r| r.begin..r.end).map(|t| self.of(t, role)).sum();
        let count: usize = runs.iter().map(|r| r.len()).sum();
        (count as f32 - all, self.sum(role) - all)
    }

    /// How much less likely a way is than the likeliest labels of all tokens, as a logarithm, 0 or more.
    pub(crate) fn behind(&self, way: &Hypothesis) -> f32 {
        let mut labels = vec![label::OUTSIDE; self.behind.len()];
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
        self.behind.iter().zip(labels).map(|(b, l)| b[l as usize]).sum()
    }
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
        let told = Told { begin: 10, scores: &scores }.likely();
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
        let told = Told { begin: 3, scores: &scores }.likely();
        let (lacking, left) = told.missed(&[TokenRange::new(4, 6)], label::CONTENT);
        // Token 4 is content by 0.9 + 1/60, token 5 by 2/60; token 3 is left out, and so is what token 6 has.
        assert!((lacking - (2.0 - 0.95)).abs() < 1e-3, "{lacking}");
        assert!((left - (0.9 + 3.0 / 60.0)).abs() < 1e-3, "{left}");
        assert_eq!(told.of(2, label::CONTENT), 0.0);
        assert_eq!(told.of(7, label::CONTENT), 0.0);
    }

    #[test]
    fn impossible_labels_are_no_more_than_unlikely() {
        let evidence = Evidence::new(Roles::default(), Vec::new(), vec![vec![[f32::NEG_INFINITY, -1.0, -40.0, 0.0, 0.0, 0.0, 0.0, 0.0]]]);
        assert_eq!(evidence.runs[0][0], [LEAST, -1.0, LEAST, 0.0, 0.0, 0.0, 0.0, 0.0]);
    }
}
