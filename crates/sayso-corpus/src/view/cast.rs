//! Who speaks in an article, how much, and in which colour.

use std::collections::HashMap;

use serde::Serialize;

use crate::{DocumentRecord, StatementRecord};

/// Colours for speakers; who speaks less than these stays grey.
const COLOURS: usize = 7;

/// One who speaks, with what they say summed up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Member<'a> {
    /// The article's own number for the speaker; none for all that nobody named has said.
    pub id: Option<u32>,
    /// The fullest name that the article gives.
    pub name: &'a str,
    /// "person", "unnamed", "group", "organization", "document" or "unknown".
    pub kind: &'a str,
    /// "mayor of Lorca"
    pub role: Option<&'a str>,
    /// "Lorca"
    pub affiliation: Option<&'a str>,
    /// The number of their colour, from 1: the class `c1` of the style sheets; 0 is grey.
    pub colour: usize,
    /// "PL", by which marks are told apart without colours.
    pub initials: String,
    /// Statements that they made, alone or with others.
    pub statements: usize,
    /// Of which direct, mixed and indirect.
    pub forms: [usize; 3],
    /// Words of these statements' contents.
    pub words: usize,
}

/// Who speaks in an article, the one with the most statements first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cast<'a> {
    /// All that made a statement; at the end, where there are statements of which nobody is named, those.
    pub members: Vec<Member<'a>>,
    /// Words of all contents.
    pub words: usize,
    places: HashMap<Option<u32>, usize>,
}

impl<'a> Cast<'a> {
    /// Sums up who speaks in an article.
    ///
    /// ```
    /// use sayso_corpus::{DocumentRecord, Offsets, view::Cast};
    /// let text = "“We lost,” said Ana Ruiz, the mayor of Lorca. She denied that it was close.";
    /// let extraction = sayso::Extractor::english().extract(text);
    /// let record = DocumentRecord::new("a1", None, text, &extraction, Offsets::Chars);
    /// let cast = Cast::of(&record);
    /// let mayor = &cast.members[0];
    /// assert_eq!((mayor.name, mayor.initials.as_str(), mayor.statements, mayor.forms), ("Ana Ruiz", "AR", 2, [1, 0, 1]));
    /// ```
    #[must_use]
    pub fn of(record: &'a DocumentRecord<'a>) -> Self {
        let mut members: Vec<Member<'a>> =
            record.speakers.iter().map(|s| Member::new(s.id, s.name, s.kind, s.role, s.affiliation)).collect();
        let places: HashMap<u32, usize> = members.iter().enumerate().filter_map(|(at, m)| Some((m.id?, at))).collect();
        let mut nobody = Member { id: None, initials: "?".to_owned(), ..Member::new(0, "Nobody named", "unknown", None, None) };
        let mut words = 0;
        for statement in &record.statements {
            let count = statement.content.text.split_whitespace().filter(|word| *word != "…").count();
            words += count;
            let found: Vec<usize> = statement.speakers.iter().filter_map(|s| places.get(&s.id).copied()).collect();
            found.iter().for_each(|&at| members[at].add(statement, count));
            if found.is_empty() {
                nobody.add(statement, count);
            }
        }
        members.retain(|member| member.statements > 0);
        members.sort_by_key(|member| (std::cmp::Reverse((member.statements, member.words)), member.id));
        members.iter_mut().take(COLOURS).zip(1..).for_each(|(member, colour)| member.colour = colour);
        members.extend((nobody.statements > 0).then_some(nobody));
        let places = members.iter().enumerate().map(|(at, member)| (member.id, at)).collect();
        Cast { members, words, places }
    }

    /// Those who made a statement, as numbers of [`Cast::members`]; never empty for a statement of the record.
    #[must_use]
    pub fn of_statement(&self, statement: &StatementRecord<'_>) -> Vec<usize> {
        let found: Vec<usize> = statement.speakers.iter().filter_map(|s| self.places.get(&Some(s.id)).copied()).collect();
        if found.is_empty() { self.places.get(&None).copied().into_iter().collect() } else { found }
    }
}

impl<'a> Member<'a> {
    fn new(id: u32, name: &'a str, kind: &'a str, role: Option<&'a str>, affiliation: Option<&'a str>) -> Self {
        Member { id: Some(id), name, kind, role, affiliation, colour: 0, initials: initials(name), statements: 0, forms: [0; 3], words: 0 }
    }

    fn add(&mut self, statement: &StatementRecord<'_>, words: usize) {
        self.statements += 1;
        self.words += words;
        match statement.form {
            "direct" => self.forms[0] += 1,
            "mixed" => self.forms[1] += 1,
            _ => self.forms[2] += 1,
        }
    }
}

/// "Petra Lindqvist" to "PL", "Ministry of Fisheries" to "MF", "Reuters" to "Re".
fn initials(name: &str) -> String {
    let words = || name.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).filter(|word| !word.is_empty());
    let mut capitals = words().filter(|word| word.starts_with(char::is_uppercase));
    let first = |word: &str| word.chars().next();
    match (capitals.next(), capitals.next_back()) {
        (Some(one), Some(other)) => first(one).into_iter().chain(first(other)).collect(),
        (Some(word), None) => word.chars().take(2).collect(),
        (None, _) => words().next().map_or_else(|| "?".to_owned(), |word| word.chars().take(2).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_those_that_a_reader_would_write() {
        let cases = [
            ("Petra Lindqvist", "PL"),
            ("Ministry of Fisheries", "MF"),
            ("Reuters", "Re"),
            ("a neighbour", "a"),
            ("“Östen” Åberg", "ÖÅ"),
            ("…", "?"),
            ("", "?"),
        ];
        for (name, expected) in cases {
            assert_eq!(initials(name), expected, "{name}");
        }
    }
}
