//! Stage 5 assembles statements: content, with its cue and its source.

#[cfg(feature = "accurate")]
mod article_reader;
pub mod choose;
pub mod claims;
pub mod consensus;
pub mod evidence;
pub mod features;
pub mod hypothesis;
pub mod measures;
pub mod rank;
pub mod weigh;
mod window;

pub use evidence::{Encoder, Evidence};
pub use proposal::Proposal;

pub use window::window;
mod by_fixed;
mod by_noun;
mod by_verb;
mod clause_edges;
mod follow_on;
mod lost_mark;
mod passive;
mod proposal;
mod quotation_edges;
mod sides;
mod signature;
mod source;
mod tidy;
mod transcript;
mod whole_phrase;

use crate::content::choose::Chosen;
use crate::content::follow_on::take_over;
use crate::content::lost_mark::{attribution_before, opening_cue};
use crate::content::proposal::{apart, propose};
use crate::content::quotation_edges::speaks;
use crate::content::source::Clauses;
use crate::content::tidy::{bare, tidy, without};
use crate::cue::article::Article;
use crate::cue::occurrence::occurrences;
use crate::cue::view::View;
use crate::cue::{Candidate, CueKind, Cues};
use crate::model::{Lexicon, Model};
use crate::quote::{Edge, Quotes};
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

/// How likely a cue must be for the rules to propose its statement.
const LEAST: f32 = 0.15;

/// Assembles the statements of a text: rules propose, the learned passes weigh, and what no cue claims is taken over.
#[must_use]
pub fn assemble(text: &str, reading: &Reading, quotes: &Quotes, tags: &Tags, cues: &Cues, model: &Model) -> Drafts {
    assemble_with(text, reading, quotes, tags, cues, model, None)
}

/// The same, with what an encoder tells; the model must have been trained with it.
#[must_use]
pub fn assemble_with(
    text: &str,
    reading: &Reading,
    quotes: &Quotes,
    tags: &Tags,
    cues: &Cues,
    model: &Model,
    encoder: Option<&dyn Encoder>,
) -> Drafts {
    let article = Article { text, reading, quotes, tags, company: model.lexicon.table("cue_company") };
    let ruled = ruled(text, reading, quotes, tags, cues, &model.lexicon);
    let view = View::of(text, reading, quotes, tags);
    let chosen = weigh::weigh(text, &view, reading, &ruled, &model.statements, encoder);
    let mut kept: Vec<Proposal> = chosen.into_iter().map(|c| proposal(tags, c, &ruled)).collect();
    for proposal in &mut kept {
        proposal.content = tidy(&article, &proposal.content);
        proposal.source = proposal.source.and_then(|s| bare(&article, s));
        if let Some(cue) = &mut proposal.cue {
            cue.tokens = bare(&article, cue.tokens).unwrap_or(cue.tokens);
        }
    }
    for proposal in &mut kept {
        if is_question_put(&article, proposal) {
            proposal.source = None;
        }
        let cue = proposal.cue.as_ref().map(|c| c.tokens);
        for part in [cue, proposal.source].into_iter().flatten() {
            proposal.content = without(&article, &proposal.content, part);
        }
    }
    kept.retain(|p| !p.content.is_empty());
    take_over(&article, &mut kept, model.statements.trust.alone);
    Drafts { drafts: drafts(&article, kept) }
}

/// "Asked whether the port would open, Ruiz said ...": who stands behind the question was asked it.
fn is_question_put(view: &Article<'_>, proposal: &Proposal) -> bool {
    let (Some(cue), Some(source)) = (&proposal.cue, proposal.source) else { return false };
    let begin = cue.tokens.begin as usize;
    let put = view.any(begin, &["asked", "questioned", "pressed", "quizzed"]);
    put && view.sentence(begin).begin == cue.tokens.begin && source.begin > cue.tokens.end && view.is_comma(source.begin as usize - 1)
}

/// What the rules alone propose, one proposal a cue, in the order of the cues; proposals may overlap.
#[must_use]
pub fn ruled(text: &str, reading: &Reading, quotes: &Quotes, tags: &Tags, cues: &Cues, lexicon: &Lexicon) -> Vec<Proposal> {
    let view = Article { text, reading, quotes, tags, company: lexicon.table("cue_company") };
    let words = occurrences(&view);
    let clauses = Clauses { view, words: &words };
    let word_of = |cue: &Candidate| words.binary_search_by_key(&(cue.head as usize), |w| w.head).ok().map(|i| &words[i]);
    let spoken = |c: &&Candidate| !within_speech(&view, c, &cues.candidates);
    let likely = cues.candidates.iter().filter(|c| c.probability >= LEAST).filter(spoken);
    let proposals = likely.filter_map(|cue| propose(&clauses, word_of(cue), cue, &cues.candidates));
    let decisive = decisive_cues(&view, &cues.candidates);
    let sure = |p: &Proposal| {
        let decided = |c: &Candidate| c.kind == CueKind::Punctuation || decisive.binary_search(&c.head).is_ok();
        p.cue.as_ref().is_some_and(decided)
    };
    proposals.map(|p| Proposal { probability: if sure(&p) { CERTAIN } else { p.probability }, content: apart(p.content), ..p }).collect()
}

/// The cues whose statement the text decides: those that stand where a quotation has lost its opening mark.
fn decisive_cues(view: &Article<'_>, cues: &[Candidate]) -> Vec<u32> {
    let lost = view.quotes.quotations.iter().filter(|q| q.depth == 0 && q.opened == Edge::Recovered && speaks(q));
    let mut heads: Vec<u32> =
        lost.filter_map(|q| opening_cue(view, q, cues).or_else(|| attribution_before(view, q, cues))).map(|c| c.head).collect();
    heads.sort_unstable();
    heads
}

/// The probability of a proposal that the text decides: it is not weighed against others.
pub(crate) const CERTAIN: f32 = 1.0;

/// A chosen way as a proposal, its cue with lemma and kind.
fn proposal(tags: &Tags, chosen: Chosen, ruled: &[Proposal]) -> Proposal {
    let way = chosen.hypothesis;
    let at = ruled.partition_point(|p| p.cue.as_ref().is_none_or(|c| c.tokens.end <= way.cue.begin));
    let known = ruled.get(at).and_then(|p| p.cue.as_ref()).filter(|c| c.tokens.overlaps(way.cue) && way.cue.has(c.head));
    let cue = match known {
        Some(known) => Candidate { tokens: way.cue, probability: chosen.probability, ..known.clone() },
        None => {
            let (head, kind) = main_word(tags, way.cue);
            Candidate { tokens: way.cue, head, lemma: tags.lemma(head as usize).to_owned(), kind, probability: chosen.probability }
        }
    };
    let source = way.source.map(|s| ruled.get(at).map_or(s, |rule| whole_source(tags, s, rule)));
    Proposal { cue: Some(cue), source, content: apart(way.content), probability: chosen.probability }
}

/// The source with the name before its apposition, where the rules see one: "Ana Ruiz, the mayor" rather than "the mayor".
fn whole_source(tags: &Tags, source: TokenRange, rule: &Proposal) -> TokenRange {
    let name = |longer: &TokenRange| {
        let comma = source.begin.checked_sub(1).is_some_and(|t| longer.has(t) && tags.pos[t as usize].name() == ",");
        longer.end == source.end && longer.begin < source.begin && comma && tags.pos[longer.begin as usize].is_proper()
    };
    rule.source.filter(name).unwrap_or(source)
}

/// The last verb of a cue, else its first noun, else its first word; and what kind of cue it is.
fn main_word(tags: &Tags, cue: TokenRange) -> (u32, CueKind) {
    let find = |is: &dyn Fn(usize) -> bool| cue.range().rev().find(|&i| is(i)).map(|i| i as u32);
    if let Some(verb) = find(&|i| tags.pos[i].is_verb()) {
        (verb, CueKind::Verb)
    } else if let Some(noun) = find(&|i| tags.pos[i].is_noun()) {
        (noun, CueKind::Noun)
    } else if matches!(tags.pos[cue.begin as usize].name(), ":" | "," | ".") {
        (cue.begin, CueKind::Punctuation)
    } else {
        (cue.begin, CueKind::Preposition)
    }
}

/// Whether a cue stands inside what somebody else says, where it makes no statement of its own: the outermost counts.
fn within_speech(view: &Article<'_>, cue: &Candidate, cues: &[Candidate]) -> bool {
    if cue.kind == CueKind::Punctuation {
        return false; // a transcript may stand in marks, one before each turn: “RUIZ: Thank you.
    }
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
            probability: proposal.probability,
            form: form(view, &proposal.content),
            content: apart(proposal.content),
            cue: proposal.cue,
            source: proposal.source,
            follows,
        });
    }
    drafts
}

fn form(view: &Article<'_>, content: &[TokenRange]) -> Form {
    let words = || content.iter().flat_map(|run| run.range()).filter(|&t| !view.is_punctuation(t));
    let quoted = words().filter(|&t| view.quoted(t)).count();
    match (quoted, words().count()) {
        // "?" has no words, but it stands in quotation marks.
        (0, 0) if content.iter().any(|run| view.quoted(run.begin as usize)) => Form::Direct,
        (0, _) => Form::Indirect,
        (q, all) if q == all => Form::Direct,
        _ => Form::Mixed,
    }
}
