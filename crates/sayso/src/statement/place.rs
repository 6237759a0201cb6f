//! Where: "in an interview with ...", "at a rally in Ohio", "on Twitter", "in a statement".

use super::Words;
use super::clause::Clause;
use super::time::is_year;
use super::writing::{before_time, carried, cued, filed, issued, published};
use crate::model::Table;
use crate::text::TokenRange;

/// The place of speaking that is nearest to the cue.
pub(super) fn place(clause: &Clause<'_, '_>, words: &Words<'_>, addressee: Option<TokenRange>) -> Option<TokenRange> {
    let venue = venue_of(clause, words, addressee);
    let venue = venue.or_else(|| issued(clause, words)).or_else(|| published(clause));
    let venue = venue.or_else(|| town(clause, words, addressee)).or_else(|| cued(clause, words.venues));
    let venue = venue.or_else(|| carried(clause)).or_else(|| filed(clause, words));
    let is_time = |v: &TokenRange| v.len() > 1 && (v.begin + 1..v.end).all(|t| words.times.has(clause.page.form(t)));
    venue.filter(|v| !is_time(v)) // not "on Monday"
}

/// "in an interview", "on ABC’s “This Week”"
fn venue_of(clause: &Clause<'_, '_>, words: &Words<'_>, addressee: Option<TokenRange>) -> Option<TokenRange> {
    clause.nearest(|at, end| programme(clause, words.venues, at, end).or_else(|| expression(clause, words, addressee, at, end)))
}

/// "on ABC’s “This Week”": a broadcaster or paper, and the name of what it brings in quotation marks.
fn programme(clause: &Clause<'_, '_>, venues: &Table, begin: u32, end: u32) -> Option<TokenRange> {
    let page = clause.page;
    if !matches!(page.form(begin), "in" | "on" | "to" | "for") {
        return None;
    }
    let named = page.form(begin) == "on" && page.quoted(begin + 1) && !page.quoted(begin);
    let first = if named { begin + 1 } else { begin + 2 };
    let mark = (first..end.min(begin + 9)).find(|&t| page.quoted(t))?;
    if named {
        // "on “Meet the Mayor”"
        let stop = page.quotes.around(mark as usize)?.tokens.end;
        return (stop - mark < 9 && (mark..mark + 2).any(|t| page.is_capital(t))).then(|| TokenRange::new(begin, stop));
    }
    let capital = (begin + 1..mark).all(|t| page.is_capital(t) || matches!(page.tag(t), "POS" | "DT" | "NN" | "PRP$"));
    let known = (begin + 1..mark).any(|t| venues.column(page.form(t), 0) == Some("medium")) || page.tag(mark - 1) == "POS";
    let stop = page.quotes.around(mark as usize)?.tokens.end;
    (capital && known && mark < begin + 9 && stop - mark < 12).then(|| TokenRange::new(begin, stop))
}

/// "told supporters | in Kilmore, Ohio", "speaking | at the Harbour Club", "said Tuesday | in Lorca": a place right after the cue or
/// after who was spoken to.
fn town(clause: &Clause<'_, '_>, words: &Words<'_>, after: Option<TokenRange>) -> Option<TokenRange> {
    let page = clause.page;
    clause.nearest(|begin, end| {
        let before = page.form(begin.checked_sub(1)?);
        let timed =
            begin > clause.cue.end && begin < clause.cue.end + 5 && (clause.cue.end..begin).all(|t| is_time(clause, words.times, t));
        let speaking = matches!(before, "speaking" | "spoke" | "campaigning" | "testifying" | "appearing");
        let opens = begin == clause.all.begin && clause.source.is_some_and(|s| s.begin > begin && s.begin < clause.cue.begin);
        let follows = opens || begin == clause.cue.end || timed || after.is_some_and(|a| a.end == begin) || speaking;
        let (stop, known) = place_after(clause, words, begin, end)?;
        let fits = match page.form(begin) {
            "in" => speaking && words.times.column(page.form(begin + 1), 0) != Some("month") || known && follows,
            "at" => speaking || follows && page.tag(begin + 1) != "CD",
            "on" => speaking || follows && stop > begin + 2 && !(begin + 1..stop).any(|t| words.times.has(page.form(t))),
            _ => false,
        };
        fits.then(|| TokenRange::new(begin, stop))
    })
}

/// Where the proper name after a preposition ends, and whether it is known as a town, state or country.
fn place_after(clause: &Clause<'_, '_>, words: &Words<'_>, begin: u32, end: u32) -> Option<(u32, bool)> {
    let page = clause.page;
    let at = |t: u32| page.phrase_at(t).filter(|p| p.tokens.begin == t && p.tokens.end <= end);
    let phrase = at(begin + 1).filter(|p| page.is_capital(p.head) && page.tag(p.tokens.begin) != "PRP$")?;
    let known = words.places.column(&page.words(phrase.tokens).to_lowercase(), 0).is_some_and(|c| c != "demonym");
    let stop = phrase.tokens.end;
    let second = at(stop + 1).filter(|_| matches!(page.form(stop), "," | "of" | "in"));
    let state =
        second.filter(|p| words.places.has(&page.words(p.tokens).to_lowercase()) || page.form(stop) == "of" && page.is_capital(p.head));
    let stop = state.map_or(stop, |p| p.tokens.end);
    let timeless = (begin + 2..stop).rev().find(|&t| !is_time(clause, words.times, t)).map_or(stop, |t| t + 1);
    Some((timeless, known || state.is_some()))
}

/// Whether a token belongs to a time between the cue and what follows it: "said | late Tuesday | in Lorca".
fn is_time(clause: &Clause<'_, '_>, times: &Table, token: u32) -> bool {
    times.has(clause.page.form(token)) || matches!(clause.page.form(token), "on" | "last" | "this" | "late" | "early" | "later")
}

/// Where a venue ends whose name follows in quotation marks: "on the broadcast of | “Kilmore Today”", "in her book, | “The Pier”".
fn named(clause: &Clause<'_, '_>, stop: u32, end: u32) -> u32 {
    let page = clause.page;
    let mark = stop + u32::from(matches!(page.form(stop), "," | "of"));
    let opens = page.quoted(mark) && !page.quoted(stop.saturating_sub(1)) && mark < end;
    let name = page.quotes.around(mark as usize).map(|q| q.tokens).filter(|q| opens && q.len() < 10 && q.end <= end);
    name.filter(|q| (q.begin..q.begin + 2).any(|t| page.is_capital(t))).map_or(stop, |q| q.end)
}

/// A preposition with a venue, and what hangs on it.
fn expression(clause: &Clause<'_, '_>, words: &Words<'_>, addressee: Option<TokenRange>, begin: u32, end: u32) -> Option<TokenRange> {
    let page = clause.page;
    let preposition = page.form(begin);
    // "took to Twitter", "posted to her page"
    let onto =
        preposition == "to" && (clause.cue.begin.min(begin.saturating_sub(1))..begin).any(|t| matches!(page.lemma(t), "take" | "post"));
    if preposition == "outside" && (begin == clause.cue.end || addressee.is_some_and(|a| a.end == begin)) {
        return clause.phrase(begin + 1).filter(|p| p.end <= end).map(|p| TokenRange::new(begin, p.end)); // "told reporters outside the court"
    }
    if !onto && !matches!(preposition, "in" | "on" | "at" | "during" | "via" | "through" | "by" | "from" | "before") {
        return None;
    }
    let Some(phrase) = page.phrase_at(begin + 1).filter(|p| p.tokens.begin == begin + 1 && p.tokens.end <= end) else {
        // "in an op-ed", which looks like an adjective
        let noun = begin + 1 + u32::from(page.tag(begin + 1) == "DT");
        return (noun < end && preposition == "in" && words.venues.column(page.form(noun), 0) == Some("text"))
            .then(|| TokenRange::new(begin, noun + 1));
    };
    if let Some(noun) = before_time(clause, words, phrase.tokens) {
        return Some(TokenRange::new(begin, noun + 1)); // "in an interview | Friday"
    }
    let head = page.form(phrase.head);
    if words.times.column(head, 0) == Some("month")
        || phrase.tokens.len() == 1 && matches!(head, "response" | "reply" | "paper" | "party" | "exchange")
    {
        return None; // "in March", "in response", "in exchange"
    }
    let sort = venue(clause, words.venues, phrase.tokens, phrase.head, preposition)?;
    let mut stop = phrase.tokens.end;
    // "in an interview with the Sentinel", "at a rally in Lorca, Ohio"
    for _ in 0..3 {
        let joins = match page.form(stop) {
            "with" => sort == "event",
            "in" | "at" | "on" | "of" | "to" | "for" | "about" | "from" | "by" => true,
            "," => page.phrase_at(stop + 1).is_some_and(|p| words.places.has(&page.words(p.tokens).to_lowercase())), // "in Lorca, Ohio"
            _ => false,
        };
        let Some(next) = page.phrase_at(stop + 1).filter(|p| joins && stop < end && p.tokens.begin == stop + 1 && p.tokens.end <= end)
        else {
            break;
        };
        let is_time = words.times.has(page.form(next.head))
            || is_year(page.form(next.head))
            || words.times.has(page.form(next.tokens.begin)) && !page.is_capital(next.head);
        if is_time || next.tokens.has(clause.cue.begin) {
            break;
        }
        stop = next.tokens.end;
    }
    Some(TokenRange::new(begin, named(clause, stop, end)))
}

/// What kind of venue a phrase names, if the preposition goes with it.
fn venue<'t>(clause: &Clause<'_, '_>, venues: &'t Table, phrase: TokenRange, head: u32, preposition: &str) -> Option<&'t str> {
    let page = clause.page;
    let sort = venues.column(page.lemma(head), 0).or_else(|| venues.column(page.form(head), 0)).or_else(|| {
        // "on NBC's Meet the Press", "on Fox News Sunday"
        phrase.range().find_map(|t| venues.column(page.form(t as u32), 0).filter(|&s| s == "medium"))
    })?;
    let fits = match sort {
        "text" => matches!(preposition, "in" | "through" | "via"),
        _ if preposition == "to" && sort != "medium" => false,
        "event" => matches!(preposition, "in" | "at" | "during" | "on" | "before" | "by"),
        _ => matches!(preposition, "on" | "via" | "in" | "through" | "to"),
    };
    fits.then_some(sort)
}
