//! Mentions: the noun phrases that name, describe or stand for somebody or something.

use super::name::{carried_name, is_acronym, is_particle, name};
use super::page::Page;
use super::tables::{Class, Gender, Tables, Title};
use crate::text::{TokenKind, TokenRange};

/// A word that stands for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pronoun {
    He,
    She,
    They,
    It,
    /// "I", "we"
    First,
}

/// How a mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// By a name; these are its words, without title.
    Name(TokenRange),
    /// By a noun: "the spokesman".
    Description,
    /// By a pronoun.
    Pronoun(Pronoun),
}

/// One mention.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// The noun phrase, from its determiner to its head.
    pub tokens: TokenRange,
    /// Its last word.
    pub head: u32,
    pub sort: Sort,
    /// What it names; `None` where neither word nor place tells.
    pub class: Option<Class>,
    pub gender: Option<Gender>,
    pub plural: bool,
    /// Whether it names a place.
    pub place: bool,
    /// "the", "this", "his": points at something known.
    pub definite: bool,
    /// What goes before a name: titles, role, party; empty for none.
    pub before: TokenRange,
    /// The owner inside it: "Clinton" of "Clinton's campaign".
    pub owner: Option<TokenRange>,
    /// Whether it stands as owner in a larger phrase.
    pub inside: bool,
    /// Whether it is the subject of its clause.
    pub subject: bool,
    /// Whether it stands between quotation marks.
    pub quoted: bool,
}

impl Mention {
    /// A mention made of words that are no noun phrase.
    pub fn of_words(words: TokenRange) -> Self {
        Mention {
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
            subject: false,
            quoted: false,
        }
    }
}

/// The mentions of a text.
pub(super) struct Mentions {
    /// Ascending by their head.
    pub all: Vec<Mention>,
    /// For each token the outermost mention that it stands in, as an index; `u32::MAX` for none.
    around: Vec<u32>,
}

impl Mentions {
    /// The outermost mention around a token, as an index.
    pub fn at(&self, token: u32) -> Option<usize> {
        self.around.get(token as usize).filter(|&&m| m != u32::MAX).map(|&m| m as usize)
    }

    /// The outermost mention that begins at a token, as an index.
    pub fn beginning(&self, token: u32) -> Option<usize> {
        self.at(token).filter(|&m| self.all[m].tokens.begin == token)
    }

    /// The outermost mention that ends before a token, as an index.
    pub fn ending(&self, token: u32) -> Option<usize> {
        self.at(token.checked_sub(1)?).filter(|&m| self.all[m].tokens.end == token)
    }
}

/// Finds the mentions of a text; a phrase that reaches over the edge of a source is cut there.
pub(super) fn find(page: &Page<'_>, tables: &Tables<'_>, sources: &[TokenRange]) -> Mentions {
    let phrases = &page.tags.phrases;
    let mut mentions = Vec::with_capacity(phrases.len());
    let mut at = 0;
    while at < phrases.len() {
        let (mut tokens, mut head) = (phrases[at].tokens, phrases[at].head);
        at += 1;
        if matches!(page.tag(head), "WP" | "WDT" | "EX") && page.word(head) != "WHO" {
            continue;
        }
        while at < phrases.len() && continues(page, tables, tokens, head, phrases[at].tokens) {
            (tokens, head) = (TokenRange::new(tokens.begin, phrases[at].tokens.end), phrases[at].head);
            at += 1;
        }
        match cut(page, tokens, sources) {
            Some(edge) => {
                push(page, tables, TokenRange::new(tokens.begin, edge), edge - 1, &mut mentions);
                push(page, tables, TokenRange::new(edge, tokens.end), head, &mut mentions);
            }
            None => push(page, tables, tokens, head, &mut mentions),
        }
    }
    mentions.sort_by_key(|m| m.head);
    let missing: Vec<TokenRange> = sources.iter().copied().filter(|&s| is_bare_name(page, s) && !holds_a_head(&mentions, s)).collect();
    for source in missing {
        push(page, tables, source, source.end - 1, &mut mentions);
    }
    mentions.sort_by_key(|m| m.head);
    let mut around = vec![u32::MAX; page.len() as usize];
    for (i, mention) in mentions.iter().enumerate().filter(|(_, m)| !m.inside) {
        around[mention.tokens.range()].fill(i as u32);
    }
    Mentions { all: mentions, around }
}

/// Whether a source is nothing but words in capitals, an article aside: a name, even where the tags see no noun in it.
fn is_bare_name(page: &Page<'_>, source: TokenRange) -> bool {
    let word = |t: u32| page.is_capital(t) && page.reading.tokens.get(t as usize).is_some_and(|t| t.kind == TokenKind::Word);
    let first = source.begin + u32::from(page.form(source.begin) == "the");
    let counts = matches!(page.tag(first), "CD" | "DT" | "PDT"); // "One Republican"
    let words = (first..source.end).len();
    (1..=4).contains(&words) && !counts && (first..source.end).all(word) && pronoun(page, first).is_none()
}

/// Whether a mention has its head in a source; the mentions ascend by it.
fn holds_a_head(mentions: &[Mention], source: TokenRange) -> bool {
    mentions.get(mentions.partition_point(|m| m.head < source.begin)).is_some_and(|m| source.has(m.head))
}

/// The edge of a source inside a phrase, unless it parts an owner from what is owned. Sources ascend by their begin.
fn cut(page: &Page<'_>, phrase: TokenRange, sources: &[TokenRange]) -> Option<u32> {
    let last = sources.partition_point(|s| s.begin < phrase.end);
    let near = sources[last.saturating_sub(3)..last].iter().rev();
    let inside = |edge: u32| phrase.begin < edge && edge < phrase.end;
    // A source that begins inside and holds the head needs no cut: what stands before it is a role.
    near.flat_map(|s| [s.end, if s.end < phrase.end { s.begin } else { s.end }])
        .find(|&e| inside(e) && page.tag(e) != "POS" && page.tag(e - 1) != "POS")
}

/// Whether the next phrase belongs to the one before it: "a | newly | formed group", "Ridge | Rising | Fund", "Ridge/Vale poll".
fn continues(page: &Page<'_>, tables: &Tables<'_>, tokens: TokenRange, head: u32, next: TokenRange) -> bool {
    if next.begin == tokens.end {
        // "the Lorca Voice | investigative reporter"
        let adjective = matches!(page.tag(next.begin), "JJ" | "VBN" | "VBG" | "CD");
        let voice = page.tag(tokens.begin) == "DT" && matches!(page.tag(head), "NNP" | "NNPS");
        // "deputy | national security adviser"
        let second = matches!(page.lemma(head), "deputy" | "assistant" | "associate" | "vice" | "chief") && page.tag(next.begin) == "JJ";
        return adjective && (voice || second);
    }
    if next.begin == tokens.end + 1 {
        let between = tokens.end;
        let determiner = tokens.len() == 1 && matches!(page.tag(head), "DT" | "PRP$");
        if determiner && matches!(page.tag(between), "RB" | "RBR" | "RBS" | "JJ") {
            return true;
        }
        if page.is_capital(head) && page.is_capital(next.begin) && is_particle(page.form(between)) && page.form(between) != "la" {
            return true; // "Bill de Blasio"
        }
        let capitals = page.is_capital(head) && page.is_capital(between) && page.is_capital(next.begin);
        if capitals && page.form(between) == "/" || page.is_capital(head) && page.is_capital(next.begin) && page.form(between) == "/" {
            return true;
        }
        if capitals && matches!(page.tag(between), "VBG" | "VBN" | "JJ") && !is_title_case(page, tokens.begin) {
            return true;
        }
    }
    continues_name(page, tables, tokens, head, next)
}

/// Whether a sentence is set as a headline: nearly all of its words begin with a capital.
pub(super) fn is_title_case(page: &Page<'_>, token: u32) -> bool {
    let tokens = page.sentence_tokens(page.sentence(token));
    let words = (tokens.begin..tokens.end.min(tokens.begin + 40)).filter(|&t| page.word(t).chars().next().is_some_and(char::is_alphabetic));
    let (mut all, mut capital) = (0, 0);
    for t in words {
        all += 1;
        capital += u32::from(page.is_capital(t));
    }
    capital * 10 > all * 7
}

/// Whether "of ..." goes on with the name before it: "Department of | Justice", "Secretary of | State John Kerry".
fn continues_name(page: &Page<'_>, tables: &Tables<'_>, tokens: TokenRange, head: u32, next: TokenRange) -> bool {
    let between = page.form(tokens.end);
    if next.begin != tokens.end + 1 || !matches!(between, "of" | "for" | "on" | "to" | "and" | "&") {
        return false;
    }
    if between == "&" {
        return page.is_capital(head) && page.is_capital(next.begin); // "Bailey & Glasser"
    }
    if between == "and" {
        let one = is_paper(page, tokens, next) || is_field(page, tables, tokens, next) || shares_head(page, tables, tokens, next);
        return page.is_capital(head) && one;
    }
    if is_role(page, tables, head) && carried_name(page, tables, next).is_some() && !is_title_case(page, head) {
        return true; // "President of | Osterland Arvid Holm", "Ambassador to | Osterland Arvid Holm"
    }
    if !page.is_capital(head) || between == "to" {
        return false;
    }
    let first = if matches!(page.tag(next.begin), "DT") { next.begin + 1 } else { next.begin };
    if first >= next.end || !page.is_capital(first) {
        return false;
    }
    let lemma = page.lemma(head);
    let place = tables.is_place(&page.words(TokenRange::new(first, next.end)).to_lowercase());
    tables.class(lemma) == Some(Class::Organization) || between == "of" && matches!(lemma, "secretary" | "speaker" | "minister") && !place
}

/// Whether "and Mail" goes on with "The Globe": the article in capitals within a sentence is part of a title.
fn is_paper(page: &Page<'_>, tokens: TokenRange, next: TokenRange) -> bool {
    let titled = page.form(tokens.begin) == "the"
        && page.is_capital(tokens.begin)
        && page.sentence_tokens(page.sentence(tokens.begin)).begin != tokens.begin;
    let paper = matches!(page.form(next.begin), "mail" | "courier" | "journal" | "observer" | "mercury" | "gazette" | "star" | "argus");
    titled && paper && next.len() == 1 && page.is_capital(next.begin)
}

/// Whether "and Game" goes on with "Department of Fish": a body's second field, not a second body.
fn is_field(page: &Page<'_>, tables: &Tables<'_>, tokens: TokenRange, next: TokenRange) -> bool {
    let Some(of) = (tokens.begin + 1..tokens.end).find(|&t| matches!(page.form(t), "of" | "for")) else { return false };
    let body = tables.class(page.lemma(of - 1)) == Some(Class::Organization);
    let place = |words: TokenRange| tables.is_place(&page.words(words).to_lowercase());
    let field = TokenRange::new(of + 1, tokens.end);
    let capitals = field.range().chain(next.range()).all(|t| page.is_capital(t as u32));
    let class = tables.class(page.lemma(next.end - 1));
    let body_too = next.len() > 1 && class == Some(Class::Organization) || is_acronym(page.word(next.begin));
    let other = body_too || class == Some(Class::Person) || tables.is_given(page.form(next.begin));
    body && capitals && !field.is_empty() && !place(field) && !place(next) && !other
}

/// Whether "and Reform Committee" goes on with "the House Oversight": words that name nothing without the head of what follows.
fn shares_head(page: &Page<'_>, tables: &Tables<'_>, tokens: TokenRange, next: TokenRange) -> bool {
    let begin = tokens.begin + u32::from(page.tag(tokens.begin) == "DT");
    let first = TokenRange::new(begin, tokens.end);
    let capitals = first.range().chain(next.range()).all(|t| page.is_capital(t as u32));
    let personal = |t: u32| tables.is_given(page.form(t)) || tables.title(page.form(t)).is_some();
    let named =
        tables.class(page.lemma(first.end - 1)).is_some() || first.range().any(|t| personal(t as u32) || is_acronym(page.word(t as u32)));
    let place = |words: TokenRange| tables.is_place(&page.words(words).to_lowercase());
    let ends = |t: u32| place(TokenRange::new(t, first.end));
    let body = tables.class(page.lemma(next.end - 1)) == Some(Class::Organization);
    first.len() >= 2 && matches!(next.len(), 2 | 3) && capitals && !named && body && !(first.begin..first.end).any(ends) && !place(next)
}

/// Whether a word says what one person is.
fn is_role(page: &Page<'_>, tables: &Tables<'_>, token: u32) -> bool {
    let noun = tables.class(page.lemma(token)) == Some(Class::Person) || tables.title(page.form(token)) == Some(Title::Rank);
    noun && matches!(page.tag(token), "NN" | "NNP") && !(page.is_capital(token) && tables.is_given(page.form(token)))
}

fn push(page: &Page<'_>, tables: &Tables<'_>, tokens: TokenRange, head: u32, mentions: &mut Vec<Mention>) {
    let owner = owner_in(page, tokens);
    if let Some(owner) = owner {
        let mut inner = describe(page, tables, owner, owner.end - 1);
        inner.inside = true;
        inner.subject = false;
        mentions.push(inner);
    }
    let mut mention = describe(page, tables, tokens, head);
    mention.owner = owner;
    mentions.push(mention);
}

/// "Clinton" in "Clinton's campaign", "his" in "his campaign".
fn owner_in(page: &Page<'_>, tokens: TokenRange) -> Option<TokenRange> {
    if page.tag(tokens.begin) == "PRP$" && tokens.len() > 1 {
        return Some(TokenRange::new(tokens.begin, tokens.begin + 1));
    }
    let mark = (tokens.begin + 1..tokens.end).rev().find(|&t| page.tag(t) == "POS")?;
    Some(TokenRange::new(tokens.begin, mark))
}

/// A mention over a noun phrase, by its own words alone.
fn describe(page: &Page<'_>, tables: &Tables<'_>, tokens: TokenRange, head: u32) -> Mention {
    // "a new report | Monday"
    let dated = head > tokens.begin && tables.is_date(page.form(head)) && tables.class(page.lemma(head - 1)).is_some();
    let head = if dated { head - 1 } else { head };
    let mut mention = Mention {
        head,
        plural: matches!(page.tag(head), "NNS" | "NNPS") || page.tag(head) == "CD" && page.form(head) != "one",
        definite: matches!(page.form(tokens.begin), "the" | "this" | "that" | "these" | "those") || page.tag(tokens.begin) == "PRP$",
        subject: is_subject(page, tokens),
        quoted: page.quoted(head),
        ..Mention::of_words(tokens)
    };
    if let Some(pronoun) = pronoun(page, head).filter(|_| tokens.len() == 1) {
        mention.sort = Sort::Pronoun(pronoun);
        mention.plural = pronoun == Pronoun::They;
        mention.gender = match pronoun {
            Pronoun::He => Some(Gender::Male),
            Pronoun::She => Some(Gender::Female),
            _ => None,
        };
        return mention;
    }
    let start = (tokens.begin..tokens.end).rev().find(|&t| page.tag(t) == "POS").map_or(tokens.begin, |t| t + 1);
    let start = (start..head).find(|&t| !matches!(page.tag(t), "DT" | "PDT" | "PRP$")).unwrap_or(head);
    if page.is_capital(head) && page.reading.tokens.get(head as usize).is_some_and(|t| t.kind == TokenKind::Word) {
        name(page, tables, start, &mut mention);
    }
    if mention.sort == Sort::Description {
        noun(page, tables, start, &mut mention);
    }
    mention
}

fn pronoun(page: &Page<'_>, token: u32) -> Option<Pronoun> {
    Some(match page.form(token) {
        "he" | "him" | "his" | "himself" => Pronoun::He,
        "she" | "her" | "hers" | "herself" => Pronoun::She,
        "they" | "them" | "their" | "theirs" | "themselves" => Pronoun::They,
        "it" | "its" | "itself" => Pronoun::It,
        "i" | "me" | "my" | "we" | "us" | "our" | "myself" | "ourselves" | "you" | "your" | "yourself" => Pronoun::First,
        _ => return None,
    })
}

/// Fills in a description: its head noun tells.
fn noun(page: &Page<'_>, tables: &Tables<'_>, start: u32, mention: &mut Mention) {
    let lemma = page.lemma(mention.head);
    mention.class = tables.class(lemma);
    if mention.plural && lemma == "authority" {
        mention.class = Some(Class::Group);
    }
    if mention.class.is_none() && mention.plural && (tables.is_demonym(lemma) || page.is_capital(mention.head)) {
        mention.class = Some(Class::Person);
    }
    mention.gender = tables.noun_gender(lemma);
    mention.before = TokenRange::new(start, mention.head);
}

/// Whether a phrase is a subject: no preposition before it, a verb after it or (inverted) before it.
fn is_subject(page: &Page<'_>, tokens: TokenRange) -> bool {
    if tokens.begin > 0 && page.is_preposition(tokens.begin - 1) {
        return false;
    }
    let mut next = tokens.end;
    if page.form(next) == "," {
        // An apposition or relative clause between commas.
        match (next + 1..next + 16).find(|&t| page.form(t) == ",") {
            Some(close) => next = close + 1,
            None => return false,
        }
    }
    let verb = (next..next + 3).find(|&t| !matches!(page.tag(t), "RB" | "RBR"));
    verb.is_some_and(|v| page.is_verb(v) && !matches!(page.tag(v), "VBG" | "VB"))
}
