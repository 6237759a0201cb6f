//! From inputs to an output: one thread reads, all extract, one writes in order.

mod flow;
mod gather;
mod journal;
mod queue;

use std::fs::{self, File};
use std::io::{self, BufReader};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use sayso::Extraction;
use serde::{Deserialize, Serialize};

use crate::error::InputError;
use crate::pipeline::flow::{Arrived, Flow, Taker, What};
use crate::pipeline::journal::{Checkpoint, Journal};
use crate::readers::{Article, InputOptions, Records};
use crate::writers::{Output, OutputError, OutputFormat, Rendered, Renderer, Sink};

pub use gather::{Corpus, gather};
pub use journal::JournalError;

/// What a run reads and writes.
#[derive(Clone, Debug)]
pub struct Job {
    /// Files and folders; "-" is standard input.
    pub inputs: Vec<PathBuf>,
    /// How they are read.
    pub options: InputOptions,
    /// What is written of them.
    pub renderer: Renderer,
    /// The file to write; none: standard output.
    pub output: Option<PathBuf>,
    /// How many articles are worked on at once; 0: as many as there are cores.
    pub threads: usize,
    /// Whether to go on where an earlier run with the same output was cut off, and to be gone on with if this one is.
    pub resume: bool,
    /// The version of all that makes the statements: a run is not gone on with by another.
    pub version: String,
}

/// What a run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Articles whose statements are written.
    pub articles: u64,
    /// Statements written.
    pub statements: u64,
    /// Inputs and records that could not be read.
    pub errors: u64,
    /// Articles passed over because they are in another language.
    pub foreign: u64,
}

/// How a run ended.
#[derive(Debug)]
pub enum End {
    /// All is written.
    Done(Summary),
    /// It was told to stop; the part of a file's output that is complete is kept there.
    Stopped(Summary, Option<PathBuf>),
}

/// How far a run has come.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// What is done.
    pub summary: Summary,
    /// Bytes read, before they are unpacked.
    pub bytes: u64,
    /// Bytes to read; none where nobody knows.
    pub total: Option<u64>,
}

/// Is told what happens while a run goes on, on the thread that called [`run`].
pub trait Watch {
    /// Something could not be read; the run goes on.
    fn error(&mut self, error: &InputError);
    /// Something was written.
    fn progress(&mut self, progress: &Progress);
    /// Whether to stop at once; asked ten times a second.
    fn stop(&mut self) -> bool {
        false
    }
    /// Whether [`Progress::total`] is wanted, for which folders are walked before the run.
    fn wants_total(&self) -> bool {
        false
    }
}

/// Why a run ended before its end, or could not begin.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The output could not be begun.
    #[error(transparent)]
    NoOutput(#[from] OutputError),
    /// The output cannot be written to its end.
    #[error("the output cannot be written: {0}")]
    Output(io::Error),
    /// The earlier run cannot be gone on with.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// Standard input or output cannot be gone on with.
    #[error("--resume needs files to read and a file to write (-o FILE): standard input and output cannot be gone on with")]
    NotResumable,
    /// The threads could not be started.
    #[error("the threads cannot be started: {0}")]
    Threads(String),
}

/// Runs a job: `extract` finds the statements of an article's text.
///
/// Memory is bounded whatever the size of the inputs; the output is the same whatever the number of threads. An article on which
/// `extract` panics is an error like a broken one.
///
/// # Errors
/// If the run cannot begin, or its output cannot be written to its end.
pub fn run(job: &Job, extract: impl Fn(&str) -> Extraction + Send + Sync + 'static, watch: &mut dyn Watch) -> Result<End, RunError> {
    let run = fingerprint(job);
    let files_only = job.inputs.iter().all(|path| path.as_os_str() != "-");
    let (mut journal, begun) = match &job.output {
        Some(path) if job.resume && files_only => {
            let (journal, begun) = Journal::open(crate::writers::journal_of(path), &run)?;
            (Some(journal), begun)
        }
        _ if job.resume => return Err(RunError::NotResumable),
        _ => (None, Checkpoint::default()),
    };
    if begun.done && job.output.as_deref().is_some_and(|path| path.is_file() && !crate::writers::part_of(path).exists()) {
        // It was cut off between its last two steps.
        journal.map_or(Ok(()), Journal::remove).map_err(RunError::Output)?;
        return Ok(End::Done(begun.summary));
    }
    let output = match &job.output {
        Some(path) if journal.is_some() => Output::part(path, begun.bytes)?,
        Some(path) => Output::file(path)?,
        None => Output::stdout(),
    };
    let sink = Sink::new(output, job.renderer.format, journal.is_some(), begun.bytes > 0).map_err(RunError::Output)?;
    let renderer = job.renderer.clone();
    let render = move |article: &Article| {
        let extraction = extract(&article.text);
        Ok((renderer.render(article, &extraction)?, extraction.statements.len() as u64))
    };
    let records = Records::new(job.inputs.clone(), job.options.clone());
    let flow = Flow::start(records, begun.position, job.threads, render)?.measured(&job.inputs, watch);
    let mut writer = Writer { sink, journal: journal.as_mut(), last: begun, next_checkpoint: Instant::now() + CHECKPOINT, dirty: false };
    let stopped = !flow.hand_over(&mut writer, watch).map_err(RunError::Output)?;
    let Writer { sink, last, .. } = writer;
    if stopped {
        return stop(job, &run, sink, journal, last).map_err(RunError::Output);
    }
    finish(job, sink, journal, last).map_err(RunError::Output)?;
    Ok(End::Done(last.summary))
}

/// Between two checkpoints.
const CHECKPOINT: Duration = Duration::from_millis(500);

/// All that the output depends on.
fn fingerprint(job: &Job) -> String {
    let Job { inputs, options, renderer, version, .. } = job;
    format!("{version} {inputs:?} {options:?} {:?} {:?} {}", renderer.format, renderer.offsets, renderer.safe_csv)
}

fn finish(job: &Job, mut sink: Sink, journal: Option<Journal>, last: Checkpoint) -> io::Result<()> {
    let Some(mut journal) = journal else { return sink.close()?.finish() };
    let bytes = sink.sync()?.unwrap_or_default();
    journal.add(Checkpoint { bytes, done: true, ..last })?;
    let spooled = matches!(sink, Sink::Spool(_));
    let output = sink.close()?;
    let Some(path) = job.output.as_deref().filter(|_| spooled) else {
        output.finish()?;
        return journal.remove();
    };
    let part = crate::writers::part_of(path);
    let table = Output::table(path).map_err(|error| error.why)?;
    let written = crate::writers::table_of_spool(BufReader::new(File::open(&part)?), table).and_then(Output::finish);
    if written.is_err() {
        let _ = fs::remove_file(crate::writers::table_of(path));
    }
    written?;
    journal.remove()?;
    fs::remove_file(part)
}

/// Keeps what is complete, so that `--resume` can go on with it.
fn stop(job: &Job, run: &str, mut sink: Sink, journal: Option<Journal>, last: Checkpoint) -> io::Result<End> {
    if let Some(mut journal) = journal {
        let bytes = sink.sync()?.unwrap_or_default();
        journal.add(Checkpoint { bytes, ..last })?;
        let part = sink.cut_off()?.keep()?;
        return Ok(End::Stopped(last.summary, part));
    }
    let output = sink.cut_off()?;
    let bytes = output.written();
    let part = output.keep()?;
    let resumable = job.renderer.format != OutputFormat::Parquet && job.inputs.iter().all(|path| path.as_os_str() != "-");
    if let Some(path) = job.output.as_deref().filter(|_| part.is_some() && resumable) {
        Journal::keep(&crate::writers::journal_of(path), run, Checkpoint { bytes, ..last })?;
    }
    Ok(End::Stopped(last.summary, part))
}

/// Writes what arrives, in the order in which it was read.
struct Writer<'j> {
    sink: Sink,
    journal: Option<&'j mut Journal>,
    last: Checkpoint,
    next_checkpoint: Instant,
    /// Whether something was written since the last flush.
    dirty: bool,
}

impl Taker<Rendered> for Writer<'_> {
    fn take(&mut self, arrived: Arrived<Rendered>, watch: &mut dyn Watch) -> io::Result<()> {
        let summary = &mut self.last.summary;
        match arrived.what {
            What::Made(rendered, statements) => {
                self.dirty = true;
                self.sink.write(rendered)?;
                summary.articles += 1;
                summary.statements += statements;
            }
            What::Failed(error) => {
                summary.errors += 1;
                watch.error(&error);
            }
            What::Foreign => summary.foreign += 1,
            What::Nothing => {}
        }
        self.last.position = arrived.position;
        if self.journal.is_some() && Instant::now() >= self.next_checkpoint {
            self.checkpoint()?;
        }
        Ok(())
    }

    /// Whoever reads the output has all that is done when nothing more is there to write.
    fn rest(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.dirty) { self.sink.flush() } else { Ok(()) }
    }

    fn summary(&self) -> Summary {
        self.last.summary
    }
}

impl Writer<'_> {
    fn checkpoint(&mut self) -> io::Result<()> {
        self.next_checkpoint = Instant::now() + CHECKPOINT;
        let (Some(journal), Some(bytes)) = (&mut self.journal, self.sink.sync()?) else { return Ok(()) };
        self.last.bytes = bytes;
        journal.add(self.last)
    }
}
