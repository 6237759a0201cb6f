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
const ZERO: f32 = 128.0;

/// What is added to what pads a row of scores, so that nobody looks there; no score is half as great.
const NOBODY: i32 = -(1 << 28);

/// What a head sees of a sequence; kept from use to use.
#[derive(Default)]
pub(super) struct Attention {
    /// The greatest of each dimension of the keys, whatever its sign.
    key_most: Vec<f32>,
    /// The same of the values.
    value_most: Vec<f32>,
    /// What each dimension is multiplied with to become whole numbers.
    factors: Vec<f32>,
    /// One row in whole numbers, or as many as stand together in a panel.
    lines: Vec<i8>,
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
        widest(head.parts(1), head.depth, &mut self.key_most);
        widest(head.parts(2), head.depth, &mut self.value_most);
        self.ask(head);
        self.place_keys(head);
        self.place_values(head);
    }

    #[inline(always)]
    fn ask(&mut self, head: Head<'_>) {
        let (depth, length) = (head.depth, head.length());
        let worth = std::f32::consts::LOG2_E / (MOST * (depth as f32).sqrt());
        self.queries.resize(length * depth, 0);
        self.steps.clear();
        for (query, bytes) in head.parts(0).zip(self.queries.chunks_exact_mut(depth)) {
            let (query, scales) = (query.as_chunks::<LANES>().0, self.key_most.as_chunks::<LANES>().0);
            let mut most = [LEAST; LANES];
            for (values, scales) in query.iter().zip(scales) {
                for i in 0..LANES {
                    most[i] = larger((values[i] * scales[i]).abs(), most[i]);
                }
            }
            let most = most.into_iter().fold(LEAST, larger);
            let inverse = MOST / most;
            for ((bytes, values), scales) in bytes.as_chunks_mut::<LANES>().0.iter_mut().zip(query).zip(scales) {
                *bytes = std::array::from_fn(|i| (values[i] * scales[i] * inverse + (ROUND + ZERO)).to_bits() as u8);
            }
            self.steps.push(most / MOST * worth);
        }
    }

    #[inline(always)]
    fn place_keys(&mut self, head: Head<'_>) {
        let (depth, length) = (head.depth, head.length());
        let padded = length.next_multiple_of(PANEL);
        factors(&self.key_most, &mut self.factors);
        self.lines.resize(GROUP * depth, 0);
        self.keys.clear();
        self.keys.resize(padded * depth, 0);
        self.lack.clear();
        let line = &mut self.lines[..depth];
        for (place, key) in head.parts(1).enumerate() {
            round(key, &self.factors, line);
            let sum: i32 = line.iter().map(|&byte| i32::from(byte)).sum();
            self.lack.push(-(ZERO as i32) * sum);
            let panel = &mut self.keys[place / PANEL * PANEL * depth..][..PANEL * depth];
            let groups = panel.as_chunks_mut::<GROUP>().0[place % PANEL..].iter_mut().step_by(PANEL);
            for (to, group) in groups.zip(line.as_chunks::<GROUP>().0) {
                *to = *group;
            }
        }
        self.lack.resize(padded, NOBODY);
    }

    #[inline(always)]
    fn place_values(&mut self, head: Head<'_>) {
        let (depth, length) = (head.depth, head.length());
        let groups = length.div_ceil(GROUP);
        factors(&self.value_most, &mut self.factors);
        self.values.clear();
        self.values.resize(groups * GROUP * depth.next_multiple_of(PANEL), 0);
        let mut rows = head.parts(2);
        for group in 0..groups {
            for line in self.lines.chunks_exact_mut(depth) {
                match rows.next() {
                    Some(value) => round(value, &self.factors, line),
                    None => line.fill(0),
                }
            }
            for column in (0..depth).step_by(LANES) {
                let begin = (column / PANEL * groups + group) * PANEL + column % PANEL;
                let to = &mut self.values.as_chunks_mut::<GROUP>().0[begin..][..LANES];
                let lines: [&[i8; LANES]; GROUP] =
                    std::array::from_fn(|g| self.lines[g * depth + column..].first_chunk().expect("dimensions in whole lanes"));
                for (i, to) in to.iter_mut().enumerate() {
                    *to = lines.map(|line| line[i]);
                }
            }
        }
    }

    /// Writes what each row takes from the values into the head's part of its row of `out`.
    #[inline(always)]
    fn answer<T: Tile>(&mut self, head: Head<'_>, out: &mut [f32]) {
        let (depth, length) = (head.depth, head.length());
        let (padded, stride) = (length.next_multiple_of(PANEL), length.next_multiple_of(GROUP));
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
                    scores.as_chunks_mut::<PANEL>().0[panel] = std::array::from_fn(|i| sums[i] + lack[i]);
                }
            }
            let mut inverse = [0.0; ASKING];
            for row in 0..count {
                // The rows of shares stand closer than those of scores.
                let shares = &mut self.shares[row * stride..][..stride];
                inverse[row] = 1.0 / MOST / taken(&self.scores[row * padded..][..padded], self.steps[begin + row], shares) as f32;
            }
            for (panel, values) in self.values.chunks_exact(stride * PANEL).enumerate() {
                T::tile(&self.shares[..count * stride], stride, values, &mut sums[..count]);
                let most = &self.value_most[panel * PANEL..][..PANEL.min(depth - panel * PANEL)];
                for (row, sums) in sums[..count].iter().enumerate() {
                    let out = &mut out[(begin + row) * head.width + head.column + panel * PANEL..][..most.len()];
                    let (out, sums, most) = (out.as_chunks_mut::<LANES>().0, sums.as_chunks::<LANES>().0, most.as_chunks::<LANES>().0);
                    for ((out, sums), most) in out.iter_mut().zip(sums).zip(most) {
                        *out = std::array::from_fn(|i| sums[i] as f32 * inverse[row] * most[i]);
                    }
                }
            }
        }
    }
}

/// The greatest of each dimension, whatever its sign.
#[inline(always)]
fn widest<'a>(rows: impl Iterator<Item = &'a [f32]>, depth: usize, greatest: &mut Vec<f32>) {
    greatest.clear();
    greatest.resize(depth, LEAST);
    for row in rows {
        for (most, values) in greatest.as_chunks_mut::<LANES>().0.iter_mut().zip(row.as_chunks::<LANES>().0) {
            *most = std::array::from_fn(|i| larger(values[i].abs(), most[i]));
        }
    }
}

/// What each dimension is multiplied with, so that its greatest becomes the greatest whole number.
#[inline(always)]
fn factors(greatest: &[f32], factors: &mut Vec<f32>) {
    factors.clear();
    factors.extend(greatest.iter().map(|most| MOST / most));
}

/// A row in whole numbers.
#[inline(always)]
fn round(row: &[f32], factors: &[f32], line: &mut [i8]) {
    let (rows, factors) = (row.as_chunks::<LANES>().0, factors.as_chunks::<LANES>().0);
    for ((line, values), factors) in line.as_chunks_mut::<LANES>().0.iter_mut().zip(rows).zip(factors) {
        *line = std::array::from_fn(|i| (values[i] * factors[i] + ROUND).to_bits() as i8);
    }
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
    let (chunks, rest) = shares.as_chunks_mut::<LANES>();
    let (whole, last) = scores.split_at(chunks.len() * LANES);
    for (shares, scores) in chunks.iter_mut().zip(whole.as_chunks::<LANES>().0) {
        *shares = std::array::from_fn(|i| share((scores[i] - most) as f32 * step));
        sums = std::array::from_fn(|i| sums[i] + i32::from(shares[i]));
    }
    for ((to, score), sum) in rest.iter_mut().zip(last).zip(&mut sums) {
        *to = share((score - most) as f32 * step);
        *sum += i32::from(*to);
    }
    sums.into_iter().sum()
}
