//! Golden pages, invariants and properties that ride on every text.
//!
//! - [`page`] reads a golden page: its articles and what it expects of them.
//! - [`found`] writes what the library finds in the words of a page.
//! - [`judge`] compares the two, line by line.
//! - [`invariants`] holds what is true of any text's statements and layers.

pub mod found;
pub mod invariants;
pub mod judge;
pub mod page;

pub use invariants::{check_invariants, check_layers, check_text};
pub use judge::judge_page;
pub use page::Page;

use std::path::PathBuf;

/// The repository's root folder.
#[must_use]
pub fn root() -> PathBuf {
    let tests = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    tests.parent().map(PathBuf::from).unwrap_or(tests)
}

/// README's Rust blocks, run as documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
