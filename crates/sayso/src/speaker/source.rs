//! The mentions that a source is made of: "Ruiz and two of her aides" are two.

use super::mention::{Mention, Mentions, Sort};
use super::page::Page;
use super::role::Roles;
use super::tables::Class;
use crate::text::TokenRange;

/// One of those that a source names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Its mention.
    pub mention: usize,
    /// The mention with the phrases that hang on it: "officials in two counties".
    pub phrase: TokenRange,
}

/// What a source is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// One or several mentions.
    Parts(Vec<Part>),
    /// "who", "which", "that": what stands before it.
    Relative(u32),
    /// Words that no mention covers.
    Words(TokenRange),
}

/// Takes a source apart.
pub(super) fn parts(page: &Page<'_>, mentions: &Mentions, roles: &Roles, source: TokenRange) -> Source {
    let shouted = page.word(source.end - 1) == "WHO" && !page.quoted(source.end - 1); // a body
    if source.len() <= 2 && !shouted && matches!(page.form(source.end - 1), "who" | "which" | "that" | "whom" | "whose") {
        return Source::Relative(source.end - 1);
    }
    if page.form(source.begin) == "whose" {
        return Source::Relative(source.begin); // "whose campaign": the one before it
    }
    let Some((mut first, _)) = next_mention(mentions, source.begin, source) else { return Source::Words(source) };
    if page.tag(mentions.all[first].head) == "CD"
        && source.begin > 0
        && page.form(source.begin - 1) == ","
        && let Some(name) = mentions.ending(source.begin - 1).filter(|&m| matches!(mentions.all[m].sort, Sort::Name(_)))
    {
        first = name; // "[Tom Byrne,] 52, a farmer": the source begins at the age
    }
    let mut taker = Taker { page, mentions, roles, source, parts: vec![part(page, mentions, first)], hanging: false };
    let mut at = mentions.all[first].tokens.end.max(source.begin);
    while at < source.end {
        match taker.step(at) {
            Some(next) => at = next.max(at + 1),
            None => break,
        }
    }
    let mut parts = taker.parts;
    if let [only] = &mut parts[..] {
        only.phrase.end = only.phrase.end.max(whole(page, &mentions.all[only.mention], source));
    }
    Source::Parts(parts)
}

/// Where the description of somebody without a name ends: with the source, or at its first comma.
fn whole(page: &Page<'_>, mention: &Mention, source: TokenRange) -> u32 {
    let described = mention.sort == Sort::Description && !matches!(mention.class, Some(Class::Organization | Class::Document));
    if !described {
        return mention.tokens.end;
    }
    let comma = (mention.tokens.end..source.end).find(|&t| matches!(page.form(t), "," | "—" | "-" | "–" | "(" | ";" | ":"));
    let end = comma.unwrap_or(source.end);
    if page.tag(end - 1) == "POS" { end - 1 } else { end }
}

/// The mention as it names somebody: without a leading article where a name follows.
fn part(page: &Page<'_>, mentions: &Mentions, mention: usize) -> Part {
    let tokens = mentions.all[mention].tokens;
    let named = matches!(mentions.all[mention].sort, Sort::Name(_)) || page.is_capital(tokens.end - 1);
    let begin = if named && page.form(tokens.begin) == "the" && tokens.len() > 1 { tokens.begin + 1 } else { tokens.begin };
    Part { mention, phrase: TokenRange::new(begin, tokens.end) }
}

/// Whether a phrase is but a word for a level of government or a side, which another such word may join.
fn is_side(page: &Page<'_>, phrase: TokenRange) -> bool {
    let sides = ["federal", "state", "local", "city", "county", "national", "foreign", "military", "civilian", "political", "public"];
    phrase.len() == 1 && sides.contains(&page.form(phrase.begin))
}

/// The first mention from a token on whose head stands in the source: the outermost one that does.
fn next_mention(mentions: &Mentions, from: u32, source: TokenRange) -> Option<(usize, TokenRange)> {
    for t in from..source.end {
        let Some(outer) = mentions.at(t) else { continue };
        let mention = &mentions.all[outer];
        if source.has(mention.head) {
            return Some((outer, mention.tokens));
        }
        // "Okafor's" of "Okafor's first tweet": the owner alone stands in the source.
        let inner = mentions.all[..outer].iter().enumerate().rev().take(4).find(|(_, m)| m.inside && source.has(m.head));
        if let Some((i, m)) = inner {
            return Some((i, m.tokens));
        }
    }
    None
}

struct Taker<'r, 'a> {
    page: &'r Page<'a>,
    mentions: &'r Mentions,
    roles: &'r Roles,
    source: TokenRange,
    parts: Vec<Part>,
    /// Whether a phrase with a preposition hangs on the last part.
    hanging: bool,
}

impl Taker<'_, '_> {
    /// Reads on at a token; gives the token to go on from, none at the end.
    fn step(&mut self, at: u32) -> Option<u32> {
        let page = self.page;
        let next = self.mentions.beginning(at + 1).filter(|&m| self.mentions.all[m].tokens.end <= self.source.end);
        match page.form(at) {
            "," | "(" | "—" | "-" => self.comma(at, next),
            "and" | "or" | "nor" | "&" => {
                let next = next?;
                let other = &self.mentions.all[next];
                if let Some(last) = self.parts.last_mut().filter(|p| self.roles.beside[p.mention] == Some(next as u32)) {
                    // "film-maker and author Ana Ruiz"
                    *last = part(page, self.mentions, next);
                    return Some(other.tokens.end);
                }
                let person = matches!(other.sort, Sort::Name(_)) && other.class == Some(Class::Person);
                let last = self.parts.last().map(|p| &self.mentions.all[p.mention]);
                let double = |a: &Mention, b: &Mention| {
                    let single = |m: &Mention| m.sort == Sort::Description && m.class == Some(Class::Person) && !m.plural;
                    single(a) && single(b) && !matches!(page.tag(b.tokens.begin), "DT" | "PRP$") && b.owner.is_none()
                };
                if last.is_some_and(|last| double(last, other)) {
                    // "the businessman and reality star"
                    self.extend(other.tokens.end);
                } else if self.parts.last().is_some_and(|p| is_side(page, p.phrase)) && other.plural && other.sort == Sort::Description {
                    // "Federal and state officials"
                    let whole = TokenRange::new(self.source.begin, other.tokens.end);
                    self.parts = vec![Part { mention: next, phrase: whole }];
                } else if !self.hanging || person {
                    self.parts.push(part(page, self.mentions, next));
                    self.hanging = false;
                } else {
                    self.extend(other.tokens.end);
                }
                Some(other.tokens.end)
            }
            _ if page.is_preposition(at) && page.form(at) != "that" => {
                let object = (at + 1..at + 4).find_map(|t| self.mentions.beginning(t)).map(|m| self.mentions.all[m].tokens.end);
                let end = object.filter(|&e| e <= self.source.end).unwrap_or(at + 1);
                self.hanging = true;
                self.extend(end);
                Some(end)
            }
            ")" => Some(at + 1),
            _ if page.tag(at) == "POS" => Some(at + 1),
            _ => self.runs_on(at),
        }
    }

    /// A phrase that the tags broke: "“Harbour” star | Ana Ruiz", "a fund called | Ridge Rising".
    fn runs_on(&mut self, at: u32) -> Option<u32> {
        let page = self.page;
        let broken = |t: u32| matches!(page.tag(t), "JJ" | "VBN" | "VBG" | "HYPH" | "``" | "''" | "NN" | "CD") || page.quoted(t);
        let next =
            (at..(at + 6).min(self.source.end)).take_while(|&t| t == at || broken(t - 1)).find_map(|t| self.mentions.beginning(t))?;
        let other = &self.mentions.all[next];
        let called = (at..other.tokens.begin).any(|t| matches!(page.form(t), "called" | "named" | "dubbed"));
        let named = matches!(other.sort, Sort::Name(_)) && (other.class == Some(Class::Person) || called);
        if !named || other.tokens.end > self.source.end || self.hanging {
            return None;
        }
        *self.parts.last_mut()? = part(page, self.mentions, next);
        Some(other.tokens.end)
    }

    fn comma(&mut self, at: u32, next: Option<usize>) -> Option<u32> {
        let next = next.filter(|&n| self.page.tag(self.mentions.all[n].head) != "CD")?;
        let last = self.parts.last_mut()?;
        let other = &self.mentions.all[next];
        if self.roles.beside[last.mention] == Some(next as u32) {
            // "the spokesman, Josh Earnest": the name is who it is.
            *last = part(self.page, self.mentions, next);
            self.hanging = false;
        } else if self.roles.beside[next] != Some(last.mention as u32) {
            let named = matches!(other.sort, Sort::Name(_)) && other.class == Some(Class::Person);
            let article = matches!(self.page.form(other.tokens.begin), "a" | "an" | "the");
            let before = &self.mentions.all[last.mention];
            let last_named = matches!(before.sort, Sort::Name(_));
            if article && last_named && other.sort == Sort::Description {
                return None; // an apposition, whatever it says
            }
            let listed = (other.tokens.end..self.source.end).any(|t| matches!(self.page.form(t), "and" | "or")) && (!self.hanging || named);
            let owned = before.sort == Sort::Description && before.owner.is_some() && !before.plural;
            let body = matches!(other.sort, Sort::Name(_)) && other.class == Some(Class::Organization) && article;
            // "Osterland's official, state-run media"
            let many = other.plural || matches!(other.class, Some(Class::Organization | Class::Group | Class::Document));
            if owned && !listed && many && other.sort == Sort::Description && !article && other.owner.is_none() {
                *last = Part { mention: next, phrase: TokenRange::new(last.phrase.begin, other.tokens.end) };
                return Some(other.tokens.end);
            }
            if owned && (named || body) && !listed && !matches!(before.class, Some(Class::Organization | Class::Document)) {
                // "her running mate, Gov. Josh Earnest", "the bloc's executive, the European Commission"
                *last = part(self.page, self.mentions, next);
                self.hanging = false;
                return Some(other.tokens.end);
            }
            if !listed || self.page.form(at) != "," || matches!(self.mentions.all[next].sort, Sort::Pronoun(_)) {
                return None;
            }
            self.parts.push(part(self.page, self.mentions, next));
            self.hanging = false;
        } else {
            // An apposition: go on only where ", and" follows it.
            let comma = (other.tokens.end..self.source.end).find(|&t| self.page.form(t) == ",")?;
            self.hanging = false;
            return matches!(self.page.form(comma + 1), "and" | "or").then_some(comma + 1);
        }
        Some(other.tokens.end)
    }

    fn extend(&mut self, end: u32) {
        if let Some(last) = self.parts.last_mut() {
            last.phrase.end = end.min(self.source.end);
        }
    }
}
