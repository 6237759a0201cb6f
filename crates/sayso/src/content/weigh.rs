//! The learned passes over an article: every likely cue, the ways to cut out its statement, and which of them stand.
//!
//! What the rules propose for a cue is one more way; the ranker has learned how far to trust it.

use super::CERTAIN;
use super::choose::{Accept, Chosen, choose};
use super::claims::Claims;
use super::consensus::Agreement;
use super::evidence::Encoder;
use super::features::Article;
use super::hypothesis::{Hypothesis, Ways, hypotheses, same};
use super::measures::Compared;
use super::proposal::Proposal;
use super::rank::{Ranking, rank};
use crate::cue::roles::{Roles, roles, runs};
use crate::cue::view::View;
use crate::model::{Sequence, Statements};
use crate::tag::{Pos, inverted};
use crate::text::{ParagraphKind, Reading, TokenRange};

/// Tokens that are part of a cue with less than this probability are not looked at, unless a rule sees a cue there.
const LEAST: f32 = 0.1;

/// The same where an encoder tells more of them apart.
pub const LEAST_TO_ENCODE: f32 = 0.05;

/// No sentence of news is longer than this, in tokens: what is, is a list or no text, and its every word would be weighed against every other.
const LONGEST: usize = 400;

/// What an encoder holds for part of a cue with more than this probability is looked at where nothing else sees one.
const LEAST_TOLD: f32 = 0.2;

/// How many ways of each cue are ranked.
pub const WAYS: usize = 10;

/// Which statements are given without an encoder.
pub const ACCEPT: Accept = Accept::Cue(0.4);

/// The same where an encoder tells more, and the probabilities of the ways can be relied on one by one.
pub const ACCEPT_ENCODED: Accept = Accept::Way(0.45);

/// Rules that give a cue at least this probability see it.
const SEEN: f32 = 0.5;

/// Rules that give a cue at least this probability are sure of it.
const SURE: f32 = 0.8;

/// The log-probability given to a way that the sequence model has not among its best.
const UNLIKELY: f32 = -8.0;

/// The runs of tokens that may be a cue, by the first pass or by a rule, ascending, apart; with the main token of each.
#[must_use]
pub fn candidates(view: &View, roles: &Roles, reading: &Reading, ruled: &[Proposal]) -> Vec<(TokenRange, u32)> {
    candidates_above(LEAST, view, roles, reading, ruled)
}

/// The same, of tokens that are part of a cue with more than this probability.
#[must_use]
pub fn candidates_above(least: f32, view: &View, roles: &Roles, reading: &Reading, ruled: &[Proposal]) -> Vec<(TokenRange, u32)> {
    let mut all = runs(view, roles, reading, least);
    let learned = all.len();
    for cue in ruled.iter().filter_map(|p| p.cue.as_ref()) {
        if is_free(&all[..learned], cue.tokens) {
            all.push((cue.tokens, cue.head));
        }
    }
    let sentence = |head: u32| reading.sentences[reading.tokens[head as usize].sentence as usize].tokens;
    all.retain(|&(_, head)| sentence(head).len() <= LONGEST && !is_phrase(reading, sentence(head), head));
    all.sort_unstable();
    all.dedup_by(|next, last| next.0.begin < last.0.end);
    all
}

/// Whether nobody says anything by this word: "Having said that, ...", "That said, ..."
fn is_phrase(reading: &Reading, sentence: TokenRange, head: u32) -> bool {
    let at = head as usize;
    let before = |word: &str| at > sentence.begin as usize && reading.form(at - 1) == word;
    let that_said = before("that") && head == sentence.begin + 1 && reading.form(at + 1) == ",";
    reading.form(at) == "said" && (that_said || before("having") && reading.form(at + 1) == "that")
}

/// The runs beside `runs`, which are ascending and apart, that an encoder holds for cues.
#[must_use]
pub fn candidates_beside(runs: &[(TokenRange, u32)], view: &View, told: &Roles, reading: &Reading) -> Vec<(TokenRange, u32)> {
    let mut all = candidates_above(LEAST_TOLD, view, told, reading, &[]);
    all.retain(|&(run, _)| is_free(runs, run));
    all
}

/// Whether none of `runs`, which are ascending and apart, has one of these tokens.
fn is_free(runs: &[(TokenRange, u32)], tokens: TokenRange) -> bool {
    let at = runs.partition_point(|(run, _)| run.end <= tokens.begin);
    runs.get(at).is_none_or(|(run, _)| run.begin >= tokens.end)
}

/// For each run the proposal whose cue it meets.
#[must_use]
pub fn proposal_of<'p>(runs: &[(TokenRange, u32)], ruled: &'p [Proposal]) -> Vec<Option<&'p Proposal>> {
    let mut of_run = vec![None; runs.len()];
    for proposal in ruled {
        let Some(cue) = &proposal.cue else { continue };
        let mut at = runs.partition_point(|(run, _)| run.end <= cue.tokens.begin);
        while runs.get(at).is_some_and(|(run, _)| run.overlaps(cue.tokens)) {
            if of_run[at].is_none_or(|other: &Proposal| proposal.probability > other.probability) {
                of_run[at] = Some(proposal);
            }
            at += 1;
        }
    }
    of_run
}

/// The ways to cut out the statement of a run: the sequence model's best, and the rules' if it is not among them.
#[must_use]
pub fn ways(article: &Article<'_>, run: usize, model: &Sequence, ruled: Option<&Proposal>) -> Ways {
    let (mut found, nothing) = hypotheses(article, run, model, WAYS);
    if let Some((proposal, cue)) = ruled.and_then(|p| Some((p, p.cue.as_ref()?))) {
        let way = Hypothesis { content: proposal.content.clone(), source: proposal.source, cue: cue.tokens, log_probability: UNLIKELY };
        if !way.content.is_empty() && !found.iter().any(|h| same(article.view, h, &way)) {
            found.push(way);
        }
    }
    Ways { agreement: Agreement::of(article.view, &found), found, nothing }
}

/// The statements that stand, in the order of their content.
#[must_use]
pub fn weigh(
    text: &str,
    view: &View,
    reading: &Reading,
    ruled: &[Proposal],
    model: &Statements,
    encoder: Option<&dyn Encoder>,
) -> Vec<Chosen> {
    let roles = roles(view, reading, &model.cue);
    let (least, accept) = if encoder.is_some() { (LEAST_TO_ENCODE, ACCEPT_ENCODED) } else { (LEAST, ACCEPT) };
    let runs = candidates_above(least, view, &roles, reading, ruled);
    let evidence = encoder.map(|e| e.read(text, reading, view, &runs));
    let runs = evidence.as_ref().map_or(runs, |e| e.cues.clone());
    let article = Article::new(reading, view, &roles, &runs).with(evidence.as_ref());
    let proposals = proposal_of(&runs, ruled);
    let all: Vec<Ways> = (0..runs.len()).map(|run| ways(&article, run, &model.content, proposals[run])).collect();
    let claims = Claims::of(&all, &runs, reading.tokens.len());
    let one = |(run, ways): (usize, &Ways)| {
        if let Some(certain) = proposals[run].and_then(|p| certain(p, runs[run].0, is_prose(reading, runs[run].1))) {
            return certain;
        }
        let ruled = proposals[run].is_some_and(|p| p.probability >= SEEN);
        if !ruled && is_doubtful(view, reading, runs[run], evidence.is_some()) {
            return Ranking {
                hypotheses: Vec::new(),
                probabilities: Vec::new(),
                shares: Vec::new(),
                agreement: Agreement::default(),
                rejected: 1.0,
                plain: false,
                decided: false,
            };
        }
        let mut ranking = rank(&Compared { article: &article, run, ways, ruled: proposals[run], claims: &claims }, model);
        ranking.plain = proposals[run].is_some_and(|p| is_plain_quotation(view, p));
        ranking
    };
    let rankings: Vec<_> = all.iter().enumerate().map(one).collect();
    let said = evidence.as_ref().map_or(&[][..], |e| &e.roles.content);
    choose(&rankings, reading.tokens.len(), said, accept, model.trust)
}

/// Whether the rules see a sure cue beside words that all stand in quotation marks: then the question is only where they end.
fn is_plain_quotation(view: &View, proposal: &Proposal) -> bool {
    let quoted = |run: &TokenRange| view.look(run.begin).quoted != 0 && view.look(run.end.saturating_sub(1)).quoted != 0;
    proposal.probability >= SURE && proposal.source.is_some() && proposal.content.iter().all(quoted)
}

/// Whether a cue stands where only one that the rules see too is believed: outside running text, or as a participle that opens its sentence
/// ("Asked about the ship, she said ..." states nothing by itself). Where an encoder tells, only a participle outside running text: "Ruiz
/// considering new talks".
fn is_doubtful(view: &View, reading: &Reading, (run, head): (TokenRange, u32), told: bool) -> bool {
    let sentence = &reading.sentences[reading.tokens[head as usize].sentence as usize];
    let pos = |token: u32| Pos(view.look(token).pos as u8);
    if told {
        let mut verbs = (run.begin..run.end).map(pos).filter(|p| p.is_verb()).peekable();
        return !is_prose(reading, head) && verbs.peek().is_some() && verbs.all(|p| matches!(p.name(), "VBN" | "VBG"));
    }
    let opens = sentence.tokens.begin == head && inverted(reading, sentence.tokens).is_none();
    opens && matches!(pos(head).name(), "VBN" | "VBG" | "VBD") || !is_prose(reading, head)
}

/// Whether a token stands in running text, not in a headline, a note or a credit line.
#[must_use]
pub fn is_prose(reading: &Reading, token: u32) -> bool {
    let sentence = &reading.sentences[reading.tokens[token as usize].sentence as usize];
    reading.paragraphs[sentence.paragraph as usize].kind == ParagraphKind::Prose
}

/// The one way of a proposal that is not weighed against others, if the run is its cue: one that the text decides, or one in a headline,
/// where the learned passes have seen too little.
#[must_use]
pub fn certain(proposal: &Proposal, run: TokenRange, prose: bool) -> Option<Ranking> {
    let least = if prose { CERTAIN } else { SEEN };
    let cue = proposal.cue.as_ref().filter(|c| c.tokens.overlaps(run) && proposal.probability >= least)?;
    let way = Hypothesis { content: proposal.content.clone(), source: proposal.source, cue: cue.tokens, log_probability: 0.0 };
    (!way.content.is_empty()).then(|| Ranking {
        hypotheses: vec![way],
        probabilities: vec![0.95 * proposal.probability],
        shares: vec![0.95 * proposal.probability],
        agreement: Agreement::default(),
        rejected: 0.05,
        plain: false,
        decided: true,
    })
}
