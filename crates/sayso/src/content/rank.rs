//! The third pass: a log-linear model over whole statements, or trees (see [`super::measures`]), chooses among the ways to cut them out, or
//! rejects the cue.
//!
//! After Collins and Koo (2005), "Discriminative reranking for natural language parsing".

use super::consensus::Agreement;
use super::features::Article;
use super::hypothesis::Hypothesis;
use super::measures::{Compared, probe};
use super::proposal::Proposal;
use super::window::REACH;
use crate::cue::features::fold;
use crate::cue::view::Look;
use crate::model::Statements;
use crate::model::hash::{Feature, fingerprint, one, three, two};
use crate::model::scalars::Valued;
use crate::text::TokenRange;

/// The ways to cut out the statement of one cue, with their probabilities.
#[derive(Debug, Clone)]
pub struct Ranking {
    /// The ways, best first by the second pass.
    pub hypotheses: Vec<Hypothesis>,
    /// The probability of each, 0 to 1; with `rejected` they add up to 1.
    pub probabilities: Vec<f32>,
    /// For each the probability of all ways that would count as the same statement.
    pub shares: Vec<f32>,
    /// Which of them would count as the same statement.
    pub agreement: Agreement,
    /// The probability that this is no statement.
    pub rejected: f32,
    /// Whether it is a plain quotation by the rules.
    pub plain: bool,
    /// Whether the text decides it, and nothing was weighed.
    pub decided: bool,
}

/// Ranks the ways to cut out the statement of a run: by trees where the model has them, else by the log-linear model.
#[must_use]
pub fn rank(compared: &Compared<'_>, model: &Statements) -> Ranking {
    let ways = compared.ways;
    let scores: Vec<f32> = match &model.trees {
        Some(trees) => compared.measures().iter().map(|row| trees.score(row)).collect(),
        None => compared.features().iter().map(|row| model.rank.score(row)).collect(),
    };
    let mut probabilities = softmax(&scores);
    let rejected = probabilities.pop().unwrap_or(1.0);
    let shares = ways.agreement.shares(&probabilities);
    Ranking {
        hypotheses: ways.found.clone(),
        probabilities,
        shares,
        agreement: ways.agreement.clone(),
        rejected,
        plain: false,
        decided: false,
    }
}

impl Compared<'_> {
    /// The features of each way, and of there being none.
    #[must_use]
    pub fn features(&self) -> Vec<Vec<Valued>> {
        let Compared { article, run, ways, ruled, .. } = *self;
        let mut rows = vec![Vec::with_capacity(96); ways.found.len() + 1];
        let (none, each) = rows.split_last_mut().unwrap_or_else(|| unreachable!("there is a row for none"));
        for (place, (row, way)) in each.iter_mut().zip(&ways.found).enumerate() {
            features(article, run, way, place, ruled, row);
        }
        reject_features(article, run, ways.nothing, ruled, none);
        rows
    }
}

/// Scores out of the logarithm, as shares of 1.
#[must_use]
pub fn softmax(scores: &[f32]) -> Vec<f32> {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let exps: Vec<f32> = scores.iter().map(|s| (s - top).exp()).collect();
    let sum: f32 = exps.iter().sum();
    exps.iter().map(|e| e / sum).collect()
}

/// Writes the features of rejecting run `run`; `nothing` is the second pass's log-probability of finding no statement.
fn reject_features(article: &Article<'_>, run: usize, nothing: f32, ruled: Option<&Proposal>, out: &mut Vec<Valued>) {
    let (tokens, head) = article.runs[run];
    let cue = article.view.look(head);
    let (after, before) = (article.view.look(tokens.end), article.view.near(tokens.begin as usize, -1));
    let likely = article.roles.cue[head as usize];
    out.clear();
    let mut add = |feature: Feature, value: f32| out.push((feature, value));
    add(one(201, 0), 1.0);
    add(one(202, 0), nothing.max(-8.0));
    add(one(203, 0), likely);
    add(one(204, bin(likely)), 1.0);
    add(one(205, cue.lemma), 1.0);
    add(two(206, cue.lemma, cue.pos), 1.0);
    add(two(207, cue.lemma, after.lemma), 1.0);
    add(two(208, cue.lemma, before.lemma), 1.0);
    add(two(209, cue.pos, after.pos), 1.0);
    add(two(210, cue.pos, before.pos), 1.0);
    add(two(211, cue.lemma, after.pos), 1.0);
    let rule = ruled.map_or(0, |p| 1 + bin(p.probability));
    add(one(216, rule), 1.0);
    add(two(217, rule, cue.lemma), 1.0);
    add(two(218, u32::from(rule > 0), bin(likely)), 1.0);
    add(one(212, cue.quoted), 1.0);
    add(two(213, cue.lemma, cue.quoted), 1.0);
    add(one(214, tokens.len().min(4) as u32), 1.0);
    add(two(215, cue.lemma, article.view.look(article.view.noun_before[head as usize]).lemma), 1.0);
}

/// A probability in ten classes.
fn bin(probability: f32) -> u32 {
    (probability * 9.99) as u32
}

/// What a run of tokens looks like at its edges.
struct Edges {
    first: Look,
    last: Look,
    before: Look,
    after: Look,
}

fn edges(article: &Article<'_>, run: TokenRange) -> Edges {
    let view = article.view;
    Edges {
        first: view.look(run.begin),
        last: view.look(run.end - 1),
        before: view.near(run.begin as usize, -1),
        after: view.look(run.end),
    }
}

/// The parts of a statement in text order, with what stands between them, as one number.
fn pattern(article: &Article<'_>, hypothesis: &Hypothesis) -> (u32, u32) {
    let mut parts: Vec<(TokenRange, u32)> = hypothesis.content.iter().map(|c| (*c, 3)).collect();
    parts.push((hypothesis.cue, 2));
    parts.extend(hypothesis.source.map(|s| (s, 1)));
    parts.sort_unstable();
    let (mut order, mut gaps) = (7, 7);
    let mut last: Option<TokenRange> = None;
    for (run, role) in parts {
        if let Some(last) = last {
            let gap = run.begin.saturating_sub(last.end);
            let what = match gap {
                0 => 0,
                1 => 1 + article.view.look(last.end).pos,
                _ => 100 + fold(gap as usize),
            };
            gaps = two(1, gaps, what);
        }
        order = order * 4 + role;
        gaps = two(2, gaps, role);
        last = Some(run);
    }
    (order, gaps)
}

/// Writes the features of one way to cut out the statement of run `run`; `place` is its place in the second pass's order.
fn features(article: &Article<'_>, run: usize, hypothesis: &Hypothesis, place: usize, ruled: Option<&Proposal>, out: &mut Vec<Valued>) {
    let (_, head) = article.runs[run];
    let cue = article.view.look(head);
    out.clear();
    out.push((one(1, 0), 1.0));
    out.push((one(2, 0), hypothesis.log_probability.max(-8.0)));
    out.push((one(3, place.min(9) as u32), 1.0));
    let (order, gaps) = pattern(article, hypothesis);
    let total: u32 = hypothesis.content.iter().map(|c| c.end - c.begin).sum();
    let mut add = |feature: Feature| out.push((feature, 1.0));
    add(one(4, order));
    add(one(5, gaps));
    add(two(6, order, cue.lemma));
    add(two(7, gaps, cue.lemma));
    add(one(8, fold(total as usize)));
    add(two(9, fold(total as usize), cue.lemma));
    add(one(10, hypothesis.content.len().min(5) as u32));
    add(two(11, cue.lemma, hypothesis.content.len().min(3) as u32));
    add(two(12, cue.lemma, hypothesis.cue.len().min(4) as u32));
    let agrees = agreement(hypothesis, ruled);
    add(one(13, agrees));
    add(two(14, agrees, cue.lemma));
    add(two(15, agrees, place.min(3) as u32));
    add(two(16, agrees, view_of_quotes(article, hypothesis)));
    cue_features(article, hypothesis, &mut add);
    content_features(article, hypothesis, &cue, &mut add);
    source_features(article, hypothesis, &cue, &mut add);
    tree_features(article, hypothesis, &cue, &mut add);
    mass_features(article, hypothesis, out);
}

/// How the parts stand to the guessed tree: heads outside a part, subtrees cut at its edge, relations to the cue.
fn tree_features(article: &Article<'_>, hypothesis: &Hypothesis, cue: &Look, add: &mut impl FnMut(Feature)) {
    let view = article.view;
    let inside = |runs: &[TokenRange], token: u32| runs.iter().any(|r| r.has(token));
    let parts: [(u32, &[TokenRange]); 2] = [(0, &hypothesis.content), (1, hypothesis.source.as_slice())];
    for (part, runs) in parts {
        let Some(last) = runs.last() else { continue };
        let mut tops = 0_u32;
        for run in runs {
            for at in run.begin..run.end {
                let head = view.heads[at as usize];
                let look = view.look(at);
                if inside(runs, head) || look.relation == PUNCTUATION {
                    continue;
                }
                tops += 1;
                let to_cue = u32::from(hypothesis.cue.has(head));
                let from_cue = u32::from(hypothesis.cue.range().any(|c| view.heads[c] == at));
                add(three(100 + part, look.relation, to_cue << 1 | from_cue, cue.pos));
                add(three(102 + part, look.relation, to_cue << 1 | from_cue, cue.lemma));
                if tops > 4 {
                    break;
                }
            }
        }
        add(three(104 + part, tops.min(5), cue.pos, 0));
        // What hangs inside but stands right behind the end, or right before the beginning, has been cut off.
        let cut = |token: u32| hypothesis.cut_off(view, runs, token);
        add(one(106 + part, cut(last.end)));
        add(three(108 + part, cut(last.end), view.look(last.end).pos, view.look(last.end - 1).pos));
        add(one(110 + part, cut(runs[0].begin.wrapping_sub(1))));
        let next = cut(last.end.saturating_add(1));
        add(one(112 + part, next << 8 | view.look(last.end).pos));
    }
}

/// The number of [`crate::tag::relation::Relation::Punctuation`].
const PUNCTUATION: u32 = 13;

/// Which parts of a way are as the rules propose: content, source, cue, as bits; 8 and up where the rules propose nothing.
fn agreement(hypothesis: &Hypothesis, ruled: Option<&Proposal>) -> u32 {
    let Some(proposal) = ruled else { return 8 };
    let as_ruled = hypothesis.as_ruled(proposal);
    16 | u32::from(as_ruled.content) << 3 | u32::from(as_ruled.cue) << 2 | u32::from(as_ruled.source) << 1 | u32::from(as_ruled.edges)
}

/// Whether the content opens with a quotation mark, and closes with one.
fn view_of_quotes(article: &Article<'_>, hypothesis: &Hypothesis) -> u32 {
    let (first, last) = (hypothesis.content[0].begin, hypothesis.content[hypothesis.content.len() - 1].end - 1);
    ((article.view.look(first).quoted % 4) << 2) | (article.view.look(last).quoted % 4)
}

fn cue_features(article: &Article<'_>, hypothesis: &Hypothesis, add: &mut impl FnMut(Feature)) {
    let e = edges(article, hypothesis.cue);
    let words = hypothesis.cue.range().fold(7, |hash, i| two(20, hash, article.view.look(i as u32).lemma));
    add(one(21, words));
    add(two(22, e.first.lemma, e.before.pos));
    add(two(23, e.last.lemma, e.after.pos));
    add(two(24, e.last.lemma, e.after.lemma));
    add(two(25, e.first.pos, e.last.pos));
    add(two(26, e.before.pos, e.first.pos));
    add(two(27, e.last.pos, e.after.pos));
}

fn content_features(article: &Article<'_>, hypothesis: &Hypothesis, cue: &Look, add: &mut impl FnMut(Feature)) {
    let (view, reading) = (article.view, article.reading);
    let (Some(&first), Some(&last)) = (hypothesis.content.first(), hypothesis.content.last()) else { return };
    for run in &hypothesis.content {
        let e = edges(article, *run);
        add(two(30, e.first.lemma, e.before.pos));
        add(two(31, e.before.lemma, e.first.pos));
        add(two(32, e.last.lemma, e.after.pos));
        add(two(33, e.last.pos, e.after.lemma));
        add(two(34, e.last.pos, e.after.pos));
        add(two(35, e.before.pos, e.first.pos));
        add(three(36, e.before.quoted, e.first.quoted, 1));
        add(three(37, e.last.quoted, e.after.quoted, 1));
        add(three(38, e.first.quoted, e.last.quoted, u32::from(run.len() < 3)));
        let (sentence, own) = (reading.tokens[run.begin as usize].sentence, reading.tokens[run.end as usize - 1].sentence);
        let at_begin = u32::from(reading.sentences[sentence as usize].tokens.begin == run.begin);
        let at_end = u32::from(reading.sentences[own as usize].tokens.end <= run.end + 1);
        add(three(39, at_begin, at_end, u32::from(sentence == own)));
        add(three(40, cue.lemma, at_begin, at_end));
        let counts = (view.counts[run.begin as usize], view.counts[run.end as usize]);
        let verbs = (counts.1.verbs - counts.0.verbs).min(3);
        let phrases = (counts.1.phrases - counts.0.phrases).min(4);
        add(three(41, verbs, phrases, 0));
        add(three(42, cue.lemma, verbs.min(1), e.first.pos));
        add(three(43, verbs, e.after.pos, e.last.quoted));
        add(two(44, e.after.lemma, at_end));
    }
    let e = edges(article, first);
    add(two(45, cue.lemma, e.first.lemma));
    add(two(46, cue.lemma, e.first.pos));
    add(three(47, cue.pos, e.first.pos, e.before.pos));
    add(three(48, e.first.quoted, view.look(last.end - 1).quoted, cue.lemma));
    add(three(49, e.first.quoted, view.look(last.end - 1).quoted, cue.pos));
    // A quotation that is cut, or left with one mark outside.
    let outside = first.begin > 0 && view.near(first.begin as usize, -1).quoted % 4 == 1;
    let cut_begin = matches!(e.first.quoted % 4, 2 | 3);
    let after = view.look(last.end).quoted % 4;
    add(three(50, u32::from(outside) << 1 | u32::from(cut_begin), after, view.look(last.end - 1).quoted % 4));
}

fn source_features(article: &Article<'_>, hypothesis: &Hypothesis, cue: &Look, add: &mut impl FnMut(Feature)) {
    let Some(source) = hypothesis.source else {
        add(one(60, 0));
        add(two(61, cue.lemma, cue.pos));
        add(two(62, cue.pos, article.view.near(hypothesis.cue.begin as usize, -1).pos));
        add(two(63, hypothesis.content[0].len().min(3) as u32, cue.pos));
        return;
    };
    let e = edges(article, source);
    let (counts, end) = (article.view.counts[source.begin as usize], article.view.counts[source.end as usize]);
    let side = u32::from(source.begin > hypothesis.cue.begin);
    let gap = if side == 1 { source.begin.saturating_sub(hypothesis.cue.end) } else { hypothesis.cue.begin.saturating_sub(source.end) };
    add(two(64, e.first.lemma, e.before.pos));
    add(two(65, e.last.lemma, e.after.pos));
    add(two(66, e.last.pos, e.after.lemma));
    add(two(67, e.first.pos, e.last.pos));
    add(three(68, e.before.pos, e.first.pos, side));
    add(three(69, e.last.pos, e.after.pos, side));
    add(three(70, side, gap.min(4), cue.pos));
    add(three(71, side, gap.min(4), cue.lemma));
    add(two(72, fold(source.len()), side));
    add(three(73, (end.commas - counts.commas).min(3), (end.phrases - counts.phrases).min(4), side));
    add(three(74, (end.verbs - counts.verbs).min(3), e.last.pos, e.after.pos));
    add(three(75, cue.lemma, e.last.pos, side));
    add(two(76, e.first.quoted, e.last.quoted));
    add(two(77, e.before.lemma, e.first.pos));
    add(two(78, e.before.lemma, side));
    add(two(79, article.view.look(article.view.noun_before[source.end as usize - 1]).lemma, e.last.lemma));
}

/// How much of what the first pass found likely near the cue is left out, and how much unlikely is taken in.
fn mass_features(article: &Article<'_>, hypothesis: &Hypothesis, out: &mut Vec<Valued>) {
    let roles = article.roles;
    let inside: f32 = hypothesis.content.iter().flat_map(|c| c.range()).map(|i| 1.0 - roles.content[i]).sum();
    out.push((one(90, 0), inside.min(10.0)));
    let source = hypothesis.source.map_or(0.0, |s| s.range().map(|i| 1.0 - roles.source[i]).sum::<f32>());
    out.push((one(91, 0), source.min(5.0)));
    let cue: f32 = hypothesis.cue.range().map(|i| roles.cue[i]).sum();
    out.push((one(92, 0), cue.min(4.0)));
    let (begin, end) = (hypothesis.content[0].begin as usize, hypothesis.content[hypothesis.content.len() - 1].end as usize);
    let gap: f32 = (begin..end).filter(|&i| !hypothesis.content.iter().any(|c| c.has(i as u32))).map(|i| roles.content[i]).sum();
    out.push((one(93, 0), gap.min(10.0)));
    let sentence = |i: usize| article.reading.sentences[article.reading.tokens[i].sentence as usize].tokens;
    let before: f32 = ((sentence(begin).begin as usize).max(begin.saturating_sub(REACH as usize))..begin).map(|i| roles.content[i]).sum();
    let after: f32 = (end..(sentence(end - 1).end as usize).min(end + REACH as usize)).map(|i| roles.content[i]).sum();
    out.push((one(94, 0), before.min(10.0)));
    out.push((one(95, 0), after.min(10.0)));
    out.push((one(96, bin(roles.cue[hypothesis.cue.begin as usize])), 1.0));
}

/// Of these feature functions.
#[must_use]
pub fn rank_fingerprint() -> u32 {
    let all = probe(|c| {
        let (mut out, mut all) = (Vec::new(), Vec::new());
        for way in &c.ways.found {
            features(c.article, c.run, way, 1, c.ruled, &mut out);
            all.append(&mut out);
        }
        reject_features(c.article, c.run, c.ways.nothing, c.ruled, &mut out);
        all.append(&mut out);
        all
    });
    // Values in eighths: the last bit of a logarithm is not the same on every machine.
    fingerprint(all.iter().flat_map(|&(feature, value)| [feature, (value * 8.0).round() as i32 as u32]))
}
