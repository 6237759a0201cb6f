//! What is measured of each way to cut out a statement: plain numbers, for trees that choose among them.

use super::claims::Claims;
use super::consensus::Agreement;
use super::evidence::Likely;
use super::features::Article;
use super::hypothesis::{AsRuled, Hypothesis, Ways};
use super::proposal::Proposal;
use crate::cue::roles::{Roles, label};
use crate::cue::view::View;
use crate::model::hash::fingerprint;
use crate::text::{ParagraphKind, TokenRange};

/// How many measures a row has.
pub const MEASURES: usize = OF_RUN + OF_WAY + 3 * OF_PART;
const OF_RUN: usize = 26;
const OF_WAY: usize = 17;
const OF_PART: usize = 35;

/// What is measured of a way, or of there being none.
pub type Measures = [f32; MEASURES];

/// Stands for what cannot be measured: the edges of a source that is not there.
const ABSENT: f32 = f32::INFINITY;

/// Measures are kept in steps of this: what is finer is noise, and not the same on every machine.
const STEP: f32 = 1.0 / 1024.0;

/// A run that may be a cue with all that is known of it before its ways are compared.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// Its article.
    pub article: &'a Article<'a>,
    /// Its number there.
    pub run: usize,
    /// The ways to cut out its statement.
    pub ways: &'a Ways,
    /// What the rules propose for it.
    pub ruled: Option<&'a Proposal>,
    /// What the ways of all runs claim.
    pub claims: &'a Claims,
}

impl Compared<'_> {
    /// A row for each way, and one for there being none.
    #[must_use]
    pub fn measures(&self) -> Vec<Measures> {
        let likely = self.article.told(self.run).map(|t| t.likely()).unwrap_or_default();
        let probabilities = self.ways.probabilities();
        let shares = self.ways.agreement.shares(&probabilities);
        let best = shares.iter().copied().fold(0.0, f32::max);
        let of_run = self.of_run(&likely, best);
        let mut rows = Vec::with_capacity(self.ways.found.len() + 1);
        for (place, way) in self.ways.found.iter().enumerate() {
            let mut row = Row::from(&of_run);
            row.add(&[place as f32, way.log_probability, shares[place], likely.behind(way)]);
            self.of_way(way, &mut row);
            let roles = self.article.roles;
            for (role, runs, flat) in [
                (label::SOURCE, way.source.as_slice(), &roles.source),
                (label::CUE, std::slice::from_ref(&way.cue), &roles.cue),
                (label::CONTENT, way.content.as_slice(), &roles.content),
            ] {
                self.of_part(&Part { role, runs, flat, way }, &likely, &mut row);
            }
            rows.push(row.finish());
        }
        rows.push(Row::from(&of_run).finish());
        rows
    }

    /// What is the same for all ways.
    fn of_run(&self, likely: &Likely, best: f32) -> [f32; OF_RUN] {
        let Article { view, reading, roles, .. } = self.article;
        let (tokens, head) = self.article.runs[self.run];
        let sentence = &reading.sentences[reading.tokens[head as usize].sentence as usize];
        let paragraph = &reading.paragraphs[sentence.paragraph as usize];
        let most = |of: &[f32]| tokens.range().map(|i| of[i]).fold(0.0, f32::max);
        let cue = view.look(head);
        [
            roles.cue[head as usize],
            most(&roles.cue),
            most(&roles.content),
            most(&roles.source),
            tokens.range().map(|i| likely.of(i as u32, label::CUE)).fold(0.0, f32::max),
            likely.most(label::CONTENT),
            likely.most(label::SOURCE),
            likely.sum(label::CONTENT),
            likely.sum(label::SOURCE),
            likely.sum(label::CUE),
            likely.outside,
            self.ways.nothing,
            self.ruled.map_or(-1.0, |p| p.probability),
            self.ruled.map_or(-1.0, |p| p.content.len() as f32),
            self.ways.found.len() as f32,
            best,
            self.claims.on_run(tokens, self.ways),
            tokens.len() as f32,
            cue.quoted as f32,
            cue.pos as f32,
            cue.relation as f32,
            view.near(tokens.begin as usize, -1).pos as f32,
            view.look(tokens.end).pos as f32,
            f32::from(paragraph.kind == ParagraphKind::Prose),
            f32::from(view.near(tokens.begin as usize, -1).quoted as u8 % 4),
            f32::from(view.look(tokens.end).quoted as u8 % 4),
        ]
    }

    /// What is measured of a way as a whole.
    fn of_way(&self, way: &Hypothesis, row: &mut Row) {
        let Article { view, roles, reading, .. } = self.article;
        let (begin, end) = (way.content[0].begin as usize, way.content[way.content.len() - 1].end as usize);
        let sum = |range: std::ops::Range<usize>| range.map(|i| roles.content[i]).sum::<f32>();
        let within: f32 = way.content.iter().map(|c| sum(c.range())).sum();
        let words: usize = way.content.iter().map(|c| c.len()).sum();
        let quoted = way.content.iter().flat_map(|c| c.range()).filter(|&i| !view.looks[i].quoted.is_multiple_of(4)).count();
        row.add(&[
            sum(begin..end) - within,
            sum(begin.saturating_sub(NEAR)..begin),
            sum(end..(end + NEAR).min(reading.tokens.len())),
            quoted as f32 / words as f32,
        ]);
        row.add(&self.ruled.map_or([-1.0; 6], |rule| {
            let AsRuled { content, edges, source, cue } = way.as_ruled(rule);
            let parts = u8::from(content) + u8::from(source) + u8::from(cue);
            let whole = if content && source { rule.probability } else { 0.0 };
            [f32::from(content), f32::from(edges), f32::from(source), f32::from(cue), f32::from(parts), whole]
        }));
        row.add(&self.claims.on_way(way, self.article.runs[self.run].1, self.ways));
    }

    /// What is measured of a way's source, cue or content.
    fn of_part(&self, part: &Part<'_>, likely: &Likely, row: &mut Row) {
        let Article { view, reading, .. } = self.article;
        let Part { role, runs, flat, way } = *part;
        let (lacking, left) = likely.missed(runs, role);
        let count: usize = runs.iter().map(|r| r.len()).sum();
        let flat_lacking: f32 = runs.iter().flat_map(|r| r.range()).map(|i| 1.0 - flat[i]).sum();
        let each = |sum: f32| sum / count.max(1) as f32;
        row.add(&[lacking, left, count as f32, runs.len() as f32, flat_lacking, each(flat_lacking), each(lacking)]);
        let Some((first, last)) = runs.first().zip(runs.last()) else {
            row.add(&[ABSENT; OF_PART - 7]);
            return;
        };
        let edges = [first.begin.wrapping_sub(1), first.begin, last.end - 1, last.end];
        row.add(&edges.map(|t| likely.of(t, role)));
        row.add(&edges.map(|t| flat.get(t as usize).copied().unwrap_or(0.0)));
        row.add(&edges.map(|t| view.look(t).pos as f32));
        row.add(&edges.map(|t| (view.look(t).quoted % 4) as f32));
        let cut = |t: u32| way.cut_off(view, runs, t) as f32;
        row.add(&[cut(last.end), cut(edges[0]), cut(last.end.saturating_add(1))]);
        let (a, b) = (view.counts[first.begin as usize], view.counts[last.end as usize]);
        row.add(&[b.verbs - a.verbs, b.phrases - a.phrases, b.commas - a.commas, b.marks - a.marks].map(|n| n as f32));
        let sentence = |t: u32| reading.tokens[t as usize].sentence;
        let (s, e, own) = (sentence(first.begin), sentence(last.end - 1), sentence(way.cue.begin));
        let to_end = reading.sentences[e as usize].tokens.end as f32 - last.end as f32;
        row.add(&[
            if first.begin >= way.cue.end { (first.begin - way.cue.end) as f32 } else { last.end as f32 - way.cue.begin as f32 - 1.0 },
            (first.begin - reading.sentences[s as usize].tokens.begin) as f32,
            to_end,
            (e - s) as f32,
            s as f32 - own as f32,
        ]);
    }
}

/// So many tokens beside a content are looked at.
const NEAR: usize = 12;

/// The source, cue or content of a way.
struct Part<'a> {
    role: u8,
    runs: &'a [TokenRange],
    /// How likely each token of the article has the role in whatever statement.
    flat: &'a [f32],
    way: &'a Hypothesis,
}

/// A row that is being filled; what is not filled is absent.
struct Row {
    values: Measures,
    filled: usize,
}

impl Row {
    fn from(run: &[f32; OF_RUN]) -> Row {
        let mut row = Row { values: [ABSENT; MEASURES], filled: 0 };
        row.add(run);
        row
    }

    fn add(&mut self, values: &[f32]) {
        self.values[self.filled..self.filled + values.len()].copy_from_slice(values);
        self.filled += values.len();
    }

    fn finish(mut self) -> Measures {
        debug_assert!(matches!(self.filled, OF_RUN | MEASURES), "{} measures", self.filled);
        self.values.iter_mut().for_each(|v| *v = (*v / STEP).round() * STEP);
        self.values
    }
}

/// Of the measures.
#[must_use]
pub fn trees_fingerprint() -> u32 {
    let values = probe(|compared| compared.measures().into_iter().flatten().collect::<Vec<f32>>());
    // Values in eighths: the last bit of a logarithm is not the same on every machine.
    fingerprint(values.into_iter().map(|value| (value * 8.0).round() as i32 as u32))
}

/// What a function makes of two ways in a text whose tokens all look unlike each other.
pub(super) fn probe<T>(of: impl FnOnce(&Compared<'_>) -> T) -> T {
    let reading = crate::text::read("One two three, four five six. Seven eight nine ten.");
    let view = View::probe(&reading);
    let shares: Vec<f32> = (0..reading.tokens.len()).map(|i| i as f32 / 16.0).collect();
    let roles = Roles { source: shares.clone(), cue: shares.clone(), cue_begins: shares.clone(), content: shares };
    let runs = [(TokenRange::new(1, 2), 1)];
    let article = Article::new(&reading, &view, &roles, &runs);
    let (first, second, third) = (TokenRange::new(0, 1), TokenRange::new(2, 6), TokenRange::new(8, 10));
    let proposal = Proposal { cue: None, source: Some(first), content: vec![second], probability: 0.7 };
    let way = |source, content| Hypothesis { content, source, cue: runs[0].0, log_probability: -1.0 };
    let found = vec![way(Some(first), vec![second, third]), way(None, vec![second])];
    let ways = Ways { agreement: Agreement::of(&view, &found), found, nothing: -2.0 };
    let claims = Claims::of(std::slice::from_ref(&ways), &runs, reading.tokens.len());
    of(&Compared { article: &article, run: 0, ways: &ways, ruled: Some(&proposal), claims: &claims })
}
