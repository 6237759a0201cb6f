//! Stage 1 reads: paragraphs, sentences, tokens, dateline, credit.

mod abbreviations;
mod address;
mod characters;
mod edges;
mod entities;
mod kinds;
mod mend;
mod paragraphs;
mod sentences;
mod tokens;

pub(crate) use edges::is_capitals;
pub(crate) use mend::mend;

use crate::span::Span;

/// A run of tokens, half-open, as indices into [`Reading::tokens`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TokenRange {
    /// The first token.
    pub begin: u32,
    /// The token after the last.
    pub end: u32,
}

impl TokenRange {
    /// The tokens from `begin` up to, not including, `end`.
    #[must_use]
    pub fn new(begin: u32, end: u32) -> Self {
        TokenRange { begin, end: end.max(begin) }
    }

    /// How many tokens.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.begin) as usize
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.begin >= self.end
    }

    /// As indices.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.begin as usize..self.end as usize
    }

    /// Whether token `index` is one of them.
    #[must_use]
    pub fn has(self, index: u32) -> bool {
        self.begin <= index && index < self.end
    }

    /// Whether the two share a token.
    #[must_use]
    pub fn overlaps(self, other: TokenRange) -> bool {
        self.begin < other.end && other.begin < self.end
    }
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, perhaps with digits, hyphens or apostrophes.
    Word,
    /// Digits, perhaps with separators: "1,200", "3.5", "2019".
    Number,
    /// A quotation mark (an apostrophe is part of a word).
    Mark,
    /// A comma, full stop, bracket, dash, ...
    Punctuation,
    /// "$", "%", "&", an emoji, ...
    Symbol,
    /// A web or e-mail address.
    Address,
    /// "@name" or "#tag".
    Handle,
}

/// The smallest unit that later stages see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// Its sentence, as an index into [`Reading::sentences`].
    pub sentence: u32,
}

/// A sentence, the dateline or the credit line: what a statement may be made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first to its last token.
    pub span: Span,
    /// Its tokens.
    pub tokens: TokenRange,
    /// Its paragraph, as an index into [`Reading::paragraphs`].
    pub paragraph: u32,
}

/// What a paragraph is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParagraphKind {
    /// Running text.
    Prose,
    /// A title over the article or over a part of it.
    Headline,
    /// A line that is no prose: a bare number, a byline, a caption, a share button.
    Note,
    /// The line that names the agency.
    Credit,
}

/// A paragraph: text between line ends, as news is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// From its first to its last token.
    pub span: Span,
    /// What it is for.
    pub kind: ParagraphKind,
    /// Its sentences, as a range of indices into [`Reading::sentences`].
    pub sentences: (u32, u32),
    /// Its tokens.
    pub tokens: TokenRange,
}

/// Strings one after another in one allocation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    letters: String,
    ends: Vec<u32>,
}

impl Words {
    /// Adds one.
    pub fn push(&mut self, word: &str) {
        self.letters.push_str(word);
        self.ends.push(self.letters.len() as u32);
    }

    /// Adds a token's form: lower case, without invisible characters, "’" as "'".
    fn push_clean(&mut self, word: &str) {
        if word.is_ascii() {
            let begin = self.letters.len();
            self.letters.push_str(word);
            self.letters[begin..].make_ascii_lowercase();
        } else {
            let visible = word.chars().filter(|c| !characters::is_invisible(*c));
            self.letters.extend(visible.flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }));
        }
        self.ends.push(self.letters.len() as u32);
    }

    /// Takes the last one away.
    fn pop(&mut self) {
        self.ends.pop();
        self.letters.truncate(self.ends.last().map_or(0, |e| *e as usize));
    }

    /// The one at `index`; empty beyond the last.
    #[must_use]
    pub fn get(&self, index: usize) -> &str {
        let Some(&end) = self.ends.get(index) else { return "" };
        let begin = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.letters[begin as usize..end as usize]
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// The first layer: a text cut into paragraphs, sentences and tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// In order; every token belongs to one.
    pub paragraphs: Vec<Paragraph>,
    /// In order; the dateline and a credit at the end of a paragraph are sentences of their own.
    pub sentences: Vec<Sentence>,
    /// In order; white space and invisible characters between them belong to none.
    pub tokens: Vec<Token>,
    /// Each token in lower case, without soft hyphens and zero-width characters, with "’" as "'".
    pub forms: Words,
    /// The headline, where the text carries one.
    pub headline: Option<Span>,
    /// The dateline, without the dash or colon that ends it.
    pub dateline: Option<Span>,
    /// The credit line, without its dash.
    pub credit: Option<Span>,
}

impl Reading {
    /// Token `index` in lower case and cleaned; empty outside the text.
    #[must_use]
    pub fn form(&self, index: usize) -> &str {
        self.forms.get(index)
    }

    /// The bytes that a run of tokens covers.
    ///
    /// # Panics
    /// If the run is empty or lies outside the text.
    #[must_use]
    pub fn span_of(&self, tokens: TokenRange) -> Span {
        let range = tokens.range();
        self.tokens[range.start].span.cover(self.tokens[range.end - 1].span)
    }
}

/// Reads a text.
#[must_use]
pub fn read(text: &str) -> Reading {
    let mut reading = Reading::default();
    for (begin, end) in paragraphs::cut(text) {
        let first = reading.tokens.len();
        tokens::cut(text, begin, end, &mut reading.tokens, &mut reading.forms);
        if reading.tokens.len() > first {
            let tokens = TokenRange::new(first as u32, reading.tokens.len() as u32);
            let span = reading.span_of(tokens);
            reading.paragraphs.push(Paragraph { span, kind: ParagraphKind::Prose, sentences: (0, 0), tokens });
        }
    }
    let edges = edges::mark(text, &mut reading);
    sentences::cut(text, &mut reading, &edges);
    reading
}
