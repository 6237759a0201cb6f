//! Clauses that say who speaks, told by their verb.

use crate::text::{Reading, TokenKind};

/// Verbs that stand with a quotation, in the forms in which news writes them.
const VERBS: &[&str] = &[
    "acknowledged",
    "added",
    "adds",
    "admitted",
    "announced",
    "answered",
    "argued",
    "argues",
    "asked",
    "asks",
    "asserted",
    "boasted",
    "claimed",
    "commented",
    "concluded",
    "continued",
    "cried",
    "declared",
    "demanded",
    "denied",
    "exclaimed",
    "explained",
    "explains",
    "insisted",
    "insists",
    "joked",
    "noted",
    "notes",
    "observed",
    "pleaded",
    "posted",
    "promised",
    "quipped",
    "recalled",
    "remarked",
    "replied",
    "responded",
    "said",
    "say",
    "saying",
    "says",
    "shouted",
    "stated",
    "stressed",
    "suggested",
    "tells",
    "testified",
    "told",
    "tweeted",
    "urged",
    "vowed",
    "warned",
    "wondered",
    "writes",
    "wrote",
    "yelled",
];

/// Verbs that stand with a quotation now and then, and that tell of speech only where a mark is lost.
const RARER: &[&str] = &[
    "agreed",
    "alleged",
    "boomed",
    "challenged",
    "charged",
    "charges",
    "complained",
    "confessed",
    "confirmed",
    "contended",
    "contends",
    "countered",
    "emphasized",
    "griped",
    "interjected",
    "lamented",
    "laughed",
    "maintained",
    "mused",
    "opined",
    "pointed",
    "points",
    "proclaimed",
    "read",
    "reads",
    "recalls",
    "recounted",
    "reiterated",
    "remembered",
    "reported",
    "reports",
    "scoffed",
    "sighed",
    "speculated",
    "summed",
    "taunted",
    "thundered",
    "tweets",
];

/// How many tokens a subject before the verb may have.
const SUBJECT: usize = 7;

/// Whether a token is a verb of saying.
pub(super) fn is_verb(reading: &Reading, at: usize) -> bool {
    VERBS.binary_search(&reading.form(at)).is_ok()
}

/// Whether a token is a verb that may say who spoke, where a mark is lost.
pub(super) fn may_say(reading: &Reading, at: usize) -> bool {
    is_verb(reading, at) || RARER.binary_search(&reading.form(at)).is_ok()
}

/// The verb of a clause such as "she said" or "said Ana Ruiz" that begins at a token.
pub(super) fn verb_from(text: &str, reading: &Reading, from: usize, limit: usize) -> Option<usize> {
    first_verb(text, reading, from, limit, is_verb)
}

/// The same with the verbs that only a lost mark makes likely.
pub(super) fn likely_verb_from(text: &str, reading: &Reading, from: usize, limit: usize) -> Option<usize> {
    first_verb(text, reading, from, limit, may_say)
}

fn first_verb(text: &str, reading: &Reading, from: usize, limit: usize, is: fn(&Reading, usize) -> bool) -> Option<usize> {
    for at in from..limit.min(from + SUBJECT) {
        if is(reading, at) {
            return Some(at);
        }
        let token = &reading.tokens[at];
        let subject = match token.kind {
            TokenKind::Word => {
                at > from || !matches!(reading.form(at), "i" | "we" | "you" | "and" | "but" | "that" | "if" | "as" | "which")
            }
            TokenKind::Punctuation => token.span.text(text) == "." && at > from,
            _ => false,
        };
        if !subject {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_can_be_searched() {
        assert!(super::VERBS.is_sorted_by(|a, b| a < b) && super::RARER.is_sorted_by(|a, b| a < b));
    }
}
