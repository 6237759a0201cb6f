//! What the first three layers say of a token, in one place.

use crate::model::Table;
use crate::quote::Quotes;
use crate::tag::{Pos, Tags};
use crate::text::{ParagraphKind, Reading, TokenKind, TokenRange};

/// The part-of-speech tags that the rules ask for by name; see [`crate::tag::TAGS`].
pub(crate) mod pos {
    use crate::tag::Pos;
    pub(crate) const VB: Pos = Pos(4);
    pub(crate) const VBD: Pos = Pos(5);
    pub(crate) const VBG: Pos = Pos(6);
    pub(crate) const VBN: Pos = Pos(7);
    pub(crate) const VBP: Pos = Pos(8);
    pub(crate) const VBZ: Pos = Pos(9);
    pub(crate) const MD: Pos = Pos(10);
    pub(crate) const RP: Pos = Pos(17);
    pub(crate) const IN: Pos = Pos(18);
    pub(crate) const TO: Pos = Pos(19);
    pub(crate) const DT: Pos = Pos(20);
    pub(crate) const WDT: Pos = Pos(22);
    pub(crate) const WP: Pos = Pos(23);
    pub(crate) const WRB: Pos = Pos(25);
    pub(crate) const PRP: Pos = Pos(26);
    pub(crate) const PRPS: Pos = Pos(27);
    pub(crate) const POS: Pos = Pos(28);
    pub(crate) const CC: Pos = Pos(29);
    pub(crate) const CD: Pos = Pos(30);
    pub(crate) const EX: Pos = Pos(31);
    pub(crate) const XX: Pos = Pos(50);
}

/// The layers of one text, asked token by token; an index beyond the text answers like an empty token.
#[derive(Clone, Copy)]
pub(crate) struct Article<'a> {
    pub(crate) text: &'a str,
    pub(crate) reading: &'a Reading,
    pub(crate) quotes: &'a Quotes,
    pub(crate) tags: &'a Tags,
    /// The table of the words that stand around cues.
    pub(crate) company: &'a Table,
}

impl<'a> Article<'a> {
    pub(crate) fn len(&self) -> usize {
        self.reading.tokens.len()
    }

    pub(crate) fn form(&self, token: usize) -> &'a str {
        self.reading.forms.get(token)
    }

    pub(crate) fn lemma(&self, token: usize) -> &'a str {
        self.tags.lemmas.get(token)
    }

    pub(crate) fn pos(&self, token: usize) -> Pos {
        self.tags.pos.get(token).copied().unwrap_or(pos::XX)
    }

    pub(crate) fn is(&self, token: usize, form: &str) -> bool {
        self.form(token) == form
    }

    pub(crate) fn any(&self, token: usize, forms: &[&str]) -> bool {
        forms.contains(&self.form(token))
    }

    /// Whether the table of the words around cues has this token's form as of that kind.
    pub(crate) fn of_kind(&self, token: usize, kind: &str) -> bool {
        self.company.get(self.form(token)).is_some_and(|kinds| kinds.split(' ').any(|k| k == kind))
    }

    /// The same for its lemma.
    pub(crate) fn lemma_of_kind(&self, token: usize, kind: &str) -> bool {
        self.company.get(self.lemma(token)).is_some_and(|kinds| kinds.split(' ').any(|k| k == kind))
    }

    /// The tokens of the sentence that `token` stands in.
    pub(crate) fn sentence(&self, token: usize) -> TokenRange {
        let Some(token) = self.reading.tokens.get(token) else { return TokenRange::new(0, 0) };
        self.reading.sentences.get(token.sentence as usize).map_or(TokenRange::new(0, 0), |s| s.tokens)
    }

    /// The index of the paragraph that `token` stands in; `u32::MAX` beyond the text.
    pub(crate) fn paragraph(&self, token: usize) -> u32 {
        let sentence = self.reading.tokens.get(token).map(|t| t.sentence as usize);
        sentence.and_then(|s| self.reading.sentences.get(s)).map_or(u32::MAX, |s| s.paragraph)
    }

    /// Whether a token stands in a headline: a paragraph that is read as one, or a first line that no stop ends.
    pub(crate) fn in_headline(&self, token: usize) -> bool {
        let index = self.paragraph(token);
        let Some(paragraph) = self.reading.paragraphs.get(index as usize) else { return false };
        let last = (paragraph.tokens.end as usize).saturating_sub(1);
        paragraph.kind == ParagraphKind::Headline || (index == 0 && !self.is_stop(last) && !self.is_mark(last))
    }

    /// Whether a paragraph begins at `token`.
    pub(crate) fn begins_paragraph(&self, token: usize) -> bool {
        token == 0 || token >= self.len() || self.paragraph(token) != self.paragraph(token - 1)
    }

    /// Whether a token begins with a capital letter.
    pub(crate) fn capital(&self, token: usize) -> bool {
        self.reading.tokens.get(token).is_some_and(|t| t.span.text(self.text).starts_with(char::is_uppercase))
    }

    pub(crate) fn is_mark(&self, token: usize) -> bool {
        self.reading.tokens.get(token).is_some_and(|t| t.kind == TokenKind::Mark)
    }

    pub(crate) fn is_punctuation(&self, token: usize) -> bool {
        self.reading.tokens.get(token).is_some_and(|t| matches!(t.kind, TokenKind::Punctuation | TokenKind::Mark))
    }

    pub(crate) fn is_comma(&self, token: usize) -> bool {
        self.is(token, ",")
    }

    /// Whether a token ends a sentence: a full stop, a question or exclamation mark, an ellipsis.
    pub(crate) fn is_stop(&self, token: usize) -> bool {
        self.any(token, &[".", "?", "!", "…", "...", "?!", "!?"])
    }

    pub(crate) fn is_dash(&self, token: usize) -> bool {
        self.any(token, &["—", "–", "--", "-", "―", "---"])
    }

    pub(crate) fn is_adverb(&self, token: usize) -> bool {
        // "But Jolly said": a name inside a sentence is none, whatever the tags say.
        let named = self.capital(token) && self.sentence(token).begin as usize != token;
        (14..=16).contains(&self.pos(token).0) && !named
    }

    pub(crate) fn is_adjective(&self, token: usize) -> bool {
        (11..=13).contains(&self.pos(token).0)
    }

    /// The part of the outermost quotation around a token that stands in the token's paragraph.
    pub(crate) fn piece(&self, token: usize) -> Option<TokenRange> {
        let pieces = &self.quotes.around(token)?.pieces;
        let at = pieces.partition_point(|p| p.end as usize <= token);
        pieces.get(at).copied().filter(|p| p.has(token as u32))
    }

    /// Whether an outermost quotation begins with this token.
    pub(crate) fn opens(&self, token: usize) -> bool {
        self.piece(token).is_some_and(|p| p.begin as usize == token)
    }

    /// Whether an outermost quotation, or its part in one paragraph, ends with this token.
    pub(crate) fn closes(&self, token: usize) -> bool {
        self.piece(token).is_some_and(|p| p.end as usize == token + 1)
    }

    pub(crate) fn quoted(&self, token: usize) -> bool {
        self.quotes.quoted(token)
    }

    /// The end of the noun phrase that begins at or covers `token`, if there is one.
    pub(crate) fn phrase(&self, token: usize) -> Option<TokenRange> {
        let mut phrase = self.tags.phrase_at(token)?.tokens;
        let first = phrase.begin as usize;
        if phrase.len() > 1 && token > first && matches!(self.pos(first), pos::WDT | pos::WP) {
            // "the year in which a majority ...": the relative word stands apart.
            phrase.begin += 1;
        }
        Some(phrase)
    }
}
