//! What an encoder is trained on: each article's tokens, and each run that may be a cue with its window and its gold labels.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;
use sayso::content::weigh::{LEAST_TO_ENCODE, candidates_above};
use sayso::content::window;
use sayso::cue::roles::roles;
use sayso::text::TokenRange;
use sayso::{Extractor, Model};
use serde::Serialize;

use crate::corpora::{self, Article, Result, Shared};
use crate::grammar::Treebanks;
use crate::passes::{Document, jackknifed};
use crate::sets::Set;
use crate::train;

/// Write the tokens, likely cues, windows and gold labels of the annotated articles, for crates/sayso-lab/encoder.
#[derive(Args)]
pub struct EncoderData {
    /// The folder to write to; it will hold the text of the corpora.
    #[arg(short, long)]
    output: PathBuf,
    /// More articles without annotation, for a student to learn on (JSON lines of `id` and `text`).
    #[arg(long, value_name = "FILE")]
    also: Vec<PathBuf>,
}

/// An article as JSON. Positions are indices of tokens, but for the tokens' own.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    text: &'a str,
    /// Bytes.
    tokens: Vec<(u32, u32)>,
    paragraphs: Vec<(u32, u32)>,
    sentences: Vec<(u32, u32)>,
    /// A digit a token: 0 outside quotation marks, 1 the opening one, 2 inside, 3 the closing one.
    quoted: String,
    /// A digit a token: the label that the first pass should give it.
    labels: String,
    runs: Vec<Run>,
}

/// A run of tokens that may be a cue.
#[derive(Serialize)]
struct Run {
    tokens: (u32, u32),
    head: u32,
    window: (u32, u32),
    /// A digit for each token of the window.
    labels: String,
}

/// Writes `train.jsonl`, seen by passes that were trained on other articles, and a file of each other set.
pub fn encoder_data(shared: &Shared, arguments: &EncoderData) -> Result<()> {
    let folder = &arguments.output;
    fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let model = Extractor::english();
    for set in Set::SCORED {
        let articles = set.articles(shared)?;
        let documents: Vec<Document> = articles.par_iter().map(|a| seen(a, model.model())).collect();
        write(folder, set.name(), &articles, &documents)?;
    }
    // Without annotation, for a student to learn on.
    let mut unlabelled = vec![("wikinews-unlabelled", shared.articles("wikinews/unlabelled.jsonl")?)];
    for path in &arguments.also {
        let name = path.file_stem().and_then(|s| s.to_str()).ok_or_else(|| format!("{}: a file of articles has a name", path.display()))?;
        unlabelled.push((name, corpora::articles(path)?));
    }
    for (name, articles) in unlabelled {
        let documents: Vec<Document> = articles.par_iter().map(|a| seen(a, model.model())).collect();
        write(folder, name, &articles, &documents)?;
    }
    let articles = Set::PolnearTrain.articles(shared)?;
    let grammars = train::grammars(&articles, &Treebanks::read(shared)?);
    let mut documents = train::documents(articles.clone(), &grammars)?;
    jackknifed(&mut documents);
    write(folder, Set::PolnearTrain.name(), &articles, &documents)
}

/// An article as the model that ships sees it.
fn seen(article: &Article, model: &Model) -> Document {
    let mut document = Document::new(article, &model.grammar, &model.lexicon);
    let roles = roles(&document.view, &document.reading, &model.statements.cue);
    document.take(roles);
    document
}

fn write(folder: &Path, name: &str, articles: &[Article], documents: &[Document]) -> Result<()> {
    let path = folder.join(format!("{name}.jsonl"));
    let named = |e: std::io::Error| format!("{}: {e}", path.display());
    let mut file = BufWriter::new(File::create(&path).map_err(named)?);
    let (mut runs, mut gold, mut found) = (0, 0, 0);
    for (article, document) in articles.iter().zip(documents) {
        let line = line(article, document);
        runs += line.runs.len();
        let with_cue = document.gold.iter().filter(|g| !g.cue.is_empty());
        for attribution in with_cue {
            gold += 1;
            let meets = |r: &Run| attribution.cue.iter().any(|c| c.overlaps(TokenRange::new(r.tokens.0, r.tokens.1)));
            found += usize::from(line.runs.iter().any(meets));
        }
        let json = serde_json::to_string(&line).map_err(|e| e.to_string())?;
        writeln!(file, "{json}").map_err(named)?;
    }
    eprintln!("{name}: {} articles, {runs} runs, {found} of {gold} cues among them", articles.len());
    file.flush().map_err(named)
}

fn line<'a>(article: &'a Article, document: &Document) -> Line<'a> {
    let pair = |r: TokenRange| (r.begin, r.end);
    let digits = |labels: &[u8]| labels.iter().map(|l| char::from(b'0' + l)).collect::<String>();
    let quoted: Vec<u8> = document.view.looks.iter().map(|l| (l.quoted % 4) as u8).collect();
    let reading = &document.reading;
    let runs =
        candidates_above(LEAST_TO_ENCODE, &document.view, &document.roles, reading, &document.ruled).into_iter().map(|(tokens, head)| {
            let window = window(&document.view, reading, head);
            Run { tokens: pair(tokens), head, window: pair(window), labels: digits(&document.statement_labels(tokens, window)) }
        });
    Line {
        id: &article.id,
        text: &article.text,
        tokens: reading.tokens.iter().map(|t| (t.span.begin(), t.span.end())).collect(),
        paragraphs: reading.paragraphs.iter().map(|p| pair(p.tokens)).collect(),
        sentences: reading.sentences.iter().map(|s| pair(s.tokens)).collect(),
        quoted: digits(&quoted),
        labels: digits(&document.role_labels()),
        runs: runs.collect(),
    }
}
