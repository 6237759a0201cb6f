//! Products of rows with a matrix, block by block.

use super::machine::Tile;
use super::packed::Packed;
use super::rows::QuantizedRows;
use super::{MOST_ROWS, PANEL};

/// How the values that a product makes stand one behind the other.
#[derive(Clone, Copy)]
pub(crate) enum Order {
    /// All of a row, then those of the next.
    Rows,
    /// Of all rows the first [`PANEL`] values, then of all rows the next; the number of outputs must be a multiple of it.
    Panels,
}

impl Order {
    /// How far apart panels of one row, and rows of one panel, begin.
    #[inline(always)]
    fn steps(self, rows: usize, outputs: usize) -> (usize, usize) {
        match self {
            Order::Rows => (PANEL, outputs),
            Order::Panels => (rows * PANEL, PANEL),
        }
    }
}

/// How many of `count` rows, one at least, go through the kernel at once: blocks of equal height, for one of one row costs as much as one of six.
#[inline(always)]
pub(crate) fn height<T: Tile>(count: usize) -> usize {
    count.div_ceil(count.div_ceil(T::ROWS))
}

/// Multiplies every row with `weights`, adds `bias`, and gives each value to `put`, with its place in `out`.
///
/// `out` has `weights.outputs()` values for each row, in `order`.
#[inline(always)]
pub(crate) fn multiply<T: Tile>(
    rows: &QuantizedRows,
    weights: &Packed,
    bias: &[f32],
    out: &mut [f32],
    order: Order,
    put: impl Fn(f32, &mut f32) + Copy,
) {
    let (count, outputs) = (rows.len(), weights.outputs());
    if count == 0 {
        return;
    }
    let (to_panel, to_row) = order.steps(count, outputs);
    let height = height::<T>(count);
    let mut sums = [[0; PANEL]; MOST_ROWS];
    for (index, (panel, scales, totals)) in weights.panels().enumerate() {
        let column = index * PANEL;
        let width = PANEL.min(outputs - column);
        let mut shift = [0.0; PANEL];
        shift[..width].copy_from_slice(&bias[column..][..width]);
        for begin in (0..count).step_by(height) {
            let sums = &mut sums[..height.min(count - begin)];
            T::tile(rows.bytes(begin, sums.len()), rows.stride(), panel, sums);
            for (offset, sums) in sums.iter().enumerate() {
                let row = begin + offset;
                let (step, low) = rows.scale(row);
                let out = &mut out[index * to_panel + row * to_row..][..width];
                let value = |i: usize| (sums[i] as f32 * step) * scales[i] + low * totals[i] + shift[i];
                if let Ok(out) = <&mut [f32; PANEL]>::try_from(&mut *out) {
                    // In an array of its own, into which nothing else points, many values are computed at once.
                    let mut values = *out;
                    for (i, place) in values.iter_mut().enumerate() {
                        put(value(i), place);
                    }
                    *out = values;
                } else {
                    for (i, place) in out.iter_mut().enumerate() {
                        put(value(i), place);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::{Machine, Work};

    /// Numbers that look random, the same every time.
    fn noise(seed: u32) -> impl Iterator<Item = f32> {
        let mut state = seed;
        std::iter::repeat_with(move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 23) as f32 - 1.0
        })
    }

    struct Case {
        values: Vec<f32>,
        weights: Packed,
        bias: Vec<f32>,
    }

    impl Work for &Case {
        type Output = Vec<f32>;

        #[inline(always)]
        fn run<T: Tile>(self) -> Vec<f32> {
            let mut rows = QuantizedRows::default();
            rows.fill(&self.values, self.weights.inputs());
            let mut out = vec![0.0; rows.len() * self.weights.outputs()];
            multiply::<T>(&rows, &self.weights, &self.bias, &mut out, Order::Rows, |value, place| *place = value);
            out
        }
    }

    fn case(count: usize, inputs: usize, outputs: usize, extreme: bool) -> (Case, Vec<i8>, Vec<f32>) {
        let sign = |v: f32| if v < 0.0 { -1.0 } else { 1.0 };
        let shape = |v: f32| if extreme { sign(v) } else { v };
        let values = noise(1).map(shape).take(count * inputs).collect();
        let weights: Vec<i8> = noise(2).map(|v| (shape(v) * 127.0) as i8).take(outputs * inputs).collect();
        let scales: Vec<f32> = noise(3).map(|v| v.abs() * 0.01 + 0.001).take(outputs).collect();
        let bias = noise(4).take(outputs).collect();
        (Case { values, weights: Packed::new(&weights, &scales, inputs), bias }, weights, scales)
    }

    #[test]
    fn every_machine_answers_the_same_bits_and_the_right_product() {
        for (count, inputs, outputs) in [(1, 1, 1), (1, 4, 32), (2, 5, 33), (3, 31, 7), (13, 384, 96), (25, 1536, 40), (37, 130, 65)] {
            for extreme in [false, true] {
                let (case, weights, scales) = case(count, inputs, outputs, extreme);
                let portable = Machine::Portable.run(&case);
                for machine in Machine::available() {
                    assert_eq!(machine.run(&case), portable, "{machine:?} at {count} x {inputs} x {outputs}");
                }
                for (row, values) in case.values.chunks_exact(inputs).enumerate() {
                    for output in 0..outputs {
                        let line = &weights[output * inputs..][..inputs];
                        let exact: f32 = values.iter().zip(line).map(|(v, w)| v * f32::from(*w) * scales[output]).sum();
                        let error = (portable[row * outputs + output] - exact - case.bias[output]).abs();
                        let most = 1.1 / 255.0 * 127.0 * scales[output] * (inputs as f32).sqrt() * 2.0 + 1e-4;
                        assert!(error < most, "{error} over {most} at {row}, {output} of {count} x {inputs} x {outputs}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_row_does_not_depend_on_the_rows_beside_it() {
        let (case, ..) = case(29, 96, 64, false);
        let all = Machine::best().run(&case);
        for row in 0..29 {
            let alone = Case { values: case.values[row * 96..][..96].to_vec(), weights: case.weights.clone(), bias: case.bias.clone() };
            assert_eq!(Machine::best().run(&alone), all[row * 64..][..64]);
        }
    }

    #[test]
    fn a_row_of_one_value_is_that_value() {
        let case = Case { values: vec![0.25; 8], weights: Packed::new(&[1; 8], &[1.0], 8), bias: vec![0.0] };
        assert_eq!(Machine::best().run(&case), [2.0]);
    }

    #[test]
    #[ignore = "a measurement, not a test"]
    #[allow(clippy::print_stdout, reason = "it prints its figures")]
    fn speed() {
        for (count, inputs, outputs) in [(192, 384, 1152), (192, 384, 384), (48, 384, 1536), (48, 1536, 384)] {
            let (case, ..) = case(count, inputs, outputs, false);
            struct Many<'a>(&'a Case, usize, bool);
            impl Work for Many<'_> {
                type Output = f32;
                #[inline(always)]
                fn run<T: Tile>(self) -> f32 {
                    let mut rows = QuantizedRows::default();
                    rows.fill(&self.0.values, self.0.weights.inputs());
                    let mut out = vec![0.0; rows.len() * self.0.weights.outputs()];
                    for _ in 0..self.1 {
                        if self.2 {
                            rows.fill(&self.0.values, self.0.weights.inputs());
                        } else {
                            multiply::<T>(&rows, &self.0.weights, &self.0.bias, &mut out, Order::Rows, |value, place| *place = value);
                        }
                    }
                    out[0]
                }
            }
            for machine in Machine::available() {
                let products = count * inputs * outputs;
                let turns = (1 << 30) / products + 1;
                let mut best = f64::MAX;
                for _ in 0..10 {
                    let begin = std::time::Instant::now();
                    std::hint::black_box(machine.run(Many(&case, turns, false)));
                    best = best.min(begin.elapsed().as_secs_f64());
                }
                println!("{count} x {inputs} x {outputs} {machine:?}: {:.1} G products/s", (products * turns) as f64 / best / 1e9);
            }
        }
    }
}
