//! What can go wrong: only the reading of a weights file.

/// Why a weights file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EncoderError {
    /// The bytes do not begin with the line that every weights file begins with.
    #[error("not an encoder's weights: the file should begin with the line {expected:?}, but begins with {found:?}")]
    NotWeights {
        /// The line that was expected.
        expected: String,
        /// The first bytes that were found, as text.
        found: String,
    },
    /// The file is of another version of the format.
    #[error("the weights are written in version {found:?} of the format, this program reads {expected:?}: pack them again")]
    Version {
        /// The version that this program reads.
        expected: String,
        /// The version that the file names.
        found: String,
    },
    /// A line of the header cannot be read.
    #[error("the weights' header, line {line}: {why}")]
    Header {
        /// The line, counted from 1.
        line: usize,
        /// What was found there.
        why: String,
    },
    /// The file ends early.
    #[error("the weights end early: {what} needs {needed} bytes, {left} are left; copy the file again")]
    Truncated {
        /// What was to be read.
        what: String,
        /// How many bytes it has.
        needed: usize,
        /// How many were left.
        left: usize,
    },
    /// The bytes are not those that were written.
    #[error("the weights are damaged: their checksum is {found:08x}, the header says {expected:08x}; copy the file again")]
    Damaged {
        /// The checksum in the header.
        expected: u32,
        /// The checksum of the bytes.
        found: u32,
    },
    /// A setting or a tensor that the encoder needs is not there.
    #[error("the weights have no {name:?}: pack them with the script of this version")]
    Missing {
        /// Its name.
        name: String,
    },
    /// A tensor or a setting has another shape or value than the encoder needs.
    #[error("the weights' {name:?} is {found}, where {expected} is needed")]
    Shape {
        /// Its name.
        name: String,
        /// What is needed.
        expected: String,
        /// What was found.
        found: String,
    },
    /// The word pieces cannot be used.
    #[error("the weights' word pieces: {why}")]
    Vocabulary {
        /// What was found.
        why: String,
    },
}
