//! The walk from left to right: each mention joins a chain, each source finds its speakers.

use rustc_hash::FxHashMap;

use super::ResolvedBy;
use super::antecedent::{Asked, Ranking, Spoken};
use super::chain::Chains;
use super::mention::{Mention, Mentions, Pronoun, Sort, is_acronym};
use super::page::Page;
use super::role::Roles;
use super::source::{self, Part, Source};
use super::tables::{Class, Tables};
use crate::content::{Draft, Drafts, Form};
use crate::cue::CueKind;
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
    pub rankings: Vec<Ranked>,
}

/// A draft, and the token up to which the mentions are known when it is resolved.
struct Due {
    token: u32,
    draft: usize,
    source: Option<Source>,
}

struct Walk<'w, 'a> {
    page: &'w Page<'a>,
    tables: &'w Tables<'w>,
    mentions: &'w Mentions,
    roles: &'w Roles,
    drafts: &'w [Draft],
    chains: Chains<'a>,
    ranking: Ranking,
    /// The chain of each mention so far.
    chain_of: Vec<Option<u32>>,
    /// The phrases of the mentions that are sources.
    phrases: FxHashMap<usize, TokenRange>,
    spoken: Option<Spoken>,
    makers: Vec<Option<Makers>>,
    /// The rankings of pronouns that are sources, where a trainer asked for them.
    rankings: Option<Vec<Ranked>>,
    /// The draft of each mention that is a source.
    draft_of: FxHashMap<usize, usize>,
}

/// The candidates of a pronoun that is the source of a draft.
#[derive(Clone, Debug)]
pub(super) struct Ranked {
    pub draft: usize,
    pub mention: usize,
    pub candidates: Vec<(u32, Vec<f32>)>,
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
    let mut phrases = FxHashMap::default();
    let mut draft_of = FxHashMap::default();
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
        spoken: None,
        makers: vec![None; drafts.drafts.len()],
        rankings: ranked.then(Vec::new),
        draft_of,
    };
    walk.register();
    let mut standing = 0;
    let mut next = 0;
    for (i, mention) in mentions.all.iter().enumerate() {
        while next < due.len() && due[next].token < mention.head {
            walk.settle(&due[next]);
            next += 1;
        }
        walk.mention(i, mention);
        while standing < roles.standings.len() && roles.standings[standing].mention <= i {
            walk.standing(standing);
            standing += 1;
        }
    }
    for due in &due[next..] {
        walk.settle(due);
    }
    let nobody = || (Vec::new(), ResolvedBy::None);
    Walked {
        chains: walk.chains,
        makers: walk.makers.into_iter().map(|m| m.unwrap_or_else(nobody)).collect(),
        rankings: walk.rankings.unwrap_or_default(),
    }
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

impl<'a> Walk<'_, 'a> {
    /// Gives every full name of a person its chain, so that a surname in the headline finds it.
    fn register(&mut self) {
        for (i, mention) in self.mentions.all.iter().enumerate() {
            if let Sort::Name(words) = mention.sort
                && mention.class == Some(Class::Person)
                && words.len() > 1
            {
                self.chain_of[i] = Some(self.chains.full_name(self.page, mention, words));
            }
        }
    }

    /// Puts a mention into its chain.
    fn mention(&mut self, index: usize, mention: &Mention) {
        let beside = self.roles.beside[index].and_then(|m| self.chain_of[m as usize]);
        let id = match (self.chain_of[index], beside, mention.sort) {
            (Some(id), _, _) | (None, Some(id), _) => Some(id),
            (None, None, Sort::Name(words)) => Some(self.name(mention, words)),
            (None, None, Sort::Description) => self.description(index, mention),
            (None, None, Sort::Pronoun(Pronoun::First)) => None,
            (None, None, Sort::Pronoun(_)) if mention.quoted && !self.phrases.contains_key(&index) => None,
            (None, None, Sort::Pronoun(_)) => self.pronoun(index, mention),
        };
        self.chain_of[index] = id;
        if let Some(id) = id {
            self.chains.add(self.page, id, mention);
            if mention.sort != Sort::Pronoun(Pronoun::It) {
                self.ranking.mentioned(id, &self.chains.all[id as usize]);
            }
        }
    }

    /// The chain that a pronoun stands for.
    fn pronoun(&mut self, index: usize, mention: &Mention) -> Option<u32> {
        let draft = self.draft_of.get(&index).copied();
        let content = draft.map_or(&[][..], |d| &self.drafts[d].content);
        let asked = Asked { mention, spoken: self.spoken, content };
        if let (Some(draft), Some(rankings)) = (draft, &mut self.rankings) {
            rankings.push(Ranked { draft, mention: index, candidates: self.ranking.candidates(self.page, &self.chains, &asked) });
        }
        self.ranking.best(self.page, &self.chains, &asked)
    }

    /// The chain of a name that is no full name of a person.
    fn name(&mut self, mention: &Mention, words: TokenRange) -> u32 {
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
        let wording = self.wording(words);
        let short = self.without_place(words).map(|w| self.wording(w));
        let initials = initials(page, words);
        let known =
            self.chains.worded(&wording).or_else(|| self.chains.worded(short.as_ref()?)).or_else(|| self.chains.worded(initials.as_ref()?));
        let id = known.unwrap_or_else(|| {
            let mut named = mention.clone();
            named.class = named.class.or(Some(Class::Organization));
            self.chains.begin(page, &named)
        });
        let chain = &mut self.chains.all[id as usize];
        if words.len() > chain.words.len() && chain.named {
            chain.words = words;
        }
        for wording in [Some(wording), short, initials, self.bracketed(mention.tokens.end)].into_iter().flatten() {
            self.chains.word(wording, id);
        }
        self.chains.head(page.lemma(mention.head), id);
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
    fn wording(&self, words: TokenRange) -> String {
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
    fn description(&mut self, index: usize, mention: &Mention) -> Option<u32> {
        let page = self.page;
        let lemma = page.lemma(mention.head);
        let phrase = self.phrases.get(&index).copied();
        if mention.class.is_none() && phrase.is_none() {
            return None;
        }
        let person = mention.class == Some(Class::Person) && !mention.plural;
        let wording = self.owned_wording(mention);
        let worded = self.chains.worded(&wording).filter(|_| mention.definite || !person);
        if let Some(id) = worded.filter(|&id| self.chains.all[id as usize].named) {
            return Some(id);
        }
        let known = if person && (mention.definite || page.is_capital(mention.head)) {
            self.chains.of_role(lemma)
        } else if mention.class == Some(Class::Organization) && mention.definite && mention.tokens.len() == 2 {
            self.chains.of_head(lemma)
        } else {
            None
        };
        if let Some(id) = known.filter(|&id| worded.is_none() || self.chains.all[id as usize].named).or(worded) {
            return Some(id);
        }
        if person && mention.definite && phrase.is_some() && mention.owner.is_none() {
            // "the retired surgeon": nobody's role so far, so whoever was spoken of.
            if let Some(id) = self.ranking.last_person(&self.chains, mention.gender).filter(|&id| self.is_near(id, mention)) {
                return Some(id);
            }
        }
        let id = self.chains.begin(page, mention);
        if let Some(phrase) = phrase {
            self.chains.all[id as usize].words = phrase;
        }
        self.chains.word(wording, id);
        if mention.class.is_some() {
            self.chains.head(lemma, id);
        }
        Some(id)
    }

    fn is_near(&self, id: u32, mention: &Mention) -> bool {
        let chain = &self.chains.all[id as usize];
        chain.named && self.page.paragraph(mention.head).saturating_sub(chain.last.paragraph) <= 1
    }

    /// The wording of a description, its owner by surname: "his campaign" and "the Okafor campaign" are one.
    fn owned_wording(&self, mention: &Mention) -> String {
        let Some(owner) = mention.owner else { return self.wording(mention.tokens) };
        let known = self.owner_chain(mention, owner).map(|id| &self.chains.all[id as usize]);
        let name = known.map_or(owner, |chain| TokenRange::new(chain.words.end - 1, chain.words.end));
        let rest = TokenRange::new(owner.end, mention.tokens.end);
        let rest = if self.page.tag(rest.begin) == "POS" { TokenRange::new(rest.begin + 1, rest.end) } else { rest };
        format!("{} {}", self.wording(name), self.wording(rest))
    }

    fn owner_chain(&self, mention: &Mention, owner: TokenRange) -> Option<u32> {
        let at = self.mentions.all.partition_point(|m| m.head < owner.end - 1);
        let inner =
            (at..(at + 3).min(self.mentions.all.len())).find(|&i| self.mentions.all[i].tokens == owner && mention.head != owner.end - 1)?;
        self.chain_of[inner]
    }

    /// What the text says of somebody's role goes to the chain.
    fn standing(&mut self, index: usize) {
        let standing = self.roles.standings[index];
        let Some(id) = self.chain_of[standing.mention] else { return };
        self.chains.all[id as usize].standings.push(standing);
        if let Some(role) = standing.role {
            for t in role.range().map(|t| t as u32) {
                let lemma = self.page.lemma(t);
                if self.tables.class(lemma) == Some(Class::Person) || self.tables.title(self.page.form(t)).is_some() {
                    self.chains.head(full_title(lemma), id);
                }
            }
        }
    }

    /// Resolves a draft whose time has come.
    fn settle(&mut self, due: &Due) {
        let draft = &self.drafts[due.draft];
        let makers = match &due.source {
            Some(Source::Parts(parts)) => self.of_parts(parts),
            Some(Source::Relative(token)) => self.of_relative(*token),
            Some(Source::Words(words)) => self.of_words(*words),
            None => self.of_place(due.draft, draft),
        };
        if let Some(&chain) = makers.0.first() {
            let (sentence, paragraph) = (self.page.sentence(due.token), self.page.paragraph(due.token));
            for &id in &makers.0 {
                self.chains.all[id as usize].spoke = Some(sentence);
            }
            if due.source.is_some() {
                self.spoken = Some(Spoken { chain, sentence, paragraph });
            }
        }
        self.makers[due.draft] = Some(makers);
    }

    fn of_parts(&self, parts: &[Part]) -> Makers {
        let mut chains = Vec::new();
        let mut by = ResolvedBy::None;
        for part in parts {
            let mention = &self.mentions.all[part.mention];
            let first = mention.sort == Sort::Pronoun(Pronoun::First) && mention.quoted;
            let id = if first { self.spoken.map(|s| s.chain) } else { self.chain_of[part.mention] };
            let Some(id) = id else { continue };
            if by == ResolvedBy::None {
                by = match mention.sort {
                    Sort::Name(_) => ResolvedBy::Name,
                    Sort::Pronoun(_) => ResolvedBy::Pronoun,
                    Sort::Description => ResolvedBy::Description,
                };
            }
            if !chains.contains(&id) {
                chains.push(id);
            }
        }
        (chains, by)
    }

    /// "who", "that": the nearest mention before it, a person or group where "who" asks for one.
    fn of_relative(&self, token: u32) -> Makers {
        let page = self.page;
        let begin = page.sentence_tokens(page.sentence(token)).begin.max(token.saturating_sub(40));
        let asks_person = page.form(token) != "which" && page.form(token) != "that";
        let fits = |m: &Mention| !asks_person || matches!(m.class, Some(Class::Person | Class::Group)) || m.plural;
        let mut at = token;
        while at > begin {
            at -= 1;
            let Some(found) = self.mentions.at(at) else { continue };
            let mention = &self.mentions.all[found];
            if fits(mention)
                && let Some(id) = self.chain_of[found]
            {
                return (vec![id], ResolvedBy::Pronoun);
            }
            at = mention.tokens.begin;
        }
        (Vec::new(), ResolvedBy::None)
    }

    /// Words without a mention: the chain of that wording, or a new one.
    fn of_words(&mut self, words: TokenRange) -> Makers {
        let wording = self.wording(words);
        let id = self.chains.worded(&wording).unwrap_or_else(|| {
            let mention = Mention {
                tokens: words,
                head: words.end - 1,
                sort: Sort::Description,
                class: None,
                gender: None,
                plural: true,
                place: false,
                definite: false,
                before: TokenRange::new(words.begin, words.begin),
                owner: None,
                inside: false,
                subject: true,
                quoted: false,
            };
            let id = self.chains.begin(self.page, &mention);
            self.chains.add(self.page, id, &mention);
            self.chains.word(wording, id);
            id
        });
        (vec![id], ResolvedBy::Description)
    }

    /// A draft without source: it goes on with what was said before, or nobody tells.
    fn of_place(&self, index: usize, draft: &Draft) -> Makers {
        let followed = draft.follows.map(|f| f as usize).filter(|&f| f < index).and_then(|f| self.makers[f].clone());
        if let Some((chains, _)) = followed.filter(|(c, _)| !c.is_empty()) {
            return (chains, ResolvedBy::Continuation);
        }
        let nobody = (Vec::new(), ResolvedBy::None);
        let Some(spoken) = self.spoken else { return nobody };
        let begin = draft.content.first().map_or(0, |c| c.begin);
        let near = self.page.paragraph(begin).abs_diff(spoken.paragraph) <= 1;
        let goes_on = match &draft.cue {
            None => draft.form != Form::Indirect && near,
            Some(cue) => cue.kind == CueKind::Verb && self.page.tag(cue.head) == "VBG" && self.page.sentence(cue.head) == spoken.sentence,
        };
        if goes_on { (vec![spoken.chain], ResolvedBy::Continuation) } else { nobody }
    }
}

/// The word that a short title stands for.
fn full_title(lemma: &str) -> &str {
    match lemma {
        "sen." | "sen" => "senator",
        "rep." | "rep" => "congressman",
        "gov." | "gov" => "governor",
        "gen." | "gen" => "general",
        "dr." | "dr" => "doctor",
        "prof." | "prof" => "professor",
        "pres." => "president",
        other => other,
    }
}

/// The initials of a name of several words: "fbi".
fn initials(page: &Page<'_>, words: TokenRange) -> Option<String> {
    let capitals = words.range().map(|t| t as u32).filter(|&t| page.is_capital(t));
    let initials: String = capitals.filter_map(|t| page.form(t).chars().next()).collect();
    (initials.chars().count() >= 2).then_some(initials)
}
