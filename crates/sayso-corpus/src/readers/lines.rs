//! Lines of bounded length.

use std::io::{self, BufRead};

use memchr::memchr;

/// What became of one line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// It is in the buffer, its line end included.
    Whole,
    /// It was longer than was wanted, and is passed.
    TooLong,
    /// There is none any more.
    End,
}

/// Reads one line into `buffer`; of a line of more than `most` bytes nothing is kept.
pub(crate) fn read_line(input: &mut impl BufRead, buffer: &mut Vec<u8>, most: usize) -> io::Result<Line> {
    buffer.clear();
    let mut too_long = false;
    let mut any = false;
    loop {
        let there = match input.fill_buf() {
            Ok(there) => there,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if there.is_empty() {
            return Ok(match (too_long, any) {
                (true, _) => Line::TooLong,
                (false, true) => Line::Whole,
                (false, false) => Line::End,
            });
        }
        any = true;
        let end = memchr(b'\n', there);
        let count = end.map_or(there.len(), |at| at + 1);
        too_long |= buffer.len() + count > most.saturating_add(2);
        if too_long {
            *buffer = Vec::new();
        } else {
            buffer.extend_from_slice(&there[..count]);
        }
        input.consume(count);
        if end.is_some() {
            return Ok(if too_long { Line::TooLong } else { Line::Whole });
        }
    }
}

/// Reads all that is left, if it is not more than `most` bytes.
pub(crate) fn read_all(input: &mut impl BufRead, most: usize) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    io::Read::read_to_end(&mut io::Read::take(input, most as u64 + 1), &mut bytes)?;
    Ok((bytes.len() <= most).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_passed_and_the_next_is_whole() {
        let text = format!("one\n{}\nthree", "x".repeat(100));
        let mut input = io::BufReader::with_capacity(7, text.as_bytes());
        let mut buffer = Vec::new();
        assert_eq!(read_line(&mut input, &mut buffer, 20).expect("memory"), Line::Whole);
        assert_eq!(buffer, b"one\n");
        assert_eq!(read_line(&mut input, &mut buffer, 20).expect("memory"), Line::TooLong);
        assert_eq!(read_line(&mut input, &mut buffer, 20).expect("memory"), Line::Whole);
        assert_eq!(buffer, b"three");
        assert_eq!(read_line(&mut input, &mut buffer, 20).expect("memory"), Line::End);
    }
}
