//! Trains the ranker of whole statements: a log-linear model over each cue's ways and their rejection.

use sayso::content::Proposal;
use sayso::content::consensus::alike;
use sayso::content::hypothesis::Hypothesis;
use sayso::content::rank::{features, reject_features};
use sayso::content::weigh::{certain, is_prose, proposal_of, ways};
use sayso::model::scalars::Valued;
use sayso::model::{Scalars, Sequence};
use sayso::text::{Reading, TokenRange};

use crate::gold::Attribution;
use crate::passes::Document;
use crate::random::Random;

/// The ways of one cue, the last being its rejection, and how good each is.
pub struct Group {
    pub(crate) ways: Vec<Vec<Valued>>,
    target: Vec<f32>,
    /// For each way whether it would count as the gold statement.
    pub(crate) right: Vec<bool>,
    /// For each way those that would count as the same statement.
    pub(crate) alike: Vec<Vec<bool>>,
    /// Where the text decides: whether it does so rightly.
    pub(crate) decided: Option<bool>,
}

/// The groups of a document whose second pass was trained on others.
pub fn groups(document: &Document, model: &Sequence) -> Vec<Group> {
    let seen = document.seen();
    let proposals = proposal_of(&document.runs, &document.ruled);
    (0..document.runs.len())
        .map(|run| {
            let (found, nothing) = ways(&seen, run, model, proposals[run]);
            let gold = document.gold_of(document.runs[run].0);
            let mut out = Vec::new();
            let mut described: Vec<Vec<Valued>> = Vec::new();
            for (place, hypothesis) in found.iter().enumerate() {
                features(&seen, run, hypothesis, place, proposals[run], &mut out);
                described.push(out.clone());
            }
            reject_features(&seen, run, nothing, proposals[run], &mut out);
            described.push(out);
            let gains: Vec<f32> = found.iter().map(|h| gold.map_or(0.0, |g| gain(h, g, &document.reading))).collect();
            let decided = decided(document, run, proposals[run]).map(|way| gold.is_some_and(|g| gain(&way, g, &document.reading) > 0.0));
            let alike = found.iter().map(|a| found.iter().map(|b| alike(&document.view, a, b)).collect()).collect();
            Group { ways: described, target: target(&gains), right: gains.iter().map(|&g| g > 0.0).collect(), alike, decided }
        })
        .collect()
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

/// Trains; gives the weights in the model's layout.
pub fn train(groups: &[&Group]) -> Vec<u8> {
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
            let score = |way: &Vec<Valued>| way.iter().map(|&(f, v)| weights[row(f)] * v).sum::<f32>();
            let scores: Vec<f32> = group.ways.iter().map(score).collect();
            let probabilities = sayso::content::rank::softmax(&scores);
            for ((way, &target), p) in group.ways.iter().zip(&group.target).zip(probabilities) {
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
    Scalars::quantise(&sums, BITS)
}
