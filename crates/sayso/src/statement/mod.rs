//! Stage 7 judges: act, circumstances, confidence.

mod act;
mod addressee;
mod clause;
mod place;
mod time;
mod topic;
mod writing;

use clause::Clause;

use crate::content::{Draft, Drafts, Form};
use crate::model::{Model, Table};
use crate::quote::Quotes;
use crate::span::{Span, Spans};
use crate::speaker::page::Page;
use crate::speaker::{Attribution, Cast, ResolvedBy, SpeakerId};
use crate::tag::Tags;
use crate::text::{Reading, TokenRange};

/// What the source does with its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// says that something is so
    Assert,
    /// asks a question
    Ask,
    /// answers one
    Answer,
    /// wants somebody to do something
    Urge,
    /// promises, plans, decides
    Commit,
    /// blames
    Accuse,
    /// commends
    Praise,
    /// says that something is not so
    Deny,
    /// concedes
    Admit,
    /// says what will be
    Predict,
    /// believes, feels, wants
    Think,
    /// a poll, a report, a document shows
    Show,
    /// anything else: "did not say"
    Other,
}

impl Act {
    /// The word of the JSON: "assert", "ask", ...
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Act::Assert => "assert",
            Act::Ask => "ask",
            Act::Answer => "answer",
            Act::Urge => "urge",
            Act::Commit => "commit",
            Act::Accuse => "accuse",
            Act::Praise => "praise",
            Act::Deny => "deny",
            Act::Admit => "admit",
            Act::Predict => "predict",
            Act::Think => "think",
            Act::Show => "show",
            Act::Other => "other",
        }
    }
}

/// The words that signal a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Where they stand.
    pub span: Span,
    /// The main word's lemma: "say".
    pub lemma: String,
}

/// One thing that somebody is reported to have said, written, asked, promised, denied, thought or shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// How much of the content stands in quotation marks.
    pub form: Form,
    /// What the source does.
    pub act: Act,
    /// What was said: quotation marks and a leading "that" included, the comma that joins it not.
    pub content: Spans,
    /// The words that signal it.
    pub cue: Option<Cue>,
    /// The words that name who said it.
    pub source: Option<Span>,
    /// Who said it; empty where the text does not tell.
    pub speakers: Vec<SpeakerId>,
    /// How the source was resolved to the speakers.
    pub resolved_by: ResolvedBy,
    /// To whom: "told reporters".
    pub addressee: Option<Span>,
    /// About what: "Asked about the bridge, ...".
    pub topic: Option<Span>,
    /// When: "on Tuesday".
    pub when: Option<Span>,
    /// Where: "at a rally in Ohio".
    pub place: Option<Span>,
    /// A calibrated probability, 0 to 1, that content and source are right.
    pub confidence: f32,
}

/// Judges the drafts: they come out as statements, in the order of their first span.
#[must_use]
pub fn judge(text: &str, reading: &Reading, quotes: &Quotes, tags: &Tags, drafts: &Drafts, cast: &Cast, model: &Model) -> Vec<Statement> {
    let page = Page { text, reading, quotes, tags };
    let words = Words::of(model);
    let judged =
        drafts.drafts.iter().zip(&cast.attributions).map(|(draft, attribution)| statement(&page, &words, draft, attribution, cast));
    let mut statements: Vec<Statement> = judged.collect();
    share_places(&page, &drafts.drafts, &mut statements);
    statements.sort_by_key(|s| s.content.cover());
    statements
}

/// "Speaking in Lorca, Ruiz praised the plan and | warned of delays": the second verb of a subject has the place that stands before both.
fn share_places(page: &Page<'_>, drafts: &[Draft], statements: &mut [Statement]) {
    let cue = |d: &Draft| d.cue.as_ref().map(|c| c.tokens.begin);
    for at in 1..drafts.len() {
        let (first, second) = (&drafts[at - 1], &drafts[at]);
        let (Some(from), Some(to)) = (cue(first), cue(second)) else { continue };
        let together = first.source.is_some() && first.source == second.source && from < to && page.sentence(from) == page.sentence(to);
        let begin = page.reading.tokens[from as usize].span.begin();
        let before = statements[at - 1].place.filter(|p| p.end() <= begin);
        if together && statements[at].place.is_none() {
            statements[at].place = before;
        }
    }
}

/// The word tables of this stage.
struct Words<'m> {
    acts: &'m Table,
    times: &'m Table,
    venues: &'m Table,
    places: &'m Table,
}

impl<'m> Words<'m> {
    fn of(model: &'m Model) -> Self {
        let table = |name| model.lexicon.table(name);
        Words { acts: table("acts"), times: table("times"), venues: table("venues"), places: table("places") }
    }
}

fn statement(page: &Page<'_>, words: &Words<'_>, draft: &Draft, attribution: &Attribution, cast: &Cast) -> Statement {
    let clause = Clause::of(page, draft);
    let span = |tokens: TokenRange| page.reading.span_of(tokens);
    let kind = attribution.speakers.first().and_then(|id| cast.speakers.get(id.index())).map(|s| s.kind);
    let (topic, answers) = topic::topic(&clause, words.venues);
    let clause = clause.without(topic);
    let addressee = addressee::addressee(&clause, words.times);
    Statement {
        form: draft.form,
        act: act::act(page, words.acts, draft, kind, answers),
        content: draft.content.iter().map(|&c| span(c)).collect(),
        cue: draft.cue.as_ref().map(|c| Cue { span: span(c.tokens), lemma: c.lemma.clone() }),
        source: draft.source.filter(|s| !s.is_empty()).map(span),
        speakers: attribution.speakers.clone(),
        resolved_by: attribution.resolved_by,
        addressee: addressee.map(span),
        topic: topic.map(span),
        when: time::when(&clause, words.times).map(span),
        place: place::place(&clause, words, addressee).map(span),
        confidence: draft.probability.clamp(0.0, 1.0),
    }
}
