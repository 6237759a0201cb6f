//! The ties of one article: who speaks about whom, and to whom.

use std::collections::BTreeMap;

use sayso::{Extraction, Form, Span, SpeakerId, Statement};

use crate::readers::Article;
use crate::speakers::ArticleCast;

/// Whom a statement is about, or to whom it was made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// Somebody who speaks in the article, too.
    Speaker(SpeakerId),
    /// Somebody who does not, in the article's words: "reporters".
    Words(String),
}

/// One statement's tie from one of its speakers to somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// Who speaks.
    pub from: SpeakerId,
    /// Of whom, or to whom.
    pub target: Target,
    /// Whether the content or the topic mentions the target.
    pub about: bool,
    /// Whether the statement is made to the target.
    pub to: bool,
    /// The statement's form.
    pub form: Form,
}

/// The speakers of one article and their ties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleTies {
    /// The speakers.
    pub cast: ArticleCast,
    /// The ties, statement by statement.
    pub ties: Vec<Tie>,
}

impl ArticleTies {
    /// Finds the ties of an article: a statement is about a speaker of the same article whom its content or its topic mentions, by
    /// name, description or pronoun, and to its addressee. Nobody is tied to himself.
    ///
    /// ```
    /// use sayso_corpus::Article;
    /// use sayso_corpus::network::{ArticleTies, Target};
    /// let text = "Ana Ruiz told reporters that the work was late.";
    /// let article = Article { text: text.to_owned(), ..Article::default() };
    /// let found = ArticleTies::of(&article, &sayso::Extractor::english().extract(text));
    /// assert_eq!((&found.ties[0].target, found.ties[0].to), (&Target::Words("reporters".to_owned()), true));
    /// ```
    ///
    /// # Panics
    /// If the extraction was made from another text.
    #[must_use]
    pub fn of(article: &Article, extraction: &Extraction) -> Self {
        let mentions = Mentions::of(extraction);
        let mut ties = Vec::new();
        for statement in &extraction.statements {
            let targets = targets(statement, &article.text, &mentions);
            for &from in &statement.speakers {
                let others = targets.iter().filter(|(target, _)| **target != Target::Speaker(from));
                ties.extend(others.map(|(target, &(about, to))| Tie { from, target: target.clone(), about, to, form: statement.form }));
            }
        }
        ArticleTies { cast: ArticleCast::of(article, extraction), ties }
    }
}

/// Each target of a statement, whether it is about it and whether it is made to it.
fn targets(statement: &Statement, text: &str, mentions: &Mentions) -> BTreeMap<Target, (bool, bool)> {
    let mut targets: BTreeMap<Target, (bool, bool)> = BTreeMap::new();
    for span in statement.content.iter().copied().chain(statement.topic) {
        for (_, speaker) in mentions.inside(span) {
            targets.entry(Target::Speaker(speaker)).or_default().0 = true;
        }
    }
    let Some(addressee) = statement.addressee else { return targets };
    let mut known = false;
    for (mention, speaker) in mentions.inside(addressee) {
        // "Ruiz’s aide" is not Ruiz.
        let owns = text.get(mention.end() as usize..).is_some_and(|rest| rest.starts_with("’s") || rest.starts_with("'s"));
        if !owns {
            known = true;
            targets.entry(Target::Speaker(speaker)).or_default().1 = true;
        }
    }
    if !known {
        let words = addressee.text(text).split_whitespace().collect::<Vec<_>>().join(" ");
        targets.entry(Target::Words(words)).or_default().1 = true;
    }
    targets
}

/// The mentions of all speakers of an article, ascending.
struct Mentions(Vec<(Span, SpeakerId)>);

impl Mentions {
    fn of(extraction: &Extraction) -> Self {
        let of_one = |speaker: &sayso::Speaker| speaker.mentions.iter().map(|&mention| (mention, speaker.id)).collect::<Vec<_>>();
        let mut all: Vec<(Span, SpeakerId)> = extraction.speakers.iter().flat_map(of_one).collect();
        all.sort_unstable();
        Mentions(all)
    }

    /// Those that lie inside a span.
    fn inside(&self, span: Span) -> impl Iterator<Item = (Span, SpeakerId)> {
        let first = self.0.partition_point(|(mention, _)| mention.begin() < span.begin());
        let after = self.0[first..].iter().take_while(move |(mention, _)| mention.begin() < span.end());
        after.copied().filter(move |(mention, _)| span.contains(*mention))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso::{Act, Kind, ResolvedBy, Speaker};

    const TEXT: &str = "Ana Ruiz told Tam Orrel that he and Ilse Maran were wrong. Maran told Orrel’s aide that she knew.";

    fn span(words: &str, after: usize) -> Span {
        let begin = (after + TEXT[after..].find(words).expect("words of the text")) as u32;
        Span::new(begin, begin + words.len() as u32)
    }

    fn speaker(id: u32, name: &str, mentions: &[Span]) -> Speaker {
        Speaker { id: SpeakerId(id), name: name.to_owned(), kind: Kind::Person, role: None, affiliation: None, mentions: mentions.to_vec() }
    }

    fn statement(speaker: u32, content: Span, addressee: Span) -> Statement {
        Statement {
            form: Form::Indirect,
            act: Act::Assert,
            content: [content].into_iter().collect(),
            cue: None,
            source: None,
            speakers: vec![SpeakerId(speaker)],
            resolved_by: ResolvedBy::Name,
            addressee: Some(addressee),
            topic: None,
            when: None,
            place: None,
            confidence: 1.0,
        }
    }

    #[test]
    fn a_statement_is_about_those_it_mentions_and_to_its_addressee() {
        let second = TEXT.find("Maran told").expect("there");
        let speakers = vec![
            speaker(0, "Ana Ruiz", &[span("Ana Ruiz", 0)]),
            speaker(1, "Tam Orrel", &[span("Tam Orrel", 0), span("he", 29), span("Orrel", second)]),
            speaker(2, "Ilse Maran", &[span("Ilse Maran", 0), span("Maran", second), span("she", second)]),
        ];
        let statements = vec![
            statement(0, span("that he and Ilse Maran were wrong", 0), span("Tam Orrel", 0)),
            statement(2, span("that she knew", second), span("Orrel’s aide", second)),
        ];
        let extraction = Extraction { statements, speakers, ..Extraction::default() };
        let article = Article { text: TEXT.to_owned(), ..Article::default() };
        let ties = ArticleTies::of(&article, &extraction).ties;
        let row = |tie: &Tie| (tie.from.0, tie.target.clone(), tie.about, tie.to);
        let expected = [
            (0, Target::Speaker(SpeakerId(1)), true, true),
            (0, Target::Speaker(SpeakerId(2)), true, false),
            (2, Target::Words("Orrel’s aide".to_owned()), false, true),
        ];
        assert_eq!(ties.iter().map(row).collect::<Vec<_>>(), expected, "she is Maran herself");
    }
}
