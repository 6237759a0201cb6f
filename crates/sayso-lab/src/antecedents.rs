//! Learns what a pronoun stands for: a log-linear ranking of the candidates that the speaker stage sees.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;

use sayso::Extractor;
use sayso::speaker::{ANTECEDENT_FEATURES, RankedPronoun, rankings};
use sayso_corpus::score::{GoldDocument, SpeakerNote, same_speakers};

use crate::coreference;
use crate::corpora::{Result, Shared};
use crate::speakers::GoldLayers;

/// Where the weights go.
const TABLE: &str = "crates/sayso-en/lexicon/antecedents.tsv";
const ROUNDS: usize = 600;
const STEP: f32 = 0.5;
const DECAY: f32 = 3e-2;

/// A pronoun's candidates, and which of them are right.
pub struct Example {
    /// Whether it stands for one person.
    pub personal: bool,
    /// The features of each candidate.
    pub candidates: Vec<Vec<f32>>,
    /// Whether it is what the pronoun stands for.
    pub right: Vec<bool>,
}

/// Learns the weights from the pronouns of annotated articles and writes the table.
pub fn fit(shared: &Shared, extractor: &Extractor, articles: &[GoldDocument], notes: &[SpeakerNote]) -> Result<()> {
    let examples = examples(extractor, articles, notes);
    let others = coreference::examples(shared, extractor)?;
    let mut rows: Vec<String> = Vec::new();
    for (sort, personal) in [("person", true), ("other", false)] {
        let own: Vec<&Example> = examples.iter().filter(|e| e.personal == personal).collect();
        // In running text "it" and "they" mostly stand for things that say nothing: those do not help.
        let more: Vec<&Example> = others.iter().filter(|e| personal && e.personal).collect();
        let weights = learn(&own, &more);
        let count = |all: &[&Example]| all.iter().filter(|e| e.right[best(e, &weights)]).count();
        eprintln!("{sort}: {} of {} pronouns of running text (GUM) right after learning", count(&more), more.len());
        let right = own.iter().filter(|e| e.right[best(e, &weights)]).count();
        eprintln!("{sort}: {} pronouns, {right} right after learning", own.len());
        rows.extend(ANTECEDENT_FEATURES.iter().zip(&weights).map(|(name, w)| format!("{sort} {name}\t{w:.3}")));
    }
    rows.sort();
    let mut table = String::from("# Weights of the ranking of what a pronoun stands for.\n");
    table.push_str(
        "# Source: learned by sayso-lab from the speakers annotated on PolNeAR's training articles and from GUM's coreference.\n# Licence: MIT OR Apache-2.0.\n",
    );
    for row in rows {
        writeln!(table, "{row}").map_err(|e| e.to_string())?;
    }
    fs::write(TABLE, table).map_err(|e| format!("{TABLE}: {e}"))
}

fn examples(extractor: &Extractor, articles: &[GoldDocument], notes: &[SpeakerNote]) -> Vec<Example> {
    let known: HashMap<(&str, &str), &SpeakerNote> = notes.iter().map(|n| ((n.doc.as_str(), n.id.as_str()), n)).collect();
    let mut examples = Vec::new();
    for article in articles {
        let layers = GoldLayers::of(extractor, article);
        let ranked = rankings(&article.text, &layers.reading, &layers.quotes, &layers.tags, &layers.drafts, extractor.model());
        for RankedPronoun { draft, personal, candidates, .. } in ranked {
            let Some(draft) = draft else { continue };
            let id = article.attributions[layers.order[draft]].id.as_str();
            let Some(note) = known.get(&(article.id.as_str(), id)) else { continue };
            let right: Vec<bool> = candidates.iter().map(|c| same_speakers(&note.speakers, &[&c.name])).collect();
            if right.contains(&true) && right.contains(&false) {
                examples.push(Example { personal, candidates: candidates.into_iter().map(|c| c.features).collect(), right });
            }
        }
    }
    examples
}

fn score(features: &[f32], weights: &[f32]) -> f32 {
    features.iter().zip(weights).map(|(f, w)| f * w).sum()
}

fn best(example: &Example, weights: &[f32]) -> usize {
    let scores: Vec<f32> = example.candidates.iter().map(|c| score(c, weights)).collect();
    (0..scores.len()).fold(0, |best, i| if scores[i] > scores[best] { i } else { best })
}

/// How much a pronoun of running text counts against one that is the source of a statement.
const SHARE: f32 = 0.3;

/// Gradient ascent on the logarithm of the right candidates' share, with weight decay.
fn learn(own: &[&Example], others: &[&Example]) -> Vec<f32> {
    let mut weights = vec![0.0f32; ANTECEDENT_FEATURES.len()];
    let count = (own.len() as f32 + SHARE * others.len() as f32).max(1.0);
    let all = || own.iter().map(|e| (e, 1.0)).chain(others.iter().map(|e| (e, SHARE)));
    for _ in 0..ROUNDS {
        let mut gradient = vec![0.0f32; weights.len()];
        for (example, worth) in all() {
            let scores: Vec<f32> = example.candidates.iter().map(|c| score(c, &weights).exp()).collect();
            let sum: f32 = scores.iter().sum();
            let right: f32 = scores.iter().zip(&example.right).filter(|(_, r)| **r).map(|(s, _)| s).sum();
            for ((candidate, s), is_right) in example.candidates.iter().zip(&scores).zip(&example.right) {
                let pull = worth * (if *is_right { s / right } else { 0.0 } - s / sum);
                for (g, f) in gradient.iter_mut().zip(candidate) {
                    *g += pull * f;
                }
            }
        }
        for (w, g) in weights.iter_mut().zip(&gradient) {
            *w += STEP * (g / count - DECAY * *w);
        }
    }
    weights
}
