//! The annotated sets, and what an extractor predicts on them.

use std::path::Path;

use clap::ValueEnum;
use rayon::prelude::*;
use sayso::{Extractor, Model};
use sayso_corpus::score::{GoldDocument, Prediction, SpeakerNote, read_gold, read_speaker_notes};
use sayso_corpus::{Offsets, StatementRecord};

use crate::corpora::{Article, Result, Shared};

/// A set of annotated articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Set {
    /// PolNeAR's development articles: to choose between variants.
    PolnearDev,
    /// Wikinews: another house style.
    WikinewsDev,
    /// The article that the project began with.
    Seed,
    /// PolNeAR's training articles: to learn on.
    PolnearTrain,
}

impl Set {
    /// The sets that are scored: none of them is trained on.
    pub const SCORED: [Set; 3] = [Set::PolnearDev, Set::WikinewsDev, Set::Seed];

    /// Its name in the results.
    pub fn name(self) -> &'static str {
        match self {
            Set::PolnearDev => "polnear-dev",
            Set::WikinewsDev => "wikinews-dev",
            Set::Seed => "seed",
            Set::PolnearTrain => "polnear-train",
        }
    }

    fn files(self) -> (&'static str, &'static str) {
        match self {
            Set::PolnearDev => ("polnear/dev.jsonl", "polnear/dev-speakers.jsonl"),
            Set::WikinewsDev => ("wikinews/dev.jsonl", "wikinews/dev-speakers.jsonl"),
            Set::Seed => ("seed/gold.jsonl", "seed/speakers.jsonl"),
            Set::PolnearTrain => ("polnear/train.jsonl", "polnear/train-speakers.jsonl"),
        }
    }

    /// Its articles, as a trainer reads them.
    pub fn articles(self, shared: &Shared) -> Result<Vec<Article>> {
        shared.articles(self.files().0)
    }

    /// Its articles, as the scorer reads them.
    pub fn gold(self, shared: &Shared) -> Result<Vec<GoldDocument>> {
        read_gold(&shared.path(self.files().0)).map_err(|e| e.to_string())
    }

    /// What is annotated of its speakers.
    pub fn speakers(self, shared: &Shared) -> Result<Vec<SpeakerNote>> {
        read_speaker_notes(&shared.path(self.files().1)).map_err(|e| e.to_string())
    }
}

/// A model that ships.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Shipped {
    /// The linear one.
    #[default]
    Fast,
    /// The one with an encoder.
    Accurate,
}

impl Shipped {
    /// An extractor over it.
    pub fn extractor(self) -> Extractor {
        match self {
            Shipped::Fast => Extractor::english(),
            Shipped::Accurate => Extractor::english_accurate(),
        }
    }
}

/// The extractor that ships, or one over the weights of a file.
pub fn extractor(model: Option<&Path>) -> Result<Extractor> {
    model.map_or_else(|| Ok(Extractor::english()), |path| read_model(path).map(Extractor::new))
}

/// The model of a file.
pub fn read_model(path: &Path) -> Result<Model> {
    let named = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let bytes = std::fs::read(path).map_err(|e| named(&e))?;
    Model::read(bytes).map_err(|e| named(&e))
}

/// The model that ships with the sections of a file in the place of its own.
pub fn read_overlaid(path: &Path) -> Result<Model> {
    let named = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let bytes = std::fs::read(path).map_err(|e| named(&e))?;
    Model::english_overlaid(bytes).map_err(|e| named(&e))
}

/// The statements of each article, as the scorer takes them.
pub fn predict(extractor: &Extractor, articles: &[GoldDocument]) -> Vec<Vec<Prediction>> {
    let one = |article: &GoldDocument| {
        let extraction = extractor.extract(&article.text);
        StatementRecord::all(&article.id, &article.text, &extraction, Offsets::Chars).iter().map(Prediction::from).collect()
    };
    articles.par_iter().map(one).collect()
}
