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

use std::path::{Path, PathBuf};

/// The repository's root folder.
#[must_use]
pub fn root() -> PathBuf {
    let tests = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    tests.parent().map(PathBuf::from).unwrap_or(tests)
}

/// The golden pages, sorted by path.
///
/// # Panics
/// If the folder cannot be read.
#[must_use]
pub fn find_pages() -> Vec<PathBuf> {
    fn walk(folder: &Path, pages: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let path = entry.expect("an entry of the golden folder").path();
            if path.is_dir() {
                walk(&path, pages);
            } else if path.extension().is_some_and(|e| e == "md") && path.file_name().is_some_and(|n| n != "README.md") {
                pages.push(path);
            }
        }
    }
    let mut pages = Vec::new();
    walk(&root().join("tests/golden"), &mut pages);
    pages.sort();
    pages
}

/// README's Rust blocks, run as documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// Those of the quick start.
#[cfg(doctest)]
#[doc = include_str!("../../docs/quick-start.md")]
pub struct QuickStart;
