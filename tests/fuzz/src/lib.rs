//! What is fuzzed, and what the targets share.

pub mod mutation;
pub mod seeds;
pub mod targets;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use sayso_corpus::{InputFormat, InputOptions, OffsetIndex, Offsets, articles};

/// The most articles of one file that are looked at.
const MOST: usize = 500;

/// The folder of this process, gone when the system cleans up.
static FOLDER: LazyLock<PathBuf> =
    LazyLock::new(|| tempfile::Builder::new().prefix("sayso-fuzz").tempdir().expect("a folder for temporary files").keep());

/// Reads `bytes` as a file of that name, in a format or in the one that its name and content tell; every article must be whole text.
///
/// # Panics
/// If a reader does, or gives text whose offsets do not add up.
pub fn read(name: &str, format: Option<InputFormat>, bytes: &[u8]) {
    let path = FOLDER.join(format!("{}-{name}", std::process::id()));
    fs::write(&path, bytes).expect("a temporary file");
    // A small limit, so that a record that is too long is met often.
    let options = InputOptions { format, max_article: 64 << 10, ..InputOptions::default() };
    for article in articles([path], options).take(MOST) {
        match article {
            Ok(article) => check_offsets(&article.text),
            Err(error) => assert!(!error.to_string().is_empty(), "an error without words"),
        }
    }
}

/// Every offset of a text in every unit is what counting gives.
///
/// # Panics
/// If one is not.
pub fn check_offsets(text: &str) {
    let index = [Offsets::Chars, Offsets::Bytes, Offsets::Utf16].map(|unit| OffsetIndex::new(text, unit));
    let (mut chars, mut units) = (0, 0);
    for (at, c) in text.char_indices().chain([(text.len(), '\0')]) {
        let found = [0, 1, 2].map(|i| index[i].at(at as u32));
        assert_eq!(found, [chars, at as u32, units], "byte {at} in code points, bytes and UTF-16 units");
        chars += 1;
        units += c.len_utf16() as u32;
    }
    for index in index {
        assert_eq!(index.at(u32::MAX), index.at(text.len() as u32), "beyond the text");
    }
}

/// A file of the repository.
///
/// # Panics
/// If it cannot be read.
#[must_use]
pub fn repository(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name);
    fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}
