//! Texts in, documents out.

use std::path::PathBuf;

use pyo3::exceptions::{PyTypeError, PyUnicodeEncodeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyBytes, PyString};
use rayon::prelude::*;

use crate::ModelError;
use crate::article::Article;
use crate::document::Document;

/// Texts that each thread works on between two looks for Ctrl-C.
const TEXTS_PER_THREAD: usize = 32;

/// Finds statements with one model; use `sayso.extract` unless the model is your own.
///
/// model: the path of a model file; None for the English model that is built in.
///
/// >>> import sayso
/// >>> extractor = sayso.Extractor()
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
        let inner = match &model {
            None => sayso::Extractor::english(),
            Some(path) => {
                let weights = std::fs::read(path).map_err(|error| with_path(py, &error, path))?;
                let model = sayso::Model::read(weights).map_err(|why| ModelError::new_err(format!("{}: {why}", path.display())))?;
                sayso::Extractor::new(model)
            }
        };
        Ok(Extractor { inner, model })
    }

    /// The path of the model file; None for the English model that is built in.
    #[getter]
    fn model(&self) -> Option<String> {
        self.model.as_ref().map(|path| path.to_string_lossy().into_owned())
    }

    /// The statements of one article.
    #[pyo3(signature = (text, *, id = None))]
    fn extract(&self, py: Python<'_>, text: &Bound<'_, PyAny>, id: Option<String>) -> PyResult<Document> {
        let text = read_text(text, || "text".to_owned())?;
        let article = py.detach(|| Article::read(&self.inner, &text, id));
        Ok(Document::new(text, article))
    }

    /// The statements of many articles, in their order; threads: how many to use, None for all of the machine's.
    #[pyo3(signature = (texts, threads = None, *, ids = None))]
    fn extract_all(
        &self,
        py: Python<'_>,
        texts: &Bound<'_, PyAny>,
        threads: Option<usize>,
        ids: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Vec<Document>> {
        let pool = threads.map(pool).transpose()?;
        let texts = read_texts(texts, "texts")?;
        let mut ids: Vec<Option<String>> = match ids {
            None => vec![None; texts.len()],
            Some(ids) => read_texts(ids, "ids")?.iter().map(|id| Some(id.to_string())).collect(),
        };
        if ids.len() != texts.len() {
            return Err(PyValueError::new_err(format!("{} texts, but {} ids: give one id a text", texts.len(), ids.len())));
        }
        let width = pool.as_ref().map_or_else(rayon::current_num_threads, rayon::ThreadPool::current_num_threads) * TEXTS_PER_THREAD;
        let mut articles = Vec::with_capacity(texts.len());
        for (texts, ids) in texts.chunks(width).zip(ids.chunks_mut(width)) {
            let read =
                || -> Vec<Article> { texts.par_iter().zip(ids).map(|(text, id)| Article::read(&self.inner, text, id.take())).collect() };
            articles.extend(py.detach(|| match &pool {
                Some(pool) => pool.install(read),
                None => read(),
            }));
            py.check_signals()?;
        }
        Ok(texts.into_iter().zip(articles).map(|(text, article)| Document::new(text, article)).collect())
    }

    fn __repr__(&self) -> String {
        self.model.as_ref().map_or_else(|| "Extractor()".to_owned(), |path| format!("Extractor({:?})", path.display().to_string()))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyAny>, (Option<String>,)) {
        (slf.get_type().into_any(), (slf.get().model(),))
    }
}

/// The statements of one article, found with the English model.
///
/// text: the article, as it is; id: how `to_dict` names it.
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

/// The statements of many articles, found with the English model in parallel, in their order.
///
/// texts: any iterable of str; threads: how many to use, None for all of the machine's; ids: one a text, for `to_dict`.
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

fn pool(threads: usize) -> PyResult<rayon::ThreadPool> {
    if threads == 0 {
        return Err(PyValueError::new_err("threads is 0: give 1 or more, or None for all of the machine's"));
    }
    let built = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    built.map_err(|why| PyValueError::new_err(format!("{threads} threads cannot be had: {why}")))
}

/// The system's error, as Python raises it when a file of that path cannot be opened.
fn with_path(py: Python<'_>, error: &std::io::Error, path: &std::path::Path) -> PyErr {
    let Some(number) = error.raw_os_error() else { return std::io::Error::new(error.kind(), error.to_string()).into() };
    let reason = py.import("os").and_then(|os| os.call_method1("strerror", (number,)));
    reason.map_or_else(|e| e, |reason| pyo3::exceptions::PyOSError::new_err((number, reason.unbind(), path.to_string_lossy().into_owned())))
}

fn read_texts(texts: &Bound<'_, PyAny>, what: &str) -> PyResult<Vec<PyBackedStr>> {
    if texts.is_instance_of::<PyString>() {
        return Err(PyTypeError::new_err(format!("{what} is one str: give a list of them")));
    }
    let items = texts.try_iter()?;
    items.enumerate().map(|(i, item)| read_text(&item?, || format!("{what}[{i}]"))).collect()
}

/// The text without a copy; a lone surrogate, which is no character, becomes U+FFFD and keeps its place.
fn read_text(text: &Bound<'_, PyAny>, what: impl Fn() -> String) -> PyResult<PyBackedStr> {
    let Ok(string) = text.cast::<PyString>() else {
        let found = text.get_type().name()?;
        return Err(PyTypeError::new_err(format!("{} is {found}, not str", what())));
    };
    match string.extract::<PyBackedStr>() {
        Err(error) if error.is_instance_of::<PyUnicodeEncodeError>(text.py()) => without_surrogates(string)?.extract(),
        extracted => extracted,
    }
}

fn without_surrogates<'py>(text: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyString>> {
    let encoded = text.call_method1("encode", ("utf-8", "surrogatepass"))?;
    let mut bytes = encoded.cast::<PyBytes>()?.as_bytes().to_vec();
    for at in 0..bytes.len().saturating_sub(2) {
        // Only surrogates begin with ED A0 or higher, and they take as many bytes as U+FFFD.
        if bytes[at] == 0xED && bytes[at + 1] >= 0xA0 {
            bytes[at..at + 3].copy_from_slice("\u{FFFD}".as_bytes());
        }
    }
    Ok(PyString::new(text.py(), &String::from_utf8_lossy(&bytes)))
}
