//! What can go wrong: only the loading of a model.

/// Why a model could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The bytes do not begin with the line that every sayso model begins with.
    #[error("not a sayso model: it should begin with the line {expected:?}, but begins with {found:?}")]
    NotAModel {
        /// The line that was expected.
        expected: String,
        /// The first bytes that were found, as text.
        found: String,
    },
    /// The model was made for another version of the feature functions or the format.
    #[error("the model's {what} is {found}, this program reads {expected}: train it again, or use the version that made it")]
    Mismatch {
        /// What differs: "format" or "feature fingerprint".
        what: &'static str,
        /// What this program reads.
        expected: String,
        /// What the model says.
        found: String,
    },
    /// The bytes end early, or a part has an impossible size.
    #[error("the model is damaged at byte {at}: {why}")]
    Damaged {
        /// Where, in bytes from the beginning.
        at: usize,
        /// What was found there.
        why: String,
    },
    /// A word table has a line that cannot be read.
    #[error("word table {table:?}, line {line}: {why}")]
    Table {
        /// The table's name.
        table: String,
        /// The line, counted from 1.
        line: usize,
        /// What was found there.
        why: String,
    },
}
