//! When: "on Tuesday", "last week", "in a few days", "in 2014", "After the vote".

use super::clause::Clause;
use crate::model::Table;
use crate::speaker::page::Page;
use crate::text::TokenRange;

/// The time expression that is nearest to the cue.
pub(super) fn when(clause: &Clause<'_, '_>, times: &Table) -> Option<TokenRange> {
    let page = clause.page;
    clause.nearest(|at, end| if page.quoted(at) { None } else { expression(page, times, at, end) }).or_else(|| opening(clause))
}

/// "After the vote, ...", "During the campaign, ...": what opens the sentence, up to the comma before the source.
fn opening(clause: &Clause<'_, '_>) -> Option<TokenRange> {
    let page = clause.page;
    let run = clause.runs.first()?;
    let source = clause.source?;
    let begin = run.begin + u32::from(matches!(page.form(run.begin), "and" | "but" | "then"));
    let leads = matches!(page.form(begin), "after" | "before" | "during" | "following")
        || page.form(begin) == "ahead" && page.form(begin + 1) == "of";
    let is_first = page.sentence_tokens(page.sentence(begin)).begin == run.begin;
    let comma =
        source.begin.checked_sub(1).filter(|&t| page.form(t) == "," && t > begin && run.has(t) && source.begin < clause.cue.begin)?;
    (leads && is_first).then(|| TokenRange::new(begin, comma))
}

fn sort<'t>(page: &Page<'_>, times: &'t Table, token: u32) -> &'t str {
    let form = page.form(token);
    if is_in_name(page, token) {
        return "";
    }
    match times.column(form, 0) {
        // "may" and "march" are months only as names; "fall", "second" units only as nouns.
        Some("month") if !page.is_capital(token) || page.is_verb(token) => "",
        Some("unit") if page.is_verb(token) || page.tag(token) == "JJ" => "",
        Some(sort) => sort,
        None if is_year(form) => "year",
        None => "",
    }
}

/// "USA Today", "Super Tuesday"
fn is_in_name(page: &Page<'_>, token: u32) -> bool {
    let before = token.checked_sub(1).filter(|&t| page.is_capital(token) && page.is_capital(t));
    before.is_some_and(|t| page.form(token) == "today" || page.form(t) == "super")
}

pub(super) fn is_year(form: &str) -> bool {
    form.len() == 4 && (form.starts_with("19") || form.starts_with("20")) && form.bytes().all(|b| b.is_ascii_digit())
}

/// The time expression that begins at a token.
fn expression(page: &Page<'_>, times: &Table, begin: u32, end: u32) -> Option<TokenRange> {
    let mut at = begin;
    while at < end && matches!(page.form(at), "early" | "late" | "later" | "earlier") && at < begin + 1 {
        at += 1;
    }
    let led = at < end && matches!(page.form(at), "on" | "in" | "at" | "during" | "over" | "throughout");
    at += u32::from(led);
    let Some(core) = core(page, times, at, end, led) else {
        return adverb(page, begin, end).map(|stop| TokenRange::new(begin, stop));
    };
    let mut stop = core;
    // "in 2008 and 2012", "Tuesday in March"
    if stop + 1 < end && page.form(stop) == "and" && matches!(sort(page, times, stop + 1), "year" | "day") {
        stop += 2;
    }
    let owns = stop < end && page.tag(stop) == "POS";
    let modifies = stop < end && page.is_noun(stop) && page.phrase_at(stop).is_some_and(|p| p.tokens.has(stop - 1));
    (!owns && !modifies).then(|| TokenRange::new(begin, stop))
}

/// The end of a time expression without what leads it.
fn core(page: &Page<'_>, times: &Table, begin: u32, end: u32, led: bool) -> Option<u32> {
    let kind = |t: u32| if t < end { sort(page, times, t) } else { "" };
    match kind(begin) {
        "day" => Some(begin + 1 + u32::from(kind(begin + 1) == "part")),
        "month" => {
            let mut at = begin + 1;
            if page.tag(at) == "CD" && at < end {
                at += 1;
            }
            if page.form(at) == "," && kind(at + 1) == "year" {
                at += 2;
            }
            (led || at > begin + 1).then_some(at)
        }
        "year" | "part" if led => Some(begin + 1),
        "adverb" if !led => adverb(page, begin, end),
        _ => unit(page, times, begin, end, led),
    }
}

fn adverb(page: &Page<'_>, begin: u32, end: u32) -> Option<u32> {
    let form = page.form(begin);
    let sure = matches!(form, "recently" | "previously" | "afterward" | "afterwards" | "subsequently" | "later" | "earlier");
    (sure && begin < end && (page.tag(begin) != "JJR" || page.form(begin + 1) == ",")).then_some(begin + 1)
}

/// "last week", "a few days later", "three years ago", "the same day", "in recent years"
fn unit(page: &Page<'_>, times: &Table, begin: u32, end: u32, led: bool) -> Option<u32> {
    let last = end.min(begin + 5);
    let opens = |t: u32| {
        matches!(page.tag(t), "DT" | "CD" | "JJ" | "JJR" | "RBR" | "RB" | "PRP$" | "IN") && !page.is_preposition(t)
            || times.column(page.form(t), 0) == Some("modifier")
    };
    let head =
        (begin..last).find(|&t| matches!(sort(page, times, t), "unit" | "part" | "day" | "month")).filter(|&h| (begin..h).all(opens))?;
    let modified = (begin..head)
        .any(|t| matches!(page.form(t), "last" | "this" | "next" | "past" | "recent" | "previous" | "that" | "same" | "earlier"))
        && !page.form(head).starts_with("time");
    let mut at = head + 1;
    if at < end && matches!(page.form(at), "ago" | "later" | "earlier") {
        return Some(at + 1);
    }
    if at < end && sort(page, times, at) == "part" {
        at += 1;
    }
    (modified || led && page.form(begin) == "the" && matches!(page.form(head), "time" | "weekend" | "evening" | "morning" | "afternoon"))
        .then_some(at)
}
