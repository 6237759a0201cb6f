//! Trains boosted oblivious trees on groups of rows, one of which is to be chosen in each: the loss is the softmax's.

use rayon::prelude::*;
use sayso::content::measures::{MEASURES, Measures};
use sayso::content::rank::softmax;
use sayso::model::{DEPTH, Question, Tree, Trees};

use crate::random::Random;

/// How trees are trained.
pub struct Settings {
    /// How many.
    pub trees: usize,
    /// How much of what a tree would say is added.
    pub rate: f32,
    /// The share of groups that a tree sees.
    pub groups: f32,
    /// The share of measures that a tree may ask for.
    pub measures: f32,
    /// Added to the curvature in each leaf: the greater, the less a leaf with few rows says.
    pub calm: f64,
}

/// At most so many bounds for each measure.
const BOUNDS: usize = 63;

/// Rows, group after group, with what each should be chosen with, 0..1; those of a group sum to 1.
pub struct Rows {
    /// For each measure the place among its bounds of each row's value.
    places: Vec<Vec<u8>>,
    /// For each measure its bounds, ascending.
    bounds: Vec<Vec<f32>>,
    targets: Vec<f32>,
    /// Where each group begins, and where the last ends.
    starts: Vec<usize>,
}

impl Rows {
    /// Of groups of measures and targets.
    pub fn new<'a>(groups: impl Iterator<Item = (&'a [Measures], &'a [f32])>) -> Rows {
        let (mut rows, mut targets, mut starts): (Vec<&Measures>, _, _) = (Vec::new(), Vec::new(), vec![0]);
        for (measured, wanted) in groups {
            rows.extend(measured);
            targets.extend_from_slice(wanted);
            starts.push(rows.len());
        }
        let one = |measure: usize| {
            let values: Vec<f32> = rows.iter().map(|row| row[measure]).collect();
            let bounds = bounds(values.clone());
            let places = values.iter().map(|v| bounds.partition_point(|b| b < v) as u8).collect::<Vec<u8>>();
            (places, bounds)
        };
        let (places, bounds) = (0..MEASURES).into_par_iter().map(one).unzip();
        Rows { places, bounds, targets, starts }
    }

    fn groups(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        self.starts.windows(2).map(|w| w[0]..w[1])
    }
}

/// Bounds that part values into about equally many, halfway between two of them.
fn bounds(mut values: Vec<f32>) -> Vec<f32> {
    values.sort_by(f32::total_cmp);
    let mut bounds = Vec::new();
    let halfway = |a: f32, b: f32| if b.is_finite() { a + (b - a) / 2.0 } else { a + 1.0 };
    let distinct = 1 + values.windows(2).filter(|w| w[0] < w[1]).count();
    let step = if distinct <= BOUNDS { 1 } else { values.len() / (BOUNDS + 1) };
    let mut last = 0;
    for at in 1..values.len() {
        if values[at - 1] < values[at] && at - last >= step && bounds.len() < BOUNDS {
            bounds.push(halfway(values[at - 1], values[at]));
            last = at;
        }
    }
    bounds
}

/// First and second derivative of the loss.
#[derive(Clone, Copy, Default)]
struct Slope {
    first: f64,
    second: f64,
}

impl Slope {
    fn add(&mut self, other: Slope) {
        self.first += other.first;
        self.second += other.second;
    }

    fn gain(self, calm: f64) -> f64 {
        self.first * self.first / (self.second + calm)
    }
}

/// Trains.
pub fn train(rows: &Rows, settings: &Settings) -> Trees {
    let mut random = Random::new(7);
    let mut scores = vec![0.0_f32; rows.targets.len()];
    let mut slopes = vec![Slope::default(); rows.targets.len()];
    let mut trees = Vec::new();
    for _ in 0..settings.trees {
        for group in rows.groups() {
            for (at, p) in group.clone().zip(softmax(&scores[group])) {
                slopes[at] = Slope { first: f64::from(p - rows.targets[at]), second: f64::from((p * (1.0 - p)).max(1e-3)) };
            }
        }
        let seen: Vec<u32> = rows.groups().filter(|_| unit(&mut random) < settings.groups).flatten().map(|at| at as u32).collect();
        let mut asked: Vec<usize> = (0..MEASURES).filter(|&m| !rows.bounds[m].is_empty()).collect();
        random.shuffle(&mut asked);
        asked.truncate(((asked.len() as f32 * settings.measures).ceil() as usize).max(1));
        asked.sort_unstable();
        let (tree, leaves) = grow(rows, &seen, &slopes, &asked, settings);
        scores.iter_mut().zip(&leaves).for_each(|(score, &leaf)| *score += tree.leaves[leaf as usize]);
        trees.push(tree);
    }
    Trees::new(MEASURES, trees)
}

fn unit(random: &mut Random) -> f32 {
    (random.next() >> 8) as f32 / (1 << 24) as f32
}

/// One tree, and the leaf of every row.
fn grow(rows: &Rows, seen: &[u32], slopes: &[Slope], asked: &[usize], settings: &Settings) -> (Tree, Vec<u8>) {
    let mut leaves = vec![0_u8; slopes.len()];
    let mut questions = [Question::default(); DEPTH];
    for (depth, question) in questions.iter_mut().enumerate() {
        let best = |&measure: &usize| best_bound(rows, seen, slopes, &leaves, measure, 1 << depth, settings.calm);
        let found: Vec<(f64, usize)> = asked.par_iter().map(best).collect();
        let (at, &(_, place)) = found.iter().enumerate().rev().max_by(|a, b| a.1.0.total_cmp(&b.1.0)).unwrap_or((0, &(0.0, 0)));
        let measure = asked[at];
        *question = Question { measure: measure as u32, bound: rows.bounds[measure][place] };
        for (leaf, &value) in leaves.iter_mut().zip(&rows.places[measure]) {
            *leaf |= u8::from(usize::from(value) > place) << depth;
        }
    }
    let mut sums = [Slope::default(); 1 << DEPTH];
    seen.iter().for_each(|&at| sums[leaves[at as usize] as usize].add(slopes[at as usize]));
    let leaf = |s: Slope| (-f64::from(settings.rate) * s.first / (s.second + settings.calm)) as f32;
    (Tree { questions, leaves: sums.map(leaf) }, leaves)
}

/// The bound of a measure that parts all leaves at once best, and by how much.
fn best_bound(rows: &Rows, seen: &[u32], slopes: &[Slope], leaves: &[u8], measure: usize, count: usize, calm: f64) -> (f64, usize) {
    let bounds = rows.bounds[measure].len();
    let places = &rows.places[measure];
    let mut sums = vec![Slope::default(); count * (bounds + 1)];
    for &at in seen {
        let at = at as usize;
        sums[leaves[at] as usize * (bounds + 1) + places[at] as usize].add(slopes[at]);
    }
    let mut gains = vec![0.0; bounds];
    for leaf in sums.chunks(bounds + 1) {
        let mut all = Slope::default();
        leaf.iter().for_each(|s| all.add(*s));
        let mut low = Slope::default();
        for (gain, slope) in gains.iter_mut().zip(leaf) {
            low.add(*slope);
            let high = Slope { first: all.first - low.first, second: all.second - low.second };
            *gain += low.gain(calm) + high.gain(calm) - all.gain(calm);
        }
    }
    gains.into_iter().enumerate().map(|(place, gain)| (gain, place)).fold((f64::NEG_INFINITY, 0), |a, b| if b.0 > a.0 { b } else { a })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Groups of two rows, the first to be chosen if its measures 2 and 5 are both above a half.
    fn groups() -> Vec<([Measures; 2], [f32; 2])> {
        let mut random = Random::new(1);
        let one = |_| {
            let mut rows = [[0.0; MEASURES]; 2];
            rows[0].iter_mut().for_each(|v| *v = unit(&mut random));
            rows[1] = [f32::INFINITY; MEASURES];
            let chosen = f32::from(rows[0][2] > 0.5 && rows[0][5] > 0.5);
            (rows, [chosen, 1.0 - chosen])
        };
        (0..800).map(one).collect()
    }

    const SETTINGS: Settings = Settings { trees: 30, rate: 0.3, groups: 0.8, measures: 1.0, calm: 1.0 };

    #[test]
    fn trees_learn_what_no_sum_of_measures_tells() {
        let groups = groups();
        let trees = train(&Rows::new(groups.iter().map(|(rows, targets)| (rows.as_slice(), targets.as_slice()))), &SETTINGS);
        let right = |(rows, targets): &&([Measures; 2], [f32; 2])| (trees.score(&rows[0]) > trees.score(&rows[1])) == (targets[0] > 0.5);
        assert!(groups.iter().filter(right).count() > 780);
    }

    #[test]
    fn the_same_rows_give_the_same_trees() {
        let groups = groups();
        let one = || train(&Rows::new(groups.iter().map(|(rows, targets)| (rows.as_slice(), targets.as_slice()))), &SETTINGS);
        assert_eq!(one(), one());
    }

    #[test]
    fn bounds_lie_between_values_and_beside_what_is_absent() {
        assert_eq!(bounds(vec![3.0, 1.0, 1.0, f32::INFINITY, 3.0]), [2.0, 4.0]);
        assert!(bounds(vec![5.0; 9]).is_empty());
        let many = bounds((0..6400).map(|i| i as f32).collect());
        assert_eq!((many.len(), many[0], many[62]), (63, 99.5, 6299.5));
    }
}
