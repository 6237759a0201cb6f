//! What the scorer reads: gold articles, predicted statements, speaker annotations.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::tokens::CharSpan;
use crate::writers::{PhraseRecord, StatementRecord};

/// An article with its gold attributions; spans in code points of `text`.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldDocument {
    /// The article's id.
    pub id: String,
    /// Who published it, where that is known.
    #[serde(default)]
    pub publisher: Option<String>,
    /// The article.
    pub text: String,
    /// What is attributed in it.
    pub attributions: Vec<GoldAttribution>,
}

/// One gold attribution; spans in code points.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldAttribution {
    /// Its id, unique in the article.
    pub id: String,
    /// The words that name who said it.
    pub source: Vec<CharSpan>,
    /// The words that signal it.
    pub cue: Vec<CharSpan>,
    /// What was said.
    pub content: Vec<CharSpan>,
}

/// A predicted statement: a line as `sayso extract --format jsonl` writes it, with offsets in code points.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Prediction {
    /// The article's id.
    pub document: String,
    /// What was said.
    pub content: Option<PredictedRole>,
    /// The words that signal it.
    pub cue: Option<PredictedRole>,
    /// The words that name who said it.
    pub source: Option<PredictedRole>,
    /// Who said it.
    pub speakers: Option<Vec<PredictedSpeaker>>,
    /// What the source does: "assert", "ask", ...
    pub act: Option<String>,
    /// To whom.
    pub addressee: Option<PredictedPhrase>,
    /// About what.
    pub topic: Option<PredictedPhrase>,
    /// When.
    pub when: Option<PredictedPhrase>,
    /// Where.
    #[serde(rename = "where")]
    pub place: Option<PredictedPhrase>,
    /// How sure the prediction is, 0 to 1.
    pub confidence: Option<f64>,
}

/// The words of a role; spans in code points.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct PredictedRole {
    /// `[begin, end)` of each span.
    pub spans: Option<Vec<CharSpan>>,
    /// The words, if they are given: they are checked against the text.
    pub text: Option<String>,
}

/// Who is said to have made a statement.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct PredictedSpeaker {
    /// The name.
    pub name: String,
    /// "person", "unnamed", ...
    pub kind: Option<String>,
    /// "mayor of Lorca"
    pub role: Option<String>,
    /// "Lorca"
    pub affiliation: Option<String>,
}

/// The words of a circumstance, bare or with their spans.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum PredictedPhrase {
    /// The words.
    Words(String),
    /// An object with the words in "text".
    Phrase {
        /// The words.
        text: Option<String>,
    },
}

impl PredictedPhrase {
    /// The words.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        match self {
            PredictedPhrase::Words(words) => Some(words),
            PredictedPhrase::Phrase { text } => text.as_deref(),
        }
    }
}

/// Who one gold attribution's speaker is, and its act and circumstances.
#[derive(Clone, Debug, Deserialize)]
pub struct SpeakerNote {
    /// The article's id.
    pub doc: String,
    /// The attribution's id.
    pub id: String,
    /// The names of the speakers; empty where the text does not tell.
    pub speakers: Vec<String>,
    /// "person", "unnamed", ...
    pub kind: Option<String>,
    /// The first speaker's role.
    pub role: Option<String>,
    /// The first speaker's affiliation.
    pub affiliation: Option<String>,
    /// "assert", "ask", ...
    pub act: Option<String>,
    /// To whom.
    pub addressee: Option<String>,
    /// About what.
    pub topic: Option<String>,
    /// When.
    pub when: Option<String>,
    /// Where.
    #[serde(rename = "where")]
    pub place: Option<String>,
}

impl From<&StatementRecord<'_>> for Prediction {
    /// The statement as the scorer sees it; the record's offsets must be code points.
    fn from(record: &StatementRecord<'_>) -> Self {
        let spans = |spans: &[[u32; 2]]| Some(spans.iter().map(|&[b, e]| [b as usize, e as usize]).collect());
        let role = |phrase: &PhraseRecord<'_>| PredictedRole { spans: spans(&phrase.spans), text: Some(phrase.text.to_string()) };
        let words = |phrase: &Option<PhraseRecord<'_>>| phrase.as_ref().map(|p| PredictedPhrase::Words(p.text.to_string()));
        let speaker = |s: &crate::writers::SpeakerRecord<'_>| PredictedSpeaker {
            name: s.name.to_owned(),
            kind: Some(s.kind.to_owned()),
            role: s.role.map(str::to_owned),
            affiliation: s.affiliation.map(str::to_owned),
        };
        Prediction {
            document: record.document.to_owned(),
            content: Some(role(&record.content)),
            cue: record.cue.as_ref().map(|cue| PredictedRole { spans: spans(&cue.spans), text: Some(cue.text.to_string()) }),
            source: record.source.as_ref().map(role),
            speakers: Some(record.speakers.iter().map(speaker).collect()),
            act: Some(record.act.to_owned()),
            addressee: words(&record.addressee),
            topic: words(&record.topic),
            when: words(&record.when),
            place: words(&record.place),
            confidence: Some(record.confidence),
        }
    }
}

/// Why the scorer cannot give figures.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ScoreError {
    /// A file cannot be read.
    #[error("{path}: {}", crate::error::refusal(.source))]
    File {
        /// The file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// A line is not what it should be.
    #[error("{path}, line {line}: {why}; expected {expected} a line")]
    Line {
        /// The file.
        path: String,
        /// The line, counted from 1.
        line: usize,
        /// What was found.
        why: String,
        /// What should stand there.
        expected: &'static str,
    },
    /// A span of a role lies outside its text.
    #[error("{document}: span [{begin}, {end}) of a predicted {role} lies outside the text (length {length}); offsets must be code points")]
    Span {
        /// The article.
        document: String,
        /// "source", "cue" or "content".
        role: &'static str,
        /// The first code point.
        begin: usize,
        /// The code point after the last.
        end: usize,
        /// Code points in the text.
        length: usize,
    },
}

/// Reads the gold articles, one a line.
///
/// # Errors
/// If the file cannot be read, or a line is no gold article.
pub fn read_gold(path: &Path) -> Result<Vec<GoldDocument>, ScoreError> {
    rows(path, r#"a gold article {"id", "text", "attributions"}"#)
}

/// Reads predicted statements, one a line; "-" is standard input.
///
/// # Errors
/// If the file cannot be read, or a line is no statement.
pub fn read_predictions(path: &Path) -> Result<Vec<Prediction>, ScoreError> {
    rows(path, r#"a statement {"document", "content", ...} as `sayso extract --format jsonl` writes it"#)
}

/// Reads speaker annotations, one a line.
///
/// # Errors
/// If the file cannot be read, or a line is no annotation.
pub fn read_speaker_notes(path: &Path) -> Result<Vec<SpeakerNote>, ScoreError> {
    rows(path, r#"a speaker annotation {"doc", "id", "speakers", ...}"#)
}

fn rows<T: DeserializeOwned>(path: &Path, expected: &'static str) -> Result<Vec<T>, ScoreError> {
    let name = path.display().to_string();
    let failed = |source| ScoreError::File { path: name.clone(), source };
    let mut input: Box<dyn BufRead> =
        if name == "-" { Box::new(io::stdin().lock()) } else { Box::new(BufReader::new(File::open(path).map_err(failed)?)) };
    let (mut found, mut line, mut number) = (Vec::new(), String::new(), 0);
    loop {
        line.clear();
        if input.read_line(&mut line).map_err(failed)? == 0 {
            return Ok(found);
        }
        number += 1;
        if !line.trim().is_empty() {
            let row = serde_json::from_str(&line);
            found.push(row.map_err(|e| ScoreError::Line {
                path: name.clone(),
                line: number,
                why: crate::readers::reason(&e),
                expected,
            })?);
        }
    }
}
