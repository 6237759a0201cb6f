//! Hashed rows of eight weights: a sequence model with up to eight labels reads a row at a time.

use super::format::{Reader, Section};
use super::hash::Feature;
use crate::error::ModelError;

/// How many labels a row has room for.
pub const WIDTH: usize = 8;

/// Weights of so few steps or fewer are not kept: they say little, and two thirds of the room go to them.
const SMALL: u8 = 2;

/// How many rows are read before they are summed.
const AHEAD: usize = 96;

/// 2^bits rows of eight 8-bit weights, all of one step.
///
/// In the file each row is a mask of the labels that it speaks for or against, and all those weights follow the masks.
#[derive(Debug, Clone)]
pub struct DenseRows {
    shift: u32,
    step: f32,
    rows: Vec<[i8; WIDTH]>,
}

impl DenseRows {
    /// The labels' scores: the sums of the features' weights.
    #[must_use]
    #[inline]
    pub fn score(&self, features: &[Feature]) -> [f32; WIDTH] {
        let mut steps = [0_i16; WIDTH];
        let mut rows = [[0_i8; WIDTH]; AHEAD];
        for features in features.chunks(AHEAD) {
            // First all reads, then all sums: the processor waits for many rows of memory at once, not for one after another.
            for (row, &feature) in rows.iter_mut().zip(features) {
                if let Some(cells) = self.rows.get((feature >> self.shift) as usize) {
                    *row = *cells;
                }
            }
            for row in &rows[..features.len()] {
                for (step, &cell) in steps.iter_mut().zip(row) {
                    *step = step.saturating_add(i16::from(cell));
                }
            }
        }
        steps.map(|s| f32::from(s) * self.step)
    }

    /// Reads rows from the front of a section's bytes, from byte `at`; gives the byte after them too.
    ///
    /// # Errors
    /// If the bytes end early or name an impossible size.
    pub fn read(section: &Section, at: usize) -> Result<(DenseRows, usize), ModelError> {
        let rest = section.bytes.get(at..).unwrap_or_default();
        let mut reader = Reader::new(rest);
        let bits = reader.number("the number of row bits")?;
        let step = reader.real("the step")?;
        if !(1..=24).contains(&bits) {
            return Err(ModelError::Damaged { at, why: format!("{bits} row bits") });
        }
        let masks = reader.take(1 << bits, "the rows' masks")?;
        let total = masks.iter().map(|m| m.count_ones() as usize).sum();
        let mut cells = reader.take(total, "the weights")?.iter();
        let mut rows = vec![[0_i8; WIDTH]; 1 << bits];
        for (row, &mask) in rows.iter_mut().zip(masks) {
            let mut left = mask;
            while left != 0 {
                row[left.trailing_zeros() as usize] = cells.next().map_or(0, |&c| c as i8);
                left &= left - 1;
            }
        }
        Ok((DenseRows { shift: 32 - bits, step, rows }, at + reader.at()))
    }

    /// Quantises rows of eight weights to 8 bits.
    #[must_use]
    pub fn quantise(weights: &[[f32; WIDTH]], bits: u32) -> Vec<u8> {
        let mut sizes: Vec<f32> = weights.iter().flatten().map(|w| w.abs()).filter(|&w| w > 0.0).collect();
        sizes.sort_by(f32::total_cmp);
        // The few largest weights are cut rather than let all others lose precision.
        let largest = sizes.get(sizes.len().saturating_sub(sizes.len() / 5000 + 1)).copied().unwrap_or(1.0);
        let step = largest / 127.0;
        let mut bytes = bits.to_le_bytes().to_vec();
        bytes.extend_from_slice(&step.to_bits().to_le_bytes());
        let mut cells = Vec::new();
        for row in weights {
            let mut mask = 0;
            for (label, weight) in row.iter().enumerate() {
                let cell = (weight / step).round().clamp(-127.0, 127.0) as i8;
                if cell.unsigned_abs() > SMALL {
                    mask |= 1 << label;
                    cells.push(cell as u8);
                }
            }
            bytes.push(mask);
        }
        bytes.extend_from_slice(&cells);
        bytes
    }
}
