//! Tables of separated values (RFC 4180), read so that a damaged row costs no other row.

use std::io::{BufRead, Cursor, Read};
use std::sync::Arc;

use memchr::{memchr, memchr2};

use crate::error::{InputError, Place, Problem};
use crate::readers::compression::{Input, Opened, damaged};
use crate::readers::decode::{Utf16, decode, utf16_told_by};
use crate::readers::records::{Content, Frames, Record};
use crate::readers::{Article, InputOptions};

/// A row that is no row of the table is read again line by line if it is not longer: a lost quotation mark joins rows.
const REREAD: usize = 1 << 18;

/// Reads the header, and gives the rows below it.
pub(crate) fn rows(name: Arc<str>, opened: Opened, delimiter: u8, options: &InputOptions) -> Result<Frames, Problem> {
    let Opened { head, input, .. } = opened;
    let input: Input = match utf16_told_by(&head) {
        Some(encoding) => Box::new(std::io::BufReader::new(Utf16::new(input, encoding))),
        None => input,
    };
    let first_line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |wanted: u8| first_line.iter().filter(|&&byte| byte == wanted).count();
    let delimiter = if delimiter == b',' && count(b';') > count(b',') { b';' } else { delimiter };
    let mut rows = Rows { name, input: Some(input), delimiter, number: 0, columns: Columns::default(), most: options.max_article };
    let header = match rows.cut()? {
        Cut::Row(bytes) => cells(&bytes, delimiter)?,
        Cut::End => return Ok(Box::new(std::iter::empty())),
        Cut::TooLong => return Err(Problem::TooLong { most: rows.most }),
        Cut::Unclosed(_) => return Err(Problem::BrokenCsv("a quotation mark in its first row is never closed".to_owned())),
    };
    rows.columns = Columns::find(&header, options)?;
    Ok(Box::new(rows))
}

/// Where the parts of an article stand in a row.
#[derive(Default)]
struct Columns {
    count: usize,
    text: usize,
    id: Option<usize>,
    title: Option<usize>,
    date: Option<usize>,
}

impl Columns {
    fn find(header: &[String], options: &InputOptions) -> Result<Columns, Problem> {
        let names: Vec<&str> = header.iter().map(|name| name.trim_start_matches('\u{FEFF}').trim()).collect();
        let at = |wanted: &str| names.iter().position(|name| *name == wanted);
        let fields = &options.fields;
        let missing = || Problem::NoTextField { wanted: fields.text.clone(), there: names.iter().map(|&n| n.to_owned()).collect() };
        let text = at(&fields.text).ok_or_else(missing)?;
        Ok(Columns { count: names.len(), text, id: at(&fields.id), title: at(&fields.title), date: at(&fields.date) })
    }
}

struct Rows {
    name: Arc<str>,
    /// None after a read error.
    input: Option<Input>,
    delimiter: u8,
    /// The row last read, from 1; 0 is the header.
    number: u64,
    columns: Columns,
    most: usize,
}

/// One row cut out of the input.
enum Cut {
    Row(Vec<u8>),
    TooLong,
    /// The input ends in a quoted cell; empty if it was too long to be kept.
    Unclosed(Vec<u8>),
    End,
}

/// What the next byte of a row belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    CellStart,
    Plain,
    Quoted,
    /// After a quotation mark in a quoted cell: its end, or half of a doubled one.
    Mark,
}

impl Rows {
    /// Cuts the next row out, its line end included.
    fn cut(&mut self) -> Result<Cut, Problem> {
        let Some(input) = &mut self.input else { return Ok(Cut::End) };
        let (mut row, mut state, mut too_long, mut any) = (Vec::new(), State::CellStart, false, false);
        loop {
            let there = input.fill_buf().map_err(damaged)?;
            if there.is_empty() {
                return Ok(match (any, state) {
                    (false, _) => Cut::End,
                    (true, State::Quoted) => Cut::Unclosed(row),
                    (true, _) if too_long => Cut::TooLong,
                    (true, _) => Cut::Row(row),
                });
            }
            any = true;
            let (count, ended) = row_end(there, &mut state, self.delimiter);
            too_long |= row.len() + count > self.most;
            if too_long {
                row = Vec::new();
            } else {
                row.extend_from_slice(&there[..count]);
            }
            input.consume(count);
            if ended {
                return Ok(if too_long { Cut::TooLong } else { Cut::Row(row) });
            }
        }
    }

    /// The article of a row, or why it is none.
    fn article(&self, row: &[u8]) -> Result<Article, Problem> {
        let mut cells = cells(row, self.delimiter)?;
        let columns = &self.columns;
        if cells.len() != columns.count {
            let (found, wanted) = (cells.len(), columns.count);
            return Err(Problem::BrokenCsv(format!("{found} cells, where the first row has {wanted}: look for a lost quotation mark")));
        }
        let mut take = |at: Option<usize>| at.map(|at| std::mem::take(&mut cells[at])).filter(|cell| !cell.is_empty());
        Ok(Article {
            document: take(columns.id).unwrap_or_default(),
            title: take(columns.title),
            date: take(columns.date),
            text: take(Some(columns.text)).unwrap_or_default(),
            ..Article::default()
        })
    }

    /// Puts back all of a broken row but its first line.
    fn put_back(&mut self, row: &[u8]) {
        let rest = memchr(b'\n', row).map_or(&[][..], |at| &row[at + 1..]);
        if let Some(input) = self.input.take_if(|_| !rest.is_empty()) {
            self.input = Some(Box::new(Cursor::new(rest.to_vec()).chain(input)));
        }
    }
}

impl Iterator for Rows {
    type Item = Result<Record, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let cut = self.cut();
            if matches!(&cut, Ok(Cut::Row(row)) if row.trim_ascii().is_empty()) {
                continue;
            }
            self.number += 1;
            let article = match cut {
                Ok(Cut::End) => return None,
                Ok(Cut::Row(row)) => {
                    let article = self.article(&row);
                    if article.is_err() && row.len() <= REREAD {
                        self.put_back(&row);
                    }
                    article
                }
                Ok(Cut::TooLong) => Err(Problem::TooLong { most: self.most }),
                Ok(Cut::Unclosed(row)) => {
                    self.put_back(&row);
                    Err(Problem::BrokenCsv("a quotation mark that is never closed".to_owned()))
                }
                Err(problem) => {
                    self.input = None;
                    Err(problem)
                }
            };
            let place = Some(Place::Row(self.number));
            return Some(match article {
                Ok(article) => Ok(Record { path: Arc::clone(&self.name), place, content: Content::Cells(article) }),
                Err(problem) => Err(InputError::at(&self.name, place, problem)),
            });
        }
    }
}

/// How many bytes still belong to the row, and whether it ends with them.
fn row_end(bytes: &[u8], state: &mut State, delimiter: u8) -> (usize, bool) {
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match *state {
            State::CellStart if byte == b'"' => {
                *state = State::Quoted;
                at += 1;
            }
            State::CellStart | State::Plain => {
                let Some(found) = memchr2(delimiter, b'\n', &bytes[at..]) else {
                    *state = State::Plain;
                    return (bytes.len(), false);
                };
                *state = State::CellStart;
                at += found + 1;
                if bytes[at - 1] == b'\n' {
                    return (at, true);
                }
            }
            State::Quoted => {
                let Some(found) = memchr(b'"', &bytes[at..]) else { return (bytes.len(), false) };
                *state = State::Mark;
                at += found + 1;
            }
            State::Mark => {
                *state = if byte == b'"' { State::Quoted } else { State::Plain };
                at += usize::from(byte == b'"');
            }
        }
    }
    (bytes.len(), false)
}

/// The cells of a row that is whole.
fn cells(row: &[u8], delimiter: u8) -> Result<Vec<String>, Problem> {
    let row = row.strip_suffix(b"\n").unwrap_or(row);
    let row = row.strip_suffix(b"\r").unwrap_or(row);
    let mut cells = Vec::new();
    let mut rest = row;
    loop {
        let (cell, after, joined) = match rest.strip_prefix(b"\"") {
            Some(quoted) => quoted_cell(quoted, delimiter),
            None => {
                let (cell, after) = plain_cell(rest, delimiter);
                (cell, after, false)
            }
        };
        if joined {
            let what = "text behind the closing quotation mark of a cell of several lines: look for a lost mark";
            return Err(Problem::BrokenCsv(what.to_owned()));
        }
        cells.push(String::from_utf8(cell).or_else(|error| decode(error.into_bytes()))?);
        match after {
            Some(after) => rest = after,
            None => return Ok(cells),
        }
    }
}

/// A cell up to its delimiter, and what follows that.
fn plain_cell(bytes: &[u8], delimiter: u8) -> (Vec<u8>, Option<&[u8]>) {
    match memchr(delimiter, bytes) {
        Some(at) => (bytes[..at].to_vec(), Some(&bytes[at + 1..])),
        None => (bytes.to_vec(), None),
    }
}

/// A cell after its opening mark, what follows its delimiter, and whether a lost mark has joined it with a later row: it has several
/// lines and text behind its closing mark. On one line such text is kept as it is.
fn quoted_cell(bytes: &[u8], delimiter: u8) -> (Vec<u8>, Option<&[u8]>, bool) {
    let mut cell = Vec::new();
    let mut rest = bytes;
    while let Some(at) = memchr(b'"', rest) {
        cell.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        if rest.first() != Some(&b'"') {
            let (more, after) = plain_cell(rest, delimiter);
            let joined = !more.is_empty() && memchr(b'\n', &cell).is_some();
            cell.extend(more);
            return (cell, after, joined);
        }
        cell.push(b'"');
        rest = &rest[1..];
    }
    cell.extend_from_slice(rest);
    (cell, None, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_as_they_were_written() {
        let read = |row: &str| cells(row.as_bytes(), b',').expect("text");
        assert_eq!(read("a,,\"b, \"\"c\"\"\nd\",5\" pipe\r\n"), ["a", "", "b, \"c\"\nd", "5\" pipe"]);
        assert_eq!(read("\"\""), [""]);
        assert_eq!(read("a,"), ["a", ""]);
    }

    #[test]
    fn a_row_ends_outside_of_quotation_marks_wherever_it_is_cut() {
        let row = b"1,\"a\n\"\"b\"\"\n\",x\nrest";
        for cut in 1..row.len() {
            let mut state = State::CellStart;
            let (first, ended) = row_end(&row[..cut], &mut state, b',');
            let length = if ended { first } else { first + row_end(&row[cut..], &mut state, b',').0 };
            assert_eq!(length, row.len() - 4, "cut at {cut}");
        }
    }
}
