//! Punctuation that is a cue. Labels before a colon: the speakers of a transcript ("RUIZ: Thank you."), the speaker of a headline ("Ruiz: We lost"). Dashes that sign a quotation.

use rustc_hash::FxHashMap;

use crate::cue::article::Article;
use crate::cue::{Candidate, CueKind};
use crate::tag::SAYING_FIRST;
use crate::text::{TokenKind, TokenRange};

/// The longest label, in tokens.
const LONGEST: usize = 6;
/// How likely a transcript's label is a cue.
const TRANSCRIPT: f32 = 0.95;
/// How likely a headline's label is one.
const HEADLINE: f32 = 0.7;
/// How likely a dash between a quotation and a name is one.
const SIGNATURE: f32 = 0.9;

/// The colons that are cues, one for each labelled paragraph.
pub(crate) fn labels(view: &Article<'_>) -> Vec<Candidate> {
    let labelled: Vec<(TokenRange, u32)> =
        view.reading.paragraphs.iter().filter_map(|p| Some((p.tokens, label(view, p.tokens)?))).collect();
    let mut times: FxHashMap<String, u32> = FxHashMap::default();
    for &(paragraph, colon) in &labelled {
        *times.entry(words(view, paragraph.begin, colon)).or_default() += 1;
    }
    let capitals = labelled.iter().filter(|(p, colon)| shouts(view, *p, *colon)).count();
    let repeated = labelled.iter().any(|(p, colon)| times.get(&words(view, p.begin, *colon)).is_some_and(|&n| n > 1));
    let labelled: Vec<(TokenRange, u32)> = labelled.into_iter().filter(|&(p, colon)| says_something(view, p, colon)).collect();
    let transcript = capitals > 1 || (labelled.len() > 2 && repeated);
    labelled.iter().filter_map(|&(paragraph, colon)| chance(view, paragraph, colon, transcript).map(|p| candidate(colon, p))).collect()
}

/// How likely the label that ends at `colon` is a cue.
fn chance(view: &Article<'_>, paragraph: TokenRange, colon: u32, transcript: bool) -> Option<f32> {
    let begin = paragraph.begin;
    let shouted = shouts(view, paragraph, colon);
    if transcript && (begin > 0 || shouted) {
        return Some(TRANSCRIPT);
    }
    let rubric = (begin..colon).any(|t| view.of_kind(t as usize, "rubric"));
    (begin == 0 && !rubric && !shouted).then_some(HEADLINE)
}

/// Whether a paragraph opens with the next speaker of a transcript, in capitals.
pub(crate) fn is_turn(view: &Article<'_>, paragraph: TokenRange) -> bool {
    label(view, paragraph).is_some_and(|colon| shouts(view, paragraph, colon))
}

/// The colon after a paragraph's first few words, if these can name somebody and more words follow.
fn label(view: &Article<'_>, paragraph: TokenRange) -> Option<u32> {
    let limit = paragraph.end.min(paragraph.begin + LONGEST as u32 + 1);
    let begin = paragraph.begin + u32::from(view.is_mark(paragraph.begin as usize));
    let colon = (begin..limit).find(|&t| view.is(t as usize, ":"))?;
    let names = |t: u32| {
        let token = &view.reading.tokens[t as usize];
        token.kind == TokenKind::Word && (view.capital(t as usize) || view.any(t as usize, &["of", "the", "de", "van", "von", "bin", "al"]))
            || view.any(t as usize, &[".", "'s"])
    };
    let inverted = view.pos(begin as usize).is_verb() && view.any(begin as usize, &SAYING_FIRST);
    let rubric = |t: u32| view.of_kind(t as usize, "rubric"); // "READ MORE: ...", "EDITOR'S NOTE: ..."; not "OSTERLAND NEWS: ..."
    let heads = colon > begin && (rubric(begin) && colon < begin + 4 || rubric(colon - 1) && !view.is(colon as usize - 1, "news"));
    let named = (begin..colon).all(names) && colon > begin && !inverted && !heads;
    let unread = !view.reading.dateline.is_some_and(|d| d.overlaps(view.reading.tokens[paragraph.begin as usize].span));
    (named && unread && colon + 1 < paragraph.end).then_some(colon)
}

/// Whether a verb stands behind the colon, or enough words to be an answer: not "Ruiz: 46".
fn says_something(view: &Article<'_>, paragraph: TokenRange, colon: u32) -> bool {
    shouts(view, paragraph, colon)
        || (colon..paragraph.end).any(|t| view.pos(t as usize).is_verb() || view.is_stop(t as usize) && t > colon + 2)
}

/// Whether a label is set in capitals, and what follows is not: "RUIZ: Thank you."
fn shouts(view: &Article<'_>, paragraph: TokenRange, colon: u32) -> bool {
    let text = |begin: u32, end: u32| view.reading.span_of(TokenRange::new(begin, end)).text(view.text);
    let label = text(paragraph.begin, colon);
    let in_capitals = label.chars().filter(|c| c.is_alphabetic()).count() > 1 && !label.contains(char::is_lowercase);
    in_capitals && text(colon, paragraph.end).contains(char::is_lowercase)
}

fn words(view: &Article<'_>, begin: u32, end: u32) -> String {
    (begin..end).map(|t| view.form(t as usize)).collect::<Vec<_>>().join(" ")
}

fn candidate(colon: u32, probability: f32) -> Candidate {
    Candidate { tokens: TokenRange::new(colon, colon + 1), head: colon, lemma: ":".to_owned(), kind: CueKind::Punctuation, probability }
}

/// The dashes right after a quotation, before a name: "“We lost.” — Ana Ruiz".
pub(crate) fn signatures(view: &Article<'_>) -> Vec<Candidate> {
    let quotations = view.quotes.quotations.iter().filter(|q| q.depth == 0);
    let dashes = quotations.map(|q| q.tokens.end as usize).filter(|&t| view.is_dash(t) && view.capital(t + 1) && !view.quoted(t));
    dashes.map(|t| Candidate { lemma: "-".to_owned(), ..candidate(t as u32, SIGNATURE) }).collect()
}
