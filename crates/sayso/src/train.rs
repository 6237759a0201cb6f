//! Labelled examples, built by the very functions that prediction uses.

use crate::content::{Draft, Drafts, Form};
use crate::cue::{Candidate, CueKind};
use crate::quote::Quotes;
use crate::span::Span;
use crate::tag::{Pos, Tags};
use crate::text::{Reading, TokenKind, TokenRange};

/// A statement as annotated by hand: the spans of its roles, in bytes, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoldStatement {
    /// The words that name who said it.
    pub source: Vec<Span>,
    /// The words that signal it.
    pub cue: Vec<Span>,
    /// What was said.
    pub content: Vec<Span>,
}

/// The annotated statements of a text as [`crate::content::assemble`] would hand them on, each with its index in `gold`.
///
/// A statement without a token in its content is left out.
#[must_use]
pub fn drafts_from_gold(reading: &Reading, quotes: &Quotes, tags: &Tags, gold: &[GoldStatement]) -> (Drafts, Vec<usize>) {
    let mut drafts: Vec<(usize, Draft)> =
        gold.iter().enumerate().filter_map(|(i, g)| Some((i, draft(reading, quotes, tags, g)?))).collect();
    drafts.sort_by_key(|(i, d)| (d.content[0].begin, *i));
    let order = drafts.iter().map(|(i, _)| *i).collect();
    (Drafts { drafts: drafts.into_iter().map(|(_, d)| d).collect() }, order)
}

fn draft(reading: &Reading, quotes: &Quotes, tags: &Tags, gold: &GoldStatement) -> Option<Draft> {
    let mut content: Vec<TokenRange> = gold.content.iter().filter_map(|&s| tokens_of(reading, s)).collect();
    content.dedup_by(|next, last| next.begin < last.end);
    if content.is_empty() {
        return None;
    }
    let cue = gold.cue.first().and_then(|&s| tokens_of(reading, s)).map(|tokens| candidate(reading, tags, tokens));
    let source = gold.source.first().and_then(|&s| tokens_of(reading, s));
    let form = form(reading, quotes, &content);
    Some(Draft { content, cue, source, form, follows: None, probability: 1.0 })
}

/// The tokens that share a byte with a span.
fn tokens_of(reading: &Reading, span: Span) -> Option<TokenRange> {
    let begin = reading.tokens.partition_point(|t| t.span.end() <= span.begin());
    let end = reading.tokens.partition_point(|t| t.span.begin() < span.end());
    (begin < end).then(|| TokenRange::new(begin as u32, end as u32))
}

fn form(reading: &Reading, quotes: &Quotes, content: &[TokenRange]) -> Form {
    let words =
        || content.iter().flat_map(|c| c.range()).filter(|&t| matches!(reading.tokens[t].kind, TokenKind::Word | TokenKind::Number));
    if words().all(|t| quotes.quoted(t)) {
        Form::Direct
    } else if words().any(|t| quotes.quoted(t)) {
        Form::Mixed
    } else {
        Form::Indirect
    }
}

/// An annotated cue with its main word: the first verb that helps no other, else the first noun.
fn candidate(reading: &Reading, tags: &Tags, tokens: TokenRange) -> Candidate {
    let pos = |t: usize| tags.pos.get(t).copied();
    let helps = |t: usize| {
        matches!(tags.lemma(t), "be" | "have" | "do" | "'s" | "'ve" | "'d" | "get" | "go" | "try" | "want" | "continue" | "begin" | "seem")
    };
    let verb = tokens.range().find(|&t| pos(t).is_some_and(Pos::is_verb) && !helps(t));
    let verb = verb.or_else(|| tokens.range().rev().find(|&t| pos(t).is_some_and(Pos::is_verb)));
    let noun = tokens.range().find(|&t| pos(t).is_some_and(Pos::is_noun));
    let is_word = |t: &usize| matches!(reading.tokens[*t].kind, TokenKind::Word);
    let according = tokens.range().find(|&t| reading.form(t) == "according");
    let (head, kind) = match (according, verb, noun) {
        (Some(t), _, _) => (t, CueKind::Preposition),
        (_, Some(t), _) => (t, CueKind::Verb),
        (_, None, Some(t)) => (t, CueKind::Noun),
        _ => tokens.range().find(is_word).map_or((tokens.begin as usize, CueKind::Punctuation), |t| (t, CueKind::Preposition)),
    };
    Candidate { tokens, head: head as u32, lemma: tags.lemma(head).to_owned(), kind, probability: 1.0 }
}
