//! Bodies that somebody belongs to, as they stand beside a role: "White House", "R-Ohio", the maker of a poll.

use super::mention::Mention;
use super::name::is_acronym;
use super::role::Reader;
use super::tables::{Class, Title};
use crate::text::TokenRange;

impl Reader<'_, '_> {
    /// What of the words before a role can name a body: not "Presumptive GOP", "Majority" (leader), "Law" (enforcement officials).
    pub(super) fn body(&self, words: TokenRange) -> Option<TokenRange> {
        let page = self.page;
        let begin =
            (words.begin..words.end).find(|&t| !matches!(page.form(t), "presumptive" | "presumed" | "likely" | "then" | "former"))?;
        if self.is_portfolio(words.end - 1) {
            let rest = TokenRange::new(begin, words.end - 1);
            let people = rest.len() == 1 && self.tables.is_demonym(page.form(begin)); // "Osterlander Prime [Minister]"
            return Some(rest).filter(|r| !r.is_empty() && !people).and_then(|r| self.body(r));
        }
        let words = TokenRange::new(begin, words.end);
        let form = page.form(words.end - 1);
        let part_of_role =
            matches!(form, "majority" | "minority" | "house" | "vice" | "deputy" | "attorney" | "prime" | "district" | "chief")
                && !page.form(words.end - 2).eq("white");
        let days = matches!(form, "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday");
        let opens = words.len() == 1 && page.sentence_tokens(page.sentence(begin)).begin == begin;
        let known = self.is_party(begin) || self.tables.is_place(form) || is_acronym(page.word(begin)) || page.tag(begin) == "NNP";
        let small = matches!(form, "some" | "others" | "another" | "other" | "many" | "most" | "several" | "hundreds" | "thousands");
        (!part_of_role && !days && !small && (!opens || known)).then_some(words)
    }

    /// "Foreign [Minister]", "Competition [Commissioner]": what somebody is in charge of, and no body.
    fn is_portfolio(&self, token: u32) -> bool {
        let page = self.page;
        let office = matches!(page.lemma(token + 1), "minister" | "secretary" | "commissioner");
        let body = |class| matches!(class, Some(Class::Organization | Class::Group));
        let known = self.is_party(token) || self.tables.is_place(page.form(token)) || is_acronym(page.word(token));
        office && !known && !body(self.tables.class(page.lemma(token)))
    }

    /// The capitals that stand first: "White House" of "White House spokesman".
    pub(super) fn proper_run(&self, words: TokenRange) -> Option<TokenRange> {
        let page = self.page;
        let skipped =
            (words.begin..words.end).find(|&t| !matches!(page.form(t), "former" | "then" | "ex" | "longtime" | "senior" | "top"))?;
        if matches!(page.tag(skipped), "DT" | "PRP$") {
            return None; // "This young officer"
        }
        let rank = |t: u32| self.tables.title(page.form(t)).is_some();
        let person = |t: u32| self.tables.class(page.lemma(t)) == Some(Class::Person) && !self.tables.is_demonym(page.form(t));
        let end = (skipped..words.end).find(|&t| !page.is_capital(t) || rank(t) || person(t) && !self.is_party(t)).unwrap_or(words.end);
        // "University of Lorca professor"
        let of = end > skipped && page.form(end) == "of" && self.tables.class(page.lemma(end - 1)) == Some(Class::Organization);
        let end = if of { (end + 1..words.end).find(|&t| !page.is_capital(t)).unwrap_or(words.end) } else { end };
        // "State department spokesman": the word for the kind of organisation may be in lower case.
        let named = end > skipped && end + 1 < words.end && self.tables.class(page.lemma(end)) == Some(Class::Organization);
        // "Democratic U.S. Rep.": the party alone.
        let end =
            if self.is_party(skipped) && end > skipped + 1 && self.tables.is_place(page.form(skipped + 1)) { skipped + 1 } else { end };
        let run = TokenRange::new(skipped, end + u32::from(named));
        (!run.is_empty() && (named || page.tag(end - 1) != "JJ") || run.len() == 1 && self.is_party(skipped))
            .then_some(run)
            .filter(|r| !r.is_empty())
    }

    /// Whether a party or place in front of a role says no more than on which side or from where somebody is: "Democratic nominee",
    /// "Kilmore photographer", not "Republican Senator", "Ohio governor".
    pub(super) fn is_side(&self, role: Option<TokenRange>, affiliation: TokenRange) -> bool {
        let page = self.page;
        let Some(role) = role.filter(|r| affiliation.begin < r.end) else { return false };
        let side = |t: u32| {
            matches!(
                page.lemma(t),
                "candidate"
                    | "nominee"
                    | "front-runner"
                    | "frontrunner"
                    | "hopeful"
                    | "contender"
                    | "strategist"
                    | "operative"
                    | "pollster"
            )
        };
        let office =
            |t: u32| self.tables.title(page.form(t)) == Some(Title::Rank) || matches!(page.lemma(t), "official" | "lawmaker" | "spokesman");
        let place = self.tables.is_place(&page.words(affiliation).to_lowercase());
        let party = affiliation.len() == 1 && self.is_party(affiliation.begin);
        party && (role.begin..role.end).any(side) || place && !(role.begin..role.end).any(office)
    }

    /// Whether words in front of several people name a body that they are of: "EPA officials", not "Union leaders", where a sentence begins.
    pub(super) fn is_body_of_many(&self, mention: &Mention, words: TokenRange) -> bool {
        let page = self.page;
        let inside = words.begin >= mention.tokens.begin && words.end <= mention.tokens.end;
        let opens = page.sentence_tokens(page.sentence(words.begin)).begin == words.begin;
        let known = is_acronym(page.word(words.begin)) || self.tables.is_place(&page.words(words).to_lowercase());
        let owns = mention.owner.is_some_and(|o| o.overlaps(words));
        // "experts on Osterland", "others in the harbour"
        let article = u32::from(matches!(page.form(words.begin.saturating_sub(1)), "the" | "a" | "an"));
        let about = !inside && matches!(page.form(words.begin.saturating_sub(1 + article)), "in" | "on");
        let people = words.len() == 1 && self.tables.is_demonym(page.form(words.begin)); // "Osterlander voters"
        !about && !people && !self.is_party(words.begin) && (!inside || owns || known || !opens && words.end < mention.tokens.end)
    }

    /// "Okafor's campaign" of "Okafor's campaign manager".
    pub(super) fn with_campaign(&self, owner: TokenRange, role: Option<TokenRange>) -> TokenRange {
        let campaign = role.filter(|r| self.page.form(r.begin) == "campaign" && r.begin >= owner.end && r.begin <= owner.end + 1);
        campaign.map_or(owner, |r| TokenRange::new(owner.begin, r.begin + 1))
    }

    pub(super) fn is_party(&self, token: u32) -> bool {
        self.tables.is_party(self.page.form(token))
    }

    /// "(D-Wash.)", ", R-Ohio,": the tag and the token after it.
    pub(super) fn party_tag(&self, at: u32) -> Option<(TokenRange, u32)> {
        let page = self.page;
        let open = page.form(at);
        if !matches!(open, "(" | "," | "[" | "-LRB-") {
            return None;
        }
        let form = page.form(at + 1);
        let shut = (at + 2..at + 5).find(|&t| page.form(t) == ")").filter(|_| open == "(");
        if let Some(shut) = shut.filter(|&s| self.tables.is_place(&page.words(TokenRange::new(at + 1, s)).to_lowercase())) {
            return Some((TokenRange::new(at + 1, shut), shut + 1)); // "(Vt.)"
        }
        let begins = ["r-", "d-", "i-", "r–", "d–", "r—", "d—"].iter().any(|p| form.starts_with(p))
            || matches!(form, "r" | "d" | "i") && matches!(page.form(at + 2), "-" | "–" | "—" | ")" | "," | "." | "/");
        if !begins {
            return None;
        }
        let close = (at + 2..at + 7).find(|&t| matches!(page.form(t), ")" | "]" | ","))?;
        Some((TokenRange::new(at + 1, close), close + u32::from(open != ",")))
    }

    /// Whose a document is: "the Sentinel's poll", "a report by the Harbour Office".
    pub(super) fn of_document(&mut self, index: usize, mention: &Mention) {
        let page = self.page;
        let owner = mention.owner.filter(|o| page.is_capital(o.end - 1) && page.tag(o.begin) != "PRP$").map(|o| self.without_article(o));
        let joins = matches!(page.form(mention.tokens.end), "by" | "from");
        let by = if joins { self.proper_object(mention.tokens.end + 1) } else { None };
        let maker = |run: &TokenRange| {
            !self.is_party(run.end - 1) && !self.tables.is_place(&page.words(*run).to_lowercase()) && run.end < mention.tokens.end
        };
        let prefix = self.proper_run(self.without_article(mention.before)).filter(maker);
        self.note(index, None, owner.or(by).or(prefix), false);
    }
}
