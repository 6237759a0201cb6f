//! Words of an article, and where they stand.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use crate::article::Words;
use crate::document::quoted;

/// Words of the article and where they stand.
///
/// >>> import sayso
/// >>> doc = sayso.extract("“We lost,” said Ana Ruiz.")
/// >>> source = doc.statements[0].source
/// >>> source
/// Phrase('Ana Ruiz', [(16, 24)])
/// >>> [doc.text[begin:end] for begin, end in source.spans]
/// ['Ana Ruiz']
#[pyclass(frozen, eq, hash, module = "sayso")]
#[derive(PartialEq, Eq, Hash)]
pub struct Phrase {
    words: Arc<Words>,
}

impl Phrase {
    /// A phrase of the words it shares.
    pub fn new(words: &Arc<Words>) -> Self {
        Phrase { words: Arc::clone(words) }
    }
}

#[pymethods]
impl Phrase {
    /// The words; those of several spans joined by " … ".
    #[getter]
    fn text(&self) -> &str {
        &self.words.text
    }

    /// (begin, end) of each span in code points, ascending.
    #[getter]
    fn spans(&self) -> Vec<(u32, u32)> {
        self.words.spans.clone()
    }

    /// The phrase as in the JSON: {"text", "spans"}.
    pub fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("text", &self.words.text)?;
        dict.set_item("spans", span_lists(py, &self.words.spans)?)?;
        Ok(dict)
    }

    fn __str__(&self) -> &str {
        &self.words.text
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Phrase({}, {:?})", quoted(py, &self.words.text)?, self.words.spans))
    }
}

/// The words that signal a statement.
///
/// >>> import sayso
/// >>> cue = sayso.extract("“We lost,” said Ana Ruiz.").statements[0].cue
/// >>> cue.text, cue.lemma, cue.spans
/// ('said', 'say', [(11, 15)])
#[pyclass(frozen, eq, hash, module = "sayso")]
#[derive(PartialEq, Eq, Hash)]
pub struct Cue {
    words: Arc<Words>,
    lemma: String,
}

impl Cue {
    /// A cue of the words it shares and their main word's lemma.
    pub fn new(words: &Arc<Words>, lemma: &str) -> Self {
        Cue { words: Arc::clone(words), lemma: lemma.to_owned() }
    }
}

#[pymethods]
impl Cue {
    /// The words, "has said".
    #[getter]
    fn text(&self) -> &str {
        &self.words.text
    }

    /// The main word's lemma, "say".
    #[getter]
    fn lemma(&self) -> &str {
        &self.lemma
    }

    /// (begin, end) of each span in code points, ascending.
    #[getter]
    fn spans(&self) -> Vec<(u32, u32)> {
        self.words.spans.clone()
    }

    /// The cue as in the JSON: {"text", "lemma", "spans"}.
    pub fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("text", &self.words.text)?;
        dict.set_item("lemma", &self.lemma)?;
        dict.set_item("spans", span_lists(py, &self.words.spans)?)?;
        Ok(dict)
    }

    fn __str__(&self) -> &str {
        &self.words.text
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Cue({}, {:?}, {:?})", quoted(py, &self.words.text)?, self.lemma, self.words.spans))
    }
}

/// Spans as JSON has them: a list of [begin, end].
pub fn span_lists<'py>(py: Python<'py>, spans: &[(u32, u32)]) -> PyResult<Bound<'py, PyList>> {
    let lists = spans.iter().map(|&(begin, end)| PyList::new(py, [begin, end]));
    PyList::new(py, lists.collect::<PyResult<Vec<_>>>()?)
}
