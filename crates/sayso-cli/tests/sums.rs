//! `sayso speakers` and `sayso network` as a user meets them.

use std::fs;
use std::path::Path;

use assert_cmd::cargo::cargo_bin_cmd;
use predicates::prelude::*;
use predicates::str::{contains, is_empty};
use serde_json::Value;

const ARTICLES: &str = r#"{"id": "a1", "date": "2024-05-03", "text": "“The bridge will open in May,” said Ana Ruiz, the mayor of Lorca. She told reporters that the work was late.\n\nTam Orrel, a builder, said that Ruiz had “never asked” him."}
{"id": "a2", "date": "2024-05-01T08:00:00Z", "text": "“We will not pay for it twice,” said Ana Ruiz. Tam Orrel denied that it was late."}
"#;

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).expect("written");
}

fn out(folder: &Path, arguments: &[&str]) -> String {
    let done = cargo_bin_cmd!("sayso").current_dir(folder).args(arguments).output().expect("it runs");
    assert_eq!((done.status.code(), String::from_utf8_lossy(&done.stderr).as_ref()), (Some(0), ""), "{arguments:?}");
    String::from_utf8(done.stdout).expect("UTF-8")
}

fn articles() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.jsonl", ARTICLES);
    folder
}

#[test]
fn speakers_of_several_articles_are_joined_and_the_joining_is_shown() {
    let folder = articles();
    let sums: Value = serde_json::from_str(&out(folder.path(), &["speakers", "a.jsonl", "-f", "json"])).expect("one object");
    assert_eq!(sums["totals"]["articles"], 2);
    let ruiz = &sums["speakers"][0];
    assert_eq!((ruiz["name"].as_str(), ruiz["statements"].as_u64(), ruiz["articles"].as_u64()), (Some("Ana Ruiz"), Some(3), Some(2)));
    assert_eq!((&ruiz["direct"], &ruiz["indirect"], &ruiz["acts"]["deny"]), (&2.into(), &1.into(), &Value::Null));
    assert_eq!((ruiz["first"].as_str(), ruiz["last"].as_str()), (Some("2024-05-01"), Some("2024-05-03")));
    assert_eq!(ruiz["quoted_words"], 6 + 7);
    let quoted = sums["totals"]["quoted_words"].as_f64().expect("a number");
    assert!((ruiz["share_of_quoted_words"].as_f64().expect("a number") - 13.0 / quoted).abs() < 1e-3);
    let documents: Vec<&str> = ruiz["merged"].as_array().expect("a list").iter().filter_map(|m| m["document"].as_str()).collect();
    assert_eq!(documents, ["a1", "a2"]);

    let apart: Value = serde_json::from_str(&out(folder.path(), &["speakers", "a.jsonl", "-f", "json", "--merge", "none"])).expect("JSON");
    assert_eq!(apart["speakers"].as_array().map(Vec::len), Some(4), "two in each article");
}

#[test]
fn the_table_of_speakers_fits_a_terminal() {
    let folder = articles();
    let table = out(folder.path(), &["speakers", "a.jsonl"]);
    assert!(table.starts_with("2 speakers, 5 statements in 2 articles\n"), "{table}");
    assert!(table.contains("2 articles: a1, a2") && table.contains('█') && !table.contains('\u{1b}'), "{table}");
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
    let top = out(folder.path(), &["speakers", "a.jsonl", "--top", "1"]);
    assert!(top.contains("Ana Ruiz") && !top.contains("Tam Orrel"), "{top}");
}

#[test]
fn speakers_are_the_same_whatever_the_number_of_threads() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "many.jsonl", &ARTICLES.replace("\"id\": \"a1\", ", "").replace("\"id\": \"a2\", ", "").repeat(40));
    for format in ["table", "csv", "json", "html"] {
        let one = out(folder.path(), &["speakers", "many.jsonl", "-f", format, "-j1"]);
        assert!(one.contains("Ana Ruiz") && one == out(folder.path(), &["speakers", "many.jsonl", "-f", format, "-j4"]), "{format}");
    }
    for format in ["graphml", "csv"] {
        let one = out(folder.path(), &["network", "many.jsonl", "-f", format, "-j1"]);
        assert!(one.contains("Ana Ruiz") && one == out(folder.path(), &["network", "many.jsonl", "-f", format, "-j4"]), "{format}");
    }
}

#[test]
fn a_file_appears_whole_and_a_broken_input_is_named() {
    let folder = articles();
    write(folder.path(), "b.jsonl", "{\"text\": \"cut\n");
    cargo_bin_cmd!("sayso")
        .current_dir(folder.path())
        .args(["speakers", "a.jsonl", "b.jsonl", "-f", "csv", "-o", "sums.csv"])
        .assert()
        .code(1)
        .stdout(is_empty())
        .stderr(contains("sayso: b.jsonl, line 1: broken JSON"));
    let table = fs::read_to_string(folder.path().join("sums.csv")).expect("it is there");
    assert!(table.starts_with("speaker,kind,roles,") && table.contains("Ana Ruiz,person,mayor,Lorca,3,"), "{table}");
    cargo_bin_cmd!("sayso")
        .current_dir(folder.path())
        .args(["speakers", "none"])
        .assert()
        .code(2)
        .stderr("sayso: none: no such file or folder\n");
}

#[test]
fn a_network_has_who_speaks_about_and_to_whom() {
    let folder = articles();
    let edges = out(folder.path(), &["network", "a.jsonl", "-f", "csv", "--nodes", "nodes.csv"]);
    assert!(edges.starts_with("Source,Target,Type,Weight,About,To,Direct,Mixed,Indirect,Articles\r\n"), "{edges}");
    assert!(edges.contains("\r\nTam Orrel,Ana Ruiz,Directed,1,1,0,"), "{edges}");
    assert!(edges.contains("\r\nAna Ruiz,reporters,Directed,1,0,1,0,0,1,1\r\n"), "{edges}");
    let nodes = fs::read_to_string(folder.path().join("nodes.csv")).expect("it is there");
    assert!(
        nodes.contains("\r\nAna Ruiz,Ana Ruiz,person,mayor,Lorca,3,13,2\r\n") && nodes.contains("\r\nreporters,reporters,addressee,"),
        "{nodes}"
    );
    cargo_bin_cmd!("sayso")
        .current_dir(folder.path())
        .args(["network", "a.jsonl", "--nodes", "nodes.csv"])
        .assert()
        .code(2)
        .stderr(contains("--format csv").and(predicate::function(|e: &str| e.lines().count() == 1)));
}

#[cfg(feature = "dna")]
#[test]
fn a_database_is_a_file_of_sqlite_and_the_same_each_time() {
    let folder = articles();
    for name in ["a.dna", "b.dna"] {
        out(folder.path(), &["network", "a.jsonl", "-f", "dna", "-o", name]);
    }
    let [a, b] = ["a.dna", "b.dna"].map(|name| fs::read(folder.path().join(name)).expect("it is there"));
    assert!(a.starts_with(b"SQLite format 3\0") && a == b);
}
