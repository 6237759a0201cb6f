//! Readers alone, and the whole pipeline: `cargo bench -p sayso-benches --bench corpus [-- MEGABYTES]`.
//!
//! Readers run on one thread over files that are in the system's cache; the pipeline reads articles like those of a newspaper, on
//! one thread and on two, beside the bare library on the same texts. Figures are per second that passed, and per second that the
//! processor worked for it: the second are those of a machine that has nothing else to do.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

use std::fs;
use std::io;
use std::path::Path;
use std::time::Instant;

use sayso::Extractor;
use sayso_benches::pipeline::{most_memory, process_seconds, run_on, thread_seconds};
use sayso_benches::samples::{Sample, line, page, record, texts};
use sayso_corpus::readers::Records;
use sayso_corpus::writers::OutputFormat;
use sayso_corpus::{InputOptions, articles};

/// Rounds of which the quickest counts, for other programs run too.
const ROUNDS: usize = 5;

fn main() -> io::Result<()> {
    let megabytes = std::env::args().skip(1).find_map(|words| words.parse().ok()).unwrap_or(200);
    let texts = texts();
    let folder = tempfile::tempdir()?;
    let at = |name: &str| folder.path().join(name);
    println!("quickest of {ROUNDS}\n{:<30} {:>6} {:>9} {:>8} {:>10}", "readers, one thread", "MB", "articles", "MB/s", "processor");
    let lines = Sample::write(at("a.jsonl"), megabytes, &texts, line, b"")?;
    let row = |text: &str| format!("a,\"{}\"\r\n", text.replace('"', "\"\"")).into_bytes();
    let table = Sample::write(at("a.csv"), megabytes, &texts, row, b"id,text\r\n")?;
    let archive = Sample::write(at("a.warc"), megabytes, &texts, |text| record(&page(text)), b"")?;
    let few = Sample::write(at("b.warc"), megabytes.div_ceil(10), &texts, |text| record(&page(text)), b"")?;
    time("JSON Lines, cut into lines", &lines, cut);
    time("JSON Lines, articles", &lines, read);
    time("CSV, articles", &table, read);
    time("WARC, cut into responses", &archive, cut);
    time("WARC, articles out of pages", &few, read);
    for sample in [lines, table, archive, few] {
        fs::remove_file(sample.path)?;
    }
    pipeline(folder.path(), &texts)?;
    println!("most memory: {}", most_memory().map_or("not told by this system".to_owned(), |megabytes| format!("{megabytes} MB")));
    Ok(())
}

/// Reads a file several times, and tells how quickly.
fn time(what: &str, sample: &Sample, count: impl Fn(&Path) -> usize) {
    let (mut passed, mut worked) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..ROUNDS {
        let (begin, before) = (Instant::now(), thread_seconds());
        assert_eq!(count(&sample.path), sample.count, "{what}: all are read");
        passed = passed.min(begin.elapsed().as_secs_f64());
        worked = worked.min(thread_seconds().zip(before).map_or(passed, |(after, before)| after - before));
    }
    let (megabytes, articles) = (sample.megabytes, sample.count);
    println!("{what:<30} {megabytes:>6.0} {articles:>9} {:>8.0} {:>10.0}", megabytes / passed, megabytes / worked);
}

/// Records cut out of a file, not parsed.
fn cut(path: &Path) -> usize {
    let records = Records::new([path.to_owned()], InputOptions::default());
    records.filter(|record| record.as_ref().is_ok_and(|record| record.size() > 1000)).count()
}

/// Articles, parsed, their language told.
fn read(path: &Path) -> usize {
    let found = articles([path.to_owned()], InputOptions::default());
    found.filter(|article| article.as_ref().is_ok_and(|article| article.text.len() > 1000)).count()
}

/// The pipeline on one thread and on two, and the bare library, on the same texts.
fn pipeline(folder: &Path, texts: &[String]) -> io::Result<()> {
    let sample = Sample::write(folder.join("b.jsonl"), 4, texts, line, b"")?;
    let extractor = Extractor::english();
    let (mut passed, mut worked) = ([f64::INFINITY; 3], [f64::INFINITY; 3]);
    for _ in 0..ROUNDS {
        let mut found = 0;
        for threads in [0, 1, 2] {
            let (begin, before) = (Instant::now(), process_seconds());
            if threads == 0 {
                found = texts.iter().cycle().take(sample.count).map(|text| extractor.extract(text).statements.len() as u64).sum();
            } else {
                let summary = run_on(threads, &sample.path, OutputFormat::JsonLines, &extractor, &folder.join("out.jsonl"));
                assert_eq!((summary.articles, summary.statements, summary.errors), (sample.count as u64, found, 0));
            }
            passed[threads] = passed[threads].min(begin.elapsed().as_secs_f64());
            worked[threads] = worked[threads].min(process_seconds().zip(before).map_or(passed[threads], |(after, before)| after - before));
        }
    }
    println!("\n{:<30} {:>6} {:>9} {:>8} {:>10}", "", "MB", "articles", "seconds", "processor");
    for (what, at) in [("bare library, one thread", 0), ("pipeline, one thread", 1), ("pipeline, two threads", 2)] {
        println!("{what:<30} {:>6.0} {:>9} {:>8.2} {:>10.2}", sample.megabytes, sample.count, passed[at], worked[at]);
    }
    println!("pipeline to bare library: {:.2}, by the processor {:.2}", passed[0] / passed[1], worked[0] / worked[1]);
    println!("two threads to one: {:.2}, by the processor at most {:.2}", passed[1] / passed[2], 2.0 * worked[1] / worked[2]);
    Ok(())
}
