//! What a pronoun stands for: a ranking over the chains that were mentioned lately.

use super::chain::{Chain, Chains};
use super::mention::{Mention, Pronoun, Sort};
use super::page::Page;
use super::tables::Class;
use crate::model::{Model, Table};
use crate::text::TokenRange;

/// How many chains of each sort are kept in mind.
const LATELY: usize = 10;

/// The names of the features, in the order of their weights; the table `antecedents` gives a weight for each, after "person" or "other".
pub const FEATURES: &[&str] = &[
    "sentence same",
    "sentence one back",
    "sentence two back",
    "sentence farther",
    "paragraph same",
    "paragraph one back",
    "paragraph farther",
    "rank first",
    "rank second",
    "rank lower",
    "subject",
    "subject same sentence",
    "subject one back",
    "last subject",
    "last subject opening",
    "inside",
    "quoted",
    "pronoun",
    "spoke last",
    "spoke last same paragraph",
    "spoke last one back",
    "spoke last opening",
    "spoke same sentence",
    "spoke one back",
    "spoke ever",
    "own content",
    "gender known",
    "mentions",
    "most mentioned",
    "named",
    "plural",
    "place",
];

/// The ranking of one article, with its weights and what it keeps in mind.
pub(super) struct Ranking {
    /// For persons, then for others.
    weights: [Vec<f32>; 2],
    people: Vec<u32>,
    others: Vec<u32>,
    /// The chain of the last subject outside quotation marks.
    subject: Option<u32>,
}

/// Where the source of the statement before stood, and whose it was.
#[derive(Clone, Copy)]
pub(super) struct Spoken {
    pub chain: u32,
    pub sentence: u32,
    pub paragraph: u32,
}

impl Ranking {
    pub fn of(model: &Model) -> Self {
        let table: &Table = model.lexicon.table("antecedents");
        let weights = |sort: &str| {
            let weight = |name: &&str| table.column(&format!("{sort} {name}"), 0).and_then(|w| w.parse().ok()).unwrap_or(0.0);
            FEATURES.iter().map(weight).collect()
        };
        Ranking { weights: [weights("person"), weights("other")], people: Vec::new(), others: Vec::new(), subject: None }
    }

    /// Keeps in mind that a chain was mentioned.
    pub fn mentioned(&mut self, id: u32, chain: &Chain) {
        if chain.last.subject && !chain.last.quoted {
            self.subject = Some(id);
        }
        let person = chain.class == Some(Class::Person) && !chain.plural;
        let list = if person { &mut self.people } else { &mut self.others };
        if let Some(at) = list.iter().position(|&c| c == id) {
            list.remove(at);
        } else if list.len() == LATELY {
            list.pop();
        }
        list.insert(0, id);
    }

    /// The chain of the last subject outside quotation marks.
    pub fn subject(&self) -> Option<u32> {
        self.subject
    }

    /// The organisation by name, no place, that was mentioned last.
    pub fn last_body(&self, chains: &Chains<'_>) -> Option<u32> {
        let body = |id: &u32| {
            let chain = &chains.all[*id as usize];
            chain.named && chain.class == Some(Class::Organization) && !chain.place && !chain.last.inside
        };
        self.others.iter().copied().find(body)
    }

    /// The chains that a pronoun could stand for, each with its features, the one mentioned last first.
    pub fn candidates(&self, page: &Page<'_>, chains: &Chains<'_>, asked: &Asked<'_>) -> Vec<(u32, Vec<f32>)> {
        let personal = asked.mention.gender;
        let fits = |chain: &Chain| match asked.mention.sort {
            Sort::Pronoun(Pronoun::They) => chain.plural || matches!(chain.class, Some(Class::Organization | Class::Group)),
            Sort::Pronoun(Pronoun::It) => !chain.plural && matches!(chain.class, Some(Class::Organization | Class::Document)),
            Sort::Pronoun(Pronoun::First) => false,
            _ => personal.is_none() || chain.gender.is_none_or(|g| Some(g) == personal),
        };
        let list = if is_personal(asked.mention) { &self.people } else { &self.others };
        let fitting: Vec<u32> = list.iter().copied().filter(|&id| fits(&chains.all[id as usize])).collect();
        let most = fitting.iter().map(|&id| chains.all[id as usize].mentions.len()).max().unwrap_or(0);
        let features = |(rank, &id): (usize, &u32)| (id, self.features(page, chains, asked, id, rank, most));
        fitting.iter().enumerate().map(features).collect()
    }

    /// The chain that a pronoun most likely stands for.
    pub fn best(&self, page: &Page<'_>, chains: &Chains<'_>, asked: &Asked<'_>) -> Option<u32> {
        let weights = &self.weights[usize::from(!is_personal(asked.mention))];
        let score = |features: &[f32]| features.iter().zip(weights).map(|(f, w)| f * w).sum::<f32>();
        let mut best: Option<(u32, f32)> = None;
        for (id, features) in self.candidates(page, chains, asked) {
            let score = score(&features);
            if best.is_none_or(|(_, s)| score > s) {
                best = Some((id, score));
            }
        }
        best.map(|(id, _)| id)
    }

    fn features(&self, page: &Page<'_>, chains: &Chains<'_>, asked: &Asked<'_>, id: u32, rank: usize, most: usize) -> Vec<f32> {
        let chain = &chains.all[id as usize];
        let token = asked.mention.head;
        let (sentence, paragraph) = (page.sentence(token), page.paragraph(token));
        let back = sentence.saturating_sub(chain.last.sentence);
        let paragraphs = paragraph.saturating_sub(chain.last.paragraph);
        let last = asked.spoken.filter(|s| s.chain == id);
        let spoke = chain.spoke.map(|s| sentence.saturating_sub(s));
        let opening = page.reading.paragraphs.get(paragraph as usize).is_some_and(|p| p.sentences.0 == sentence);
        let subject = self.subject == Some(id);
        let own = chain.mentions.iter().rev().take(3).any(|m| asked.content.iter().any(|c| c.overlaps(*m)));
        let truth = [
            back == 0,
            back == 1,
            back == 2,
            back > 2,
            paragraphs == 0,
            paragraphs == 1,
            paragraphs > 1,
            rank == 0,
            rank == 1,
            rank > 1,
            chain.last.subject,
            chain.last.subject && back == 0,
            chain.last.subject && back == 1,
            subject,
            subject && opening,
            chain.last.inside,
            chain.last.quoted,
            chain.last.pronoun,
            last.is_some(),
            last.is_some_and(|s| s.paragraph == paragraph),
            last.is_some_and(|s| s.paragraph + 1 == paragraph),
            last.is_some() && opening,
            spoke == Some(0),
            spoke == Some(1),
            spoke.is_some(),
            own,
            chain.gender.is_some(),
        ];
        let mut features: Vec<f32> = truth.iter().map(|&t| f32::from(u8::from(t))).collect();
        features.push((1.0 + chain.mentions.len() as f32).ln());
        let rest = [chain.mentions.len() == most, chain.named, chain.plural, chain.place];
        features.extend(rest.iter().map(|&t| f32::from(u8::from(t))));
        features
    }
}

/// A pronoun or a description of one person, and what is known where it stands.
pub(super) struct Asked<'q> {
    pub mention: &'q Mention,
    /// The statement before.
    pub spoken: Option<Spoken>,
    /// What the pronoun's statement says, if it is a source.
    pub content: &'q [TokenRange],
}

/// Whether a mention stands for one person.
pub(super) fn is_personal(mention: &Mention) -> bool {
    !matches!(mention.sort, Sort::Pronoun(Pronoun::They | Pronoun::It))
}
