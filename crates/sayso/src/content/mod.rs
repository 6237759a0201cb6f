//! Stage 5 assembles statements: content, with its cue and its source.

pub mod choose;
pub mod features;
pub mod hypothesis;
pub mod rank;
mod window;

pub use window::window;

use crate::cue::{Candidate, Cues};
use crate::model::Model;
use crate::quote::Quotes;
use crate::tag::Tags;
use crate::text::{Reading, TokenRange};

/// How much of the content stands in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// All of it.
    Direct,
    /// Part of it.
    Mixed,
    /// None.
    Indirect,
}

impl Form {
    /// "direct", "mixed" or "indirect".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Form::Direct => "direct",
            Form::Mixed => "mixed",
            Form::Indirect => "indirect",
        }
    }
}

/// A statement before anybody knows who made it.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The runs of tokens that were said, ascending, apart, never empty; quotation marks and a leading "that" included.
    pub content: Vec<TokenRange>,
    /// The words that signal it.
    pub cue: Option<Candidate>,
    /// The words that name who said it.
    pub source: Option<TokenRange>,
    /// How much of the content is quoted.
    pub form: Form,
    /// The earlier draft that this one goes on, when nothing but its place says who speaks; an index into [`Drafts::drafts`].
    pub follows: Option<u32>,
    /// How likely it is that content and source are right, 0 to 1.
    pub probability: f32,
}

/// The fifth layer: drafts in the order of their first content token.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drafts {
    /// In the order of their first content token.
    pub drafts: Vec<Draft>,
}

/// Assembles the statements of a text.
#[must_use]
pub fn assemble(text: &str, reading: &Reading, quotes: &Quotes, tags: &Tags, cues: &Cues, model: &Model) -> Drafts {
    let _ = (text, reading, quotes, tags, cues, model);
    Drafts::default()
}
