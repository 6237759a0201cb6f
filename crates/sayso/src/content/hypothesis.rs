//! The second pass: for each likely cue the best few ways to cut out its statement.

use super::consensus::Agreement;
use super::features::Article;
use super::proposal::Proposal;
use super::window::window;
use crate::cue::roles::{LABELS, label};
use crate::cue::view::View;
use crate::model::Sequence;
use crate::model::chain::{Chain, Labelling};
use crate::text::TokenRange;

/// One way to cut out the statement of a cue.
#[derive(Debug, Clone, PartialEq)]
pub struct Hypothesis {
    /// What was said: runs of tokens, ascending, apart.
    pub content: Vec<TokenRange>,
    /// The words that name who said it.
    pub source: Option<TokenRange>,
    /// The words that signal it.
    pub cue: TokenRange,
    /// The logarithm of its probability among all ways.
    pub log_probability: f32,
}

/// Which parts of a way are as the rules propose them.
#[derive(Debug, Clone, Copy)]
pub(super) struct AsRuled {
    pub content: bool,
    /// Where the content begins and ends.
    pub edges: bool,
    pub source: bool,
    pub cue: bool,
}

impl Hypothesis {
    /// Which parts are as a proposal has them.
    pub(super) fn as_ruled(&self, rule: &Proposal) -> AsRuled {
        let edges = |runs: &[TokenRange]| (runs.first().map(|r| r.begin), runs.last().map(|r| r.end));
        AsRuled {
            content: self.content == rule.content,
            edges: edges(&self.content) == edges(&rule.content),
            source: self.source == rule.source,
            cue: rule.cue.as_ref().is_some_and(|c| c.tokens == self.cue),
        }
    }

    /// 1 and the relation of a token that hangs inside `runs`, a part of this way, but stands outside them and the cue, cut off; 0 of any other.
    pub(super) fn cut_off(&self, view: &View, runs: &[TokenRange], token: u32) -> u32 {
        let inside = |token: u32| runs.iter().any(|r| r.has(token));
        let head = view.heads.get(token as usize).copied().unwrap_or(u32::MAX);
        if !inside(token) && !self.cue.has(token) && inside(head) { 1 + view.look(token).relation } else { 0 }
    }
}

/// The ways to cut out the statement of one cue.
#[derive(Debug, Clone, Default)]
pub struct Ways {
    /// The sequence model's best, best first, then the rules' where it is not among them.
    pub found: Vec<Hypothesis>,
    /// The sequence model's log-probability of finding no statement.
    pub nothing: f32,
    /// Which of them would count as the same statement.
    pub agreement: Agreement,
}

impl Ways {
    /// The sequence model's probability of each, 0 to 1.
    #[must_use]
    pub fn probabilities(&self) -> Vec<f32> {
        self.found.iter().map(|way| way.log_probability.exp()).collect()
    }
}

/// The `k` best ways to cut out the statement of run `run`, best first; and the log-probability of the best way that finds none.
#[must_use]
pub fn hypotheses(article: &Article<'_>, run: usize, model: &Sequence, k: usize) -> (Vec<Hypothesis>, f32) {
    let (tokens, head) = article.runs[run];
    let window = window(article.view, article.reading, head);
    let anchored = article.anchored(run);
    let mut out = Vec::with_capacity(80);
    let told = article.told(run);
    let scores = window.range().map(|at| {
        anchored.features(at, &mut out);
        let mut scores = model.score(&out);
        if let Some(evidence) = told.and_then(|t| t.scores.get(at - window.begin as usize)) {
            model.weigh(evidence, &mut scores);
        }
        scores
    });
    let chain = Chain { scores: scores.collect(), classes: window.range().map(|at| article.view.looks[at].class).collect() };
    let total = chain.log_total(&model.exponentials, LABELS);
    let mut found: Vec<Hypothesis> = Vec::new();
    let mut nothing = f32::NEG_INFINITY;
    for labelling in chain.best(&model.transitions, LABELS, k) {
        match cut(&labelling, window.begin, tokens, total) {
            Some(way) => match found.iter_mut().find(|h| same(article.view, h, &way)) {
                Some(same) => same.log_probability = log_sum(same.log_probability, way.log_probability),
                None => found.push(way),
            },
            None => nothing = log_sum(nothing, labelling.score - total),
        }
    }
    (found, nothing.max(-20.0))
}

/// Whether two ways differ in nothing but punctuation at the edges of their parts.
#[must_use]
pub fn same(view: &View, a: &Hypothesis, b: &Hypothesis) -> bool {
    let source = |h: &Hypothesis| h.source.map(|s| words(view, &[s]));
    words(view, &[a.cue]) == words(view, &[b.cue]) && source(a) == source(b) && words(view, &a.content) == words(view, &b.content)
}

/// Runs without punctuation at their edges, joined where nothing but punctuation lies between.
fn words(view: &View, runs: &[TokenRange]) -> Vec<TokenRange> {
    let mut bare: Vec<TokenRange> = Vec::with_capacity(runs.len());
    for run in runs {
        let (mut begin, mut end) = (run.begin, run.end);
        while begin < end && view.is_punctuation(begin) {
            begin += 1;
        }
        while end > begin && view.is_punctuation(end - 1) {
            end -= 1;
        }
        match bare.last_mut() {
            Some(last) if (last.end..begin).all(|t| view.is_punctuation(t)) => last.end = end.max(last.end),
            _ if begin < end => bare.push(TokenRange::new(begin, end)),
            _ => {}
        }
    }
    bare
}

fn log_sum(a: f32, b: f32) -> f32 {
    let top = a.max(b);
    if top == f32::NEG_INFINITY { top } else { top + ((a - top).exp() + (b - top).exp()).ln() }
}

/// The statement that a labelling describes; none without a content, or without a cue where the cue should be.
fn cut(labelling: &Labelling, offset: u32, run: TokenRange, total: f32) -> Option<Hypothesis> {
    let of = |role: u8| runs(&labelling.labels, role, offset);
    let cue = of(label::CUE).into_iter().find(|c| c.overlaps(run))?;
    let content = of(label::CONTENT);
    if content.is_empty() {
        return None;
    }
    // Of several pieces of source the one nearest to the cue is it.
    let away = |s: &TokenRange| if s.end <= cue.begin { cue.begin - s.end } else { s.begin.saturating_sub(cue.end) };
    let source = of(label::SOURCE).into_iter().min_by_key(away);
    Some(Hypothesis { content, source, cue, log_probability: labelling.score - total })
}

/// Runs of a role, joined where one begins right after another.
fn runs(labels: &[u8], role: u8, offset: u32) -> Vec<TokenRange> {
    let mut runs: Vec<TokenRange> = Vec::new();
    for (at, &label) in labels.iter().enumerate() {
        if label != role && label != role + 1 {
            continue;
        }
        let at = at as u32 + offset;
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(TokenRange::new(at, at + 1)),
        }
    }
    runs
}
