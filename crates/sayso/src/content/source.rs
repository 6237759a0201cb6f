//! Who said it: the subject of a verb, the noun phrase after an inverted verb, the owner of a claim.

use crate::content::whole_phrase::{whole_left, whole_right_with_relative};
use crate::cue::article::{Article, pos};
use crate::cue::frame::Frame;
use crate::cue::occurrence::Occurrence;
use crate::cue::verb_group::VerbGroup;
use crate::text::TokenRange;

/// How many verbs a subject may be handed on over: "wanted to try to say".
const STEPS: usize = 4;
/// How many verbs and nouns around a cue are looked at.
const NEAR: usize = 60;
/// How far to the left an aside between commas may reach, in tokens.
const ASIDE: usize = 30;

/// The verb groups around a cue that may lend it their subject.
#[derive(Clone, Copy)]
pub(crate) struct Clauses<'a> {
    pub(crate) view: Article<'a>,
    /// All words of the text that could be cues, by their heads.
    pub(crate) words: &'a [Occurrence],
}

impl<'a> Clauses<'a> {
    /// The verb groups before `token` in its sentence, nearest first.
    fn before(&self, token: usize) -> impl Iterator<Item = &'a VerbGroup> {
        let begin = self.view.sentence(token).begin as usize;
        let at = self.words.partition_point(|w| w.head < token);
        self.words[..at].iter().rev().take(NEAR).take_while(move |w| w.head >= begin).filter_map(|w| w.group.as_ref())
    }

    /// The verb groups after `token` in its sentence, nearest first.
    fn after(&self, token: usize) -> impl Iterator<Item = &'a VerbGroup> {
        let end = self.view.sentence(token).end as usize;
        let at = self.words.partition_point(|w| w.head <= token);
        self.words[at..].iter().take(NEAR).take_while(move |w| w.head < end).filter_map(|w| w.group.as_ref())
    }

    /// The subject of a verb group, whole.
    pub(crate) fn subject(&self, group: &VerbGroup) -> Option<TokenRange> {
        self.handed_on(group, STEPS)
    }

    fn handed_on(&self, group: &VerbGroup, steps: usize) -> Option<TokenRange> {
        let view = &self.view;
        let sentence = view.sentence(group.head);
        let floor = sentence.begin as usize;
        let first = group.to.unwrap_or(group.begin);
        if first == floor {
            // "Noting the rain, Ruiz said": the subject follows.
            let main = self.after(group.head).find(|g| g.finite).filter(|_| !group.finite && steps > 0)?;
            return self.handed_on(main, steps - 1);
        }
        let mut at = first - 1;
        while at > floor && view.is_adverb(at) {
            at -= 1;
        }
        if (group.finite || group.passive)
            && let Some(own) = own_subject(view, at, floor)
        {
            return Some(own);
        }
        let reduced = !group.finite && group.to.is_none() && !group.passive;
        if reduced && let Some(phrase) = view.phrase(at).filter(|p| p.end as usize == at + 1) {
            // "the letter asking for a bridge"
            return Some(whole_left(view, phrase));
        }
        if steps == 0 {
            return None;
        }
        let joins = view.is_comma(at) || view.pos(at) == pos::CC || view.is_dash(at);
        let lender = if joins { self.main_verb(group) } else { self.before(group.begin).find(|g| g.finite || g.to.is_some()) };
        match lender {
            Some(lender) => self.subject_or_inverted(lender, steps - 1),
            // "Nate Ruiz, writing in the paper, noticed": the participle belongs to the name before it.
            None if view.is_comma(at) => named_before(view, at, floor),
            None => None,
        }
    }

    /// The verb that a coordinated verb or a participle after a comma shares its subject with: the first of its sentence in the same
    /// tense that no "who", "that" or "while" puts below another.
    fn main_verb(&self, group: &VerbGroup) -> Option<&'a VerbGroup> {
        let view = &self.view;
        let quoted = view.quoted(group.head);
        let earlier: Vec<&VerbGroup> =
            self.before(group.begin).take(STEPS * 4).filter(|g| g.finite && view.quoted(g.head) == quoted).collect();
        let main = || earlier.iter().rev().copied().filter(|g| self.stands_free(g));
        let past = |g: &VerbGroup| matches!(view.pos(g.head), pos::VBD | pos::VBN);
        main().find(|g| !group.finite || past(g) == past(group)).or_else(|| main().next()).or_else(|| earlier.first().copied())
    }

    /// Whether neither a relative nor a subordinating word introduces the clause of a verb group.
    fn stands_free(&self, group: &VerbGroup) -> bool {
        let view = &self.view;
        let Some(before) = group.begin.checked_sub(1) else { return true };
        if matches!(view.pos(before), pos::WP | pos::WDT | pos::WRB) || view.is(before, "that") {
            return false;
        }
        let Some(phrase) = view.phrase(before) else { return true };
        let opener = whole_left(view, phrase).begin.checked_sub(1);
        opener.is_none_or(|o| {
            !view.any(
                o as usize,
                &["that", "while", "when", "as", "if", "because", "although", "though", "after", "since", "where", "which", "whom"],
            )
        })
    }

    fn subject_or_inverted(&self, group: &VerbGroup, steps: usize) -> Option<TokenRange> {
        let word = self.words.binary_search_by_key(&group.head, |w| w.head).ok().map(|i| &self.words[i]);
        if word.is_some_and(|w| w.complement.frame == Frame::Inverted) { self.inverted(group) } else { self.handed_on(group, steps) }
    }

    /// The noun phrase right after an inverted verb: "said Ana Ruiz, the mayor".
    pub(crate) fn inverted(&self, group: &VerbGroup) -> Option<TokenRange> {
        let phrase = self.view.phrase(group.end).filter(|p| p.begin as usize == group.end)?;
        Some(whole_right_with_relative(&self.view, phrase))
    }
}

/// A subject with a relative clause, by its last phrase: "the groups that wrote to her on Thursday".
fn described(view: &Article<'_>, last: TokenRange, floor: usize) -> Option<TokenRange> {
    let mut at = (last.begin as usize).checked_sub(1).filter(|&a| a >= floor)?;
    let mut verbs = 0;
    for _ in 0..ASIDE {
        let tag = view.pos(at);
        if matches!(tag, pos::WP | pos::WDT) || (view.is(at, "that") && verbs > 0) {
            let owner = at.checked_sub(1).filter(|&o| o >= floor && verbs > 0)?;
            let phrase = view.phrase(owner).filter(|p| p.end as usize == owner + 1)?;
            return Some(TokenRange::new(whole_left(view, phrase).begin, last.end));
        }
        if tag == pos::VBN
            && verbs == 0
            && at > floor
            && view.phrase(at - 1).is_some_and(|p| p.begin as usize == floor || view.is(at - 2, "of"))
        {
            // "exit polls taken in Lorca"
            return Some(TokenRange::new(whole_left(view, view.phrase(at - 1)?).begin, last.end));
        }
        let passes = tag.is_verb() || tag == pos::MD || matches!(tag, pos::IN | pos::TO) || view.is_adverb(at) || view.phrase(at).is_some();
        if !passes {
            return None;
        }
        verbs += usize::from(tag.is_verb());
        at = at.checked_sub(1).filter(|&a| a >= floor)?;
    }
    None
}

/// The subject that ends with the token `at`, right before its verb.
fn own_subject(view: &Article<'_>, at: usize, floor: usize) -> Option<TokenRange> {
    let end = at as u32 + 1;
    let mut at = if view.is(at, ")") { before_bracket(view, at, floor)? } else { at };
    let alone = Some(TokenRange::new(at as u32, at as u32 + 1));
    if matches!(view.pos(at), pos::WP | pos::WDT) || view.is(at, "that") || view.of_kind(at, "quantity") {
        return alone;
    }
    let phrase_to = |at: usize| view.phrase(at).filter(|p| p.end as usize == at + 1);
    if view.form(at).ends_with("self") && view.pos(at) == pos::PRP && at > floor && phrase_to(at - 1).is_some() {
        at -= 1;
    }
    if let Some(phrase) = phrase_to(at) {
        let whole = described(view, phrase, floor).unwrap_or_else(|| whole_left(view, phrase));
        return Some(TokenRange::new(whole.begin, whole.end.max(end)));
    }
    if view.is_comma(at) || view.is_dash(at) {
        return before_aside(view, at, floor);
    }
    if at > floor && view.pos(at) == pos::VBN && phrase_to(at - 1).is_some_and(|p| view.pos(p.begin as usize) == pos::DT) {
        // "those surveyed said"
        return phrase_to(at - 1).map(|p| TokenRange::new(whole_left(view, p).begin, at as u32 + 1));
    }
    if at > floor && (view.is_adjective(at) || view.pos(at) == pos::VBN) && view.pos(at - 1) == pos::DT {
        // "a third said", "those asked said"
        return Some(TokenRange::new(at as u32 - 1, at as u32 + 1));
    }
    // A name that the tags take for something else: "Jolly said".
    let function = view.pos(at) == pos::CC || matches!(view.pos(at), pos::IN | pos::TO | pos::WRB) || view.pos(at).is_verb();
    if view.capital(at) && !function { alone } else { None }
}

/// The token before a bracket that closes at `at`.
fn before_bracket(view: &Article<'_>, at: usize, floor: usize) -> Option<usize> {
    let open = (floor..at).rev().take(ASIDE).find(|&t| view.is(t, "("))?;
    open.checked_sub(1).filter(|&t| t >= floor)
}

/// The phrase that an aside between commas follows: "Ana Ruiz, the mayor of Lorca, said"; the aside belongs to it if it is a noun phrase.
fn before_aside(view: &Article<'_>, close: usize, floor: usize) -> Option<TokenRange> {
    let relative = |t: usize| view.is_comma(t) && view.any(t + 1, &["who", "whose", "which"]);
    let opener = (floor..close).rev().take(2 * ASIDE).take_while(|&t| !breaks(view, t)).find(|&t| relative(t));
    if let Some(owner) = opener.and_then(|comma| named_before(view, comma, floor)) {
        return Some(owner);
    }
    let mut nearest = None;
    let mut open = close;
    while let Some(comma) = (floor..open).rev().take(2 * ASIDE).find(|&t| view.is_comma(t) || view.is_dash(t) || breaks(view, t)) {
        if breaks(view, comma) {
            break;
        }
        open = comma;
        let Some(owner) = named_before(view, open, floor) else { continue };
        let first = open + 1;
        let names =
            view.phrase(first).is_some_and(|p| p.begin as usize == first) && !matches!(view.pos(first), pos::CD | pos::WP | pos::WDT);
        let found = TokenRange::new(owner.begin, if names { close as u32 } else { owner.end });
        let before = (owner.begin as usize).checked_sub(1).filter(|&b| b >= floor);
        if before.is_some_and(|b| view.pos(b) == pos::IN || view.pos(b).is_verb()) {
            // "Ruiz, in a speech in Lorca, Spain, said": the aside begins further left.
            nearest = nearest.or(Some(found));
            continue;
        }
        return Some(found);
    }
    let stray = || {
        named_before(view, close, floor).filter(|owner| {
            let begin = owner.begin as usize;
            begin == floor || view.is_comma(begin - 1) || view.pos(begin - 1) == pos::CC
        })
    };
    nearest.or_else(stray)
}

/// Whether a quotation mark stands here, an apostrophe not counted.
fn breaks(view: &Article<'_>, token: usize) -> bool {
    view.is_mark(token) && !view.is(token, "'")
}

/// The whole phrase that ends right before a comma, with a bracket behind it.
fn named_before(view: &Article<'_>, comma: usize, floor: usize) -> Option<TokenRange> {
    let mut owner = comma.checked_sub(1).filter(|&o| o >= floor)?;
    if view.is(owner, ")") {
        owner = before_bracket(view, owner, floor)?;
    }
    let phrase = view.phrase(owner).filter(|p| p.end as usize == owner + 1)?;
    Some(TokenRange::new(whole_left(view, phrase).begin, comma as u32))
}
