//! From the corpora to the model file.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rayon::prelude::*;
use sayso::model::{File, Grammar, Lexicon, Section, Trust};
use sayso::{Extractor, Model};
use sayso_encoder::ArticleReader;

use crate::corpora::{Article, Result, Shared};
use crate::grammar::{self, Treebanks};
use crate::passes::Document;
use crate::sets::Set;
use crate::{lemmas, passes, trust};

/// Where the model lies.
pub const MODEL: &str = "crates/sayso-en/model.bin";
const LEMMAS: &str = "crates/sayso-en/lexicon/lemmas.tsv";

/// What the model says of itself.
const MADE_FROM: &str = "PolNeAR 1.0 train, its silver parses, UD English EWT train, UD English GUM train";

/// The passes that listen to an encoder.
pub const STATEMENTS: &str = "crates/sayso-en-accurate/statements.bin";

/// What they say of themselves.
const MADE_FROM_ENCODER: &str = "PolNeAR 1.0 train, its silver parses, what encoders trained on the other half of it say";

/// So many encoders together tell of all articles, each of those that it was not trained on.
const HALVES: usize = 2;

/// Trains the parts named, "grammar" and "statements" (both if none is), and writes the model file.
pub fn train(shared: &Shared, only: &[String], encoders: &[PathBuf], output: Option<&str>) -> Result<()> {
    if !encoders.is_empty() {
        return train_with(shared, encoders, output.unwrap_or(STATEMENTS));
    }
    let output = output.unwrap_or(MODEL);
    let wanted = |name: &str| only.is_empty() || only.iter().any(|o| o == name);
    let mut sections = read_sections();
    let treebanks = Treebanks::read(shared)?;
    if wanted("grammar") {
        let trees = treebanks.trees(|_| false);
        write(LEMMAS, lemmas::table(&trees).as_bytes())?;
        let (tag, parse) = grammar::train(&trees);
        put(&mut sections, tag);
        put(&mut sections, parse);
    }
    let file = File { made_from: MADE_FROM.to_owned(), sections: sections.clone() };
    let whole = Grammar::read(&file, sayso::fingerprints()).map_err(|e| format!("{MODEL}: {e}"))?;
    grammar::figures(shared, &whole)?;
    if wanted("statements") {
        let articles = shared.articles("polnear/train.jsonl")?;
        let grammars = grammars(&articles, &treebanks);
        let mut documents = documents(articles, &grammars)?;
        let trained = passes::train(&mut documents);
        for section in trained {
            put(&mut sections, section);
        }
        let trust = trusted(shared, &sections)?;
        put(&mut sections, trust);
    }
    let file = File { made_from: MADE_FROM.to_owned(), sections };
    write(output, &file.write())
}

/// Trains the passes over statements with what an encoder tells, and writes their sections, which stand in for those of the model file.
fn train_with(shared: &Shared, encoders: &[PathBuf], output: &str) -> Result<()> {
    let encoders = encoders.iter().map(|path| encoder(path)).collect::<Result<Vec<_>>>()?;
    let articles = Set::PolnearTrain.articles(shared)?;
    let grammars = grammars(&articles, &Treebanks::read(shared)?);
    let mut documents = documents(articles.clone(), &grammars)?;
    passes::jackknifed(&mut documents);
    let heard: Vec<Vec<Document>> = encoders.chunks(HALVES).map(|halves| hear(documents.clone(), &articles, halves)).collect();
    let mut sections = Vec::new();
    for section in passes::train_statements(&heard.concat(), heard.len()) {
        put(&mut sections, section);
    }
    let overlay = |sections| File { made_from: MADE_FROM_ENCODER.to_owned(), sections }.write();
    let model = Model::english_overlaid(overlay(sections.clone())).map_err(|e| format!("{output}: {e}"))?;
    // Quotations without a cue are found the same way with and without an encoder.
    let alone = Extractor::english().model().statements.trust.alone;
    put(&mut sections, trust::section(Trust { alone, ..model.statements.trust }));
    write(output, &overlay(sections))
}

/// The documents with what encoders tell, of each the one that was trained on the others.
fn hear(mut documents: Vec<Document>, articles: &[Article], encoders: &[ArticleReader]) -> Vec<Document> {
    let all = documents.par_iter_mut().zip(articles).enumerate();
    all.for_each(|(at, (document, article))| document.hear(&article.text, &encoders[at % encoders.len()]));
    documents
}

/// The encoder of a weights file.
pub fn encoder(path: &Path) -> Result<ArticleReader> {
    let bytes = fs::read(path).map_err(|e| format!("{}: {e} (crates/sayso-lab/encoder/pack.py writes it)", path.display()))?;
    ArticleReader::read_weights(bytes).map_err(|e| format!("{}: {e}", path.display()))
}

/// The section "trust" with how far to believe quotations without a cue, which only the whole model can tell.
fn trusted(shared: &Shared, sections: &[Section]) -> Result<Section> {
    let file = File { made_from: MADE_FROM.to_owned(), sections: sections.to_vec() };
    let extractor = Extractor::new(Model::read(file.write()).map_err(|e| format!("{MODEL}: {e}"))?);
    let alone = trust::alone(&shared.articles("polnear/train.jsonl")?, &extractor);
    let trust = Trust { alone, ..extractor.model().statements.trust };
    Ok(trust::section(trust))
}

/// Grammars for the training articles: the n-th for those whose number has remainder n, trained on the others.
pub fn grammars(articles: &[Article], treebanks: &Treebanks) -> Vec<File> {
    let begun = Instant::now();
    let folds: Vec<Vec<String>> = (0..2).map(|f| articles.iter().skip(f).step_by(2).map(|a| a.id.clone()).collect()).collect();
    let grammars = grammar::jackknife(treebanks, &folds);
    eprintln!("grammars of {} folds; {:.0?}", folds.len(), begun.elapsed());
    grammars
}

/// The training articles, each tagged and parsed by a grammar that has not seen it.
pub fn documents(articles: Vec<Article>, grammars: &[File]) -> Result<Vec<passes::Document>> {
    let grammars: Vec<Grammar> = grammars
        .iter()
        .map(|g| Grammar::read(g, sayso::fingerprints()).map_err(|e| format!("a jackknifed grammar: {e}")))
        .collect::<Result<_>>()?;
    let lexicon = lexicon()?;
    let one = |(at, article): (usize, Article)| passes::Document::new(&article, &grammars[at % grammars.len()], &lexicon);
    Ok(articles.into_par_iter().enumerate().map(one).collect())
}

fn lexicon() -> Result<Lexicon> {
    Lexicon::read(sayso_en::TABLES).map_err(|e| e.to_string())
}

fn read_sections() -> Vec<Section> {
    fs::read(MODEL).ok().and_then(|bytes| File::read(bytes).ok()).map(|file| file.sections).unwrap_or_default()
}

fn put(sections: &mut Vec<Section>, section: Section) {
    sections.retain(|s| s.name != section.name);
    sections.push(section);
    sections.sort_by(|a, b| a.name.cmp(&b.name));
}

fn write(path: &str, bytes: &[u8]) -> Result<()> {
    fs::write(Path::new(path), bytes).map_err(|e| format!("{path}: {e} (run it from the repository's root)"))
}
