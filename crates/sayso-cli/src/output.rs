//! Where the output goes: standard output, or a file that is never half a result.

use std::fs;
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::failure::Failure;

/// Standard output, or a file that takes its name when all is written.
pub(crate) enum Output {
    Stdout(BufWriter<StdoutLock<'static>>),
    /// A device or pipe that is there already.
    Open(BufWriter<fs::File>),
    /// A temporary file beside its target; dropped, it is removed.
    Replacing(BufWriter<NamedTempFile>, PathBuf),
}

impl Output {
    pub(crate) fn stdout() -> Self {
        Output::Stdout(BufWriter::new(io::stdout().lock()))
    }

    /// A file at `path`, or what a link there leads to.
    pub(crate) fn file(path: &Path) -> Result<Self, Failure> {
        let failed = |why| Failure::NoOutput(path.to_owned(), why);
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        match fs::metadata(&target) {
            Ok(there) if there.is_dir() => return Err(failed(io::Error::other("it is a folder"))),
            Ok(there) if !there.is_file() => {
                let device = fs::OpenOptions::new().write(true).open(&target).map_err(failed)?;
                return Ok(Output::Open(BufWriter::new(device)));
            }
            _ => {}
        }
        let beside = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".sayso-").suffix(".part");
        share(&mut builder, &target);
        Ok(Output::Replacing(BufWriter::new(builder.tempfile_in(beside).map_err(failed)?), target))
    }

    /// Writes what is left, and gives the file its name.
    pub(crate) fn finish(self) -> io::Result<()> {
        match self {
            Output::Stdout(mut out) => out.flush(),
            Output::Open(mut out) => out.flush(),
            Output::Replacing(out, target) => {
                let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.persist(target)?;
                Ok(())
            }
        }
    }
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
        match self {
            Output::Stdout(out) => out.write(bytes),
            Output::Open(out) => out.write(bytes),
            Output::Replacing(out, _) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Stdout(out) => out.flush(),
            Output::Open(out) => out.flush(),
            Output::Replacing(out, _) => out.flush(),
        }
    }
}
