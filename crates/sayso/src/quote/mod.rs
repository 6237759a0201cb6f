//! Stage 2 finds quotation marks, paired, nested, over several paragraphs, unclosed, unopened.

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
    let _ = text;
    let mut quotes = Quotes { quotations: Vec::new(), outermost: vec![u32::MAX; reading.tokens.len()] };
    let mut open: Option<u32> = None;
    let mut earlier: Vec<TokenRange> = Vec::new();
    for (p, paragraph) in reading.paragraphs.iter().enumerate() {
        for i in paragraph.tokens.range() {
            let form = reading.form(i);
            let (opens, closes) = match form {
                "“" | "``" | "«" => (true, false),
                "”" | "»" => (false, true),
                "\"" | "''" => (open.is_none(), open.is_some()),
                _ => (false, false),
            };
            if opens && open.is_none() {
                open = Some(i as u32);
            } else if closes {
                let begin = open.take().unwrap_or(paragraph.tokens.begin);
                let mut pieces = std::mem::take(&mut earlier);
                pieces.push(TokenRange::new(begin, i as u32 + 1));
                put(&mut quotes, reading, pieces);
            }
        }
        if let Some(begin) = open.take() {
            let goes_on =
                reading.paragraphs.get(p + 1).is_some_and(|n| matches!(reading.form(n.tokens.begin as usize), "“" | "\"" | "``" | "''"));
            let mut pieces = std::mem::take(&mut earlier);
            pieces.push(TokenRange::new(begin, paragraph.tokens.end));
            if goes_on {
                earlier = pieces;
            } else {
                put(&mut quotes, reading, pieces);
            }
        }
    }
    quotes
}

fn put(quotes: &mut Quotes, reading: &Reading, pieces: Vec<TokenRange>) {
    let tokens = TokenRange::new(pieces[0].begin, pieces[pieces.len() - 1].end);
    for piece in &pieces {
        quotes.outermost[piece.range()].fill(quotes.quotations.len() as u32);
    }
    let usage = if tokens.len() < 6 { Usage::Scare } else { Usage::Speech };
    quotes.quotations.push(Quotation {
        tokens,
        span: reading.span_of(tokens),
        pieces,
        depth: 0,
        parent: None,
        opened: Edge::Marked,
        closed: Edge::Marked,
        usage,
    });
}
