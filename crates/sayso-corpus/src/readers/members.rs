//! Gzip, member by member: an archive of the web packs each record for itself, and a damaged one must cost no other.

use std::io::{self, BufRead, BufReader, Read};
use std::mem;

use flate2::bufread::GzDecoder;
use memchr::memmem;

use crate::readers::compression::{Damage, Input};

/// What every member begins with, the method included.
const MAGIC: &[u8] = b"\x1F\x8B\x08";
/// What a record of an archive begins with.
const RECORD: &[u8] = b"WARC/";
/// Packed bytes of a member that are kept, to look in them for the next member if this one turns out to be damaged.
const KEEP: usize = 16 << 20;
/// Packed bytes that show whether a member is one.
const ENOUGH: usize = 4096;

/// The members of a gzip file, unpacked, one after another.
///
/// A damaged member of an archive is an error, after which the next member follows; of other files, what comes after it is lost.
pub(crate) struct Members {
    /// None after the end.
    decoder: Option<GzDecoder<Kept>>,
    /// The first bytes of the first member.
    first: Vec<u8>,
    /// Whether bytes of the current member were given out.
    begun: bool,
}

impl Members {
    pub(crate) fn new(input: Input) -> Self {
        let kept = Kept { input, again: BufReader::new(io::Cursor::new(Vec::new())), kept: Vec::new(), all: true };
        Members { decoder: Some(GzDecoder::new(kept)), first: Vec::new(), begun: false }
    }

    /// What is said of a member that is damaged; the next one follows, if there is one.
    fn pass(&mut self, kept: Kept, why: io::Error) -> io::Error {
        if why.raw_os_error().is_some() {
            return why;
        }
        let next = if self.first == RECORD { kept.next_member() } else { Ok(None) };
        let goes_on = matches!(next, Ok(Some(_)));
        self.decoder = next.ok().flatten().map(GzDecoder::new);
        let early = why.kind() == io::ErrorKind::UnexpectedEof;
        let said = if early { Damage::EARLY.to_owned() } else { why.to_string() };
        io::Error::other(Damage { said, goes_on, begun: mem::take(&mut self.begun) })
    }
}

impl Read for Members {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some(decoder) = &mut self.decoder else { return Ok(0) };
            match decoder.read(buffer) {
                Ok(0) if !buffer.is_empty() => {
                    let Some(mut kept) = self.decoder.take().map(GzDecoder::into_inner) else { return Ok(0) };
                    kept.begin();
                    self.begun = false;
                    if kept.fill_buf()?.is_empty() {
                        return Ok(0);
                    }
                    self.decoder = Some(GzDecoder::new(kept));
                }
                Ok(count) => {
                    let missing = RECORD.len() - self.first.len();
                    self.begun |= count > 0;
                    self.first.extend_from_slice(&buffer[..count.min(missing)]);
                    return Ok(count);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
                Err(error) => {
                    let kept = self.decoder.take().map(GzDecoder::into_inner);
                    return Err(kept.map_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof), |kept| self.pass(kept, error)));
                }
            }
        }
    }
}

/// An input of which the bytes of the current member are kept.
struct Kept {
    /// Bytes that were read before, and are read again.
    again: BufReader<io::Cursor<Vec<u8>>>,
    input: Input,
    kept: Vec<u8>,
    /// Whether `kept` has all of the member so far.
    all: bool,
}

impl Kept {
    /// Begins a member.
    fn begin(&mut self) {
        self.kept.clear();
        self.all = true;
    }

    /// The same input from the next member on, whose record can be read; none where no other follows.
    fn next_member(mut self) -> io::Result<Option<Kept>> {
        let mut bytes = mem::take(&mut self.kept);
        // The member's own beginning is not looked for again.
        let mut from = usize::from(self.all);
        loop {
            match bytes.get(from..).and_then(|rest| memmem::find(rest, MAGIC)) {
                Some(found) => {
                    let begin = from + found;
                    while bytes.len() < begin + ENOUGH && self.more(&mut bytes)? {}
                    if begins_record(&bytes[begin..]) {
                        let again = BufReader::new(io::Cursor::new(bytes.split_off(begin)));
                        let rest: Input = Box::new(self.again.chain(self.input));
                        return Ok(Some(Kept { again, input: rest, kept: Vec::new(), all: true }));
                    }
                    from = begin + 1;
                }
                None => {
                    bytes.drain(..bytes.len().saturating_sub(MAGIC.len() - 1).max(from.min(bytes.len())));
                    from = 0;
                    if !self.more(&mut bytes)? {
                        return Ok(None);
                    }
                }
            }
        }
    }

    /// Reads on; false: there is no more.
    fn more(&mut self, bytes: &mut Vec<u8>) -> io::Result<bool> {
        let there = self.fill_buf()?;
        let count = there.len();
        bytes.extend_from_slice(there);
        self.all = false;
        self.consume(count);
        Ok(count > 0)
    }
}

/// Whether a member that holds a record begins here.
fn begins_record(packed: &[u8]) -> bool {
    let mut begin = [0; RECORD.len()];
    GzDecoder::new(packed).read_exact(&mut begin).is_ok() && begin == RECORD
}

impl Read for Kept {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let there = self.fill_buf()?;
        let count = there.len().min(buffer.len());
        buffer[..count].copy_from_slice(&there[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Kept {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.again.fill_buf()?.is_empty() { self.input.fill_buf() } else { self.again.fill_buf() }
    }

    fn consume(&mut self, count: usize) {
        let from_again = !self.again.buffer().is_empty();
        let there = if from_again { self.again.buffer() } else { self.input.fill_buf().unwrap_or_default() };
        if self.all && self.kept.len() + count <= KEEP {
            self.kept.extend_from_slice(&there[..count.min(there.len())]);
        } else {
            (self.all, self.kept) = (false, Vec::new());
        }
        if from_again { self.again.consume(count) } else { self.input.consume(count) }
    }
}
