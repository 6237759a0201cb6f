//! Trains the tagger and the parser, once for shipping and once for each fold of the articles.

use std::borrow::Cow;
use std::time::Instant;

use rayon::prelude::*;
use sayso::model::{File, Grammar, MoveRows, Section, TagRows};
use sayso::tag::features::tagger_fingerprint;
use sayso::tag::parser::{MOVES, parser_fingerprint};

use crate::corpora::{Result, Shared, Tree};
use crate::random::Random;
use crate::{parser, tagger};

/// How many passes over the treebanks.
const PASSES: usize = 5;

/// The treebanks that grammars are trained on.
pub struct Treebanks {
    /// EWT and GUM.
    pub gold: Vec<Tree>,
    /// The silver parses of PolNeAR train, by article.
    pub silver: Vec<(String, Vec<Tree>)>,
}

impl Treebanks {
    /// Reads them.
    pub fn read(shared: &Shared) -> Result<Treebanks> {
        let mut gold = shared.treebank("ud/ewt-train.conllu.xz")?;
        gold.extend(shared.treebank("ud/gum-train.conllu.xz")?);
        Ok(Treebanks { gold, silver: shared.silver("polnear-silver/train.conll.xz")? })
    }

    /// All sentences but those of the silver articles that `skip` names.
    pub fn trees(&self, skip: impl Fn(&str) -> bool) -> Vec<&Tree> {
        let silver = self.silver.iter().filter(|(id, _)| !skip(id)).flat_map(|(_, trees)| trees);
        self.gold.iter().chain(silver).collect()
    }
}

/// Trains a tagger, and a parser on what that tagger says.
pub fn train(trees: &[&Tree]) -> (Section, Section) {
    let tag = train_tagger(trees);
    let weights = TagRows::read(&tag).unwrap_or_else(|e| unreachable!("a section just written: {e}"));
    let parse = train_parser(trees, &weights);
    (tag, parse)
}

fn train_tagger(trees: &[&Tree]) -> Section {
    let examples = tagger::examples(trees);
    let mut perceptron = tagger::Perceptron::new(18);
    let mut random = Random::new(1);
    for _ in 0..PASSES {
        perceptron.pass(&examples, &mut random);
    }
    // A step of 1 is twice as large and 0.2 points better; 4 loses a point.
    let bytes = TagRows::quantise(&perceptron.averaged(), sayso::tag::TAGS.len(), 18, 2.0);
    Section { name: "tag".to_owned(), fingerprint: tagger_fingerprint(), bytes: Cow::Owned(bytes) }
}

fn train_parser(trees: &[&Tree], tagger: &TagRows) -> Section {
    let examples = parser::examples(trees, tagger);
    let mut perceptron = parser::Perceptron::new(18);
    let mut random = Random::new(2);
    for pass in 0..PASSES {
        perceptron.pass(&examples, &mut random, pass > 0);
    }
    let bytes = MoveRows::quantise(&perceptron.averaged(), MOVES, 18, PARSER_STEP);
    Section { name: "parse".to_owned(), fingerprint: parser_fingerprint(), bytes: Cow::Owned(bytes) }
}

/// One step of the parser's 8-bit weights.
const PARSER_STEP: f32 = 4.0;

/// Grammars for the articles of each fold, trained without them.
pub fn jackknife(treebanks: &Treebanks, folds: &[Vec<String>]) -> Vec<File> {
    let one = |held: &Vec<String>| {
        let held: std::collections::BTreeSet<&str> = held.iter().map(String::as_str).collect();
        let (tag, parse) = train(&treebanks.trees(|id| held.contains(id)));
        File { made_from: String::new(), sections: vec![tag, parse] }
    };
    folds.par_iter().map(one).collect()
}

/// Tags right and heads right on the development treebanks, as lines for the results.
pub fn figures(shared: &Shared, grammar: &Grammar) -> Result<Vec<String>> {
    let begun = Instant::now();
    let mut lines = Vec::new();
    let silver: Vec<Tree> = shared.silver("polnear-silver/dev.conll.xz")?.into_iter().flat_map(|(_, trees)| trees).collect();
    let sets = [
        ("ewt-dev", shared.treebank("ud/ewt-dev.conllu.xz")?),
        ("gum-dev", shared.treebank("ud/gum-dev.conllu.xz")?),
        ("silver-dev", silver),
    ];
    for (name, trees) in sets {
        let trees: Vec<&Tree> = trees.iter().collect();
        let (right, all) = tagger::accuracy(&grammar.tagger, &tagger::examples(&trees));
        let (heads, both, words) = parser::attachment(&grammar.parser, &parser::examples(&trees, &grammar.tagger));
        let share = |a: usize, b: usize| 100.0 * a as f64 / b.max(1) as f64;
        lines.push(format!("{name},{all},{:.2},{:.2},{:.2}", share(right, all), share(heads, words), share(both, words)));
    }
    eprintln!("grammar: {} ({:.0?})", lines.join(" | "), begun.elapsed());
    Ok(lines)
}
