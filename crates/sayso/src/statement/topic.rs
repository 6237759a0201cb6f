//! About what: "Asked about the bridge, ...", "referring to the vote", "said of Okafor".

use super::clause::Clause;
use crate::model::Table;
use crate::text::TokenRange;

/// What the statement is said to be about, and whether it answers a question.
pub(super) fn topic(clause: &Clause<'_, '_>, venues: &Table) -> (Option<TokenRange>, bool) {
    for run in &clause.runs {
        for t in run.begin..run.end {
            let asked = is_asked(clause, t);
            let Some(begin) = lead(clause, t, run.end, asked).filter(|_| asked || clause.owns(TokenRange::new(t, t + 1))) else { continue };
            let stop = venue_in(clause, venues, begin, end(clause, begin, run.end));
            if stop > begin {
                return (Some(TokenRange::new(begin, stop)), asked);
            }
        }
    }
    (None, false)
}

/// "Asked", "when asked", "was asked", "pressed": the question before the answer, not the cue.
fn is_asked(clause: &Clause<'_, '_>, token: u32) -> bool {
    let page = clause.page;
    let asks = matches!(page.form(token), "asked" | "questioned" | "pressed" | "quizzed");
    let before = token.checked_sub(1).map_or("", |t| page.form(t));
    asks && !clause.cue.has(token)
        && (page.sentence_tokens(page.sentence(token)).begin == token
            || matches!(before, "when" | "was" | "if" | "whenever" | "," | "been" | "being"))
}

/// Where the topic begins, if the token leads to one.
fn lead(clause: &Clause<'_, '_>, token: u32, end: u32, asked: bool) -> Option<u32> {
    let page = clause.page;
    if asked {
        let mut at = token + 1;
        // "asked by reporters", "asked specifically"
        if page.form(at) == "by" {
            at = page.phrase_at(at + 1).map_or(at + 1, |p| p.tokens.end);
        }
        at += u32::from(page.tag(at) == "RB");
        return match page.form(at) {
            "about" => Some(at + 1),
            "to" if matches!(page.form(at + 1), "comment" | "respond" | "elaborate" | "react") => Some(at + 3),
            "for" if page.form(at + 1) == "comment" => Some(at + 3),
            "whether" | "if" | "how" | "why" | "what" | "who" | "when" | "where" | "which" => Some(at),
            _ => None,
        }
        .filter(|&b| b < end);
    }
    // "Of Okafor, Ruiz said", "As for the vote, Ruiz said"
    if page.sentence_tokens(page.sentence(token)).begin == token {
        match page.form(token) {
            "of" if page.form(token + 1) != "course" => return Some(token + 1).filter(|_| clause.source.is_some()),
            "as" if page.form(token + 1) == "for" => return Some(token + 2),
            _ => {}
        }
    }
    // "told the Sentinel of the talks", "asked Ruiz about the vote"
    let name = page.form(token) == "of" && token > 0 && page.is_capital(token - 1) && page.is_capital(token + 1); // "the Court of Appeals"
    if matches!(page.form(token), "of" | "about") && token > 0 && !name && clause.addressed().is_some_and(|a| a.end == token) {
        return Some(token + 1);
    }
    let lemma = page.lemma(token);
    let next = page.form(token + 1);
    let participle = page.tag(token) == "VBG" || page.form(token).ends_with("ing");
    let leads = match lemma {
        "refer" | "allude" | "respond" | "react" => participle && next == "to",
        "speak" | "talk" => participle && matches!(next, "of" | "about"),
        "comment" => participle && next == "on",
        "say" => clause.cue.has(token) && matches!(next, "of" | "about"),
        _ => false,
    };
    if leads && token + 2 < end {
        return Some(token + 2);
    }
    (participle && matches!(page.form(token), "referencing" | "discussing" | "addressing") && !clause.cue.has(token) && token + 1 < end)
        .then_some(token + 1)
}

/// "discussing the strike | in a statement": the topic ends before the place of speaking.
fn venue_in(clause: &Clause<'_, '_>, venues: &Table, begin: u32, end: u32) -> u32 {
    let page = clause.page;
    let venue = |t: u32| {
        let phrase = page.phrase_at(t + 1).filter(|p| p.tokens.begin == t + 1 && page.tag(p.tokens.begin) != "PRP$");
        matches!(page.form(t), "in" | "at" | "on" | "during")
            && phrase.is_some_and(|p| matches!(venues.column(page.lemma(p.head), 0), Some("text" | "event")))
    };
    (begin + 1..end).find(|&t| venue(t)).unwrap_or(end)
}

/// The topic goes up to the comma before the main clause, the source or the cue.
fn end(clause: &Clause<'_, '_>, begin: u32, end: u32) -> u32 {
    let page = clause.page;
    let before_source = clause.source.filter(|s| s.begin > begin).map_or(end, |s| s.begin.min(end));
    let limit = if clause.cue.begin > begin { before_source.min(clause.cue.begin) } else { before_source };
    let comma = (begin..limit).rev().find(|&t| page.form(t) == ",").filter(|_| limit < end);
    match comma {
        Some(comma) => comma,
        None => (begin..limit)
            .find(|&t| matches!(page.form(t), "," | "." | ";" | ":" | "—" | ")" | "?" | "!") || page.quoted(t))
            .unwrap_or(limit),
    }
}
