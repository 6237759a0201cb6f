//! Where the output goes: standard output, or a file that is never half a result.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Seek, SeekFrom, Stdout, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Why an output cannot be begun.
#[derive(Debug, thiserror::Error)]
#[error("{}: cannot be written: {why}", path.display())]
pub struct OutputError {
    /// The file as it was named.
    pub path: PathBuf,
    /// What the system says.
    pub why: io::Error,
}

/// Standard output, or a file that takes its name when all is written.
pub struct Output {
    out: BufWriter<Place>,
    written: u64,
    target: Option<PathBuf>,
}

enum Place {
    Stdout(Stdout),
    /// A device or pipe that is there already.
    Open(File),
    /// A temporary file beside its target; dropped, it is removed.
    Temporary(NamedTempFile),
    /// A file of a known name beside its target, that stays when the run is cut off.
    Part(File, PathBuf),
}

/// Bytes handed to the system at once.
const BUFFER: usize = 1 << 16;

impl Output {
    fn new(place: Place, target: Option<PathBuf>, written: u64) -> Self {
        Output { out: BufWriter::with_capacity(BUFFER, place), written, target }
    }

    /// Standard output.
    #[must_use]
    pub fn stdout() -> Self {
        Output::new(Place::Stdout(io::stdout()), None, 0)
    }

    /// A file at `path`, or what a link there leads to.
    ///
    /// # Errors
    /// If there is a folder, or no file can be made beside it.
    pub fn file(path: &Path) -> Result<Self, OutputError> {
        let failed = |why| OutputError { path: path.to_owned(), why };
        let target = real(path);
        match fs::metadata(&target) {
            Ok(there) if there.is_dir() => return Err(failed(io::Error::other("it is a folder"))),
            Ok(there) if !there.is_file() => {
                let device = OpenOptions::new().write(true).open(&target).map_err(failed)?;
                return Ok(Output::new(Place::Open(device), None, 0));
            }
            _ => {}
        }
        let beside = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".sayso-").suffix(".part");
        share(&mut builder, &target);
        let file = builder.tempfile_in(beside).map_err(|error| failed(bare(error)))?;
        Ok(Output::new(Place::Temporary(file), Some(target), 0))
    }

    /// The part file of `path`, cut to `bytes` and gone on with.
    ///
    /// # Errors
    /// If it cannot be opened, or is shorter than that.
    pub(crate) fn part(path: &Path, bytes: u64) -> Result<Self, OutputError> {
        let part = part_of(path);
        let failed = |why| OutputError { path: part.clone(), why };
        let mut file = OpenOptions::new().create(true).truncate(false).write(true).open(&part).map_err(failed)?;
        if file.metadata().map_err(failed)?.len() < bytes {
            return Err(failed(io::Error::other(format!("shorter than the {bytes} bytes that its journal names: remove the journal"))));
        }
        file.set_len(bytes).and_then(|()| file.seek(SeekFrom::Start(bytes)).map(drop)).map_err(failed)?;
        Ok(Output::new(Place::Part(file, part.clone()), Some(real(path)), bytes))
    }

    /// A file of a known name beside `path`, begun anew: what a run that was killed has left of it does not stay.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub(crate) fn table(path: &Path) -> Result<Self, OutputError> {
        let table = table_of(path);
        let failed = |why| OutputError { path: table.clone(), why };
        let file = File::create(&table).map_err(failed)?;
        Ok(Output::new(Place::Part(file, table.clone()), Some(real(path)), 0))
    }

    /// Bytes written so far.
    pub(crate) fn written(&self) -> u64 {
        self.written
    }

    /// Writes what is left, and gives the file its name.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn finish(self) -> io::Result<()> {
        let target = self.target.clone();
        self.rename(target.as_deref())
    }

    /// Writes what is left, and keeps the file as the part of its target; none where there is no file.
    pub(crate) fn keep(self) -> io::Result<Option<PathBuf>> {
        let part = self.target.as_deref().map(part_of);
        self.rename(part.as_deref())?;
        Ok(part)
    }

    fn rename(self, target: Option<&Path>) -> io::Result<()> {
        let place = self.out.into_inner().map_err(io::IntoInnerError::into_error)?;
        match (place, target) {
            (Place::Stdout(mut out), _) => out.flush(),
            (Place::Temporary(file), Some(target)) => file.persist(target).map(drop).map_err(|error| error.error),
            (Place::Part(_, part), Some(target)) if part != target => fs::rename(part, target),
            _ => Ok(()),
        }
    }

    /// Puts all on the disk and says how much that is; none where it is no part file.
    pub(crate) fn sync(&mut self) -> io::Result<Option<u64>> {
        self.out.flush()?;
        match self.out.get_ref() {
            Place::Part(file, _) => file.sync_data().map(|()| Some(self.written)),
            _ => Ok(None),
        }
    }
}

/// What the system said, without the name of a temporary file, which nobody chose; of its number only the words are left.
fn bare(error: io::Error) -> io::Error {
    let words = error.to_string();
    let number = words.split_once("(os error ").and_then(|(_, rest)| rest.split_once(')')?.0.parse().ok());
    number.map_or(error, io::Error::from_raw_os_error)
}

/// What a link leads to.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// "out.jsonl" to "out.jsonl.part"
pub(crate) fn part_of(path: &Path) -> PathBuf {
    with_suffix(path, ".part")
}

/// "out.parquet" to "out.parquet.table"
pub(crate) fn table_of(path: &Path) -> PathBuf {
    with_suffix(path, ".table")
}

/// "out.jsonl" to "out.jsonl.journal"
pub(crate) fn journal_of(path: &Path) -> PathBuf {
    with_suffix(path, ".journal")
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = real(path).into_os_string();
    name.push(suffix);
    name.into()
}

/// The rights of the file that is replaced, else those that a new file has: a temporary file would be closed to others.
#[cfg(unix)]
fn share(builder: &mut tempfile::Builder<'_, '_>, target: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let rights = fs::metadata(target).map_or_else(|_| fs::Permissions::from_mode(0o666), |there| there.permissions());
    builder.permissions(rights);
}

#[cfg(not(unix))]
fn share(_: &mut tempfile::Builder<'_, '_>, _: &Path) {}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.written += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Write for Place {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Place::Stdout(out) => out.write(bytes),
            Place::Open(file) | Place::Part(file, _) => file.write(bytes),
            // The file itself: its errors have the system's number and no name that nobody chose.
            Place::Temporary(file) => file.as_file_mut().write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Place::Stdout(out) => out.flush(),
            Place::Open(file) | Place::Part(file, _) => file.flush(),
            Place::Temporary(file) => file.as_file_mut().flush(),
        }
    }
}
