//! Who speaks in an article.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::article::{Article, Voice};
use crate::phrase::span_lists;

/// Somebody or something that makes statements in an article.
///
/// >>> import sayso
/// >>> sayso.extract("“We lost,” said Ana Ruiz, the mayor of Lorca.").speakers[0]
/// Speaker(0, 'Ana Ruiz', 'person', role='mayor', affiliation='Lorca')
#[pyclass(frozen, module = "sayso")]
pub struct Speaker {
    article: Arc<Article>,
    at: usize,
}

impl Speaker {
    /// Speaker `at` of an article.
    pub fn new(article: &Arc<Article>, at: usize) -> Self {
        Speaker { article: Arc::clone(article), at }
    }

    fn voice(&self) -> &Voice {
        &self.article.speakers[self.at]
    }

    /// What a statement's JSON says of its speaker.
    pub fn to_short_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let voice = self.voice();
        let dict = PyDict::new(py);
        dict.set_item("id", self.at)?;
        dict.set_item("name", &voice.name)?;
        dict.set_item("kind", &*voice.kind)?;
        dict.set_item("role", &voice.role)?;
        dict.set_item("affiliation", &voice.affiliation)?;
        Ok(dict)
    }
}

impl PartialEq for Speaker {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at && self.voice() == other.voice()
    }
}

#[pymethods]
impl Speaker {
    /// The article's own number for this speaker: the same in every statement.
    #[getter]
    fn id(&self) -> usize {
        self.at
    }

    /// The fullest name that the article gives.
    #[getter]
    pub fn name(&self) -> &str {
        &self.voice().name
    }

    /// What the speaker is: "person", "unnamed", "group", "organization", "document" or "unknown".
    #[getter]
    fn kind(&self) -> &str {
        &self.voice().kind
    }

    /// The speaker's office or work, "mayor"; None where the text does not tell.
    #[getter]
    fn role(&self) -> Option<&str> {
        self.voice().role.as_deref()
    }

    /// The place or body that the speaker belongs to, "Lorca"; None where the text does not tell.
    #[getter]
    fn affiliation(&self) -> Option<&str> {
        self.voice().affiliation.as_deref()
    }

    /// Where the article names or refers to the speaker: (begin, end) in code points, ascending.
    #[getter]
    fn mentions(&self) -> Vec<(u32, u32)> {
        self.voice().mentions.clone()
    }

    /// The speaker as in the JSON of `sayso extract --format documents`.
    pub fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = self.to_short_dict(py)?;
        dict.set_item("mentions", span_lists(py, &self.voice().mentions)?)?;
        Ok(dict)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let written = |words: &str| Ok::<_, PyErr>(pyo3::types::PyString::new(py, words).repr()?.to_string());
        let voice = self.voice();
        let mut parts = vec![self.at.to_string(), written(&voice.name)?, written(&voice.kind)?];
        for (key, value) in [("role", &voice.role), ("affiliation", &voice.affiliation)] {
            if let Some(value) = value {
                parts.push(format!("{key}={}", written(value)?));
            }
        }
        Ok(format!("Speaker({})", parts.join(", ")))
    }

    fn __eq__(&self, other: &Self) -> bool {
        self == other
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.at, self.voice()).hash(&mut hasher);
        hasher.finish()
    }
}
