//! Runs of the whole pipeline, and what they cost.

use std::fs;
use std::path::Path;

use sayso::Extractor;
use sayso_corpus::pipeline::{End, Job, Progress, Summary, Watch, run};
use sayso_corpus::writers::page::Layout;
use sayso_corpus::writers::{OutputFormat, Renderer};
use sayso_corpus::{InputError, InputOptions, Offsets};

/// Fails at the first error.
struct Strict;

impl Watch for Strict {
    fn error(&mut self, error: &InputError) {
        panic!("{error}");
    }

    fn progress(&mut self, _: &Progress) {}
}

/// Writes the statements of a file into another.
///
/// # Panics
/// If something cannot be read or written.
#[must_use]
pub fn run_on(threads: usize, input: &Path, format: OutputFormat, extractor: &Extractor, output: &Path) -> Summary {
    let job = Job {
        inputs: vec![input.to_owned()],
        options: InputOptions::default(),
        renderer: Renderer { format, offsets: Offsets::Chars, safe_csv: false, layout: Layout { width: 80, color: false } },
        output: Some(output.to_owned()),
        threads,
        resume: false,
        version: String::new(),
    };
    let extractor = extractor.clone();
    match run(&job, move |text| extractor.extract(text), &mut Strict).expect("it runs") {
        End::Done(summary) => summary,
        End::Stopped(..) => panic!("nobody told it to stop"),
    }
}

/// The most memory that this process ever took, in MB, as Linux counts it; none elsewhere.
#[must_use]
pub fn most_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}

/// Seconds that the processor has worked for this thread, as Linux counts it: on a machine that is busy with something else, less
/// than passed. None elsewhere.
#[must_use]
pub fn thread_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split_whitespace().next()?.parse::<f64>().ok().map(|nanoseconds| nanoseconds / 1e9)
}

/// Seconds that the processor has worked for all threads of this process, as Linux counts it; none elsewhere.
#[must_use]
pub fn process_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / 100.0)
}
