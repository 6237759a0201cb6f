//! Articles in, statements out: readers, writers and the scorer.

mod offsets;
mod record;

pub use offsets::{OffsetIndex, Offsets};
pub use record::{CastRecord, CueRecord, DocumentRecord, PhraseRecord, SpeakerRecord, StatementRecord};
