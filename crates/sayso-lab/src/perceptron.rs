//! An averaged perceptron over hashed rows of one weight a label (Collins 2002; averaging after Daumé).

use sayso::model::hash::Feature;

/// Weights in training.
pub struct Perceptron<const LABELS: usize> {
    bits: u32,
    weights: Vec<f32>,
    totals: Vec<f32>,
    clock: f32,
}

impl<const LABELS: usize> Perceptron<LABELS> {
    /// One with 2^`bits` rows, all zero.
    pub fn new(bits: u32) -> Self {
        Perceptron { bits, weights: vec![0.0; LABELS << bits], totals: vec![0.0; LABELS << bits], clock: 1.0 }
    }

    fn row(&self, feature: Feature) -> usize {
        (feature >> (32 - self.bits)) as usize * LABELS
    }

    /// The score of each label.
    pub fn score(&self, features: &[Feature]) -> [f32; LABELS] {
        let mut scores = [0.0; LABELS];
        for &feature in features {
            let row = self.row(feature);
            for (score, weight) in scores.iter_mut().zip(&self.weights[row..row + LABELS]) {
                *score += weight;
            }
        }
        scores
    }

    /// Moves the weights towards the gold label and away from the guess.
    pub fn update(&mut self, features: &[Feature], gold: usize, guess: usize) {
        for &feature in features {
            let row = self.row(feature);
            for (label, by) in [(gold, 1.0), (guess, -1.0)] {
                self.weights[row + label] += by;
                self.totals[row + label] += by * self.clock;
            }
        }
    }

    /// Counts a step, for the average.
    pub fn tick(&mut self) {
        self.clock += 1.0;
    }

    /// The weights averaged over all steps.
    pub fn averaged(&self) -> Vec<f32> {
        self.weights.iter().zip(&self.totals).map(|(w, t)| w - t / self.clock).collect()
    }
}
