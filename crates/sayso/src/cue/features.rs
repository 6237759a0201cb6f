//! What the sequence model of cues looks at; training and prediction both call [`features`].

use super::view::{EDGE, Look, View};
use crate::model::hash::{Feature, fingerprint, one, three, two};
use crate::text::Reading;

/// Where a token stands in its sentence and paragraph, and how far the nearest quotation is; as small numbers.
struct Place {
    /// From the sentence's beginning: 0, 1, 2, 3 (3 to 5), 4 (6 to 10), 5.
    from_begin: u32,
    /// Whether the sentence is the first, second, ... of its paragraph.
    in_paragraph: u32,
    /// From the last quotation that closed before in this paragraph: 0 is next to it.
    since_quote: u32,
    /// To the next quotation that opens in this paragraph.
    until_quote: u32,
    /// Whether the next paragraph opens with a quotation mark.
    quote_follows: u32,
    /// Whether the paragraph before ended in a quotation.
    quote_led: u32,
}

/// Folds a distance into a few classes.
#[must_use]
pub fn fold(distance: usize) -> u32 {
    match distance {
        0..=3 => distance as u32,
        4..=5 => 4,
        6..=9 => 5,
        10..=18 => 6,
        _ => 7,
    }
}

fn place(view: &View, reading: &Reading, at: usize) -> Place {
    let sentence = &reading.sentences[reading.tokens[at].sentence as usize];
    let paragraph = &reading.paragraphs[sentence.paragraph as usize];
    let near = 24;
    let edge = |i: usize| view.looks[i].quoted % 4;
    let begin = (paragraph.tokens.begin as usize).max(at.saturating_sub(near));
    let end = (paragraph.tokens.end as usize).min(at + near);
    let since = (begin..at).rev().find(|&i| edge(i) == 3).map_or(9, |i| fold(at - i - 1));
    let until = (at + 1..end).find(|&i| edge(i) == 1).map_or(9, |i| fold(i - at - 1));
    let follows = reading.paragraphs.get(sentence.paragraph as usize + 1).is_some_and(|p| edge_of(view, p.tokens.begin) == 1);
    let led = paragraph.tokens.begin > 0 && edge_of(view, paragraph.tokens.begin - 1) == 3;
    Place {
        from_begin: fold(at - sentence.tokens.begin as usize),
        in_paragraph: fold(reading.tokens[at].sentence as usize - paragraph.sentences.0 as usize).min(3),
        since_quote: since,
        until_quote: until,
        quote_follows: u32::from(follows),
        quote_led: u32::from(led),
    }
}

fn edge_of(view: &View, token: u32) -> u32 {
    view.look(token).quoted % 4
}

/// All that the templates are filled with, for one token.
struct Context {
    /// The token, with three neighbours on each side.
    looks: [Look; 7],
    place: Place,
    verb_before: Look,
    verb_after: Look,
    noun_before: Look,
    noun_after: Look,
    head: Look,
    grandhead: Look,
}

/// Writes the features of token `at` into `out`.
pub fn features(view: &View, reading: &Reading, at: usize, out: &mut Vec<Feature>) {
    let context = Context {
        looks: std::array::from_fn(|i| view.near(at, i as isize - 3)),
        place: place(view, reading, at),
        verb_before: view.look(view.verb_before[at]),
        verb_after: view.look(view.verb_after[at]),
        noun_before: view.look(view.noun_before[at]),
        noun_after: view.look(view.noun_after[at]),
        head: view.look(view.heads[at]),
        grandhead: view.looks.get(view.heads[at] as usize).map_or(EDGE, |_| view.look(view.heads[view.heads[at] as usize])),
    };
    out.clear();
    fill(&context, out);
}

/// The relations of dependents that tell a verb of saying: subject, object, complement, parataxis, clause, modifier, joint.
const CLAUSAL: u32 = 1 << 1 | 1 << 2 | 1 << 3 | 1 << 4 | 1 << 5 | 1 << 6 | 1 << 10;

fn fill(context: &Context, out: &mut Vec<Feature>) {
    let Context { looks: [e, a, b, w, c, d, f], place, verb_before, verb_after, noun_before, noun_after, head, grandhead } = context;
    let quotes = b.quoted << 8 | w.quoted << 4 | c.quoted;
    let tags = |x: &Look, y: &Look, z: &Look| x.pos << 16 | y.pos << 8 | z.pos;
    out.extend_from_slice(&[
        one(1, 0),
        one(2, w.form),
        one(3, w.lemma),
        two(4, w.lemma, w.pos),
        one(5, b.form),
        one(6, c.form),
        one(7, a.form),
        one(8, d.form),
        one(9, e.lemma),
        one(10, f.lemma),
        one(11, w.pos),
        one(12, b.pos << 8 | w.pos),
        one(13, w.pos << 8 | c.pos),
        one(14, tags(b, w, c)),
        one(15, tags(a, b, w)),
        one(16, tags(w, c, d)),
        two(17, w.lemma, c.pos),
        two(18, w.lemma, b.pos),
        two(19, b.lemma, w.lemma),
        two(20, w.lemma, c.lemma),
        three(21, b.lemma, w.lemma, c.lemma),
        two(22, w.lemma, c.pos << 8 | d.pos),
        two(23, w.lemma, quotes),
        two(24, w.pos, quotes),
        one(25, quotes),
        two(26, w.lemma, place.since_quote),
        two(27, w.lemma, place.until_quote),
        two(28, w.pos, place.since_quote << 4 | place.until_quote),
        two(29, place.from_begin, w.pos),
        two(30, place.from_begin, place.in_paragraph),
        three(31, w.pos, place.quote_follows, c.form),
        three(32, w.pos, place.quote_led, place.in_paragraph << 4 | place.from_begin),
        two(33, w.letters, b.letters),
        two(34, w.letters, c.letters),
        two(35, w.suffix, w.pos),
        two(36, verb_before.lemma, w.pos),
        two(37, verb_after.lemma, w.pos),
        two(38, verb_after.lemma, w.lemma),
        two(39, verb_before.lemma, w.lemma),
        two(40, noun_before.lemma, w.lemma),
        two(41, noun_after.lemma, w.lemma),
        two(42, noun_before.pos << 8 | w.pos, w.quoted),
        two(43, noun_before.lemma, w.pos),
        two(44, a.lemma, b.lemma),
        two(45, c.lemma, d.lemma),
        two(46, b.lemma, w.pos),
        two(47, c.lemma, w.pos),
        three(48, a.lemma, b.lemma, w.lemma),
        three(49, w.lemma, c.lemma, d.lemma),
        one(50, a.pos << 24 | b.pos << 16 | w.pos << 8 | c.pos),
        two(51, verb_before.lemma, w.quoted << 4 | b.quoted),
        two(60, w.relation, head.lemma),
        two(61, w.relation, w.lemma),
        three(62, w.relation, w.pos, head.pos),
        two(63, w.dependents & CLAUSAL, w.lemma),
        two(64, w.dependents & CLAUSAL, w.pos),
        three(65, w.relation, w.dependents & CLAUSAL, w.pos),
        three(66, w.relation, head.relation, head.lemma),
        three(67, w.relation, head.relation, grandhead.lemma),
        three(68, head.dependents & CLAUSAL, w.relation, head.pos),
        three(69, w.lemma, w.relation, head.lemma),
        three(70, w.dependents & CLAUSAL, w.lemma, quotes),
    ]);
}

/// Of these feature functions.
#[must_use]
pub fn cue_fingerprint() -> u32 {
    let look = Look::probe;
    let context = Context {
        looks: std::array::from_fn(|i| look(i as u32 + 1)),
        place: Place { from_begin: 1, in_paragraph: 2, since_quote: 3, until_quote: 4, quote_follows: 1, quote_led: 1 },
        verb_before: look(21),
        verb_after: look(22),
        noun_before: look(23),
        noun_after: look(24),
        head: look(25),
        grandhead: look(26),
    };
    let mut out = Vec::new();
    fill(&context, &mut out);
    fingerprint(out)
}
