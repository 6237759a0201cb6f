//! The accurate English model of sayso, beside that of `sayso-en`: data only.
//!
//! ```
//! assert!(sayso_en_accurate::ENCODER.starts_with(b"sayso-encoder "));
//! ```

/// The version of the model.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The weights of the encoder, as `sayso_encoder::ArticleReader::read_weights` takes them.
pub const ENCODER: &[u8] = include_bytes!("../encoder.bin");

/// The sections of the model file that were trained with what the encoder tells: they stand in for those of `sayso_en::WEIGHTS`.
pub const STATEMENTS: &[u8] = include_bytes!("../statements.bin");
