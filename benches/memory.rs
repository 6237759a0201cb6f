//! The most memory that runs over large files take, on two threads: `cargo bench -p sayso-benches --bench memory [-- MEGABYTES]`.
//!
//! Each file is read by a process of its own, which the system counts the memory of. Fails above 200 MB.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

use std::env;
use std::io;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use sayso::Extractor;
use sayso_benches::pipeline::{most_memory, process_seconds, run_on};
use sayso_benches::samples::{Sample, line, page, record, texts};
use sayso_corpus::writers::OutputFormat;

/// The most that a run may take, in MB.
const MOST: u64 = 200;

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<String> = env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    if let [word, file] = arguments.as_slice()
        && word == "run"
    {
        return Ok(run(Path::new(file)));
    }
    let megabytes = arguments.iter().find_map(|words| words.parse().ok()).unwrap_or(100);
    println!(
        "{:<16} {:>6} {:>9} {:>10} {:>8} {:>10} {:>7}",
        "two threads", "MB", "articles", "statements", "seconds", "processor", "memory"
    );
    let texts = texts();
    let mut status = ExitCode::SUCCESS;
    for name in ["a.warc", "a.jsonl"] {
        let folder = tempfile::tempdir()?;
        let bytes = |text: &str| if name == "a.warc" { record(&page(text)) } else { line(text) };
        let sample = Sample::write(folder.path().join(name), megabytes, &texts, bytes, b"")?;
        print!("{name:<16} {:>6.0} {:>9} ", sample.megabytes, sample.count);
        io::Write::flush(&mut io::stdout())?;
        if !Command::new(env::current_exe()?).arg("run").arg(&sample.path).status()?.success() {
            status = ExitCode::FAILURE;
        }
    }
    Ok(status)
}

/// One run, of an archive into Parquet and of JSON Lines into the same, and the end of its line.
fn run(file: &Path) -> ExitCode {
    let format = if file.extension().is_some_and(|e| e == "warc") { OutputFormat::Parquet } else { OutputFormat::JsonLines };
    let begin = Instant::now();
    let summary = run_on(2, file, format, &Extractor::english(), &file.with_extension("out"));
    let passed = begin.elapsed().as_secs_f64();
    let memory = most_memory();
    let told = memory.map_or("?".to_owned(), |megabytes| format!("{megabytes} MB"));
    println!("{:>10} {passed:>8.0} {:>10.0} {told:>7}", summary.statements, process_seconds().unwrap_or(f64::NAN));
    if memory.is_some_and(|megabytes| megabytes > MOST) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
