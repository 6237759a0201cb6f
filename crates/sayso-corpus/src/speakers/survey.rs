//! The speakers of many articles, joined where they are the same.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDateTime;
use serde::Serialize;

use crate::speakers::cast::{ArticleCast, CastLine, Counts};

/// Which speakers of different articles are taken to be the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Merge {
    /// Those of one kind and name whose affiliations do not differ: "Ana Ruiz" of Lorca is another than "Ana Ruiz" of Vesmark, and
    /// one without an affiliation is the one with an affiliation if there is only one.
    #[default]
    NameAndAffiliation,
    /// Those of one kind and name.
    Name,
    /// None.
    Nothing,
}

/// A speaker of an article that is part of a sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Member {
    /// The article's id.
    pub document: Arc<str>,
    /// The article's own number for the speaker.
    pub id: u32,
    /// As the article has it.
    pub name: Arc<str>,
    /// As the article has it.
    pub role: Option<Arc<str>>,
    /// As the article has it.
    pub affiliation: Option<Arc<str>>,
    /// Its statements in the article.
    pub statements: u64,
}

/// What a corpus has of one speaker.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SpeakerSum {
    /// The name that most articles give.
    pub name: Arc<str>,
    /// "person", "unnamed", "group", "organization", "document" or "unknown".
    pub kind: &'static str,
    /// All roles, the most frequent first.
    pub roles: Vec<Arc<str>>,
    /// All affiliations, the most frequent first.
    pub affiliations: Vec<Arc<str>>,
    /// How much.
    #[serde(flatten)]
    pub counts: Counts,
    /// The speaker's part of all statements that have a speaker, 0 to 1.
    pub share_of_statements: f64,
    /// The speaker's part of all words in quotation marks that have a speaker, 0 to 1.
    pub share_of_quoted_words: f64,
    /// In how many articles.
    pub articles: u64,
    /// The day of the first article that has a date: "2024-05-01".
    pub first: Option<String>,
    /// The day of the last one.
    pub last: Option<String>,
    /// Who was joined, article by article.
    pub merged: Vec<Member>,
}

/// The corpus as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Articles.
    pub articles: u64,
    /// Speakers, after they were joined.
    pub speakers: u64,
    /// All statements; one of several speakers is counted once.
    #[serde(flatten)]
    pub counts: Counts,
    /// Statements of which the article does not tell who made them.
    pub unattributed: u64,
}

/// Takes in articles and sums up who speaks.
///
/// ```
/// use sayso_corpus::Article;
/// use sayso_corpus::speakers::{ArticleCast, Merge, Survey};
/// let extractor = sayso::Extractor::english();
/// let mut survey = Survey::new(Merge::NameAndAffiliation);
/// for (id, text) in [("a1", "“We lost,” said Ana Ruiz, the mayor of Lorca."), ("a2", "“We won,” said Ana Ruiz.")] {
///     let article = Article { document: id.to_owned(), text: text.to_owned(), ..Article::default() };
///     survey.add(ArticleCast::of(&article, &extractor.extract(text)));
/// }
/// let (speakers, totals) = survey.finish();
/// assert_eq!((speakers.len(), speakers[0].articles, totals.counts.statements), (1, 2, 2));
/// ```
#[derive(Debug, Default)]
pub struct Survey {
    merge: Merge,
    groups: Vec<Group>,
    /// The group of a kind, a folded name and a folded affiliation.
    places: BTreeMap<(&'static str, String, Option<String>), usize>,
    /// Words that many members share, each stored once.
    words: HashSet<Arc<str>>,
    totals: Totals,
}

/// Speakers that are the same so far.
#[derive(Debug)]
struct Group {
    kind: &'static str,
    counts: Counts,
    first: Option<NaiveDateTime>,
    last: Option<NaiveDateTime>,
    articles: u64,
    /// The article that was counted last.
    latest: u64,
    members: Vec<Member>,
}

impl Survey {
    /// An empty survey.
    #[must_use]
    pub fn new(merge: Merge) -> Self {
        Survey { merge, ..Survey::default() }
    }

    /// Takes in an article.
    pub fn add(&mut self, cast: ArticleCast) {
        self.add_placed(cast);
    }

    /// Takes in an article, and says which group each of its speakers went to.
    pub(crate) fn add_placed(&mut self, cast: ArticleCast) -> Vec<usize> {
        let mut places = Vec::with_capacity(cast.speakers.len());
        self.totals.articles += 1;
        self.totals.counts.join(&cast.all);
        self.totals.unattributed += cast.unattributed.statements;
        let document: Arc<str> = cast.document.into();
        for line in cast.speakers {
            let at = self.place(&line);
            let member = Member {
                document: Arc::clone(&document),
                id: line.id,
                name: self.interned(&line.name),
                role: line.role.as_deref().map(|role| self.interned(role)),
                affiliation: line.affiliation.as_deref().map(|affiliation| self.interned(affiliation)),
                statements: line.counts.statements,
            };
            self.groups[at].take(member, &line.counts, cast.published, self.totals.articles);
            places.push(at);
        }
        places
    }

    /// The group of a speaker; a new one where there is none.
    fn place(&mut self, line: &CastLine) -> usize {
        let next = self.groups.len();
        let affiliation = line.affiliation.as_deref().filter(|_| self.merge == Merge::NameAndAffiliation).map(folded);
        let at = match self.merge {
            Merge::Nothing => next,
            _ => *self.places.entry((line.kind, folded(&line.name), affiliation)).or_insert(next),
        };
        if at == next {
            self.groups.push(Group::new(line.kind));
        }
        at
    }

    /// The same words once.
    fn interned(&mut self, words: &str) -> Arc<str> {
        if let Some(there) = self.words.get(words) {
            return Arc::clone(there);
        }
        let new: Arc<str> = words.into();
        self.words.insert(Arc::clone(&new));
        new
    }

    /// The speakers, those with the most statements first, and the totals.
    #[must_use]
    pub fn finish(self) -> (Vec<SpeakerSum>, Totals) {
        let (sums, totals, _) = self.finish_placed();
        (sums, totals)
    }

    /// The same, and where each group of [`Survey::add_placed`] is among the speakers.
    pub(crate) fn finish_placed(mut self) -> (Vec<SpeakerSum>, Totals, Vec<usize>) {
        let joined = self.join_those_without_affiliation();
        let all = |count: fn(&Counts) -> u64| self.groups.iter().map(|group| count(&group.counts)).sum::<u64>();
        let (statements, quoted) = (all(|c| c.statements), all(|c| c.quoted_words));
        let mut sums: Vec<(usize, SpeakerSum)> = Vec::new();
        let mut places = vec![0; self.groups.len()];
        for (at, group) in self.groups.into_iter().enumerate().filter(|(_, group)| !group.members.is_empty()) {
            sums.push((at, group.sum(statements, quoted)));
        }
        sums.sort_by(|(_, a), (_, b)| {
            let order = |s: &SpeakerSum| (s.counts.statements, s.counts.words);
            order(b).cmp(&order(a)).then_with(|| a.name.cmp(&b.name)).then_with(|| a.affiliations.cmp(&b.affiliations))
        });
        sums.iter().enumerate().for_each(|(now, &(at, _))| places[at] = now);
        joined.into_iter().for_each(|(bare, into)| places[bare] = places[into]);
        self.totals.speakers = sums.len() as u64;
        (sums.into_iter().map(|(_, sum)| sum).collect(), self.totals, places)
    }

    /// Joins a group without an affiliation with the one of the same name that has one, if there is only one; says
    /// which were joined with which.
    fn join_those_without_affiliation(&mut self) -> Vec<(usize, usize)> {
        let mut affiliated: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for ((kind, name, affiliation), &at) in &self.places {
            if affiliation.is_some() {
                affiliated.entry((*kind, name.as_str())).or_default().push(at);
            }
        }
        let only = |kind: &str, name: &str| match affiliated.get(&(kind, name))?.as_slice() {
            &[only] => Some(only),
            _ => None,
        };
        let bare = self.places.iter().filter(|((_, _, affiliation), _)| affiliation.is_none());
        let joins: Vec<(usize, usize)> = bare.filter_map(|((kind, name, _), &at)| Some((at, only(kind, name)?))).collect();
        for &(bare, into) in &joins {
            let kind = self.groups[bare].kind;
            let group = std::mem::replace(&mut self.groups[bare], Group::new(kind));
            self.groups[into].join(group);
        }
        joins
    }
}

impl Group {
    fn new(kind: &'static str) -> Self {
        Group { kind, counts: Counts::default(), first: None, last: None, articles: 0, latest: 0, members: Vec::new() }
    }

    fn take(&mut self, member: Member, counts: &Counts, published: Option<NaiveDateTime>, article: u64) {
        self.counts.join(counts);
        self.first = self.first.into_iter().chain(published).min();
        self.last = self.last.into_iter().chain(published).max();
        self.articles += u64::from(self.latest != article);
        self.latest = article;
        self.members.push(member);
    }

    /// Takes in another group; the same article counts twice where it has both, which a name with and without an affiliation may be.
    fn join(&mut self, other: Group) {
        self.counts.join(&other.counts);
        self.first = self.first.into_iter().chain(other.first).min();
        self.last = self.last.into_iter().chain(other.last).max();
        self.members.extend(other.members);
        self.members.sort_by(|a, b| (&a.document, a.id).cmp(&(&b.document, b.id)));
        let mut documents: Vec<&str> = self.members.iter().map(|member| &*member.document).collect();
        documents.dedup();
        self.articles = documents.len() as u64;
    }

    fn sum(self, statements: u64, quoted: u64) -> SpeakerSum {
        let share = |part: u64, of: u64| if of == 0 { 0.0 } else { (part as f64 / of as f64 * 1e4).round() / 1e4 };
        let names = by_count(self.members.iter().map(|member| &member.name));
        let day = |moment: Option<NaiveDateTime>| moment.map(|m| m.format("%Y-%m-%d").to_string());
        SpeakerSum {
            name: names.first().cloned().unwrap_or_default(),
            kind: self.kind,
            roles: by_count(self.members.iter().filter_map(|member| member.role.as_ref())),
            affiliations: by_count(self.members.iter().filter_map(|member| member.affiliation.as_ref())),
            share_of_statements: share(self.counts.statements, statements),
            share_of_quoted_words: share(self.counts.quoted_words, quoted),
            counts: self.counts,
            articles: self.articles,
            first: day(self.first),
            last: day(self.last),
            merged: self.members,
        }
    }
}

/// Each once, the most frequent first; of the same frequency, the one that came first.
fn by_count<'m>(all: impl Iterator<Item = &'m Arc<str>>) -> Vec<Arc<str>> {
    let mut places: HashMap<&Arc<str>, usize> = HashMap::new();
    let mut found: Vec<(&Arc<str>, u64)> = Vec::new();
    for words in all {
        let at = *places.entry(words).or_insert(found.len());
        match found.get_mut(at) {
            Some((_, count)) => *count += 1,
            None => found.push((words, 1)),
        }
    }
    found.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    found.into_iter().map(|(words, _)| Arc::clone(words)).collect()
}

/// A name without what articles write in different ways: capitals, full stops, apostrophes, white space, a leading "the".
pub(crate) fn folded(name: &str) -> String {
    let plain: String = name
        .chars()
        .filter(|&c| c != '.')
        .map(|c| if matches!(c, '’' | '‘' | 'ʼ') { '\'' } else { c })
        .flat_map(char::to_lowercase)
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let words = if words.len() > 1 && words[0] == "the" { &words[1..] } else { &words };
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cast(document: &str, day: &str, speakers: &[(&str, Option<&str>, u64)]) -> ArticleCast {
        let line = |(id, &(name, affiliation, statements)): (usize, &(&str, Option<&str>, u64))| CastLine {
            id: id as u32,
            name: name.to_owned(),
            kind: "person",
            role: None,
            affiliation: affiliation.map(str::to_owned),
            counts: Counts { statements, quoted_words: statements * 10, ..Counts::default() },
        };
        ArticleCast {
            document: document.to_owned(),
            published: crate::speakers::moment(day),
            speakers: speakers.iter().enumerate().map(line).collect(),
            ..ArticleCast::default()
        }
    }

    fn survey(merge: Merge, casts: &[ArticleCast]) -> Vec<SpeakerSum> {
        let mut survey = Survey::new(merge);
        casts.iter().for_each(|cast| survey.add(cast.clone()));
        survey.finish().0
    }

    fn rows(sums: &[SpeakerSum]) -> Vec<String> {
        let affiliation = |s: &SpeakerSum| s.affiliations.first().map_or("-", |a| &**a).to_owned();
        sums.iter().map(|s| format!("{} of {}: {} in {}", s.name, affiliation(s), s.counts.statements, s.articles)).collect()
    }

    #[test]
    fn one_name_with_one_affiliation_is_one_speaker() {
        let casts = [
            cast("a1", "2024-05-03", &[("Ana Ruiz", Some("Lorca"), 2), ("Tam Orrel", None, 1)]),
            cast("a2", "2024-05-01", &[("Ana Ruiz", None, 1)]),
            cast("a3", "", &[("ana  ruiz", Some("lorca"), 4)]),
        ];
        let sums = survey(Merge::NameAndAffiliation, &casts);
        assert_eq!(rows(&sums), ["Ana Ruiz of Lorca: 7 in 3", "Tam Orrel of -: 1 in 1"]);
        assert_eq!((sums[0].first.as_deref(), sums[0].last.as_deref()), (Some("2024-05-01"), Some("2024-05-03")));
        assert_eq!((sums[0].share_of_statements, sums[0].share_of_quoted_words), (0.875, 0.875));
        let merged: Vec<(&str, u64)> = sums[0].merged.iter().map(|member| (&*member.document, member.statements)).collect();
        assert_eq!(merged, [("a1", 2), ("a2", 1), ("a3", 4)]);
    }

    #[test]
    fn one_name_with_two_affiliations_is_two_speakers_and_who_has_none_stays_apart() {
        let casts = [
            cast("a1", "", &[("Ana Ruiz", Some("Lorca"), 3)]),
            cast("a2", "", &[("Ana Ruiz", Some("Vesmark"), 2)]),
            cast("a3", "", &[("Ana Ruiz", None, 1)]),
        ];
        let apart = ["Ana Ruiz of Lorca: 3 in 1", "Ana Ruiz of Vesmark: 2 in 1", "Ana Ruiz of -: 1 in 1"];
        assert_eq!(rows(&survey(Merge::NameAndAffiliation, &casts)), apart);
        assert_eq!(rows(&survey(Merge::Name, &casts)), ["Ana Ruiz of Lorca: 6 in 3"]);
        assert_eq!(rows(&survey(Merge::Nothing, &casts)), apart);
    }

    #[test]
    fn a_name_is_the_same_however_it_is_written() {
        for (one, other) in [("The Council", "council"), ("J. R. Ruiz", "J R Ruiz"), ("O’Neil", "O'Neil")] {
            assert_eq!(folded(one), folded(other));
        }
        assert_ne!(folded("The"), folded(""));
    }
}
