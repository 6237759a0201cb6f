//! Texts in, documents out.

use std::path::PathBuf;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use sayso_cli::Model;

use crate::ModelError;
use crate::article::Article;
use crate::document::Document;
use crate::strings::{read_text, read_texts};
use crate::table::{self, Table};
use crate::threads::Threads;

/// Finds statements with one model; `sayso.extract` and its like use the fast one.
///
/// - model: "fast", the linear model, also for None; "accurate", where an encoder reads whole paragraphs: it finds more statements,
///   more exactly, and takes several times as long; or the path of a model file. Both models are in the package.
///
/// Raises OSError if the file cannot be read, and `sayso.ModelError` if it is no model.
///
/// >>> import sayso
/// >>> extractor = sayso.Extractor(model="accurate")
/// >>> [s.form for s in extractor.extract("“We lost,” said Ana Ruiz.").statements]
/// ['direct']
#[pyclass(frozen, module = "sayso")]
pub struct Extractor {
    inner: sayso::Extractor,
    model: Option<PathBuf>,
}

#[pymethods]
impl Extractor {
    #[new]
    #[pyo3(signature = (model = None))]
    fn new(py: Python<'_>, model: Option<PathBuf>) -> PyResult<Self> {
        let named = |path: &PathBuf| Model::NAMED.iter().find(|(name, _)| path.as_os_str() == *name).map(|&(_, model)| model);
        let inner = match model.as_ref().map(|path| (path, named(path))) {
            None => Model::Fast.extractor(),
            Some((_, Some(model))) => py.detach(|| model.extractor()),
            Some((path, None)) => {
                let weights = std::fs::read(path).map_err(|error| with_path(py, &error, path))?;
                let model = sayso::Model::read(weights).map_err(|why| ModelError::new_err(format!("{}: {why}", path.display())))?;
                sayso::Extractor::new(model)
            }
        };
        Ok(Extractor { inner, model })
    }

    /// The name of the model, or the path of its file; None if none was given.
    #[getter]
    fn model(&self) -> Option<String> {
        self.model.as_ref().map(|path| path.to_string_lossy().into_owned())
    }

    /// The statements of one article, like `sayso.extract`.
    #[pyo3(signature = (text, *, id = None))]
    fn extract(&self, py: Python<'_>, text: &Bound<'_, PyAny>, id: Option<String>) -> PyResult<Document> {
        let text = read_text(text, || "text".to_owned())?;
        let article = py.detach(|| Article::read(&self.inner, &text, id));
        Ok(Document::new(text, article))
    }

    /// The statements of many articles, like `sayso.extract_all`.
    #[pyo3(signature = (texts, threads = None, *, ids = None))]
    fn extract_all(
        &self,
        py: Python<'_>,
        texts: &Bound<'_, PyAny>,
        threads: Option<usize>,
        ids: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Vec<Document>> {
        let threads = Threads::new(threads)?;
        let texts = read_texts(texts, "texts")?;
        let ids: Vec<Option<String>> = match ids {
            None => vec![None; texts.len()],
            Some(ids) => read_texts(ids, "ids")?.iter().map(|id| Some(id.to_string())).collect(),
        };
        if ids.len() != texts.len() {
            return Err(PyValueError::new_err(format!("{} texts, but {} ids: give one id a text", texts.len(), ids.len())));
        }
        let mut articles = Vec::with_capacity(texts.len());
        let work = |at: usize| Article::read(&self.inner, &texts[at], ids[at].clone());
        threads.each(py, texts.len(), work, |done| articles.extend(done))?;
        Ok(texts.into_iter().zip(articles).map(|(text, article)| Document::new(text, article)).collect())
    }

    /// The statements of many articles as a table, like `sayso.to_table`.
    #[pyo3(signature = (texts, ids = None, *, threads = None))]
    fn to_table(
        &self,
        py: Python<'_>,
        texts: &Bound<'_, PyAny>,
        ids: Option<&Bound<'_, PyAny>>,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        table::of_texts(py, &self.inner, texts, ids, threads)
    }

    /// The statements of a table's articles as a table, like `sayso.extract_table`.
    #[pyo3(
        signature = (table, text = "text", id = Some("id"), *, threads = None),
        text_signature = "($self, table, text='text', id='id', *, threads=None)"
    )]
    fn extract_table(
        &self,
        py: Python<'_>,
        table: &Bound<'_, PyAny>,
        text: &str,
        id: Option<&str>,
        threads: Option<usize>,
    ) -> PyResult<Table> {
        table::of_table(py, &self.inner, table, text, id, threads)
    }

    fn __repr__(&self) -> String {
        self.model.as_ref().map_or_else(|| "Extractor()".to_owned(), |path| format!("Extractor({:?})", path.display().to_string()))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyAny>, (Option<String>,)) {
        (slf.get_type().into_any(), (slf.get().model(),))
    }
}

/// The statements of one article, found with the fast English model.
///
/// - text: the article, as it is.
/// - id: how `to_dict` names it.
///
/// Raises TypeError if `text` is no str. A str, whatever is in it, raises nothing.
///
/// >>> import sayso
/// >>> doc = sayso.extract("“The bridge will open in May,” said Ana Ruiz, the mayor of Lorca.")
/// >>> for s in doc.statements:
/// ...     print(s.speakers[0].name, "|", s.content.text)
/// Ana Ruiz | “The bridge will open in May,”
#[pyfunction]
#[pyo3(signature = (text, *, id = None))]
pub fn extract(py: Python<'_>, text: &Bound<'_, PyAny>, id: Option<String>) -> PyResult<Document> {
    Extractor::new(py, None)?.extract(py, text, id)
}

/// The statements of many articles, found with the fast English model in parallel, in their order.
///
/// - texts: any iterable of str.
/// - threads: how many to use; None for all of the machine's.
/// - ids: one a text; how `to_dict` names it.
///
/// Raises TypeError if a text is no str, and ValueError if there are more or fewer ids than texts, or `threads` is 0. Ctrl-C ends it.
///
/// >>> import sayso
/// >>> docs = sayso.extract_all(["“We lost,” said Ana Ruiz.", "It rained."])
/// >>> [len(doc.statements) for doc in docs]
/// [1, 0]
#[pyfunction]
#[pyo3(signature = (texts, threads = None, *, ids = None))]
pub fn extract_all(
    py: Python<'_>,
    texts: &Bound<'_, PyAny>,
    threads: Option<usize>,
    ids: Option<&Bound<'_, PyAny>>,
) -> PyResult<Vec<Document>> {
    Extractor::new(py, None)?.extract_all(py, texts, threads, ids)
}

/// The statements of many articles as a table, one row a statement, found with the fast English model in parallel.
///
/// - texts: any iterable of str, or a column of pyarrow, pandas, polars or another library that speaks the Arrow PyCapsule interface,
///   which is not copied. A missing text of a column has no statements.
/// - ids: one a text, strings or whole numbers: what the column `document` says. None for the texts' numbers, from 0.
/// - threads: how many to use; None for all of the machine's.
///
/// Raises TypeError if a text is no str, and ValueError if there are more or fewer ids than texts, or `threads` is 0. Ctrl-C ends it.
///
/// >>> import sayso
/// >>> table = sayso.to_table(["“We lost,” said Ana Ruiz.", "It rained."], ids=["a1", "a2"])
/// >>> import polars
/// >>> polars.DataFrame(table).select("document", "form", "speaker", "content").row(0)
/// ('a1', 'direct', 'Ana Ruiz', '“We lost,”')
#[pyfunction]
#[pyo3(signature = (texts, ids = None, *, threads = None))]
pub fn to_table(py: Python<'_>, texts: &Bound<'_, PyAny>, ids: Option<&Bound<'_, PyAny>>, threads: Option<usize>) -> PyResult<Table> {
    Extractor::new(py, None)?.to_table(py, texts, ids, threads)
}

/// The statements of a table's articles as a table, one row a statement, found with the fast English model in parallel.
///
/// - table: of pyarrow, pandas, polars, duckdb or another library that speaks the Arrow PyCapsule interface; it is not copied, and a
///   stream is read piece by piece.
/// - text: the name of the column of articles.
/// - id: the name of the column of their ids, which the column `document` of the result repeats; without a column "id", or with
///   id=None, that is the row's number, from 0.
/// - threads: how many to use; None for all of the machine's.
///
/// Raises TypeError if it is no table or a text is no str, and ValueError if a column is missing. Ctrl-C ends it.
///
/// >>> import polars, sayso
/// >>> news = polars.DataFrame({"id": ["a1", "a2"], "text": ["It rained.", "“We lost,” said Ana Ruiz."]})
/// >>> polars.DataFrame(sayso.extract_table(news)).select("document", "speaker", "content").rows()
/// [('a2', 'Ana Ruiz', '“We lost,”')]
#[pyfunction]
#[pyo3(
    signature = (table, text = "text", id = Some("id"), *, threads = None),
    text_signature = "(table, text='text', id='id', *, threads=None)"
)]
pub fn extract_table(py: Python<'_>, table: &Bound<'_, PyAny>, text: &str, id: Option<&str>, threads: Option<usize>) -> PyResult<Table> {
    Extractor::new(py, None)?.extract_table(py, table, text, id, threads)
}

/// The system's error, as Python raises it when a file of that path cannot be opened.
pub fn with_path(py: Python<'_>, error: &std::io::Error, path: &std::path::Path) -> PyErr {
    let Some(number) = error.raw_os_error() else {
        return pyo3::exceptions::PyOSError::new_err(format!("{}: {error}", path.display()));
    };
    let reason = py.import("os").and_then(|os| os.call_method1("strerror", (number,)));
    reason.map_or_else(|e| e, |reason| pyo3::exceptions::PyOSError::new_err((number, reason.unbind(), path.to_string_lossy().into_owned())))
}
