//! Exact F1 of spans as CofeNet counts them (Wang et al., 2022): every unbroken run of a role's words is a fragment of its own, and a fragment is
//! found if one with the same role and the same edges is predicted, of whatever statement.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;

use clap::{Args, ValueEnum};
use sayso_corpus::score::{CharSpan, GoldDocument, Prediction};

use crate::corpora::{Result, Shared};
use crate::sets::{Set, Shipped, predict};

/// How to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Convention {
    /// Exact F1 of unbroken runs of source, cue and content, as CofeNet and its predecessors count on PolNeAR.
    Cofenet,
}

/// Score what ships as others count.
#[derive(Args)]
pub struct Score {
    /// Whose convention.
    #[arg(long = "as", value_enum)]
    convention: Convention,
    /// The set to score on.
    #[arg(value_enum, default_value_t = Set::PolnearDev)]
    set: Set,
    /// Which model.
    #[arg(long, value_enum, default_value_t = Shipped::Fast)]
    model: Shipped,
}

/// Prints the figures.
pub fn score(shared: &Shared, arguments: &Score) -> Result<()> {
    let gold = arguments.set.gold(shared)?;
    let predicted = predict(&arguments.model.extractor(), &gold);
    let Convention::Cofenet = arguments.convention;
    let mut out = format!("{}, exact F1 of fragments\n", arguments.set.name());
    for (role, name) in ["source", "cue", "content"].into_iter().enumerate() {
        let mut counts = Counts::default();
        for (document, predicted) in gold.iter().zip(&predicted) {
            let text: Vec<char> = document.text.chars().collect();
            counts.add(&of_gold(document, role, &text), &of_predicted(predicted, role, &text));
        }
        let _ = writeln!(out, "{name:8} P {:5.1}  R {:5.1}  F1 {:5.1}", counts.precision(), counts.recall(), counts.f1());
    }
    std::io::stdout().write_all(out.as_bytes()).map_err(|e| e.to_string())
}

type Fragments = BTreeSet<CharSpan>;

fn of_gold(document: &GoldDocument, role: usize, text: &[char]) -> Fragments {
    let spans = |a: &sayso_corpus::score::GoldAttribution| [&a.source, &a.cue, &a.content][role].clone();
    document.attributions.iter().flat_map(|a| unbroken(spans(a), text)).collect()
}

fn of_predicted(statements: &[Prediction], role: usize, text: &[char]) -> Fragments {
    let roles = |s: &Prediction| [&s.source, &s.cue, &s.content][role].as_ref().and_then(|r| r.spans.clone()).unwrap_or_default();
    statements.iter().flat_map(|s| unbroken(roles(s), text)).collect()
}

/// The spans of a role without the white space at their edges, those that only white space parts made one.
fn unbroken(mut spans: Vec<CharSpan>, text: &[char]) -> Vec<CharSpan> {
    spans.sort_unstable();
    let blank = |range: std::ops::Range<usize>| text.get(range).is_some_and(|between| between.iter().all(|c| c.is_whitespace()));
    let mut out: Vec<CharSpan> = Vec::new();
    for [mut begin, mut end] in spans {
        while begin < end && blank(begin..begin + 1) {
            begin += 1;
        }
        while end > begin && blank(end - 1..end) {
            end -= 1;
        }
        match out.last_mut() {
            Some(last) if last[1] <= begin && blank(last[1]..begin) => last[1] = end,
            _ if begin < end => out.push([begin, end]),
            _ => {}
        }
    }
    out
}

#[derive(Default)]
struct Counts {
    gold: usize,
    predicted: usize,
    right: usize,
}

impl Counts {
    fn add(&mut self, gold: &Fragments, predicted: &Fragments) {
        self.gold += gold.len();
        self.predicted += predicted.len();
        self.right += gold.intersection(predicted).count();
    }

    fn precision(&self) -> f64 {
        100.0 * self.right as f64 / self.predicted.max(1) as f64
    }

    fn recall(&self) -> f64 {
        100.0 * self.right as f64 / self.gold.max(1) as f64
    }

    fn f1(&self) -> f64 {
        200.0 * self.right as f64 / (self.gold + self.predicted).max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_is_unbroken_and_has_no_space_at_its_edges() {
        let text: Vec<char> = "We lost, she said, and left.".chars().collect();
        assert_eq!(unbroken(vec![[18, 27], [0, 3], [3, 8]], &text), [[0, 8], [19, 27]]);
        assert_eq!(unbroken(vec![[2, 3], [0, 0]], &text), Vec::<CharSpan>::new());
    }

    #[test]
    fn only_the_same_edges_count() {
        let mut counts = Counts::default();
        counts.add(&[[0, 8], [19, 27]].into(), &[[0, 8], [19, 26], [30, 31]].into());
        assert_eq!((counts.right, counts.gold, counts.predicted), (1, 2, 3));
        assert!((counts.f1() - 40.0).abs() < 1e-9);
    }
}
