//! The lines before the tensors.

use super::Kind;
use crate::error::EncoderError;

/// What the first line says before the version.
const MAGIC: &str = "sayso-encoder ";

/// The version of the format that this program reads.
const VERSION: &str = "1";

/// The longest header that is read, in bytes.
const LONGEST: usize = 1 << 20;

/// The header of a weights file.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub(super) made_from: String,
    pub(super) settings: Vec<(String, f64)>,
    pub(super) entries: Vec<Entry>,
    pub(super) checksum: u32,
    /// Its bytes, and the place of the first tensor.
    pub(super) length: usize,
    /// Its lines.
    pub(super) lines: usize,
}

/// A tensor that the header lists.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// Its bytes in the file.
    pub(super) length: usize,
}

impl Entry {
    /// Its kind and shape, as the header writes them.
    pub(super) fn shape(&self) -> String {
        let kind = match self.kind {
            Kind::Float => "f32",
            Kind::Byte => "i8",
            Kind::Nibble => "i4",
            Kind::Text => "text",
        };
        format!("{kind} {} {}", self.rows, self.columns)
    }
}

impl Header {
    /// Reads the header at the beginning of a file.
    pub(super) fn read(bytes: &[u8]) -> Result<Header, EncoderError> {
        let first = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
        let first = String::from_utf8_lossy(&first[..first.len().min(40)]);
        let Some(version) = first.strip_prefix(MAGIC) else {
            return Err(EncoderError::NotWeights { expected: format!("{MAGIC}{VERSION}"), found: first.into_owned() });
        };
        if version != VERSION {
            return Err(EncoderError::Version { expected: VERSION.to_owned(), found: version.to_owned() });
        }
        let mut header = Header { made_from: String::new(), settings: Vec::new(), entries: Vec::new(), checksum: 0, length: 0, lines: 1 };
        header.length = MAGIC.len() + VERSION.len() + 1;
        loop {
            let rest = bytes.get(header.length..LONGEST.min(bytes.len())).unwrap_or_default();
            let Some(end) = rest.iter().position(|b| *b == b'\n') else {
                let what = "the header, up to the line \"end\",".to_owned();
                return Err(EncoderError::Truncated { what, needed: rest.len() + 1, left: rest.len() });
            };
            header.length += end + 1;
            header.lines += 1;
            let line = std::str::from_utf8(&rest[..end]).unwrap_or("bytes that are no text");
            if line == "end" {
                return Ok(header);
            }
            header.line(line).map_err(|why| EncoderError::Header { line: header.lines, why })?;
        }
    }

    fn line(&mut self, line: &str) -> Result<(), String> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "made-from" => self.made_from = rest.to_owned(),
            "checksum" => self.checksum = u32::from_str_radix(rest, 16).map_err(|_| format!("{rest:?} is no checksum of eight digits"))?,
            "set" => {
                let setting = rest.split_once(' ').and_then(|(name, value)| Some((name.to_owned(), value.parse().ok()?)));
                self.settings.push(setting.ok_or_else(|| format!("{line:?} should be \"set NAME NUMBER\""))?);
            }
            "tensor" => {
                let wrong = || format!("{line:?} should be \"tensor NAME f32|i8|i4|text ROWS COLUMNS\"");
                self.entries.push(entry(rest).ok_or_else(wrong)?);
            }
            _ => return Err(format!("{line:?} begins with none of made-from, set, tensor, checksum, end")),
        }
        Ok(())
    }
}

fn entry(line: &str) -> Option<Entry> {
    let mut words = line.split(' ');
    let name = words.next()?.to_owned();
    let kind = match words.next()? {
        "f32" => Kind::Float,
        "i8" => Kind::Byte,
        "i4" => Kind::Nibble,
        "text" => Kind::Text,
        _ => return None,
    };
    let rows: usize = words.next()?.parse().ok()?;
    let columns: usize = words.next()?.parse().ok()?;
    let count = rows.checked_mul(columns)?;
    let length = match kind {
        Kind::Float => count.checked_mul(4)?,
        Kind::Byte => count.checked_add(rows.checked_mul(4)?)?,
        Kind::Nibble => columns.div_ceil(2).checked_mul(rows)?.checked_add(rows.checked_mul(4)?)?,
        Kind::Text => count,
    };
    (rows > 0 && columns > 0 && words.next().is_none()).then_some(Entry { name, kind, rows, columns, length })
}
