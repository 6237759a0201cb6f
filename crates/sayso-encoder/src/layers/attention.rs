//! Attention of each sequence to itself, in 8 bits: queries with keys, shares with values.

use crate::arithmetic::{ROUND, larger, share};
use crate::kernels::{FloatRows, GROUP, LANES, PANEL, Sums, Tile};

/// The most rows that ask at once.
const ASKING: usize = 16;

/// The greatest whole number of a query, key or value.
const MOST: f32 = 127.0;

/// What the greatest number is at least, so that it can divide.
const LEAST: f32 = 1e-20;

/// The byte of a query's 0: bytes have no sign.
const ZERO: i32 = 128;

/// What is added to what pads a row of scores, so that nobody looks there; no score is half as great.
const NOBODY: i32 = -(1 << 28);

/// What a head sees of a sequence; kept from use to use.
#[derive(Default)]
pub(super) struct Attention {
    /// For each of a row's values, the greatest among the keys of all rows; then the same of the values.
    greatest: Vec<f32>,
    /// A row of bytes for each query.
    queries: Vec<u8>,
    /// What the bytes of each query are worth.
    steps: Vec<f32>,
    /// The keys in panels of places.
    keys: Vec<i8>,
    /// For each place what its scores lack: the sum of its key, as often as a query's 0 says.
    lack: Vec<i32>,
    /// The values in panels of their dimensions.
    values: Vec<i8>,
    /// The scores of some rows.
    scores: Vec<i32>,
    /// Their shares.
    shares: Vec<u8>,
}

/// One head of one sequence.
#[derive(Clone, Copy)]
struct Head<'a> {
    /// The rows of the sequence, each with its queries, its keys and its values.
    rows: &'a [f32],
    /// How many values the queries of a row have, of all heads.
    width: usize,
    /// Where the head's own begin among them.
    column: usize,
    /// How many are its own.
    depth: usize,
}

impl<'a> Head<'a> {
    /// How many rows.
    #[inline(always)]
    fn length(&self) -> usize {
        self.rows.len() / (3 * self.width)
    }

    /// The head's part of each row: 0 its queries, 1 its keys, 2 its values.
    #[inline(always)]
    fn parts(self, part: usize) -> impl Iterator<Item = &'a [f32]> {
        self.rows.chunks_exact(3 * self.width).map(move |row| &row[part * self.width + self.column..][..self.depth])
    }
}

/// For each row the values of its sequence, by the shares that its query gives their keys.
///
/// `projected` holds for each row its queries, its keys and its values, each of all heads.
#[inline(always)]
pub(super) fn attend<T: Tile>(projected: &FloatRows, lengths: &[usize], heads: usize, context: &mut FloatRows, room: &mut Attention) {
    let width = context.width();
    let depth = width / heads;
    let mut begin = 0;
    for &length in lengths.iter().filter(|l| **l > 0) {
        let rows = &projected.values()[begin * 3 * width..][..length * 3 * width];
        let out = &mut context.values_mut()[begin * width..][..length * width];
        for column in (0..width).step_by(depth) {
            let head = Head { rows, width, column, depth };
            room.see(head);
            room.answer::<T>(head, out);
        }
        begin += length;
    }
}

impl Attention {
    /// Puts a head's queries, keys and values into 8 bits.
    ///
    /// Each dimension of the keys has a scale of its own, which the queries are multiplied with before each has its own.
    #[inline(always)]
    fn see(&mut self, head: Head<'_>) {
        let depth = head.depth;
        self.greatest.clear();
        self.greatest.resize(2 * depth, LEAST);
        let (of_keys, of_values) = self.greatest.split_at_mut(depth);
        widest(head.parts(1), of_keys);
        widest(head.parts(2), of_values);
        self.ask(head);
        self.place_keys(head);
        self.place_values(head);
    }

    #[inline(always)]
    fn ask(&mut self, head: Head<'_>) {
        let (depth, length) = (head.depth, head.length());
        let scales = &self.greatest[..depth];
        let worth = std::f32::consts::LOG2_E / (MOST * (depth as f32).sqrt());
        self.queries.resize(length * depth, 0);
        self.steps.clear();
        for (query, bytes) in head.parts(0).zip(self.queries.chunks_exact_mut(depth)) {
            let mut most = [LEAST; LANES];
            for (values, scales) in query.as_chunks::<LANES>().0.iter().zip(scales.as_chunks::<LANES>().0) {
                for i in 0..LANES {
                    most[i] = larger((values[i] * scales[i]).abs(), most[i]);
                }
            }
            let most = most.into_iter().fold(LEAST, larger);
            let inverse = MOST / most;
            for ((byte, value), scale) in bytes.iter_mut().zip(query).zip(scales) {
                *byte = (value * scale * inverse + (ROUND + ZERO as f32)).to_bits() as u8;
            }
            self.steps.push(most / MOST * worth);
        }
    }

    #[inline(always)]
    fn place_keys(&mut self, head: Head<'_>) {
        let (depth, length) = (head.depth, head.length());
        let padded = length.next_multiple_of(PANEL);
        let inverse: &mut [f32] = &mut self.greatest[..depth];
        inverse.iter_mut().for_each(|most| *most = MOST / *most);
        self.keys.clear();
        self.keys.resize(padded * depth, 0);
        self.lack.clear();
        for (place, key) in head.parts(1).enumerate() {
            let panel = &mut self.keys[place / PANEL * PANEL * depth + place % PANEL * GROUP..];
            let mut sum = 0;
            for (group, (values, inverse)) in key.as_chunks::<GROUP>().0.iter().zip(inverse.as_chunks::<GROUP>().0).enumerate() {
                for i in 0..GROUP {
                    let byte = rounded(values[i] * inverse[i]);
                    sum += i32::from(byte);
                    panel[group * GROUP * PANEL + i] = byte;
                }
            }
            self.lack.push(-ZERO * sum);
        }
        self.lack.resize(padded, NOBODY);
    }

    #[inline(always)]
    fn place_values(&mut self, head: Head<'_>) {
        let (depth, length) = (head.depth, head.length());
        let groups = length.div_ceil(GROUP);
        let greatest = &self.greatest[depth..];
        self.values.clear();
        self.values.resize(groups * GROUP * depth.next_multiple_of(PANEL), 0);
        for (place, value) in head.parts(2).enumerate() {
            for (panel, (values, greatest)) in value.chunks(PANEL).zip(greatest.chunks(PANEL)).enumerate() {
                let to = &mut self.values[(panel * groups + place / GROUP) * GROUP * PANEL + place % GROUP..];
                for (i, (value, most)) in values.iter().zip(greatest).enumerate() {
                    to[i * GROUP] = rounded(value * (MOST / most));
                }
            }
        }
    }

    /// Writes what each row takes from the values into the head's part of its row of `out`.
    #[inline(always)]
    fn answer<T: Tile>(&mut self, head: Head<'_>, out: &mut [f32]) {
        let (depth, length) = (head.depth, head.length());
        let (padded, stride) = (length.next_multiple_of(PANEL), length.next_multiple_of(GROUP));
        let worth: &mut [f32] = &mut self.greatest[depth..];
        worth.iter_mut().for_each(|most| *most *= 1.0 / MOST);
        let mut sums: [Sums; ASKING] = [[0; PANEL]; ASKING];
        self.scores.resize(ASKING * padded, 0);
        self.shares.resize(ASKING * padded, 0);
        let height = length.div_ceil(length.div_ceil(T::ROWS));
        for begin in (0..length).step_by(height) {
            let count = height.min(length - begin);
            let queries = &self.queries[begin * depth..][..count * depth];
            for (panel, keys) in self.keys.chunks_exact(PANEL * depth).enumerate() {
                T::tile(queries, depth, keys, &mut sums[..count]);
                let lack: &[i32; PANEL] = self.lack[panel * PANEL..].first_chunk().expect("padded to panels");
                for (sums, scores) in sums[..count].iter().zip(self.scores.chunks_exact_mut(padded)) {
                    for i in 0..PANEL {
                        scores[panel * PANEL + i] = sums[i] + lack[i];
                    }
                }
            }
            let mut inverse = [0.0; ASKING];
            for row in 0..count {
                // The rows of shares stand closer than those of scores.
                let shares = &mut self.shares[row * stride..][..stride];
                inverse[row] = 1.0 / taken(&self.scores[row * padded..][..padded], self.steps[begin + row], shares) as f32;
            }
            for (panel, values) in self.values.chunks_exact(stride * PANEL).enumerate() {
                T::tile(&self.shares[..count * stride], stride, values, &mut sums[..count]);
                let worth = &worth[panel * PANEL..][..PANEL.min(depth - panel * PANEL)];
                for (row, sums) in sums[..count].iter().enumerate() {
                    let out = &mut out[(begin + row) * head.width + head.column + panel * PANEL..][..worth.len()];
                    for ((place, sum), worth) in out.iter_mut().zip(sums).zip(worth) {
                        *place = *sum as f32 * inverse[row] * worth;
                    }
                }
            }
        }
    }
}

/// The greatest of each dimension, whatever its sign.
#[inline(always)]
fn widest<'a>(rows: impl Iterator<Item = &'a [f32]>, greatest: &mut [f32]) {
    for row in rows {
        for (most, value) in greatest.iter_mut().zip(row) {
            *most = larger(value.abs(), *most);
        }
    }
}

#[inline(always)]
fn rounded(value: f32) -> i8 {
    (value + ROUND).to_bits() as u8 as i8
}

/// The shares of a row's scores, of which the greatest is 255; says what they sum to.
#[inline(always)]
fn taken(scores: &[i32], step: f32, shares: &mut [u8]) -> i32 {
    let mut most = [i32::MIN; LANES];
    for scores in scores.as_chunks::<LANES>().0 {
        for i in 0..LANES {
            most[i] = most[i].max(scores[i]);
        }
    }
    let most = most.into_iter().fold(i32::MIN, i32::max);
    let mut sums = [0_i32; LANES];
    let of = |score: i32| share((score - most) as f32 * step);
    let (chunks, rest) = shares.as_chunks_mut::<LANES>();
    let (whole, last) = scores.split_at(chunks.len() * LANES);
    for (shares, scores) in chunks.iter_mut().zip(whole.as_chunks::<LANES>().0) {
        for i in 0..LANES {
            shares[i] = of(scores[i]);
            sums[i] += i32::from(shares[i]);
        }
    }
    for ((share, score), sum) in rest.iter_mut().zip(last).zip(&mut sums) {
        *share = of(*score);
        *sum += i32::from(*share);
    }
    sums.into_iter().sum()
}
