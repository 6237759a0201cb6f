//! Trains the two sequence models: roles over the whole article, then one statement given its cue.

use std::time::Instant;

use rayon::prelude::*;
use sayso::content::features::{Article as Seen, content_fingerprint};
use sayso::content::weigh::{ACCEPT, ACCEPT_ENCODED, LEAST_TO_ENCODE, candidates, candidates_above};
use sayso::content::{Encoder, Evidence, Proposal, window};
use sayso::cue::features::{cue_fingerprint, features};
use sayso::cue::roles::{LABELS, Roles, label, roles};
use sayso::cue::view::{CLASSES, View};
use sayso::model::{Grammar, Lexicon, Section};
use sayso::text::{Reading, TokenRange};

use crate::corpora::Article;
use crate::crf::{Item, Settings, Trainer};
use crate::gold::{Attribution, attributions, paint};
use crate::ranker::{self, Group, groups};
use crate::trust;

/// How the first pass is trained.
pub const FIRST: Settings = Settings { bits: 18, labels: LABELS, classes: CLASSES, passes: 5, rate: 0.03, drop: 0.3, decay: 1e-3 };

/// How the second pass is trained.
pub const SECOND: Settings = Settings { bits: 19, labels: LABELS, classes: CLASSES, passes: 6, rate: 0.02, drop: 0.3, decay: 1e-3 };

/// Features that occur less often are forgotten: they would be learned by heart.
const LEAST: u8 = 5;

/// An article on its way through training.
#[derive(Clone)]
pub struct Document {
    /// Its tokens.
    pub reading: Reading,
    /// Its tokens' looks.
    pub view: View,
    /// Its gold attributions.
    pub gold: Vec<Attribution>,
    /// What the first pass found, trained on other articles.
    pub roles: Roles,
    /// What the rules propose.
    pub ruled: Vec<Proposal>,
    /// The runs that may be cues.
    pub runs: Vec<(TokenRange, u32)>,
    /// What an encoder that was trained on other articles tells of them.
    pub evidence: Option<Evidence>,
}

impl Document {
    /// An article made ready.
    pub fn new(article: &Article, grammar: &Grammar, lexicon: &Lexicon) -> Document {
        let reading = sayso::text::read(&article.text);
        let quotes = sayso::quote::find(&article.text, &reading);
        let tags = sayso::tag::tag_with(&article.text, &reading, grammar, lexicon);
        let cues = sayso::cue::detect_with(&article.text, &reading, &quotes, &tags, lexicon);
        let ruled = sayso::content::ruled(&article.text, &reading, &quotes, &tags, &cues, lexicon);
        let view = View::of(&article.text, &reading, &quotes, &tags);
        let gold = attributions(article, &reading);
        Document { reading, view, gold, roles: Roles::default(), ruled, runs: Vec::new(), evidence: None }
    }

    /// Takes up what the first pass found.
    pub fn take(&mut self, roles: Roles) {
        self.runs = candidates(&self.view, &roles, &self.reading, &self.ruled);
        self.roles = roles;
    }

    /// Takes up what an encoder tells of the document's text.
    pub fn hear(&mut self, text: &str, encoder: &dyn Encoder) {
        let runs = candidates_above(LEAST_TO_ENCODE, &self.view, &self.roles, &self.reading, &self.ruled);
        let evidence = encoder.read(text, &self.reading, &self.view, &runs);
        self.runs.clone_from(&evidence.cues);
        self.evidence = Some(evidence);
    }

    /// The article as the second and third pass see it.
    pub fn seen(&self) -> Seen<'_> {
        Seen::new(&self.reading, &self.view, &self.roles, &self.runs).with(self.evidence.as_ref())
    }

    /// The roles of all tokens in all gold attributions.
    pub fn role_labels(&self) -> Vec<u8> {
        let mut labels = vec![label::OUTSIDE; self.reading.tokens.len()];
        for gold in &self.gold {
            paint(&gold.content, label::CONTENT, 0, &mut labels);
        }
        for gold in &self.gold {
            paint(&gold.source, label::SOURCE, 0, &mut labels);
            paint(&gold.cue, label::CUE, 0, &mut labels);
        }
        labels
    }

    /// The roles of a window's tokens in the gold attribution whose cue a run is.
    pub fn statement_labels(&self, run: TokenRange, window: TokenRange) -> Vec<u8> {
        let mut labels = vec![label::OUTSIDE; window.len()];
        if let Some(gold) = self.gold_of(run) {
            paint(&gold.content, label::CONTENT, window.begin, &mut labels);
            paint(&gold.source, label::SOURCE, window.begin, &mut labels);
            paint(&gold.cue, label::CUE, window.begin, &mut labels);
        }
        labels
    }

    /// The article as a chain of roles.
    pub fn roles_item(&self) -> Item {
        let labels = self.role_labels();
        let mut item = Item::default();
        let mut out = Vec::new();
        for (at, &gold) in labels.iter().enumerate() {
            features(&self.view, &self.reading, at, &mut out);
            item.push(&out, self.view.looks[at].class, gold);
        }
        item
    }

    /// The gold attribution that a run of tokens is the cue of.
    pub fn gold_of(&self, run: TokenRange) -> Option<&Attribution> {
        self.gold.iter().find(|g| g.cue.iter().any(|c| c.overlaps(run)))
    }

    /// One chain for each run that may be a cue.
    pub fn statement_items(&self) -> Vec<Item> {
        let seen = self.seen();
        let mut out = Vec::new();
        let one = |(index, &(run, head)): (usize, &(TokenRange, u32))| {
            let window = window(&self.view, &self.reading, head);
            let labels = self.statement_labels(run, window);
            let anchored = seen.anchored(index);
            let mut item = Item::default();
            for at in window.range() {
                anchored.features(at, &mut out);
                item.push(&out, self.view.looks[at].class, labels[at - window.begin as usize]);
            }
            item.evidence = seen.told(index).map(|t| t.scores.to_vec()).unwrap_or_default();
            item
        };
        self.runs.iter().enumerate().map(one).collect()
    }
}

/// Trains the first pass on all but every `folds`-th document, for each remainder, and lets each model read what it has not seen.
pub fn jackknife_roles(documents: &mut [Document], items: &[Item], folds: usize) {
    let found: Vec<Vec<(usize, Roles)>> = (0..folds)
        .into_par_iter()
        .map(|fold| {
            let mut trainer = Trainer::new(FIRST);
            let seen: Vec<&Item> = items.iter().enumerate().filter(|(i, _)| i % folds != fold).map(|(_, item)| item).collect();
            trainer.train(&seen, 11);
            let model = trainer.model();
            let held = documents.iter().enumerate().filter(|(i, _)| i % folds == fold);
            held.map(|(i, d)| (i, roles(&d.view, &d.reading, &model))).collect()
        })
        .collect();
    for (at, roles) in found.into_iter().flatten() {
        documents[at].take(roles);
    }
}

/// Lets the first pass, jackknifed, read all documents; gives their chains of roles.
pub fn jackknifed(documents: &mut [Document]) -> Vec<Item> {
    let mut items: Vec<Item> = documents.par_iter().map(Document::roles_item).collect();
    Trainer::prune(&mut items, LEAST);
    jackknife_roles(documents, &items, 3);
    items
}

/// Trains all three passes; the documents come back with what the first pass, jackknifed, found in them.
pub fn train(documents: &mut [Document]) -> Vec<Section> {
    let begun = Instant::now();
    let items = jackknifed(documents);
    let mut first = Trainer::new(FIRST);
    let loss = first.train(&items.iter().collect::<Vec<_>>(), 11);
    eprintln!("cue: loss {loss:.4} a token; {:.0?}", begun.elapsed());
    drop(items);
    let mut sections = train_statements(documents, 1);
    sections.push(first.section("cue", cue_fingerprint()));
    sections
}

/// Trains the second and third pass on documents that the first pass, jackknifed, has read.
///
/// `times`: how often each document is among them, each time with what other encoders tell, so that no pass relies on one encoder's errors.
pub fn train_statements(documents: &[Document], times: usize) -> Vec<Section> {
    let begun = Instant::now();
    let mut items: Vec<Vec<Item>> = documents.par_iter().map(Document::statement_items).collect();
    Trainer::prune(items.iter_mut().flatten(), LEAST * times as u8);
    let groups = jackknife_ways(documents, &items, 2);
    eprintln!("rank: {} cues; {:.0?}", groups.len(), begun.elapsed());
    let accept = if documents.iter().any(|d| d.evidence.is_some()) { ACCEPT_ENCODED } else { ACCEPT };
    let ((ranker, trust), second) = rayon::join(
        || {
            let all: Vec<&Group> = groups.iter().collect();
            (ranker::train(&all), trust::trust(&groups, accept))
        },
        || {
            let mut second = Trainer::new(SECOND);
            let loss = second.train(&items.iter().flatten().collect::<Vec<_>>(), 12);
            eprintln!("content: {} chains, loss {loss:.4} a token; {:.0?}", items.iter().map(Vec::len).sum::<usize>(), begun.elapsed());
            second
        },
    );
    eprintln!("{trust:?}");
    let trust = trust::section(trust);
    vec![second.section("content", content_fingerprint()), ranker.section(), trust]
}

/// The ranker's groups, each document's from a second pass that was trained on the others.
fn jackknife_ways(documents: &[Document], items: &[Vec<Item>], folds: usize) -> Vec<Group> {
    let one = |fold: usize| {
        let mut trainer = Trainer::new(SECOND);
        let seen: Vec<&Item> = items.iter().enumerate().filter(|(i, _)| i % folds != fold).flat_map(|(_, items)| items).collect();
        trainer.train(&seen, 12);
        let model = trainer.model();
        let held = documents.iter().enumerate().filter(|(i, _)| i % folds == fold);
        held.flat_map(|(_, d)| groups(d, &model)).collect::<Vec<Group>>()
    };
    (0..folds).into_par_iter().map(one).collect::<Vec<_>>().into_iter().flatten().collect()
}
