//! What the source does with its words: by the cue's main word, what goes with it, and who the source is.

use super::Act;
use crate::content::Draft;
use crate::cue::CueKind;
use crate::model::Table;
use crate::speaker::Kind;
use crate::speaker::page::Page;
use crate::text::TokenRange;

/// Verbs that leave it to the next word what is done: "made a promise", "issued a statement denying ...".
fn is_light(lemma: &str) -> bool {
    matches!(
        lemma,
        "be" | "have"
            | "do"
            | "make"
            | "take"
            | "give"
            | "issue"
            | "release"
            | "put"
            | "begin"
            | "start"
            | "continue"
            | "get"
            | "go"
            | "come"
            | "use"
            | "try"
            | "send"
            | "offer"
            | "keep"
            | "hold"
            | "raise"
            | "deliver"
            | "lead"
            | "say"
            | "seem"
            | "statement"
            | "post"
    )
}

fn named(name: &str) -> Option<Act> {
    const ALL: [Act; 13] = [
        Act::Assert,
        Act::Ask,
        Act::Answer,
        Act::Urge,
        Act::Commit,
        Act::Accuse,
        Act::Praise,
        Act::Deny,
        Act::Admit,
        Act::Predict,
        Act::Think,
        Act::Show,
        Act::Other,
    ];
    ALL.into_iter().find(|a| a.name() == name)
}

/// The act of a draft; `kind` is its first speaker's.
pub(super) fn act(page: &Page<'_>, acts: &Table, draft: &Draft, kind: Option<Kind>, answers: bool) -> Act {
    let Some(cue) = &draft.cue else { return Act::Assert };
    let head = cue.head;
    let known = |t: u32| acts.column(page.lemma(t), 0).and_then(named);
    let mut word = head;
    if is_light(page.lemma(head)) || known(head).is_none() {
        let tells =
            |t: &u32| known(*t).is_some() && !is_light(page.lemma(*t)) && !page.is_preposition(*t) && !matches!(page.tag(*t), "RB" | "VBN");
        let later = (head + 1..cue.tokens.end).find(tells);
        word = later.or_else(|| (cue.tokens.begin..head).find(tells)).unwrap_or(head);
    }
    let act = special(page, draft, cue.tokens, word, kind).or_else(|| known(word)).unwrap_or(match cue.kind {
        CueKind::Punctuation | CueKind::Preposition => Act::Assert,
        _ if draft.form == crate::content::Form::Indirect => Act::Other,
        _ => Act::Assert,
    });
    if is_negated(page, cue.tokens, word) {
        return match act {
            Act::Think | Act::Predict => act,
            _ => Act::Other,
        };
    }
    if answers && act == Act::Assert { Act::Answer } else { act }
}

/// Words whose act hangs on what goes with them.
fn special(page: &Page<'_>, draft: &Draft, cue: TokenRange, word: u32, kind: Option<Kind>) -> Option<Act> {
    let after = next_word(page, cue, word);
    let content = draft.content.first().map_or(0, |c| c.begin);
    let next = if after.is_empty() { page.form(content) } else { after };
    let document = kind == Some(Kind::Document);
    Some(match page.lemma(word) {
        "call" if matches!(next, "for" | "on" | "upon" | "to") => Act::Urge,
        "call" => Act::Accuse,
        "ask" if matches!(next, "for" | "to" | "not") => Act::Urge,
        "vote" if next == "against" => Act::Deny,
        "vote" => Act::Praise,
        "according" | "suggest" | "indicate" | "conclude" | "estimate" if document => Act::Show,
        "find" | "show" if !document && !matches!(kind, Some(Kind::Organization) | None) => Act::Think,
        "take" if next == "issue" => Act::Accuse,
        "rule" if next == "out" => Act::Deny,
        "turn" if next == "down" => Act::Deny,
        "look" if next == "to" => Act::Commit,
        _ => return None,
    })
}

/// The word after a word of the cue, in lower case; empty at its end.
fn next_word<'a>(page: &Page<'a>, cue: TokenRange, word: u32) -> &'a str {
    if word + 1 < cue.end { page.form(word + 1) } else { "" }
}

/// "did not say", "never said", "no longer believes"
fn is_negated(page: &Page<'_>, cue: TokenRange, word: u32) -> bool {
    let begin = cue.begin.min(word);
    let first = begin.saturating_sub(2).max(page.sentence_tokens(page.sentence(word)).begin);
    (first..word).any(|t| matches!(page.form(t), "not" | "n't" | "never" | "n’t") && (t >= begin || page.is_verb(t.saturating_sub(1))))
}
