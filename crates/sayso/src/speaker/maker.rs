//! Who made a draft: from its source's mentions, from what stands before "who", or from its place alone.

use super::ResolvedBy;
use super::antecedent::Spoken;
use super::mention::{Mention, Pronoun, Sort};
use super::source::{Part, Source};
use super::tables::Class;
use super::walk::{Due, Makers, Together, Walk};
use crate::content::{Draft, Form};
use crate::cue::CueKind;
use crate::text::TokenRange;

impl Walk<'_, '_> {
    /// Resolves a draft whose time has come.
    pub(super) fn settle(&mut self, due: &Due) {
        let draft = &self.drafts[due.draft];
        let makers = match &due.source {
            Some(Source::Parts(parts)) => self.of_self(parts).unwrap_or_else(|| self.of_parts(parts)),
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
            if makers.0.len() > 1 {
                self.together = Some(Together { chains: makers.0.clone(), token: due.token, sentence });
            }
        }
        self.makers[due.draft] = Some(makers);
    }

    /// "we", "I" outside quotation marks: whoever writes or is asked, under that very word.
    fn of_self(&mut self, parts: &[Part]) -> Option<Makers> {
        let [part] = parts else { return None };
        let mention = &self.mentions.all[part.mention];
        let first = mention.sort == Sort::Pronoun(Pronoun::First) && !mention.quoted;
        first.then(|| self.of_words(part.phrase))
    }

    fn of_parts(&self, parts: &[Part]) -> Makers {
        let mut chains = Vec::new();
        let mut by = ResolvedBy::None;
        for part in parts {
            let mention = &self.mentions.all[part.mention];
            let first = mention.sort == Sort::Pronoun(Pronoun::First) && mention.quoted;
            let id = if first { self.spoken.map(|s| s.chain) } else { self.owner_of_words(mention).or(self.chain_of[part.mention]) };
            if parts.len() == 1
                && let Some(together) = self.named_together(mention, id)
            {
                return (together.chains.clone(), ResolvedBy::Pronoun);
            }
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

    /// "Okafor's speech", "his second letter": the person whose words they are.
    fn owner_of_words(&self, mention: &Mention) -> Option<u32> {
        let words = mention.sort == Sort::Description && !mention.plural && matches!(mention.class, None | Some(Class::Document));
        let owner = self.owner_chain(mention, mention.owner.filter(|_| words)?)?;
        let chain = &self.chains.all[owner as usize];
        (chain.named && chain.class == Some(Class::Person)).then_some(owner)
    }

    /// "they", "both", "the two men" after "Ruiz and Okafor", where nobody else came between.
    fn named_together(&self, mention: &Mention, id: Option<u32>) -> Option<&Together> {
        let page = self.page;
        let together = self.together.as_ref()?;
        let near = page.sentence(mention.head).saturating_sub(together.sentence) <= 4;
        let asks = match mention.sort {
            Sort::Pronoun(Pronoun::They) => id.is_none_or(|id| self.chains.all[id as usize].last_before < together.token),
            _ => matches!(page.form(mention.tokens.begin), "both" | "each") && mention.tokens.len() == 1,
        };
        (near && asks).then_some(together)
    }

    /// "who", "that": the nearest mention before it, a person or group where "who" asks for one.
    fn of_relative(&self, token: u32) -> Makers {
        let page = self.page;
        let begin = page.sentence_tokens(page.sentence(token)).begin.max(token.saturating_sub(40));
        let asks_person = matches!(page.form(token), "who" | "whom");
        let mut at = token;
        while at > begin {
            at -= 1;
            let Some(found) = self.mentions.at(at) else { continue };
            if let Some(id) = self.chain_of[found].filter(|_| !asks_person || self.is_person(found)) {
                return (vec![self.put_beside(found).unwrap_or(id)], ResolvedBy::Pronoun);
            }
            at = self.mentions.all[found].tokens.begin;
        }
        (Vec::new(), ResolvedBy::None)
    }

    /// "Carl Okafor, a pilot who ...", "Tidewell, a foundation that ...": the name that a description is put beside.
    fn put_beside(&self, found: usize) -> Option<u32> {
        let page = self.page;
        let mention = &self.mentions.all[found];
        let begin = mention.tokens.begin;
        let single = mention.sort == Sort::Description && !mention.plural && matches!(page.form(begin), "a" | "an" | "the");
        let comma = begin.checked_sub(1).filter(|&t| single && page.form(t) == ",")?;
        let name = self.mentions.ending(comma).filter(|&n| matches!(self.mentions.all[n].sort, Sort::Name(_)))?;
        let id = self.chain_of[name]?;
        let person = |class: Option<Class>| class == Some(Class::Person);
        (person(mention.class) == person(self.chains.all[id as usize].class)).then_some(id)
    }

    /// Words without a mention: the chain of that wording, or a new one.
    fn of_words(&mut self, words: TokenRange) -> Makers {
        let wording = self.wording(words);
        let id = self.chains.worded(&wording).unwrap_or_else(|| {
            let mut mention = Mention::of_words(words);
            if matches!(self.page.form(words.begin), "i" | "me" | "my") && words.len() == 1 {
                (mention.class, mention.plural) = (Some(Class::Person), false);
            }
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
        let begin = draft.content.first().map_or(0, |c| c.begin);
        let id = match &draft.cue {
            None => {
                let near = |s: &Spoken| self.page.paragraph(begin).abs_diff(s.paragraph) <= 1;
                self.spoken.filter(|s| draft.form != Form::Indirect && near(s)).map(|s| s.chain)
            }
            Some(cue) if cue.kind == CueKind::Verb => self.of_clause(cue.tokens.begin, cue.head),
            Some(_) => None,
        };
        id.map_or((Vec::new(), ResolvedBy::None), |id| (vec![id], ResolvedBy::Continuation))
    }

    /// The subject that a verb without one shares: "Ruiz called the plan sound, adding ...", "Ruiz met the board and denied ...".
    fn of_clause(&self, begin: u32, head: u32) -> Option<u32> {
        let page = self.page;
        let sentence = page.sentence(head);
        let before = begin.checked_sub(1).map_or("", |t| page.form(t));
        let shares = page.tag(head) == "VBG" || matches!(before, "and" | "but" | ",") && page.tag(head) != "VBN";
        let spoken = self.spoken.filter(|s| s.sentence == sentence).map(|s| s.chain);
        let subject = self.ranking.subject().filter(|&id| self.chains.all[id as usize].last.sentence == sentence);
        spoken.or(subject).filter(|_| shares)
    }
}
