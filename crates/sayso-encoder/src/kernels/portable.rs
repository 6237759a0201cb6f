//! The kernel for any processor.

use super::machine::Tile;
use super::{GROUP, PANEL, Sums};

/// How many outputs are summed at once, their groups side by side.
const OUTPUTS: usize = 4;

/// Plain loops over whole numbers, which the compiler turns into what the processor has.
pub(super) struct Portable;

impl Tile for Portable {
    const ROWS: usize = 4;

    #[inline(always)]
    fn tile(rows: &[u8], stride: usize, panel: &[i8], sums: &mut [Sums]) {
        for (row, sums) in rows.chunks_exact(stride).zip(sums) {
            for (part, four) in sums.chunks_exact_mut(OUTPUTS).enumerate() {
                let mut lanes = [0_i32; OUTPUTS * GROUP];
                for (inputs, weights) in row.chunks_exact(GROUP).zip(panel.chunks_exact(GROUP * PANEL)) {
                    let weights = &weights[part * OUTPUTS * GROUP..][..OUTPUTS * GROUP];
                    for i in 0..OUTPUTS * GROUP {
                        lanes[i] += i32::from(i16::from(inputs[i % GROUP])) * i32::from(i16::from(weights[i]));
                    }
                }
                for (sum, group) in four.iter_mut().zip(lanes.chunks_exact(GROUP)) {
                    *sum = group.iter().sum();
                }
            }
        }
    }
}
