//! The figures that are kept: `cargo bench -p sayso-benches --bench record -- write` writes `benches/record/DATE.csv`, a line a figure.
//!
//! Rates are per second that the processor worked for the thread: on a busy machine they hold where those by the clock do not.
//! Instructions are counted by valgrind's callgrind, where it is installed: they are the same whatever else the machine does.
//! Fails where a text of 10 MB takes more than 1.2 times as long a byte as one of 10 KB, or more than 60 times its size in memory.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench prints its figures")]

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::process::{Command, ExitCode};
use std::time::Instant;

use sayso::{Extractor, Model};
use sayso_benches::kinds::{KINDS, Kind, report};
use sayso_benches::pipeline::{most_memory, thread_seconds};
use sayso_benches::samples::texts;
use sayso_benches::stages::{Prepared, STAGES, Stage};
use sayso_tests::root;

/// How much longer a byte may take in 10 MB than in 10 KB.
const MOST_TIME: f64 = 1.2;

/// How many bytes of memory a byte of text may take.
const MOST_MEMORY: f64 = 60.0;

/// Seconds that one measurement takes, at least: the system counts a thread's work in steps of some milliseconds.
const SECONDS: f64 = 0.1;

/// Measurements of a figure, of which the quickest counts; of what takes seconds there are two.
const ROUNDS: usize = 5;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let words: Vec<String> = env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["memory", bytes] => memory_of(bytes.parse()?),
        ["count", stage] => count(stage),
        words => return record(words == ["write"]),
    }
    Ok(ExitCode::SUCCESS)
}

/// The lines of the record.
#[derive(Default)]
struct Record {
    lines: String,
}

impl Record {
    fn add(&mut self, what: &str, of: &str, figure: &str, value: f64) {
        let value = if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.3}") };
        println!("{what:<12} {of:<12} {figure:<34} {value:>14}");
        writeln!(self.lines, "{what},{of},{figure},{value}").expect("a string takes all");
    }
}

fn record(write: bool) -> Result<ExitCode, Box<dyn Error>> {
    let extractor = Extractor::english();
    let mut record = Record { lines: "what,of,figure,value\n".to_owned() };
    stages(&extractor, &mut record);
    record.add("load", "model", "milliseconds", 1e3 * quickest(|| drop(Model::english().expect("the model that is compiled in"))));
    threads(&extractor, &mut record);
    let holds = lengths(&extractor, &mut record)?;
    instructions(&mut record)?;
    if write {
        let folder = root().join("benches/record");
        fs::create_dir_all(&folder)?;
        let file = folder.join(format!("{}.csv", today()?));
        fs::write(&file, record.lines)?;
        println!("written: {}", file.display());
    }
    Ok(if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The day, as the system's `date` tells it.
fn today() -> Result<String, Box<dyn Error>> {
    Ok(String::from_utf8(Command::new("date").arg("+%Y-%m-%d").output()?.stdout)?.trim().to_owned())
}

/// Seconds of the processor that a run takes when it is quickest.
fn quickest(mut run: impl FnMut()) -> f64 {
    let mut seconds_of = |times: usize| {
        let (begin, before) = (Instant::now(), thread_seconds());
        (0..times).for_each(|_| run());
        let passed = begin.elapsed().as_secs_f64();
        thread_seconds().zip(before).map_or(passed, |(after, before)| after - before)
    };
    let mut times = 1;
    let mut seconds = seconds_of(times);
    while seconds < SECONDS {
        times *= 2;
        seconds = seconds_of(times);
    }
    let rounds = if seconds < 2.0 { ROUNDS } else { 2 };
    let rounds = (1..rounds).map(|_| seconds_of(times));
    rounds.fold(seconds, f64::min) / times as f64
}

/// Each stage over each kind of text.
fn stages(extractor: &Extractor, record: &mut Record) {
    for kind in KINDS {
        let prepared = Prepared::of(extractor, kind.text());
        for stage in STAGES {
            assert!(prepared.agrees(stage, extractor), "{stage} by itself gives what it gives in its place");
            let seconds = quickest(|| drop(prepared.run(stage, extractor)));
            record.add(&stage.to_string(), &kind.to_string(), "MB per second", prepared.text.len() as f64 / 1e6 / seconds);
            record.add(&stage.to_string(), &kind.to_string(), "tokens per second", (prepared.tokens() as f64 / seconds).round());
        }
    }
}

/// Many articles, by the clock, on the threads that rayon gives.
fn threads(extractor: &Extractor, record: &mut Record) {
    let texts: Vec<String> = std::iter::repeat_n(texts(), 4).flatten().collect();
    let megabytes = texts.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    let rate = |run: &dyn Fn() -> usize| {
        let seconds = (0..5).map(|_| {
            let begin = Instant::now();
            assert!(run() > 0, "the articles have statements");
            begin.elapsed().as_secs_f64()
        });
        megabytes / seconds.fold(f64::INFINITY, f64::min)
    };
    let one = rate(&|| texts.iter().map(|text| extractor.extract(text).statements.len()).sum());
    let all = rate(&|| extractor.extract_all(&texts).iter().map(|found| found.statements.len()).sum());
    record.add("threads", "1", "MB per second passed", one);
    let count = std::thread::available_parallelism().map_or(1, usize::from);
    record.add("threads", &count.to_string(), "MB per second passed", all);
}

/// One text, longer and longer: time and memory a byte. Whether they stay as they should.
fn lengths(extractor: &Extractor, record: &mut Record) -> Result<bool, Box<dyn Error>> {
    let mut times = Vec::new();
    let mut most = 0.0;
    for bytes in [1_000, 10_000, 100_000, 1_000_000, 10_000_000] {
        let text = report(bytes);
        let seconds = quickest(|| assert!(!extractor.extract(&text).statements.is_empty(), "the text has statements"));
        times.push(1e9 * seconds / text.len() as f64);
        record.add("length", &bytes.to_string(), "nanoseconds a byte", 1e9 * seconds / text.len() as f64);
        if bytes >= 1_000_000 {
            let output = Command::new(env::current_exe()?).args(["memory", &bytes.to_string()]).output()?;
            let memory: f64 = String::from_utf8(output.stdout)?.trim().parse()?;
            record.add("length", &bytes.to_string(), "bytes of memory a byte", memory);
            most = memory;
        }
    }
    let growth = times[4] / times[1];
    record.add("length", "10000000", "time a byte to that in 10 KB", growth);
    if growth > MOST_TIME {
        println!("not linear: a byte takes {growth:.2} times as long in 10 MB as in 10 KB (at most {MOST_TIME})");
    }
    if most > MOST_MEMORY {
        println!("10 MB take {most:.0} times their size in memory (at most {MOST_MEMORY})");
    }
    Ok(growth <= MOST_TIME && most <= MOST_MEMORY)
}

/// What this process takes more than before, at most, for a text of so many bytes, for each of them.
fn memory_of(bytes: usize) {
    let extractor = Extractor::english();
    let text = report(bytes);
    let small = extractor.extract(&report(1000));
    let before = most_memory();
    let whole = extractor.extract(&text);
    assert!(whole.statements.len() > small.statements.len(), "the longer text says more");
    let taken = most_memory().zip(before).map_or(f64::NAN, |(after, before)| (after - before) as f64);
    println!("{}", taken * 1024.0 * 1024.0 / text.len() as f64);
}

/// Instructions of each stage over the long text, as callgrind counts them.
fn instructions(record: &mut Record) -> Result<(), Box<dyn Error>> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        println!("instructions: valgrind is not installed (Debian and Ubuntu: apt-get install valgrind)");
        return Ok(());
    }
    for stage in STAGES {
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=*Prepared*run*"])
            .arg(env::current_exe()?)
            .args(["count", &stage.to_string()])
            .output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        let counted = said.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse::<f64>().ok());
        let counted = counted.ok_or_else(|| format!("valgrind counted nothing of {stage}: {}", said.lines().last().unwrap_or("")))?;
        record.add(&stage.to_string(), "Long", "instructions a byte", counted / Kind::Long.text().len() as f64);
    }
    Ok(())
}

/// One run of one stage, which callgrind watches.
fn count(name: &str) {
    let extractor = Extractor::english();
    let stage: Option<Stage> = STAGES.into_iter().find(|stage| stage.to_string() == name);
    let prepared = Prepared::of(&extractor, Kind::Long.text());
    drop(prepared.run(stage.expect("a stage's name"), &extractor));
}
