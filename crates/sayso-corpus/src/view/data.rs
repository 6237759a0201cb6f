//! What a page carries of an article, as JSON: what the list needs at once, and what is read when the article is opened.

use serde::Serialize;

use crate::view::ArticleView;
use crate::view::cast::{Cast, Member};
use crate::view::marks::{has_headline, marked};
use crate::{PhraseRecord, StatementRecord};

/// What lists of articles and the cast of all articles need.
#[derive(Serialize)]
pub(super) struct Head<'a> {
    document: &'a str,
    title: Option<&'a str>,
    date: Option<&'a str>,
    statements: usize,
    /// Name, role, affiliation and number of statements of each that speaks.
    cast: Vec<(&'a str, Option<&'a str>, Option<&'a str>, usize)>,
}

/// An article as it is opened.
#[derive(Serialize)]
pub(super) struct Body<'a> {
    /// Whether the title stands in the text.
    headline: bool,
    dateline: Option<&'a str>,
    credit: Option<&'a str>,
    /// The marked text.
    html: String,
    cast: &'a [Member<'a>],
    words: usize,
    statements: Vec<Said<'a>>,
}

/// What is shown of a statement beside the text.
#[derive(Serialize)]
struct Said<'a> {
    /// Numbers of the cast.
    who: Vec<usize>,
    form: &'a str,
    act: &'a str,
    content: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cue: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lemma: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    resolved_by: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    addressee: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    topic: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<&'a str>,
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    confidence: f64,
    /// Where the content begins and ends, as shares of the text, in thousandths.
    place_in_text: [u32; 2],
}

impl<'a> Head<'a> {
    pub(super) fn new(article: &ArticleView<'a>, cast: &Cast<'a>) -> Self {
        let record = article.record;
        let named = cast.members.iter().filter(|member| member.id.is_some());
        Head {
            document: record.document,
            title: record.title,
            date: article.date,
            statements: record.statements.len(),
            cast: named.map(|m| (m.name, m.role, m.affiliation, m.statements)).collect(),
        }
    }
}

impl<'a> Body<'a> {
    pub(super) fn new(article: &ArticleView<'a>, cast: &'a Cast<'a>) -> Self {
        let record = article.record;
        let length = article.text.chars().count().max(1) as u64;
        Body {
            headline: has_headline(article),
            dateline: record.dateline,
            credit: record.credit,
            html: marked(article, cast),
            cast: &cast.members,
            words: cast.words,
            statements: record.statements.iter().map(|statement| Said::new(statement, cast, length)).collect(),
        }
    }
}

impl<'a> Said<'a> {
    fn new(record: &'a StatementRecord<'a>, cast: &Cast<'a>, length: u64) -> Self {
        let words = |phrase: &'a Option<PhraseRecord<'a>>| phrase.as_ref().map(|phrase| &*phrase.text);
        let spans = &record.content.spans;
        let share = |at: Option<u32>| (u64::from(at.unwrap_or_default()) * 1000 / length) as u32;
        Said {
            who: cast.of_statement(record),
            form: record.form,
            act: record.act,
            content: &record.content.text,
            cue: record.cue.as_ref().map(|cue| &*cue.text),
            lemma: record.cue.as_ref().map(|cue| cue.lemma),
            source: words(&record.source),
            resolved_by: record.resolved_by,
            addressee: words(&record.addressee),
            topic: words(&record.topic),
            when: words(&record.when),
            place: words(&record.place),
            confidence: record.confidence,
            place_in_text: [share(spans.first().map(|span| span[0])), share(spans.last().map(|span| span[1]))],
        }
    }
}
