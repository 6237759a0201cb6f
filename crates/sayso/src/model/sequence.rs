//! A learned sequence labeller: hashed rows for the tokens' features, and transitions.

use super::chain::{Exponentials, Scores, Transitions};
use super::dense::{DenseRows, WIDTH};
use super::format::{Reader, Section};
use super::hash::Feature;
use crate::error::ModelError;

/// The weights of a linear-chain labeller.
#[derive(Debug, Clone)]
pub struct Sequence {
    rows: DenseRows,
    /// Scores of one label after another.
    pub transitions: Transitions,
    /// The same out of the logarithm.
    pub exponentials: Exponentials,
}

impl Sequence {
    /// The scores of a token with these features, one a label.
    #[must_use]
    pub fn score(&self, features: &[Feature]) -> Scores {
        self.rows.score(features)
    }

    /// Reads a section: the rows, the number of classes, the transitions.
    ///
    /// # Errors
    /// If it ends early or names an impossible size.
    pub fn read(section: &Section) -> Result<Sequence, ModelError> {
        let (rows, at) = DenseRows::read(section, 0)?;
        let mut reader = Reader::new(&section.bytes[at..]);
        let classes = reader.number("the number of classes")?;
        if classes > 64 {
            return Err(ModelError::Damaged { at, why: format!("{classes} transition classes") });
        }
        let mut by_class = vec![[[0.0; WIDTH]; WIDTH]; classes as usize];
        for cell in by_class.iter_mut().flatten().flatten() {
            *cell = reader.real("a transition")?;
        }
        let transitions = Transitions { by_class };
        Ok(Sequence { rows, exponentials: Exponentials::of_all(&transitions), transitions })
    }

    /// The bytes of a section.
    #[must_use]
    pub fn write(rows: &[[f32; WIDTH]], bits: u32, transitions: &Transitions) -> Vec<u8> {
        let mut bytes = DenseRows::quantise(rows, bits);
        bytes.extend_from_slice(&(transitions.by_class.len() as u32).to_le_bytes());
        for cell in transitions.by_class.iter().flatten().flatten() {
            bytes.extend_from_slice(&cell.to_bits().to_le_bytes());
        }
        bytes
    }
}
