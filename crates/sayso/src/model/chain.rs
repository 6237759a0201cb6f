//! Linear-chain conditional random fields (Lafferty, McCallum, Pereira 2001): marginals, the best and the k best labellings.
//!
//! Scores are natural logarithms. Transitions depend on a class of the token that they lead to.

use std::collections::VecDeque;

use super::dense::WIDTH;

/// One score a label.
pub type Scores = [f32; WIDTH];

/// Transition scores, for each class of token: `by_class[class][from][to]`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Transitions {
    /// Indexed by class, then by the label before, then by the label after.
    pub by_class: Vec<[Scores; WIDTH]>,
}

/// A chain to be labelled: for each token one score a label, and its class.
#[derive(Debug, Default, Clone)]
pub struct Chain {
    /// One row a token.
    pub scores: Vec<Scores>,
    /// The class of each token.
    pub classes: Vec<u8>,
}

/// What [`Chain::marginals`] gives.
#[derive(Debug, Default, Clone)]
pub struct Marginals {
    /// The probability of each label at each token, 0 to 1.
    pub labels: Vec<Scores>,
    /// The logarithm of the sum over all labellings.
    pub log_total: f32,
}

/// A labelling with its score.
#[derive(Debug, Clone, PartialEq)]
pub struct Labelling {
    /// One label a token.
    pub labels: Vec<u8>,
    /// The sum of its scores.
    pub score: f32,
}

impl Chain {
    /// How many tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.scores.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.scores.is_empty()
    }

    /// The logarithm of the sum over all labellings.
    #[must_use]
    pub fn log_total(&self, exps: &Exponentials, labels: usize) -> f32 {
        self.forward(exps, labels).1.iter().sum()
    }

    /// Forward messages, scaled at each token to sum 1, with the logarithms of the scales.
    fn forward(&self, exps: &Exponentials, labels: usize) -> (Vec<Scores>, Vec<f32>) {
        let mut messages = Vec::with_capacity(self.len());
        let mut scales = Vec::with_capacity(self.len());
        let mut before = [0.0; WIDTH];
        for (at, scores) in self.scores.iter().enumerate() {
            let (emitted, top) = exponentials(scores, labels);
            let mut message = [0.0; WIDTH];
            if at == 0 {
                message = emitted;
            } else {
                let transitions = exps.of(self.classes[at]);
                for (from, &mass) in before.iter().enumerate().take(labels) {
                    for (m, t) in message.iter_mut().zip(&transitions[from]) {
                        *m += mass * t;
                    }
                }
                for (m, e) in message.iter_mut().zip(&emitted) {
                    *m *= e;
                }
            }
            let sum: f32 = message.iter().take(labels).sum::<f32>().max(f32::MIN_POSITIVE);
            for m in &mut message {
                *m /= sum;
            }
            scales.push(sum.ln() + top);
            before = message;
            messages.push(message);
        }
        (messages, scales)
    }

    /// The probability of each label at each token (forward-backward).
    #[must_use]
    pub fn marginals(&self, exps: &Exponentials, labels: usize) -> Marginals {
        self.expectations(exps, labels, |_, _| {})
    }

    /// Like [`Chain::marginals`]; `edge` is called for each token but the first with the probabilities of each pair of labels
    /// (`pairs[from][to]`) that lead to it.
    pub fn expectations(&self, exps: &Exponentials, labels: usize, mut edge: impl FnMut(usize, &[Scores; WIDTH])) -> Marginals {
        let (forward, scales) = self.forward(exps, labels);
        let log_total = scales.iter().sum();
        let mut marginals = forward.clone();
        let mut backward = [1.0; WIDTH];
        for at in (1..self.len()).rev() {
            let (emitted, _) = exponentials(&self.scores[at], labels);
            let step = exps.of(self.classes[at]);
            let mut ahead = [0.0; WIDTH];
            for (a, (e, b)) in ahead.iter_mut().zip(emitted.iter().zip(&backward)) {
                *a = e * b;
            }
            let mut pairs = [[0.0; WIDTH]; WIDTH];
            let mut total = 0.0;
            let mut below = [0.0; WIDTH];
            for from in 0..labels {
                for to in 0..labels {
                    let mass = step[from][to] * ahead[to];
                    below[from] += mass;
                    let pair = forward[at - 1][from] * mass;
                    pairs[from][to] = pair;
                    total += pair;
                }
            }
            let norm = 1.0 / total.max(f32::MIN_POSITIVE);
            for row in &mut pairs {
                for pair in row {
                    *pair *= norm;
                }
            }
            edge(at, &pairs);
            let sum: f32 = below.iter().take(labels).sum::<f32>().max(f32::MIN_POSITIVE);
            let mut all = 0.0;
            for (label, b) in backward.iter_mut().enumerate() {
                *b = below[label] / sum;
                marginals[at - 1][label] = forward[at - 1][label] * *b;
                all += marginals[at - 1][label];
            }
            for m in &mut marginals[at - 1] {
                *m /= all.max(f32::MIN_POSITIVE);
            }
        }
        Marginals { labels: marginals, log_total }
    }

    /// The `k` best labellings, best first; equal ones in the order in which they are found.
    ///
    /// One backward pass, then a best-first search over deviations: a labelling is its parent up to one token, another label there,
    /// and the best way on (Lawler 1972).
    #[must_use]
    pub fn best(&self, transitions: &Transitions, labels: usize, k: usize) -> Vec<Labelling> {
        if self.is_empty() {
            return vec![Labelling { labels: Vec::new(), score: 0.0 }];
        }
        let rest = Rest::of(self, transitions, labels);
        let first = (0..labels).map(|label| (rest.value[0][label] + self.scores[0][label], label as u8));
        let (score, label) = first.fold((f32::NEG_INFINITY, 0), |a, b| if b.0 > a.0 { b } else { a });
        let mut found: Vec<Labelling> = vec![Labelling { labels: rest.follow(0, label), score }];
        let search = Search { chain: self, transitions, rest: &rest, labels };
        let mut open = Open { best: VecDeque::with_capacity(k), room: k.saturating_sub(1) };
        search.deviate(&found, 0, 0, &mut open);
        while found.len() < k {
            let Some(next) = open.pop() else { break };
            let mut path = Vec::with_capacity(self.len());
            path.extend_from_slice(&found[next.parent].labels[..next.at]);
            rest.extend(&mut path, next.at, next.label);
            found.push(Labelling { labels: path, score: next.score });
            search.deviate(&found, found.len() - 1, next.at + 1, &mut open);
        }
        found
    }
}

/// The deviations that may still become labellings: the best first, of equals the one found first.
struct Open {
    best: VecDeque<Deviation>,
    /// How many labellings are still wanted: no more are kept.
    room: usize,
}

impl Open {
    /// What a score must exceed to be kept.
    fn floor(&self) -> f32 {
        match self.best.back() {
            Some(last) if self.best.len() >= self.room => last.score,
            _ if self.room == 0 => f32::INFINITY,
            _ => IMPOSSIBLE,
        }
    }

    fn push(&mut self, deviation: Deviation) {
        if self.best.len() >= self.room {
            self.best.pop_back();
        }
        let at = self.best.partition_point(|d| d.score >= deviation.score);
        self.best.insert(at, deviation);
    }

    fn pop(&mut self) -> Option<Deviation> {
        self.room = self.room.saturating_sub(1);
        self.best.pop_front()
    }
}

/// What the search for the best labellings looks at.
struct Search<'a> {
    chain: &'a Chain,
    transitions: &'a Transitions,
    rest: &'a Rest,
    labels: usize,
}

impl Search<'_> {
    /// Adds the best ways to leave labelling `parent` at token `from` or later.
    fn deviate(&self, found: &[Labelling], parent: usize, from: usize, open: &mut Open) {
        const NO_STEP: Scores = [0.0; WIDTH];
        let mut floor = open.floor();
        let mut prefix = 0.0;
        let mut last: Option<u8> = None;
        for (at, &own) in found[parent].labels.iter().enumerate() {
            let step = last.map_or(&NO_STEP, |last| &self.transitions.by_class[self.chain.classes[at] as usize][last as usize]);
            let scores = &self.chain.scores[at];
            if at >= from {
                let rest = &self.rest.value[at];
                let totals: Scores = std::array::from_fn(|label| prefix + step[label] + scores[label] + rest[label]);
                for (label, &score) in totals.iter().enumerate().take(self.labels) {
                    if score > floor && label != own as usize {
                        open.push(Deviation { score, parent, at, label: label as u8 });
                        floor = open.floor();
                    }
                }
            }
            prefix += step[own as usize] + scores[own as usize];
            last = Some(own);
        }
    }
}

/// Scores at or below this stand for what may not be.
pub const IMPOSSIBLE: f32 = -1.0e6;

/// A labelling that leaves another one at a token.
struct Deviation {
    score: f32,
    parent: usize,
    at: usize,
    label: u8,
}

/// For each token and label the best that can come after it.
struct Rest {
    value: Vec<Scores>,
    next: Vec<[u8; WIDTH]>,
}

impl Rest {
    fn of(chain: &Chain, transitions: &Transitions, labels: usize) -> Rest {
        let mut value = vec![[0.0; WIDTH]; chain.len()];
        let mut next = vec![[0; WIDTH]; chain.len()];
        for at in (0..chain.len().saturating_sub(1)).rev() {
            let step = &transitions.by_class[chain.classes[at + 1] as usize];
            for from in 0..labels {
                let mut best = (f32::NEG_INFINITY, 0);
                for to in 0..labels {
                    let score = step[from][to] + chain.scores[at + 1][to] + value[at + 1][to];
                    if score > best.0 {
                        best = (score, to as u8);
                    }
                }
                (value[at][from], next[at][from]) = best;
            }
        }
        Rest { value, next }
    }

    /// The best labels from token `at` on, when `at` has `label`.
    fn follow(&self, at: usize, label: u8) -> Vec<u8> {
        let mut path = Vec::with_capacity(self.next.len() - at);
        self.extend(&mut path, at, label);
        path
    }

    /// Adds `label` to `path`, and the best labels that come after it when token `at` has it.
    fn extend(&self, path: &mut Vec<u8>, at: usize, label: u8) {
        let mut last = label;
        path.push(last);
        for next in &self.next[at..self.next.len() - 1] {
            last = next[last as usize];
            path.push(last);
        }
    }
}

/// Transitions out of the logarithm: what the sums over all labellings multiply.
#[derive(Debug, Clone)]
pub struct Exponentials(Vec<[Scores; WIDTH]>);

impl Exponentials {
    /// Of these transitions; worth keeping where many chains share them.
    #[must_use]
    pub fn of_all(transitions: &Transitions) -> Exponentials {
        Exponentials(transitions.by_class.iter().map(|rows| rows.map(|row| row.map(f32::exp))).collect())
    }

    fn of(&self, class: u8) -> &[Scores; WIDTH] {
        &self.0[class as usize]
    }
}

/// The scores out of the logarithm, relative to the highest, and that one; labels beyond `labels` get 0.
fn exponentials(scores: &Scores, labels: usize) -> (Scores, f32) {
    let top = scores[..labels].iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut out = [0.0; WIDTH];
    for (o, s) in out.iter_mut().zip(&scores[..labels]) {
        *o = (s - top).exp();
    }
    (out, top)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain() -> (Chain, Transitions) {
        let mut transitions = Transitions { by_class: vec![[[0.0; WIDTH]; WIDTH]; 2] };
        for class in 0..2 {
            for from in 0..3 {
                for to in 0..3 {
                    transitions.by_class[class][from][to] = ((class * 5 + from * 3 + to * 7) % 11) as f32 / 5.0 - 1.0;
                }
            }
        }
        let scores = (0..5).map(|t| std::array::from_fn(|l| ((t * 13 + l * 5) % 7) as f32 / 3.0 - 1.0)).collect();
        (Chain { scores, classes: vec![0, 1, 0, 0, 1] }, transitions)
    }

    /// Every labelling of five tokens by three labels, with its score.
    fn all(chain: &Chain, transitions: &Transitions) -> Vec<Labelling> {
        let mut all: Vec<Labelling> = (0..3_usize.pow(5))
            .map(|n| {
                let labels: Vec<u8> = (0..5).map(|t| (n / 3_usize.pow(t) % 3) as u8).collect();
                let mut score = 0.0;
                for t in 0..5 {
                    score += chain.scores[t][labels[t] as usize];
                    if t > 0 {
                        score += transitions.by_class[chain.classes[t] as usize][labels[t - 1] as usize][labels[t] as usize];
                    }
                }
                Labelling { labels, score }
            })
            .collect();
        all.sort_by(|a, b| b.score.total_cmp(&a.score));
        all
    }

    #[test]
    fn the_best_labellings_are_those_that_trying_all_finds() {
        let (chain, transitions) = chain();
        let all = all(&chain, &transitions);
        let best = chain.best(&transitions, 3, 20);
        for (found, wanted) in best.iter().zip(&all) {
            assert!((found.score - wanted.score).abs() < 1e-4, "{} instead of {}", found.score, wanted.score);
        }
        let mut distinct: Vec<&Vec<u8>> = best.iter().map(|l| &l.labels).collect();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), 20);
    }

    #[test]
    fn marginals_are_the_shares_of_all_labellings() {
        let (chain, transitions) = chain();
        let all = all(&chain, &transitions);
        let total: f32 = all.iter().map(|l| l.score.exp()).sum();
        let marginals = chain.marginals(&Exponentials::of_all(&transitions), 3);
        assert!((marginals.log_total - total.ln()).abs() < 1e-4);
        for t in 0..5 {
            for label in 0..3 {
                let share: f32 = all.iter().filter(|l| l.labels[t] == label as u8).map(|l| l.score.exp()).sum::<f32>() / total;
                assert!((marginals.labels[t][label] - share).abs() < 1e-4, "token {t}, label {label}");
            }
        }
    }

    #[test]
    fn a_chain_without_tokens_has_one_labelling() {
        let chain = Chain::default();
        assert_eq!(chain.best(&Transitions::default(), 3, 4).len(), 1);
        assert!(chain.marginals(&Exponentials::of_all(&Transitions::default()), 3).labels.is_empty());
    }
}
