//! `sayso score`, `completions`, `man` and `--version`.

use std::fs;
use std::path::Path;

use assert_cmd::cargo::cargo_bin_cmd;
use predicates::prelude::*;
use predicates::str::{contains, is_empty};

const GOLD: &str =
    r#"{"id": "a1", "text": "“No,” she said.", "attributions": [{"id": "1", "content": [[0, 5]], "source": [[6, 9]], "cue": [[10, 14]]}]}"#;
const FOUND: &str =
    r#"{"document": "a1", "content": {"text": "“No,”", "spans": [[0, 5]]}, "source": null, "cue": {"text": "said", "spans": [[10, 14]]}}"#;

fn write(folder: &Path, name: &str, lines: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, lines).expect("written");
    path.display().to_string()
}

#[test]
fn score_prints_a_line_a_figure() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (gold, found) = (write(folder.path(), "gold.jsonl", GOLD), write(folder.path(), "found.jsonl", FOUND));
    let line = "exact cue                        P 100.0  R 100.0  F1 100.0   gold 1, predicted 1\n";
    let missed = "statement all                    P   0.0  R   0.0  F1   0.0   gold 1, predicted 1\n";
    cargo_bin_cmd!("sayso")
        .args(["score", &gold, &found])
        .assert()
        .code(0)
        .stdout(contains(line).and(contains(missed)).and(contains("speaker").not()))
        .stderr(is_empty());
    cargo_bin_cmd!("sayso").args(["score", &gold, "-"]).write_stdin(FOUND).assert().code(0).stdout(contains(line));
}

#[test]
fn score_prints_json_and_speakers() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (gold, found) = (write(folder.path(), "gold.jsonl", GOLD), write(folder.path(), "found.jsonl", FOUND));
    let speakers = write(folder.path(), "speakers.jsonl", r#"{"doc": "a1", "id": "1", "speakers": [], "act": "deny"}"#);
    let out = cargo_bin_cmd!("sayso").args(["score", &gold, &found, "--speakers", &speakers, "--json"]).output().expect("it runs");
    let figures: serde_json::Value = serde_json::from_slice(&out.stdout).expect("one JSON object");
    assert_eq!(figures["speaker"]["f1"], 100.0);
    assert_eq!((&figures["act accuracy"], &figures["token source"]["r"]), (&0.0.into(), &0.0.into()));
}

#[test]
fn score_says_which_line_is_wrong() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (gold, found) =
        (write(folder.path(), "gold.jsonl", GOLD), write(folder.path(), "found.jsonl", &format!("{FOUND}\n{{\"document\"\n")));
    cargo_bin_cmd!("sayso").args(["score", &gold, &found]).assert().code(1).stdout(is_empty()).stderr(contains("found.jsonl, line 2: "));
    cargo_bin_cmd!("sayso").args(["score", &gold, "none.jsonl"]).assert().code(2).stderr(contains("sayso: none.jsonl: "));
}

#[test]
fn the_version_names_program_and_model() {
    let version = predicate::str::is_match(r"^sayso \d+\.\d+\.\d+ \(English model \d+\.\d+\.\d+\)\n$").expect("a pattern");
    cargo_bin_cmd!("sayso").arg("--version").assert().code(0).stdout(version);
}

#[test]
fn completions_and_manual_pages_know_the_options() {
    for shell in ["bash", "zsh", "fish"] {
        cargo_bin_cmd!("sayso").args(["completions", shell]).assert().code(0).stdout(contains("input-format"));
    }
    cargo_bin_cmd!("sayso").arg("man").assert().code(0).stdout(contains(".TH sayso 1").and(contains("extract")));
    cargo_bin_cmd!("sayso").args(["man", "extract"]).assert().code(0).stdout(contains("text\\-field"));
    cargo_bin_cmd!("sayso").args(["man", "nothing"]).assert().code(2).stderr("sayso: no command \"nothing\": see `sayso help`\n");
}
