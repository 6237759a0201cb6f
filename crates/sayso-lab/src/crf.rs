//! Trains linear-chain conditional random fields over hashed rows: AdaGrad (Duchi et al. 2011), features dropped at random,
//! weights averaged over the later passes.

use sayso::model::chain::{Chain, Exponentials, Scores, Transitions};
use sayso::model::hash::Feature;
use sayso::model::{Section, Sequence, WIDTH, add_evidence};
use std::borrow::Cow;

use crate::random::Random;

/// A labelled chain.
#[derive(Default)]
pub struct Item {
    /// All tokens' features, one after another.
    pub features: Vec<Feature>,
    /// Where each token's features begin; one more than there are tokens.
    pub begins: Vec<u32>,
    /// The tokens' transition classes.
    pub classes: Vec<u8>,
    /// The labels.
    pub gold: Vec<u8>,
    /// What an encoder thinks of each token; empty without one.
    pub evidence: Vec<Scores>,
}

impl Item {
    /// Adds a token.
    pub fn push(&mut self, features: &[Feature], class: u8, gold: u8) {
        if self.begins.is_empty() {
            self.begins.push(0);
        }
        self.features.extend_from_slice(features);
        self.begins.push(self.features.len() as u32);
        self.classes.push(class);
        self.gold.push(gold);
    }

    fn token(&self, at: usize) -> &[Feature] {
        &self.features[self.begins[at] as usize..self.begins[at + 1] as usize]
    }
}

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// 2^bits rows.
    pub bits: u32,
    /// Labels in use.
    pub labels: usize,
    /// Transition classes.
    pub classes: usize,
    /// Passes over the data.
    pub passes: usize,
    /// The first step's size.
    pub rate: f32,
    /// The share of features that is left out of each update, 0..1.
    pub drop: f32,
    /// Pull towards zero.
    pub decay: f32,
}

/// Weights in training.
pub struct Trainer {
    settings: Settings,
    rows: Vec<[f32; WIDTH]>,
    squares: Vec<[f32; WIDTH]>,
    sums: Vec<[f32; WIDTH]>,
    transitions: Transitions,
    transition_squares: Vec<[[f32; WIDTH]; WIDTH]>,
    transition_sums: Vec<[[f32; WIDTH]; WIDTH]>,
    /// How evidence is weighed, if there is any.
    mix: Option<Mix>,
    averaged: usize,
}

/// How much each label's score takes of each label's evidence.
struct Mix {
    shares: [Scores; WIDTH],
    squares: [Scores; WIDTH],
    sums: [Scores; WIDTH],
}

impl Mix {
    /// Each label's score takes its own evidence as it is.
    fn new() -> Self {
        let mut shares = [[0.0; WIDTH]; WIDTH];
        shares.iter_mut().enumerate().for_each(|(label, row)| row[label] = 1.0);
        Mix { shares, squares: [[0.0; WIDTH]; WIDTH], sums: [[0.0; WIDTH]; WIDTH] }
    }

    fn step(&mut self, gradient: &[Scores; WIDTH], rate: f32) {
        let cells = self.shares.iter_mut().flatten().zip(self.squares.iter_mut().flatten());
        for ((w, q), g) in cells.zip(gradient.iter().flatten()) {
            *q += g * g;
            *w += rate * g / (q.sqrt() + 1.0);
        }
    }
}

impl Trainer {
    /// Forgets features that occur fewer than `least` times in `items`: they would be learned by heart.
    pub fn prune<'a>(items: impl IntoIterator<Item = &'a mut Item>, least: u8) {
        let items: Vec<&mut Item> = items.into_iter().collect();
        let mut counts: Vec<u8> = vec![0; 1 << 26];
        for feature in items.iter().flat_map(|i| &i.features) {
            let count = &mut counts[(feature >> 6) as usize];
            *count = count.saturating_add(1);
        }
        for item in items {
            let mut kept = Vec::with_capacity(item.features.len());
            let mut begins = vec![0];
            for at in 0..item.gold.len() {
                kept.extend(item.token(at).iter().filter(|f| counts[(**f >> 6) as usize] >= least));
                begins.push(kept.len() as u32);
            }
            (item.features, item.begins) = (kept, begins);
        }
    }

    /// All weights zero.
    pub fn new(settings: Settings) -> Self {
        let rows = vec![[0.0; WIDTH]; 1 << settings.bits];
        let square = vec![[[0.0; WIDTH]; WIDTH]; settings.classes];
        Trainer {
            settings,
            squares: rows.clone(),
            sums: rows.clone(),
            rows,
            transitions: Transitions { by_class: square.clone() },
            transition_squares: square.clone(),
            transition_sums: square,
            mix: None,
            averaged: 0,
        }
    }

    fn row(&self, feature: Feature) -> usize {
        (feature >> (32 - self.settings.bits)) as usize
    }

    /// Trains on the items named; gives the mean log loss a token on the way of the last pass.
    pub fn train(&mut self, items: &[&Item], seed: u64) -> f32 {
        let mut random = Random::new(seed);
        self.mix = items.iter().any(|i| !i.evidence.is_empty()).then(Mix::new);
        let mut order: Vec<usize> = (0..items.len()).collect();
        let mut loss = 0.0;
        for pass in 0..self.settings.passes {
            random.shuffle(&mut order);
            let (mut sum, mut tokens) = (0.0_f64, 0);
            for &at in &order {
                sum += f64::from(self.update(items[at], &mut random));
                tokens += items[at].gold.len();
            }
            loss = (sum / tokens.max(1) as f64) as f32;
            if pass * 2 >= self.settings.passes {
                self.average();
            }
        }
        loss
    }

    fn average(&mut self) {
        self.averaged += 1;
        for (sum, row) in self.sums.iter_mut().flatten().zip(self.rows.iter().flatten()) {
            *sum += row;
        }
        let cells = self.transitions.by_class.iter().flatten().flatten();
        for (sum, cell) in self.transition_sums.iter_mut().flatten().flatten().zip(cells) {
            *sum += cell;
        }
        if let Some(mix) = &mut self.mix {
            mix.sums.iter_mut().flatten().zip(mix.shares.iter().flatten()).for_each(|(sum, share)| *sum += share);
        }
    }

    /// One step on one item; gives its log loss.
    fn update(&mut self, item: &Item, random: &mut Random) -> f32 {
        let limit = (self.settings.drop * u32::MAX as f32) as u32;
        let scale = 1.0 / (1.0 - self.settings.drop);
        let mut kept: Vec<Feature> = Vec::with_capacity(item.features.len());
        let mut begins = Vec::with_capacity(item.begins.len());
        let mut scores: Vec<Scores> = Vec::with_capacity(item.gold.len());
        for at in 0..item.gold.len() {
            begins.push(kept.len());
            let mut score = [0.0; WIDTH];
            for &feature in item.token(at) {
                if random.next() >= limit {
                    kept.push(feature);
                    for (s, w) in score.iter_mut().zip(&self.rows[self.row(feature)]) {
                        *s += w;
                    }
                }
            }
            let mut score = score.map(|s| s * scale);
            if let Some(mix) = &self.mix {
                add_evidence(&mix.shares, &item.evidence[at], &mut score);
            }
            scores.push(score);
        }
        begins.push(kept.len());
        let chain = Chain { scores, classes: item.classes.clone() };
        let labels = self.settings.labels;
        let mut gradient = vec![[[0.0_f32; WIDTH]; WIDTH]; self.settings.classes];
        let marginals = chain.expectations(&Exponentials::of_all(&self.transitions), labels, |at, pairs| {
            let class = &mut gradient[item.classes[at] as usize];
            for (g, p) in class.iter_mut().flatten().zip(pairs.iter().flatten()) {
                *g -= p;
            }
            class[item.gold[at - 1] as usize][item.gold[at] as usize] += 1.0;
        });
        let loss = marginals.log_total - path_score(&chain, &self.transitions, &item.gold);
        let mut of_mix = [[0.0; WIDTH]; WIDTH];
        for at in 0..item.gold.len() {
            let mut step = marginals.labels[at].map(|p| -p * scale);
            step[item.gold[at] as usize] += scale;
            if step.iter().all(|s| s.abs() < 1e-3) {
                continue;
            }
            if let Some(evidence) = item.evidence.get(at) {
                for (row, s) in of_mix.iter_mut().zip(&step) {
                    row.iter_mut().zip(evidence).for_each(|(g, e)| *g += s / scale * e);
                }
            }
            for &feature in &kept[begins[at]..begins[at + 1]] {
                let row = self.row(feature);
                self.step_row(row, &step);
            }
        }
        self.step_transitions(&gradient);
        if let Some(mix) = &mut self.mix {
            mix.step(&of_mix, self.settings.rate);
        }
        loss
    }

    fn step_row(&mut self, row: usize, step: &Scores) {
        let (rate, decay) = (self.settings.rate, self.settings.decay);
        let (weights, squares) = (&mut self.rows[row], &mut self.squares[row]);
        for ((w, q), g) in weights.iter_mut().zip(squares.iter_mut()).zip(step) {
            *q += g * g;
            *w += rate * (g - decay * *w) / (q.sqrt() + 1.0);
        }
    }

    fn step_transitions(&mut self, gradient: &[[Scores; WIDTH]]) {
        let rate = self.settings.rate;
        let cells = self.transitions.by_class.iter_mut().flatten().flatten();
        for ((w, q), g) in cells.zip(self.transition_squares.iter_mut().flatten().flatten()).zip(gradient.iter().flatten().flatten()) {
            *q += g * g;
            *w += rate * g / (q.sqrt() + 1.0);
        }
    }

    /// The averaged weights as a model section.
    pub fn section(&self, name: &str, fingerprint: u32) -> Section {
        let share = 1.0 / self.averaged.max(1) as f32;
        let rows: Vec<[f32; WIDTH]> = self.sums.iter().map(|row| row.map(|w| w * share)).collect();
        let by_class = self.transition_sums.iter().map(|class| class.map(|row| row.map(|w| w * share))).collect();
        let mix = self.mix.as_ref().map(|m| m.sums.map(|row| row.map(|w| w * share)));
        let bytes = Sequence::write(&rows, self.settings.bits, &Transitions { by_class }, mix.as_ref());
        Section { name: name.to_owned(), fingerprint, bytes: Cow::Owned(bytes) }
    }

    /// The averaged weights as they will ship, 8 bits.
    pub fn model(&self) -> Sequence {
        Sequence::read(&self.section("", 0)).unwrap_or_else(|e| unreachable!("a section just written: {e}"))
    }
}

fn path_score(chain: &Chain, transitions: &Transitions, labels: &[u8]) -> f32 {
    let mut score = 0.0;
    for (at, &label) in labels.iter().enumerate() {
        score += chain.scores[at][label as usize];
        if at > 0 {
            score += transitions.by_class[chain.classes[at] as usize][labels[at - 1] as usize][label as usize];
        }
    }
    score
}
