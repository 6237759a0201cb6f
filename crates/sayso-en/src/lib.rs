//! The English model of sayso and its word tables: data only.
//!
//! ```
//! assert!(sayso_en::TABLES.iter().any(|(name, _)| *name == "cues"));
//! ```

/// The version of the model and its tables.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The learned weights, as `sayso::Model::read` takes them.
pub const WEIGHTS: &[u8] = include_bytes!("../model.bin");

/// The word tables: (name, tab-separated text), one word or phrase a line, sorted.
pub const TABLES: &[(&str, &str)] = &[
    ("acts", include_str!("../lexicon/acts.tsv")),
    ("antecedents", include_str!("../lexicon/antecedents.tsv")),
    ("cue_company", include_str!("../lexicon/cue_company.tsv")),
    ("cue_nouns", include_str!("../lexicon/cue_nouns.tsv")),
    ("cue_settings", include_str!("../lexicon/cue_settings.tsv")),
    ("cues", include_str!("../lexicon/cues.tsv")),
    ("given", include_str!("../lexicon/given.tsv")),
    ("lemmas", include_str!("../lexicon/lemmas.tsv")),
    ("nouns", include_str!("../lexicon/nouns.tsv")),
    ("places", include_str!("../lexicon/places.tsv")),
    ("times", include_str!("../lexicon/times.tsv")),
    ("titles", include_str!("../lexicon/titles.tsv")),
    ("venues", include_str!("../lexicon/venues.tsv")),
];
