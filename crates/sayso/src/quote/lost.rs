//! Where a quotation that lost one of its marks begins or ends.

use super::saying;
use crate::text::{Reading, TokenKind, TokenRange};

/// Words of those who speak of themselves or to somebody.
const PERSONAL: &[&str] = &["i", "me", "my", "our", "ours", "us", "we", "you", "your", "yours"];

/// Participles that lead to speech.
const LEADING: &[&str] = &[
    "adding",
    "answering",
    "arguing",
    "asking",
    "declaring",
    "explaining",
    "insisting",
    "noting",
    "replying",
    "saying",
    "shouting",
    "stating",
    "stressing",
    "telling",
    "tweeting",
    "warning",
    "writing",
    "yelling",
];

/// Words behind "he said" that make it a clause inside the speech: “If you ask Ruiz, he said it was late.
const GOES_ON: &[&str] = &["a", "he", "i", "it", "she", "so", "that", "the", "there", "they", "this", "we", "you"];

/// How far before a lone closing mark speech may begin, in tokens: lone marks in a row must not make time grow with their square.
const REACH: usize = 300;

/// A text in which a mark is missing.
pub(super) struct Lost<'a> {
    pub(super) text: &'a str,
    pub(super) reading: &'a Reading,
}

impl Lost<'_> {
    fn form(&self, at: usize) -> &str {
        self.reading.form(at)
    }

    fn sentence(&self, at: usize) -> TokenRange {
        self.reading.sentences[self.reading.tokens[at].sentence as usize].tokens
    }

    /// The comma behind which a clause says who speaks: "We lost, she said."
    pub(super) fn comma_before_clause(&self, begin: usize, end: usize) -> Option<usize> {
        (begin + 1..end.saturating_sub(1)).find(|&at| {
            matches!(self.form(at), "," | "?" | "!") && self.clause_at(at + 1, end).is_some_and(|verb| self.says(at + 1, verb, end))
        })
    }

    fn clause_at(&self, from: usize, end: usize) -> Option<usize> {
        saying::likely_verb_from(self.text, self.reading, from, end)
    }

    /// Whether the clause with that verb tells of the speech before it, and is no part of it.
    fn says(&self, from: usize, verb: usize, end: usize) -> bool {
        let next = self.form(verb + 1);
        let closes = verb + 1 >= end || matches!(next, "." | "," | "in" | "on" | "at" | "to" | "of" | "after" | "during" | "out");
        let other = self.is_other(from) && GOES_ON.binary_search(&next).is_err();
        // "said Ruiz", and not "read it".
        let inverted = verb == from && saying::is_verb(self.reading, verb);
        inverted || verb > from && (closes || other) || verb == from && self.is_name(verb + 1)
    }

    /// Whether a token is a name, or a pronoun that is nobody who speaks.
    fn is_other(&self, at: usize) -> bool {
        matches!(self.form(at), "he" | "she" | "they") || self.is_name(at)
    }

    fn is_name(&self, at: usize) -> bool {
        let token = self.reading.tokens.get(at);
        let capital = token.is_some_and(|t| t.kind == TokenKind::Word && t.span.text(self.text).starts_with(char::is_uppercase));
        capital && PERSONAL.binary_search(&self.form(at)).is_err()
    }

    /// The end of speech that begins with a token and has no closing mark before `end`: before a sentence of the paragraph that says what
    /// somebody said, or that end.
    pub(super) fn before_narration(&self, begin: usize, end: usize) -> usize {
        let mut at = self.sentence(begin).end as usize;
        while at < end {
            let sentence = self.sentence(at).end as usize;
            if self.is_other(at) && saying::verb_from(self.text, self.reading, at, sentence.min(at + 4)).is_some() {
                return at;
            }
            at = sentence;
        }
        end
    }

    /// Where the words that the lone closing mark at `at` ends begin, if they are speech: behind a leading "He said", or, with a clause that says
    /// who speaks behind the mark or with somebody's "I" or "you" in them, behind what is quoted or told already.
    pub(super) fn beginning(&self, paragraph: TokenRange, free: usize, at: usize, single: bool) -> Option<usize> {
        let end = paragraph.end as usize;
        let closed = matches!(self.form(at - 1), "," | "." | "?" | "!" | "…" | "...");
        let told = |from: usize| saying::verb_from(self.text, self.reading, from, end).is_some();
        let stop = matches!(self.form(at + 1), "," | ".");
        let attributed = if stop { told(at + 2) } else { self.form(at - 1) != "." && told(at + 1) };
        let ends = at + 1 >= end || self.sentence(at + 1).begin as usize == at + 1;
        if !(closed || attributed || ends || stop) || single && !(closed && (ends || attributed)) {
            return None;
        }
        let first = self.first_free(paragraph, free, at).max(self.far_before(at));
        if first >= at || self.only_says(first, at) {
            return None;
        }
        let own = (self.sentence(at - 1).begin as usize).max(first);
        let leading =
            || self.behind_clause(own, at).or_else(|| self.behind_introduction(own, at)).or_else(|| self.behind_clause(first, at));
        if let Some(behind) = leading() {
            return Some(behind);
        }
        let (mut begin, mut sentence) = (first, first);
        while sentence < own {
            let next = self.sentence(sentence).end as usize;
            if self.narrates(sentence, next) {
                begin = next;
            }
            sentence = next;
        }
        let personal = || (begin..at).any(|t| PERSONAL.binary_search(&self.form(t)).is_ok());
        (attributed || closed && ends && personal()).then_some(begin)
    }

    /// The first sentence that is not too far before a mark.
    fn far_before(&self, at: usize) -> usize {
        let far = at.saturating_sub(REACH);
        let sentence = self.sentence(far);
        if sentence.begin as usize == far { far } else { (sentence.end as usize).min(at - 1) }
    }

    /// The first token that no quotation holds and that may begin speech: not in the rest of a sentence that one broke off.
    fn first_free(&self, paragraph: TokenRange, free: usize, at: usize) -> usize {
        let sentence = self.sentence(free);
        if free == paragraph.begin as usize || sentence.begin as usize >= free {
            return free;
        }
        let next = sentence.end as usize;
        if next <= at {
            return next;
        }
        (free + 1..at).find(|t| self.form(*t) == ",").map_or(free, |comma| comma + 1)
    }

    /// Whether a sentence tells what somebody else said: "He said it was late.", "It was late, Ruiz said."
    fn narrates(&self, begin: usize, end: usize) -> bool {
        (begin + 1..end).any(|t| saying::is_verb(self.reading, t) && self.is_other(t - 1))
    }

    /// Whether the tokens before a mark are nothing but a clause of saying: she said.”
    fn only_says(&self, begin: usize, at: usize) -> bool {
        let verb = saying::verb_from(self.text, self.reading, begin, at);
        verb.is_some_and(|v| v + 1 >= at || v + 2 == at && self.form(v + 1) == ".")
    }

    /// The token behind the last "said," or "telling them:" of a sentence.
    fn behind_introduction(&self, begin: usize, at: usize) -> Option<usize> {
        let says = |t: &usize| saying::may_say(self.reading, *t) || LEADING.binary_search(&self.form(*t)).is_ok();
        let behind = |verb: usize| {
            let object = matches!(self.form(verb + 1), "her" | "him" | "me" | "reporters" | "them" | "us");
            let joint = verb + 1 + usize::from(object);
            (matches!(self.form(joint), "," | ":") && joint + 1 < at).then_some(joint + 1)
        };
        (begin..at).rev().filter(says).find_map(behind)
    }

    /// The token behind a clause of saying that begins at a token: behind "He said", "Ruiz said that", "According to Ruiz,".
    fn behind_clause(&self, begin: usize, at: usize) -> Option<usize> {
        if self.form(begin) == "according" && self.form(begin + 1) == "to" {
            let comma = (begin + 2..at.min(begin + 10)).find(|t| self.form(*t) == ",")?;
            return (comma + 1 < at).then_some(comma + 1);
        }
        let verb = saying::verb_from(self.text, self.reading, begin, at)?;
        if PERSONAL.binary_search(&self.form(begin)).is_ok() {
            return None;
        }
        let mut behind = verb + 1;
        while behind < at && matches!(self.form(behind), "that" | ":" | "," | "—") {
            behind += 1;
        }
        (behind < at && self.form(behind) != ".").then_some(behind)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_tables_can_be_searched() {
        for table in [super::PERSONAL, super::LEADING, super::GOES_ON] {
            assert!(table.is_sorted_by(|a, b| a < b), "{table:?}");
        }
    }
}
