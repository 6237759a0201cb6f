//! Statements of a damaged article beside those of the undamaged one.

use std::ops::Range;

use sayso::{Extraction, Extractor, Span, Statement};
use sayso_corpus::score::{CharSpan, GoldAttribution, GoldDocument, PredictedRole, Prediction, align};
use sayso_corpus::{OffsetIndex, Offsets};

use super::edits::Damaged;
use super::original::Original;
use crate::corpora::Result;

/// What a damaged article is compared by: the statements of the undamaged one as gold, its own as predictions, both in the original.
pub struct Compared {
    /// The gold, and the same of the damaged paragraphs alone.
    pub gold: [GoldDocument; 2],
    /// The predictions, and the same of the damaged paragraphs alone.
    pub predicted: [Vec<Prediction>; 2],
    /// Contents that go on in a paragraph where no undamaged one goes on, in the words of the damaged text.
    pub swallowed: Vec<String>,
}

/// A statement's roles as bytes of the original.
struct Roles {
    source: Vec<Range<usize>>,
    cue: Vec<Range<usize>>,
    content: Vec<Range<usize>>,
}

impl Roles {
    fn new(statement: &Statement, back: impl Fn(Span) -> Range<usize>) -> Roles {
        let kept = |spans: &mut dyn Iterator<Item = Span>| spans.map(&back).filter(|r| !r.is_empty()).collect();
        Roles {
            source: kept(&mut statement.source.into_iter()),
            cue: kept(&mut statement.cue.iter().map(|c| c.span)),
            content: kept(&mut statement.content.iter().copied()),
        }
    }

    fn touches(&self, zone: &[Range<usize>]) -> bool {
        let mut all = self.content.iter().chain(&self.cue);
        all.any(|r| zone.iter().any(|z| r.start < z.end && z.start < r.end))
    }

    fn end(&self) -> usize {
        self.content.iter().chain(&self.cue).chain(&self.source).map(|r| r.end).max().unwrap_or(0)
    }
}

/// Compares what is found in a damaged article; `name` tells it from its other versions.
pub fn compare(extractor: &Extractor, original: &Original, damaged: &Damaged, name: &str) -> Compared {
    let found = extractor.extract(&damaged.text);
    let mut golds = roles(&original.extraction, Span::range);
    let mut predictions = roles(&found, |span| damaged.back(span.range()));
    let swallowed = swallowed(original, damaged, &golds, &predictions, |at| found.statements[at].content.text(&damaged.text));
    // What the end that is lost took with it is not asked for.
    if let Some(cut) = damaged.edits.last().filter(|e| e.with.is_empty() && e.at.end == original.text.len()).map(|e| e.at.start) {
        let cut_off: Vec<Range<usize>> = golds.iter().filter(|g| g.end() > cut).flat_map(|g| g.content.clone()).collect();
        golds.retain(|g| g.end() <= cut);
        predictions.retain(|p| !p.touches(&cut_off));
    }
    let zone = zone(original, damaged);
    let index = OffsetIndex::new(&original.text, Offsets::Chars);
    let near = |all: &[Roles]| -> Vec<usize> { (0..all.len()).filter(|i| all[*i].touches(&zone)).collect() };
    let gold = |kept: &[usize]| GoldDocument {
        id: name.to_owned(),
        publisher: None,
        text: original.text.clone(),
        attributions: kept.iter().map(|&i| attribution(&index, i, &golds[i])).collect(),
    };
    let predicted = |kept: &[usize]| kept.iter().map(|&i| prediction(&index, name, &predictions[i])).collect();
    let all = |roles: &[Roles]| (0..roles.len()).collect::<Vec<_>>();
    Compared {
        gold: [gold(&all(&golds)), gold(&near(&golds))],
        predicted: [predicted(&all(&predictions)), predicted(&near(&predictions))],
        swallowed,
    }
}

impl Compared {
    /// The statements of the damaged paragraphs that are lost, and those that are new, in words of the original.
    pub fn differences(&self) -> Result<Vec<String>> {
        let (gold, predicted) = (&self.gold[1], &self.predicted[1]);
        let chars: Vec<char> = gold.text.chars().collect();
        let words = |spans: &[CharSpan]| spans.iter().map(|s| chars[s[0]..s[1]].iter().collect()).collect::<Vec<String>>().join(" … ");
        let line = |sign, source: &[CharSpan], cue: &[CharSpan], content: &[CharSpan]| {
            format!("  {sign} [{}] [{}] {}", words(source), words(cue), words(content))
        };
        let paired = align(gold, predicted).map_err(|e| e.to_string())?.pairs;
        let mut lines = Vec::new();
        for (i, g) in gold.attributions.iter().enumerate().filter(|(i, _)| !paired.iter().any(|p| p.right && p.gold == *i)) {
            lines.push((g.content.first().copied(), line('-', &g.source, &g.cue, &g.content), i));
        }
        let of = |role: &Option<PredictedRole>| role.as_ref().and_then(|r| r.spans.clone()).unwrap_or_default();
        for (i, p) in predicted.iter().enumerate().filter(|(i, _)| !paired.iter().any(|p| p.right && p.predicted == *i)) {
            lines.push((of(&p.content).first().copied(), line('+', &of(&p.source), &of(&p.cue), &of(&p.content)), i));
        }
        lines.sort();
        Ok(lines.into_iter().map(|(_, line, _)| line).collect())
    }
}

fn roles(extraction: &Extraction, back: impl Fn(Span) -> Range<usize> + Copy) -> Vec<Roles> {
    extraction.statements.iter().map(|s| Roles::new(s, back)).collect()
}

/// The paragraphs of the original that the damage befell, those on both sides of a break included.
pub fn zone(original: &Original, damaged: &Damaged) -> Vec<Range<usize>> {
    let mut touched: Vec<usize> = Vec::new();
    for edit in &damaged.edits {
        touched.extend(original.paragraph(edit.at.start)..=original.paragraph(edit.at.end));
    }
    touched.dedup();
    touched.into_iter().filter_map(|p| original.paragraphs.get(p).cloned()).collect()
}

/// Whether the damage is that a paragraph and the next are one.
pub fn joins(original: &Original, damaged: &Damaged, paragraph: usize) -> bool {
    let end = original.paragraphs[paragraph].end;
    damaged.edits.iter().any(|e| e.at.start == end && !e.at.is_empty() && !e.with.contains('\n'))
}

/// The contents that go from one paragraph of the original into the next, where no undamaged content does.
fn swallowed(
    original: &Original,
    damaged: &Damaged,
    golds: &[Roles],
    predictions: &[Roles],
    words: impl Fn(usize) -> String,
) -> Vec<String> {
    let pairs = |roles: &Roles| -> Vec<(usize, usize)> {
        let touched = roles.content.iter().flat_map(|r| original.paragraph(r.start)..=original.paragraph(r.end - 1));
        let mut touched: Vec<usize> = touched.collect();
        touched.dedup();
        touched.windows(2).map(|w| (w[0], w[1])).collect()
    };
    let known: Vec<(usize, usize)> = golds.iter().flat_map(pairs).collect();
    let new = |at: &usize| pairs(&predictions[*at]).iter().any(|pair| !known.contains(pair) && !joins(original, damaged, pair.0));
    (0..predictions.len()).filter(new).map(words).collect()
}

fn chars(index: &OffsetIndex<'_>, ranges: &[Range<usize>]) -> Vec<CharSpan> {
    ranges.iter().map(|r| [index.at(r.start as u32) as usize, index.at(r.end as u32) as usize]).collect()
}

fn attribution(index: &OffsetIndex<'_>, at: usize, roles: &Roles) -> GoldAttribution {
    let spans = |ranges: &[Range<usize>]| chars(index, ranges);
    GoldAttribution { id: at.to_string(), source: spans(&roles.source), cue: spans(&roles.cue), content: spans(&roles.content) }
}

fn prediction(index: &OffsetIndex<'_>, document: &str, roles: &Roles) -> Prediction {
    let role = |ranges: &[Range<usize>]| Some(PredictedRole { spans: Some(chars(index, ranges)), text: None });
    Prediction {
        document: document.to_owned(),
        content: role(&roles.content),
        cue: role(&roles.cue),
        source: role(&roles.source),
        ..Prediction::default()
    }
}
