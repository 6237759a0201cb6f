//! Hashed rows of one weight: a log-linear model over whole things reads one number a feature.

use std::borrow::Cow;

use super::format::{Reader, Section};
use super::hash::Feature;
use crate::error::ModelError;

/// A feature and how much of it there is.
pub type Valued = (Feature, f32);

/// 2^bits 8-bit weights, all of one step.
#[derive(Debug, Clone)]
pub struct Scalars {
    shift: u32,
    step: f32,
    cells: Cow<'static, [u8]>,
}

impl Scalars {
    /// The sum of the features' weights, each times its value.
    #[must_use]
    pub fn score(&self, features: &[Valued]) -> f32 {
        let weight = |feature: Feature| self.cells.get((feature >> self.shift) as usize).map_or(0.0, |&c| f32::from(c as i8));
        features.iter().map(|&(feature, value)| weight(feature) * value).sum::<f32>() * self.step
    }

    /// Reads weights from the front of a section's bytes, from byte `at`; gives the byte after them too.
    ///
    /// # Errors
    /// If the bytes end early or name an impossible size.
    pub fn read(section: &Section, at: usize) -> Result<(Scalars, usize), ModelError> {
        let mut reader = Reader::new(section.bytes.get(at..).unwrap_or_default());
        let bits = reader.number("the number of row bits")?;
        let step = reader.real("the step")?;
        if !(1..=24).contains(&bits) {
            return Err(ModelError::Damaged { at, why: format!("{bits} row bits") });
        }
        let (begin, length) = (at + reader.at(), 1 << bits);
        reader.take(length, "the weights")?;
        let cells = section.slice(begin..begin + length);
        Ok((Scalars { shift: 32 - bits, step, cells }, begin + length))
    }

    /// Quantises weights to 8 bits.
    #[must_use]
    pub fn quantise(weights: &[f32], bits: u32) -> Vec<u8> {
        let largest = weights.iter().fold(1e-6_f32, |a, w| a.max(w.abs()));
        let step = largest / 127.0;
        let mut bytes = bits.to_le_bytes().to_vec();
        bytes.extend_from_slice(&step.to_bits().to_le_bytes());
        bytes.extend(weights.iter().map(|w| (w / step).round().clamp(-127.0, 127.0) as i8 as u8));
        bytes
    }
}
