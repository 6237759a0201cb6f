//! The English model of sayso and its word tables: data only.
//!
//! ```
//! assert!(sayso_en::TABLES.iter().any(|(name, _)| *name == "cues"));
//! ```

/// The learned weights, as `sayso::Model::read` takes them.
pub const WEIGHTS: &[u8] = include_bytes!("../model.bin");

/// The word tables: (name, tab-separated text), one word or phrase a line, sorted.
pub const TABLES: &[(&str, &str)] = &[("cues", include_str!("../lexicon/cues.tsv")), ("lemmas", include_str!("../lexicon/lemmas.tsv"))];
