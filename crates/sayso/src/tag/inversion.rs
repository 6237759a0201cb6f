//! "Said Ruiz: “We will rebuild the bridge.”": a verb of saying in front of its subject looks like a given name.

use super::Pos;
use crate::text::{Reading, TokenKind, TokenRange};

/// Verbs that newspapers put in front of their subject.
pub const SAYING_FIRST: [&str; 9] = ["said", "says", "added", "adds", "asked", "asks", "replied", "wrote", "writes"];

/// The longest subject between the verb and the colon, in tokens.
const LONGEST: u32 = 12;

/// The tag of the verb that opens a sentence in front of its subject and a colon, behind which a quotation begins; no other sentence's.
#[must_use]
pub fn inverted(reading: &Reading, sentence: TokenRange) -> Option<Pos> {
    let verb = reading.form(sentence.begin as usize);
    if !SAYING_FIRST.contains(&verb) {
        return None;
    }
    let subject = sentence.begin + 1;
    let end = sentence.end.min(subject + LONGEST + 1);
    let colon = (subject..end).find(|&t| reading.form(t as usize) == ":").filter(|&t| t > subject)?;
    let is_mark = |t: u32| reading.tokens.get(t as usize).is_some_and(|token| token.kind == TokenKind::Mark);
    let within = !(subject..colon).any(is_mark);
    let opens = is_mark(colon + 1);
    Pos::named(if verb.ends_with('s') { "VBZ" } else { "VBD" }).filter(|_| within && opens)
}

#[cfg(test)]
mod tests {
    use super::{Pos, inverted};

    #[test]
    fn a_verb_in_front_of_its_subject_and_a_quotation_is_one() {
        let tag = |text: &str| {
            let reading = crate::text::read(text);
            inverted(&reading, reading.sentences[0].tokens).map(Pos::name)
        };
        assert_eq!(tag("Said Ruiz: “We will rebuild the bridge.”"), Some("VBD"));
        assert_eq!(tag("Adds the mayor of Sandon: \"We will.\""), Some("VBZ"));
        for other in
            ["Said Jalili arrived on Monday.", "Said Jalili: we go on.", "Said: “We will.”", "“Said who?” Ruiz asked: “He?”", "Said"]
        {
            assert_eq!(tag(other), None, "{other}");
        }
    }
}
