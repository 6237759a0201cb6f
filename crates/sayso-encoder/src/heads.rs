//! The heads: what a token's vector says about its role, by itself and in the statement of one cue.

use std::ops::Range;

use crate::arithmetic::{exp, gelu, larger, ln, sum};
use crate::encoder::{Encoder, Vectors};
use crate::error::EncoderError;
use crate::kernels::{FloatRows, Machine, QuantizedRows, Tile, Work};
use crate::layers::{Layer, Linear, Norm, Scratch, Shape};
use crate::weights::{Matrix, Weights};

/// The roles of a token: outside; begin and rest of a source, of a cue, of a content.
pub const ROLES: usize = 7;

/// The logarithms of the probabilities of a token's roles, none below -31.
pub type RoleLogs = [f32; ROLES];

/// The least logarithm of a probability.
pub(crate) const LEAST: f32 = -31.0;

/// Tokens told apart by their exact distance to the cue.
const NEAR: usize = 16;

/// The distances behind which one class of far tokens ends and the next begins, in tokens.
const FAR: [usize; 7] = [24, 32, 48, 64, 96, 128, 256];

/// The rows of the table of distances: inside, and before and behind each.
const DISTANCES: usize = 2 * (NEAR + FAR.len() + 1) + 1;

/// Rows that go through the narrow layers together, at least, if there are so many.
const TOGETHER: usize = 192;

/// A candidate cue and the tokens that are looked at around it, as indices of tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// The tokens of the cue: one at least.
    pub cue: Range<u32>,
    /// The tokens whose roles are asked for.
    pub tokens: Range<u32>,
    /// The sentence of the cue's first token.
    pub sentence: Range<u32>,
}

impl Window {
    /// From the first to the last token of cue and window.
    #[must_use]
    pub fn span(&self) -> Range<u32> {
        self.tokens.start.min(self.cue.start)..self.tokens.end.max(self.cue.end)
    }
}

/// The heads over an encoder's vectors.
#[derive(Clone, Debug)]
pub struct Heads {
    machine: Machine,
    flat: Linear,
    width: usize,
    shape: Shape,
    /// A token's part of a window's vector, and the factor of its product with the cue.
    token: Linear,
    /// The cue's part, and its factor.
    cue: Linear,
    distance: Matrix,
    same: Matrix,
    norm: Norm,
    layers: Vec<Layer>,
    dense: Linear,
    out: Linear,
}

impl Heads {
    /// Takes the heads over `encoder` out of its weights file.
    ///
    /// # Errors
    /// If a setting or a tensor is missing, or of another shape than the settings say.
    pub fn new(weights: &Weights, encoder: &Encoder) -> Result<Heads, EncoderError> {
        let width = encoder.width();
        let shape = Shape::read(weights, "anchored.")?;
        let narrow = shape.width;
        let layers = (0..weights.count("anchored.layers", 8)?).map(|n| Layer::read(weights, &format!("anchored.layer.{n}"), shape));
        Ok(Heads {
            machine: encoder.machine(),
            flat: Linear::read(weights, "flat", ROLES, width)?,
            width,
            shape,
            token: Linear::read(weights, "anchored.token", 2 * narrow, width)?,
            cue: Linear::read(weights, "anchored.cue", 2 * narrow, width)?,
            distance: weights.matrix("anchored.distance", Some(DISTANCES), narrow)?,
            same: weights.matrix("anchored.same", Some(2), narrow)?,
            norm: Norm::read(weights, "anchored.norm", narrow, shape.epsilon)?,
            layers: layers.collect::<Result<_, _>>()?,
            dense: Linear::read(weights, "anchored.dense", narrow, narrow)?,
            out: Linear::read(weights, "anchored.out", ROLES, narrow)?,
        })
    }

    /// The roles of every token by itself.
    ///
    /// # Panics
    /// If the vectors are not as wide as the encoder's.
    #[must_use]
    pub fn flat(&self, tokens: &Vectors) -> Vec<RoleLogs> {
        self.check(tokens);
        self.machine.run(Flat { heads: self, tokens })
    }

    /// The roles of the tokens of each window in the statement of its cue; a window's do not depend on the others.
    ///
    /// # Panics
    /// If a window has no cue, or names tokens that are not there, or the vectors are not as wide as the encoder's.
    #[must_use]
    pub fn anchored(&self, tokens: &Vectors, windows: &[Window]) -> Vec<Vec<RoleLogs>> {
        self.check(tokens);
        for window in windows {
            let last = window.cue.end.max(window.tokens.end) as usize;
            assert!(!window.cue.is_empty() && last <= tokens.len(), "{window:?} among {} tokens", tokens.len());
        }
        self.machine.run(Anchored { heads: self, tokens, windows })
    }
}

struct Flat<'a> {
    heads: &'a Heads,
    tokens: &'a Vectors,
}

impl Work for Flat<'_> {
    type Output = Vec<RoleLogs>;

    #[inline(always)]
    fn run<T: Tile>(self) -> Vec<RoleLogs> {
        let mut logits = vec![0.0; self.tokens.len() * ROLES];
        self.heads.flat.apply::<T>(self.tokens.values(), &mut QuantizedRows::default(), &mut logits, |value, place| *place = value);
        logits.as_chunks().0.iter().map(logarithms).collect()
    }
}

struct Anchored<'a> {
    heads: &'a Heads,
    tokens: &'a Vectors,
    windows: &'a [Window],
}

impl Work for Anchored<'_> {
    type Output = Vec<Vec<RoleLogs>>;

    #[inline(always)]
    fn run<T: Tile>(self) -> Vec<Vec<RoleLogs>> {
        let Anchored { heads, tokens, windows } = self;
        let narrow = heads.shape.width;
        let mut scratch = Scratch::default();
        let mut quantized = QuantizedRows::default();
        let mut of_tokens = vec![0.0; tokens.len() * 2 * narrow];
        heads.token.apply::<T>(tokens.values(), &mut quantized, &mut of_tokens, |value, place| *place = value);
        let mut of_cues = vec![0.0; windows.len() * 2 * narrow];
        heads.cue.apply::<T>(&means(tokens, windows), &mut quantized, &mut of_cues, |value, place| *place = value);

        let mut answers = Vec::with_capacity(windows.len());
        let mut rows = FloatRows::default();
        let (mut dense, mut logits) = (Vec::new(), Vec::new());
        let mut rest = windows;
        while !rest.is_empty() {
            let first = windows.len() - rest.len();
            let (now, later) = rest.split_at(count_together(rest));
            rest = later;
            let lengths: Vec<usize> = now.iter().map(|w| w.tokens.len()).collect();
            rows.reset(lengths.iter().sum(), narrow);
            let mut places = rows.values_mut().chunks_exact_mut(narrow);
            for (window, of_cue) in now.iter().zip(of_cues[first * 2 * narrow..].chunks_exact(2 * narrow)) {
                for (token, sum) in window.tokens.clone().zip(&mut places) {
                    heads.see(window, token, &of_tokens[token as usize * 2 * narrow..][..2 * narrow], of_cue, sum);
                }
            }
            heads.norm.apply(rows.values_mut());
            for layer in &heads.layers {
                layer.run::<T>(&mut rows, &lengths, &mut scratch);
            }
            dense.resize(rows.values().len(), 0.0);
            heads.dense.apply::<T>(rows.values(), &mut quantized, &mut dense, |value, place| *place = gelu(value));
            logits.resize(rows.len() * ROLES, 0.0);
            heads.out.apply::<T>(&dense, &mut quantized, &mut logits, |value, place| *place = value);
            let mut roles = logits.as_chunks().0.iter().map(logarithms);
            answers.extend(lengths.iter().map(|&length| roles.by_ref().take(length).collect()));
        }
        answers
    }
}

impl Heads {
    fn check(&self, tokens: &Vectors) {
        assert_eq!(tokens.width(), self.width, "values of a vector");
    }

    /// A token as a window's cue sees it.
    #[inline(always)]
    fn see(&self, window: &Window, token: u32, of_token: &[f32], of_cue: &[f32], sum: &mut [f32]) {
        let (part, factor) = of_token.split_at(sum.len());
        let (cue_part, cue_factor) = of_cue.split_at(sum.len());
        for (i, place) in sum.iter_mut().enumerate() {
            *place = part[i] + cue_part[i] + factor[i] * cue_factor[i];
        }
        self.distance.add_row(distance(&window.cue, token), sum);
        self.same.add_row(usize::from(window.sentence.contains(&token)), sum);
    }
}

/// The mean of the vectors of each window's cue.
#[inline(always)]
fn means(tokens: &Vectors, windows: &[Window]) -> Vec<f32> {
    let mut means = vec![0.0; windows.len() * tokens.width()];
    for (window, mean) in windows.iter().zip(means.chunks_exact_mut(tokens.width().max(1))) {
        for token in window.cue.clone() {
            for (sum, value) in mean.iter_mut().zip(tokens.vector(token as usize)) {
                *sum += value;
            }
        }
        let share = 1.0 / window.cue.len() as f32;
        for sum in mean {
            *sum *= share;
        }
    }
    means
}

/// How many of the first windows go through the layers together.
fn count_together(windows: &[Window]) -> usize {
    let mut sum = 0;
    let enough = windows.iter().position(|window| {
        sum += window.tokens.len();
        sum >= TOGETHER
    });
    enough.map_or(windows.len(), |last| last + 1)
}

/// The class of a token's distance to a cue: 0 inside, odd before it, even behind it.
fn distance(cue: &Range<u32>, token: u32) -> usize {
    let before = cue.start.saturating_sub(token) as usize;
    let behind = (token + 1).saturating_sub(cue.end) as usize;
    let steps = before.max(behind);
    let class = if steps <= NEAR { steps } else { NEAR + 1 + FAR.iter().filter(|far| **far < steps).count() };
    match (before, behind) {
        (0, 0) => 0,
        (0, _) => 2 * class,
        _ => 2 * class - 1,
    }
}

/// The logarithms of the probabilities that logits stand for.
#[inline(always)]
fn logarithms(logits: &RoleLogs) -> RoleLogs {
    let most = logits.iter().copied().fold(f32::NEG_INFINITY, larger);
    let total = most + ln(sum(logits, |value| exp(value - most)));
    logits.map(|value| larger(value - total, LEAST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_have_a_class_for_each_near_token_and_a_few_for_the_far() {
        let cue = 300..302;
        let class = |token| distance(&cue, token);
        assert_eq!([class(300), class(301)], [0, 0]);
        assert_eq!([class(299), class(302), class(298), class(303)], [1, 2, 3, 4]);
        assert_eq!([class(284), class(283), class(276), class(275)], [31, 33, 33, 35]);
        assert_eq!([class(301 + 256), class(301 + 257), class(4000)], [46, 48, 48]);
        assert_eq!((0..5000).map(class).max(), Some(DISTANCES - 1));
    }

    #[test]
    fn probabilities_sum_to_one_and_none_is_nothing() {
        let logs = logarithms(&[1.0, -2.0, 0.0, 3.5, -100.0, 2.0, 2.0]);
        assert!((logs.iter().map(|l| l.exp()).sum::<f32>() - 1.0).abs() < 1e-5, "{logs:?}");
        assert_eq!(logs[4], LEAST);
        assert!(logs[3] > logs[5] && logs[5] == logs[6]);
    }
}
