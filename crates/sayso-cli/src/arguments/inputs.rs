//! What the commands that read articles share: what to read, how, and with which model.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use sayso::Extractor;
use sayso_corpus::{Fields, InputFormat, InputOptions, Language};

use super::version;
use crate::failure::Failure;

// What to read, and how. (No documentation: clap would take it for that of the command.)
#[derive(Args, Debug)]
pub(crate) struct Inputs {
    /// Files, folders (walked in the order of their names) or - for standard input, which is read when no path is given
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Which model finds the statements
    #[arg(short, long, value_enum, default_value_t = Model::Fast)]
    pub(crate) model: Model,

    /// How many articles to work on at once; all cores unless given
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,

    /// Show no progress
    #[arg(short, long)]
    pub(crate) quiet: bool,

    /// The format of every input; told apart by name, then by content, unless given
    #[arg(long, value_enum, help_heading = "Input")]
    pub(crate) input_format: Option<Input>,

    /// Which articles to read; those in another language are passed over with a count
    #[arg(long, value_enum, default_value_t = Tongue::En, help_heading = "Input")]
    pub(crate) language: Tongue,

    /// The longest article to read, in bytes, or with K, M or G behind; a longer one is named and passed over
    #[arg(long, value_name = "SIZE", default_value = "16M", value_parser = size, help_heading = "Input")]
    pub(crate) max_article: usize,

    /// The field of a JSON object, or the column of a table, that holds the article
    #[arg(long, value_name = "NAME", default_value = "text", help_heading = "Input")]
    pub(crate) text_field: String,

    /// The field that holds its id; of a WARC record, a header such as WARC-Target-URI
    #[arg(long, value_name = "NAME", default_value = "id", help_heading = "Input")]
    pub(crate) id_field: String,

    /// The field that holds its title
    #[arg(long, value_name = "NAME", default_value = "title", help_heading = "Input")]
    pub(crate) title_field: String,

    /// The field that holds its date
    #[arg(long, value_name = "NAME", default_value = "date", help_heading = "Input")]
    pub(crate) date_field: String,
}

impl Inputs {
    /// How many articles to work on at once; 0: as many as there are cores.
    pub(crate) fn threads(&self) -> usize {
        self.threads.map_or(0, usize::from)
    }

    /// The paths to read. A path that is missing among others is one input that cannot be read; where all are missing, nothing can
    /// start.
    pub(crate) fn paths(&self) -> Result<Vec<PathBuf>, Failure> {
        let Some(first) = self.paths.first() else {
            let nobody_types = !io::stdin().is_terminal();
            return if nobody_types { Ok(vec!["-".into()]) } else { Err(Failure::NothingToRead) };
        };
        let there = |path: &PathBuf| path == Path::new("-") || path.exists() || path.is_symlink();
        if self.paths.iter().any(there) { Ok(self.paths.clone()) } else { Err(Failure::NoSuchPath(first.clone())) }
    }

    pub(crate) fn input_options(&self) -> InputOptions {
        let format = self.input_format.map(|format| match format {
            Input::Text => InputFormat::Text,
            Input::Html => InputFormat::Html,
            Input::Jsonl => InputFormat::JsonLines,
            Input::Json => InputFormat::Json,
            Input::Csv => InputFormat::Csv,
            Input::Tsv => InputFormat::Tsv,
            Input::Parquet => InputFormat::Parquet,
            Input::Warc => InputFormat::Warc,
        });
        let fields = Fields {
            text: self.text_field.clone(),
            id: self.id_field.clone(),
            title: self.title_field.clone(),
            date: self.date_field.clone(),
        };
        let language = if self.language == Tongue::Any { Language::Any } else { Language::English };
        InputOptions { format, fields, language, max_article: self.max_article }
    }
}

/// "16M" to bytes.
pub(super) fn size(words: &str) -> Result<usize, String> {
    let digits = words.trim_end_matches(['k', 'K', 'm', 'M', 'g', 'G']);
    let factor = match words[digits.len()..].to_ascii_uppercase().as_str() {
        "" => Some(1),
        "K" => Some(1 << 10),
        "M" => Some(1 << 20),
        "G" => Some(1 << 30),
        _ => None,
    };
    let count = digits.parse::<usize>().ok().filter(|&count| count > 0);
    let bytes = factor.zip(count).and_then(|(factor, count): (usize, usize)| count.checked_mul(factor));
    bytes.ok_or_else(|| "a number of bytes, such as 4096, 500K or 16M".to_owned())
}

/// An English model that is compiled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Model {
    /// Linear: a hundred articles a second on each core
    Fast,
    /// An encoder reads whole paragraphs: more statements, more exactly, several times slower
    Accurate,
}

impl Model {
    /// Both, by the names that the command and Python know them by.
    pub const NAMED: [(&str, Model); 2] = [("fast", Model::Fast), ("accurate", Model::Accurate)];

    /// An extractor over it.
    #[must_use]
    pub fn extractor(self) -> Extractor {
        match self {
            Model::Fast => Extractor::english(),
            Model::Accurate => Extractor::english_accurate(),
        }
    }

    /// The versions of the program and of this model: a run that was cut off is gone on with by the same ones.
    #[must_use]
    pub fn version(self) -> String {
        match self {
            Model::Fast => version().to_owned(),
            Model::Accurate => format!("{}, accurate {}", version(), sayso_en_accurate::VERSION),
        }
    }
}

/// The format of inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Input {
    /// A file is an article
    Text,
    /// A file is a page, and the article is taken out of it
    Html,
    /// A line is an article, as a JSON object
    Jsonl,
    /// A file is an article, as a JSON object over several lines: IPTC ninjs
    Json,
    /// A row is an article; the first row names the columns
    Csv,
    /// The same, with tabs
    Tsv,
    /// A row is an article
    Parquet,
    /// A response with an HTML page is an article
    Warc,
}

/// Which articles to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Tongue {
    /// Those in English
    En,
    /// All
    Any,
}
