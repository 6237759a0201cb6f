//! The word tables: sorted, unique, each with a header that names its source and licence, each compiled in.

use std::collections::BTreeSet;

use sayso_tests::root;

fn tables() -> Vec<(String, String)> {
    let folder = root().join("crates/sayso-en/lexicon");
    let mut tables = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
        let path = entry.expect("an entry of the lexicon folder").path();
        if path.extension().is_some_and(|e| e == "tsv") {
            let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            tables.push((path.file_stem().expect("a name").to_string_lossy().into_owned(), text));
        }
    }
    assert!(!tables.is_empty(), "no word table in {}", folder.display());
    tables
}

#[test]
fn words_are_sorted_by_their_bytes_and_stand_once() {
    for (name, text) in tables() {
        let mut last: Option<&str> = None;
        for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.starts_with('#')) {
            let word = line.split('\t').next().unwrap_or("");
            assert!(!word.is_empty() && word.trim() == word, "{name}.tsv, line {}: {line:?} does not begin with a word", i + 1);
            assert!(last.is_none_or(|l| l < word), "{name}.tsv, line {}: {word:?} should stand before {last:?}, once", i + 1);
            last = Some(word);
        }
        assert!(last.is_some(), "{name}.tsv has no word");
    }
}

#[test]
fn every_header_names_source_and_licence() {
    for (name, text) in tables() {
        let header: String = text.lines().take_while(|l| l.starts_with('#')).collect::<Vec<_>>().join(" ").to_lowercase();
        for word in ["source:", "licence:"] {
            assert!(header.contains(word), "{name}.tsv: its header does not say {word:?}: {header:?}");
        }
    }
}

#[test]
fn every_table_is_compiled_in() {
    let files: BTreeSet<String> = tables().into_iter().map(|(name, _)| name).collect();
    let compiled: BTreeSet<String> = sayso_en::TABLES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(files, compiled, "crates/sayso-en/src/lib.rs lists the files of lexicon/");
}
