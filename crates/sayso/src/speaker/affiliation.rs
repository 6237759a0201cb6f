//! Bodies that somebody belongs to, as they stand beside a role: "White House", "R-Ohio", the maker of a poll.

use super::mention::Mention;
use super::name::is_acronym;
use super::role::Reader;
use super::tables::Class;
use crate::text::TokenRange;

impl Reader<'_, '_> {
    /// What of the words before a role can name a body: not "Presumptive GOP", "Majority" (leader), "Law" (enforcement officials).
    pub(super) fn body(&self, words: TokenRange) -> Option<TokenRange> {
        let page = self.page;
        let begin =
            (words.begin..words.end).find(|&t| !matches!(page.form(t), "presumptive" | "presumed" | "likely" | "then" | "former"))?;
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

    /// The capitals that stand first: "White House" of "White House spokesman".
    pub(super) fn proper_run(&self, words: TokenRange) -> Option<TokenRange> {
        let page = self.page;
        let skipped =
            (words.begin..words.end).find(|&t| !matches!(page.form(t), "former" | "then" | "ex" | "longtime" | "senior" | "top"))?;
        let rank = |t: u32| self.tables.title(page.form(t)).is_some();
        let person = |t: u32| self.tables.class(page.lemma(t)) == Some(Class::Person);
        let end = (skipped..words.end).find(|&t| !page.is_capital(t) || rank(t) || person(t) && !self.is_party(t)).unwrap_or(words.end);
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

    pub(super) fn is_party(&self, token: u32) -> bool {
        matches!(
            self.page.form(token),
            "republican" | "democrat" | "democratic" | "gop" | "libertarian" | "labour" | "tory" | "conservative"
        )
    }

    /// "(D-Wash.)", ", R-Ohio,": the tag and the token after it.
    pub(super) fn party_tag(&self, at: u32) -> Option<(TokenRange, u32)> {
        let page = self.page;
        let open = page.form(at);
        if !matches!(open, "(" | "," | "[" | "-LRB-") {
            return None;
        }
        let form = page.form(at + 1);
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
