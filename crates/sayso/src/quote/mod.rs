//! Stage 2 finds quotation marks, paired, nested, over several paragraphs, unclosed, unopened.

mod lost;
mod marks;
mod pairing;
mod saying;
mod usage;

use crate::span::Span;
use crate::text::{Reading, TokenRange};

/// How one edge of a quotation is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edge {
    /// By a quotation mark.
    Marked,
    /// The mark is lost; the edge was put where the text suggests it.
    Recovered,
}

/// What a pair of quotation marks is for, as far as its looks tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Usage {
    /// Words that somebody said or wrote: a clause or more, or set off by a comma.
    Speech,
    /// A word or two in distance quotes, inside a running sentence: “deplorables”.
    Scare,
    /// The title of a work: “Hamlet”.
    Title,
}

/// Text between quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Its tokens, the marks included.
    pub tokens: TokenRange,
    /// The same in bytes.
    pub span: Span,
    /// One run of tokens for each paragraph that it stands in, the marks included.
    pub pieces: Vec<TokenRange>,
    /// 0 for an outermost one, 1 for one inside it, ...
    pub depth: u8,
    /// The quotation around it, as an index into [`Quotes::quotations`].
    pub parent: Option<u32>,
    /// How its beginning is known.
    pub opened: Edge,
    /// How its end is known.
    pub closed: Edge,
    /// What it is for.
    pub usage: Usage,
}

/// The second layer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quotes {
    /// In the order of their first token, an outer one before what it holds.
    pub quotations: Vec<Quotation>,
    /// For each token the outermost quotation that it stands in (marks included), as an index; `u32::MAX` for none.
    pub outermost: Vec<u32>,
}

impl Quotes {
    /// The outermost quotation around a token, marks included.
    #[must_use]
    pub fn around(&self, token: usize) -> Option<&Quotation> {
        self.quotations.get(*self.outermost.get(token)? as usize)
    }

    /// Whether a token stands in a quotation, marks included.
    #[must_use]
    pub fn quoted(&self, token: usize) -> bool {
        self.outermost.get(token).is_some_and(|&q| q != u32::MAX)
    }
}

/// Finds the quotations of a text.
#[must_use]
pub fn find(text: &str, reading: &Reading) -> Quotes {
    let mut paired = pairing::pair(text, reading);
    let whole = |pieces: &[TokenRange]| TokenRange::new(pieces[0].begin, pieces[pieces.len() - 1].end);
    paired.sort_by_key(|p| (p.pieces[0].begin, std::cmp::Reverse(whole(&p.pieces).end)));
    let mut quotes = Quotes { quotations: Vec::with_capacity(paired.len()), outermost: vec![u32::MAX; reading.tokens.len()] };
    let mut around: Vec<u32> = Vec::new();
    for pairing::Paired { pieces, opened, closed } in paired {
        let tokens = whole(&pieces);
        while around.last().is_some_and(|q| quotes.quotations[*q as usize].tokens.end <= tokens.begin) {
            around.pop();
        }
        let parent = around.last().copied();
        let outer = parent.map(|p| &quotes.quotations[p as usize]);
        if outer.is_some_and(|o| o.tokens.end < tokens.end || o.tokens == tokens) {
            continue;
        }
        let depth = outer.map_or(0, |o| o.depth + 1);
        let index = quotes.quotations.len() as u32;
        if depth == 0 {
            for piece in &pieces {
                quotes.outermost[piece.range()].fill(index);
            }
        }
        let usage = usage::of(text, reading, pieces[0], pieces.len() > 1);
        quotes.quotations.push(Quotation { tokens, span: reading.span_of(tokens), pieces, depth, parent, opened, closed, usage });
        around.push(index);
    }
    quotes
}
