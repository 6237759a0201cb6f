//! Articles in, statements out: readers, writers, the pipeline between them, and the scorer.
//!
//! [`articles()`] reads plain text, HTML, JSON Lines, CSV, Parquet, WARC and IPTC ninjs (each also as .gz or .zst);
//! [`StatementRecord`] and [`DocumentRecord`] are what [`writers`] write of an article; [`view`] shows them to people;
//! [`score`] compares statements with gold attributions.

mod error;
mod guard;
pub mod network;
pub mod pipeline;
pub mod readers;
pub mod score;
pub mod speakers;
pub mod view;
pub mod writers;

pub use error::{InputError, Place, Problem};
pub use guard::guarded;
pub use readers::{Article, Articles, Fields, InputFormat, InputOptions, Language, articles, decode};
pub use writers::{CastRecord, CueRecord, DocumentRecord, OffsetIndex, Offsets, PhraseRecord, SpeakerRecord, StatementRecord};
