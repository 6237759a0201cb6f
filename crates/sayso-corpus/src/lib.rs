//! Articles in, statements out: readers, writers and the scorer.

mod decode;
mod error;
mod jsonl;
mod offsets;
mod record;
pub mod score;

pub use decode::decode;
pub use error::{InputError, Problem};
pub use jsonl::Fields;
pub use offsets::{OffsetIndex, Offsets};
pub use record::{CastRecord, CueRecord, DocumentRecord, PhraseRecord, SpeakerRecord, StatementRecord};
