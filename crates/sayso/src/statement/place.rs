//! Where: "in an interview with ...", "at a rally in Ohio", "on Twitter", "in a statement".

use super::clause::Clause;
use crate::model::Table;
use crate::text::TokenRange;

/// The place of speaking that is nearest to the cue.
pub(super) fn place(
    clause: &Clause<'_, '_>,
    venues: &Table,
    times: &Table,
    places: &Table,
    addressee: Option<TokenRange>,
) -> Option<TokenRange> {
    let venue = venue_of(clause, venues, times);
    let venue = venue.or_else(|| issued(clause, venues)).or_else(|| published(clause));
    venue.or_else(|| town(clause, places, addressee)).or_else(|| cued(clause, venues))
}

/// "wrote in | the Kilmore Sentinel": what is written stands in a paper.
fn published(clause: &Clause<'_, '_>) -> Option<TokenRange> {
    let page = clause.page;
    let writes = |t: u32| matches!(page.lemma(t), "write" | "post" | "publish" | "blog" | "report" | "argue");
    if !(clause.cue.begin..clause.cue.end).any(writes) {
        return None;
    }
    clause.nearest(|begin, end| {
        let joins = matches!(page.form(begin), "in" | "on" | "for") && (begin == clause.cue.end || clause.cue.has(begin));
        let phrase = page.phrase_at(begin + 1).filter(|p| p.tokens.begin == begin + 1 && p.tokens.end <= end)?;
        (joins && page.tag(phrase.head) == "NNP").then(|| TokenRange::new(begin, phrase.tokens.end))
    })
}

/// "his second tweet was about ...": a cue that is the text itself.
fn cued(clause: &Clause<'_, '_>, venues: &Table) -> Option<TokenRange> {
    let page = clause.page;
    let text = |t: u32| {
        matches!(page.lemma(t), "tweet" | "letter" | "memo" | "speech" | "essay" | "op-ed" | "editorial" | "post" | "email" | "e-mail")
    };
    let noun = (clause.cue.begin..clause.cue.end).find(|&t| page.is_noun(t) && text(t) && venues.has(page.lemma(t)))?;
    page.phrase_at(noun).map(|p| TokenRange::new(p.tokens.begin.max(clause.cue.begin), noun + 1))
}

/// "in an interview", "on ABC’s “This Week”"
fn venue_of(clause: &Clause<'_, '_>, venues: &Table, times: &Table) -> Option<TokenRange> {
    clause.nearest(|at, end| programme(clause, venues, at, end).or_else(|| expression(clause, venues, times, at, end)))
}

/// "issued | a statement": the text is where it was said.
fn issued(clause: &Clause<'_, '_>, venues: &Table) -> Option<TokenRange> {
    let page = clause.page;
    let issues = |t: u32| matches!(page.lemma(t), "issue" | "release" | "publish" | "put" | "post" | "circulate" | "deliver");
    let verb = (clause.cue.begin..clause.cue.end).find(|&t| issues(t))?;
    let phrase = (verb + 1..verb + 4).find_map(|t| page.phrase_at(t).filter(|p| p.tokens.begin == t))?;
    let text = venues.column(page.lemma(phrase.head), 0).is_some_and(|s| s == "text" || s == "event");
    text.then_some(phrase.tokens)
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

/// "told supporters | in Kilmore, Ohio", "speaking | in Lorca": a town or country right after who was spoken to.
fn town(clause: &Clause<'_, '_>, places: &Table, after: Option<TokenRange>) -> Option<TokenRange> {
    let page = clause.page;
    clause.nearest(|begin, end| {
        let follows = begin == clause.cue.end
            || after.is_some_and(|a| a.end == begin)
            || matches!(page.form(begin.checked_sub(1)?), "speaking" | "spoke");
        let phrase = page.phrase_at(begin + 1).filter(|p| p.tokens.begin == begin + 1 && p.tokens.end <= end)?;
        let known = places.column(&page.words(phrase.tokens).to_lowercase(), 0).is_some_and(|c| c != "demonym");
        let mut stop = phrase.tokens.end;
        let second = page.phrase_at(stop + 1).filter(|p| page.form(stop) == "," && p.tokens.begin == stop + 1 && p.tokens.end <= end);
        let state = second.filter(|p| places.has(&page.words(p.tokens).to_lowercase()));
        if let Some(state) = state {
            stop = state.tokens.end;
        }
        (page.form(begin) == "in" && follows && page.is_capital(phrase.head) && (known || state.is_some()))
            .then(|| TokenRange::new(begin, stop))
    })
}

/// A preposition with a venue, and what hangs on it.
fn expression(clause: &Clause<'_, '_>, venues: &Table, times: &Table, begin: u32, end: u32) -> Option<TokenRange> {
    let page = clause.page;
    let preposition = page.form(begin);
    if !matches!(preposition, "in" | "on" | "at" | "during" | "via" | "through" | "by" | "from" | "before") {
        return None;
    }
    let phrase = page.phrase_at(begin + 1).filter(|p| p.tokens.begin == begin + 1 && p.tokens.end <= end)?;
    if times.column(page.form(phrase.head), 0) == Some("day")
        && let Some(noun) = phrase.head.checked_sub(1).filter(|&t| t > begin && venues.has(page.lemma(t)))
    {
        return Some(TokenRange::new(begin, noun + 1)); // "in an interview | Friday"
    }
    let head = page.form(phrase.head);
    if times.column(head, 0) == Some("month") || phrase.tokens.len() == 1 && matches!(head, "response" | "reply" | "paper" | "party") {
        return None; // "in March", "in response"
    }
    let sort = venue(clause, venues, phrase.tokens, phrase.head, preposition)?;
    let mut stop = phrase.tokens.end;
    // "in an interview with the Sentinel", "at a rally in Lorca, Ohio"
    for _ in 0..3 {
        let joins = match page.form(stop) {
            "with" => sort == "event",
            "in" | "at" | "on" | "of" | "to" | "for" | "about" | "from" | "by" => true,
            _ => false,
        };
        let Some(next) = page.phrase_at(stop + 1).filter(|p| joins && stop < end && p.tokens.begin == stop + 1 && p.tokens.end <= end)
        else {
            break;
        };
        let is_time = next.tokens.range().any(|t| times.has(page.form(t as u32)));
        if is_time || next.tokens.has(clause.cue.begin) {
            break;
        }
        stop = next.tokens.end;
    }
    Some(TokenRange::new(begin, stop))
}

/// What kind of venue a phrase names, if the preposition goes with it.
fn venue<'t>(clause: &Clause<'_, '_>, venues: &'t Table, phrase: TokenRange, head: u32, preposition: &str) -> Option<&'t str> {
    let page = clause.page;
    let sort = venues.column(page.lemma(head), 0).or_else(|| {
        // "on NBC's Meet the Press", "on Fox News Sunday"
        phrase.range().find_map(|t| venues.column(page.form(t as u32), 0).filter(|&s| s == "medium"))
    })?;
    let fits = match sort {
        "text" => matches!(preposition, "in" | "through" | "via"),
        "event" => matches!(preposition, "in" | "at" | "during" | "on" | "before" | "by"),
        _ => matches!(preposition, "on" | "via" | "in" | "through"),
    };
    fits.then_some(sort)
}
