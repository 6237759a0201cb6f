//! Stage 5 assembles statements: content, with its cue and its source.

pub mod choose;
pub mod features;
pub mod hypothesis;
pub mod rank;
mod window;

pub use window::window;
mod by_fixed;
mod by_noun;
mod by_verb;
mod clause_edges;
mod follow_on;
mod lost_mark;
mod overlap;
mod passive;
mod proposal;
mod quotation_edges;
mod sides;
mod signature;
mod source;
mod transcript;
mod whole_phrase;

use crate::content::follow_on::take_over;
use crate::content::lost_mark::opening_cue;
use crate::content::overlap::settle;
use crate::content::proposal::{Proposal, apart, propose};
use crate::content::quotation_edges::speaks;
use crate::content::source::Clauses;
use crate::cue::article::Article;
use crate::cue::occurrence::occurrences;
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

/// How likely a proposal must be to become a draft.
const THRESHOLD: f32 = 0.5;

/// Assembles the statements of a text.
#[must_use]
pub fn assemble(text: &str, reading: &Reading, quotes: &Quotes, tags: &Tags, cues: &Cues, model: &Model) -> Drafts {
    let view = Article { text, reading, quotes, tags, company: model.lexicon.table("cue_company") };
    let words = occurrences(&view);
    let clauses = Clauses { view, words: &words };
    let word_of = |cue: &Candidate| words.binary_search_by_key(&(cue.head as usize), |w| w.head).ok().map(|i| &words[i]);
    let spoken = |c: &&Candidate| !within_speech(&view, c, &cues.candidates);
    let proposals = cues.candidates.iter().filter(|c| c.probability >= THRESHOLD).filter(spoken);
    let proposals = proposals.filter_map(|cue| propose(&clauses, word_of(cue), cue, &cues.candidates)).collect();
    let mut kept = settle(proposals, view.len());
    take_over(&view, &mut kept);
    Drafts { drafts: drafts(&view, kept) }
}

/// Whether a cue stands inside what somebody else says, where it makes no statement of its own: the outermost counts.
fn within_speech(view: &Article<'_>, cue: &Candidate, cues: &[Candidate]) -> bool {
    let around = view.quotes.around(cue.head as usize).filter(|q| speaks(q));
    around.is_some_and(|q| opening_cue(view, q, cues).is_none_or(|c| c.head != cue.head))
}

/// The drafts in the order of their first content token, each quotation without a cue tied to the draft before it.
fn drafts(view: &Article<'_>, mut kept: Vec<Proposal>) -> Vec<Draft> {
    kept.sort_by_key(|p| p.content.first().map_or(0, |c| c.begin));
    let mut drafts: Vec<Draft> = Vec::with_capacity(kept.len());
    for proposal in kept {
        let follows = if proposal.cue.is_none() { drafts.len().checked_sub(1).map(|i| i as u32) } else { None };
        drafts.push(Draft {
            probability: right(view, &proposal),
            form: form(view, &proposal.content),
            content: apart(proposal.content),
            cue: proposal.cue,
            source: proposal.source,
            follows,
        });
    }
    drafts
}

/// How likely cue, content and source are right: what was measured on the training articles, by form and source.
fn right(view: &Article<'_>, proposal: &Proposal) -> f32 {
    let share = match (form(view, &proposal.content), proposal.source) {
        (Form::Direct | Form::Mixed, Some(_)) => 0.85,
        (Form::Indirect, Some(_)) => 0.7,
        (_, None) if proposal.cue.is_none() => 0.8,
        (_, None) => 0.4,
    };
    share * proposal.probability
}

fn form(view: &Article<'_>, content: &[TokenRange]) -> Form {
    let words = || content.iter().flat_map(|run| run.range()).filter(|&t| !view.is_punctuation(t));
    let quoted = words().filter(|&t| view.quoted(t)).count();
    match (quoted, words().count()) {
        (0, _) => Form::Indirect,
        (q, all) if q == all => Form::Direct,
        _ => Form::Mixed,
    }
}
