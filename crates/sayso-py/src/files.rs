//! Files in, a file of statements out: the engine of the command.

use std::path::PathBuf;

use pyo3::exceptions::{PyKeyboardInterrupt, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use sayso_cli::Model;
use sayso_corpus::pipeline::{self, End, Job, JournalError, RunError, Watch};
use sayso_corpus::writers::page::Layout;
use sayso_corpus::writers::{OutputFormat, Renderer};
use sayso_corpus::{InputError, Offsets};

use crate::extractor::with_path;
use crate::reading::{one_of, options, paths, tell};
use crate::threads;

/// What `sayso.extract_files` did.
///
/// >>> import pathlib, sayso, tempfile
/// >>> folder = pathlib.Path(tempfile.mkdtemp())
/// >>> _ = (folder / "a.txt").write_text("“We lost,” said Ana Ruiz.", encoding="utf-8")
/// >>> sayso.extract_files(folder / "a.txt", folder / "statements.jsonl")
/// Summary(articles=1, statements=1, errors=0, passed_over=0)
#[pyclass(frozen, eq, get_all, module = "sayso")]
#[derive(PartialEq, Eq)]
pub struct Summary {
    /// Articles whose statements are written.
    articles: u64,
    /// Statements written.
    statements: u64,
    /// Inputs and records that could not be read.
    errors: u64,
    /// Articles passed over because they are in another language.
    passed_over: u64,
}

#[pymethods]
impl Summary {
    fn __repr__(&self) -> String {
        let Summary { articles, statements, errors, passed_over } = self;
        format!("Summary(articles={articles}, statements={statements}, errors={errors}, passed_over={passed_over})")
    }
}

impl From<pipeline::Summary> for Summary {
    fn from(summary: pipeline::Summary) -> Self {
        let pipeline::Summary { articles, statements, errors, foreign: passed_over } = summary;
        Summary { articles, statements, errors, passed_over }
    }
}

/// How far a run of `sayso.extract_files` has come.
///
/// >>> import pathlib, sayso, tempfile
/// >>> folder = pathlib.Path(tempfile.mkdtemp())
/// >>> _ = (folder / "a.txt").write_text("It rained.", encoding="utf-8")
/// >>> told = []
/// >>> _ = sayso.extract_files(folder / "a.txt", folder / "statements.jsonl", progress=told.append)
/// >>> told[-1]
/// Progress(articles=1, statements=0, bytes_read=10, bytes_total=10)
#[pyclass(frozen, get_all, module = "sayso")]
pub struct Progress {
    /// Articles whose statements are written.
    articles: u64,
    /// Statements written.
    statements: u64,
    /// Bytes read, before they are unpacked.
    bytes_read: u64,
    /// Bytes to read in all; None where nobody knows.
    bytes_total: Option<u64>,
}

#[pymethods]
impl Progress {
    fn __repr__(&self) -> String {
        let Progress { articles, statements, bytes_read, bytes_total } = self;
        let total = bytes_total.map_or_else(|| "None".to_owned(), |total| total.to_string());
        format!("Progress(articles={articles}, statements={statements}, bytes_read={bytes_read}, bytes_total={total})")
    }
}

impl From<&pipeline::Progress> for Progress {
    fn from(progress: &pipeline::Progress) -> Self {
        let pipeline::Summary { articles, statements, .. } = progress.summary;
        Progress { articles, statements, bytes_read: progress.bytes, bytes_total: progress.total }
    }
}

/// Writes the statements of files and folders to a file, as the command `sayso extract` does, and says what it did.
///
/// - paths: one path or several; a folder is walked in the order of its names.
/// - out: the file to write; it appears when all is written, never half.
/// - format: "jsonl", "documents", "csv", "parquet", "annotations", "html" or "text"; None tells by the name of `out`: .parquet, .csv,
///   .html, else "jsonl".
/// - model: "fast" or "accurate", as of `sayso.Extractor`.
/// - resume: go on where an earlier run with the same inputs and options was cut off, and leave what a later one needs if this one is.
/// - progress: is called with a `sayso.Progress` about ten times a second, and once at the end.
/// - offsets: what spans count: "chars" (code points), "bytes" (of UTF-8) or "utf16".
/// - threads: how many to use; None for all of the machine's.
/// - safe_csv: let no cell of CSV be run as a formula.
/// - The other keywords are those of `sayso.read`.
///
/// Raises FileNotFoundError if none of the paths is there, OSError if `out` cannot be written, and ValueError for a word that is none
/// of those above. Ctrl-C, or an exception out of `progress` or `on_error`, ends it within a second; what is complete is kept for
/// `resume`.
///
/// >>> import pathlib, sayso, tempfile
/// >>> folder = pathlib.Path(tempfile.mkdtemp())
/// >>> _ = (folder / "a.jsonl").write_text('{"id": "a1", "text": "“We lost,” said Ana Ruiz."}', encoding="utf-8")
/// >>> sayso.extract_files(folder / "a.jsonl", folder / "statements.csv")
/// Summary(articles=1, statements=1, errors=0, passed_over=0)
/// >>> (folder / "statements.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[:5]
/// ['a1', '0', 'direct', 'assert', 'Ana Ruiz']
#[pyfunction]
#[pyo3(signature = (paths, out, format = None, *, model = "fast", resume = false, progress = None, on_error = None, offsets = "chars", threads = None,
    safe_csv = false, input_format = None, text_field = "text", id_field = "id", title_field = "title", date_field = "date",
    language = "en", max_article = 16_777_216))]
#[allow(clippy::too_many_arguments, reason = "they are keywords")]
pub fn extract_files(
    py: Python<'_>,
    paths: &Bound<'_, PyAny>,
    out: PathBuf,
    format: Option<&str>,
    model: &str,
    resume: bool,
    progress: Option<Py<PyAny>>,
    on_error: Option<Py<PyAny>>,
    offsets: &str,
    threads: Option<usize>,
    safe_csv: bool,
    input_format: Option<&str>,
    text_field: &str,
    id_field: &str,
    title_field: &str,
    date_field: &str,
    language: &str,
    max_article: usize,
) -> PyResult<Summary> {
    let format = match format {
        Some(name) => one_of("format", name, &OutputFormat::ALL.map(|(format, name, _)| (name, format)))?,
        None => OutputFormat::of_file(&out).unwrap_or(OutputFormat::JsonLines),
    };
    let offsets = one_of("offsets", offsets, &[("chars", Offsets::Chars), ("bytes", Offsets::Bytes), ("utf16", Offsets::Utf16)])?;
    let model = one_of("model", model, &Model::NAMED)?;
    let threads = threads::count(threads)?;
    let job = Job {
        inputs: self::paths(paths)?,
        options: options(input_format, [text_field, id_field, title_field, date_field], language, max_article)?,
        renderer: Renderer { format, offsets, safe_csv, layout: Layout { width: 80, color: false } },
        output: Some(out),
        threads,
        resume,
        version: model.version(),
    };
    let extractor = py.detach(|| model.extractor());
    let mut listener = Listener { progress, on_error, raised: None };
    let ended = py.detach(|| pipeline::run(&job, move |text| extractor.extract(text), &mut listener));
    match ended {
        Ok(End::Done(summary)) => listener.raised.map_or(Ok(summary.into()), Err),
        Ok(End::Stopped(..)) => Err(listener.raised.unwrap_or_else(|| PyKeyboardInterrupt::new_err(()))),
        Err(error) => Err(raised(py, error, &job)),
    }
}

/// Why a run ended, as Python raises it.
fn raised(py: Python<'_>, error: RunError, job: &Job) -> PyErr {
    match error {
        RunError::NoOutput(error) => with_path(py, &error.why, &error.path),
        RunError::Output(error) => with_path(py, &error, job.output.as_deref().unwrap_or(std::path::Path::new("-"))),
        RunError::Journal(JournalError::System(path, error)) => with_path(py, &error, &path),
        other @ (RunError::Journal(_) | RunError::NotResumable) => PyValueError::new_err(other.to_string()),
        RunError::Threads(why) => PyRuntimeError::new_err(format!("the threads cannot be started: {why}")),
    }
}

/// Passes on what happens, and remembers the first exception, which stops the run.
struct Listener {
    progress: Option<Py<PyAny>>,
    on_error: Option<Py<PyAny>>,
    raised: Option<PyErr>,
}

impl Listener {
    fn hear(&mut self, heard: impl FnOnce(Python<'_>, &Self) -> PyResult<()>) {
        if self.raised.is_none() {
            self.raised = Python::attach(|py| heard(py, self)).err();
        }
    }
}

impl Watch for Listener {
    fn error(&mut self, error: &InputError) {
        self.hear(|py, listener| tell(py, listener.on_error.as_ref(), error));
    }

    fn progress(&mut self, progress: &pipeline::Progress) {
        if self.progress.is_some() {
            self.hear(|py, listener| match &listener.progress {
                Some(told) => told.call1(py, (Progress::from(progress),)).map(drop),
                None => Ok(()),
            });
        }
    }

    fn stop(&mut self) -> bool {
        self.hear(|py, _| py.check_signals());
        self.raised.is_some()
    }

    fn wants_total(&self) -> bool {
        self.progress.is_some()
    }
}
