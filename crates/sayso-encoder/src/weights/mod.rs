//! The weights file: one file with everything that the encoder needs.
//!
//! A header of text lines: the magic line with the format's version; `made-from` and a sentence; `set NAME NUMBER` for each
//! setting; for each tensor, in the order of the file, `tensor NAME KIND ROWS COLUMNS`; `checksum HEX` (Adler-32 of all bytes
//! behind the header); `end`. Then the tensors, one behind the other, little-endian:
//!
//! | kind | bytes |
//! |---|---|
//! | `f32` | `rows` x `columns` numbers |
//! | `i8` | a scale (f32) for each row, then `rows` x `columns` signed bytes from -127 to 127 |
//! | `i4` | a scale (f32) for each row, then for each row its numbers from -7 to 7 in 4 bits, two to a byte, the first in the lower half |
//! | `text` | `columns` bytes of UTF-8 (`rows` is 1) |

mod checksum;
mod header;

use std::borrow::Cow;

use crate::error::EncoderError;
use header::{Entry, Header};

/// What a tensor holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Float,
    Byte,
    Nibble,
    Text,
}

/// A weights file, read and checked.
#[derive(Clone, Debug)]
pub struct Weights {
    header: Header,
    bytes: Cow<'static, [u8]>,
}

/// A matrix of a weights file, row by row: whole numbers from -127 to 127, with a scale for each row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Matrix {
    /// All values.
    pub(crate) values: Vec<i8>,
    /// What a whole number is worth, for each row.
    pub(crate) scales: Vec<f32>,
    /// How many values a row has.
    columns: usize,
}

impl Matrix {
    /// How many rows.
    pub(crate) fn rows(&self) -> usize {
        self.scales.len()
    }

    /// Adds a row to `sum`.
    #[inline(always)]
    pub(crate) fn add_row(&self, row: usize, sum: &mut [f32]) {
        for (sum, value) in sum.iter_mut().zip(&self.values[row * self.columns..][..self.columns]) {
            *sum += f32::from(*value) * self.scales[row];
        }
    }
}

impl Weights {
    /// Reads a weights file; borrowed bytes are not copied.
    ///
    /// # Errors
    /// If the bytes are no weights file, one of another version, or one that is cut off or damaged.
    pub fn read(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Weights, EncoderError> {
        let bytes = bytes.into();
        let header = Header::read(&bytes)?;
        let mut at = header.length;
        for entry in &header.entries {
            let left = bytes.len() - at;
            if entry.length > left {
                return Err(EncoderError::Truncated { what: entry.name.clone(), needed: entry.length, left });
            }
            at += entry.length;
        }
        if at < bytes.len() {
            let why = format!("{} bytes follow the last tensor that the header lists", bytes.len() - at);
            return Err(EncoderError::Header { line: header.lines, why });
        }
        let found = checksum::adler32(&bytes[header.length..]);
        if found != header.checksum {
            return Err(EncoderError::Damaged { expected: header.checksum, found });
        }
        Ok(Weights { header, bytes })
    }

    /// What the weights were made from, in one sentence.
    #[must_use]
    pub fn made_from(&self) -> &str {
        &self.header.made_from
    }

    /// Whether there is a tensor of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.header.entries.iter().any(|e| e.name == name)
    }

    /// A setting's number.
    ///
    /// # Errors
    /// If there is no such setting.
    pub fn setting(&self, name: &str) -> Result<f64, EncoderError> {
        let found = self.header.settings.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| *value).ok_or_else(|| EncoderError::Missing { name: name.to_owned() })
    }

    /// A setting that is a count from 1 to `most`.
    pub(crate) fn count(&self, name: &str, most: usize) -> Result<usize, EncoderError> {
        let value = self.setting(name)?;
        let is_count = value >= 1.0 && value <= most as f64 && value.fract() == 0.0;
        let wrong =
            || EncoderError::Shape { name: name.to_owned(), expected: format!("a count from 1 to {most}"), found: value.to_string() };
        if is_count { Ok(value as usize) } else { Err(wrong()) }
    }

    /// A text.
    pub(crate) fn text(&self, name: &str) -> Result<&str, EncoderError> {
        let (entry, bytes) = self.entry(name, |e| e.kind == Kind::Text, "text")?;
        std::str::from_utf8(bytes).map_err(|e| EncoderError::Shape {
            name: entry.name.clone(),
            expected: "UTF-8".to_owned(),
            found: format!("broken at its byte {}", e.valid_up_to()),
        })
    }

    /// A row of 32-bit numbers.
    pub(crate) fn row(&self, name: &str, columns: usize) -> Result<Vec<f32>, EncoderError> {
        let fits = |e: &Entry| e.kind == Kind::Float && e.rows == 1 && e.columns == columns;
        let (_, bytes) = self.entry(name, fits, &format!("f32 1 {columns}"))?;
        Ok(floats(bytes))
    }

    /// A matrix of `rows` (any number, where none is given) by `columns`, of either number of bits.
    pub(crate) fn matrix(&self, name: &str, rows: Option<usize>, columns: usize) -> Result<Matrix, EncoderError> {
        let fits = |e: &Entry| matches!(e.kind, Kind::Byte | Kind::Nibble) && rows.is_none_or(|r| e.rows == r) && e.columns == columns;
        let expected = format!("i8 or i4 {} {columns}", rows.map_or("any".to_owned(), |r| r.to_string()));
        let (entry, bytes) = self.entry(name, fits, &expected)?;
        let (scales, values) = bytes.split_at(4 * entry.rows);
        let values = if entry.kind == Kind::Nibble {
            let halves =
                |row: &[u8]| row.iter().flat_map(|&b| [b << 4, b]).map(|b| b.cast_signed() >> 4).take(columns).collect::<Vec<i8>>();
            values.chunks_exact(columns.div_ceil(2)).flat_map(halves).collect()
        } else {
            values.iter().map(|b| b.cast_signed()).collect()
        };
        Ok(Matrix { values, scales: floats(scales), columns })
    }

    fn entry(&self, name: &str, fits: impl Fn(&Entry) -> bool, expected: &str) -> Result<(&Entry, &[u8]), EncoderError> {
        let mut at = self.header.length;
        for entry in &self.header.entries {
            if entry.name == name {
                let (expected, found) = (expected.to_owned(), entry.shape());
                let wrong = || EncoderError::Shape { name: name.to_owned(), expected, found };
                return if fits(entry) { Ok((entry, &self.bytes[at..][..entry.length])) } else { Err(wrong()) };
            }
            at += entry.length;
        }
        Err(EncoderError::Missing { name: name.to_owned() })
    }
}

/// Numbers out of their bytes.
fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with one setting and one tensor of each kind.
    fn file() -> Vec<u8> {
        let mut body = Vec::new();
        for value in [0.5_f32, -1.0, 2.0] {
            body.extend(value.to_le_bytes());
        }
        for scale in [0.5_f32, 0.25] {
            body.extend(scale.to_le_bytes());
        }
        body.extend([1_i8, -2, 3, 4, -127, 127].map(i8::cast_unsigned));
        for scale in [0.5_f32, 2.0] {
            body.extend(scale.to_le_bytes());
        }
        body.extend([0x97, 0x01, 0x0f, 0x02]);
        body.extend(b"abc");
        let head = "sayso-encoder 1\nmade-from a test\nset width 3\ntensor shift f32 1 3\ntensor matrix i8 2 3\ntensor halves i4 2 3\ntensor words text 1 3\n";
        let mut bytes = format!("{head}checksum {:08x}\nend\n", checksum::adler32(&body)).into_bytes();
        bytes.extend(body);
        bytes
    }

    fn error(bytes: Vec<u8>) -> String {
        Weights::read(bytes).expect_err("a bad file").to_string()
    }

    #[test]
    fn what_was_written_is_read() {
        let weights = Weights::read(file()).expect("a good file");
        assert_eq!(weights.made_from(), "a test");
        assert_eq!(weights.count("width", 10), Ok(3));
        assert_eq!(weights.row("shift", 3), Ok(vec![0.5, -1.0, 2.0]));
        assert_eq!(weights.text("words"), Ok("abc"));
        let matrix = weights.matrix("matrix", Some(2), 3).expect("a matrix");
        let mut sum = [1.0; 3];
        matrix.add_row(1, &mut sum);
        assert_eq!(sum, [2.0, 1.0 - 31.75, 32.75]);
        let halves = weights.matrix("halves", Some(2), 3).expect("a matrix");
        assert_eq!(halves, Matrix { values: vec![7, -7, 1, -1, 0, 2], scales: vec![0.5, 2.0], columns: 3 });
    }

    #[test]
    fn a_stranger_is_told_what_it_is_not() {
        assert!(error(b"PK\x03\x04 and more".to_vec()).contains("begins with \"PK"));
        assert!(error(Vec::new()).contains("not an encoder's weights"));
        let newer = String::from_utf8_lossy(&file()).replacen("sayso-encoder 1", "sayso-encoder 7", 1).into_bytes();
        assert!(error(newer).contains("version \"7\" of the format, this program reads \"1\""));
    }

    #[test]
    fn wherever_it_is_cut_off_it_says_so() {
        let whole = file();
        for length in 0..whole.len() {
            assert!(!error(whole[..length].to_vec()).is_empty());
        }
        let short = error(whole[..whole.len() - 1].to_vec());
        assert_eq!(short, "the weights end early: words needs 3 bytes, 2 are left; copy the file again");
        let mut long = whole;
        long.push(0);
        assert!(error(long).contains("1 bytes follow the last tensor"));
    }

    #[test]
    fn a_flipped_bit_behind_the_header_is_found() {
        let whole = file();
        let header = whole.len() - 12 - 8 - 6 - 8 - 4 - 3;
        for at in header..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 4;
            assert!(error(bytes).contains("damaged"), "byte {at}");
        }
    }

    #[test]
    fn no_header_makes_it_panic() {
        let whole = file();
        for at in 0..whole.len() {
            for byte in [0, b'\n', b' ', b'9', 0xff] {
                let mut bytes = whole.clone();
                bytes[at] = byte;
                // A name may have become another; all else is an error.
                if let Ok(weights) = Weights::read(bytes) {
                    let _ = weights.matrix("matrix", None, 3);
                }
            }
        }
        let huge = "sayso-encoder 1\nmade-from x\ntensor a f32 99999999999 99999999999\nchecksum 00000001\nend\n";
        assert!(error(huge.as_bytes().to_vec()).contains("line 3"));
    }

    #[test]
    fn a_tensor_of_another_shape_is_named() {
        let weights = Weights::read(file()).expect("a good file");
        let wrong = weights.row("shift", 4).expect_err("three values").to_string();
        assert_eq!(wrong, "the weights' \"shift\" is f32 1 3, where f32 1 4 is needed");
        assert!(weights.matrix("other", None, 3).expect_err("none").to_string().contains("no \"other\""));
        assert!(weights.count("width", 2).expect_err("too many").to_string().contains("a count from 1 to 2"));
    }
}
