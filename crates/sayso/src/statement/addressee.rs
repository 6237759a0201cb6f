//! To whom: "told reporters", "in an interview with the Sentinel", "said to the crowd".

use super::clause::Clause;
use crate::text::TokenRange;

/// Whether a verb takes the one who is spoken to as its object.
fn addresses(lemma: &str) -> bool {
    matches!(
        lemma,
        "tell"
            | "ask"
            | "remind"
            | "assure"
            | "reassure"
            | "inform"
            | "warn"
            | "urge"
            | "encourage"
            | "advise"
            | "convince"
            | "persuade"
            | "brief"
            | "implore"
            | "beg"
            | "beseech"
            | "exhort"
            | "instruct"
            | "order"
            | "challenge"
            | "press"
            | "caution"
            | "email"
            | "invite"
            | "request"
            | "question"
            | "notify"
            | "entreat"
            | "admonish"
            | "command"
            | "direct"
            | "promise"
    )
}

/// The one who is spoken to.
pub(super) fn addressee(clause: &Clause<'_, '_>) -> Option<TokenRange> {
    object(clause).or_else(|| partner(clause))
}

/// "told | reporters", "called on | Congress", "said to | the crowd"
fn object(clause: &Clause<'_, '_>) -> Option<TokenRange> {
    let page = clause.page;
    let cue = clause.cue;
    let verb = (cue.begin..cue.end).rev().find(|&t| page.is_verb(t))?;
    let lemma = page.lemma(verb);
    let next = page.form(verb + 1);
    let begin = if addresses(lemma) {
        verb + 1
    } else if lemma == "call" && matches!(next, "on" | "upon") || matches!(lemma, "say" | "speak" | "talk" | "write") && next == "to" {
        verb + 2
    } else {
        return None;
    };
    let phrase = page.phrase_at(begin).filter(|p| p.tokens.begin == begin)?;
    let source = clause.source.is_some_and(|s| s.overlaps(phrase.tokens));
    let passive = page.tag(verb) == "VBN" && verb > 0 && matches!(page.lemma(verb - 1), "be" | "get" | "'s");
    let said = clause.content.iter().any(|c| c.has(begin));
    if source || passive || said && !matches!(page.form(phrase.tokens.end), "to" | "not") {
        return None;
    }
    Some(joined(clause, phrase.tokens))
}

/// Takes "and ..." and what belongs to a name along: "his supporters and volunteers".
fn joined(clause: &Clause<'_, '_>, phrase: TokenRange) -> TokenRange {
    let page = clause.page;
    let next = phrase.end + 1;
    let other = page.phrase_at(next).filter(|p| page.form(phrase.end) == "and" && p.tokens.begin == next && clause.run_of(next).is_some());
    match other {
        Some(other) if !page.is_verb(other.tokens.end) => TokenRange::new(phrase.begin, other.tokens.end),
        _ => phrase,
    }
}

/// "in an interview with | the Sentinel", "in a letter to | the governor"
fn partner(clause: &Clause<'_, '_>) -> Option<TokenRange> {
    let page = clause.page;
    for run in &clause.runs {
        for t in run.begin + 1..run.end {
            let asks = match page.form(t) {
                "with" => matches!(page.lemma(t - 1), "interview" | "conversation" | "talk" | "call"),
                "to" => matches!(page.lemma(t - 1), "letter" | "memo" | "e-mail" | "email" | "note" | "message" | "speech"),
                _ => false,
            };
            if let Some(phrase) = page.phrase_at(t + 1).filter(|p| asks && p.tokens.begin == t + 1 && p.tokens.end <= run.end) {
                return Some(phrase.tokens);
            }
        }
    }
    None
}
