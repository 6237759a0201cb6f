//! The kernel for any processor.

use super::machine::Tile;
use super::{GROUP, PANEL, Sums};

/// How many outputs are summed at once.
const OUTPUTS: usize = 4;

/// Plain loops over whole numbers, which the compiler turns into what the processor has.
pub(super) struct Portable;

impl Tile for Portable {
    const ROWS: usize = 4;

    #[inline(always)]
    fn tile(rows: &[u8], stride: usize, panel: &[i8], sums: &mut [Sums]) {
        for (row, sums) in rows.chunks_exact(stride).zip(sums) {
            for (part, four) in sums.as_chunks_mut().0.iter_mut().enumerate() {
                *four = four_outputs(row, &panel[part * OUTPUTS * GROUP..]);
            }
        }
    }
}

/// The sums of one row for the four outputs whose weights begin a group of the panel.
#[inline(always)]
fn four_outputs(row: &[u8], panel: &[i8]) -> [i32; OUTPUTS] {
    let mut pairs = [0_i32; OUTPUTS * GROUP / 2];
    for (inputs, weights) in row.as_chunks::<GROUP>().0.iter().zip(panel.chunks(GROUP * PANEL)) {
        let weights: &[i8; OUTPUTS * GROUP] = weights.first_chunk().expect("four groups of weights");
        let mut four = [0_i16; OUTPUTS * GROUP];
        let mut wide = [0_i16; OUTPUTS * GROUP];
        for i in 0..OUTPUTS * GROUP {
            four[i] = i16::from(inputs[i % GROUP]);
            wide[i] = i16::from(weights[i]);
        }
        for (i, pair) in pairs.iter_mut().enumerate() {
            *pair += i32::from(four[2 * i]) * i32::from(wide[2 * i]) + i32::from(four[2 * i + 1]) * i32::from(wide[2 * i + 1]);
        }
    }
    std::array::from_fn(|i| pairs[2 * i] + pairs[2 * i + 1])
}
