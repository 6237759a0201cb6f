//! Scores speakers, acts and circumstances, over gold statements or over those that the extractor finds.

use std::collections::HashSet;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;
use rayon::prelude::*;
use sayso::content::Drafts;
use sayso::quote::Quotes;
use sayso::tag::Tags;
use sayso::text::Reading;
use sayso::train::{GoldStatement, drafts_from_gold};
use sayso::{Extraction, Extractor, Span, quote, speaker, statement, tag, text};
use sayso_corpus::score::{GoldDocument, Prediction, SpeakerNote, score};
use sayso_corpus::{Offsets, StatementRecord};

use crate::antecedents;
use crate::corpora::{Result, Shared};
use crate::sets::Set;
use crate::speaker_errors;

/// Scores speakers, acts and circumstances.
#[derive(Args)]
pub struct Speakers {
    /// The annotated articles.
    #[arg(value_enum, default_value = "polnear-train")]
    set: Set,
    /// Over the statements that the extractor finds, not over the gold ones.
    #[arg(long)]
    extracted: bool,
    /// Write the predictions, one statement a line.
    #[arg(long, short)]
    output: Option<PathBuf>,
    /// Learn the weights of the pronouns' ranking from the set, and write crates/sayso-en/lexicon/antecedents.tsv.
    #[arg(long)]
    fit: bool,
    /// Print the statements whose speakers are wrong, with what decided, instead of the figures.
    #[arg(long)]
    errors: bool,
}

/// The articles of a set that have speakers, and what is known of them.
fn annotated(shared: &Shared, set: Set) -> Result<(Vec<GoldDocument>, Vec<SpeakerNote>)> {
    let notes = set.speakers(shared)?;
    let covered: HashSet<&str> = notes.iter().map(|n| n.doc.as_str()).collect();
    let mut articles = set.gold(shared)?;
    articles.retain(|a| covered.contains(a.id.as_str()));
    Ok((articles, notes))
}

/// Runs the command.
pub fn speakers(shared: &Shared, arguments: &Speakers) -> Result<()> {
    let (articles, notes) = annotated(shared, arguments.set)?;
    let extractor = Extractor::english();
    if arguments.fit {
        return antecedents::fit(shared, &extractor, &articles, &notes);
    }
    let extractions: Vec<Extraction> =
        articles.par_iter().map(|a| if arguments.extracted { extractor.extract(&a.text) } else { of_gold(&extractor, a) }).collect();
    if arguments.errors {
        let text = speaker_errors::text(&articles, &notes, &extractions, usize::MAX);
        return std::io::stdout().write_all(text.as_bytes()).map_err(|e| e.to_string());
    }
    let mut lines = String::new();
    let mut predictions: Vec<Prediction> = Vec::new();
    for (article, extraction) in articles.iter().zip(&extractions) {
        for record in StatementRecord::all(&article.id, &article.text, extraction, Offsets::Chars) {
            lines.push_str(&serde_json::to_string(&record).map_err(|e| e.to_string())?);
            lines.push('\n');
            predictions.push(Prediction::from(&record));
        }
    }
    if let Some(path) = &arguments.output {
        fs::write(path, lines).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    let scores = score(&articles, &predictions, &notes).map_err(|e| e.to_string())?;
    write!(std::io::stdout(), "{scores}").map_err(|e| e.to_string())
}

/// The last two stages over the gold statements of an article.
fn of_gold(extractor: &Extractor, article: &GoldDocument) -> Extraction {
    let model = extractor.model();
    let text = article.text.as_str();
    let GoldLayers { reading, quotes, tags, drafts, .. } = GoldLayers::of(extractor, article);
    let cast = speaker::resolve(text, &reading, &quotes, &tags, &drafts, model);
    let statements = statement::judge(text, &reading, &quotes, &tags, &drafts, &cast, model);
    Extraction { statements, speakers: cast.speakers, ..Extraction::default() }
}

/// The layers of an article under its gold statements.
pub struct GoldLayers {
    pub reading: Reading,
    pub quotes: Quotes,
    pub tags: Tags,
    pub drafts: Drafts,
    /// For each draft the index of its attribution.
    pub order: Vec<usize>,
}

impl GoldLayers {
    pub fn of(extractor: &Extractor, article: &GoldDocument) -> Self {
        let text = article.text.as_str();
        let reading = text::read(text);
        let quotes = quote::find(text, &reading);
        let tags = tag::tag(text, &reading, extractor.model());
        let (drafts, order) = drafts_from_gold(&reading, &quotes, &tags, &gold_statements(article));
        GoldLayers { reading, quotes, tags, drafts, order }
    }
}

/// The gold attributions of an article, in bytes.
fn gold_statements(article: &GoldDocument) -> Vec<GoldStatement> {
    let spans = |spans: &[[usize; 2]]| byte_spans(&article.text, spans);
    let statement = |a: &sayso_corpus::score::GoldAttribution| GoldStatement {
        source: spans(&a.source),
        cue: spans(&a.cue),
        content: spans(&a.content),
    };
    article.attributions.iter().map(statement).collect()
}

/// Spans of code points as spans of bytes.
pub fn byte_spans(text: &str, spans: &[[usize; 2]]) -> Vec<Span> {
    let at = |c: usize| text.char_indices().nth(c).map_or(text.len(), |(b, _)| b) as u32;
    spans.iter().map(|&[b, e]| Span::new(at(b), at(e.max(b)))).collect()
}
