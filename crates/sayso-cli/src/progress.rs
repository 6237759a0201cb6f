//! A line on the terminal that tells how far the work is, once it takes long.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use sayso_corpus::pipeline::Progress;

/// Work shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_secs(2);
/// Between two updates.
const BEAT: Duration = Duration::from_millis(200);

/// What is done so far, shown on standard error where that is a terminal.
pub(crate) struct Bar {
    shown: bool,
    wanted: bool,
    begun: Instant,
    next: Instant,
}

impl Bar {
    pub(crate) fn new(quiet: bool) -> Self {
        let wanted = !quiet && io::stderr().is_terminal();
        Bar { shown: false, wanted, begun: Instant::now(), next: Instant::now() + PATIENCE }
    }

    /// Whether there is somebody to see it.
    pub(crate) fn is_wanted(&self) -> bool {
        self.wanted
    }

    /// Shows how far the work is, if that was not told just now.
    pub(crate) fn show(&mut self, progress: &Progress) {
        if self.wanted && Instant::now() >= self.next {
            self.next = Instant::now() + BEAT;
            self.shown = true;
            let _ = write!(io::stderr(), "\r\u{1b}[K{}", line(progress, self.begun.elapsed()));
        }
    }

    /// Makes way for another line on the terminal.
    pub(crate) fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.clear();
    }
}

/// " 41 %, 1234 articles (310/s), 5678 statements (1420/s), 2 min left"
fn line(progress: &Progress, passed: Duration) -> String {
    let seconds = passed.as_secs_f64().max(0.001);
    let rate = |count: u64| (count as f64 / seconds).round();
    let (articles, statements) = (progress.summary.articles, progress.summary.statements);
    let counts = format!("{articles} articles ({}/s), {statements} statements ({}/s)", rate(articles), rate(statements));
    match progress.total.filter(|&total| total > 0 && progress.bytes > 0) {
        Some(total) => {
            let share = (progress.bytes as f64 / total as f64).min(1.0);
            let left = Duration::from_secs_f64((seconds / share - seconds).min(1e9));
            format!("{:3.0} %, {counts}, {} left", share * 100.0, words(left))
        }
        None => counts,
    }
}

fn words(left: Duration) -> String {
    match left.as_secs() {
        seconds @ 0..120 => format!("{seconds} s"),
        seconds @ 120..7200 => format!("{} min", seconds / 60),
        seconds => format!("{} h", seconds / 3600),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_corpus::pipeline::Summary;

    #[test]
    fn the_line_tells_share_rates_and_time_left() {
        let summary = Summary { articles: 100, statements: 900, ..Summary::default() };
        let progress = Progress { summary, bytes: 250, total: Some(1000) };
        assert_eq!(line(&progress, Duration::from_secs(100)), " 25 %, 100 articles (1/s), 900 statements (9/s), 5 min left");
        assert_eq!(line(&Progress { total: None, ..progress }, Duration::from_secs(50)), "100 articles (2/s), 900 statements (18/s)");
    }
}
