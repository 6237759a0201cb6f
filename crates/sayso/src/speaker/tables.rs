//! The word tables of this stage, asked by word.

use crate::model::{Model, Table};

/// What a head noun names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Somebody: "minister".
    Person,
    /// Several people by nature: "crowd".
    Group,
    /// "department", "Fox News"
    Organization,
    /// "poll", "report"
    Document,
}

/// The gender that a name or word tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Male,
    Female,
}

/// What a title before a name is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Title {
    /// "Mr.": tells the gender and no role.
    Courtesy,
    /// "Sen.": is a role.
    Rank,
    /// "Prof.", "Col.": a role only where nothing better is told.
    Grade,
}

/// The tables, looked up once an article.
pub(super) struct Tables<'m> {
    given: &'m Table,
    nouns: &'m Table,
    titles: &'m Table,
    places: &'m Table,
    times: &'m Table,
    venues: &'m Table,
}

fn gender(column: &str) -> Option<Gender> {
    match column {
        "m" => Some(Gender::Male),
        "f" => Some(Gender::Female),
        _ => None,
    }
}

impl<'m> Tables<'m> {
    pub fn of(model: &'m Model) -> Self {
        let table = |name| model.lexicon.table(name);
        Tables {
            given: table("given"),
            nouns: table("nouns"),
            titles: table("titles"),
            places: table("places"),
            times: table("times"),
            venues: table("venues"),
        }
    }

    /// Whether a word, in lower case, is a given name.
    pub fn is_given(&self, form: &str) -> bool {
        self.given.has(form)
    }

    /// Whether a word, in lower case, names a party.
    pub fn is_party(&self, form: &str) -> bool {
        matches!(form, "republican" | "democrat" | "democratic" | "gop" | "libertarian" | "labour" | "tory" | "conservative")
    }

    /// The gender that a given name suggests.
    pub fn given_gender(&self, form: &str) -> Option<Gender> {
        let first = form.split('-').next().unwrap_or(form);
        self.given.get(form).or_else(|| self.given.get(first)).and_then(gender)
    }

    /// What a head noun names, by lemma.
    pub fn class(&self, lemma: &str) -> Option<Class> {
        let class = match self.nouns.column(lemma, 0) {
            Some(class) => class,
            // "co-chair", "vice-chairman", "ex-wife", "think-tank"
            None => self.nouns.column(lemma.rsplit_once('-')?.1, 0)?,
        };
        match class {
            "person" => Some(Class::Person),
            "group" => Some(Class::Group),
            "organization" => Some(Class::Organization),
            "document" => Some(Class::Document),
            _ => None,
        }
    }

    /// The gender that a noun tells: "spokeswoman".
    pub fn noun_gender(&self, lemma: &str) -> Option<Gender> {
        self.nouns.column(lemma, 1).and_then(gender)
    }

    /// What a word or phrase before a name is as a title.
    pub fn title(&self, form: &str) -> Option<Title> {
        match self.titles.column(form, 0)? {
            "courtesy" => Some(Title::Courtesy),
            "grade" => Some(Title::Grade),
            _ => Some(Title::Rank),
        }
    }

    /// The gender that a title tells: "Mrs."
    pub fn title_gender(&self, form: &str) -> Option<Gender> {
        self.titles.column(form, 1).and_then(gender)
    }

    /// Whether words, in lower case, name a place (not its people).
    pub fn is_place(&self, words: &str) -> bool {
        self.places.column(words, 0).is_some_and(|c| c != "demonym")
    }

    /// Whether a word, in lower case, names a day or month.
    pub fn is_date(&self, form: &str) -> bool {
        matches!(self.times.column(form, 0), Some("day" | "month"))
    }

    /// Whether a word, in lower case, names a medium: "Twitter".
    pub fn is_medium(&self, form: &str) -> bool {
        self.venues.column(form, 0) == Some("medium")
    }

    /// Whether a lemma names a text or an event where things are said: "interview".
    pub fn is_venue(&self, lemma: &str) -> bool {
        matches!(self.venues.column(lemma, 0), Some("text" | "event"))
    }

    /// Whether a word is made from a place: "French".
    pub fn is_demonym(&self, form: &str) -> bool {
        self.places.column(form, 0) == Some("demonym")
    }
}
