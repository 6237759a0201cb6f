//! What stands behind a name and says who it is: "Ana Ruiz, mayor of Lorca", "who is ...".

use super::mention::{Mention, Sort};
use super::role::{REACH, Reader};
use super::tables::Class;
use crate::text::TokenRange;

impl Reader<'_, '_> {
    /// The phrase after a comma, if it says what somebody is.
    pub(super) fn apposition(&mut self, index: usize, at: u32) {
        let page = self.page;
        let mut at = at;
        if page.form(at) == "who" {
            self.relative(index, at + 1);
            return;
        }
        while matches!(page.form(at), "formerly" | "currently" | "now" | "then" | "also" | "himself" | "herself") {
            at += 1;
        }
        if self.parted.contains(&at) {
            return; // "They cannot charge Ruiz, the prosecutor said"
        }
        let Some(other) = self.mentions.beginning(at) else { return };
        let beside = &self.mentions.all[other];
        if self.is_party(beside.head) && !page.is_preposition(at) {
            let end = if page.form(beside.tokens.end) == "of" {
                self.proper_object(beside.tokens.end + 1).map_or(beside.tokens.end, |o| o.end)
            } else {
                beside.tokens.end
            };
            let party = self.without_article(TokenRange::new(beside.tokens.begin, end));
            self.note(index, None, Some(party), true);
            self.join(other, index);
            if page.form(end) == "," {
                self.apposition(index, end + 1);
            }
            return;
        }
        let is_role = beside.class == Some(Class::Person) && beside.sort == Sort::Description && !beside.plural;
        let many = self.mentions.all[index].class == Some(Class::Group); // "Hid Illness From Public, Doctor Says"
        if !is_role || many || self.is_this(beside) || !self.closes(beside) {
            return;
        }
        let (role, affiliation) = self.whole_role(beside);
        self.note(index, Some(role), affiliation, true);
        self.join(other, index);
    }

    pub(super) fn join(&mut self, other: usize, index: usize) {
        self.roles.beside[other] = Some(index as u32);
    }

    /// Whether an apposition with an article ends as one does: not "According to Okafor, a clerk of the court lost ...".
    fn closes(&self, beside: &Mention) -> bool {
        let page = self.page;
        if !matches!(page.tag(beside.tokens.begin), "DT" | "PRP$") {
            return true;
        }
        let stop = (beside.tokens.end..beside.tokens.end + REACH).find(|&t| {
            matches!(page.form(t), "," | "." | ";" | ":" | "—" | ")" | "who" | "which" | "that" | "?" | "!" | "" | "\"" | "”" | "''")
                || matches!(page.tag(t), "VBD" | "VBZ" | "VBP" | "MD")
        });
        stop.is_none_or(|t| !page.is_verb(t))
    }

    /// Role and affiliation of a description with what follows it: "chairman of the board at Acme".
    pub(super) fn whole_role(&self, description: &Mention) -> (TokenRange, Option<TokenRange>) {
        let page = self.page;
        let begin = description.owner.map_or(description.tokens.begin, |o| o.end + u32::from(page.tag(o.end) == "POS"));
        let begin = self.without_article(TokenRange::new(begin, description.tokens.end)).begin;
        let (_, prefix) = self.role_in(TokenRange::new(begin, description.tokens.end));
        let begin = prefix.map_or(begin, |p| self.without_body(p, TokenRange::new(begin, description.tokens.end)));
        let owner = description.owner.map(|o| self.without_article(o)).filter(|o| page.tag(o.begin) != "PRP$");
        let owner = owner.map(|o| self.with_campaign(o, Some(TokenRange::new(begin, description.tokens.end))));
        let (mut end, mut at) = (description.tokens.end, description.tokens.end);
        while at < description.tokens.end + REACH {
            let form = page.form(at);
            if form == "at" && page.form(at + 1) == "large" {
                (end, at) = (at + 2, at + 2);
                continue;
            }
            let Some(next) = self.mentions.beginning(at + 1) else { break };
            let object = &self.mentions.all[next];
            if form == "and" && object.class == Some(Class::Person) && object.sort == Sort::Description && !object.plural {
                (end, at) = (object.tokens.end, object.tokens.end);
            } else if matches!(form, "of" | "for" | "at" | "with" | "from" | "to" | "in" | "on") {
                if let Some(proper) = self.proper_object(at + 1) {
                    if form == "of" && end == at && matches!(page.lemma(at - 1), "secretary" | "speaker" | "minister") {
                        (end, at) = (proper.end, proper.end); // "former secretary of State"
                        continue;
                    }
                    let place = form == "of" && end == at && self.tables.is_place(&page.words(proper).to_lowercase());
                    return if place {
                        (
                            TokenRange::new(begin, proper.end),
                            owner.or(prefix.filter(|p| p.len() > 1 || !self.is_party(p.begin))).or(Some(proper)),
                        )
                    } else {
                        (TokenRange::new(begin, end), Some(proper))
                    };
                }
                let venue = self.tables.is_venue(page.lemma(object.head));
                if venue && matches!(form, "in" | "with" | "at" | "on" | "to") {
                    break; // "the mayor in an interview with the Sentinel"
                }
                let body = object.definite && object.class == Some(Class::Organization) && object.owner.is_none() && !object.plural;
                let inner = form != "in" && matches!(page.form(object.tokens.end), "at" | "of" | "in") && end == at;
                if body
                    && inner
                    && let Some(proper) = self.proper_object(object.tokens.end + 1)
                {
                    // "chair of the history department at ...", "a clerk from the western province of ..."
                    let end = if form == "from" { end } else { object.tokens.end };
                    return (TokenRange::new(begin, end), Some(proper));
                }
                if body {
                    return (TokenRange::new(begin, end), Some(object.tokens)); // "an adviser to the group"
                }
                let served = form == "to" && object.class == Some(Class::Person) && object.sort == Sort::Description;
                if (served || matches!(form, "of" | "on" | "for")) && end == at && page.tag(object.head) != "CD" {
                    end = object.tokens.end;
                }
                at = object.tokens.end;
                // "of law | and history at", "for trade | policing at"
                let more = if page.form(at) == "and" { self.mentions.beginning(at + 1) } else { None };
                let more = more.map(|m| &self.mentions.all[m]).filter(|m| m.class != Some(Class::Person) && m.sort == Sort::Description);
                let more = more.map(|m| m.tokens.end).or_else(|| (page.tag(at) == "VBG").then_some(at + 1));
                if let Some(stop) = more.filter(|&s| matches!(page.form(s), "at" | "of")) {
                    end = if end == at { stop } else { end };
                    at = stop;
                }
            } else {
                break;
            }
        }
        (TokenRange::new(begin, end), owner.or(prefix))
    }

    /// "this one", "that man": points at somebody, and says no role.
    fn is_this(&self, mention: &Mention) -> bool {
        matches!(self.page.form(mention.tokens.begin), "this" | "that" | "one")
    }

    /// "who is the mayor", "who served as Mitt Romney's chief strategist"
    fn relative(&mut self, index: usize, at: u32) {
        let page = self.page;
        let mut at = at;
        while matches!(page.form(at), "now" | "is" | "was" | "has" | "been" | "currently" | "once" | "also" | "previously") {
            at += 1;
        }
        if matches!(page.lemma(at), "serve" | "work") && page.form(at + 1) == "as" {
            at += 2;
        }
        self.predicate(index, at);
    }

    /// A noun phrase that is said of somebody: "[is] a former Army captain".
    pub(super) fn predicate(&mut self, index: usize, at: u32) {
        let Some(other) = self.mentions.beginning(at) else { return };
        let beside = &self.mentions.all[other];
        if beside.class == Some(Class::Person) && beside.sort == Sort::Description && !beside.plural && !self.is_vague(beside) {
            let (role, affiliation) = self.whole_role(beside);
            self.note(index, Some(role), affiliation, false);
            self.join(other, index);
        }
    }
}
