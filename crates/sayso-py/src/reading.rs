//! Articles of files, as Python reads them.

use std::ffi::CString;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use pyo3::exceptions::{PyFileNotFoundError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyString;
use sayso_corpus::readers::{Outcome, Record, Records};
use sayso_corpus::{Fields, InputError, InputFormat, InputOptions, Language};

use crate::InputWarning;
use crate::document::quoted;

/// Records that are looked at between two looks for Ctrl-C.
const RECORDS: usize = 64;

/// An article as it was read from a file.
///
/// >>> import pathlib, sayso, tempfile
/// >>> file = pathlib.Path(tempfile.mkdtemp(), "news.jsonl")
/// >>> _ = file.write_text('{"id": "a1", "title": "Loss", "text": "It rained."}', encoding="utf-8")
/// >>> [article] = sayso.read(file)
/// >>> article.id, article.title, article.text
/// ('a1', 'Loss', 'It rained.')
#[pyclass(frozen, get_all, module = "sayso")]
pub struct Article {
    /// Its id field, else its path (a file) or `path#N` (line, row or record N).
    id: String,
    /// The article; of a page, what was taken out of it.
    text: String,
    /// The title that came with it beside its text, if any.
    title: Option<String>,
    /// When it was published, as the record says it, if it does.
    date: Option<String>,
    /// Who wrote it, as a page or a record says beside the text, if it does.
    byline: Option<String>,
    /// The language that a page or a record says it is in, "en-GB", if it does.
    language: Option<String>,
}

#[pymethods]
impl Article {
    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Article({}: {})", PyString::new(py, &self.id).repr()?, quoted(py, &self.text)?))
    }
}

impl From<sayso_corpus::Article> for Article {
    fn from(article: sayso_corpus::Article) -> Self {
        let sayso_corpus::Article { document: id, title, date, byline, language, text, .. } = article;
        Article { id, text, title, date, byline, language }
    }
}

/// The articles of some files, one after another; what `sayso.read` gives.
///
/// >>> import pathlib, sayso, tempfile
/// >>> folder = pathlib.Path(tempfile.mkdtemp())
/// >>> words = "Es regnete den ganzen Tag, und niemand ging hinaus, sagte der Bürgermeister. Am Abend zogen die Fischer wieder aus."
/// >>> _ = (folder / "a.txt").write_text(words * 2, encoding="utf-8")
/// >>> articles = sayso.read(folder)
/// >>> list(articles), articles.passed_over
/// ([], 1)
#[pyclass(frozen, module = "sayso")]
pub struct Articles {
    state: Mutex<State>,
    on_error: Option<Py<PyAny>>,
}

struct State {
    records: Records,
    passed_over: u64,
}

/// What is next among some records.
enum Next {
    Article(Article),
    Broken(InputError),
    /// Nothing yet.
    More,
    End,
}

impl State {
    fn next(&mut self) -> Next {
        for _ in 0..RECORDS {
            let outcome = match self.records.next() {
                None => return Next::End,
                Some(record) => record.and_then(|record: Record| record.article(self.records.options())),
            };
            match outcome {
                Ok(Outcome::Article(article)) => return Next::Article(article.into()),
                Ok(Outcome::Foreign) => self.passed_over += 1,
                Ok(Outcome::Nothing) => {}
                Err(error) => return Next::Broken(error),
            }
        }
        Next::More
    }
}

#[pymethods]
impl Articles {
    /// How many articles were passed over so far because they are not in the language that is wanted.
    #[getter]
    fn passed_over(&self, py: Python<'_>) -> u64 {
        py.detach(|| self.state.lock().unwrap_or_else(PoisonError::into_inner).passed_over)
    }

    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Article>> {
        loop {
            match py.detach(|| self.state.lock().unwrap_or_else(PoisonError::into_inner).next()) {
                Next::Article(article) => return Ok(Some(article)),
                Next::End => return Ok(None),
                Next::Broken(error) => tell(py, self.on_error.as_ref(), &error)?,
                Next::More => py.check_signals()?,
            }
        }
    }
}

/// Tells of something that could not be read: to whom it may concern, else as a warning.
pub fn tell(py: Python<'_>, on_error: Option<&Py<PyAny>>, error: &InputError) -> PyResult<()> {
    let line = error.to_string();
    match on_error {
        Some(listener) => listener.call1(py, (line,)).map(drop),
        None => PyErr::warn(py, &py.get_type::<InputWarning>(), &CString::new(line.replace('\0', " "))?, 1),
    }
}

/// The articles of files and folders, in every format that the command reads, one after another.
///
/// - paths: one path or several; a folder is walked in the order of its names.
/// - input_format: "text", "html", "jsonl", "json", "csv", "tsv", "parquet" or "warc"; None to tell by name and content.
/// - text_field, id_field, title_field, date_field: the fields of a JSON object, columns of a table or headers of a WARC record that
///   hold an article's parts.
/// - language: "en" passes over what is not English, "any" keeps it.
/// - max_article: the most bytes of an article; a longer one cannot be read.
/// - on_error: is called with one line about each input or record that cannot be read; None warns with `sayso.InputWarning`. What
///   follows is read in any case.
///
/// Raises FileNotFoundError if none of the paths is there, and ValueError for a word that is none of those above.
///
/// >>> import pathlib, sayso, tempfile
/// >>> folder = pathlib.Path(tempfile.mkdtemp())
/// >>> _ = (folder / "a.jsonl").write_text('{"id": "a1", "text": "“We lost,” said Ana Ruiz."}', encoding="utf-8")
/// >>> _ = (folder / "b.csv").write_text('id,text\na2,"It rained."', encoding="utf-8")
/// >>> for article in sayso.read(folder):
/// ...     print(article.id, len(sayso.extract(article.text).statements))
/// a1 1
/// a2 0
#[pyfunction]
#[pyo3(signature = (paths, *, input_format = None, text_field = "text", id_field = "id", title_field = "title", date_field = "date",
    language = "en", max_article = 16_777_216, on_error = None))]
#[allow(clippy::too_many_arguments, reason = "they are keywords")]
pub fn read(
    paths: &Bound<'_, PyAny>,
    input_format: Option<&str>,
    text_field: &str,
    id_field: &str,
    title_field: &str,
    date_field: &str,
    language: &str,
    max_article: usize,
    on_error: Option<Py<PyAny>>,
) -> PyResult<Articles> {
    let options = options(input_format, [text_field, id_field, title_field, date_field], language, max_article)?;
    let records = Records::new(self::paths(paths)?, options);
    Ok(Articles { state: Mutex::new(State { records, passed_over: 0 }), on_error })
}

/// The keywords that say how files are read; `fields` are those of text, id, title and date.
pub fn options(input_format: Option<&str>, fields: [&str; 4], language: &str, max_article: usize) -> PyResult<InputOptions> {
    let format = input_format.map(|name| one_of("input_format", name, INPUT_FORMATS)).transpose()?;
    let [text, id, title, date] = fields.map(str::to_owned);
    let language = one_of("language", language, &[("en", Language::English), ("any", Language::Any)])?;
    Ok(InputOptions { format, fields: Fields { text, id, title, date }, language, max_article })
}

const INPUT_FORMATS: &[(&str, InputFormat)] = &[
    ("text", InputFormat::Text),
    ("html", InputFormat::Html),
    ("jsonl", InputFormat::JsonLines),
    ("json", InputFormat::Json),
    ("csv", InputFormat::Csv),
    ("tsv", InputFormat::Tsv),
    ("parquet", InputFormat::Parquet),
    ("warc", InputFormat::Warc),
];

/// What a word stands for.
pub fn one_of<T: Copy>(keyword: &str, word: &str, known: &[(&str, T)]) -> PyResult<T> {
    let found = known.iter().find(|(name, _)| *name == word);
    found.map(|&(_, value)| value).ok_or_else(|| {
        let names: Vec<String> = known.iter().map(|(name, _)| format!("{name:?}")).collect();
        PyValueError::new_err(format!("{keyword} is {word:?}: give one of {}", names.join(", ")))
    })
}

/// One path or several, of which one must be there.
pub fn paths(paths: &Bound<'_, PyAny>) -> PyResult<Vec<PathBuf>> {
    let several = match paths.extract::<PathBuf>() {
        Ok(path) => vec![path],
        Err(_) => {
            let Ok(items) = paths.try_iter() else {
                return Err(PyTypeError::new_err(format!("paths is {}: give a path or a list of paths", paths.get_type().name()?)));
            };
            let path = |(i, item): (usize, PyResult<Bound<'_, PyAny>>)| {
                let item = item?;
                let found = item.get_type().name()?;
                item.extract().map_err(|_| PyTypeError::new_err(format!("paths[{i}] is {found}, not a path")))
            };
            items.enumerate().map(path).collect::<PyResult<_>>()?
        }
    };
    let there = |path: &PathBuf| path.as_os_str() == "-" || path.exists() || path.is_symlink();
    match several.first() {
        Some(first) if !several.iter().any(there) => {
            Err(PyFileNotFoundError::new_err((2, "no such file or folder", first.to_string_lossy().into_owned())))
        }
        _ => Ok(several),
    }
}
