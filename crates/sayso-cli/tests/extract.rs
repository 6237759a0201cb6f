//! `sayso extract` as a user meets it: inputs, outputs, exit status, and what goes wrong.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command as Process, Stdio};

use assert_cmd::Command;
use assert_cmd::cargo::{cargo_bin, cargo_bin_cmd};
use clap::ValueEnum as _;
use predicates::prelude::*;
use predicates::str::{contains, is_empty};
use serde_json::Value;
use tempfile::TempDir;

fn sayso(folder: &Path) -> Command {
    let mut command = cargo_bin_cmd!("sayso");
    command.current_dir(folder).arg("extract");
    command
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }
    folder
}

/// What one run wrote, a JSON value a line.
fn lines(command: &mut Command) -> Vec<Value> {
    let out = command.output().expect("it runs").stdout;
    let text = String::from_utf8(out).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// The ids of the articles that one run read, in the order of its output.
fn documents(command: &mut Command) -> Vec<String> {
    let lines = lines(command.args(["--format", "documents"]));
    lines.iter().map(|line| line["document"].as_str().expect("an id").to_owned()).collect()
}

/// Bytes without order, the same on every run.
fn noise(count: usize) -> Vec<u8> {
    let mut state = 11_u32;
    let step = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    std::iter::repeat_with(step).take(count).collect()
}

#[test]
fn an_empty_file_has_no_statement_and_is_no_error() {
    let folder = folder(&[("empty.txt", b""), ("empty.jsonl", b"\n\n")]);
    sayso(folder.path()).args(["empty.txt", "empty.jsonl"]).assert().code(0).stdout(is_empty()).stderr(is_empty());
}

#[test]
fn standard_input_is_read_as_text_or_json_lines() {
    let folder = folder(&[]);
    assert_eq!(documents(sayso(folder.path()).write_stdin("He left.")), ["-"]);
    assert_eq!(documents(sayso(folder.path()).arg("-").write_stdin("{\"text\": \"He left.\"}\n{\"id\": 3, \"text\": \"\"}")), ["-#1", "3"]);
    assert_eq!(documents(sayso(folder.path()).args(["--input-format", "text"]).write_stdin("{\"text\": \"He left.\"}")), ["-"]);
}

#[test]
fn inputs_come_out_in_their_order() {
    let folder = folder(&[("z.txt", b"Z"), ("news/b.jsonl", b"{\"text\": \"B\"}\n"), ("news/a/10.txt", b"A"), ("news/.seen", b"no")]);
    assert_eq!(documents(sayso(folder.path()).args(["z.txt", "news"])), ["z.txt", "news/a/10.txt", "news/b.jsonl#1"]);
}

#[test]
fn the_title_comes_from_the_record() {
    let folder = folder(&[("a.jsonl", b"{\"head\": \"Port closed\", \"body\": \"He left.\", \"key\": \"x\"}")]);
    let arguments = ["a.jsonl", "--text-field", "body", "--title-field", "head", "--id-field", "key", "--format", "documents"];
    let found = lines(sayso(folder.path()).args(arguments));
    assert_eq!((found[0]["document"].as_str(), found[0]["title"].as_str()), (Some("x"), Some("Port closed")));
}

#[test]
fn random_bytes_are_refused_in_one_line_and_the_others_are_done() {
    let folder = folder(&[("a.txt", &noise(5000)), ("b.txt", b"He left."), ("c.bin", &noise(800))]);
    sayso(folder.path())
        .args(["a.txt", "b.txt", "c.bin", "--format", "documents"])
        .assert()
        .code(1)
        .stdout(contains("\"document\":\"b.txt\"").and(contains("a.txt").not()))
        .stderr(
            contains("sayso: a.txt: no text: ")
                .and(contains("sayso: c.bin: no text: "))
                .and(predicate::function(|e: &str| e.lines().count() == 2)),
        );
}

#[test]
fn another_encoding_is_read() {
    let folder = folder(&[("a.txt", b"\x93No,\x94 the caf\xE9\x92s owner said. \x93We will not pay for it.\x94")]);
    sayso(folder.path()).arg("a.txt").assert().code(0).stderr(is_empty());
}

#[test]
fn a_broken_line_is_named_by_file_and_number_and_the_rest_goes_on() {
    let folder =
        folder(&[("a.jsonl", b"{\"id\": 1, \"text\": \"One.\"}\n\n{\"id\": 2, \"text\": \"Tw\n{\"id\": 3, \"text\": \"Three.\"}\n")]);
    sayso(folder.path())
        .args(["a.jsonl", "--format", "documents"])
        .assert()
        .code(1)
        .stdout(contains("\"document\":\"1\"").and(contains("\"document\":\"3\"")))
        .stderr("sayso: a.jsonl, line 3: broken JSON: EOF while parsing a string at column 21\n");
}

#[test]
fn a_missing_text_field_names_the_fields_that_are_there() {
    let folder = folder(&[("a.jsonl", b"{\"id\": 1, \"body\": \"One.\"}\n")]);
    sayso(folder.path()).arg("a.jsonl").assert().code(1).stdout(is_empty()).stderr(predicate::str::diff(
        "sayso: a.jsonl, line 1: no text in field \"text\"; its fields are \"id\", \"body\"; name the field that holds the text\n",
    ));
    sayso(folder.path()).args(["a.jsonl", "--text-field", "body"]).assert().code(0).stderr(is_empty());
}

#[test]
fn a_format_that_is_not_read_says_what_is() {
    let folder = folder(&[("page.pdf", b"%PDF"), ("table.xlsx", b"PK")]);
    let refused = |what: &str| contains(format!("{what} is not read: give plain text, HTML, JSON Lines"));
    sayso(folder.path())
        .arg(".")
        .assert()
        .code(1)
        .stdout(is_empty())
        .stderr(refused("page.pdf: PDF").and(refused("table.xlsx: an Excel table")));
    sayso(folder.path()).args(["page.pdf", "--input-format", "text"]).assert().code(0);
}

#[test]
fn the_accurate_model_reads_the_same_articles() {
    let text = "The minister hinted that taxes would rise.\n\n“We lost,” said Ana Ruiz, the mayor of Lorca.";
    let folder = folder(&[("a.txt", text.as_bytes())]);
    let statements = contains("that taxes would rise").and(contains("“We lost,”")).and(contains("Ana Ruiz"));
    sayso(folder.path()).args(["a.txt", "--model", "accurate"]).assert().code(0).stdout(statements).stderr(is_empty());
    sayso(folder.path()).args(["a.txt", "--model", "best"]).assert().code(2).stderr(contains("accurate").and(contains("fast")));
}

#[test]
fn the_models_have_versions_of_their_own_so_that_no_run_goes_on_with_another() {
    let version = |model: &str| sayso_cli::Model::from_str(model, true).expect("a model").version();
    assert_ne!(version("fast"), version("accurate"));
}

#[test]
fn what_cannot_start_exits_with_2() {
    let folder = folder(&[("a.txt", b"He left.")]);
    sayso(folder.path()).args(["a.txt", "--frmat", "text"]).assert().code(2).stdout(is_empty()).stderr(contains("--format"));
    sayso(folder.path()).args(["a.txt", "--format", "yaml"]).assert().code(2).stderr(contains("jsonl"));
    sayso(folder.path()).args(["a.txt", "--threads", "0"]).assert().code(2);
    sayso(folder.path()).arg("none.txt").assert().code(2).stdout(is_empty()).stderr("sayso: none.txt: no such file or folder\n");
    sayso(folder.path())
        .args(["a.txt", "-o", "none/out.jsonl"])
        .assert()
        .code(2)
        .stderr(contains("none/out.jsonl: cannot be written: ").and(contains(".part").not()));
    cargo_bin_cmd!("sayso").assert().code(2).stderr(contains("Usage"));
}

#[test]
fn a_missing_path_among_others_does_not_stop_them() {
    let folder = folder(&[("a.txt", b"He left."), ("c.txt", b"She left.")]);
    let mut command = sayso(folder.path());
    command.args(["a.txt", "none.txt", "c.txt"]);
    assert_eq!(documents(&mut command), ["a.txt", "c.txt"]);
    command.assert().code(1).stderr("sayso: none.txt: no such file or folder\n");
}

#[test]
fn an_output_file_takes_its_name_when_all_is_written() {
    let folder = folder(&[("a.txt", b"He left."), ("out.jsonl", b"old")]);
    sayso(folder.path()).args(["a.txt", "-f", "documents", "-o", "out.jsonl"]).assert().code(0).stdout(is_empty());
    assert!(fs::read_to_string(folder.path().join("out.jsonl")).expect("written").starts_with("{\"document\":\"a.txt\""));
    let mut names: Vec<_> = fs::read_dir(folder.path()).expect("a folder").map(|e| e.expect("an entry").file_name()).collect();
    names.sort();
    assert_eq!(names, ["a.txt", "out.jsonl"], "no temporary file is left");
}

#[test]
fn a_failure_leaves_the_old_output_file_and_no_half_one() {
    let folder = folder(&[("out.jsonl", b"old")]);
    sayso(folder.path()).args(["none.txt", "-o", "out.jsonl"]).assert().code(2);
    sayso(folder.path()).args(["none.txt", "-o", "new.jsonl"]).assert().code(2);
    assert_eq!(fs::read_to_string(folder.path().join("out.jsonl")).expect("still there"), "old");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
}

#[cfg(unix)]
#[test]
fn an_output_file_can_be_read_by_whom_a_new_file_can() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("a.txt", b"He left.")]);
    sayso(folder.path()).args(["a.txt", "-o", "out.jsonl"]).assert().code(0);
    let rights = |name: &str| fs::metadata(folder.path().join(name)).expect("there").permissions().mode() & 0o777;
    assert_eq!(rights("out.jsonl"), rights("a.txt"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_in_one_line() {
    let folder = folder(&[("a.txt", b"He left.")]);
    sayso(folder.path())
        .args(["a.txt", "-f", "documents", "-o", "/dev/full"])
        .assert()
        .code(1)
        .stderr(contains("sayso: the output cannot be written: ").and(predicate::function(|e: &str| e.lines().count() == 1)));
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let line = b"{\"text\": \"He left.\"}\n";
    let folder = folder(&[("a.jsonl", &line.repeat(20_000))]);
    let mut child = Process::new(cargo_bin!("sayso"))
        .args(["extract", "a.jsonl", "--format", "documents"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut first = [0; 10];
    let mut out = child.stdout.take().expect("a pipe");
    out.read_exact(&mut first).expect("a beginning");
    drop(out);
    let end = child.wait_with_output().expect("it ends");
    assert_eq!((end.status.code(), String::from_utf8_lossy(&end.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn a_closed_pipe_ends_it_even_while_its_input_stays_open() {
    let mut child = Process::new(cargo_bin!("sayso"))
        .args(["extract", "--format", "documents"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    drop(child.stdout.take());
    let mut input = child.stdin.take().expect("a pipe");
    let line = b"{\"text\": \"He left.\"}\n".repeat(1000);
    while input.write_all(&line).is_ok() {}
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn an_article_comes_out_while_its_input_stays_open() {
    let mut child = Process::new(cargo_bin!("sayso"))
        .args(["extract", "--format", "documents"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    let (mut input, mut out) = (child.stdin.take().expect("a pipe"), BufReader::new(child.stdout.take().expect("a pipe")));
    for id in ["a", "b"] {
        writeln!(input, "{{\"id\": \"{id}\", \"text\": \"He left.\"}}").expect("it reads");
        let mut line = String::new();
        out.read_line(&mut line).expect("it writes");
        assert!(line.starts_with(&format!("{{\"document\":\"{id}\"")), "{line}");
    }
    drop(input);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn the_output_is_the_same_whatever_the_number_of_threads() {
    let articles: String = (0..1500)
        .map(|n| {
            format!("{{\"id\": {n}, \"text\": \"“The port will open on day {n},” said Ana Ruiz, the mayor. She said it was late.\"}}\n")
        })
        .collect();
    let folder = folder(&[("a.jsonl", articles.as_bytes()), ("b.txt", b"He said no."), ("c.txt", &noise(300))]);
    let run = |threads: &str| {
        let out =
            sayso(folder.path()).args(["a.jsonl", "b.txt", "c.txt", "-f", "documents", "--threads", threads]).output().expect("it runs");
        (out.status.code(), out.stdout, out.stderr)
    };
    let one = run("1");
    assert_eq!(one.1.iter().filter(|&&byte| byte == b'\n').count(), 1501);
    assert_eq!(one, run("2"));
    assert_eq!(one, run("7"));
}

#[test]
fn text_for_people_has_no_escape_codes_outside_a_terminal() {
    let folder = folder(&[("a.txt", b"He left.")]);
    let plain = || contains("a.txt: ").and(contains("\u{1b}").not());
    sayso(folder.path()).args(["a.txt", "--format", "text"]).assert().code(0).stdout(plain());
    sayso(folder.path()).args(["a.txt", "--format", "text"]).env("CLICOLOR_FORCE", "1").assert().stdout(contains("\u{1b}[2ma.txt"));
    sayso(folder.path()).args(["a.txt", "--format", "text"]).envs([("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]).assert().stdout(plain());
}
