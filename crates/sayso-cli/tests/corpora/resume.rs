//! Runs that are cut off.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;
use serde_json::Value;
use tempfile::TempDir;

use crate::samples::{Run, articles, csv, json_lines, run};

/// A corpus in two files of two formats, with a broken line.
fn corpus(count: usize) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let articles = articles(count);
    let half = count / 2;
    fs::write(folder.path().join("a.jsonl"), json_lines(&articles[..half]) + "{broken\n").expect("written");
    fs::write(folder.path().join("b.csv"), csv(&articles[half..])).expect("written");
    folder
}

/// How long a run over so many articles takes on this machine.
fn time_of(count: usize) -> Duration {
    let folder = corpus(count);
    let begin = Instant::now();
    run(folder.path(), &["a.jsonl", "b.csv", "-o", "out.jsonl"]);
    begin.elapsed()
}

/// A corpus on which a run takes about so long.
fn corpus_for(time: Duration) -> TempDir {
    let once = time_of(400).as_secs_f64();
    corpus((400.0 * time.as_secs_f64() / once).clamp(400.0, 100_000.0) as usize)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Whether the journal tells of output that a next run goes on with.
fn has_begun(journal: &Path) -> bool {
    let said = fs::read_to_string(journal).unwrap_or_default();
    let checkpoints = said.lines().skip(1).filter_map(|line| serde_json::from_str::<Value>(line).ok());
    checkpoints.last().is_some_and(|last| last["bytes"].as_u64() > Some(0) && last["done"] == false)
}

/// Begins a run with `--resume` again and again and kills each, at moments drawn by `state`; says how many were cut off after a
/// checkpoint, so that the next had to go on with what they had written.
fn kill_runs(folder: &Path, format: &str, kills: usize, usual: Duration, state: &mut u32) -> usize {
    let arguments = ["extract", "a.jsonl", "b.csv", "--resume", "-f", format, "-o", &format!("out.{format}")];
    let mut begun = 0;
    let journal = folder.join(format!("out.{format}.journal"));
    for kill in 0..kills {
        *state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let mut command = Command::new(cargo_bin!("sayso"));
        let mut child = command.args(arguments).current_dir(folder).stderr(Stdio::null()).spawn().expect("it runs");
        // No drawn moment may come between a checkpoint and the end, on a machine that is busier or less busy than it was: the last run is
        // then killed right after its first checkpoint.
        if kill + 1 < kills || begun > 0 {
            std::thread::sleep(usual.mul_f64(f64::from(*state >> 8) / f64::from(1_u32 << 24)));
        }
        while kill + 1 == kills && begun == 0 && !has_begun(&journal) && child.try_wait().expect("a state").is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill().expect("killed");
        child.wait().expect("it ends");
        begun += usize::from(has_begun(&journal));
    }
    let last = run(folder, &arguments[1..]);
    assert_eq!(last.code, Some(1), "{:?}: the broken line is remembered", last.errors);
    begun
}

#[test]
fn a_run_killed_at_ten_moments_ends_in_the_same_bytes() {
    let usual = Duration::from_secs(2);
    let folder = corpus_for(usual);
    let mut state = 17;
    for (format, kills) in [("jsonl", 10), ("parquet", 4), ("csv", 3), ("html", 3)] {
        run(folder.path(), &["a.jsonl", "b.csv", "-f", format, "-o", &format!("whole.{format}")]);
        let begun = kill_runs(folder.path(), format, kills, usual, &mut state);
        assert!(begun > 0, "{format}: no run was cut off after a checkpoint");
        let (out, whole) = (folder.path().join(format!("out.{format}")), folder.path().join(format!("whole.{format}")));
        assert!(fs::read(out).expect("written") == fs::read(whole).expect("written"), "{format}: the bytes differ");
    }
    let left =
        ["a.jsonl", "b.csv", "out.csv", "out.html", "out.jsonl", "out.parquet", "whole.csv", "whole.html", "whole.jsonl", "whole.parquet"];
    assert_eq!(names(folder.path()), left, "no journal and no part is left");
}

/// A run that may write files of a few kilobytes and no longer, as on a full disk.
#[cfg(unix)]
fn run_on_full_disk(folder: &Path, arguments: &str) -> Run {
    let command = format!("trap '' XFSZ; ulimit -f 6; exec '{}' extract {arguments}", cargo_bin!("sayso").display());
    Run::of(Command::new("sh").args(["-c", &command]).current_dir(folder))
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_one_line_and_leaves_no_half_file() {
    let folder = corpus(40);
    fs::write(folder.path().join("a.jsonl"), json_lines(&articles(40))).expect("written");
    for format in ["jsonl", "documents", "csv", "parquet", "annotations", "html", "text"] {
        let full = run_on_full_disk(folder.path(), &format!("a.jsonl b.csv -f {format} -o out"));
        assert_eq!(full.code, Some(1), "{format}: {:?}", full.errors);
        assert_eq!(full.errors, ["sayso: the output cannot be written: File too large (os error 27)"], "{format}");
        assert_eq!(names(folder.path()), ["a.jsonl", "b.csv"], "{format}");
    }
    assert_eq!(run_on_full_disk(folder.path(), "a.jsonl b.csv --resume -o out").code, Some(1));
    assert_eq!(names(folder.path()), ["a.jsonl", "b.csv", "out.journal", "out.part"], "what was written is kept");
    assert_eq!(run(folder.path(), &["a.jsonl", "b.csv", "--resume", "-o", "out"]).code, Some(0));
    assert_eq!(run(folder.path(), &["a.jsonl", "b.csv", "-o", "whole"]).code, Some(0));
    assert!(fs::read(folder.path().join("out")).expect("written") == fs::read(folder.path().join("whole")).expect("written"));
}

#[test]
fn a_journal_of_another_run_is_refused() {
    let folder = corpus(4);
    fs::write(folder.path().join("out.jsonl.journal"), "{\"journal\":1,\"run\":\"other\"}\n").expect("written");
    let refused = run(folder.path(), &["a.jsonl", "--resume", "-o", "out.jsonl"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.errors[0].contains("it is the journal of another run"), "{:?}", refused.errors);
    assert_eq!(run(folder.path(), &["-", "--resume", "-o", "x"]).code, Some(2), "standard input cannot be gone on with");
}

/// Whether a temporary file of a run has content.
#[cfg(unix)]
fn has_written(folder: &Path) -> bool {
    let sizes = fs::read_dir(folder).expect("a folder").flatten().filter(|file| file.file_name().to_string_lossy().ends_with(".part"));
    sizes.flat_map(|file| file.metadata()).any(|file| file.len() > 0)
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_ends_within_a_second_and_keeps_what_is_complete() {
    use std::os::unix::process::ExitStatusExt;
    let folder = corpus_for(Duration::from_secs(3));
    run(folder.path(), &["a.jsonl", "b.csv", "-o", "whole.jsonl"]);
    let child = Command::new(cargo_bin!("sayso"))
        .args(["extract", "a.jsonl", "b.csv", "-o", "out.jsonl"])
        .current_dir(folder.path())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    // In the middle of its work: something is written, and not yet all.
    let patience = Instant::now();
    while !has_written(folder.path()) && patience.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let begin = Instant::now();
    let told = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    assert!(told.success());
    let end = child.wait_with_output().expect("it ends");
    assert!(begin.elapsed() < Duration::from_secs(1), "{:?}", begin.elapsed());
    assert_eq!(end.status.signal(), Some(2), "a shell's loop ends with it: {}", String::from_utf8_lossy(&end.stderr));
    assert!(!folder.path().join("out.jsonl").exists());
    let (part, whole) =
        (fs::read(folder.path().join("out.jsonl.part")).expect("kept"), fs::read(folder.path().join("whole.jsonl")).expect("there"));
    assert!(whole.starts_with(&part) && part.len() < whole.len() && part.ends_with(b"\n"));
    assert_eq!(run(folder.path(), &["a.jsonl", "b.csv", "--resume", "-o", "out.jsonl"]).code, Some(1));
    assert!(fs::read(folder.path().join("out.jsonl")).expect("written") == whole);
}
