//! Whoever sits before the terminal.

use std::io::{self, IsTerminal};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use anstream::{AutoStream, ColorChoice};
use sayso_corpus::InputError;
use sayso_corpus::pipeline::{self, Summary, Watch};
use sayso_corpus::writers::page::Layout;

use crate::complain;
use crate::progress::Bar;

/// The status of a command that was interrupted, where a signal cannot say so.
const INTERRUPTED: u8 = 130;

/// How text for people is set that goes to a file, or to standard output where there is none.
pub(crate) fn layout(output: Option<&Path>) -> Layout {
    let color = output.is_none() && AutoStream::choice(&io::stdout()) != ColorChoice::Never;
    let terminal = output.is_none() && io::stdout().is_terminal();
    let columns = terminal_size::terminal_size().filter(|_| terminal).map_or(80, |(width, _)| usize::from(width.0));
    Layout { width: columns.min(100), color }
}

/// Whoever sits before the terminal: sees errors and progress, and may interrupt.
pub(crate) struct Terminal {
    bar: Bar,
    quiet: bool,
    failed: bool,
    interrupted: Arc<AtomicBool>,
    /// The signal that interrupted; 0 while none has.
    signal: Arc<AtomicUsize>,
}

impl Terminal {
    /// Whether something could not be read.
    pub(crate) fn failed(&self) -> bool {
        self.failed
    }

    /// Takes the bar off.
    pub(crate) fn clear(&mut self) {
        self.bar.clear();
    }

    pub(crate) fn new(quiet: bool, bar: bool) -> Self {
        let (interrupted, signal) = (Arc::<AtomicBool>::default(), Arc::<AtomicUsize>::default());
        #[cfg(unix)]
        for number in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
            // The second signal ends the program at once; where the handler is refused, the first does.
            let _ = signal_hook::flag::register_conditional_default(number, Arc::clone(&interrupted));
            let _ = signal_hook::flag::register_usize(number, Arc::clone(&signal), number.unsigned_abs() as usize);
            let _ = signal_hook::flag::register(number, Arc::clone(&interrupted));
        }
        Terminal { bar: Bar::new(quiet || !bar), quiet, failed: false, interrupted, signal }
    }

    /// Ends the program by the signal that interrupted it, so that a shell's loop ends with it; the status where that fails.
    pub(crate) fn end_as_interrupted(&self) -> u8 {
        #[cfg(unix)]
        if let Ok(number @ 1..) = i32::try_from(self.signal.load(Ordering::Relaxed)) {
            let _ = signal_hook::low_level::emulate_default_handler(number);
        }
        INTERRUPTED
    }

    /// Says how many articles were passed over because of their language.
    pub(crate) fn tell_foreign(&self, summary: Summary) {
        match summary.foreign {
            0 => {}
            _ if self.quiet => {}
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
