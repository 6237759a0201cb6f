//! Articles from files, folders and standard input, one after another.
//!
//! Reading has two halves. [`Records`] cuts inputs into records (a line, a row, a file, an archived response) as fast as the disk gives
//! them, on one thread. [`Record::article`] makes an article of a record (parsing, decoding, taking the article out of a page), which
//! any number of threads can do. [`Articles`] does both, one after the other.

#[cfg(feature = "arrow")]
pub mod cells;
mod compression;
mod csv;
mod decode;
mod folder;
mod format;
#[cfg(feature = "html")]
mod html;
mod http;
mod jsonl;
mod language;
mod lines;
mod members;
mod ninjs;
#[cfg(feature = "parquet")]
mod parquet;
mod records;
mod warc;

use std::path::PathBuf;

use crate::error::InputError;

pub use decode::decode;
pub use folder::total_bytes;
pub use format::InputFormat;
pub(crate) use jsonl::reason;
pub use jsonl::{Fields, json_article};
pub use language::{Language, is_foreign};
pub use records::{Outcome, Position, Record, Records};

/// An article as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Its id: that of its record, else its path, and `path#N` for line, row or record N of a file that holds several.
    pub document: String,
    /// The title that came with it beside its text.
    pub title: Option<String>,
    /// When it was published, as the record says it.
    pub date: Option<String>,
    /// Who wrote it, as a page or a record says beside the text.
    pub byline: Option<String>,
    /// The language that a page or a record says it is in: "en-GB".
    pub language: Option<String>,
    /// The article.
    pub text: String,
    /// Whether the text was taken out of a page, so that offsets into it say nothing without it.
    pub extracted: bool,
}

/// The most bytes of an article, unless others are asked for: 16 MiB.
pub const MAX_ARTICLE: usize = 16 << 20;

/// How inputs are read.
#[derive(Clone, Debug)]
pub struct InputOptions {
    /// The format of all inputs; none: told apart by name, then by content.
    pub format: Option<InputFormat>,
    /// The fields of a JSON object, the columns of a table or the headers of a WARC record that hold an article's parts.
    pub fields: Fields,
    /// Which articles are wanted.
    pub language: Language,
    /// The most bytes of a record (a line, a row, a file, a response); a longer one is an error, and passed over.
    pub max_article: usize,
}

impl Default for InputOptions {
    fn default() -> Self {
        InputOptions { format: None, fields: Fields::default(), language: Language::default(), max_article: MAX_ARTICLE }
    }
}

/// Reads the articles of files and folders in the order given; "-" is standard input, a folder is walked in the order of its
/// names, hidden files left out.
///
/// ```no_run
/// use sayso_corpus::{InputOptions, articles};
/// for article in articles(["news/".into()], InputOptions::default()) {
///     match article {
///         Ok(article) => println!("{}: {} bytes", article.document, article.text.len()),
///         Err(error) => eprintln!("{error}"),
///     }
/// }
/// ```
pub fn articles(paths: impl IntoIterator<Item = PathBuf>, options: InputOptions) -> Articles {
    Articles { records: Records::new(paths, options), foreign: 0 }
}

/// The articles of some inputs, read as they are asked for; an input that cannot be read is an error among them, and the next goes on.
pub struct Articles {
    records: Records,
    foreign: u64,
}

impl Articles {
    /// How many articles were passed over so far because they are not in the language that is wanted.
    #[must_use]
    pub fn passed_over(&self) -> u64 {
        self.foreign
    }

    /// The bytes read from the system so far, before they are unpacked.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.records.bytes_read()
    }
}

impl Iterator for Articles {
    type Item = Result<Article, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let record = match self.records.next()? {
                Ok(record) => record,
                Err(error) => return Some(Err(error)),
            };
            match record.article(self.records.options()) {
                Ok(Outcome::Article(article)) => return Some(Ok(article)),
                Ok(Outcome::Foreign) => self.foreign += 1,
                Ok(Outcome::Nothing) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
