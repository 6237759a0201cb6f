//! Articles from files, folders and standard input, one after another.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;
use walkdir::{DirEntry, WalkDir};

use crate::decode::decode;
use crate::error::{InputError, Problem};
use crate::format::{self, InputFormat};
use crate::jsonl::{self, Fields};

/// An article as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Its id: that of its record, else its path, and `path#N` for line N of a JSON Lines file.
    pub document: String,
    /// The title that came with it beside its text.
    pub title: Option<String>,
    /// When it was published, as the record says it.
    pub date: Option<String>,
    /// The article.
    pub text: String,
}

/// How inputs are read.
#[derive(Clone, Debug, Default)]
pub struct InputOptions {
    /// The format of all inputs; none: told apart by name, then by content.
    pub format: Option<InputFormat>,
    /// The fields of a JSON object that hold an article's parts.
    pub fields: Fields,
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
    let paths: Vec<PathBuf> = paths.into_iter().collect();
    Articles { paths: paths.into_iter(), walk: None, lines: None, options }
}

/// The articles of some inputs, read as they are asked for; an input that cannot be read is an error among them, and the next goes on.
pub struct Articles {
    paths: std::vec::IntoIter<PathBuf>,
    walk: Option<Walk>,
    lines: Option<Lines>,
    options: InputOptions,
}

type Walk = Box<dyn Iterator<Item = walkdir::Result<DirEntry>> + Send>;
type Input = BufReader<Box<dyn Read + Send>>;

impl Iterator for Articles {
    type Item = Result<Article, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.next_article(&self.options.fields) {
                    Some(article) => return Some(article),
                    None => self.lines = None,
                }
            }
            let path = match self.next_file()? {
                Ok(path) => path,
                Err(error) => return Some(Err(error)),
            };
            let name = path.display().to_string();
            match self.open(&path, &name) {
                Ok(Some(article)) => return Some(Ok(article)),
                Ok(None) => {}
                Err(problem) => return Some(Err(InputError::new(&name, problem))),
            }
        }
    }
}

impl Articles {
    /// The next file, out of the folder that is being walked or of the paths given.
    fn next_file(&mut self) -> Option<Result<PathBuf, InputError>> {
        loop {
            if let Some(entry) = self.walk.as_mut().and_then(Iterator::next) {
                match entry {
                    Ok(entry) if entry.file_type().is_file() => return Some(Ok(entry.into_path())),
                    Ok(_) => continue,
                    Err(error) => return Some(Err(walk_error(error))),
                }
            }
            self.walk = None;
            let path = self.paths.next()?;
            if !path.is_dir() {
                return Some(Ok(path));
            }
            let shown = |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".");
            self.walk = Some(Box::new(WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter().filter_entry(shown)));
        }
    }

    /// Opens a file: the one article of a text, or none and [`Articles::lines`] to go on with.
    fn open(&mut self, path: &Path, name: &str) -> Result<Option<Article>, Problem> {
        let raw: Box<dyn Read + Send> = if name == "-" { Box::new(io::stdin()) } else { Box::new(File::open(path)?) };
        let (mut head, mut input) = peek(raw)?;
        if head.starts_with(b"\x1F\x8B") {
            (head, input) = peek(Box::new(MultiGzDecoder::new(input)))?;
        }
        let format = match self.options.format {
            Some(InputFormat::JsonLines) => format::json_lines(&head)?,
            Some(InputFormat::Text) => InputFormat::Text,
            None => format::recognise(path, &head)?,
        };
        if format == InputFormat::JsonLines {
            self.lines = Some(Lines { name: name.to_owned(), input, number: 0, buffer: Vec::new() });
            return Ok(None);
        }
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes)?;
        Ok(Some(Article { document: name.to_owned(), text: decode(bytes)?, ..Article::default() }))
    }
}

fn walk_error(error: walkdir::Error) -> InputError {
    let path = error.path().map(|p| p.display().to_string()).unwrap_or_default();
    let looped = error.loop_ancestor().map(|above| format!("a link back to {}", above.display()));
    let problem = match looped {
        Some(what) => Problem::System(io::Error::other(what)),
        None => error.into_io_error().map_or_else(|| Problem::System(io::Error::other("cannot be walked")), Problem::from),
    };
    InputError::new(&path, problem)
}

/// The first line of an input or its first 4 KiB, and the input with these bytes put back.
///
/// No more than a line is waited for: standard input may be a feed that goes on for days.
fn peek(mut input: Box<dyn Read + Send>) -> io::Result<(Vec<u8>, Input)> {
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    while head.len() < buffer.len() && !head.trim_ascii_start().contains(&b'\n') {
        match input.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => head.extend_from_slice(&buffer[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let whole: Box<dyn Read + Send> = Box::new(Cursor::new(head.clone()).chain(input));
    Ok((head, BufReader::with_capacity(1 << 16, whole)))
}

/// A JSON Lines input that is being read.
struct Lines {
    name: String,
    input: Input,
    /// The line last read, from 1.
    number: u64,
    buffer: Vec<u8>,
}

impl Lines {
    /// The article of the next line that is not empty; none at the end.
    fn next_article(&mut self, fields: &Fields) -> Option<Result<Article, InputError>> {
        loop {
            self.buffer.clear();
            self.number += 1;
            match self.input.read_until(b'\n', &mut self.buffer) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => {
                    // What comes after a read error is lost: the input ends here.
                    self.input = BufReader::new(Box::new(io::empty()));
                    return Some(Err(InputError::in_line(&self.name, self.number, error.into())));
                }
            }
            let mut line = self.buffer.as_slice();
            if self.number == 1 {
                line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
            }
            let line = line.trim_ascii();
            if !line.is_empty() {
                return Some(self.article(line, fields).map_err(|p| InputError::in_line(&self.name, self.number, p)));
            }
        }
    }

    fn article(&self, line: &[u8], fields: &Fields) -> Result<Article, Problem> {
        let line = std::str::from_utf8(line).map_err(|error| Problem::NotUtf8(error.valid_up_to() + 1))?;
        let jsonl::Row { text, id, title, date } = jsonl::read(line, fields)?;
        let document = id.unwrap_or_else(|| format!("{}#{}", self.name, self.number));
        Ok(Article { document, title, date, text })
    }
}
