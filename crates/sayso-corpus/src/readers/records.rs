//! Inputs cut into records, and records made into articles.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::{InputError, Place, Problem};
use crate::readers::compression::{self, Input, Opened, damaged};
use crate::readers::folder::Files;
use crate::readers::format::{self, InputFormat};
use crate::readers::lines::{Line, read_all, read_line};
use crate::readers::{Article, InputOptions, Language, csv, decode, http, is_foreign, jsonl, ninjs, warc};

/// One record of an input, not yet parsed.
#[derive(Debug)]
pub struct Record {
    pub(crate) path: Arc<str>,
    pub(crate) place: Option<Place>,
    pub(crate) content: Content,
}

/// The bytes of a record, and what they are.
#[derive(Debug)]
pub(crate) enum Content {
    /// A plain text file.
    Text(Vec<u8>),
    /// An HTML file.
    Page(Vec<u8>),
    /// A line of JSON Lines.
    Json(Vec<u8>),
    /// A JSON file that is one article.
    JsonFile(Vec<u8>),
    /// An HTTP response, and the id that the archive gives it.
    Response(Vec<u8>, Option<String>),
    /// A row of a table.
    Cells(Article),
}

/// What a record turned out to be.
#[derive(Debug)]
pub enum Outcome {
    /// An article.
    Article(Article),
    /// An article in another language than is wanted.
    Foreign,
    /// No article: an archived picture, a redirection.
    Nothing,
}

/// The records of some inputs, each cut out as it is asked for.
pub struct Records {
    files: Files,
    current: Option<Frames>,
    options: InputOptions,
    counter: Arc<AtomicU64>,
    position: Position,
}

/// The records of one file.
pub(crate) type Frames = Box<dyn Iterator<Item = Result<Record, InputError>> + Send>;

/// How far some inputs are read: the same inputs, read up to the same position, go on with the same record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Position {
    /// Files begun.
    pub files: u64,
    /// Records taken of the last of them, broken ones included.
    pub records: u64,
}

impl Records {
    /// The records of files and folders, in the order of [`crate::articles`].
    pub fn new(paths: impl IntoIterator<Item = PathBuf>, options: InputOptions) -> Self {
        let files = Files::new(paths.into_iter().collect());
        Records { files, current: None, options, counter: Arc::default(), position: Position::default() }
    }

    /// How the inputs are read.
    #[must_use]
    pub fn options(&self) -> &InputOptions {
        &self.options
    }

    /// The bytes read from the system so far, before they are unpacked.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.counter.load(Ordering::Relaxed)
    }

    /// The count of [`Records::bytes_read`], for those who watch from another thread.
    #[must_use]
    pub fn counter(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.counter)
    }

    /// Where the next record will be taken from.
    #[must_use]
    pub fn reached(&self) -> Position {
        self.position
    }

    /// Goes on from a position that an earlier reading of the same inputs had: whole files are not opened, and of the last one
    /// the records are cut but not parsed.
    pub fn skip_to(&mut self, position: Position) {
        while self.position.files + 1 < position.files {
            match self.files.next() {
                Some(Ok(path)) => self.counter.fetch_add(path.metadata().map_or(0, |file| file.len()), Ordering::Relaxed),
                Some(Err(_)) => 0,
                None => return,
            };
            self.position = Position { files: self.position.files + 1, records: 0 };
        }
        while (self.position.files, self.position.records) < (position.files, position.records) && self.next().is_some() {}
    }

    fn open(&self, path: &Path, name: &Arc<str>) -> Result<Frames, Problem> {
        let opened = compression::open(path, &self.counter)?;
        let format = match self.options.format {
            Some(InputFormat::JsonLines) => format::json_lines(&opened.head)?,
            Some(format) => format,
            None => format::recognise(path, &opened.head)?,
        };
        let (name, options) = (Arc::clone(name), &self.options);
        Ok(match format {
            InputFormat::Text => whole(name, opened.input, options, Content::Text)?,
            InputFormat::Html => whole(name, opened.input, options, Content::Page)?,
            InputFormat::Json => whole(name, opened.input, options, Content::JsonFile)?,
            InputFormat::JsonLines => Box::new(Lines { name, input: Some(opened.input), number: 0, most: options.max_article }),
            InputFormat::Csv => csv::rows(name, opened, b',', options)?,
            InputFormat::Tsv => csv::rows(name, opened, b'\t', options)?,
            InputFormat::Warc => Box::new(warc::Archive::new(name, opened.input, options)),
            InputFormat::Parquet => parquet(path, name, opened, options)?,
        })
    }
}

#[cfg(feature = "parquet")]
fn parquet(path: &Path, name: Arc<str>, opened: Opened, options: &InputOptions) -> Result<Frames, Problem> {
    crate::readers::parquet::rows(path, name, opened, options)
}

#[cfg(not(feature = "parquet"))]
fn parquet(_: &Path, _: Arc<str>, _: Opened, _: &InputOptions) -> Result<Frames, Problem> {
    Err(Problem::LeftOut { found: "Parquet", feature: "parquet" })
}

impl Iterator for Records {
    type Item = Result<Record, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(record) = self.current.as_mut().and_then(Iterator::next) {
                self.position.records += 1;
                return Some(record);
            }
            self.current = None;
            let path = self.files.next()?;
            self.position = Position { files: self.position.files + 1, records: 0 };
            let opened = path.and_then(|path| {
                let name: Arc<str> = path.display().to_string().into();
                self.open(&path, &name).map_err(|problem| InputError::new(&name, problem))
            });
            match opened {
                Ok(frames) => self.current = Some(frames),
                Err(error) => {
                    self.position.records = 1;
                    return Some(Err(error));
                }
            }
        }
    }
}

/// A file that is one record.
fn whole(name: Arc<str>, mut input: Input, options: &InputOptions, content: fn(Vec<u8>) -> Content) -> Result<Frames, Problem> {
    let most = options.max_article;
    let bytes = read_all(&mut input, most).map_err(damaged)?.ok_or(Problem::TooLong { most })?;
    Ok(Box::new(std::iter::once(Ok(Record { path: name, place: None, content: content(bytes) }))))
}

/// A JSON Lines input that is being read.
struct Lines {
    name: Arc<str>,
    /// None after a read error: what comes after it is lost.
    input: Option<Input>,
    /// The line last read, from 1.
    number: u64,
    most: usize,
}

impl Iterator for Lines {
    type Item = Result<Record, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut line = Vec::new();
        loop {
            self.number += 1;
            let place = Some(Place::Line(self.number));
            let error = |problem| Some(Err(InputError::at(&self.name, place, problem)));
            match read_line(self.input.as_mut()?, &mut line, self.most) {
                Ok(Line::End) => return None,
                Ok(Line::TooLong) => return error(Problem::TooLong { most: self.most }),
                Ok(Line::Whole) if line.trim_ascii().is_empty() => {}
                Ok(Line::Whole) => return Some(Ok(Record { path: Arc::clone(&self.name), place, content: Content::Json(line) })),
                Err(broken) => {
                    let told = error(damaged(broken));
                    self.input = None;
                    return told;
                }
            }
        }
    }
}

impl Record {
    /// The bytes that it holds in memory, about.
    #[must_use]
    pub fn size(&self) -> usize {
        match &self.content {
            Content::Text(bytes) | Content::Page(bytes) | Content::Json(bytes) | Content::JsonFile(bytes) | Content::Response(bytes, _) => {
                bytes.len()
            }
            Content::Cells(article) => article.text.len(),
        }
    }

    /// The error that names this record.
    #[must_use]
    pub fn error(&self, problem: Problem) -> InputError {
        InputError::at(&self.path, self.place, problem)
    }

    /// Makes an article of it.
    ///
    /// # Errors
    /// If it is broken, or has no text.
    pub fn article(self, options: &InputOptions) -> Result<Outcome, InputError> {
        let Record { path, place, content } = self;
        let outcome = content.parse(options).map_err(|problem| InputError::at(&path, place, problem))?;
        let Outcome::Article(mut article) = outcome else { return Ok(outcome) };
        if article.document.is_empty() {
            article.document = place.map_or_else(|| path.to_string(), |place| format!("{path}#{}", place.number()));
        }
        let foreign = options.language == Language::English && is_foreign(&article.text);
        Ok(if foreign { Outcome::Foreign } else { Outcome::Article(article) })
    }
}

impl Content {
    fn parse(self, options: &InputOptions) -> Result<Outcome, Problem> {
        let article = match self {
            Content::Text(bytes) => Article { text: decode(bytes)?, ..Article::default() },
            Content::Page(bytes) => http::page(bytes, None)?,
            Content::Json(line) => jsonl::article(&line, &options.fields)?,
            Content::JsonFile(bytes) => ninjs::file(&bytes, &options.fields)?,
            Content::Response(bytes, id) => match http::response(bytes, options.max_article)? {
                Some(article) => Article { document: id.unwrap_or_default(), ..article },
                None => return Ok(Outcome::Nothing),
            },
            Content::Cells(article) => article,
        };
        Ok(Outcome::Article(article))
    }
}
