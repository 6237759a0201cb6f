//! Learned weights and word tables; knows no text.

pub mod chain;
mod dense;
mod format;
pub mod hash;
mod lexicon;
pub mod scalars;
mod sequence;
mod sparse;
mod trees;
pub mod trust;

use std::borrow::Cow;

pub use dense::{DenseRows, WIDTH};
pub use format::{File, MAGIC, Section};
pub use lexicon::{Lexicon, Table};
pub use scalars::Scalars;
pub use sequence::{Sequence, add_evidence};
pub use sparse::SparseRows;
pub use trees::{DEPTH, Question, Tree, Trees};
pub use trust::Trust;

use crate::error::ModelError;

/// What the stages have learned: weights and word tables.
#[derive(Debug)]
pub struct Model {
    /// What the weights were made from, in one line.
    pub made_from: String,
    /// The word tables.
    pub lexicon: Lexicon,
    /// What the tagger and the parser have learned.
    pub grammar: Grammar,
    /// What the passes over cues and contents have learned.
    pub statements: Statements,
}

/// The tagger's weights: up to 64 tags.
pub type TagRows = SparseRows<64>;

/// The parser's weights: up to 32 moves.
pub type MoveRows = SparseRows<32>;

/// What the tagger and the parser have learned.
#[derive(Debug)]
pub struct Grammar {
    /// The tagger's weights.
    pub tagger: TagRows,
    /// The parser's weights.
    pub parser: MoveRows,
}

/// What the passes over cues and contents have learned.
#[derive(Debug)]
pub struct Statements {
    /// The first pass: roles over the whole article.
    pub cue: Sequence,
    /// The second pass: one statement given its cue.
    pub content: Sequence,
    /// The third pass: choosing among whole statements.
    pub rank: Scalars,
    /// The same by trees, in a model that was trained with an encoder.
    pub trees: Option<Trees>,
    /// How far to trust what they find.
    pub trust: Trust,
}

/// The feature fingerprints that this program expects of a model's sections.
///
/// The stages that own the feature functions fill them in, so that this room need not know them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprints {
    /// Of the tagger.
    pub tag: u32,
    /// Of the parser.
    pub parse: u32,
    /// Of the first pass.
    pub cue: u32,
    /// Of the second pass.
    pub content: u32,
    /// Of the third pass.
    pub rank: u32,
    /// Of the trees that take its place.
    pub trees: u32,
    /// How many measures they take of a way.
    pub measures: usize,
}

impl Grammar {
    /// Reads the sections "tag" and "parse".
    ///
    /// # Errors
    /// If one is missing, damaged or made for other features.
    pub fn read(file: &File, expected: Fingerprints) -> Result<Grammar, ModelError> {
        Ok(Grammar {
            tagger: SparseRows::read(file.section("tag", expected.tag)?)?,
            parser: SparseRows::read(file.section("parse", expected.parse)?)?,
        })
    }
}

impl Statements {
    /// Reads the sections "cue", "content", "rank" and "trust", and "trees" where there is one.
    ///
    /// # Errors
    /// If one is missing, damaged or made for other features.
    pub fn read(file: &File, expected: Fingerprints) -> Result<Statements, ModelError> {
        Ok(Statements {
            cue: Sequence::read(file.section("cue", expected.cue)?)?,
            content: Sequence::read(file.section("content", expected.content)?)?,
            rank: Scalars::read(file.section("rank", expected.rank)?, 0)?.0,
            trees: file
                .sections
                .iter()
                .any(|s| s.name == "trees")
                .then(|| Trees::read(file.section("trees", expected.trees)?, expected.measures))
                .transpose()?,
            trust: Trust::read(file.section("trust", expected.rank)?)?,
        })
    }
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
        Model::assemble_file(File::read(weights)?, tables, expected)
    }

    /// The same, of a file that was taken apart.
    ///
    /// # Errors
    /// If it is a model for other features, damaged, or if a table has a line that cannot be read.
    pub fn assemble_file(file: File, tables: &[(&'static str, &'static str)], expected: Fingerprints) -> Result<Model, ModelError> {
        let (grammar, statements) = (Grammar::read(&file, expected)?, Statements::read(&file, expected)?);
        Ok(Model { made_from: file.made_from, lexicon: Lexicon::read(tables)?, grammar, statements })
    }
}
