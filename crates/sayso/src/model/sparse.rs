//! Hashed rows of few weights among many labels, as a perceptron over tags learns them.

use std::borrow::Cow;

use super::format::{Reader, Section};
use super::hash::Feature;
use crate::error::ModelError;

/// For each hashed row the labels that it speaks for or against, with 8-bit weights.
#[derive(Debug, Clone)]
pub struct SparseRows {
    labels: usize,
    shift: u32,
    begins: Vec<u32>,
    entries: Cow<'static, [u8]>,
}

impl SparseRows {
    /// How many labels.
    #[must_use]
    pub fn labels(&self) -> usize {
        self.labels
    }

    /// Adds a feature's weights to the labels' scores (one score a label).
    pub fn add(&self, feature: Feature, scores: &mut [i32]) {
        let row = (feature >> self.shift) as usize;
        let range = self.begins[row] as usize * 2..self.begins[row + 1] as usize * 2;
        for entry in self.entries[range].chunks_exact(2) {
            if let Some(score) = scores.get_mut(entry[0] as usize) {
                *score += i32::from(entry[1] as i8);
            }
        }
    }

    /// Reads a section.
    ///
    /// # Errors
    /// If it ends early or has an impossible size.
    pub fn read(section: &Section) -> Result<SparseRows, ModelError> {
        let mut reader = Reader::new(&section.bytes);
        let labels = reader.number("the number of labels")? as usize;
        let bits = reader.number("the number of row bits")?;
        if !(1..=24).contains(&bits) || labels == 0 || labels > 256 {
            return Err(ModelError::Damaged { at: reader.at(), why: format!("{labels} labels and {bits} row bits") });
        }
        let counts = reader.take(1 << bits, "the rows' sizes")?;
        let mut begins = Vec::with_capacity(counts.len() + 1);
        let mut total = 0;
        begins.push(0);
        for &count in counts {
            total += u32::from(count);
            begins.push(total);
        }
        let at = reader.at();
        reader.take(total as usize * 2, "the weights")?;
        let entries = match &section.bytes {
            Cow::Borrowed(all) => Cow::Borrowed(&all[at..at + total as usize * 2]),
            Cow::Owned(all) => Cow::Owned(all[at..at + total as usize * 2].to_vec()),
        };
        Ok(SparseRows { labels, shift: 32 - bits, begins, entries })
    }

    /// Quantises rows of weights (`labels` a row, 2^`bits` rows) to 8 bits; the largest keeps its share, small ones go.
    #[must_use]
    pub fn quantise(weights: &[f32], labels: usize, bits: u32, step: f32) -> Vec<u8> {
        let mut bytes = (labels as u32).to_le_bytes().to_vec();
        bytes.extend_from_slice(&bits.to_le_bytes());
        let mut entries = Vec::new();
        for row in weights.chunks_exact(labels) {
            let before = entries.len();
            for (label, &weight) in row.iter().enumerate() {
                let rounded = (weight / step).round().clamp(-127.0, 127.0) as i8;
                if rounded != 0 && entries.len() - before < 510 {
                    entries.extend_from_slice(&[label as u8, rounded as u8]);
                }
            }
            bytes.push(((entries.len() - before) / 2) as u8);
        }
        bytes.extend_from_slice(&entries);
        bytes
    }
}
