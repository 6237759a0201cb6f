//! A matrix of 8-bit weights, laid out for the kernels.

use super::{GROUP, PANEL};

/// Weights of one linear layer: whole numbers from -127 to 127, and a scale for each output.
#[derive(Clone, Debug)]
pub(crate) struct Packed {
    outputs: usize,
    inputs: usize,
    /// Panels of [`PANEL`] outputs; in a panel, for each group of inputs, each output's [`GROUP`] weights.
    weights: Vec<i8>,
    /// For each output, padded to whole panels: what a whole number is worth.
    scales: Vec<f32>,
    /// For each output, padded: the sum of its weights times its scale.
    totals: Vec<f32>,
}

impl Packed {
    /// Packs a matrix with one row for each output.
    pub(crate) fn new(weights: &[i8], scales: &[f32], inputs: usize) -> Packed {
        let outputs = scales.len();
        assert_eq!(weights.len(), outputs * inputs, "the weights of {outputs} rows");
        let (panels, groups) = (outputs.div_ceil(PANEL), inputs.div_ceil(GROUP));
        let mut packed = vec![0; panels * groups * GROUP * PANEL];
        let mut totals = vec![0.0; panels * PANEL];
        for (output, row) in weights.chunks_exact(inputs.max(1)).enumerate() {
            let panel = output / PANEL * groups * GROUP * PANEL + output % PANEL * GROUP;
            for (group, part) in row.chunks(GROUP).enumerate() {
                packed[panel + group * GROUP * PANEL..][..part.len()].copy_from_slice(part);
            }
            let total: i32 = row.iter().map(|&w| i32::from(w)).sum();
            totals[output] = total as f32 * scales[output];
        }
        let mut padded = scales.to_vec();
        padded.resize(panels * PANEL, 0.0);
        Packed { outputs, inputs, weights: packed, scales: padded, totals }
    }

    /// How many values it makes of each row.
    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// How many values a row has.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// The panels: their weights, scales and totals.
    #[inline(always)]
    pub(super) fn panels(&self) -> impl Iterator<Item = (&[i8], &[f32; PANEL], &[f32; PANEL])> {
        let length = self.inputs.div_ceil(GROUP) * GROUP * PANEL;
        let weights = self.weights.chunks_exact(length.max(1));
        weights.zip(self.scales.as_chunks().0).zip(self.totals.as_chunks().0).map(|((w, s), t)| (w, s, t))
    }
}
