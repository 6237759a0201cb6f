//! Articles in, statements out: readers, writers and the scorer.
//!
//! Plain text and JSON Lines (each also gzipped) are read by [`articles()`]; [`StatementRecord`] and [`DocumentRecord`] are what
//! [`write`] writes of an article; [`score`] compares statements with gold attributions.

mod decode;
mod error;
mod format;
mod input;
mod jsonl;
mod offsets;
mod record;
pub mod score;
pub mod write;

pub use decode::decode;
pub use error::{InputError, Problem};
pub use format::InputFormat;
pub use input::{Article, Articles, InputOptions, articles};
pub use jsonl::Fields;
pub use offsets::{OffsetIndex, Offsets};
pub use record::{CastRecord, CueRecord, DocumentRecord, PhraseRecord, SpeakerRecord, StatementRecord};
