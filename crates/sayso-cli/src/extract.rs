//! `sayso extract`: the pipeline, told what the command line says.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use anstream::{AutoStream, ColorChoice};
use sayso_corpus::InputError;
use sayso_corpus::pipeline::{self, End, Job, RunError, Summary, Watch};
use sayso_corpus::writers::page::Layout;
use sayso_corpus::writers::{OutputFormat, Renderer};

use crate::arguments::Extract;
use crate::complain;
use crate::failure::Failure;
use crate::progress::Bar;

/// The status of a command that was interrupted, where a signal cannot say so.
const INTERRUPTED: u8 = 130;

pub(crate) fn extract(options: &Extract) -> Result<u8, Failure> {
    let job = job(options)?;
    let mut watch = Terminal::new(options.quiet || (job.output.is_none() && io::stdout().is_terminal()));
    let extractor = options.model.extractor();
    let ended = pipeline::run(&job, move |text| extractor.extract(text), &mut watch);
    watch.bar.clear();
    let status = |summary: Summary| u8::from(summary.errors > 0);
    match ended {
        Ok(End::Done(summary)) => {
            watch.tell_foreign(summary, options.quiet);
            Ok(status(summary))
        }
        Ok(End::Stopped(summary, part)) => {
            complain(&stopped(summary, part.as_deref()));
            Ok(watch.end_as_interrupted())
        }
        Err(RunError::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(u8::from(watch.failed)),
        Err(error) => Err(Failure::Run(error)),
    }
}

fn stopped(summary: Summary, part: Option<&Path>) -> String {
    let Summary { articles, statements, .. } = summary;
    let kept = part.map(|part| format!("; they are kept in {}", part.display())).unwrap_or_default();
    format!("interrupted after {articles} articles and {statements} statements{kept}")
}

fn job(options: &Extract) -> Result<Job, Failure> {
    let output = options.output.clone().filter(|path| path != Path::new("-"));
    let terminal = output.is_none() && io::stdout().is_terminal();
    let format = options.format.unwrap_or(if terminal { OutputFormat::Text } else { OutputFormat::JsonLines });
    let color = output.is_none() && AutoStream::choice(&io::stdout()) != ColorChoice::Never;
    let columns = terminal_size::terminal_size().filter(|_| terminal).map_or(80, |(width, _)| usize::from(width.0));
    let layout = Layout { width: columns.min(100), color };
    Ok(Job {
        inputs: inputs(options)?,
        options: options.input_options(),
        renderer: Renderer { format, offsets: options.offsets.into(), safe_csv: options.safe_csv, layout },
        output,
        threads: options.threads.map_or(0, usize::from),
        resume: options.resume,
        version: options.model.version(),
    })
}

/// The paths to read. A path that is missing among others is one input that cannot be read; where all are missing, nothing can
/// start.
fn inputs(options: &Extract) -> Result<Vec<PathBuf>, Failure> {
    let Some(first) = options.paths.first() else {
        let nobody_types = !io::stdin().is_terminal();
        return if nobody_types { Ok(vec!["-".into()]) } else { Err(Failure::NothingToRead) };
    };
    let there = |path: &PathBuf| path == Path::new("-") || path.exists() || path.is_symlink();
    if options.paths.iter().any(there) { Ok(options.paths.clone()) } else { Err(Failure::NoSuchPath(first.clone())) }
}

/// Whoever sits before the terminal: sees errors and progress, and may interrupt.
struct Terminal {
    bar: Bar,
    failed: bool,
    interrupted: Arc<AtomicBool>,
    /// The signal that interrupted; 0 while none has.
    signal: Arc<AtomicUsize>,
}

impl Terminal {
    fn new(quiet: bool) -> Self {
        let (interrupted, signal) = (Arc::<AtomicBool>::default(), Arc::<AtomicUsize>::default());
        #[cfg(unix)]
        for number in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
            // The second signal ends the program at once; where the handler is refused, the first does.
            let _ = signal_hook::flag::register_conditional_default(number, Arc::clone(&interrupted));
            let _ = signal_hook::flag::register_usize(number, Arc::clone(&signal), number.unsigned_abs() as usize);
            let _ = signal_hook::flag::register(number, Arc::clone(&interrupted));
        }
        Terminal { bar: Bar::new(quiet), failed: false, interrupted, signal }
    }

    /// Ends the program by the signal that interrupted it, so that a shell's loop ends with it; the status where that fails.
    fn end_as_interrupted(&self) -> u8 {
        #[cfg(unix)]
        if let Ok(number @ 1..) = i32::try_from(self.signal.load(Ordering::Relaxed)) {
            let _ = signal_hook::low_level::emulate_default_handler(number);
        }
        INTERRUPTED
    }

    fn tell_foreign(&mut self, summary: Summary, quiet: bool) {
        match summary.foreign {
            0 => {}
            _ if quiet => {}
            1 => complain(&"1 article that is not in English was passed over (--language any keeps it)"),
            count => complain(&format!("{count} articles that are not in English were passed over (--language any keeps them)")),
        }
    }
}

impl Watch for Terminal {
    fn error(&mut self, error: &InputError) {
        self.failed = true;
        self.bar.clear();
        complain(error);
    }

    fn progress(&mut self, progress: &pipeline::Progress) {
        self.bar.show(progress);
    }

    fn stop(&mut self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }

    fn wants_total(&self) -> bool {
        self.bar.is_wanted()
    }
}
