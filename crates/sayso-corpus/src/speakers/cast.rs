//! The speakers of one article, counted.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use sayso::{Extraction, Form, Statement};
use serde::Serialize;

use crate::readers::Article;
use crate::speakers::date::moment;
use crate::speakers::words::{quoted_words, words};

/// How much somebody says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Statements.
    pub statements: u64,
    /// Those of which all stands in quotation marks.
    pub direct: u64,
    /// Those of which a part does.
    pub mixed: u64,
    /// Those of which nothing does.
    pub indirect: u64,
    /// Words of what is said.
    pub words: u64,
    /// Those of them that stand in quotation marks.
    pub quoted_words: u64,
    /// Statements by their act: "assert", "deny", ...
    pub acts: BTreeMap<&'static str, u64>,
}

impl Counts {
    /// Counts one statement of `text`.
    pub fn add(&mut self, statement: &Statement, text: &str) {
        let content = statement.content.text(text);
        self.statements += 1;
        match statement.form {
            Form::Direct => self.direct += 1,
            Form::Mixed => self.mixed += 1,
            Form::Indirect => self.indirect += 1,
        }
        self.words += words(&content);
        self.quoted_words += quoted_words(&content, statement.form);
        *self.acts.entry(statement.act.name()).or_default() += 1;
    }

    /// Adds what another counted.
    pub fn join(&mut self, other: &Counts) {
        self.statements += other.statements;
        self.direct += other.direct;
        self.mixed += other.mixed;
        self.indirect += other.indirect;
        self.words += other.words;
        self.quoted_words += other.quoted_words;
        for (act, count) in &other.acts {
            *self.acts.entry(act).or_default() += count;
        }
    }

    /// The acts, the most frequent first.
    #[must_use]
    pub fn acts_by_count(&self) -> Vec<(&'static str, u64)> {
        let mut acts: Vec<_> = self.acts.iter().map(|(&act, &count)| (act, count)).collect();
        acts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        acts
    }
}

/// One speaker of one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CastLine {
    /// The article's own number for the speaker.
    pub id: u32,
    /// The fullest name that the article gives.
    pub name: String,
    /// "person", "unnamed", "group", "organization", "document" or "unknown".
    pub kind: &'static str,
    /// "mayor of Lorca"
    pub role: Option<String>,
    /// "Lorca"
    pub affiliation: Option<String>,
    /// What the article has of the speaker.
    pub counts: Counts,
}

/// The speakers of one article, and how much each says in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleCast {
    /// The article's id.
    pub document: String,
    /// When it was published, where it says so in a form that [`moment`] reads.
    pub published: Option<NaiveDateTime>,
    /// The speakers by their numbers.
    pub speakers: Vec<CastLine>,
    /// All statements; one of several speakers is counted once.
    pub all: Counts,
    /// The statements of which the article does not tell who made them.
    pub unattributed: Counts,
}

impl ArticleCast {
    /// Counts the statements of an article.
    ///
    /// ```
    /// use sayso_corpus::Article;
    /// use sayso_corpus::speakers::ArticleCast;
    /// let article = Article { text: "“We lost,” said Ana Ruiz, the mayor of Lorca.".to_owned(), ..Article::default() };
    /// let cast = ArticleCast::of(&article, &sayso::Extractor::english().extract(&article.text));
    /// assert_eq!((cast.speakers[0].name.as_str(), cast.speakers[0].counts.quoted_words), ("Ana Ruiz", 2));
    /// ```
    ///
    /// # Panics
    /// If the extraction was made from another text.
    #[must_use]
    pub fn of(article: &Article, extraction: &Extraction) -> Self {
        let line = |speaker: &sayso::Speaker| CastLine {
            id: speaker.id.0,
            name: speaker.name.clone(),
            kind: speaker.kind.name(),
            role: speaker.role.clone(),
            affiliation: speaker.affiliation.clone(),
            counts: Counts::default(),
        };
        let mut cast = ArticleCast {
            document: article.document.clone(),
            published: article.date.as_deref().and_then(moment),
            speakers: extraction.speakers.iter().map(line).collect(),
            ..ArticleCast::default()
        };
        for statement in &extraction.statements {
            cast.all.add(statement, &article.text);
            if statement.speakers.is_empty() {
                cast.unattributed.add(statement, &article.text);
            }
            for id in &statement.speakers {
                if let Some(line) = cast.speakers.get_mut(id.index()) {
                    line.counts.add(statement, &article.text);
                }
            }
        }
        cast
    }
}
