//! What an extraction holds, owned and in code points: the data behind the Python classes.

use std::borrow::Cow;
use std::sync::Arc;

use sayso::{Extraction, Extractor};
use sayso_corpus::{CastRecord, CueRecord, DocumentRecord, Offsets, PhraseRecord, SpeakerRecord, StatementRecord};
use serde::{Deserialize, Serialize};

/// One article's statements and speakers.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    pub id: Option<String>,
    pub title: Option<String>,
    pub dateline: Option<String>,
    pub credit: Option<String>,
    pub language: Cow<'static, str>,
    pub speakers: Vec<Voice>,
    pub statements: Vec<Said>,
}

/// One speaker.
#[derive(Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Voice {
    pub name: String,
    pub kind: Cow<'static, str>,
    pub role: Option<String>,
    pub affiliation: Option<String>,
    pub mentions: Vec<(u32, u32)>,
}

/// One statement; its speakers are positions in [`Article::speakers`].
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Said {
    pub form: Cow<'static, str>,
    pub act: Cow<'static, str>,
    pub content: Arc<Words>,
    pub cue: Option<(Arc<Words>, String)>,
    pub source: Option<Arc<Words>>,
    pub speakers: Vec<u32>,
    pub resolved_by: Cow<'static, str>,
    pub addressee: Option<Arc<Words>>,
    pub topic: Option<Arc<Words>>,
    pub when: Option<Arc<Words>>,
    pub place: Option<Arc<Words>>,
    pub confidence: f64,
}

/// Words of the article, and where they stand.
#[derive(Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Words {
    pub text: String,
    pub spans: Vec<(u32, u32)>,
}

impl Article {
    /// Extracts the statements of `text`.
    pub fn read(extractor: &Extractor, text: &str, id: Option<String>) -> Article {
        let extraction = extractor.extract(text);
        let mut article = Article::new(text, &extraction);
        article.id = id;
        article
    }

    fn new(text: &str, extraction: &Extraction) -> Article {
        let record = DocumentRecord::new("", None, text, extraction, Offsets::Chars);
        let owned = |part: Option<&str>| part.map(str::to_owned);
        let speakers = record.speakers.iter().map(|s| Voice {
            name: s.name.to_owned(),
            kind: s.kind.to_owned().into(),
            role: owned(s.role),
            affiliation: owned(s.affiliation),
            mentions: pairs(&s.mentions),
        });
        Article {
            id: None,
            title: owned(record.title),
            dateline: owned(record.dateline),
            credit: owned(record.credit),
            language: record.language.to_owned().into(),
            speakers: speakers.collect(),
            statements: record.statements.into_iter().map(Said::new).collect(),
        }
    }
}

impl Said {
    fn new(record: StatementRecord<'_>) -> Said {
        Said {
            form: record.form.to_owned().into(),
            act: record.act.to_owned().into(),
            content: Words::new(record.content),
            cue: record.cue.map(|CueRecord { text, lemma, spans }| (Words::new(PhraseRecord { text, spans }), lemma.to_owned())),
            source: record.source.map(Words::new),
            speakers: record.speakers.iter().map(|s| s.id).collect(),
            resolved_by: record.resolved_by.to_owned().into(),
            addressee: record.addressee.map(Words::new),
            topic: record.topic.map(Words::new),
            when: record.when.map(Words::new),
            place: record.place.map(Words::new),
            confidence: record.confidence,
        }
    }
}

impl Article {
    /// The article as the views of the corpus crate read it.
    pub fn record(&self) -> DocumentRecord<'_> {
        let speakers = (0..).zip(&self.speakers).map(|(id, voice)| CastRecord {
            id,
            name: &voice.name,
            kind: &voice.kind,
            role: voice.role.as_deref(),
            affiliation: voice.affiliation.as_deref(),
            mentions: spans(&voice.mentions),
        });
        DocumentRecord {
            document: self.id.as_deref().unwrap_or_default(),
            title: self.title.as_deref(),
            dateline: self.dateline.as_deref(),
            credit: self.credit.as_deref(),
            language: &self.language,
            text: None,
            speakers: speakers.collect(),
            statements: (0..self.statements.len()).map(|at| self.statement_record(at)).collect(),
        }
    }

    fn statement_record(&self, index: usize) -> StatementRecord<'_> {
        let said = &self.statements[index];
        let speakers = said.speakers.iter().map(|&id| {
            let Voice { name, kind, role, affiliation, .. } = &self.speakers[id as usize];
            SpeakerRecord { id, name, kind, role: role.as_deref(), affiliation: affiliation.as_deref() }
        });
        StatementRecord {
            document: self.id.as_deref().unwrap_or_default(),
            index,
            form: &said.form,
            act: &said.act,
            content: said.content.record(),
            cue: said.cue.as_ref().map(|(words, lemma)| {
                let PhraseRecord { text, spans } = words.record();
                CueRecord { text, lemma, spans }
            }),
            source: phrase(&said.source),
            speakers: speakers.collect(),
            resolved_by: &said.resolved_by,
            addressee: phrase(&said.addressee),
            topic: phrase(&said.topic),
            when: phrase(&said.when),
            place: phrase(&said.place),
            confidence: said.confidence,
        }
    }
}

impl Words {
    fn record(&self) -> PhraseRecord<'_> {
        PhraseRecord { text: Cow::Borrowed(&self.text), spans: spans(&self.spans) }
    }

    fn new(record: PhraseRecord<'_>) -> Arc<Words> {
        Arc::new(Words { spans: pairs(&record.spans), text: record.text.into_owned() })
    }
}

fn phrase(words: &Option<Arc<Words>>) -> Option<PhraseRecord<'_>> {
    words.as_ref().map(|words| words.record())
}

fn spans(pairs: &[(u32, u32)]) -> Vec<[u32; 2]> {
    pairs.iter().map(|&(begin, end)| [begin, end]).collect()
}

fn pairs(spans: &[[u32; 2]]) -> Vec<(u32, u32)> {
    spans.iter().map(|&[begin, end]| (begin, end)).collect()
}

impl Article {
    /// Everything but the text, for a pickle.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads what [`Article::to_json`] wrote.
    pub fn from_json(json: &str) -> serde_json::Result<Article> {
        let article: Article = serde_json::from_str(json)?;
        let known = article.speakers.len() as u32;
        if article.statements.iter().flat_map(|s| &s.speakers).any(|&id| id >= known) {
            return Err(serde::de::Error::custom("a statement's speaker is not among the speakers"));
        }
        Ok(article)
    }
}
