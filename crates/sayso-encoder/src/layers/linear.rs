//! A linear map: a matrix and a shift.

use crate::error::EncoderError;
use crate::kernels::{Order, Packed, QuantizedRows, Tile, multiply};
use crate::weights::Weights;

/// A linear map of vectors, in 8 bits.
#[derive(Clone, Debug)]
pub(crate) struct Linear {
    weights: Packed,
    shift: Vec<f32>,
}

impl Linear {
    /// Reads the tensors `name.weight` and `name.shift`.
    pub(crate) fn read(weights: &Weights, name: &str, outputs: usize, inputs: usize) -> Result<Linear, EncoderError> {
        let matrix = weights.matrix(&format!("{name}.weight"), Some(outputs), inputs)?;
        let shift = weights.row(&format!("{name}.shift"), outputs)?;
        Ok(Linear { weights: Packed::new(&matrix.values, &matrix.scales, inputs), shift })
    }

    /// Maps every row of `rows`, and gives each value to `put`, with its place in `out`.
    #[inline(always)]
    pub(crate) fn apply<T: Tile>(&self, rows: &[f32], quantized: &mut QuantizedRows, out: &mut [f32], put: impl Fn(f32, &mut f32) + Copy) {
        quantized.fill(rows, self.weights.inputs());
        multiply::<T>(quantized, &self.weights, &self.shift, out, Order::Rows, put);
    }

    /// Maps every row of `rows`; `out` has the values in panels.
    #[inline(always)]
    pub(crate) fn apply_to_panels<T: Tile>(&self, rows: &[f32], quantized: &mut QuantizedRows, out: &mut [f32]) {
        quantized.fill(rows, self.weights.inputs());
        multiply::<T>(quantized, &self.weights, &self.shift, out, Order::Panels, |value, place| *place = value);
    }
}
