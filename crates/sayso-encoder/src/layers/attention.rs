//! Attention of each sequence to itself.

use crate::arithmetic::softmax;
use crate::kernels::{FloatRows, LANES, Strided, Tile, multiply_float};

/// How many rows ask at once.
const ASKING: usize = 8;

/// What a head sees of a sequence; kept from use to use.
#[derive(Default)]
pub(super) struct Attention {
    /// The keys, a row for each of their values, padded to whole lanes.
    keys: Vec<f32>,
    /// The values, a row for each place.
    values: Vec<f32>,
    /// The shares of some rows.
    shares: Vec<f32>,
}

/// For each row the values of its sequence, by the shares that its query gives their keys.
///
/// `projected` holds for each row its queries, its keys and its values, each of all heads.
#[inline(always)]
pub(super) fn attend<T: Tile>(projected: &FloatRows, lengths: &[usize], heads: usize, context: &mut FloatRows, room: &mut Attention) {
    let width = context.width();
    let depth = width / heads;
    let mut begin = 0;
    for &length in lengths {
        for head in 0..heads {
            let rows = &projected.values()[begin * 3 * width..][..length * 3 * width];
            let out = &mut context.values_mut()[begin * width..][..length * width];
            attend_one::<T>(rows, width, head * depth, depth, out, room);
        }
        begin += length;
    }
}

/// One head of one sequence, whose values begin at `column` of each row.
#[inline(always)]
fn attend_one<T: Tile>(rows: &[f32], width: usize, column: usize, depth: usize, out: &mut [f32], room: &mut Attention) {
    let length = out.len() / width;
    let padded = length.next_multiple_of(LANES);
    let Attention { keys, values, shares } = room;
    keys.clear();
    keys.resize(depth * padded, 0.0);
    values.clear();
    shares.clear();
    shares.resize(ASKING * padded, 0.0);
    let scale = 1.0 / (depth as f32).sqrt();
    for (place, row) in rows.chunks_exact(3 * width).enumerate() {
        for (i, key) in row[width + column..][..depth].iter().enumerate() {
            keys[i * padded + place] = key * scale;
        }
        values.extend_from_slice(&row[2 * width + column..][..depth]);
    }
    for begin in (0..length).step_by(ASKING) {
        let count = ASKING.min(length - begin);
        let asking = Strided { values: &rows[begin * 3 * width + column..], stride: 3 * width, count, depth };
        multiply_float::<T>(asking, keys, padded, shares, padded);
        for row in shares.chunks_exact_mut(padded).take(count) {
            // What pads the row must be as good as nothing.
            row[length..].fill(f32::NEG_INFINITY);
            softmax(row);
        }
        let shares = Strided { values: shares, stride: padded, count, depth: length };
        multiply_float::<T>(shares, values, depth, &mut out[begin * width + column..], width);
    }
}
