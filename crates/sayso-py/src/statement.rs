//! One statement of an article.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};

use crate::article::{Article, Said, Words};
use crate::document::quoted;
use crate::phrase::{Cue, Phrase};
use crate::speaker::Speaker;

/// One thing that somebody is reported to have said, written, asked, promised, denied, thought or shown.
///
/// >>> import sayso
/// >>> s = sayso.extract("“We lost,” said Ana Ruiz.").statements[0]
/// >>> s.content.text, s.cue.lemma, s.source.text
/// ('“We lost,”', 'say', 'Ana Ruiz')
#[pyclass(frozen, module = "sayso")]
pub struct Statement {
    article: Arc<Article>,
    at: usize,
}

impl Statement {
    /// Statement `at` of an article.
    pub fn new(article: &Arc<Article>, at: usize) -> Self {
        Statement { article: Arc::clone(article), at }
    }

    fn said(&self) -> &Said {
        &self.article.statements[self.at]
    }

    fn voices(&self) -> impl Iterator<Item = Speaker> {
        self.said().speakers.iter().map(|&id| Speaker::new(&self.article, id as usize))
    }
}

#[pymethods]
impl Statement {
    /// Its number in the article, from 0, in the order of the text.
    #[getter]
    fn index(&self) -> usize {
        self.at
    }

    /// How much of the content stands in quotation marks: "direct" (all), "mixed" (part of it) or "indirect" (none).
    #[getter]
    fn form(&self) -> &str {
        &self.said().form
    }

    /// What the source does: "assert", "ask", "answer", "urge", "commit", "accuse", "praise", "deny", "admit", "predict", "think", "show" or "other".
    #[getter]
    fn act(&self) -> &str {
        &self.said().act
    }

    /// What was said, quotation marks and a leading "that" included.
    #[getter]
    fn content(&self) -> Phrase {
        Phrase::new(&self.said().content)
    }

    /// The words that signal it, "said"; None where there are none.
    #[getter]
    fn cue(&self) -> Option<Cue> {
        self.said().cue.as_ref().map(|(words, lemma)| Cue::new(words, lemma))
    }

    /// The words that name who said it; None where there are none.
    #[getter]
    fn source(&self) -> Option<Phrase> {
        phrase(&self.said().source)
    }

    /// Who said it; empty where the text does not tell.
    #[getter]
    fn speakers<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.voices().collect::<Vec<_>>())
    }

    /// How the source was resolved to its speaker: "name", "pronoun", "description", "continuation" or "none".
    #[getter]
    fn resolved_by(&self) -> &str {
        &self.said().resolved_by
    }

    /// To whom it was said, "reporters"; None where the text does not tell.
    #[getter]
    fn addressee(&self) -> Option<Phrase> {
        phrase(&self.said().addressee)
    }

    /// What it was about: in "Asked about the bridge, she said ...", "the bridge"; None where the text does not tell.
    #[getter]
    fn topic(&self) -> Option<Phrase> {
        phrase(&self.said().topic)
    }

    /// When it was said, "on Tuesday"; None where the text does not tell.
    #[getter]
    fn when(&self) -> Option<Phrase> {
        phrase(&self.said().when)
    }

    /// Where it was said, "at a rally in Lorca"; None where the text does not tell.
    #[getter]
    #[pyo3(name = "where")]
    fn place(&self) -> Option<Phrase> {
        phrase(&self.said().place)
    }

    /// A calibrated probability, 0 to 1, that content and source are right.
    #[getter]
    fn confidence(&self) -> f64 {
        self.said().confidence
    }

    /// The statement as the JSON of `sayso extract --format jsonl`.
    pub fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let said = self.said();
        let dict = PyDict::new(py);
        dict.set_item("document", &self.article.id)?;
        dict.set_item("index", self.at)?;
        dict.set_item("form", &*said.form)?;
        dict.set_item("act", &*said.act)?;
        dict.set_item("content", self.content().to_dict(py)?)?;
        dict.set_item("cue", self.cue().map(|cue| cue.to_dict(py)).transpose()?)?;
        let set = |key: &str, words: &Option<Arc<Words>>| dict.set_item(key, phrase(words).map(|p| p.to_dict(py)).transpose()?);
        set("source", &said.source)?;
        let speakers = self.voices().map(|voice| voice.to_short_dict(py)).collect::<PyResult<Vec<_>>>()?;
        dict.set_item("speakers", PyList::new(py, speakers)?)?;
        dict.set_item("resolved_by", &*said.resolved_by)?;
        set("addressee", &said.addressee)?;
        set("topic", &said.topic)?;
        set("when", &said.when)?;
        set("where", &said.place)?;
        dict.set_item("confidence", said.confidence)?;
        Ok(dict)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let names: Vec<String> = self.voices().map(|voice| voice.name().to_owned()).collect();
        let who = if names.is_empty() { "nobody named".to_owned() } else { names.join("; ") };
        let said = self.said();
        Ok(format!("Statement({} {}, {who}: {})", said.form, said.act, quoted(py, &said.content.text)?))
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.at == other.at && self.said() == other.said() && self.voices().eq(other.voices())
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.at, &self.said().content).hash(&mut hasher);
        hasher.finish()
    }
}

fn phrase(words: &Option<Arc<Words>>) -> Option<Phrase> {
    words.as_ref().map(Phrase::new)
}
