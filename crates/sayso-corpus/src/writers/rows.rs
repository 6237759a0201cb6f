//! A statement as a row of a table: the columns of CSV and Parquet.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::writers::{PhraseRecord, SpeakerRecord, StatementRecord};

/// The columns that every table has, in their order, and what each holds.
pub const COLUMNS: [(&str, &str); 20] = [
    ("document", "The article's id"),
    ("index", "The statement's number in the article, from 0"),
    ("form", "direct, mixed or indirect: how much of the content stands in quotation marks"),
    ("act", "What the source does: assert, ask, answer, urge, commit, accuse, praise, deny, admit, predict, think, show, other"),
    ("speaker", "Who said it, resolved over the whole article; several joined by '; '"),
    ("speaker_kind", "person, unnamed, group, organization, document or unknown; several joined by '; '"),
    ("role", "What the speaker is: 'mayor of Lorca'"),
    ("affiliation", "Where the speaker belongs: 'Lorca'"),
    ("content", "What was said; pieces joined by ' … '"),
    ("cue", "The words that signal it: 'said'"),
    ("cue_lemma", "The main word's lemma: 'say'"),
    ("source", "The words of the text that name who said it"),
    ("addressee", "To whom"),
    ("topic", "About what"),
    ("when", "When"),
    ("where", "Where"),
    ("resolved_by", "How the speaker was found: name, pronoun, description, continuation or none"),
    ("confidence", "A calibrated probability, 0 to 1, that content and source are right"),
    ("begin", "Where the content begins in the article's text"),
    ("end", "Where it ends"),
];

/// `[begin, end]` of each span, ascending.
pub type SpanList = Vec<[u32; 2]>;

/// One statement as a row: a table has no place for speakers in a list, so that several are joined by "; ".
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "COLUMNS says what each holds")]
pub struct StatementRow {
    pub document: String,
    pub index: u32,
    pub form: String,
    pub act: String,
    pub speaker: Option<String>,
    pub speaker_kind: Option<String>,
    pub role: Option<String>,
    pub affiliation: Option<String>,
    pub content: String,
    pub cue: Option<String>,
    pub cue_lemma: Option<String>,
    pub source: Option<String>,
    pub addressee: Option<String>,
    pub topic: Option<String>,
    pub when: Option<String>,
    #[serde(rename = "where")]
    pub place: Option<String>,
    pub resolved_by: String,
    pub confidence: f64,
    pub begin: u32,
    pub end: u32,
    #[serde(default)]
    pub content_spans: SpanList,
    #[serde(default)]
    pub cue_spans: SpanList,
    #[serde(default)]
    pub source_spans: SpanList,
    #[serde(default)]
    pub addressee_spans: SpanList,
    #[serde(default)]
    pub topic_spans: SpanList,
    #[serde(default)]
    pub when_spans: SpanList,
    #[serde(default)]
    pub where_spans: SpanList,
}

/// The columns of span lists that Parquet carries behind the others.
pub const SPAN_COLUMNS: [&str; 7] =
    ["content_spans", "cue_spans", "source_spans", "addressee_spans", "topic_spans", "when_spans", "where_spans"];

impl From<&StatementRecord<'_>> for StatementRow {
    fn from(record: &StatementRecord<'_>) -> Self {
        let speakers = &record.speakers;
        let words = |phrase: &Option<PhraseRecord<'_>>| phrase.as_ref().map(|p| p.text.clone().into_owned());
        let spans = |phrase: &Option<PhraseRecord<'_>>| phrase.as_ref().map(|p| p.spans.clone()).unwrap_or_default();
        StatementRow {
            document: record.document.to_owned(),
            index: record.index as u32,
            form: record.form.to_owned(),
            act: record.act.to_owned(),
            speaker: joined(speakers, |s| Some(s.name)),
            speaker_kind: joined(speakers, |s| Some(s.kind)),
            role: joined(speakers, |s| s.role),
            affiliation: joined(speakers, |s| s.affiliation),
            content: record.content.text.clone().into_owned(),
            cue: record.cue.as_ref().map(|cue| cue.text.clone().into_owned()),
            cue_lemma: record.cue.as_ref().map(|cue| cue.lemma.to_owned()),
            source: words(&record.source),
            addressee: words(&record.addressee),
            topic: words(&record.topic),
            when: words(&record.when),
            place: words(&record.place),
            resolved_by: record.resolved_by.to_owned(),
            confidence: record.confidence,
            begin: record.content.spans.first().map_or(0, |span| span[0]),
            end: record.content.spans.last().map_or(0, |span| span[1]),
            content_spans: record.content.spans.clone(),
            cue_spans: record.cue.as_ref().map(|cue| cue.spans.clone()).unwrap_or_default(),
            source_spans: spans(&record.source),
            addressee_spans: spans(&record.addressee),
            topic_spans: spans(&record.topic),
            when_spans: spans(&record.when),
            where_spans: spans(&record.place),
        }
    }
}

/// One part of all speakers, in their order; none where no speaker has it.
fn joined<'s>(speakers: &'s [SpeakerRecord<'_>], part: impl Fn(&'s SpeakerRecord<'_>) -> Option<&'s str>) -> Option<String> {
    let parts: Vec<Option<&str>> = speakers.iter().map(part).collect();
    let any = parts.iter().any(Option::is_some);
    any.then(|| parts.iter().map(|part| part.unwrap_or_default()).collect::<Vec<_>>().join("; "))
}

impl StatementRow {
    /// The cells of [`COLUMNS`]; what is not there is empty.
    #[must_use]
    pub fn cells(&self) -> [Cow<'_, str>; 20] {
        let words = |cell: &'_ Option<String>| Cow::Owned(cell.clone().unwrap_or_default());
        [
            self.document.as_str().into(),
            self.index.to_string().into(),
            self.form.as_str().into(),
            self.act.as_str().into(),
            words(&self.speaker),
            words(&self.speaker_kind),
            words(&self.role),
            words(&self.affiliation),
            self.content.as_str().into(),
            words(&self.cue),
            words(&self.cue_lemma),
            words(&self.source),
            words(&self.addressee),
            words(&self.topic),
            words(&self.when),
            words(&self.place),
            self.resolved_by.as_str().into(),
            self.confidence.to_string().into(),
            self.begin.to_string().into(),
            self.end.to_string().into(),
        ]
    }

    /// The span lists of [`SPAN_COLUMNS`].
    #[must_use]
    pub fn span_lists(&self) -> [&SpanList; 7] {
        [
            &self.content_spans,
            &self.cue_spans,
            &self.source_spans,
            &self.addressee_spans,
            &self.topic_spans,
            &self.when_spans,
            &self.where_spans,
        ]
    }
}
