//! What earlier stages know of a text, as the last two stages ask for it: word by word.

use crate::quote::Quotes;
use crate::tag::{NounPhrase, Pos, Tags};
use crate::text::{ParagraphKind, Reading, TokenRange};

/// The layers of one text, side by side.
#[derive(Clone, Copy)]
pub(crate) struct Page<'a> {
    pub text: &'a str,
    pub reading: &'a Reading,
    pub quotes: &'a Quotes,
    pub tags: &'a Tags,
}

impl<'a> Page<'a> {
    /// How many tokens the text has.
    pub fn len(&self) -> u32 {
        self.reading.tokens.len() as u32
    }

    /// A token as it stands in the text; empty outside it.
    pub fn word(&self, token: u32) -> &'a str {
        self.reading.tokens.get(token as usize).map_or("", |t| t.span.text(self.text))
    }

    /// A token in lower case; empty outside the text.
    pub fn form(&self, token: u32) -> &'a str {
        self.reading.form(token as usize)
    }

    /// A token's lemma; its form where there is none.
    pub fn lemma(&self, token: u32) -> &'a str {
        let lemma = self.tags.lemma(token as usize);
        if lemma.is_empty() { self.form(token) } else { lemma }
    }

    /// The Penn Treebank tag of a token; empty outside the text.
    pub fn tag(&self, token: u32) -> &'static str {
        self.tags.pos.get(token as usize).map_or("", |p| p.name())
    }

    fn pos(&self, token: u32) -> Option<Pos> {
        self.tags.pos.get(token as usize).copied()
    }

    /// Whether a token is a verb form or a modal.
    pub fn is_verb(&self, token: u32) -> bool {
        self.pos(token).is_some_and(|p| p.is_verb() || p.name() == "MD")
    }

    /// Whether a token is a noun, proper or not.
    pub fn is_noun(&self, token: u32) -> bool {
        self.pos(token).is_some_and(Pos::is_noun)
    }

    /// Whether a token is a preposition.
    pub fn is_preposition(&self, token: u32) -> bool {
        matches!(self.tag(token), "IN" | "TO")
    }

    /// Whether a token begins with a capital letter.
    pub fn is_capital(&self, token: u32) -> bool {
        let word = self.word(token);
        let word = ["al-", "el-", "ash-", "as-", "ar-"].iter().find_map(|p| word.strip_prefix(p)).unwrap_or(word); // "al-Tamimi"
        word.chars().next().is_some_and(char::is_uppercase)
    }

    /// The sentence of a token, as an index; the last one outside the text.
    pub fn sentence(&self, token: u32) -> u32 {
        self.reading.tokens.get(token as usize).map_or(self.reading.sentences.len() as u32, |t| t.sentence)
    }

    /// The tokens of a sentence; none outside the text.
    pub fn sentence_tokens(&self, sentence: u32) -> TokenRange {
        self.reading.sentences.get(sentence as usize).map_or(TokenRange::new(0, 0), |s| s.tokens)
    }

    /// The paragraph of a token, as an index.
    pub fn paragraph(&self, token: u32) -> u32 {
        self.reading.sentences.get(self.sentence(token) as usize).map_or(self.reading.paragraphs.len() as u32, |s| s.paragraph)
    }

    /// Whether a token stands in the headline.
    pub fn is_headline(&self, token: u32) -> bool {
        self.reading.paragraphs.get(self.paragraph(token) as usize).is_some_and(|p| p.kind == ParagraphKind::Headline)
    }

    /// Whether a token stands between quotation marks.
    pub fn quoted(&self, token: u32) -> bool {
        self.quotes.quoted(token as usize)
    }

    /// The noun phrase around a token.
    pub fn phrase_at(&self, token: u32) -> Option<&'a NounPhrase> {
        self.tags.phrase_at(token as usize)
    }

    /// The words of a run of tokens as they stand in the text, line breaks and double blanks folded; empty for an empty run.
    pub fn words(&self, tokens: TokenRange) -> String {
        if tokens.is_empty() || tokens.end > self.len() {
            return String::new();
        }
        let words = self.reading.span_of(tokens).text(self.text);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
