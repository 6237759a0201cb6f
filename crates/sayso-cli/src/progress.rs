//! A line on the terminal that tells how far the work is, once it takes long.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// Work shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_secs(2);
/// Between two updates.
const BEAT: Duration = Duration::from_millis(200);

/// What is done so far, shown on standard error where that is a terminal.
pub(crate) struct Progress {
    shown: bool,
    wanted: bool,
    next: Instant,
    articles: usize,
    statements: usize,
}

impl Progress {
    pub(crate) fn new(quiet: bool) -> Self {
        let wanted = !quiet && io::stderr().is_terminal();
        Progress { shown: false, wanted, next: Instant::now() + PATIENCE, articles: 0, statements: 0 }
    }

    /// Adds what a batch brought.
    pub(crate) fn add(&mut self, articles: usize, statements: usize) {
        self.articles += articles;
        self.statements += statements;
        if self.wanted && Instant::now() >= self.next {
            self.next = Instant::now() + BEAT;
            self.shown = true;
            let _ = write!(io::stderr(), "\r{} articles, {} statements", self.articles, self.statements);
        }
    }

    /// Makes way for another line on the terminal.
    pub(crate) fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}
