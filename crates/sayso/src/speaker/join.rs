//! Which chain a mention joins: by its name, by its description, or by what its pronoun stands for.

use super::antecedent::Asked;
use super::mention::{Mention, Sort};
use super::name::is_acronym;
use super::page::Page;
use super::tables::Class;
use super::walk::{Ranked, Walk};
use crate::text::TokenRange;

/// How many mentions are looked through for the body that a headline means.
const FORWARD: usize = 100;

impl Walk<'_, '_> {
    /// The chain that a pronoun stands for.
    pub(super) fn pronoun(&mut self, index: usize, mention: &Mention) -> Option<u32> {
        let draft = self.draft_of.get(&index).copied();
        let content = draft.map_or(&[][..], |d| &self.drafts[d].content);
        let asked = Asked { mention, spoken: self.spoken, content };
        if let Some(rankings) = &mut self.rankings {
            let candidates = self.ranking.candidates(self.page, &self.chains, &asked);
            let tokens = candidates.iter().map(|(id, _)| self.chains.all[*id as usize].last.token).collect();
            rankings.push(Ranked { draft, mention: index, candidates, tokens });
        }
        self.ranking.best(self.page, &self.chains, &asked)
    }

    /// The chain of a name that is no full name of a person.
    pub(super) fn name(&mut self, mention: &Mention, words: TokenRange) -> u32 {
        let page = self.page;
        if mention.class != Some(Class::Organization)
            && (words.len() == 1 || mention.class == Some(Class::Person))
            && let Some(id) = self.chains.short_name(page, words, mention.gender)
        {
            return id;
        }
        if mention.class == Some(Class::Person) {
            return self.chains.begin(page, mention);
        }
        if words.len() == 1
            && mention.tokens.len() == 1
            && let Some(id) = self.chains.of_surname(page, words.begin)
        {
            return id;
        }
        // "Department of Fisheries" is a department.
        let of = (words.begin + 1..words.end).find(|&t| page.form(t) == "of");
        let lemma = page.lemma(of.map_or(mention.head, |t| t - 1));
        if words.len() == 1
            && mention.definite
            && self.tables.class(lemma) == Some(Class::Organization)
            && let Some(id) = self.chains.of_head(lemma)
        {
            return id; // "the Committee"
        }
        let wording = self.wording(words);
        let short = self.without_place(words).map(|w| self.wording(w));
        let initials = initials(page, words);
        let known =
            self.chains.worded(&wording).or_else(|| self.chains.worded(short.as_ref()?)).or_else(|| self.chains.worded(initials.as_ref()?));
        let id = known.unwrap_or_else(|| {
            let mut named = mention.clone();
            let given = mention.subject && words.len() == 1 && self.tables.is_given(page.form(words.begin)); // "Robert", whoever he is
            named.class = named.class.or(Some(if given { Class::Person } else { Class::Organization }));
            self.chains.begin(page, &named)
        });
        let chain = &mut self.chains.all[id as usize];
        if words.len() > chain.words.len() && chain.named {
            chain.words = words;
        }
        for wording in [Some(wording), short, initials, self.bracketed(mention.tokens.end)].into_iter().flatten() {
            self.chains.word(wording, id);
        }
        self.chains.head(lemma, id);
        id
    }

    /// "US State Department" without what says whose it is.
    fn without_place(&self, words: TokenRange) -> Option<TokenRange> {
        let page = self.page;
        let form = page.form(words.begin);
        let places = self.tables.is_demonym(form) || self.tables.is_place(form);
        (words.len() > 2 && places).then(|| TokenRange::new(words.begin + 1, words.end))
    }

    /// "FBI" where "(FBI)" follows a name.
    fn bracketed(&self, at: u32) -> Option<String> {
        let page = self.page;
        let short = page.form(at) == "(" && page.form(at + 2) == ")" && is_acronym(page.word(at + 1));
        short.then(|| self.wording(TokenRange::new(at + 1, at + 2)))
    }

    /// Words in lower case without article and full stops, as a key.
    pub(super) fn wording(&self, words: TokenRange) -> String {
        let mut key = String::new();
        for t in words.range().map(|t| t as u32) {
            let form = self.page.form(t);
            if key.is_empty() && matches!(form, "the" | "a" | "an") {
                continue;
            }
            if !key.is_empty() {
                key.push(' ');
            }
            key.extend(form.chars().filter(|&c| c != '.'));
        }
        key
    }

    /// The chain of a description; none for one that nobody asked for and that says nothing.
    pub(super) fn description(&mut self, index: usize, mention: &Mention) -> Option<u32> {
        let phrase = self.phrases.get(&index).copied();
        if mention.class.is_none() && phrase.is_none() {
            return None;
        }
        let person = mention.class == Some(Class::Person) && !mention.plural;
        let owner = mention.owner.and_then(|o| self.owner_chain(mention, o));
        let long = phrase.filter(|p| p.end > mention.tokens.end);
        let wording = long.map_or_else(|| self.owned_wording(mention, owner), |p| self.wording(p));
        let points_back = mention.definite || !person;
        let worded = self.chains.worded(&wording).filter(|_| points_back);
        let known = worded
            .filter(|&id| self.chains.all[id as usize].named)
            .or_else(|| self.by_head(mention, person, worded.is_none() && long.is_none()))
            .or(worded)
            .or_else(|| self.whoever(index, mention).filter(|_| person && mention.definite && phrase.is_some() && mention.owner.is_none()));
        let main = self.protagonist(mention).filter(|_| known.is_none() && person && mention.definite && mention.owner.is_none());
        if main.is_some() {
            self.guessed.insert(index);
            return main;
        }
        let known = known.or_else(|| self.body(mention).filter(|_| phrase.is_some() && long.is_none()));
        let known = known.or_else(|| self.headline_body(mention));
        if known.is_some() {
            return known;
        }
        let id = self.chains.begin(self.page, mention);
        let chain = &mut self.chains.all[id as usize];
        chain.owner = owner;
        if let Some(phrase) = phrase {
            chain.words = phrase;
        }
        self.chains.word(wording, id);
        if person {
            self.chains.role(self.page.lemma(mention.head).to_owned(), id);
        } else if mention.class.is_some() {
            self.chains.head(self.page.lemma(mention.head), id);
        }
        Some(id)
    }

    /// "the mayor", "the department": whoever or whatever had that head noun last.
    fn by_head(&self, mention: &Mention, person: bool, unknown: bool) -> Option<u32> {
        let page = self.page;
        let lemma = page.lemma(mention.head);
        if person && (mention.definite && mention.owner.is_none() || page.is_capital(mention.head)) {
            let former = mention.before.range().any(|t| page.form(t as u32) == "former");
            let known = if former { self.chains.of_role(&format!("former {lemma}")) } else { None };
            let known = known.or_else(|| self.chains.of_role(lemma).filter(|_| !former));
            let named = |id: u32| self.chains.all[id as usize].named;
            return known
                .filter(|&id| unknown || named(id))
                .filter(|&id| mention.gender.is_none() || self.chains.all[id as usize].gender != opposite(mention.gender));
        }
        let short = mention.class == Some(Class::Organization) && !mention.plural && mention.definite && mention.owner.is_none();
        let known = if short && mention.tokens.len() == 2 && unknown { self.chains.of_head(lemma) } else { None };
        known.filter(|&id| !self.chains.all[id as usize].plural)
    }

    /// "the retired surgeon": nobody's role so far, so whoever was spoken of.
    fn whoever(&self, index: usize, mention: &Mention) -> Option<u32> {
        let content = self.draft_of.get(&index).map_or(&[][..], |&d| &self.drafts[d].content);
        let asked = Asked { mention, spoken: self.spoken, content };
        let id = self.ranking.best(self.page, &self.chains, &asked)?;
        let chain = &self.chains.all[id as usize];
        (chain.named && self.page.paragraph(mention.head).saturating_sub(chain.last.paragraph) <= 1).then_some(id)
    }

    /// "the candidate": nobody has that role, so the person whom the article is about.
    fn protagonist(&self, mention: &Mention) -> Option<u32> {
        let id = self.main?;
        let fits = mention.gender.is_none() || self.chains.all[id as usize].gender != opposite(mention.gender);
        fits.then_some(id)
    }

    /// "the agency", "the group": no body was called so, hence the one that was spoken of.
    fn body(&self, mention: &Mention) -> Option<u32> {
        let short = mention.class == Some(Class::Organization) && mention.definite && !mention.plural && mention.owner.is_none();
        if !short || mention.tokens.len() != 2 {
            return None;
        }
        let id = self.ranking.last_body(&self.chains)?;
        let chain = &self.chains.all[id as usize];
        (self.page.paragraph(mention.head).saturating_sub(chain.last.paragraph) <= 1).then_some(id)
    }

    /// "ministry says" in a headline: the first body of that head noun that the article names.
    fn headline_body(&mut self, mention: &Mention) -> Option<u32> {
        let page = self.page;
        let bare = mention.class == Some(Class::Organization) && !mention.plural && mention.tokens.len() == 1;
        if !bare || !page.is_headline(mention.head) {
            return None;
        }
        let lemma = page.lemma(mention.head);
        let mentions = self.mentions;
        let near = mentions.all.iter().take(FORWARD);
        let named = near.filter(|m| m.class == Some(Class::Organization) && !m.place && !m.inside);
        let (body, words) = named
            .filter_map(|m| match m.sort {
                Sort::Name(words) => Some((m, words)),
                _ => None,
            })
            .find(|(_, words)| words.len() > 1 && words.range().any(|t| page.lemma(t as u32) == lemma))?;
        Some(self.name(body, words))
    }

    /// The wording of a description, its owner by surname: "his campaign" and "the Okafor campaign" are one.
    fn owned_wording(&self, mention: &Mention, owner_chain: Option<u32>) -> String {
        let Some(owner) = mention.owner else { return self.wording(mention.tokens) };
        let known = owner_chain.map(|id| &self.chains.all[id as usize]);
        let name = known.map_or(owner, |chain| TokenRange::new(chain.words.end - 1, chain.words.end));
        let rest = TokenRange::new(owner.end, mention.tokens.end);
        let rest = if self.page.tag(rest.begin) == "POS" { TokenRange::new(rest.begin + 1, rest.end) } else { rest };
        format!("{} {}", self.wording(name), self.wording(rest))
    }

    pub(super) fn owner_chain(&self, mention: &Mention, owner: TokenRange) -> Option<u32> {
        let all = &self.mentions.all;
        let at = all.partition_point(|m| m.head < owner.end - 1);
        let inner = (at..(at + 3).min(all.len())).find(|&i| all[i].tokens == owner && mention.head != owner.end - 1)?;
        self.chain_of[inner]
    }

    /// Whether a mention names a person.
    pub(super) fn is_person(&self, mention: usize) -> bool {
        let class = self.chain_of[mention].and_then(|id| self.chains.all[id as usize].class);
        matches!(class, Some(Class::Person | Class::Group)) || matches!(self.mentions.all[mention].sort, Sort::Pronoun(_))
    }
}

fn opposite(gender: Option<super::tables::Gender>) -> Option<super::tables::Gender> {
    use super::tables::Gender;
    gender.map(|g| if g == Gender::Male { Gender::Female } else { Gender::Male })
}

/// The initials of a name of several words: "fbi".
fn initials(page: &Page<'_>, words: TokenRange) -> Option<String> {
    let capitals = words.range().map(|t| t as u32).filter(|&t| page.is_capital(t));
    let initials: String = capitals.filter_map(|t| page.form(t).chars().next()).collect();
    (initials.chars().count() >= 3).then_some(initials)
}
