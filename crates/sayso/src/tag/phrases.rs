//! Noun phrases without what follows their head, by the tags alone.

use super::{NounPhrase, Pos};
use crate::text::{Reading, TokenRange};

/// What a word can do in a noun phrase.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Begins one: "the", "his", "all".
    Opens,
    /// Goes before the head: adjectives, numbers, participles.
    Modifies,
    /// Can be the head.
    Heads,
    /// "'s": joins an owner to what is owned.
    Owns,
    /// Is one alone: "she", "there".
    Alone,
    /// Stands outside.
    Outside,
}

fn part(pos: Pos) -> Part {
    match pos.name() {
        "DT" | "PDT" | "PRP$" | "WP$" | "WDT" => Part::Opens,
        "JJ" | "JJR" | "JJS" | "CD" | "$" | "#" | "HYPH" | "AFX" | "VBN" | "VBG" => Part::Modifies,
        "NN" | "NNS" | "NNP" | "NNPS" | "FW" => Part::Heads,
        "POS" => Part::Owns,
        "PRP" | "EX" | "WP" => Part::Alone,
        _ => Part::Outside,
    }
}

/// The most tokens of a noun phrase: what only looks like the beginning of one must not be looked through to the end of the text.
const LONGEST: u32 = 64;

/// Finds the noun phrases of every sentence.
#[must_use]
pub fn phrases(reading: &Reading, pos: &[Pos]) -> Vec<NounPhrase> {
    let mut found = Vec::new();
    for sentence in &reading.sentences {
        let tokens = sentence.tokens;
        let mut at = tokens.begin;
        while at < tokens.end {
            match phrase_from(at, tokens.end.min(at + LONGEST), pos) {
                Some(phrase) => {
                    at = phrase.tokens.end;
                    found.push(phrase);
                }
                None => at += 1,
            }
        }
    }
    found
}

/// The longest noun phrase that begins at `begin`.
fn phrase_from(begin: u32, end: u32, pos: &[Pos]) -> Option<NounPhrase> {
    let part_at = |i: u32| pos.get(i as usize).map_or(Part::Outside, |&p| part(p));
    if part_at(begin) == Part::Alone {
        return Some(NounPhrase { tokens: TokenRange::new(begin, begin + 1), head: begin });
    }
    let is_participle = |i: u32| matches!(pos[i as usize].name(), "VBN" | "VBG");
    let (mut head, mut at, mut number) = (None, begin, None);
    while at < end {
        match part_at(at) {
            Part::Opens if at == begin || part_at(at - 1) == Part::Opens && head.is_none() => {}
            Part::Heads => head = Some(at),
            Part::Owns if head.is_some_and(|h| h + 1 == at) => head = None,
            // A participle opens no phrase ("said officials") and follows no head ("the officials told ...").
            Part::Modifies if is_participle(at) && (at == begin || head.is_some()) => break,
            Part::Modifies => {
                // "the 12 of them", "the poor": a number or adjective can stand for a head that is left out.
                if head.is_none() && pos[at as usize].name() == "CD" {
                    number = Some(at);
                } else if head.is_some() && pos[at as usize].name() != "CD" {
                    break;
                }
            }
            _ => break,
        }
        at += 1;
    }
    let head = head.or(number.filter(|&n| n + 1 == at));
    let head = match head {
        Some(head) => head,
        // "those", "both": a determiner alone.
        None if at == begin + 1 && part_at(begin) == Part::Opens && pos[begin as usize].name() == "DT" => begin,
        None => return None,
    };
    Some(NounPhrase { tokens: TokenRange::new(begin, head + 1), head })
}
