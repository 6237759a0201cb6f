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

/// How many tokens a subject before the verb may have.
const SUBJECT: usize = 7;

/// Whether a token is a verb of saying.
pub(super) fn is_verb(reading: &Reading, at: usize) -> bool {
    VERBS.binary_search(&reading.form(at)).is_ok()
}

/// The verb of a clause such as "she said" or "said Ana Ruiz" that begins at a token.
pub(super) fn verb_from(text: &str, reading: &Reading, from: usize, limit: usize) -> Option<usize> {
    for at in from..limit.min(from + SUBJECT) {
        if is_verb(reading, at) {
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

/// The comma behind which a clause of saying goes on to the end of its sentence, or nearly: "We lost, she said."
pub(super) fn comma_before_clause(text: &str, reading: &Reading, begin: usize, end: usize) -> Option<usize> {
    (begin + 1..end.saturating_sub(1)).find(|&at| {
        matches!(reading.form(at), "," | "?" | "!")
            && verb_from(text, reading, at + 1, end).is_some_and(|verb| {
                let next = reading.form(verb + 1);
                let named = verb == at + 1;
                named || verb + 1 >= end || matches!(next, "." | "," | "in" | "on" | "at" | "to" | "of" | "after" | "during")
            })
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_can_be_searched() {
        assert!(super::VERBS.is_sorted_by(|a, b| a < b));
    }
}
