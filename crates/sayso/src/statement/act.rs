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
    if cue.tokens.range().any(|t| page.form(t as u32) == "according") {
        return if kind == Some(Kind::Document) { Act::Show } else { Act::Assert };
    }
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
    if answers && act == Act::Assert {
        return Act::Answer;
    }
    if act == Act::Assert && says(page.lemma(word)) { performed(page, acts, draft).unwrap_or(act) } else { act }
}

/// Verbs of plain saying: what is done may be told by the words themselves.
fn says(lemma: &str) -> bool {
    matches!(lemma, "say" | "tell" | "add" | "write" | "tweet" | "state")
}

/// What the speaker does by the very words: "“We have been encouraged by ...”", "“I apologize ...”", "“I thank ...”".
fn performed(page: &Page<'_>, acts: &Table, draft: &Draft) -> Option<Act> {
    let content = draft.content.first()?;
    let end = content.end.min(content.begin + 8);
    let begin = (content.begin..end).find(|&t| page.is_noun(t) || page.tag(t) == "PRP")?;
    if !matches!(page.form(begin), "i" | "we") {
        return None;
    }
    let helps = |t: &u32| {
        matches!(page.lemma(*t), "be" | "have" | "'ve" | "'re" | "'m" | "’ve" | "’re" | "’m" | "want" | "do")
            || matches!(page.tag(*t), "RB" | "TO")
    };
    let verb = (begin + 1..end).find(|t| !helps(t))?;
    let lemma = page.lemma(verb);
    if matches!(lemma, "encourage" | "encouraged" | "hearten" | "heartened") && page.form(verb + 1) == "by" {
        return Some(Act::Praise);
    }
    let act = acts.column(lemma, 0).and_then(named).filter(|_| !page.form(verb - 1).eq("not"))?;
    let performs = matches!(
        lemma,
        "apologize"
            | "apologise"
            | "applaud"
            | "commend"
            | "condemn"
            | "denounce"
            | "deplore"
            | "congratulate"
            | "thank"
            | "grateful"
            | "salute"
            | "praise"
            | "urge"
            | "vow"
            | "pledge"
            | "promise"
    );
    performs.then_some(act)
}

/// Words whose act hangs on what goes with them.
fn special(page: &Page<'_>, draft: &Draft, cue: TokenRange, word: u32, kind: Option<Kind>) -> Option<Act> {
    let after = next_word(page, cue, word);
    let content = draft.content.first().map_or(0, |c| c.begin);
    let next = if after.is_empty() { page.form(content) } else { after };
    let document = kind == Some(Kind::Document);
    Some(match page.lemma(word) {
        "call" if matches!(next, "for" | "on" | "upon" | "to") => Act::Urge,
        "call" if next == "off" => Act::Other,
        "call" if (word + 1..cue.end).any(|t| matches!(page.form(t), "for" | "on" | "upon")) => Act::Urge,
        "call" if (cue.begin..word).any(|t| page.lemma(t) == "be") => Act::Assert,
        "call" => Act::Accuse,
        "ask" if matches!(next, "for" | "to" | "not") => Act::Urge,
        "question" if draft.source.is_some() && page.is_verb(word) && !asks(page, content) => Act::Accuse,
        "vote" if next == "against" => Act::Deny,
        "vote" | "look" if next == "to" => Act::Commit,
        "vote" if does(page, draft) => Act::Commit,
        "vote" => Act::Praise,
        "according" | "accord" | "suggest" | "indicate" | "conclude" | "estimate" | "in" if document => Act::Show,
        "find" | "show" | "be" | "report" if document && page.tag(word) != "VBN" => Act::Show,
        "aim" if page.lemma(word.saturating_sub(1)) == "take" => Act::Accuse,
        "find" | "show" if !document && !matches!(kind, Some(Kind::Organization) | None) => Act::Think,
        "take" if next == "issue" => Act::Accuse,
        "rule" if next == "out" => Act::Deny,
        "turn" if next == "down" => Act::Deny,
        _ => return None,
    })
}

/// Whether the content opens with a word that asks, or with words in quotation marks.
fn asks(page: &Page<'_>, content: u32) -> bool {
    page.quoted(content) || page.tag(content).starts_with('W') || matches!(page.form(content), "if" | "whether" | "how" | "why")
}

/// Whether the content opens with what is to be done: "voted 19 to 15, along party lines, to censure the clerk".
fn does(page: &Page<'_>, draft: &Draft) -> bool {
    const NEAR: u32 = 12;
    let opening = draft.content.first().map_or(0..0, |c| c.begin..c.end.min(c.begin + NEAR));
    opening.clone().any(|t| page.form(t) == "to" && t + 1 < opening.end && page.tag(t + 1) == "VB")
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
