//! WARC archives: a header, a block, and the next; each usually a gzip member of its own.

use std::io::{self, BufRead, Cursor, Read};
use std::sync::Arc;

use memchr::memmem;

use crate::error::{InputError, Place, Problem};
use crate::readers::compression::{Input, damaged, is_begun};
use crate::readers::lines::{Line, read_line};
use crate::readers::records::{Content, Record};
use crate::readers::{InputOptions, http};

/// The most bytes of a line of a header.
const HEADER_LINE: usize = 1 << 16;
/// What every record begins with.
const MAGIC: &[u8] = b"WARC/";
/// The end of a record and the beginning of the next.
const NEXT: &[u8] = b"\r\n\r\nWARC/1.";

/// An archive that is being read: its responses come out as records.
pub(crate) struct Archive {
    name: Arc<str>,
    /// None after a read error.
    input: Option<Input>,
    /// The record last begun, from 1.
    number: u64,
    most: usize,
    id_header: String,
    /// The first line of the next record, if it is read already.
    begun: Option<Vec<u8>>,
    /// What is wrong with the next record, if that is known already.
    pending: Option<Problem>,
}

/// What a header says.
#[derive(Default)]
struct Header {
    length: Option<u64>,
    is_response: bool,
    id: Option<String>,
}

impl Archive {
    pub(crate) fn new(name: Arc<str>, input: Input, options: &InputOptions) -> Self {
        let id_header = options.fields.id.clone();
        Archive { name, input: Some(input), number: 0, most: options.max_article, id_header, begun: None, pending: None }
    }

    /// The next response; none at the end.
    fn read(&mut self) -> Result<Option<Record>, Problem> {
        if let Some(problem) = self.pending.take() {
            self.number += 1;
            return Err(problem);
        }
        loop {
            let Some(first) = self.first_line()? else { return Ok(None) };
            self.number += 1;
            if !first.starts_with(MAGIC) {
                self.find_next()?;
                let found = String::from_utf8_lossy(&first[..first.len().min(40)]).trim().to_owned();
                return Err(Problem::BrokenWarc(format!(
                    "a record begins with \"WARC/1.0\", not with {found:?}; the reading goes on at the next"
                )));
            }
            let header = self.header()?;
            let Some(length) = header.length else {
                self.find_next()?;
                return Err(Problem::BrokenWarc("its header has no Content-Length; the reading goes on at the next record".to_owned()));
            };
            if let Some(block) = self.block(length, header.is_response)? {
                let place = Some(Place::Record(self.number));
                return Ok(Some(Record { path: Arc::clone(&self.name), place, content: Content::Response(block, header.id) }));
            }
        }
    }

    /// The first line of a record, the empty lines before it passed.
    fn first_line(&mut self) -> Result<Option<Vec<u8>>, Problem> {
        if let Some(line) = self.begun.take() {
            return Ok(Some(line));
        }
        let mut line = Vec::new();
        loop {
            match self.line(&mut line)? {
                Line::End => return Ok(None),
                Line::Whole if line.trim_ascii().is_empty() => {}
                Line::Whole | Line::TooLong => return Ok(Some(line)),
            }
        }
    }

    /// Passes all that is left of a broken record.
    fn find_next(&mut self) -> Result<(), Problem> {
        let mut line = Vec::new();
        loop {
            match self.line(&mut line)? {
                Line::End => return Ok(()),
                Line::Whole if line.starts_with(MAGIC) => {
                    self.begun = Some(line);
                    return Ok(());
                }
                Line::Whole | Line::TooLong => {}
            }
        }
    }

    fn header(&mut self) -> Result<Header, Problem> {
        let mut header = Header::default();
        let mut line = Vec::new();
        while self.line(&mut line)? != Line::End && !line.trim_ascii().is_empty() {
            let Some((name, value)) = http::field(&line) else { continue };
            let is = |wanted: &str| name.eq_ignore_ascii_case(wanted.as_bytes());
            let value = String::from_utf8_lossy(value);
            if is("Content-Length") {
                header.length = value.parse().ok();
            } else if is("WARC-Type") {
                header.is_response = value.eq_ignore_ascii_case("response");
            }
            if is(&self.id_header) {
                header.id = Some(value.into_owned());
            }
        }
        Ok(header)
    }

    /// The block of a response that may hold a page; none for others.
    fn block(&mut self, length: u64, wanted: bool) -> Result<Option<Vec<u8>>, Problem> {
        if !wanted {
            self.pass(length)?;
            return Ok(None);
        }
        let keep = length.min(self.most as u64);
        let mut block = Vec::with_capacity(keep as usize);
        let read = self.input()?.take(keep).read_to_end(&mut block).map_err(damaged)?;
        if (read as u64) < keep && memmem::find(&block, NEXT).is_some() {
            return self.overrun(&block);
        }
        if (read as u64) < keep {
            return Err(Problem::BrokenWarc(format!("the archive ends in the middle of it, after {read} of {length} bytes")));
        }
        self.pass(length - keep)?;
        if !self.at_record_end()? {
            return self.overrun(&block);
        }
        if length > keep {
            return if http::is_page(&block) { Err(Problem::TooLong { most: self.most }) } else { Ok(None) };
        }
        Ok(http::is_page(&block).then_some(block))
    }

    /// A length that is too long swallows the records after it: they are put back. One that is too short leaves a rest to pass.
    fn overrun(&mut self, block: &[u8]) -> Result<Option<Vec<u8>>, Problem> {
        match memmem::find(block, NEXT) {
            Some(at) => {
                let rest = self.input.take().unwrap_or_else(|| Box::new(io::empty()));
                self.begun = None;
                self.input = Some(Box::new(Cursor::new(block[at + 4..].to_vec()).chain(rest)));
            }
            None if self.begun.is_none() => self.find_next()?,
            None => {}
        }
        Err(Problem::BrokenWarc("its Content-Length is wrong; the reading goes on at the next record".to_owned()))
    }

    /// Whether the end of a record follows: two line ends, whatever comes then, or another record, or nothing.
    fn at_record_end(&mut self) -> Result<bool, Problem> {
        let input = self.input()?;
        let mut line_ends = 0;
        loop {
            let there = match input.fill_buf() {
                Ok(there) => there,
                // The next record is damaged, which is no fault of this one.
                Err(error) if line_ends >= 2 && !is_begun(&error) => {
                    self.pending = Some(damaged(error));
                    return Ok(true);
                }
                Err(error) => return Err(damaged(error)),
            };
            match there.first() {
                None => return Ok(true),
                Some(&byte @ (b'\r' | b'\n')) => {
                    line_ends += usize::from(byte == b'\n');
                    input.consume(1);
                }
                Some(_) => return Ok(line_ends >= 2 || there.starts_with(&MAGIC[..MAGIC.len().min(there.len())])),
            }
        }
    }

    fn pass(&mut self, length: u64) -> Result<(), Problem> {
        let passed = io::copy(&mut self.input()?.take(length), &mut io::sink()).map_err(damaged)?;
        if passed < length {
            return Err(Problem::BrokenWarc("the archive ends in the middle of it".to_owned()));
        }
        Ok(())
    }

    fn line(&mut self, line: &mut Vec<u8>) -> Result<Line, Problem> {
        read_line(self.input()?, line, HEADER_LINE).map_err(damaged)
    }

    fn input(&mut self) -> Result<&mut Input, Problem> {
        self.input.as_mut().ok_or_else(|| Problem::BrokenWarc("nothing more can be read".to_owned()))
    }
}

impl Iterator for Archive {
    type Item = Result<Record, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.input.as_ref()?;
        match self.read() {
            Ok(record) => record.map(Ok),
            Err(problem) => {
                let place = Some(Place::Record(self.number.max(1)));
                if matches!(problem, Problem::Compression(_) | Problem::System(_)) {
                    self.input = None;
                }
                Some(Err(InputError::at(&self.name, place, problem)))
            }
        }
    }
}
