//! Trains the ranker of whole statements over each cue's ways and their rejection: a log-linear model, or trees where an encoder tells more.

use sayso::content::Proposal;
use sayso::content::claims::Claims;
use sayso::content::consensus::Agreement;
use sayso::content::hypothesis::{Hypothesis, Ways};
use sayso::content::measures::{Compared, Measures, trees_fingerprint};
use sayso::content::rank::{rank_fingerprint, softmax};
use sayso::content::weigh::{certain, is_prose, proposal_of, ways};
use sayso::model::scalars::Valued;
use sayso::model::{Scalars, Section, Sequence, Trees};
use sayso::text::{Reading, TokenRange};

use crate::boost::{self, Rows, Settings};
use crate::gold::Attribution;
use crate::passes::Document;
use crate::random::Random;

/// The ways of one cue, the last being its rejection, and how good each is.
pub struct Group {
    pub(crate) described: Described,
    target: Vec<f32>,
    /// For each way whether it would count as the gold statement.
    pub(crate) right: Vec<bool>,
    /// Which ways would count as the same statement.
    pub(crate) agreement: Agreement,
    /// Where the text decides: whether it does so rightly.
    pub(crate) decided: Option<bool>,
}

impl Group {
    /// The measures of the ways, and what each should be chosen with, where trees are to learn from it.
    fn measured(&self) -> Option<(&[Measures], &[f32])> {
        match &self.described {
            Described::Measures(rows) if self.decided.is_none() && rows.len() > 1 => Some((rows, &self.target)),
            _ => None,
        }
    }
}

/// What is known of each way of a group.
pub enum Described {
    /// For the log-linear model.
    Features(Vec<Vec<Valued>>),
    /// For trees, where an encoder tells more.
    Measures(Vec<Measures>),
}

/// What has been trained.
pub enum Ranker {
    /// On features: the weights in the model's layout, and as they are read.
    Linear(Vec<u8>, Scalars),
    /// On measures.
    Trees(Trees),
}

impl Ranker {
    /// The probabilities of a group's ways.
    pub fn judge(&self, group: &Group) -> Vec<f32> {
        let scores: Vec<f32> = match (self, &group.described) {
            (Ranker::Linear(_, weights), Described::Features(rows)) => rows.iter().map(|row| weights.score(row)).collect(),
            (Ranker::Trees(trees), Described::Measures(rows)) => rows.iter().map(|row| trees.score(row)).collect(),
            _ => unreachable!("a ranker judges what it was trained on"),
        };
        softmax(&scores)
    }

    /// The model's section of it.
    pub fn section(&self) -> Section {
        match self {
            Ranker::Linear(bytes, _) => Section { name: "rank".to_owned(), fingerprint: rank_fingerprint(), bytes: bytes.clone().into() },
            Ranker::Trees(trees) => Section { name: "trees".to_owned(), fingerprint: trees_fingerprint(), bytes: trees.write().into() },
        }
    }
}

/// The groups of a document whose second pass was trained on others.
pub fn groups(document: &Document, model: &Sequence) -> Vec<Group> {
    let seen = document.seen();
    let proposals = proposal_of(&document.runs, &document.ruled);
    let all: Vec<Ways> = (0..document.runs.len()).map(|run| ways(&seen, run, model, proposals[run])).collect();
    let claims = Claims::of(&all, &document.runs, document.reading.tokens.len());
    let one = |(run, ways): (usize, &Ways)| {
        let gold = document.gold_of(document.runs[run].0);
        let gains: Vec<f32> = ways.found.iter().map(|h| gold.map_or(0.0, |g| gain(h, g, &document.reading))).collect();
        let decided = decided(document, run, proposals[run]).map(|way| gold.is_some_and(|g| gain(&way, g, &document.reading) > 0.0));
        let compared = Compared { article: &seen, run, ways, ruled: proposals[run], claims: &claims };
        let described =
            if document.evidence.is_some() { Described::Measures(compared.measures()) } else { Described::Features(compared.features()) };
        Group {
            described,
            target: target(&gains),
            right: gains.iter().map(|&g| g > 0.0).collect(),
            agreement: ways.agreement.clone(),
            decided,
        }
    };
    all.iter().enumerate().map(one).collect()
}

/// The way that the text decides for a run, if it does.
fn decided(document: &Document, run: usize, proposal: Option<&Proposal>) -> Option<Hypothesis> {
    let (tokens, head) = document.runs[run];
    certain(proposal?, tokens, is_prose(&document.reading, head))?.hypotheses.pop()
}

/// The best ways share the target; where none fits, the rejection has it.
fn target(gains: &[f32]) -> Vec<f32> {
    let best = gains.iter().copied().fold(0.0, f32::max);
    let mut target: Vec<f32> = gains.iter().map(|&g| if best > 0.0 && g > best - 1e-3 { 1.0 } else { 0.0 }).collect();
    let share: f32 = target.iter().sum();
    target.push(if share == 0.0 { 1.0 } else { 0.0 });
    if share > 0.0 {
        target.iter_mut().for_each(|t| *t /= share);
    }
    target
}

/// How good a way is: 0 if it would not count as the gold statement, up to 2 if it is the same.
fn gain(hypothesis: &Hypothesis, gold: &Attribution, reading: &Reading) -> f32 {
    let content = overlap(&hypothesis.content, &gold.content, reading);
    let source = overlap(hypothesis.source.as_slice(), &gold.source, reading);
    let cue = overlap(&[hypothesis.cue], &gold.cue, reading);
    if content < 0.5 || source < 0.5 || cue == 0.0 {
        return 0.0;
    }
    content * 0.6 + source * 0.2 + cue * 0.2 + if content == 1.0 { 0.5 } else { 0.0 } + if source == 1.0 && cue == 1.0 { 0.5 } else { 0.0 }
}

/// Jaccard over the tokens that are words.
pub fn overlap(a: &[TokenRange], b: &[TokenRange], reading: &Reading) -> f32 {
    let words = |runs: &[TokenRange]| -> Vec<u32> {
        let is_word = |i: &u32| reading.form(*i as usize).chars().any(char::is_alphanumeric);
        runs.iter().flat_map(|r| r.begin..r.end).filter(is_word).collect()
    };
    let (a, b) = (words(a), words(b));
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let common = a.iter().filter(|i| b.binary_search(i).is_ok()).count();
    common as f32 / (a.len() + b.len() - common) as f32
}

/// 2^this rows.
const BITS: u32 = 18;

/// How the trees are trained.
const TREES: Settings = Settings { trees: 800, rate: 0.08, groups: 0.7, measures: 0.3, calm: 10.0 };

/// Trains the log-linear model on features, trees on measures.
pub fn train(groups: &[&Group]) -> Ranker {
    let rows: Vec<_> = groups.iter().filter_map(|g| g.measured()).collect();
    if rows.is_empty() { linear(groups) } else { Ranker::Trees(boost::train(&Rows::new(rows.into_iter()), &TREES)) }
}

/// Trains the log-linear model.
fn linear(groups: &[&Group]) -> Ranker {
    let rows = 1 << BITS;
    let (mut weights, mut squares, mut sums) = (vec![0.0_f32; rows], vec![0.0_f32; rows], vec![0.0_f32; rows]);
    let row = |feature: u32| (feature >> (32 - BITS)) as usize;
    let mut order: Vec<usize> = (0..groups.len()).collect();
    let mut random = Random::new(5);
    let (rate, decay, passes) = (0.05, 2e-3, 15_usize);
    for pass in 0..passes {
        random.shuffle(&mut order);
        for &at in &order {
            let group = groups[at];
            let Described::Features(ways) = &group.described else { continue };
            let score = |way: &Vec<Valued>| way.iter().map(|&(f, v)| weights[row(f)] * v).sum::<f32>();
            let scores: Vec<f32> = ways.iter().map(score).collect();
            let probabilities = softmax(&scores);
            for ((way, &target), p) in ways.iter().zip(&group.target).zip(probabilities) {
                let miss = target - p;
                if miss.abs() < 1e-3 {
                    continue;
                }
                for &(feature, value) in way {
                    let at = row(feature);
                    let gradient = miss * value - decay * weights[at];
                    squares[at] += gradient * gradient;
                    weights[at] += rate * gradient / (squares[at].sqrt() + 1.0);
                }
            }
        }
        if pass * 2 >= passes {
            sums.iter_mut().zip(&weights).for_each(|(s, w)| *s += w);
        }
    }
    let share = 1.0 / passes.div_ceil(2) as f32;
    sums.iter_mut().for_each(|s| *s *= share);
    let bytes = Scalars::quantise(&sums, BITS);
    let section = Section { name: String::new(), fingerprint: 0, bytes: bytes.clone().into() };
    let (weights, _) = Scalars::read(&section, 0).unwrap_or_else(|e| unreachable!("a section just written: {e}"));
    Ranker::Linear(bytes, weights)
}
