//! To whom: "told reporters", "in an interview with the Sentinel", "said to the crowd", "Asked by a host, ...".

use super::clause::Clause;
use crate::model::Table;
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
            | "pressure"
            | "push"
            | "lobby"
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
pub(super) fn addressee(clause: &Clause<'_, '_>, times: &Table) -> Option<TokenRange> {
    let is_time = |t: &TokenRange| matches!(times.column(clause.page.form(t.end - 1), 0), Some("day" | "month" | "unit"));
    object(clause).or_else(|| partner(clause)).or_else(|| asker(clause)).or_else(|| asked(clause)).filter(|t| !is_time(t))
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
    } else if lemma == "call" && matches!(next, "on" | "upon")
        || matches!(lemma, "say" | "speak" | "talk" | "write" | "apologize" | "apologise") && next == "to"
    {
        verb + 2
    } else {
        return None;
    };
    let phrase = joined(clause, clause.phrase(begin)?);
    let source = clause.source.is_some_and(|s| s.overlaps(phrase));
    // "questioned Okafor's right to speak": it is doubted, not asked.
    let doubted = lemma == "question" && phrase.range().any(|t| matches!(page.tag(t as u32), "POS" | "PRP$"));
    let passive = page.tag(verb) == "VBN" && verb > 0 && matches!(page.lemma(verb - 1), "be" | "get" | "'s");
    let said = clause.content.iter().any(|c| c.has(begin));
    // "told | the Sentinel the pier ...": a content that was taken too far.
    let two =
        lemma == "tell" && (page.form(phrase.end) == "that" || page.phrase_at(phrase.end).is_some_and(|p| p.tokens.begin == phrase.end));
    let for_it = next == "to" && page.form(phrase.end) == "for"; // "apologized to the voters for ..."
    (!source && !passive && !doubted && (!said || two || for_it || matches!(page.form(phrase.end), "to" | "not"))).then_some(phrase)
}

/// Takes "and ..." along: "his supporters and volunteers".
fn joined(clause: &Clause<'_, '_>, phrase: TokenRange) -> TokenRange {
    let page = clause.page;
    let other = clause.phrase(phrase.end + 1).filter(|_| page.form(phrase.end) == "and");
    match other {
        Some(other) if !page.is_verb(other.end) => TokenRange::new(phrase.begin, other.end),
        _ => phrase,
    }
}

/// "in an interview with | the Sentinel", "in a letter to | the governor", "Speaking to | reporters"
fn partner(clause: &Clause<'_, '_>) -> Option<TokenRange> {
    let page = clause.page;
    clause.nearest(|t, end| {
        let before = page.lemma(t.checked_sub(1)?);
        let speaks = matches!(before, "speak" | "talk") || matches!(page.form(t - 1), "speaking" | "talking");
        let asks = match page.form(t) {
            "with" => speaks || matches!(before, "interview" | "conversation" | "talk" | "call" | "session" | "sit-down" | "briefing"),
            "to" => speaks || matches!(before, "letter" | "memo" | "e-mail" | "email" | "note" | "message" | "speech" | "remarks"),
            _ => false,
        };
        clause.phrase(t + 1).filter(|p| asks && p.end <= end)
    })
}

/// "Asked by | a host, Ruiz said ..."
fn asker(clause: &Clause<'_, '_>) -> Option<TokenRange> {
    let page = clause.page;
    let by = |t: u32| matches!(page.form(t), "asked" | "pressed" | "questioned") && page.form(t + 1) == "by" && !clause.cue.has(t);
    clause.all.range().map(|t| t as u32).find(|&t| by(t)).and_then(|t| clause.phrase(t + 2))
}

/// "Ruiz was asked about ...", "Asked about ..., Ruiz ...": of a question without source, the one who is asked.
fn asked(clause: &Clause<'_, '_>) -> Option<TokenRange> {
    let page = clause.page;
    let cue = clause.cue;
    let verb = (cue.begin..cue.end).find(|&t| matches!(page.form(t), "asked" | "questioned" | "pressed"))?;
    if clause.source.is_some() || page.tag(verb) != "VBN" && page.lemma(verb.saturating_sub(1)) != "be" && verb != clause.all.begin {
        return None;
    }
    let opens = cue.begin <= clause.all.begin + 1;
    if opens {
        let comma = (cue.end..clause.all.end).find(|&t| page.form(t) == ",")?;
        return clause.phrase(comma + 1);
    }
    (clause.all.begin..cue.begin).find_map(|t| clause.phrase(t).filter(|p| p.end <= cue.begin))
}
