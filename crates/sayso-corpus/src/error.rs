//! Why an input, or a record of it, could not be read.

use std::borrow::Cow;
use std::fmt;
use std::io;

/// One input, or one record of it, that could not be read; the others still can.
///
/// `Display` is one line: the file, the line or record, what was found, what to do.
#[derive(Debug)]
pub struct InputError {
    /// The file as it was named; "-" is standard input.
    pub path: String,
    /// The place in it, where the trouble has one.
    pub place: Option<Place>,
    /// What is wrong.
    pub problem: Problem,
}

/// A place in an input, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// A line of JSON Lines.
    Line(u64),
    /// A row of a table, its header not counted.
    Row(u64),
    /// A record of an archive.
    Record(u64),
}

impl Place {
    /// The number alone, as ids of articles carry it.
    #[must_use]
    pub fn number(self) -> u64 {
        let (Place::Line(number) | Place::Row(number) | Place::Record(number)) = self;
        number
    }
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Line(number) => write!(out, "line {number}"),
            Place::Row(number) => write!(out, "row {number}"),
            Place::Record(number) => write!(out, "record {number}"),
        }
    }
}

/// What is wrong with an input.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The system refuses it.
    #[error("{0}")]
    System(io::Error),
    /// There is nothing at this path.
    #[error("no such file or folder")]
    Missing,
    /// A compressed input that ends too early or is damaged.
    #[error("damaged compressed data ({0}): what comes after is lost, get the file again")]
    Compression(io::Error),
    /// A format that is known and not read.
    #[error("{found} is not read: give plain text, HTML, JSON Lines, CSV, Parquet or WARC, each also as .gz or .zst")]
    Format {
        /// "a PDF", ...
        found: &'static str,
    },
    /// A format that this build was made without.
    #[error("{found} is not read by this build: build it with the feature {feature:?}")]
    LeftOut {
        /// "Parquet", "HTML"
        found: &'static str,
        /// The cargo feature that reads it.
        feature: &'static str,
    },
    /// The bytes are no text.
    #[error("no text: {controls} of its {characters} characters are control characters")]
    NoText {
        /// Control characters other than line ends, tabs and form feeds.
        controls: usize,
        /// All characters.
        characters: usize,
    },
    /// An article that is longer than is wanted.
    #[error("longer than {most} bytes, passed over: a higher --max-article reads it")]
    TooLong {
        /// The most bytes that an article may have.
        most: usize,
    },
    /// A line that is no JSON object.
    #[error("broken JSON: {0}")]
    BrokenJson(String),
    /// A line that is not UTF-8, as JSON Lines must be.
    #[error("byte {0} of the line is not UTF-8, as JSON Lines must be: convert the file to UTF-8")]
    NotUtf8(usize),
    /// A record without a text.
    #[error("no text in field {wanted:?}; {}; name the field that holds the text", fields_there(.there))]
    NoTextField {
        /// The field that should hold the text.
        wanted: String,
        /// The fields that are there, in their order.
        there: Vec<String>,
    },
    /// A field holds something else than words.
    #[error("field {field:?} holds {found}, not a string")]
    NotAString {
        /// The field.
        field: String,
        /// "a number", "a list", ...
        found: &'static str,
    },
    /// A row of a table that breaks the table's rules.
    #[error("broken CSV: {0}")]
    BrokenCsv(String),
    /// A Parquet file, or a part of it, that cannot be read.
    #[error("broken Parquet: {0}")]
    BrokenParquet(String),
    /// A WARC record, or the HTTP message in it, that breaks the rules.
    #[error("broken WARC: {0}")]
    BrokenWarc(String),
    /// A page that cannot be read as HTML.
    #[error("broken HTML: {0}")]
    BrokenHtml(String),
    /// The program failed on this article, which is its own fault.
    #[error("sayso itself failed on this article, passed over; please report it with the article: {0}")]
    Panic(String),
}

/// What the system says of a file, in the words used for all inputs.
pub(crate) fn refusal(error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::NotFound { Problem::Missing.to_string() } else { error.to_string() }
}

fn fields_there(there: &[String]) -> String {
    if there.is_empty() {
        return "there are no fields".to_owned();
    }
    let quoted: Vec<String> = there.iter().map(|name| format!("{name:?}")).collect();
    format!("its fields are {}", quoted.join(", "))
}

impl InputError {
    pub(crate) fn new(path: &str, problem: Problem) -> Self {
        InputError { path: path.to_owned(), place: None, problem }
    }

    pub(crate) fn at(path: &str, place: Option<Place>, problem: Problem) -> Self {
        InputError { path: path.to_owned(), place, problem }
    }
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::NotFound { Problem::Missing } else { Problem::System(error) }
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name: Cow<'_, str> = match self.path.as_str() {
            "-" => "standard input".into(),
            odd if odd.contains(char::is_control) => odd.escape_debug().to_string().into(),
            path => path.into(),
        };
        let said = self.problem.to_string().replace(char::is_control, " ");
        match self.place {
            Some(place) => write!(out, "{name}, {place}: {said}"),
            None => write!(out, "{name}: {said}"),
        }
    }
}

impl std::error::Error for InputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.problem {
            Problem::System(error) | Problem::Compression(error) => Some(error),
            _ => None,
        }
    }
}
