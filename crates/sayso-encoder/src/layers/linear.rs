//! A linear map: a matrix and a shift.

use crate::error::EncoderError;
use crate::kernels::{LANES, Packed, QuantizedRows, Strided, Tile, multiply, multiply_float};
use crate::weights::{Matrix, Weights};

/// A linear map of vectors, in 8 bits, or in 32 bits to measure the 8 bits against.
#[derive(Clone, Debug)]
pub(crate) struct Linear {
    weights: Kind,
    shift: Vec<f32>,
}

#[derive(Clone, Debug)]
enum Kind {
    Byte(Packed),
    /// A row for each input, padded to whole lanes.
    Float {
        columns: Vec<f32>,
        padded: usize,
    },
}

impl Linear {
    /// Reads the tensors `name.weight` and `name.shift`.
    pub(crate) fn read(weights: &Weights, name: &str, outputs: usize, inputs: usize) -> Result<Linear, EncoderError> {
        let kind = match weights.matrix(&format!("{name}.weight"), Some(outputs), inputs)? {
            Matrix::Byte { values, scales, .. } => Kind::Byte(Packed::new(&values, &scales, inputs)),
            Matrix::Float { values, .. } => {
                let padded = outputs.next_multiple_of(LANES);
                let mut columns = vec![0.0; inputs * padded];
                for (i, value) in values.into_iter().enumerate() {
                    columns[i % inputs * padded + i / inputs] = value;
                }
                Kind::Float { columns, padded }
            }
        };
        Ok(Linear { weights: kind, shift: weights.row(&format!("{name}.shift"), outputs)? })
    }

    /// Maps every row of `rows`, and gives each value to `put`, with its place in `out`.
    #[inline(always)]
    pub(crate) fn apply<T: Tile>(&self, rows: &[f32], quantized: &mut QuantizedRows, out: &mut [f32], put: impl Fn(f32, &mut f32) + Copy) {
        let outputs = self.shift.len();
        match &self.weights {
            Kind::Byte(packed) => {
                quantized.fill(rows, packed.inputs());
                multiply::<T>(quantized, packed, &self.shift, out, put);
            }
            Kind::Float { columns, padded } => {
                let inputs = columns.len() / padded;
                let mut line = vec![0.0; *padded];
                for (row, out) in rows.chunks_exact(inputs).zip(out.chunks_exact_mut(outputs)) {
                    let one = Strided { values: row, stride: inputs, count: 1, depth: inputs };
                    multiply_float::<T>(one, columns, *padded, &mut line, *padded);
                    for ((value, shift), place) in line.iter().zip(&self.shift).zip(out) {
                        put(value + shift, place);
                    }
                }
            }
        }
    }
}
