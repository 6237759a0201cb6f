//! Where: a text that is written, sent or published is the place of what it says.

use super::Words;
use super::clause::Clause;
use crate::model::Table;
use crate::text::TokenRange;

/// "wrote in | the Kilmore Sentinel": what is written stands in a paper.
pub(super) fn published(clause: &Clause<'_, '_>) -> Option<TokenRange> {
    let page = clause.page;
    let writes = |t: u32| matches!(page.lemma(t), "write" | "post" | "publish" | "blog" | "report" | "argue");
    if !(clause.cue.begin..clause.cue.end).any(writes) {
        return None;
    }
    clause.nearest(|begin, end| {
        // "wrote in the Sentinel", "wrote Ruiz in the Sentinel"
        let follows = begin == clause.cue.end || clause.source.is_some_and(|s| s.begin == clause.cue.end && begin == s.end);
        let joins = matches!(page.form(begin), "in" | "on" | "for") && (follows || clause.cue.has(begin));
        let phrase = page.phrase_at(begin + 1).filter(|p| p.tokens.begin == begin + 1 && p.tokens.end <= end)?;
        (joins && page.tag(phrase.head) == "NNP").then(|| TokenRange::new(begin, phrase.tokens.end))
    })
}

/// "his second tweet was about ...": a cue that is the text itself.
pub(super) fn cued(clause: &Clause<'_, '_>, venues: &Table) -> Option<TokenRange> {
    let page = clause.page;
    let text = |t: u32| {
        matches!(page.lemma(t), "tweet" | "letter" | "memo" | "speech" | "essay" | "op-ed" | "editorial" | "post" | "email" | "e-mail")
    };
    let noun = (clause.cue.begin..clause.cue.end).find(|&t| page.is_noun(t) && text(t) && venues.has(page.lemma(t)))?;
    page.phrase_at(noun).map(|p| TokenRange::new(p.tokens.begin.max(clause.cue.begin), noun + 1))
}

/// "issued | a statement": the text is where it was said.
pub(super) fn issued(clause: &Clause<'_, '_>, words: &Words<'_>) -> Option<TokenRange> {
    let page = clause.page;
    let verb = (clause.cue.begin..clause.cue.end).find(|&t| sends(page.lemma(t)))?;
    written(clause, verb, words)
}

/// "sent | a letter | to the board, urging it to ...": a participle says what stands in the text that was just sent.
pub(super) fn filed(clause: &Clause<'_, '_>, words: &Words<'_>) -> Option<TokenRange> {
    let page = clause.page;
    if page.tag(clause.cue.begin) != "VBG" {
        return None;
    }
    let begin = clause.all.begin.max(clause.cue.begin.saturating_sub(SENT));
    let verb = (begin..clause.cue.begin).rev().find(|&t| page.is_verb(t) && sends(page.lemma(t)) && !page.quoted(t))?;
    written(clause, verb, words).filter(|text| text.end <= clause.cue.begin)
}

/// How far before a participle the verb of sending may stand, in tokens.
const SENT: u32 = 25;

/// Whether a verb puts a text into the world.
fn sends(lemma: &str) -> bool {
    matches!(
        lemma,
        "issue"
            | "release"
            | "publish"
            | "put"
            | "post"
            | "circulate"
            | "deliver"
            | "write"
            | "send"
            | "give"
            | "file"
            | "launch"
            | "sign"
            | "air"
    )
}

/// The text that stands right after a verb.
fn written(clause: &Clause<'_, '_>, verb: u32, words: &Words<'_>) -> Option<TokenRange> {
    let page = clause.page;
    let near = verb + 1..(verb + 4).min(clause.all.end);
    let phrase = near.into_iter().find_map(|t| page.phrase_at(t).filter(|p| p.tokens.begin == t))?;
    let head = before_time(clause, words, phrase.tokens).unwrap_or(phrase.head);
    let text = words.venues.column(page.lemma(head), 0).is_some_and(|s| s == "text" || s == "event");
    text.then(|| TokenRange::new(phrase.tokens.begin, head + 1))
}

/// "a study published | in the Kilmore Review | found", "a post | on the parents' board | said": where the source itself stands.
pub(super) fn carried(clause: &Clause<'_, '_>) -> Option<TokenRange> {
    let page = clause.page;
    let source = clause.source?;
    let lies = |t: u32| matches!(page.form(t), "published" | "posted" | "appeared" | "printed" | "aired" | "broadcast");
    let message = |t: u32| page.is_noun(t) && matches!(page.lemma(t), "post" | "message" | "comment" | "posting" | "thread" | "tweet");
    let is_message = page.phrase_at(source.begin).is_some_and(|p| message(p.head));
    // "said the post by its founder | on his own site": the source may end before it.
    (source.begin + 1..source.end + 1).find_map(|t| {
        let phrase = clause.phrase(t + 1).filter(|p| !p.overlaps(clause.cue))?;
        let name = page.is_capital(phrase.end - 1) || page.is_capital(phrase.begin + 1);
        let fits = match page.form(t) {
            "on" => is_message || lies(t - 1) && name,
            "in" => lies(t - 1) && name,
            _ => false,
        };
        fits.then(|| TokenRange::new(t, phrase.end))
    })
}

/// "an interview | Friday", "a statement | Friday morning", "the blog post | Ana Ruiz": the venue that a time or a name has run into.
pub(super) fn before_time(clause: &Clause<'_, '_>, words: &Words<'_>, phrase: TokenRange) -> Option<u32> {
    let page = clause.page;
    let time = |t: u32| matches!(words.times.column(page.form(t), 0), Some("day" | "part"));
    let name = |t: u32| page.is_capital(t) && page.tag(t) == "NNP";
    let last = phrase.end - 1;
    let first = (phrase.begin..phrase.end).rev().take_while(|&t| if time(last) { time(t) } else { name(t) }).last()?;
    first.checked_sub(1).filter(|&t| t >= phrase.begin && words.venues.has(page.lemma(t)))
}
