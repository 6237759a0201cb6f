//! The small text encoder of sayso: word pieces and an 8-bit transformer on the CPU.
//!
//! An [`Encoder`] is read from one file of weights. It cuts the tokens of a text into word pieces
//! ([`Vocabulary::pieces`]) and turns sequences of them into vectors ([`Encoder::encode`]); [`Heads`] tell the roles of tokens from their vectors.
//! What it answers does not depend on the processor, on the number of threads, or on what else is encoded at once.

mod arithmetic;
mod article;
mod encoder;
mod error;
mod heads;
mod kernels;
mod layers;
mod pieces;
mod weights;

pub use article::{Article, ArticleReader, Encoded};
pub use encoder::{Encoder, Symbol, Vectors};
pub use error::EncoderError;
pub use heads::{Heads, ROLES, RoleLogs, Window};
pub use kernels::Machine;
pub use pieces::{Piece, Vocabulary};
pub use weights::Weights;
