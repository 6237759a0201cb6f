//! Learned weights and word tables; knows no text.

pub mod chain;
mod dense;
mod format;
pub mod hash;
mod lexicon;
pub mod scalars;
mod sequence;
mod sparse;

use std::borrow::Cow;

pub use dense::{DenseRows, WIDTH};
pub use format::{File, MAGIC, Section};
pub use lexicon::{Lexicon, Table};
pub use scalars::Scalars;
pub use sequence::Sequence;
pub use sparse::SparseRows;

use crate::error::ModelError;

/// What the stages have learned: weights and word tables.
#[derive(Debug)]
pub struct Model {
    /// What the weights were made from, in one line.
    pub made_from: String,
    /// The word tables.
    pub lexicon: Lexicon,
    /// The tagger's weights.
    pub tagger: SparseRows,
}

/// The feature fingerprints that this program expects of a model's sections.
///
/// The stages that own the feature functions fill them in, so that this room need not know them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprints {
    /// Of [`crate::tag`].
    pub tag: u32,
}

impl Model {
    /// Reads the weights of a model file together with the word tables (name, tab-separated text).
    ///
    /// # Errors
    /// If the bytes are no model, a model for other features, damaged, or if a table has a line that cannot be read.
    pub fn assemble(
        weights: impl Into<Cow<'static, [u8]>>,
        tables: &[(&'static str, &'static str)],
        expected: Fingerprints,
    ) -> Result<Model, ModelError> {
        let file = File::read(weights)?;
        let tagger = SparseRows::read(file.section("tag", expected.tag)?)?;
        Ok(Model { made_from: file.made_from, lexicon: Lexicon::read(tables)?, tagger })
    }
}
