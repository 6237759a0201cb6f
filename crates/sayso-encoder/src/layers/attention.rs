//! Attention of each sequence to itself, in 8 bits: queries with keys, shares with values.

use crate::arithmetic::{ROUND, larger, share};
use crate::kernels::{FloatRows, GROUP, LANES, MOST_ROWS, PANEL, Sums, Tile, height};

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

/// One head of one sequence: what its rows ask, what they are known by, and what they have to say.
#[derive(Clone, Copy)]
struct Head<'a> {
    queries: Part<'a>,
    keys: Part<'a>,
    values: Part<'a>,
}

impl Head<'_> {
    /// How many values a query, a key or a value has, and how many rows there are.
    #[inline(always)]
    fn size(self) -> (usize, usize) {
        (self.keys.depth, self.keys.rows.len())
    }
}

/// Rows of a panel, of whose values some are meant.
#[derive(Clone, Copy)]
struct Part<'a> {
    rows: &'a [[f32; PANEL]],
    begin: usize,
    depth: usize,
}

impl<'a> Part<'a> {
    /// The values that are meant, of each row.
    #[inline(always)]
    fn rows(self) -> impl Iterator<Item = &'a [f32]> {
        self.rows.iter().map(move |row| &row[self.begin..][..self.depth])
    }
}

/// For each row the values of its sequence, by the shares that its query gives their keys.
///
/// `projected` holds the queries, the keys and the values of all rows, each of all heads, in panels; a head has all or a part of one.
#[inline(always)]
pub(super) fn attend<T: Tile>(projected: &[f32], lengths: &[usize], heads: usize, context: &mut FloatRows, room: &mut Attention) {
    let (width, count) = (context.width(), context.len());
    let depth = width / heads;
    let panels: &[[f32; PANEL]] = projected.as_chunks().0;
    let mut begin = 0;
    for &length in lengths.iter().filter(|l| **l > 0) {
        for column in (0..width).step_by(depth) {
            let part = |column: usize| Part { rows: &panels[column / PANEL * count + begin..][..length], begin: column % PANEL, depth };
            let head = Head { queries: part(column), keys: part(width + column), values: part(2 * width + column) };
            room.see(head);
            room.answer::<T>(head, &mut context.values_mut()[begin * width + column..], width);
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
        widest(head.keys, &mut self.key_most);
        widest(head.values, &mut self.value_most);
        self.ask(head);
        self.place_keys(head);
        self.place_values(head);
    }

    #[inline(always)]
    fn ask(&mut self, head: Head<'_>) {
        let (depth, length) = head.size();
        let worth = std::f32::consts::LOG2_E / (MOST * (depth as f32).sqrt());
        self.queries.resize(length * depth, 0);
        self.steps.clear();
        for (query, bytes) in head.queries.rows().zip(self.queries.chunks_exact_mut(depth)) {
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
        let (depth, length) = head.size();
        let padded = length.next_multiple_of(PANEL);
        factors(&self.key_most, &mut self.factors);
        self.lines.resize(GROUP * depth, 0);
        // What pads the last panel is of no account: its scores are those of nobody.
        self.keys.resize(padded * depth, 0);
        self.lack.clear();
        let line = &mut self.lines[..depth];
        for (place, key) in head.keys.rows().enumerate() {
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
        let (depth, length) = head.size();
        let groups = length.div_ceil(GROUP);
        factors(&self.value_most, &mut self.factors);
        self.values.resize(groups * GROUP * PANEL, 0);
        let mut rows = head.values.rows();
        for panel in self.values.as_chunks_mut::<{ GROUP * PANEL }>().0 {
            for line in self.lines.chunks_exact_mut(depth) {
                match rows.next() {
                    Some(value) => round(value, &self.factors, line),
                    None => line.fill(0),
                }
            }
            for column in (0..depth).step_by(LANES) {
                let to = &mut panel.as_chunks_mut::<GROUP>().0[column..][..LANES];
                let lines: [&[i8; LANES]; GROUP] =
                    std::array::from_fn(|g| self.lines[g * depth + column..].first_chunk().expect("dimensions in whole lanes"));
                for (i, to) in to.iter_mut().enumerate() {
                    *to = lines.map(|line| line[i]);
                }
            }
        }
    }

    /// Writes what each row takes from the values to `out`, where the rows begin `width` apart.
    #[inline(always)]
    fn answer<T: Tile>(&mut self, head: Head<'_>, out: &mut [f32], width: usize) {
        let (depth, length) = head.size();
        let (padded, stride) = (length.next_multiple_of(PANEL), length.next_multiple_of(GROUP));
        let mut sums: [Sums; MOST_ROWS] = [[0; PANEL]; MOST_ROWS];
        self.scores.resize(MOST_ROWS * padded, 0);
        self.shares.resize(MOST_ROWS * stride, 0);
        let height = height::<T>(length);
        for begin in (0..length).step_by(height) {
            let count = height.min(length - begin);
            let mut most = [[i32::MIN; LANES]; MOST_ROWS];
            let queries = &self.queries[begin * depth..][..count * depth];
            for (panel, (keys, lack)) in self.keys.chunks_exact(PANEL * depth).zip(self.lack.as_chunks::<PANEL>().0).enumerate() {
                T::tile(queries, depth, keys, &mut sums[..count]);
                for ((sums, most), scores) in sums[..count].iter().zip(&mut most).zip(self.scores.chunks_exact_mut(padded)) {
                    let now: [i32; PANEL] = std::array::from_fn(|i| sums[i] + lack[i]);
                    *most = std::array::from_fn(|i| most[i].max(now[i]).max(now[LANES + i]));
                    scores.as_chunks_mut::<PANEL>().0[panel] = now;
                }
            }
            let mut worth = [0.0; MOST_ROWS];
            for row in 0..count {
                let most = most[row].into_iter().fold(i32::MIN, i32::max);
                let shares = &mut self.shares[row * stride..][..stride];
                let all = take(&self.scores[row * padded..][..stride], most, self.steps[begin + row], shares);
                worth[row] = 1.0 / MOST / all as f32;
            }
            T::tile(&self.shares[..count * stride], stride, &self.values, &mut sums[..count]);
            for (row, sums) in sums[..count].iter().enumerate() {
                let out = out[(begin + row) * width..][..depth].as_chunks_mut::<LANES>().0;
                let (sums, most) = (sums.as_chunks::<LANES>().0, self.value_most.as_chunks::<LANES>().0);
                for ((out, sums), most) in out.iter_mut().zip(sums).zip(most) {
                    *out = std::array::from_fn(|i| sums[i] as f32 * worth[row] * most[i]);
                }
            }
        }
    }
}

/// The greatest of each dimension, whatever its sign.
#[inline(always)]
fn widest(part: Part<'_>, greatest: &mut Vec<f32>) {
    greatest.clear();
    greatest.resize(part.depth, LEAST);
    for row in part.rows() {
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
fn take(scores: &[i32], most: i32, step: f32, shares: &mut [u8]) -> i32 {
    let mut sums = [0_i32; LANES];
    let (chunks, rest) = shares.as_chunks_mut::<LANES>();
    let (whole, last) = scores.as_chunks::<LANES>();
    for (shares, scores) in chunks.iter_mut().zip(whole) {
        *shares = std::array::from_fn(|i| share((scores[i] - most) as f32 * step));
        sums = std::array::from_fn(|i| sums[i] + i32::from(shares[i]));
    }
    for ((to, score), sum) in rest.iter_mut().zip(last).zip(&mut sums) {
        *to = share((score - most) as f32 * step);
        *sum += i32::from(*to);
    }
    sums.into_iter().sum()
}
