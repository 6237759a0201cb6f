//! The words around a statement: those of its cue's sentence that are not said.

use crate::content::Draft;
use crate::speaker::page::Page;
use crate::text::TokenRange;

/// Where the circumstances of a statement may stand.
pub(super) struct Clause<'c, 'a> {
    pub page: &'c Page<'a>,
    /// The sentence's tokens that are not content, ascending runs.
    pub runs: Vec<TokenRange>,
    /// The cue; the edge of the content where there is none.
    pub cue: TokenRange,
    pub source: Option<TokenRange>,
    pub content: &'c [TokenRange],
}

impl<'c, 'a> Clause<'c, 'a> {
    pub fn of(page: &'c Page<'a>, draft: &'c Draft) -> Self {
        let first = draft.content.first().map_or(0, |c| c.begin);
        let cue = draft.cue.as_ref().map_or(TokenRange::new(first, first), |c| c.tokens);
        let sentence = page.sentence_tokens(page.sentence(cue.begin));
        let mut runs = Vec::new();
        let mut at = sentence.begin;
        for piece in draft.content.iter().filter(|c| c.overlaps(sentence)) {
            if piece.begin > at {
                runs.push(TokenRange::new(at, piece.begin));
            }
            at = at.max(piece.end);
        }
        if at < sentence.end {
            runs.push(TokenRange::new(at, sentence.end));
        }
        if draft.cue.is_none() {
            runs.clear();
        }
        Clause { page, runs, cue, source: draft.source, content: &draft.content }
    }

    /// How far a token stands from the cue, in tokens.
    pub fn distance(&self, token: u32) -> u32 {
        if token < self.cue.begin { self.cue.begin - token } else { token.saturating_sub(self.cue.end) }
    }

    /// The run of free tokens that a token stands in.
    pub fn run_of(&self, token: u32) -> Option<TokenRange> {
        self.runs.iter().copied().find(|r| r.has(token))
    }
}
