//! Bytes in: counted as they are read, unpacked where they are compressed, looked at before they are used.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::Problem;
use crate::readers::members::Members;

/// Bytes that are asked of the system at once.
const BUFFER: usize = 1 << 17;
/// Zstandard streams that want a larger window than 128 MiB are refused, so that memory stays bounded.
const ZSTD_WINDOW_LOG: u32 = 27;

/// An input from its first byte on, unpacked.
pub(crate) struct Opened {
    /// Its first line or first 4 KiB.
    pub(crate) head: Vec<u8>,
    /// All of it, the head included.
    pub(crate) input: Input,
    /// Whether it was compressed.
    #[cfg_attr(not(feature = "parquet"), expect(dead_code, reason = "only Parquet is read from its end"))]
    pub(crate) compressed: bool,
}

/// Bytes that can be looked at before they are taken.
pub(crate) type Input = Box<dyn BufRead + Send>;

/// Opens a file, or standard input for "-", and unpacks gzip and Zstandard; what is read from the system is added to `counter`.
pub(crate) fn open(path: &Path, counter: &Arc<AtomicU64>) -> Result<Opened, Problem> {
    let raw: Box<dyn Read + Send> = if path == Path::new("-") { Box::new(io::stdin()) } else { Box::new(File::open(path)?) };
    let (head, input) = peek(Box::new(Counted { input: raw, counter: Arc::clone(counter) }))?;
    let unpacked: Box<dyn Read + Send> = if head.starts_with(b"\x1F\x8B") {
        Box::new(Members::new(input))
    } else if head.starts_with(b"\x28\xB5\x2F\xFD") {
        let mut decoder = zstd::stream::read::Decoder::with_buffer(input)?;
        decoder.window_log_max(ZSTD_WINDOW_LOG)?;
        Box::new(decoder)
    } else {
        return Ok(Opened { head, input, compressed: false });
    };
    let (head, input) = peek(Box::new(Unpacked(unpacked))).map_err(damaged)?;
    Ok(Opened { head, input, compressed: true })
}

/// What a read error says of an input: damage where the input is compressed, else what the system says.
pub(crate) fn damaged(error: io::Error) -> Problem {
    match damage(&error) {
        Some(Damage { said, goes_on: true, .. }) => {
            Problem::BrokenWarc(format!("damaged compressed data ({said}); the reading goes on at the next record"))
        }
        Some(Damage { said, .. }) => Problem::Compression(io::Error::other(said.clone())),
        None => error.into(),
    }
}

/// Whether a read error is about data of which some were given out before.
pub(crate) fn is_begun(error: &io::Error) -> bool {
    damage(error).is_none_or(|damage| damage.begun)
}

/// The damage that a read error tells of.
fn damage(error: &io::Error) -> Option<&Damage> {
    error.get_ref().and_then(|inner| inner.downcast_ref())
}

/// Compressed data that cannot be unpacked.
#[derive(Debug)]
pub(crate) struct Damage {
    pub(crate) said: String,
    /// Whether what follows can be read.
    pub(crate) goes_on: bool,
    /// Whether bytes were given out of the member that is damaged; else what was read before it is whole.
    pub(crate) begun: bool,
}

impl Damage {
    /// What is said of data that are cut.
    pub(crate) const EARLY: &str = "it ends too early";
}

impl std::fmt::Display for Damage {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.said)
    }
}

impl std::error::Error for Damage {}

/// A decompressor whose errors can be told from the system's.
struct Unpacked(Box<dyn Read + Send>);

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let lost = |said: String| Err(io::Error::other(Damage { said, goes_on: false, begun: true }));
        match self.0.read(buffer) {
            Err(error) if damage(&error).is_some() => Err(error),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => lost(Damage::EARLY.to_owned()),
            Err(error) if error.kind() != io::ErrorKind::Interrupted => lost(error.to_string()),
            read => read,
        }
    }
}

/// An input that counts what is read of it.
struct Counted<R> {
    input: R,
    counter: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.counter.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// The first line of an input or its first 4 KiB, and the input with these bytes put back.
///
/// No more than a line is waited for: standard input may be a feed that goes on for days.
fn peek(mut input: Box<dyn Read + Send>) -> io::Result<(Vec<u8>, Input)> {
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    let mut failed = None;
    while head.len() < buffer.len() && !head.trim_ascii_start().contains(&b'\n') {
        match input.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => head.extend_from_slice(&buffer[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if head.is_empty() => return Err(error),
            Err(error) => {
                failed = Some(error);
                break;
            }
        }
    }
    let first = Cursor::new(head.clone());
    let whole: Input = match failed {
        // What was read before the damage is given out before the damage is told.
        Some(error) => Box::new(BufReader::with_capacity(BUFFER, first.chain(Broken(Some(error))).chain(input))),
        None => Box::new(BufReader::with_capacity(BUFFER, first.chain(input))),
    };
    Ok((head, whole))
}

/// An input that fails once.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}
