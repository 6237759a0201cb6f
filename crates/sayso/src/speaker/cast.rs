//! The cast: the chains that speak, each with its name, kind, role and affiliation.

use rustc_hash::FxHashMap;

use super::chain::Chain;
use super::page::Page;
use super::role::Standing;
use super::tables::{Class, Tables, Title};
use super::walk::Walked;
use super::{Attribution, Cast, Kind, Speaker, SpeakerId};
use crate::span::Span;
use crate::text::TokenRange;

/// Makes the cast of a walked text: only those who speak, in the order of their first mention.
pub(super) fn cast(page: &Page<'_>, tables: &Tables<'_>, walked: &Walked<'_>) -> Cast {
    let chains = &walked.chains.all;
    let mut speaking: Vec<u32> = walked.makers.iter().flat_map(|(ids, _)| ids.iter().copied()).collect();
    speaking.sort_unstable();
    speaking.dedup();
    speaking.sort_by_key(|&id| (chains[id as usize].mentions.first().map_or(u32::MAX, |m| m.begin), id));
    let number: FxHashMap<u32, SpeakerId> = speaking.iter().enumerate().map(|(n, &id)| (id, SpeakerId(n as u32))).collect();
    let speakers = speaking.iter().map(|&id| speaker(page, tables, number[&id], chains, id)).collect();
    let attributions = walked
        .makers
        .iter()
        .map(|(ids, by)| Attribution { speakers: ids.iter().map(|id| number[id]).collect(), resolved_by: *by })
        .collect();
    Cast { speakers, attributions }
}

fn speaker(page: &Page<'_>, tables: &Tables<'_>, id: SpeakerId, chains: &[Chain], chain: u32) -> Speaker {
    let chain = &chains[chain as usize];
    let kind = kind(chain);
    let standing = standing(page, tables, chain);
    let has_role = matches!(kind, Kind::Person | Kind::Unnamed);
    let role = standing.and_then(|s| s.role).filter(|_| has_role);
    let all = || standing.into_iter().chain(&chain.standings).filter_map(|s| s.affiliation);
    // "Democratic Sen. Ana Ruiz (D-Ohio)": the tag says more than the party.
    let affiliation = all().find(|a| a.len() > 1 || !tables.is_party(page.form(a.begin))).or_else(|| all().next());
    let mut mentions: Vec<Span> = chain.mentions.iter().map(|&m| page.reading.span_of(m)).collect();
    mentions.sort_unstable();
    // "Carla' Nunes, its director": the name and its last word are one mention.
    mentions.dedup_by(|next, last| {
        let one = next.overlaps(*last);
        if one {
            *last = last.cover(*next);
        }
        one
    });
    Speaker {
        id,
        name: name(page, chains, chain),
        kind,
        role: role.map(|r| role_words(page, r)),
        affiliation: affiliation.filter(|_| has_role || matches!(kind, Kind::Group | Kind::Document)).map(|a| page.words(a)),
        mentions,
    }
}

fn kind(chain: &Chain) -> Kind {
    match chain.class {
        Some(Class::Person) | None if chain.plural => Kind::Group,
        Some(Class::Person) if chain.named => Kind::Person,
        Some(Class::Person) => Kind::Unnamed,
        Some(Class::Group) => Kind::Group,
        Some(Class::Organization) => Kind::Organization,
        Some(Class::Document) => Kind::Document,
        None if chain.named => Kind::Organization,
        None => Kind::Unknown,
    }
}

/// What to say of somebody: the first role beside the name that is more than a grade, or else the grade, or else any role.
fn standing<'c>(page: &Page<'_>, tables: &Tables<'_>, chain: &'c Chain) -> Option<&'c Standing> {
    let is_grade =
        |s: &Standing| s.role.is_some_and(|r| r.len() <= 2 && r.range().all(|t| tables.title(page.form(t as u32)) == Some(Title::Grade)));
    // "Its author", "his friend": told only of what was spoken of.
    let is_relation = |s: &Standing| s.role.is_some_and(|r| r.begin > 0 && page.tag(r.begin - 1) == "PRP$");
    let mut close = chain.standings.iter().filter(|s| s.role.is_some() && s.close);
    let first = close.clone().next();
    close.find(|s| !is_grade(s) && !is_relation(s)).or(first).or_else(|| chain.standings.iter().find(|s| s.role.is_some()))
}

/// The words of a role, of one among several in the singular: "reporter" of "reporters Ana Ruiz and Bo Lind".
fn role_words(page: &Page<'_>, role: TokenRange) -> String {
    let last = role.end - 1;
    let points = |t: &u32| matches!(page.form(*t), "one" | "another" | "every" | "each" | "this" | "that" | "any");
    let begin = (role.begin..last).find(|t| !points(t)).unwrap_or(last); // "one [Lorca lawmaker]"
    let words = page.words(TokenRange::new(begin, role.end));
    let (word, lemma) = (page.word(last), page.lemma(last));
    match words.strip_suffix(word) {
        Some(rest)
            if matches!(page.tag(last), "NNS" | "NNPS")
                && !role.range().any(|t| page.is_preposition(t as u32))
                && word.to_lowercase().starts_with(lemma) =>
        {
            format!("{rest}{}", word.get(..lemma.len()).unwrap_or(word))
        }
        _ => words,
    }
}

/// The words of a chain; "his campaign" by its owner's surname.
fn name(page: &Page<'_>, chains: &[Chain], chain: &Chain) -> String {
    let words = page.words(chain.words);
    let owner = chain.owner.map(|o| &chains[o as usize]).filter(|o| {
        o.named && page.tag(chain.words.begin) == "PRP$" && chain.words.len() > 1 && page.form(chain.words.end - 1) == "campaign"
    });
    let Some(owner) = owner else { return words };
    let surname = page.words(TokenRange::new(owner.words.end - 1, owner.words.end));
    format!("{surname}’s {}", page.words(TokenRange::new(chain.words.begin + 1, chain.words.end)))
}
