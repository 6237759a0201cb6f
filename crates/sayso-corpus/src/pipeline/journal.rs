//! The journal of a run that can be gone on with: how much of the inputs is read, and how much of the output is safe.
//!
//! `OUT.journal` is JSON Lines: first what run it belongs to, then, about once a second, a [`Checkpoint`]. The output grows in
//! `OUT.part`. A checkpoint is written after the output up to it is on the disk, so that after a kill the part is cut to the last
//! whole checkpoint and the inputs are read on from its position: no statement is lost, none is doubled.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::pipeline::Summary;
use crate::readers::Position;
use crate::writers::page::json_line;

/// The form of the journal.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize, PartialEq, Eq)]
struct Header {
    journal: u32,
    run: String,
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Checkpoint {
    /// Where the next record is.
    pub(crate) position: Position,
    /// Bytes of the part file that are whole.
    pub(crate) bytes: u64,
    /// What was counted so far.
    pub(crate) summary: Summary,
    /// Whether all inputs are read.
    pub(crate) done: bool,
}

/// A journal that is being written.
pub(crate) struct Journal {
    file: File,
    path: PathBuf,
}

/// Why a run cannot be gone on with.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// Other inputs, options or versions than now.
    #[error("{}: it is the journal of another run (other inputs, options or version): remove it to begin anew", .0.display())]
    OtherRun(PathBuf),
    /// The system refuses it.
    #[error("{path}: {why}", path = .0.display(), why = .1)]
    System(PathBuf, io::Error),
}

impl Journal {
    /// Opens the journal at `path`, and says how far the run has come that it tells of; `run` names all that the output depends on.
    pub(crate) fn open(path: PathBuf, run: &str) -> Result<(Self, Checkpoint), JournalError> {
        let said = match fs::read(&path) {
            Ok(said) => said,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(JournalError::System(path, error)),
        };
        // The last line may be cut: only what ends with a line end was written whole.
        let whole = said.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let mut lines = said[..whole].split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
        let header = Header { journal: VERSION, run: run.to_owned() };
        let last = match lines.next() {
            Some(first) if serde_json::from_slice::<Header>(first).ok().as_ref() != Some(&header) => {
                return Err(JournalError::OtherRun(path));
            }
            Some(_) => lines.filter_map(|line| serde_json::from_slice(line).ok()).next_back().unwrap_or_default(),
            None => Checkpoint::default(),
        };
        let journal = Journal::create(path.clone(), &header, last).map_err(|error| JournalError::System(path, error))?;
        Ok((journal, last))
    }

    /// Writes a journal of one checkpoint anew, beside and then over the old one.
    fn create(path: PathBuf, header: &Header, last: Checkpoint) -> io::Result<Self> {
        let mut begun = path.clone().into_os_string();
        begun.push(".new");
        let mut file = OpenOptions::new().create(true).write(true).truncate(true).open(&begun)?;
        json_line(&mut file, header)?;
        json_line(&mut file, &last)?;
        file.sync_data()?;
        fs::rename(begun, &path)?;
        Ok(Journal { file, path })
    }

    /// Keeps the journal of a run that had none until now.
    pub(crate) fn keep(path: &Path, run: &str, last: Checkpoint) -> io::Result<()> {
        Journal::create(path.to_owned(), &Header { journal: VERSION, run: run.to_owned() }, last).map(drop)
    }

    /// Adds a checkpoint, whose output must be on the disk.
    pub(crate) fn add(&mut self, checkpoint: Checkpoint) -> io::Result<()> {
        let mut line = serde_json::to_vec(&checkpoint)?;
        line.push(b'\n');
        self.file.write_all(&line)
    }

    /// Removes the journal of a run that is done.
    pub(crate) fn remove(self) -> io::Result<()> {
        fs::remove_file(&self.path)
    }
}
