//! Paths to files: folders are walked in the order of their names.

use std::io;
use std::path::PathBuf;

use walkdir::{DirEntry, WalkDir};

use crate::error::{InputError, Problem};

/// The files of some paths, in the order given, a folder's by their names, hidden files left out.
pub(crate) struct Files {
    paths: std::vec::IntoIter<PathBuf>,
    walk: Option<Walk>,
}

type Walk = Box<dyn Iterator<Item = walkdir::Result<DirEntry>> + Send>;

impl Files {
    pub(crate) fn new(paths: Vec<PathBuf>) -> Self {
        Files { paths: paths.into_iter(), walk: None }
    }
}

impl Iterator for Files {
    type Item = Result<PathBuf, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(entry) = self.walk.as_mut().and_then(Iterator::next) {
                match entry {
                    Ok(entry) if entry.file_type().is_file() => return Some(Ok(entry.into_path())),
                    Ok(_) => continue,
                    Err(error) => return Some(Err(walk_error(error))),
                }
            }
            self.walk = None;
            let path = self.paths.next()?;
            if !path.is_dir() {
                return Some(Ok(path));
            }
            let shown = |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".");
            self.walk = Some(Box::new(WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter().filter_entry(shown)));
        }
    }
}

/// The bytes of all files of some paths; none where standard input is among them, whose length nobody knows.
#[must_use]
pub fn total_bytes(paths: &[PathBuf]) -> Option<u64> {
    if paths.iter().any(|path| path.as_os_str() == "-") {
        return None;
    }
    let size = |path: PathBuf| path.metadata().map_or(0, |file| file.len());
    Some(Files::new(paths.to_vec()).flatten().map(size).sum())
}

fn walk_error(error: walkdir::Error) -> InputError {
    let path = error.path().map(|p| p.display().to_string()).unwrap_or_default();
    let looped = error.loop_ancestor().map(|above| format!("a link back to {}", above.display()));
    let problem = match looped {
        Some(what) => Problem::System(io::Error::other(what)),
        None => error.into_io_error().map_or_else(|| Problem::System(io::Error::other("cannot be walked")), Problem::from),
    };
    InputError::new(&path, problem)
}
