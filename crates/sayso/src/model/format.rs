//! The model file: a magic line, then named sections, each with the fingerprint of the features it was trained on.
//!
//! Layout, little-endian: the line [`MAGIC`]; a line that says what data it was made from; a count of sections (u32);
//! for each its name (u8 length, bytes), fingerprint (u32), length (u32); then the sections' bytes one after another.

use std::borrow::Cow;
use std::ops::Range;

use crate::error::ModelError;

/// The first line of every model file; the number is the format's.
pub const MAGIC: &str = "sayso model 1\n";

/// One part of a model file.
#[derive(Clone, Debug)]
pub struct Section {
    /// Which stage it belongs to: "tag".
    pub name: String,
    /// Of the feature function that the weights belong to.
    pub fingerprint: u32,
    /// The weights, in the stage's own layout.
    pub bytes: Cow<'static, [u8]>,
}

/// A model file, taken apart.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// What the model was made from, in one line.
    pub made_from: String,
    /// Its parts.
    pub sections: Vec<Section>,
}

impl Section {
    /// The bytes `range`, borrowed where the section's are.
    ///
    /// # Panics
    /// If the section is shorter.
    pub(crate) fn slice(&self, range: Range<usize>) -> Cow<'static, [u8]> {
        match &self.bytes {
            Cow::Borrowed(all) => Cow::Borrowed(&all[range]),
            Cow::Owned(all) => Cow::Owned(all[range].to_vec()),
        }
    }
}

impl File {
    /// The section of that name, if its fingerprint is the feature function's.
    ///
    /// # Errors
    /// If there is none, or if it was trained on other features.
    pub fn section(&self, name: &str, fingerprint: u32) -> Result<&Section, ModelError> {
        let section = self
            .sections
            .iter()
            .find(|s| s.name == name)
            .ok_or_else(|| ModelError::Damaged { at: 0, why: format!("it has no section {name:?}") })?;
        if section.fingerprint != fingerprint {
            return Err(ModelError::Mismatch {
                what: "feature fingerprint",
                expected: format!("{fingerprint:08x} for {name:?}"),
                found: format!("{:08x}", section.fingerprint),
            });
        }
        Ok(section)
    }

    /// Takes the bytes of a model file apart; borrowed bytes are not copied.
    ///
    /// # Errors
    /// If they are not a model file of this format, or end early.
    pub fn read(bytes: impl Into<Cow<'static, [u8]>>) -> Result<File, ModelError> {
        let whole = Section { name: String::new(), fingerprint: 0, bytes: bytes.into() };
        let bytes = &whole.bytes;
        let mut reader = Reader { bytes, at: 0 };
        if !bytes.starts_with(MAGIC.as_bytes()) {
            let found = String::from_utf8_lossy(&bytes[..bytes.len().min(MAGIC.len())]).into_owned();
            return Err(ModelError::NotAModel { expected: MAGIC.trim_end().to_owned(), found });
        }
        reader.at = MAGIC.len();
        let made_from = reader.line()?;
        let count = reader.number("the number of sections")?;
        let mut heads = Vec::new();
        for _ in 0..count {
            let length = reader.take(1, "a section's name")?[0] as usize;
            let name = String::from_utf8_lossy(reader.take(length, "a section's name")?).into_owned();
            heads.push((name, reader.number("a fingerprint")?, reader.number("a section's length")? as usize));
        }
        let mut sections = Vec::new();
        for (name, fingerprint, length) in heads {
            let begin = reader.at;
            reader.take(length, &name)?;
            sections.push(Section { name, fingerprint, bytes: whole.slice(begin..begin + length) });
        }
        Ok(File { made_from, sections })
    }

    /// This file with the sections of another in the place of its own of the same name.
    #[must_use]
    pub fn overlaid(mut self, other: File) -> File {
        self.sections.retain(|s| other.sections.iter().all(|o| o.name != s.name));
        self.sections.extend(other.sections);
        self
    }

    /// The bytes of the file.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = MAGIC.as_bytes().to_vec();
        bytes.extend_from_slice(self.made_from.replace('\n', " ").as_bytes());
        bytes.push(b'\n');
        bytes.extend_from_slice(&(self.sections.len() as u32).to_le_bytes());
        for section in &self.sections {
            bytes.push(section.name.len() as u8);
            bytes.extend_from_slice(section.name.as_bytes());
            bytes.extend_from_slice(&section.fingerprint.to_le_bytes());
            bytes.extend_from_slice(&(section.bytes.len() as u32).to_le_bytes());
        }
        for section in &self.sections {
            bytes.extend_from_slice(&section.bytes);
        }
        bytes
    }
}

/// Reads a section's bytes from the front.
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Reader { bytes, at: 0 }
    }

    pub(crate) fn at(&self) -> usize {
        self.at
    }

    pub(crate) fn take(&mut self, length: usize, what: &str) -> Result<&'a [u8], ModelError> {
        let rest = &self.bytes[self.at..];
        if rest.len() < length {
            return Err(ModelError::Damaged { at: self.at, why: format!("{what} needs {length} bytes, {} are left", rest.len()) });
        }
        self.at += length;
        Ok(&rest[..length])
    }

    pub(crate) fn number(&mut self, what: &str) -> Result<u32, ModelError> {
        let bytes = self.take(4, what)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    pub(crate) fn real(&mut self, what: &str) -> Result<f32, ModelError> {
        let value = f32::from_bits(self.number(what)?);
        if value.is_finite() { Ok(value) } else { Err(ModelError::Damaged { at: self.at, why: format!("{what} is {value}") }) }
    }

    fn line(&mut self) -> Result<String, ModelError> {
        let rest = &self.bytes[self.at..];
        let Some(end) = memchr::memchr(b'\n', rest) else {
            return Err(ModelError::Damaged { at: self.at, why: "the second line does not end".to_owned() });
        };
        self.at += end + 1;
        Ok(String::from_utf8_lossy(&rest[..end]).into_owned())
    }
}
