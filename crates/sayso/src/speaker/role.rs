//! Role and affiliation, as they stand beside a name: titles, appositions, "of" phrases, party tags.

use rustc_hash::FxHashSet;

use super::mention::{Mention, Mentions, Sort};
use super::page::Page;
use super::tables::{Class, Tables, Title};
use crate::text::TokenRange;

/// What one place of the text says of somebody's role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    /// Of which mention it is said.
    pub mention: usize,
    pub role: Option<TokenRange>,
    pub affiliation: Option<TokenRange>,
    /// Whether it stands beside the name, not in a clause of its own.
    pub close: bool,
}

/// What the text says of roles, and which mentions are one by apposition.
#[derive(Default)]
pub(super) struct Roles {
    /// In the order of their mention.
    pub standings: Vec<Standing>,
    /// For each mention the one that it is put beside: "an organizer" of "Asa Khalif, an organizer".
    pub beside: Vec<Option<u32>>,
}

/// The farthest that a phrase beside a name reaches, in tokens.
pub(super) const REACH: u32 = 30;

/// How many names in a row share a role that stands before them.
const MOST_IN_A_ROW: usize = 8;

/// Reads the roles of all persons.
///
/// `parted`: where sources begin that stand right behind what they say.
pub(super) fn read(page: &Page<'_>, tables: &Tables<'_>, mentions: &Mentions, parted: &FxHashSet<u32>) -> Roles {
    let mut reader =
        Reader { page, tables, mentions, parted, roles: Roles { standings: Vec::new(), beside: vec![None; mentions.all.len()] } };
    for (i, mention) in mentions.all.iter().enumerate() {
        let named = matches!(mention.sort, Sort::Name(_));
        if named && !matches!(mention.class, Some(Class::Organization | Class::Document)) {
            reader.ahead(i, mention);
            reader.before(i, mention);
            reader.after(i, mention);
        } else if mention.class == Some(Class::Person) && mention.sort == Sort::Description {
            reader.of_description(i, mention);
        } else if mention.class == Some(Class::Document) {
            reader.of_document(i, mention);
        }
    }
    reader.roles
}

/// What the reading of roles asks, and what it found.
pub(super) struct Reader<'r, 'a> {
    pub(super) page: &'r Page<'a>,
    pub(super) tables: &'r Tables<'r>,
    pub(super) mentions: &'r Mentions,
    pub(super) parted: &'r FxHashSet<u32>,
    pub(super) roles: Roles,
}

impl Reader<'_, '_> {
    pub(super) fn note(&mut self, mention: usize, role: Option<TokenRange>, affiliation: Option<TokenRange>, close: bool) {
        let role = role.filter(|r| !r.is_empty());
        let affiliation = affiliation.filter(|a| !a.is_empty()).and_then(|a| self.body(a)).filter(|&a| !self.is_side(role, a));
        if role.is_some() || affiliation.is_some() {
            self.roles.standings.push(Standing { mention, role, affiliation, close });
        }
    }

    /// "White House spokesman Josh Earnest", "Gov. Chris Christie", "The Post's Ruth Marcus".
    fn before(&mut self, index: usize, mention: &Mention) {
        let page = self.page;
        let owner = mention.owner.map(|o| self.without_article(o));
        let (role, prefix) = self.role_in(mention.before);
        let owner = owner.map(|o| self.with_campaign(o, role));
        self.note(index, role, owner.or(prefix), true);
        if let Some(role) = role.filter(|r| matches!(page.tag(r.end - 1), "NNS" | "NNPS")) {
            self.shared(mention, role, owner.or(prefix));
        }
    }

    /// "reporters Ana Ruiz and Bo Lind": the role of all who are named in a row.
    fn shared(&mut self, first: &Mention, role: TokenRange, affiliation: Option<TokenRange>) {
        let page = self.page;
        let mut at = first.tokens.end;
        for _ in 0..MOST_IN_A_ROW {
            let next = (at + 1..at + 3).find_map(|t| self.mentions.beginning(t));
            let joined = matches!(page.form(at), "," | "and" | "&");
            let Some(next) = next.filter(|_| joined) else { return };
            let other = &self.mentions.all[next];
            if !matches!(other.sort, Sort::Name(_)) || other.class != Some(Class::Person) || !other.before.is_empty() {
                return;
            }
            at = other.tokens.end;
            self.note(next, Some(role), affiliation, true);
        }
    }

    /// Splits "New Jersey Gov." into role and the name that stands before it; no role for "Mr.".
    pub(super) fn role_in(&self, words: TokenRange) -> (Option<TokenRange>, Option<TokenRange>) {
        let page = self.page;
        let is_role = |t: u32| {
            matches!(self.tables.title(page.form(t)), Some(Title::Rank | Title::Grade))
                || self.tables.class(page.lemma(t)) == Some(Class::Person)
        };
        let undated = (words.begin..words.end).find(|&t| !self.tables.is_date(page.form(t))).unwrap_or(words.end);
        let words = TokenRange::new(undated, words.end); // "On Monday Health Minister Ana Ruiz"
        let told = words.range().any(|t| self.tables.class(page.lemma(t as u32)) == Some(Class::Person));
        let says = |t: &u32| match self.tables.title(page.form(*t)) {
            Some(Title::Courtesy) => false,
            Some(Title::Grade) => !told || !page.form(*t).starts_with("dr"), // "professor Dr."
            _ => true,
        };
        let begin = (words.begin..words.end).find(says).unwrap_or(words.end);
        let end = (begin..words.end).rev().find(says).map_or(begin, |t| t + 1);
        let words = TokenRange::new(begin, end);
        if let Some(split) = self.of_body(words) {
            return split;
        }
        let proper = self.proper_run(words);
        let Some(first) = (words.begin..words.end).find(|&t| is_role(t) && (proper.is_none_or(|p| t >= p.end) || !page.is_capital(t)))
        else {
            let whole_is_role = words.range().any(|t| is_role(t as u32));
            return if whole_is_role { (Some(words), None) } else { (None, proper) };
        };
        let place = proper.filter(|p| self.tables.is_place(&page.words(*p).to_lowercase()));
        let abbreviated = page.form(first).ends_with('.') || page.is_capital(first) && self.tables.title(page.form(first)).is_some();
        let begin = match proper {
            Some(p) if abbreviated && (place.is_some() || p.len() == 1 && self.is_party(p.begin)) => p.end,
            Some(p) => self.without_body(p, words),
            None => words.begin,
        };
        (Some(TokenRange::new(begin, words.end)), proper)
    }

    /// Where a role begins that a longer body stands in front of: "White House | spokesman".
    pub(super) fn without_body(&self, body: TokenRange, role: TokenRange) -> u32 {
        let page = self.page;
        let capitals = (body.begin..body.end).take_while(|&t| page.is_capital(t) || page.form(t) == "of").count() as u32;
        let end = body.begin + capitals;
        let longer = end == body.end && capitals > role.end - end;
        let known = self.body(body) == Some(body) && !self.is_party(body.begin) && !self.tables.is_place(page.form(body.begin));
        if body.begin == role.begin && end < role.end && longer && known { end } else { role.begin }
    }

    /// "President of Osterland" before a name.
    fn of_body(&self, words: TokenRange) -> Option<(Option<TokenRange>, Option<TokenRange>)> {
        let page = self.page;
        let of = (words.begin + 1..words.end.saturating_sub(1)).find(|&t| matches!(page.form(t), "of" | "for" | "to"))?;
        if page.form(of) == "to" {
            return Some((Some(words), None)); // "Ambassador to Osterland"
        }
        if self.tables.class(page.lemma(of - 1)) == Some(Class::Organization) {
            return None; // "University of Lorca professor"
        }
        let body = self.without_article(TokenRange::new(of + 1, words.end));
        let place = self.tables.is_place(&page.words(body).to_lowercase());
        let office = page.lemma(of - 1);
        let part_of_role = matches!(office, "secretary" | "minister") || office == "speaker" && page.form(of) == "of";
        match (place, part_of_role) {
            (true, _) => Some((Some(words), Some(body))),
            (false, true) => None,
            (false, false) => Some((Some(TokenRange::new(words.begin, of)), Some(body))),
        }
    }

    pub(super) fn without_article(&self, words: TokenRange) -> TokenRange {
        match self.page.form(words.begin) {
            "the" | "a" | "an" if words.len() > 1 => TokenRange::new(words.begin + 1, words.end),
            _ => words,
        }
    }

    /// What follows a name: "(D-Ohio)", "of Vermont", ", 31, a photographer, ", ", who is ...", " is a ...".
    fn after(&mut self, index: usize, mention: &Mention) {
        let page = self.page;
        let mut at = mention.tokens.end;
        if page.tag(at) == "POS" {
            return;
        }
        if let Some((tag, end)) = self.party_tag(at) {
            self.note(index, None, Some(tag), true);
            at = end;
        }
        let body = |p: &TokenRange| p.range().any(|t| self.tables.class(page.lemma(t as u32)) == Some(Class::Organization));
        if matches!(page.form(at), "of" | "from" | "at")
            && let Some(place) = self.proper_object(at + 1).filter(|p| page.form(at) != "at" || body(p))
        {
            self.note(index, None, Some(place), true);
            at = place.end;
        }
        if page.form(at) == "," || page.form(at) == "—" || page.form(at) == "(" {
            at += 1;
            // An age between commas.
            if page.tag(at) == "CD" && matches!(page.form(at + 1), "," | ")") {
                at += 2;
                at += u32::from(page.form(at) == ",");
            }
            self.apposition(index, at);
        } else if matches!(page.form(at), "is" | "was") && mention.subject {
            self.predicate(index, at + 1);
        }
    }

    /// The proper noun phrase that begins at a token, without its article.
    pub(super) fn proper_object(&self, at: u32) -> Option<TokenRange> {
        let first = &self.mentions.all[self.mentions.beginning(at)?];
        // "the advocacy group | Citizens Ahead"
        let next = self.mentions.beginning(first.tokens.end).map(|m| &self.mentions.all[m]);
        let runs_on =
            next.filter(|n| first.class == Some(Class::Organization) && first.sort == Sort::Description && matches!(n.sort, Sort::Name(_)));
        let mention = runs_on.unwrap_or(first);
        let words = self.without_article(mention.tokens);
        let capital = (words.begin..words.end).find(|&t| self.page.is_capital(t));
        let words = capital.map_or(words, |t| TokenRange::new(t, words.end));
        let proper = self.page.is_capital(words.begin) || self.page.is_capital(mention.head);
        proper.then_some(words)
    }

    /// "the White House spokesman, Josh Earnest,": a description before the name.
    fn ahead(&mut self, index: usize, mention: &Mention) {
        let page = self.page;
        let begin = mention.tokens.begin;
        self.ahead_of_and(index, mention);
        let Some(comma) = begin.checked_sub(1).filter(|&t| page.form(t) == ",") else { return };
        let closed = matches!(page.form(mention.tokens.end), "," | "." | ":" | ";" | "—" | "-" | "(") || page.is_verb(mention.tokens.end);
        let Some(mut other) = self.mentions.ending(comma).filter(|_| closed) else { return };
        let is_role = |m: &Mention| {
            m.class == Some(Class::Person)
                && m.sort == Sort::Description
                && !m.plural
                && (m.definite || m.owner.is_some() || matches!(page.form(m.tokens.begin), "a" | "an"))
        };
        for _ in 0..3 {
            let description = &self.mentions.all[other];
            // "an adviser to the mayor, Ana Ruiz,": the name is the adviser's.
            let served = description.tokens.begin.checked_sub(1).filter(|&t| matches!(page.form(t), "to" | "for"));
            let server = served.and_then(|t| self.mentions.ending(t)).filter(|&m| is_role(&self.mentions.all[m]));
            if let Some(server) = server.filter(|_| is_role(description)) {
                other = server;
                continue;
            }
            if is_role(description) {
                let opens = page.sentence_tokens(page.sentence(begin)).begin == description.tokens.begin;
                if self.parted.contains(&begin) && !opens {
                    return; // "They thanked the mayor, Ana Ruiz said"
                }
                let (role, affiliation) = self.whole_role(description);
                if role.end <= comma {
                    self.note(index, Some(role), affiliation, true);
                    self.join(other, index);
                }
                return;
            }
            // "the director of the Harbour Office, Ana Ruiz": step over the "of" phrase.
            let Some(preposition) = description.tokens.begin.checked_sub(1).filter(|&t| page.is_preposition(t)) else { return };
            let Some(previous) = self.mentions.ending(preposition) else { return };
            other = previous;
        }
    }

    /// "labour leader and writer Ana Ruiz": the first half of a double role.
    fn ahead_of_and(&mut self, index: usize, mention: &Mention) {
        let page = self.page;
        let Sort::Name(words) = mention.sort else { return };
        let begin = mention.tokens.begin;
        if mention.before.is_empty() || page.is_capital(mention.before.begin) || begin == 0 || page.form(begin - 1) != "and" {
            return;
        }
        let Some(other) = self.mentions.ending(begin - 1) else {
            // A noun that was taken for an adjective: "novelist and teacher ...".
            if begin > 1 && self.tables.class(page.lemma(begin - 2)) == Some(Class::Person) {
                self.note(index, Some(TokenRange::new(begin - 2, words.begin)), None, true);
            }
            return;
        };
        let half = &self.mentions.all[other];
        let bare = !matches!(page.tag(half.tokens.begin), "DT" | "PRP$");
        if half.class == Some(Class::Person) && half.sort == Sort::Description && !half.plural && bare {
            let from = half.owner.map_or(half.tokens.begin, |o| o.end + u32::from(page.tag(o.end) == "POS"));
            let owner = half.owner.map(|o| self.without_article(o));
            self.note(index, Some(TokenRange::new(from, words.begin)), owner, true);
            self.join(other, index);
        }
    }

    /// The role of somebody without a name: "a spokesman for the bank".
    fn of_description(&mut self, index: usize, mention: &Mention) {
        if self.is_vague(mention) {
            return;
        }
        let (role, affiliation) = self.whole_role(mention);
        let affiliation = affiliation.filter(|&a| !mention.plural || self.is_body_of_many(mention, a));
        self.note(index, Some(role).filter(|_| !mention.plural), affiliation, false);
    }

    /// Whether a description says of somebody no more than that it is one: "a man", "the candidate", "his rival".
    pub(super) fn is_vague(&self, mention: &Mention) -> bool {
        matches!(
            self.page.lemma(mention.head),
            "one"
                | "man"
                | "woman"
                | "person"
                | "someone"
                | "somebody"
                | "anyone"
                | "everyone"
                | "nobody"
                | "candidate"
                | "rival"
                | "guy"
                | "friend"
                | "opponent"
                | "winner"
                | "loser"
                | "speaker"
                | "kid"
                | "adult"
                | "self"
                | "individual"
                | "favorite"
                | "victim"
                | "target"
        ) && (mention.before.len() <= 1 || matches!(self.page.lemma(mention.head), "one" | "man" | "woman" | "person" | "rival"))
    }
}
