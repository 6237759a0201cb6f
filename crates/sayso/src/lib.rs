//! Finds every statement in a news article: what was said, by whom, how, to whom, when and where.
//!
//! ```
//! let extractor = sayso::Extractor::english();
//! let text = "“The bridge will open in May,” said Ana Ruiz, the mayor of Lorca.";
//! let extraction = extractor.extract(text);
//! for statement in &extraction.statements {
//!     println!("{:?}: {}", extraction.speaker_of(statement), statement.content.text(text));
//! }
//! ```
//!
//! The stages, each in a room of its own, each returning a finished layer:
//!
//! 1. [`text`] reads: paragraphs, sentences, tokens, dateline, credit.
//! 2. [`quote`] finds quotation marks and pairs them.
//! 3. [`tag`] tags: part of speech, lemma, noun phrases.
//! 4. [`cue`] detects the words that signal a statement.
//! 5. [`content`] assembles what was said, with its cue and source.
//! 6. [`speaker`] resolves each source to a speaker.
//! 7. [`statement`] judges: act, circumstances, confidence.

pub mod content;
pub mod cue;
mod error;
mod extractor;
pub mod model;
pub mod quote;
mod span;
pub mod speaker;
pub mod statement;
pub mod tag;
pub mod text;
#[cfg(feature = "train")]
pub mod train;

pub use content::Form;
pub use error::ModelError;
pub use extractor::{Extraction, Extractor, Layers, fingerprints};
pub use model::Model;
pub use span::{Span, Spans};
pub use speaker::{Kind, ResolvedBy, Speaker, SpeakerId};
pub use statement::{Act, Cue, Statement};
