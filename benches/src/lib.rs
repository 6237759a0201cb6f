//! What the benchmarks read: the example article, the articles of the golden pages, and files made of them.

pub mod kinds;
pub mod pipeline;
pub mod samples;
pub mod stages;

use sayso_tests::{Page, find_pages, root};

/// The article that README shows.
///
/// # Panics
/// If the file is not there.
#[must_use]
pub fn briefing() -> String {
    let path = root().join("examples/briefing.txt");
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Every article of the golden pages.
///
/// # Panics
/// If a page cannot be read.
#[must_use]
pub fn golden_articles() -> Vec<String> {
    let pages = find_pages().into_iter().map(|path| Page::read(&path).unwrap_or_else(|e| panic!("{e}")));
    pages.flat_map(|page| page.cases.into_iter().map(|case| case.article)).collect()
}
