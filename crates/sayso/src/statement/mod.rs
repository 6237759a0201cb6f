//! Stage 7 judges: act, circumstances, confidence.

use crate::content::{Drafts, Form};
use crate::model::Model;
use crate::quote::Quotes;
use crate::span::{Span, Spans};
use crate::speaker::{Cast, ResolvedBy, SpeakerId};
use crate::tag::Tags;
use crate::text::Reading;

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
    let _ = (text, reading, quotes, tags, drafts, cast, model);
    Vec::new()
}
