//! Stage 6 resolves each source to a mention, and the mention to a speaker.

mod affiliation;
mod antecedent;
mod apposition;
mod cast;
mod chain;
mod join;
mod maker;
mod mention;
mod name;
pub(crate) mod page;
mod role;
mod source;
mod tables;
mod walk;

use page::Page;
use tables::Tables;

use rustc_hash::FxHashSet;

use crate::content::{Draft, Drafts};
use crate::model::Model;
use crate::quote::Quotes;
use crate::span::Span;
use crate::tag::Tags;
use crate::text::{Reading, TokenRange};

/// The article's own number for a speaker: an index into [`crate::Extraction::speakers`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SpeakerId(pub u32);

impl SpeakerId {
    /// As an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a speaker is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A named person.
    Person,
    /// One person whom the text does not name: "a senior adviser".
    Unnamed,
    /// Several people: "officials", "critics".
    Group,
    /// An organisation, a government, a country as an actor.
    Organization,
    /// A poll, a report, a court ruling, a book.
    Document,
    /// The text does not tell.
    Unknown,
}

impl Kind {
    /// The word of the JSON: "person", "unnamed", ...
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Unnamed => "unnamed",
            Kind::Group => "group",
            Kind::Organization => "organization",
            Kind::Document => "document",
            Kind::Unknown => "unknown",
        }
    }
}

/// Somebody or something that makes statements in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The article's own number for this speaker.
    pub id: SpeakerId,
    /// The fullest name that the article gives.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// "State Department deputy spokesperson"
    pub role: Option<String>,
    /// "State Department"
    pub affiliation: Option<String>,
    /// Where the article names or refers to this speaker, ascending.
    pub mentions: Vec<Span>,
}

/// How a statement's source was resolved to its speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResolvedBy {
    /// The source names the speaker: "Mark Toner said".
    Name,
    /// A pronoun that stands for a speaker: "he said".
    Pronoun,
    /// A description: "the spokesman said".
    Description,
    /// A quotation that goes on with what the speaker before it said.
    Continuation,
    /// The text does not tell.
    None,
}

impl ResolvedBy {
    /// The word of the JSON: "name", "pronoun", ...
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ResolvedBy::Name => "name",
            ResolvedBy::Pronoun => "pronoun",
            ResolvedBy::Description => "description",
            ResolvedBy::Continuation => "continuation",
            ResolvedBy::None => "none",
        }
    }
}

/// Who made one draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// Empty where the text does not tell; several for "Ruiz and Okafor said".
    pub speakers: Vec<SpeakerId>,
    /// What decided.
    pub resolved_by: ResolvedBy,
}

/// The sixth layer: the speakers, and who of them made each draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cast {
    /// In the order of their first mention.
    pub speakers: Vec<Speaker>,
    /// Parallel to [`Drafts::drafts`].
    pub attributions: Vec<Attribution>,
}

/// The sources of the drafts, ascending.
fn sources(drafts: &Drafts) -> Vec<TokenRange> {
    let mut sources: Vec<TokenRange> = drafts.drafts.iter().filter_map(|d| d.source).filter(|s| !s.is_empty()).collect();
    sources.sort_unstable();
    sources
}

/// The sources that stand right behind what they say: no apposition to the words before them.
fn parted(drafts: &Drafts) -> FxHashSet<u32> {
    let behind = |d: &&Draft, s: TokenRange| d.content.iter().any(|c| c.end <= s.begin && c.end + 1 >= s.begin);
    drafts.drafts.iter().filter_map(|d| d.source.filter(|&s| behind(&d, s)).map(|s| s.begin)).collect()
}

/// Resolves the sources of a text.
#[must_use]
pub fn resolve(text: &str, reading: &Reading, quotes: &Quotes, tags: &Tags, drafts: &Drafts, model: &Model) -> Cast {
    let page = Page { text, reading, quotes, tags };
    let tables = Tables::of(model);
    let mentions = mention::find(&page, &tables, &sources(drafts));
    let roles = role::read(&page, &tables, &mentions, &parted(drafts));
    let walked = walk::walk(&page, &tables, &mentions, &roles, drafts, model, false);
    cast::cast(&page, &tables, &walked)
}

/// The candidates of a pronoun, as the ranking saw them.
#[cfg(feature = "train")]
#[derive(Clone, Debug)]
pub struct RankedPronoun {
    /// The pronoun's token.
    pub token: u32,
    /// The draft whose source it is, as an index, if it is one.
    pub draft: Option<usize>,
    /// Whether it stands for one person ("he", "she"), or for others ("they", "it").
    pub personal: bool,
    /// The one mentioned last first.
    pub candidates: Vec<RankedCandidate>,
}

/// What a pronoun could stand for.
#[cfg(feature = "train")]
#[derive(Clone, Debug)]
pub struct RankedCandidate {
    /// Its name in the end.
    pub name: String,
    /// The main token of its last mention before the pronoun.
    pub token: u32,
    /// Parallel to [`ANTECEDENT_FEATURES`].
    pub features: Vec<f32>,
}

/// The names of the features of a pronoun's candidate.
#[cfg(feature = "train")]
pub const ANTECEDENT_FEATURES: &[&str] = antecedent::FEATURES;

/// The rankings of all pronouns outside quotation marks, and of those that are the source of a draft.
#[cfg(feature = "train")]
#[must_use]
pub fn rankings(text: &str, reading: &Reading, quotes: &Quotes, tags: &Tags, drafts: &Drafts, model: &Model) -> Vec<RankedPronoun> {
    let page = Page { text, reading, quotes, tags };
    let tables = Tables::of(model);
    let mentions = mention::find(&page, &tables, &sources(drafts));
    let roles = role::read(&page, &tables, &mentions, &parted(drafts));
    let walked = walk::walk(&page, &tables, &mentions, &roles, drafts, model, true);
    let name = |id: u32| page.words(walked.chains.all[id as usize].words);
    let ranked = |r: &walk::Ranked| {
        let one =
            |((id, features), &token): (&(u32, Vec<f32>), &u32)| RankedCandidate { name: name(*id), token, features: features.clone() };
        RankedPronoun {
            token: mentions.all[r.mention].head,
            draft: r.draft,
            personal: antecedent::is_personal(&mentions.all[r.mention]),
            candidates: r.candidates.iter().zip(&r.tokens).map(one).collect(),
        }
    };
    walked.rankings.iter().map(ranked).collect()
}
