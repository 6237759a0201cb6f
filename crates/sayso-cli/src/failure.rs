//! Why the command stops.

use std::fmt;
use std::io;
use std::path::PathBuf;

use sayso_corpus::pipeline::RunError;
use sayso_corpus::score::ScoreError;

/// Why the command stops before its work is done.
#[derive(Debug)]
pub(crate) enum Failure {
    /// None of the inputs exists.
    NoSuchPath(PathBuf),
    /// No subcommand of that name has a manual page.
    NoSuchCommand(String),
    /// Nothing to read: no path, and standard input is a terminal.
    NothingToRead,
    /// A list of nodes was asked for beside something that is no list of edges.
    NodesWithoutEdges,
    /// A database would be written to a terminal.
    #[cfg(feature = "dna")]
    DatabaseToTerminal,
    /// The service cannot listen, or cannot go on.
    #[cfg(feature = "serve")]
    Serve(String),
    /// The extraction could not begin, or not come to its end.
    Run(RunError),
    /// The run was told to stop.
    Interrupted,
    /// The output cannot be written to its end.
    Output(io::Error),
    /// The scorer has no figures to give.
    Score(ScoreError),
}

impl Failure {
    /// 2 if nothing could start, else 1.
    pub(crate) fn status(&self) -> u8 {
        match self {
            Failure::Output(_) | Failure::Run(RunError::Output(_)) | Failure::Score(ScoreError::Line { .. } | ScoreError::Span { .. }) => 1,
            Failure::Interrupted => 130,
            _ => 2,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::NoSuchPath(path) => write!(out, "{}: no such file or folder", path.display()),
            Failure::NoSuchCommand(name) => write!(out, "no command {name:?}: see `sayso help`"),
            Failure::NothingToRead => write!(out, "nothing to read: name a file or a folder, or - for standard input"),
            Failure::NodesWithoutEdges => write!(out, "--nodes FILE goes with --format csv: graphml and dna hold their nodes themselves"),
            #[cfg(feature = "dna")]
            Failure::DatabaseToTerminal => write!(out, "a database is no text for a terminal: name a file with -o FILE.dna"),
            #[cfg(feature = "serve")]
            Failure::Serve(why) => write!(out, "{why}"),
            Failure::Run(why) => write!(out, "{why}"),
            Failure::Interrupted => write!(out, "interrupted; nothing is written"),
            Failure::Output(why) => write!(out, "the output cannot be written: {why}"),
            Failure::Score(why) => write!(out, "{why}"),
        }
    }
}
