//! The walk from left to right: each mention joins a chain, each source finds its speakers.

use rustc_hash::{FxHashMap, FxHashSet};

use super::ResolvedBy;
use super::antecedent::{Ranking, Spoken};
use super::chain::Chains;
use super::mention::{Mention, Mentions, Pronoun, Sort, is_title_case};
use super::page::Page;
use super::role::Roles;
use super::source::{self, Source};
use super::tables::{Class, Tables};
use crate::content::{Draft, Drafts};
use crate::model::Model;
use crate::text::TokenRange;

/// Who made a draft, as chains.
pub(super) type Makers = (Vec<u32>, ResolvedBy);

/// What the walk leaves behind.
pub(super) struct Walked<'a> {
    pub chains: Chains<'a>,
    /// Parallel to the drafts.
    pub makers: Vec<Makers>,
    /// Empty unless asked for.
    #[cfg_attr(not(feature = "train"), expect(dead_code, reason = "only a trainer asks"))]
    pub rankings: Vec<Ranked>,
}

/// The candidates of a pronoun, each with its features.
#[derive(Clone, Debug)]
#[cfg_attr(not(feature = "train"), expect(dead_code, reason = "only a trainer reads it"))]
pub(super) struct Ranked {
    /// The draft, if the pronoun is its source.
    pub draft: Option<usize>,
    pub mention: usize,
    pub candidates: Vec<(u32, Vec<f32>)>,
    /// For each candidate the token of its last mention so far.
    pub tokens: Vec<u32>,
}

/// A draft, and the token up to which the mentions are known when it is resolved.
pub(super) struct Due {
    pub token: u32,
    pub draft: usize,
    pub source: Option<Source>,
}

/// Several who were named together: "Ruiz and Okafor", to whom "they" goes back.
pub(super) struct Together {
    pub chains: Vec<u32>,
    pub token: u32,
    pub sentence: u32,
}

/// What is known on the way.
pub(super) struct Walk<'w, 'a> {
    pub page: &'w Page<'a>,
    pub tables: &'w Tables<'w>,
    pub mentions: &'w Mentions,
    pub roles: &'w Roles,
    pub drafts: &'w [Draft],
    pub chains: Chains<'a>,
    pub ranking: Ranking,
    /// The chain of each mention so far.
    pub chain_of: Vec<Option<u32>>,
    /// The phrases of the mentions that are sources.
    pub phrases: FxHashMap<usize, TokenRange>,
    /// The draft of each mention that is a source.
    pub draft_of: FxHashMap<usize, usize>,
    pub spoken: Option<Spoken>,
    pub together: Option<Together>,
    /// The person whom the article is about, if there is one.
    pub main: Option<u32>,
    /// The descriptions that were taken for that person: what they say is nobody's role.
    pub guessed: FxHashSet<usize>,
    pub makers: Vec<Option<Makers>>,
    /// The rankings of pronouns that are sources, where a trainer asked for them.
    pub rankings: Option<Vec<Ranked>>,
}

/// Walks over a text; `ranked` asks for the rankings too.
pub(super) fn walk<'a>(
    page: &Page<'a>,
    tables: &Tables<'_>,
    mentions: &Mentions,
    roles: &Roles,
    drafts: &Drafts,
    model: &Model,
    ranked: bool,
) -> Walked<'a> {
    let mut due: Vec<Due> = drafts.drafts.iter().enumerate().map(|(i, d)| due(page, mentions, roles, i, d)).collect();
    due.sort_by_key(|d| (d.token, d.draft));
    let (mut phrases, mut draft_of) = (FxHashMap::default(), FxHashMap::default());
    for due in &due {
        if let Some(Source::Parts(parts)) = &due.source {
            phrases.extend(parts.iter().map(|p| (p.mention, p.phrase)));
            draft_of.extend(parts.iter().map(|p| (p.mention, due.draft)));
        }
    }
    let mut walk = Walk {
        page,
        tables,
        mentions,
        roles,
        drafts: &drafts.drafts,
        chains: Chains::default(),
        ranking: Ranking::of(model),
        chain_of: vec![None; mentions.all.len()],
        phrases,
        draft_of,
        spoken: None,
        together: None,
        main: None,
        guessed: FxHashSet::default(),
        makers: vec![None; drafts.drafts.len()],
        rankings: ranked.then(Vec::new),
    };
    walk.register();
    walk.go(&due);
    let nobody = || (Vec::new(), ResolvedBy::None);
    let makers = walk.makers.into_iter().map(|m| m.unwrap_or_else(nobody)).collect();
    Walked { chains: walk.chains, makers, rankings: walk.rankings.unwrap_or_default() }
}

fn due(page: &Page<'_>, mentions: &Mentions, roles: &Roles, draft: usize, d: &Draft) -> Due {
    let source = d.source.filter(|s| !s.is_empty()).map(|s| source::parts(page, mentions, roles, s));
    let begin = d.content.first().map_or(0, |c| c.begin);
    let token = match &source {
        Some(Source::Parts(parts)) => parts.iter().map(|p| mentions.all[p.mention].head).max().unwrap_or(begin),
        Some(Source::Relative(token)) => *token,
        Some(Source::Words(words)) => words.end,
        None => d.cue.as_ref().map_or(begin, |c| c.tokens.begin),
    };
    Due { token, draft, source }
}

/// How often the person must be named whom an article is about.
const MAIN: usize = 4;

impl Walk<'_, '_> {
    fn go(&mut self, due: &[Due]) {
        let (mut standing, mut next) = (0, 0);
        for (i, mention) in self.mentions.all.iter().enumerate() {
            while next < due.len() && due[next].token < mention.head {
                self.settle(&due[next]);
                next += 1;
            }
            self.mention(i, mention);
            while standing < self.roles.standings.len() && self.roles.standings[standing].mention <= i {
                self.standing(standing);
                standing += 1;
            }
        }
        for due in &due[next..] {
            self.settle(due);
        }
        self.affiliate();
    }

    /// Gives the bodies of all standings by name, now that every mention has its chain.
    fn affiliate(&mut self) {
        for id in 0..self.chains.all.len() {
            for at in 0..self.chains.all[id].standings.len() {
                let words = self.chains.all[id].standings[at].affiliation;
                self.chains.all[id].standings[at].affiliation = words.and_then(|a| self.affiliated(a));
            }
        }
    }

    /// Gives every person whom the text names in full, or by title and surname, a chain: so a surname in the headline finds it.
    fn register(&mut self) {
        for full in [true, false] {
            for (i, mention) in self.mentions.all.iter().enumerate() {
                let Sort::Name(words) = mention.sort else { continue };
                if mention.class != Some(Class::Person) || full != Chains::is_full(self.page, words) {
                    continue;
                }
                if full {
                    self.chain_of[i] = Some(self.chains.full_name(self.page, mention, words));
                } else if self.chains.short_name(self.page, words, mention.gender).is_none() {
                    self.chain_of[i] = Some(self.chains.begin(self.page, mention));
                }
            }
        }
        self.register_lone_surnames();
        self.main = self.most_named();
        for standing in &self.roles.standings {
            let Some(id) = self.chain_of[standing.mention] else { continue };
            for key in standing.role.map(|r| self.role_keys(r)).unwrap_or_default() {
                self.chains.later(key, id);
            }
        }
    }

    /// The person whom the article is about: named at least twice as often as anybody else.
    fn most_named(&self) -> Option<u32> {
        let mut counts: FxHashMap<u32, usize> = FxHashMap::default();
        for (i, mention) in self.mentions.all.iter().enumerate() {
            let Sort::Name(words) = mention.sort else { continue };
            let short = || self.chains.short_name(self.page, words, mention.gender).filter(|_| mention.class.is_none() && words.len() == 1);
            if let Some(id) = self.chain_of[i].or_else(short) {
                *counts.entry(id).or_default() += 1;
            }
        }
        let (id, most) = counts.iter().map(|(&id, &n)| (id, n)).max_by_key(|&(id, n)| (n, std::cmp::Reverse(id)))?;
        let second = counts.iter().filter(|&(&other, _)| other != id).map(|(_, &n)| n).max().unwrap_or(0);
        (most >= MAIN && most >= second * 2).then_some(id)
    }

    /// Gives a source of one word that nothing tells of a chain as a person: "Ruiz said" in a text that has no more of her.
    fn register_lone_surnames(&mut self) {
        let page = self.page;
        for (i, mention) in self.mentions.all.iter().enumerate() {
            let Sort::Name(words) = mention.sort else { continue };
            let lone = words.len() == 1 && mention.tokens.len() == 1 && mention.class.is_none() && self.phrases.contains_key(&i);
            if !lone || !is_like_surname(page.word(mention.head)) || self.tables.is_medium(page.form(mention.head)) {
                continue;
            }
            let opens = page.sentence_tokens(page.sentence(mention.head)).begin == mention.head;
            let proper = matches!(page.tag(mention.head), "NNP" | "NNPS") || !opens || self.tables.is_given(page.form(mention.head));
            if proper && !is_title_case(page, mention.head) && self.chains.short_name(page, words, mention.gender).is_none() {
                let class = if self.is_said_to_be_a_body(mention) { Class::Organization } else { Class::Person };
                let known = Mention { class: Some(class), gender: self.tables.given_gender(page.form(mention.head)), ..mention.clone() };
                self.chain_of[i] = Some(self.chains.begin(page, &known));
            }
        }
    }

    /// "Kilmora, the news agency"
    fn is_said_to_be_a_body(&self, mention: &Mention) -> bool {
        let next = self.mentions.beginning(mention.tokens.end + 1).map(|m| &self.mentions.all[m]);
        let described = |m: &&Mention| m.sort == Sort::Description && matches!(self.page.form(m.tokens.begin), "a" | "an" | "the");
        self.page.form(mention.tokens.end) == "," && next.filter(described).is_some_and(|m| m.class == Some(Class::Organization))
    }

    /// Puts a mention into its chain.
    fn mention(&mut self, index: usize, mention: &Mention) {
        let beside = self.roles.beside[index].and_then(|m| self.chain_of[m as usize]);
        let asked = self.phrases.contains_key(&index);
        let id = match (self.chain_of[index], beside, mention.sort) {
            (Some(id), _, _) | (None, Some(id), _) => Some(id),
            (None, None, Sort::Name(words)) => Some(self.name(mention, words)),
            (None, None, Sort::Description) => self.description(index, mention),
            (None, None, Sort::Pronoun(Pronoun::First)) => None,
            (None, None, Sort::Pronoun(_)) if mention.quoted && !asked => None,
            (None, None, Sort::Pronoun(_)) => self.pronoun(index, mention),
        };
        self.chain_of[index] = id;
        if let Some(id) = id {
            self.chains.add(self.page, id, mention);
            if mention.sort != Sort::Pronoun(Pronoun::It) {
                self.ranking.mentioned(id, &self.chains.all[id as usize]);
            }
            self.beside_another(index, mention, id);
        }
    }

    /// Keeps in mind that two persons are named together: "Ruiz and Okafor".
    fn beside_another(&mut self, index: usize, mention: &Mention, id: u32) {
        let page = self.page;
        let person = |m: &Mention| m.class == Some(Class::Person) && !m.plural || matches!(m.sort, Sort::Name(_));
        if mention.inside || mention.quoted || mention.tokens.begin < 2 || page.form(mention.tokens.begin - 1) != "and" || !person(mention)
        {
            return;
        }
        let Some(other) = self.mentions.ending(mention.tokens.begin - 1).filter(|&o| o != index && person(&self.mentions.all[o])) else {
            return;
        };
        if let Some(first) = self.chain_of[other].filter(|&o| o != id) {
            self.together = Some(Together { chains: vec![first, id], token: mention.head, sentence: page.sentence(mention.head) });
        }
    }

    /// What the text says of somebody's role goes to the chain.
    fn standing(&mut self, index: usize) {
        let standing = self.roles.standings[index];
        let Some(id) = self.chain_of[standing.mention].filter(|_| !self.guessed.contains(&standing.mention)) else { return };
        self.chains.all[id as usize].standings.push(standing);
        for key in standing.role.map(|r| self.role_keys(r)).unwrap_or_default() {
            self.chains.role(key, id);
        }
    }

    /// The body that words name: "the group" by its name; none for a person, to whom nobody is affiliated.
    fn affiliated(&self, words: TokenRange) -> Option<TokenRange> {
        let page = self.page;
        let all = &self.mentions.all;
        let at = all.partition_point(|m| m.head < words.end - 1);
        let near = || (at..(at + 3).min(all.len())).filter(|&i| all[i].head == words.end - 1 && all[i].tokens.end == words.end);
        let proper = (words.begin..words.end).any(|t| page.is_capital(t));
        let person = |i: usize| all[i].class == Some(Class::Person) && matches!(all[i].sort, Sort::Name(_));
        let chain = near().find_map(|i| self.chain_of[i]).map(|id| &self.chains.all[id as usize]);
        if proper {
            // "head of Sandon Pictures Television": capitals alone make no person.
            // "half-brother of Premier Ben Okafor": the name begins behind what he is.
            let given = |i: usize| match all[i].sort {
                Sort::Name(name) => self.tables.is_given(page.form(name.begin)) || !all[i].before.is_empty(),
                _ => false,
            };
            let person = if words.len() > 1 {
                near().any(|i| person(i) && (given(i) || self.tables.is_given(page.form(words.begin))))
            } else {
                near().any(person) || self.chains.short_name(page, words, None).is_some()
            };
            return (!person).then_some(words);
        }
        chain.filter(|c| c.named && c.class == Some(Class::Organization) && !c.place).map(|c| c.words)
    }

    /// The head nouns of a role as keys: "former mayor" is not "mayor".
    pub(super) fn role_keys(&self, role: TokenRange) -> Vec<String> {
        let page = self.page;
        let former = role.range().any(|t| matches!(page.form(t as u32), "former" | "ex" | "late"));
        let is_role = |t: &u32| self.tables.class(page.lemma(*t)) == Some(Class::Person) || self.tables.title(page.form(*t)).is_some();
        let nouns = (role.begin..role.end).filter(is_role).map(|t| full_title(page.lemma(t)));
        nouns.map(|n| if former { format!("former {n}") } else { n.to_owned() }).collect()
    }
}

/// Whether a word is written like a surname: not "BuzzFeed", "FBI", "U.S.".
fn is_like_surname(word: &str) -> bool {
    let letters = |c: char| c.is_alphabetic() || matches!(c, '-' | '\'' | '’');
    let mc = word.strip_prefix("Mc").or_else(|| word.strip_prefix("Mac")).unwrap_or(word);
    let rest = mc.split(['-', '\'', '’']).flat_map(|part| part.chars().skip(1));
    word.chars().count() > 2 && word.chars().all(letters) && !rest.clone().any(char::is_uppercase)
}

/// The word that a short title stands for.
fn full_title(lemma: &str) -> &str {
    match lemma {
        "sen." | "sen" => "senator",
        "rep." | "rep" | "representative" => "congressman",
        "gov." | "gov" => "governor",
        "gen." | "gen" => "general",
        "dr." | "dr" => "doctor",
        "prof." | "prof" => "professor",
        "pres." => "president",
        other => other,
    }
}
