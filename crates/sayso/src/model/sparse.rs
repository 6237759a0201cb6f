//! Hashed rows of few weights among many labels, as a perceptron over tags learns them.
//!
//! In the file a row holds the labels that it speaks for or against; in memory all labels, so that a row is one read and one addition.

use super::format::{Reader, Section};
use super::hash::Feature;
use crate::error::ModelError;

/// One line of the processor's cache: no row lies across two.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Line([i8; LINE]);

const LINE: usize = 64;

/// How many rows are read before they are summed.
const AHEAD: usize = 48;

/// For each hashed row one 8-bit weight a label; room for `WIDTH` labels, a divisor of 64.
#[derive(Debug, Clone)]
pub struct SparseRows<const WIDTH: usize> {
    labels: usize,
    shift: u32,
    lines: Vec<Line>,
}

impl<const WIDTH: usize> SparseRows<WIDTH> {
    /// How many labels.
    #[must_use]
    pub fn labels(&self) -> usize {
        self.labels
    }

    /// The labels' scores: the sums of the features' weights.
    #[must_use]
    #[inline]
    pub fn score(&self, features: &[Feature]) -> [i16; WIDTH] {
        let mut scores = [0_i16; WIDTH];
        let mut rows = [[0_i8; WIDTH]; AHEAD];
        for features in features.chunks(AHEAD) {
            // First all reads, then all sums: the processor waits for many rows of memory at once, not for one after another.
            for (row, &feature) in rows.iter_mut().zip(features) {
                let (line, at) = place::<WIDTH>((feature >> self.shift) as usize);
                if let Some(cells) = self.lines.get(line).and_then(|l| l.0.get(at..at + WIDTH)) {
                    row.copy_from_slice(cells);
                }
            }
            for row in &rows[..features.len()] {
                for (score, &weight) in scores.iter_mut().zip(row) {
                    *score = score.saturating_add(i16::from(weight));
                }
            }
        }
        scores
    }

    /// Reads a section.
    ///
    /// # Errors
    /// If it ends early, names an impossible size, or a label that there is not.
    pub fn read(section: &Section) -> Result<Self, ModelError> {
        let mut reader = Reader::new(&section.bytes);
        let labels = reader.number("the number of labels")? as usize;
        let bits = reader.number("the number of row bits")?;
        if !(1..=24).contains(&bits) || labels == 0 || labels > WIDTH {
            return Err(ModelError::Damaged { at: reader.at(), why: format!("{labels} labels and {bits} row bits") });
        }
        let counts = reader.take(1 << bits, "the rows' sizes")?;
        let total: usize = counts.iter().map(|&c| usize::from(c)).sum();
        let begin = reader.at();
        let mut entries = reader.take(total * 2, "the weights")?.chunks_exact(2);
        let mut lines = vec![Line([0; LINE]); ((WIDTH << bits) / LINE).max(1)];
        for (row, &count) in counts.iter().enumerate() {
            let (line, at) = place::<WIDTH>(row);
            for entry in entries.by_ref().take(usize::from(count)) {
                let label = usize::from(entry[0]);
                if label >= labels {
                    return Err(ModelError::Damaged { at: begin, why: format!("a weight for label {label} of {labels}") });
                }
                lines[line].0[at + label] = entry[1] as i8;
            }
        }
        Ok(SparseRows { labels, shift: 32 - bits, lines })
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

/// The line of a row, and where in it the row begins.
fn place<const WIDTH: usize>(row: usize) -> (usize, usize) {
    const { assert!(LINE.is_multiple_of(WIDTH), "rows must not lie across lines") };
    (row / (LINE / WIDTH), row % (LINE / WIDTH) * WIDTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(bytes: Vec<u8>) -> Section {
        Section { name: "tag".to_owned(), fingerprint: 0, bytes: bytes.into() }
    }

    /// Sixteen rows of 31 labels, row 5 with all labels and row 9 with two.
    fn weights() -> Vec<f32> {
        let mut weights = vec![0.0; 16 * 31];
        for label in 0..31 {
            weights[5 * 31 + label] = label as f32 - 15.0;
        }
        (weights[9 * 31], weights[9 * 31 + 30]) = (7.0, -3.0);
        weights
    }

    #[test]
    fn scores_are_the_sums_of_the_rows_that_were_written() {
        let rows = SparseRows::<32>::read(&section(SparseRows::<32>::quantise(&weights(), 31, 4, 1.0))).unwrap();
        let many: Vec<Feature> = [5_u32 << 28, 9 << 28, 2 << 28].into_iter().cycle().take(150).collect();
        let scores = rows.score(&many);
        assert_eq!((scores[0], scores[20], scores[30], scores[31]), (50 * (7 - 15), 50 * 5, 50 * (15 - 3), 0));
    }

    #[test]
    fn a_weight_for_a_label_that_there_is_not_is_damage() {
        let mut bytes = SparseRows::<32>::quantise(&weights(), 31, 4, 1.0);
        let last = bytes.len() - 2;
        bytes[last] = 31;
        let why = SparseRows::<32>::read(&section(bytes)).unwrap_err().to_string();
        assert!(why.contains("label 31 of 31"), "{why}");
    }
}
