//! The words around a statement: those of its cue's sentence that are not said.

use crate::content::Draft;
use crate::speaker::page::Page;
use crate::text::TokenRange;

/// How far from its cue a circumstance may stand, in tokens: text without full stops costs no more than other text.
const REACH: u32 = 150;

/// Where the circumstances of a statement may stand.
pub(super) struct Clause<'c, 'a> {
    pub page: &'c Page<'a>,
    /// The sentence.
    pub all: TokenRange,
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
        let sentence = TokenRange::new(sentence.begin.max(cue.begin.saturating_sub(REACH)), sentence.end.min(cue.end + REACH));
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
        Clause { page, all: sentence, runs, cue, source: draft.source, content: &draft.content }
    }

    /// The noun phrase that begins at a token, adverbs before its adjectives and an "of" phrase included.
    pub fn phrase(&self, begin: u32) -> Option<TokenRange> {
        let page = self.page;
        let at = |t: u32| page.phrase_at(t).map(|p| p.tokens).filter(|p| p.begin == t);
        let mut phrase = at(begin)?;
        if phrase.len() == 1
            && page.tag(begin) == "DT"
            && matches!(page.tag(begin + 1), "RB" | "RBS" | "JJ")
            && let Some(rest) = at(begin + 2)
        {
            phrase.end = rest.end;
        }
        if page.form(phrase.end) == "of"
            && let Some(rest) = at(phrase.end + 1)
        {
            phrase.end = rest.end;
        }
        Some(phrase)
    }

    /// The noun phrase right after a cue of telling or asking: who is spoken to.
    pub fn addressed(&self) -> Option<TokenRange> {
        let tells = matches!(self.page.lemma(self.cue.end.saturating_sub(1)), "tell" | "ask" | "press" | "question");
        let phrase = self.page.phrase_at(self.cue.end)?.tokens;
        (tells && phrase.begin == self.cue.end).then_some(phrase)
    }

    /// Leaves out tokens that say something else: the topic.
    pub fn without(mut self, tokens: Option<TokenRange>) -> Self {
        let Some(out) = tokens else { return self };
        let halves = |r: TokenRange| {
            let left = TokenRange::new(r.begin, r.end.min(out.begin).max(r.begin));
            let right = TokenRange::new(r.begin.max(out.end).min(r.end), r.end);
            if r.overlaps(out) { vec![left, right] } else { vec![r] }
        };
        self.runs = self.runs.into_iter().flat_map(halves).filter(|r| !r.is_empty()).collect();
        self
    }

    /// Whether words belong to the cue's own clause: outside the source, and no other finite verb between them and the cue.
    pub fn owns(&self, words: TokenRange) -> bool {
        // "Christie on Sunday", "in the post Ruiz": a source that was taken too far ends in the circumstance, or begins in it.
        let into_name = self.page.is_capital(words.end) && !self.page.is_capital(words.end - 1);
        let outside =
            |s: TokenRange| s.begin < words.begin && words.end == s.end || into_name && words.begin + 1 == s.begin && words.end < s.end;
        if self.source.is_some_and(|s| s.overlaps(words) && !outside(s)) {
            return false;
        }
        // What opens the sentence before its subject holds for all that the subject does: "In a letter, Ruiz praised ... but said ...".
        let opens = words.begin <= self.all.begin + 1;
        let subject = self.source.filter(|s| opens && s.begin > words.end && s.begin < self.cue.begin);
        let end = subject.map_or(self.cue.begin, |s| s.begin);
        let between = if words.begin < self.cue.begin { words.end..end } else { self.cue.end..words.begin };
        let other = |t: u32| self.source.is_some_and(|s| s.has(t)) || self.content.iter().any(|c| c.has(t)) || self.page.quoted(t);
        let verbs = between.into_iter().filter(|&t| matches!(self.page.tag(t), "VBD" | "VBZ" | "VBP" | "MD") && !other(t)).count();
        // What opens the sentence may serve two verbs: "In a letter, Ruiz praised the plan, adding ...".
        verbs <= usize::from(words.begin == self.all.begin)
    }

    /// The words nearest to the cue of those that `find` finds, each from the token that it is asked at.
    pub fn nearest(&self, find: impl Fn(u32, u32) -> Option<TokenRange>) -> Option<TokenRange> {
        // "said Thursday that ...": a content that was taken too far begins with the circumstance.
        let content = self.content.first().filter(|c| c.begin == self.cue.end);
        // "posted on | social media that ...": the cue ends in its preposition.
        let joined = content.filter(|c| c.begin > 0 && self.page.is_preposition(c.begin - 1)).and_then(|c| find(c.begin - 1, c.end));
        if let Some(found) = joined.filter(|f| self.page.form(f.end) == "that") {
            return Some(found);
        }
        if let Some(found) = content.and_then(|c| find(c.begin, c.end)) {
            let goes_on = self.page.form(found.end) == "that" || self.page.is_preposition(found.begin) && found.len() < 8;
            let bare = self.page.reading.tokens.get(found.end as usize).is_some() && !self.page.is_preposition(found.begin);
            if goes_on || bare && found.len() < 4 {
                return Some(found);
            }
        }
        let mut best: Option<(u32, TokenRange)> = None;
        for run in &self.runs {
            let mut at = run.begin;
            while at < run.end {
                let found = find(at, run.end);
                at = found.map_or(at + 1, |f| f.end);
                let Some(found) = found.filter(|&f| self.owns(f)) else { continue };
                let distance = self.distance(if found.begin < self.cue.begin { found.end } else { found.begin });
                if best.is_none_or(|(d, _)| distance < d) {
                    best = Some((distance, found));
                }
            }
        }
        best.map(|(_, found)| found)
    }

    /// How far a token stands from the cue, in tokens.
    fn distance(&self, token: u32) -> u32 {
        if token < self.cue.begin { self.cue.begin - token } else { token.saturating_sub(self.cue.end) }
    }
}
