//! Statements out: what is written of an article, and where it goes.

pub mod annotations;
pub mod csv;
mod format;
mod offsets;
mod output;
pub mod page;
#[cfg(feature = "parquet")]
pub mod parquet;
mod record;
mod render;
pub mod rows;
#[cfg(feature = "arrow")]
pub mod table;

pub use format::OutputFormat;
pub use offsets::{OffsetIndex, Offsets};
pub use output::{Output, OutputError};
pub(crate) use output::{journal_of, part_of, table_of};
pub use record::{CastRecord, CueRecord, DocumentRecord, PhraseRecord, SpeakerRecord, StatementRecord};
pub use render::Renderer;
pub(crate) use render::{Rendered, Sink, table_of_spool};
pub use rows::StatementRow;
