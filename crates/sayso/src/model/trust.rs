//! From the ranker's shares to the confidence that a user reads: fitted on articles that the ranker has not seen.

use super::format::{Reader, Section};
use crate::error::ModelError;

/// How likely a statement is right, by how it was found.
///
/// Shares of the ranker are mapped after Platt (1999), "Probabilistic outputs for support vector machines".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trust {
    /// What the logit of a share is multiplied by.
    pub slope: f32,
    /// What is added to it.
    pub intercept: f32,
    /// The probability that a statement is right which the text decides, 0..1.
    pub decided: f32,
    /// The probability that a quotation without a cue is a statement, 0..1.
    pub alone: f32,
}

impl Trust {
    /// The probability that a statement is right whose ways hold this share of the ranker's probability, 0..1.
    #[must_use]
    pub fn of_share(&self, share: f32) -> f32 {
        1.0 / (1.0 + (-(self.slope * logit(share) + self.intercept)).exp())
    }

    /// Reads a section: four numbers.
    ///
    /// # Errors
    /// If it ends early, or a number is not one.
    pub fn read(section: &Section) -> Result<Trust, ModelError> {
        let mut reader = Reader::new(&section.bytes);
        Ok(Trust {
            slope: reader.real("the slope of the confidence")?,
            intercept: reader.real("the intercept of the confidence")?,
            decided: reader.real("the confidence of what the text decides")?,
            alone: reader.real("the confidence of a quotation without a cue")?,
        })
    }

    /// The bytes of a section.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        [self.slope, self.intercept, self.decided, self.alone].iter().flat_map(|x| x.to_bits().to_le_bytes()).collect()
    }
}

/// The logarithm of the odds, for a probability kept within 0.001..0.999.
#[must_use]
pub fn logit(probability: f32) -> f32 {
    let p = probability.clamp(1e-3, 1.0 - 1e-3);
    (p / (1.0 - p)).ln()
}
