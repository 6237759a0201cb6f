//! Chains: the mentions that mean one and the same, built from left to right.

use rustc_hash::FxHashMap;

use super::mention::{Mention, Sort};
use super::name::{is_initial, is_particle, is_suffix};
use super::page::Page;
use super::role::Standing;
use super::tables::{Class, Gender};
use crate::text::TokenRange;

/// How many chains of one surname or given name are compared: enough for a family, and linear.
const NAMESAKES: usize = 8;

/// Mentions of one and the same, and what they tell.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    /// What it is; `None` where no mention told.
    pub class: Option<Class>,
    pub gender: Option<Gender>,
    pub plural: bool,
    /// Whether it is named like a place: a government or a country as an actor.
    pub place: bool,
    /// Its fullest name or description so far.
    pub words: TokenRange,
    /// Whether those words are a name.
    pub named: bool,
    /// Whose it is: "his" of "his campaign".
    pub owner: Option<u32>,
    /// Its mentions, by their tokens.
    pub mentions: Vec<TokenRange>,
    pub standings: Vec<Standing>,
    /// Its last mention.
    pub last: Seen,
    /// The token of the mention before the last.
    pub last_before: u32,
    /// The last sentence where it was a source.
    pub spoke: Option<u32>,
}

/// Where and how a chain was mentioned last.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    pub token: u32,
    pub sentence: u32,
    pub paragraph: u32,
    pub subject: bool,
    pub quoted: bool,
    pub inside: bool,
    pub pronoun: bool,
}

/// All chains of a text so far, with their indexes.
#[derive(Default)]
pub(super) struct Chains<'a> {
    pub all: Vec<Chain>,
    surnames: FxHashMap<&'a str, Vec<u32>>,
    givens: FxHashMap<&'a str, Vec<u32>>,
    /// Names of organisations and wordings of descriptions, in lower case without article.
    wordings: FxHashMap<String, u32>,
    /// Persons by the head noun of a role: "spokesman", "former mayor".
    roles: FxHashMap<String, u32>,
    /// The same, for roles that the text tells only further on.
    later: FxHashMap<String, u32>,
    /// Organisations by their head noun: "department".
    heads: FxHashMap<&'a str, u32>,
}

/// The parts of a person's name, in lower case.
struct Parts<'a> {
    given: Option<&'a str>,
    surname: &'a str,
}

fn parts<'a>(page: &Page<'a>, words: TokenRange) -> Parts<'a> {
    let last = (words.begin..words.end).rev().find(|&t| !is_suffix(page.form(t)) && page.form(t) != ",").unwrap_or(words.begin);
    let given = (words.begin..last).find(|&t| !is_particle(page.form(t))).map(|t| page.form(t));
    Parts { given, surname: page.form(last) }
}

/// Whether two given names can be one person's: equal, or one is the other's initial.
fn given_names_fit(a: &str, b: &str) -> bool {
    let initial = |s: &str| is_initial(&s.to_uppercase());
    a == b || (initial(a) || initial(b)) && a.chars().next() == b.chars().next()
}

impl<'a> Chains<'a> {
    /// A new chain that begins with a mention.
    pub fn begin(&mut self, page: &Page<'a>, mention: &Mention) -> u32 {
        let id = self.all.len() as u32;
        let (words, named) = match mention.sort {
            Sort::Name(words) => (words, true),
            _ => (mention.tokens, false),
        };
        self.all.push(Chain {
            class: mention.class,
            gender: mention.gender,
            plural: mention.plural,
            place: mention.place,
            words,
            named,
            owner: None,
            mentions: Vec::new(),
            standings: Vec::new(),
            last: Seen::default(),
            last_before: 0,
            spoke: None,
        });
        if named && mention.class == Some(Class::Person) {
            let parts = parts(page, words);
            self.surnames.entry(parts.surname).or_default().push(id);
            if let Some(given) = parts.given {
                self.givens.entry(given).or_default().push(id);
            }
        }
        id
    }

    /// Whether words name a person by more than a surname: "Ruben van der Velde", not "Van der Velde".
    pub fn is_full(page: &Page<'a>, words: TokenRange) -> bool {
        parts(page, words).given.is_some()
    }

    /// The chain of a person's full name; a new one if there is none.
    pub fn full_name(&mut self, page: &Page<'a>, mention: &Mention, words: TokenRange) -> u32 {
        let parts = parts(page, words);
        let Some(given) = parts.given else { return self.begin(page, mention) };
        let namesakes = self.surnames.get(parts.surname).map_or(&[][..], Vec::as_slice);
        let fits = |&&id: &&u32| self.given_of(page, id).is_none_or(|g| given_names_fit(g, given));
        if let Some(&id) = namesakes.iter().take(NAMESAKES).find(fits) {
            let known = self.all[id as usize].words;
            if self.given_of(page, id).is_none() {
                self.givens.entry(given).or_default().push(id);
            }
            let chain = &mut self.all[id as usize];
            if words.len() > known.len() {
                chain.words = words;
            }
            chain.gender = chain.gender.or(mention.gender);
            return id;
        }
        self.begin(page, mention)
    }

    fn given_of(&self, page: &Page<'a>, id: u32) -> Option<&'a str> {
        parts(page, self.all[id as usize].words).given
    }

    /// The person that a surname or given name alone means here.
    pub fn short_name(&self, page: &Page<'a>, words: TokenRange, gender: Option<Gender>) -> Option<u32> {
        let form = parts(page, words).surname;
        let by_surname = self.surnames.get(form).map_or(&[][..], Vec::as_slice);
        let by_given = self.givens.get(form).map_or(&[][..], Vec::as_slice);
        let candidates = if by_surname.is_empty() { by_given } else { by_surname };
        let fits = |id: u32| gender.is_none() || self.all[id as usize].gender.is_none_or(|g| Some(g) == gender);
        let salience = |id: u32| {
            let chain = &self.all[id as usize];
            (!chain.mentions.is_empty(), chain.mentions.len(), std::cmp::Reverse(id))
        };
        candidates.iter().copied().take(NAMESAKES).filter(|&id| fits(id)).max_by_key(|&id| salience(id))
    }

    /// The person whose full name ends in this word, although it may name something else, too: "Amman", "Bloomberg".
    pub fn of_surname(&self, page: &Page<'a>, word: u32) -> Option<u32> {
        let namesakes = self.surnames.get(page.form(word))?;
        namesakes.iter().copied().take(NAMESAKES).find(|&id| self.given_of(page, id).is_some())
    }

    /// The chain of a wording: an organisation's name, "the voters".
    pub fn worded(&self, wording: &str) -> Option<u32> {
        self.wordings.get(wording).copied()
    }

    /// Remembers that a wording means a chain.
    pub fn word(&mut self, wording: String, id: u32) {
        self.wordings.entry(wording).or_insert(id);
    }

    /// Remembers the head noun of an organisation: "the department" means the last one.
    pub fn head(&mut self, lemma: &'a str, id: u32) {
        self.heads.insert(lemma, id);
    }

    /// Remembers somebody's role: "the spokesman" means the last one, one with a name before one without.
    pub fn role(&mut self, key: String, id: u32) {
        let named = |id: u32| self.all[id as usize].named;
        if self.roles.get(&key).is_none_or(|&known| named(id) || !named(known)) {
            self.roles.insert(key, id);
        }
    }

    /// Remembers a role that the text tells further on.
    pub fn later(&mut self, key: String, id: u32) {
        self.later.entry(key).or_insert(id);
    }

    /// The last person of a role, or else the first who will have it.
    pub fn of_role(&self, key: &str) -> Option<u32> {
        let known = self.roles.get(key).copied();
        known.filter(|&id| self.all[id as usize].named).or_else(|| self.later.get(key).copied()).or(known)
    }

    /// The last organisation of a head noun.
    pub fn of_head(&self, lemma: &str) -> Option<u32> {
        self.heads.get(lemma).copied()
    }

    /// Adds a mention to a chain.
    pub fn add(&mut self, page: &Page<'a>, id: u32, mention: &Mention) {
        let chain = &mut self.all[id as usize];
        chain.mentions.push(mention.tokens);
        chain.class = chain.class.or(mention.class);
        if chain.class == Some(Class::Person) && !chain.plural {
            chain.gender = chain.gender.or(mention.gender);
        }
        chain.last_before = chain.last.token;
        chain.last = Seen {
            token: mention.head,
            sentence: page.sentence(mention.head),
            paragraph: page.paragraph(mention.head),
            subject: mention.subject,
            quoted: mention.quoted,
            inside: mention.inside,
            pronoun: matches!(mention.sort, Sort::Pronoun(_)),
        };
    }
}
