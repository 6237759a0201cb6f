//! What the library finds, in the words of a golden page.

use sayso::cue::CueKind;
use sayso::quote::{Edge, Usage};
use sayso::text::{ParagraphKind, TokenRange};
use sayso::{Extraction, Layers, Span, Speaker, Statement};

use crate::page::fold;

/// The keys of a statement's lines, in the order in which they are written.
pub const KEYS: &[&str] = &["content", "cue", "source", "speaker", "by", "addressee", "topic", "when", "where"];

/// One statement as a page writes it.
#[derive(Clone, Debug)]
pub struct FoundStatement {
    /// "direct assert"
    pub head: String,
    /// The values of each key of [`KEYS`], in its order; several only for speakers.
    values: Vec<Vec<String>>,
}

impl FoundStatement {
    /// A statement of an extraction, in the words of a page.
    #[must_use]
    pub fn new(text: &str, extraction: &Extraction, statement: &Statement) -> FoundStatement {
        let words = |span: Option<Span>| span.map_or_else(|| "-".to_owned(), |s| fold(s.text(text)));
        let cue = statement.cue.as_ref().map_or_else(|| "-".to_owned(), |c| format!("{} ({})", fold(c.span.text(text)), c.lemma));
        let speakers: Vec<String> = extraction.speakers_of(statement).map(speaker_line).collect();
        let values = vec![
            vec![fold(&statement.content.text(text))],
            vec![cue],
            vec![words(statement.source)],
            if speakers.is_empty() { vec!["-".to_owned()] } else { speakers },
            vec![statement.resolved_by.name().to_owned()],
            vec![words(statement.addressee)],
            vec![words(statement.topic)],
            vec![words(statement.when)],
            vec![words(statement.place)],
        ];
        FoundStatement { head: format!("{} {}", statement.form.name(), statement.act.name()), values }
    }

    /// A statement made of words, for those who test the judge.
    #[must_use]
    pub fn of_parts(head: &str, content: &str, cue: &str, speakers: &[&str]) -> FoundStatement {
        let none = || vec!["-".to_owned()];
        let speakers = if speakers.is_empty() { none() } else { speakers.iter().map(|s| (*s).to_owned()).collect() };
        let values = vec![vec![content.to_owned()], vec![cue.to_owned()], none(), speakers, none(), none(), none(), none(), none()];
        FoundStatement { head: head.to_owned(), values }
    }

    /// The values of a key; empty for a key that there is not.
    #[must_use]
    pub fn values(&self, key: &str) -> &[String] {
        KEYS.iter().position(|k| *k == key).map_or(&[], |i| &self.values[i])
    }

    /// The words of its content.
    #[must_use]
    pub fn content(&self) -> &str {
        &self.values[0][0]
    }

    /// Its lines as a page writes them; circumstances that are null are left out.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.head.clone()];
        for (i, (key, values)) in KEYS.iter().zip(&self.values).enumerate() {
            let quiet = i > 4 && values[0] == "-";
            lines.extend(values.iter().filter(|_| !quiet).map(|v| format!("  {key}: {v}")));
        }
        lines
    }
}

/// The statements of an extraction, in the words of a page.
#[must_use]
pub fn statements(text: &str, extraction: &Extraction) -> Vec<FoundStatement> {
    extraction.statements.iter().map(|s| FoundStatement::new(text, extraction, s)).collect()
}

/// The lines of a block other than `statements`, as the library finds them.
///
/// # Panics
/// If there is no such block, or if a layer points outside the text.
#[must_use]
pub fn lines(kind: &str, text: &str, extraction: &Extraction, layers: &Layers) -> Vec<String> {
    let reading = &layers.reading;
    let words = |tokens: TokenRange| fold(reading.span_of(tokens).text(text));
    let by_sentence = |word: &dyn Fn(usize) -> String| -> Vec<String> {
        reading.sentences.iter().map(|s| s.tokens.range().map(word).collect::<Vec<_>>().join(" ")).collect()
    };
    let token = |i: usize| fold(reading.tokens[i].span.text(text));
    match kind {
        "speakers" => extraction.speakers.iter().map(speaker_line).collect(),
        "sentences" => reading.sentences.iter().map(|s| fold(s.span.text(text))).collect(),
        "tokens" => by_sentence(&token),
        "tags" => by_sentence(&|i| format!("{}/{}/{}", token(i), layers.tags.pos[i].name(), layers.tags.lemma(i))),
        "paragraphs" => reading.paragraphs.iter().map(|p| format!("{}: {}", paragraph_kind(p.kind), fold(p.span.text(text)))).collect(),
        "edges" => edges(text, layers),
        "quotations" => layers.quotes.quotations.iter().map(|q| quotation_line(text, q)).collect(),
        "phrases" => layers.tags.phrases.iter().map(|p| words(p.tokens)).collect(),
        "cues" => layers.cues.candidates.iter().map(|c| format!("{} ({}) {}", words(c.tokens), c.lemma, cue_kind(c.kind))).collect(),
        other => panic!("no block is called {other:?}"),
    }
}

fn speaker_line(speaker: &Speaker) -> String {
    let part = |text: &Option<String>| text.as_ref().map_or_else(|| "-".to_owned(), |t| fold(t));
    format!("{} | {} | {} | {}", fold(&speaker.name), speaker.kind.name(), part(&speaker.role), part(&speaker.affiliation))
}

fn edges(text: &str, layers: &Layers) -> Vec<String> {
    let reading = &layers.reading;
    let named = [("headline", reading.headline), ("dateline", reading.dateline), ("credit", reading.credit)];
    named.iter().filter_map(|(name, span)| Some(format!("{name}: {}", fold((*span)?.text(text))))).collect()
}

fn quotation_line(text: &str, quotation: &sayso::quote::Quotation) -> String {
    let edge = |edge: Edge| match edge {
        Edge::Marked => "marked",
        Edge::Recovered => "recovered",
    };
    let usage = match quotation.usage {
        Usage::Speech => "speech",
        Usage::Scare => "scare",
        Usage::Title => "title",
    };
    format!("{} {} {} {usage} {}", quotation.depth, edge(quotation.opened), edge(quotation.closed), fold(quotation.span.text(text)))
}

fn paragraph_kind(kind: ParagraphKind) -> &'static str {
    match kind {
        ParagraphKind::Prose => "prose",
        ParagraphKind::Headline => "headline",
        ParagraphKind::Note => "note",
        ParagraphKind::Credit => "credit",
    }
}

fn cue_kind(kind: CueKind) -> &'static str {
    match kind {
        CueKind::Verb => "verb",
        CueKind::Noun => "noun",
        CueKind::Preposition => "preposition",
        CueKind::Punctuation => "punctuation",
    }
}
