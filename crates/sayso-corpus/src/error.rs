//! Why an input, or a record of it, could not be read.

use std::borrow::Cow;
use std::fmt;
use std::io;

/// One input, or one line of it, that could not be read; the others still can.
///
/// `Display` is one line: the file, the line, what was found, what to do.
#[derive(Debug)]
pub struct InputError {
    /// The file as it was named; "-" is standard input.
    pub path: String,
    /// The line, counted from 1, where it lies in one.
    pub line: Option<u64>,
    /// What is wrong.
    pub problem: Problem,
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
    /// A format that is known and not read.
    #[error("{found} is not read: give plain text or JSON Lines (one object a line), each also as .gz")]
    Format {
        /// "HTML", "a PDF", ...
        found: &'static str,
    },
    /// The bytes are no text.
    #[error("no text: {controls} of its {characters} characters are control characters")]
    NoText {
        /// Control characters other than line ends, tabs and form feeds.
        controls: usize,
        /// All characters.
        characters: usize,
    },
    /// A line that is no JSON object.
    #[error("broken JSON: {0}")]
    BrokenJson(String),
    /// A line that is not UTF-8, as JSON Lines must be.
    #[error("byte {0} of the line is not UTF-8, as JSON Lines must be: convert the file to UTF-8")]
    NotUtf8(usize),
    /// A JSON object without a text.
    #[error("no text in field {wanted:?}; {}; name the field that holds the text", fields_there(.there))]
    NoTextField {
        /// The field that should hold the text.
        wanted: String,
        /// The fields that the object has, in its order.
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
}

/// What the system says of a file, in the words used for all inputs.
pub(crate) fn refusal(error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::NotFound { Problem::Missing.to_string() } else { error.to_string() }
}

fn fields_there(there: &[String]) -> String {
    if there.is_empty() {
        return "the object has no fields".to_owned();
    }
    let quoted: Vec<String> = there.iter().map(|name| format!("{name:?}")).collect();
    format!("its fields are {}", quoted.join(", "))
}

impl InputError {
    pub(crate) fn new(path: &str, problem: Problem) -> Self {
        InputError { path: path.to_owned(), line: None, problem }
    }

    pub(crate) fn in_line(path: &str, line: u64, problem: Problem) -> Self {
        InputError { path: path.to_owned(), line: Some(line), problem }
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
        match self.line {
            Some(line) => write!(out, "{name}, line {line}: {}", self.problem),
            None => write!(out, "{name}: {}", self.problem),
        }
    }
}

impl std::error::Error for InputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.problem {
            Problem::System(error) => Some(error),
            _ => None,
        }
    }
}
