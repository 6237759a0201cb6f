//! One article with its statements and speakers.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyDict, PyList, PyTuple};
use sayso_corpus::view::{ArticleView, notebook};

use crate::article::Article;
use crate::speaker::Speaker;
use crate::statement::Statement;

/// One article: its text, its statements, and who made them.
///
/// Offsets count code points, so that `doc.text[begin:end]` is the words.
///
/// >>> import sayso
/// >>> doc = sayso.extract("“We lost,” said Ana Ruiz.")
/// >>> doc
/// Document(1 statement, 1 speaker: '“We lost,” said Ana Ruiz.')
#[pyclass(frozen, module = "sayso")]
pub struct Document {
    text: PyBackedStr,
    article: Arc<Article>,
}

impl Document {
    /// A document of a text and what was found in it.
    pub fn new(text: PyBackedStr, article: Article) -> Self {
        Document { text, article: Arc::new(article) }
    }
}

#[pymethods]
impl Document {
    /// The article as it was given; a lone surrogate, which is no character, has become U+FFFD.
    #[getter]
    fn text(&self) -> &PyBackedStr {
        &self.text
    }

    /// The id that it was given, if any.
    #[getter]
    fn id(&self) -> Option<&str> {
        self.article.id.as_deref()
    }

    /// The headline found in the text, if it has one.
    #[getter]
    fn title(&self) -> Option<&str> {
        self.article.title.as_deref()
    }

    /// The dateline, "KABUL, Afghanistan (AP)", if it has one.
    #[getter]
    fn dateline(&self) -> Option<&str> {
        self.article.dateline.as_deref()
    }

    /// The credit line, "Agencies", if it has one.
    #[getter]
    fn credit(&self) -> Option<&str> {
        self.article.credit.as_deref()
    }

    /// The language that it was read as: "en".
    #[getter]
    fn language(&self) -> &str {
        &self.article.language
    }

    /// The statements, in the order of the text.
    #[getter]
    fn statements<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, (0..self.article.statements.len()).map(|at| Statement::new(&self.article, at)))
    }

    /// Who speaks in it, in the order of first mention.
    #[getter]
    fn speakers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, (0..self.article.speakers.len()).map(|at| Speaker::new(&self.article, at)))
    }

    /// The article as the JSON of `sayso extract --format documents`.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let article = &*self.article;
        let dict = PyDict::new(py);
        dict.set_item("document", &article.id)?;
        dict.set_item("title", &article.title)?;
        dict.set_item("dateline", &article.dateline)?;
        dict.set_item("credit", &article.credit)?;
        dict.set_item("language", &*article.language)?;
        let speakers = (0..article.speakers.len()).map(|at| Speaker::new(&self.article, at).to_dict(py));
        dict.set_item("speakers", PyList::new(py, speakers.collect::<PyResult<Vec<_>>>()?)?)?;
        let statements = (0..article.statements.len()).map(|at| Statement::new(&self.article, at).to_dict(py));
        dict.set_item("statements", PyList::new(py, statements.collect::<PyResult<Vec<_>>>()?)?)?;
        Ok(dict)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let (statements, speakers) = (self.article.statements.len(), self.article.speakers.len());
        Ok(format!("Document({}, {}: {})", count(statements, "statement"), count(speakers, "speaker"), quoted(py, &self.text)?))
    }

    /// How a notebook shows it: who speaks, and the text with its statements marked.
    fn _repr_html_(&self) -> String {
        let record = self.article.record();
        notebook(&ArticleView { text: &self.text, date: None, record: &record })
    }

    fn __eq__(&self, other: &Self) -> bool {
        *self.text == *other.text && self.article == other.article
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.text.hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (&PyBackedStr, String))> {
        Ok((py.import("sayso._native")?.getattr("_restore")?, (&self.text, self.article.to_json())))
    }
}

/// A document from its pickle.
#[pyfunction]
#[pyo3(name = "_restore")]
pub fn restore(text: PyBackedStr, article: &str) -> PyResult<Document> {
    let article =
        Article::from_json(article).map_err(|why| PyValueError::new_err(format!("not a pickle of this version of sayso: {why}")))?;
    Ok(Document::new(text, article))
}

/// The words as Python would write them, cut after 40 characters.
pub fn quoted(py: Python<'_>, words: &str) -> PyResult<String> {
    let mut short: String = words.chars().take(40).collect();
    if short.len() < words.len() {
        short.pop();
        short.push('…');
    }
    Ok(pyo3::types::PyString::new(py, &short).repr()?.to_string())
}
