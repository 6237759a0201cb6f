//! Statements out.

mod offsets;
pub mod page;
mod record;

pub use offsets::{OffsetIndex, Offsets};
pub use record::{CastRecord, CueRecord, DocumentRecord, PhraseRecord, SpeakerRecord, StatementRecord};
