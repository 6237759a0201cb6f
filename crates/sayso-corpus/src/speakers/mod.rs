//! Who speaks in a corpus: how much, how, for whom, and from when to when.
//!
//! [`ArticleCast::of`] counts one article; [`Survey`] takes in one article after the other, joins those of different articles that
//! are the same by name and affiliation, and shows whom it joined. A survey is written as a table for a terminal, CSV, JSON and a
//! page.

mod cast;
mod csv;
mod date;
mod page;
mod survey;
mod table;
mod words;

pub use self::csv::csv;
pub use cast::{ArticleCast, CastLine, Counts};
pub use date::moment;
pub use page::{json, page};
pub(crate) use survey::folded;
pub use survey::{Member, Merge, SpeakerSum, Survey, Totals};
pub use table::table;
pub use words::{quoted_words, words};
