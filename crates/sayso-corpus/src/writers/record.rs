//! What an output says of an article and its statements: the shapes of the JSON, in its order of keys.

use std::borrow::Cow;

use sayso::{Extraction, Span, Spans, Speaker, Statement};
use serde::Serialize;

use crate::readers::Article;
use crate::writers::offsets::{OffsetIndex, Offsets};

/// Words of the article and where they stand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PhraseRecord<'a> {
    /// The words; those of several spans joined by `" … "`.
    pub text: Cow<'a, str>,
    /// `[begin, end]` of each span, ascending.
    pub spans: Vec<[u32; 2]>,
}

/// The words that signal a statement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CueRecord<'a> {
    /// The words.
    pub text: Cow<'a, str>,
    /// The main word's lemma.
    pub lemma: &'a str,
    /// `[begin, end]` of each span, ascending.
    pub spans: Vec<[u32; 2]>,
}

/// Who made a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SpeakerRecord<'a> {
    /// The article's own number for the speaker.
    pub id: u32,
    /// The fullest name that the article gives.
    pub name: &'a str,
    /// "person", "unnamed", "group", "organization", "document" or "unknown".
    pub kind: &'a str,
    /// "mayor of Lorca"
    pub role: Option<&'a str>,
    /// "Lorca"
    pub affiliation: Option<&'a str>,
}

/// A speaker of an article, with its mentions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CastRecord<'a> {
    /// The article's own number for the speaker.
    pub id: u32,
    /// The fullest name that the article gives.
    pub name: &'a str,
    /// "person", "unnamed", "group", "organization", "document" or "unknown".
    pub kind: &'a str,
    /// "mayor of Lorca"
    pub role: Option<&'a str>,
    /// "Lorca"
    pub affiliation: Option<&'a str>,
    /// `[begin, end]` of each place where the article names or refers to the speaker, ascending.
    pub mentions: Vec<[u32; 2]>,
}

/// One statement: a line of the JSON Lines output.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatementRecord<'a> {
    /// The id of the article.
    pub document: &'a str,
    /// The statement's number in the article, from 0.
    pub index: usize,
    /// "direct", "mixed" or "indirect".
    pub form: &'a str,
    /// "assert", "ask", ...
    pub act: &'a str,
    /// What was said.
    pub content: PhraseRecord<'a>,
    /// The words that signal it.
    pub cue: Option<CueRecord<'a>>,
    /// The words that name who said it.
    pub source: Option<PhraseRecord<'a>>,
    /// Who said it; empty where the text does not tell.
    pub speakers: Vec<SpeakerRecord<'a>>,
    /// "name", "pronoun", "description", "continuation" or "none".
    pub resolved_by: &'a str,
    /// To whom.
    pub addressee: Option<PhraseRecord<'a>>,
    /// About what.
    pub topic: Option<PhraseRecord<'a>>,
    /// When.
    pub when: Option<PhraseRecord<'a>>,
    /// Where.
    #[serde(rename = "where")]
    pub place: Option<PhraseRecord<'a>>,
    /// A calibrated probability, 0 to 1, to four decimals.
    pub confidence: f64,
}

/// One article with its speakers and statements: a line of the documents output.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DocumentRecord<'a> {
    /// The id of the article.
    pub document: &'a str,
    /// The title that came with the article, else the headline found in its text.
    pub title: Option<&'a str>,
    /// "KABUL, Afghanistan (AP)"
    pub dateline: Option<&'a str>,
    /// "Agencies"
    pub credit: Option<&'a str>,
    /// "en"
    pub language: &'a str,
    /// The article itself, where it was taken out of a page: offsets count in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<&'a str>,
    /// Who speaks, by their numbers.
    pub speakers: Vec<CastRecord<'a>>,
    /// What they say, in the order of the text.
    pub statements: Vec<StatementRecord<'a>>,
}

impl<'a> DocumentRecord<'a> {
    /// The record of an article; `title` is what came with it beside its text.
    ///
    /// ```
    /// use sayso_corpus::{DocumentRecord, Offsets};
    /// let text = "The council met on Monday.";
    /// let extraction = sayso::Extractor::english().extract(text);
    /// let record = DocumentRecord::new("a1", Some("Council meets"), text, &extraction, Offsets::Chars);
    /// assert_eq!(record.title, Some("Council meets"));
    /// ```
    ///
    /// # Panics
    /// If the extraction was made from another text.
    #[must_use]
    pub fn new(document: &'a str, title: Option<&'a str>, text: &'a str, extraction: &'a Extraction, offsets: Offsets) -> Self {
        let index = OffsetIndex::new(text, offsets);
        let words = |span: Option<Span>| span.map(|s| s.text(text));
        DocumentRecord {
            document,
            title: title.filter(|t| !t.trim().is_empty()).or(words(extraction.headline)),
            dateline: words(extraction.dateline),
            credit: words(extraction.credit),
            language: "en",
            text: None,
            speakers: extraction.speakers.iter().map(|s| CastRecord::new(s, &index)).collect(),
            statements: records(document, text, extraction, &index),
        }
    }
}

impl<'a> DocumentRecord<'a> {
    /// The record of an article as it was read: with its text where that was taken out of a page, and with the byline that came
    /// with it where the text has no credit.
    ///
    /// # Panics
    /// If the extraction was made from another text.
    #[must_use]
    pub fn of(article: &'a Article, extraction: &'a Extraction, offsets: Offsets) -> Self {
        let record = DocumentRecord::new(&article.document, article.title.as_deref(), &article.text, extraction, offsets);
        let credit = record.credit.or(article.byline.as_deref());
        DocumentRecord { text: article.extracted.then_some(&article.text), credit, ..record }
    }
}

impl<'a> StatementRecord<'a> {
    /// The records of an article's statements, in their order.
    ///
    /// # Panics
    /// If the extraction was made from another text.
    #[must_use]
    pub fn all(document: &'a str, text: &'a str, extraction: &'a Extraction, offsets: Offsets) -> Vec<Self> {
        records(document, text, extraction, &OffsetIndex::new(text, offsets))
    }

    fn new(
        document: &'a str,
        at: usize,
        text: &'a str,
        extraction: &'a Extraction,
        statement: &'a Statement,
        index: &OffsetIndex<'_>,
    ) -> Self {
        let phrase = |span: Option<Span>| span.map(|s| PhraseRecord::of_span(s, text, index));
        StatementRecord {
            document,
            index: at,
            form: statement.form.name(),
            act: statement.act.name(),
            content: PhraseRecord::of_spans(&statement.content, text, index),
            cue: statement.cue.as_ref().map(|cue| {
                let PhraseRecord { text, spans } = PhraseRecord::of_span(cue.span, text, index);
                CueRecord { text, lemma: &cue.lemma, spans }
            }),
            source: phrase(statement.source),
            speakers: extraction.speakers_of(statement).map(SpeakerRecord::new).collect(),
            resolved_by: statement.resolved_by.name(),
            addressee: phrase(statement.addressee),
            topic: phrase(statement.topic),
            when: phrase(statement.when),
            place: phrase(statement.place),
            confidence: (f64::from(statement.confidence) * 1e4).round() / 1e4,
        }
    }
}

fn records<'a>(document: &'a str, text: &'a str, extraction: &'a Extraction, index: &OffsetIndex<'_>) -> Vec<StatementRecord<'a>> {
    let numbered = extraction.statements.iter().enumerate();
    numbered.map(|(at, statement)| StatementRecord::new(document, at, text, extraction, statement, index)).collect()
}

impl<'a> PhraseRecord<'a> {
    fn of_span(span: Span, text: &'a str, index: &OffsetIndex<'_>) -> Self {
        PhraseRecord { text: Cow::Borrowed(span.text(text)), spans: vec![index.pair(span)] }
    }

    fn of_spans(spans: &Spans, text: &'a str, index: &OffsetIndex<'_>) -> Self {
        match spans.as_slice() {
            &[span] => PhraseRecord::of_span(span, text, index),
            several => PhraseRecord { text: Cow::Owned(spans.text(text)), spans: several.iter().map(|&s| index.pair(s)).collect() },
        }
    }
}

impl<'a> SpeakerRecord<'a> {
    fn new(speaker: &'a Speaker) -> Self {
        SpeakerRecord {
            id: speaker.id.0,
            name: &speaker.name,
            kind: speaker.kind.name(),
            role: speaker.role.as_deref(),
            affiliation: speaker.affiliation.as_deref(),
        }
    }
}

impl<'a> CastRecord<'a> {
    fn new(speaker: &'a Speaker, index: &OffsetIndex<'_>) -> Self {
        let SpeakerRecord { id, name, kind, role, affiliation } = SpeakerRecord::new(speaker);
        let mentions = speaker.mentions.iter().map(|&m| index.pair(m)).collect();
        CastRecord { id, name, kind, role, affiliation, mentions }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso::{Act, Cue, Form, Kind, ResolvedBy, SpeakerId};

    const TEXT: &str = "“We lost,” Ana Ruiz said, “but narrowly.”";

    fn span(words: &str) -> Span {
        let begin = TEXT.find(words).expect("words of the text") as u32;
        Span::new(begin, begin + words.len() as u32)
    }

    fn extraction() -> Extraction {
        let speaker = Speaker {
            id: SpeakerId(0),
            name: "Ana Ruiz".to_owned(),
            kind: Kind::Person,
            role: Some("mayor".to_owned()),
            affiliation: None,
            mentions: vec![span("Ana Ruiz")],
        };
        let statement = Statement {
            form: Form::Direct,
            act: Act::Admit,
            content: [span("“We lost,”"), span("“but narrowly.”")].into_iter().collect(),
            cue: Some(Cue { span: span("said"), lemma: "say".to_owned() }),
            source: Some(span("Ana Ruiz")),
            speakers: vec![SpeakerId(0)],
            resolved_by: ResolvedBy::Name,
            addressee: None,
            topic: None,
            when: None,
            place: None,
            confidence: 0.97,
        };
        Extraction { statements: vec![statement], speakers: vec![speaker], ..Extraction::default() }
    }

    #[test]
    fn a_statement_reads_as_the_documented_json() {
        let extraction = extraction();
        let records = StatementRecord::all("a1", TEXT, &extraction, Offsets::Chars);
        let json = serde_json::to_string(&records[0]).expect("plain data");
        let expected = concat!(
            r#"{"document":"a1","index":0,"form":"direct","act":"admit","#,
            r#""content":{"text":"“We lost,” … “but narrowly.”","spans":[[0,10],[26,41]]},"#,
            r#""cue":{"text":"said","lemma":"say","spans":[[20,24]]},"source":{"text":"Ana Ruiz","spans":[[11,19]]},"#,
            r#""speakers":[{"id":0,"name":"Ana Ruiz","kind":"person","role":"mayor","affiliation":null}],"#,
            r#""resolved_by":"name","addressee":null,"topic":null,"when":null,"where":null,"confidence":0.97}"#,
        );
        assert_eq!(json, expected);
    }

    #[test]
    fn a_document_carries_its_cast_and_its_statements() {
        let extraction = extraction();
        let record = DocumentRecord::new("a1", Some(" "), TEXT, &extraction, Offsets::Bytes);
        assert_eq!(record.title, None, "a blank title is none");
        assert_eq!(record.speakers[0].mentions, [[15, 23]]);
        assert_eq!(record.statements[0].content.spans, [[0, 14], [30, 49]]);
        let json = serde_json::to_string(&record).expect("plain data");
        assert!(json.starts_with(r#"{"document":"a1","title":null,"dateline":null,"credit":null,"language":"en","speakers":[{"id":0,"#));
    }

    #[test]
    fn the_headline_stands_in_for_a_missing_title() {
        let extraction = Extraction { headline: Some(span("We lost")), ..extraction() };
        assert_eq!(DocumentRecord::new("a1", None, TEXT, &extraction, Offsets::Chars).title, Some("We lost"));
        assert_eq!(DocumentRecord::new("a1", Some("Close race"), TEXT, &extraction, Offsets::Chars).title, Some("Close race"));
    }
}
