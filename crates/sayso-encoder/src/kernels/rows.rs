//! Rows of numbers: as they are, and in 8 bits with a scale for each row.

use super::{GROUP, LANES};
use crate::arithmetic::{ROUND, larger, smaller};

/// Rows of 32-bit numbers, one behind the other.
#[derive(Clone, Debug, Default)]
pub(crate) struct FloatRows {
    width: usize,
    values: Vec<f32>,
}

impl FloatRows {
    /// Room for `count` rows, kept from use to use: what stands in it is to be written over.
    pub(crate) fn reset(&mut self, count: usize, width: usize) {
        self.width = width;
        self.values.resize(count * width, 0.0);
    }

    #[inline(always)]
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    #[inline(always)]
    pub(crate) fn len(&self) -> usize {
        self.values.len().checked_div(self.width).unwrap_or(0)
    }

    #[inline(always)]
    pub(crate) fn values(&self) -> &[f32] {
        &self.values
    }

    #[inline(always)]
    pub(crate) fn values_mut(&mut self) -> &mut [f32] {
        &mut self.values
    }
}

/// Rows in 8 bits: each value is its row's `low` plus its byte times its row's `step`.
#[derive(Clone, Debug, Default)]
pub(crate) struct QuantizedRows {
    /// Bytes from row to row: the width, padded to whole groups.
    stride: usize,
    bytes: Vec<u8>,
    steps: Vec<f32>,
    lows: Vec<f32>,
}

impl QuantizedRows {
    /// Rounds rows of `width` values to 8 bits, each row by its own smallest and largest value.
    #[inline(always)]
    pub(crate) fn fill(&mut self, values: &[f32], width: usize) {
        self.stride = width.div_ceil(GROUP) * GROUP;
        let count = values.len() / width;
        self.bytes.resize(count * self.stride, 0);
        self.steps.clear();
        self.lows.clear();
        for (row, bytes) in values.chunks_exact(width).zip(self.bytes.chunks_exact_mut(self.stride)) {
            let (low, high) = range(row);
            let step = (high - low) * (1.0 / 255.0);
            let inverse = if step > 0.0 { 1.0 / step } else { 0.0 };
            for (byte, value) in bytes.iter_mut().zip(row) {
                *byte = ((value - low) * inverse + ROUND).to_bits() as u8;
            }
            self.steps.push(step);
            self.lows.push(low);
        }
    }

    #[inline(always)]
    pub(super) fn len(&self) -> usize {
        self.steps.len()
    }

    #[inline(always)]
    pub(super) fn stride(&self) -> usize {
        self.stride
    }

    /// The bytes of `count` rows from `begin`.
    #[inline(always)]
    pub(super) fn bytes(&self, begin: usize, count: usize) -> &[u8] {
        &self.bytes[begin * self.stride..][..count * self.stride]
    }

    /// A row's step and lowest value.
    #[inline(always)]
    pub(super) fn scale(&self, row: usize) -> (f32, f32) {
        (self.steps[row], self.lows[row])
    }
}

/// The smallest and the largest of some values.
#[inline(always)]
fn range(row: &[f32]) -> (f32, f32) {
    // One after the other: side by side, the compiler does not keep either in one register.
    (most(row, smaller), most(row, larger))
}

/// What a choice of two leaves of all values.
#[inline(always)]
fn most(row: &[f32], choice: impl Fn(f32, f32) -> f32) -> f32 {
    let first = row.first().copied().unwrap_or(0.0);
    let mut lanes = [first; LANES];
    let (chunks, rest) = row.as_chunks::<LANES>();
    for chunk in chunks {
        for i in 0..LANES {
            lanes[i] = choice(lanes[i], chunk[i]);
        }
    }
    for (lane, &value) in lanes.iter_mut().zip(rest) {
        *lane = choice(*lane, value);
    }
    lanes.into_iter().fold(first, choice)
}
