//! Bytes to the unit that a reader of the output counts in.

use sayso::Span;

/// The unit that the offsets of an output count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Offsets {
    /// Unicode code points, as Python's `str` is indexed.
    #[default]
    Chars,
    /// Bytes of UTF-8, as Rust's `str` and Go's `string` are indexed.
    Bytes,
    /// UTF-16 code units, as JavaScript, Java and C# index their strings.
    Utf16,
}

/// Bytes between two checkpoints.
const STRIDE: usize = 64;

/// One text's offsets in another unit than bytes: built in one pass, asked in constant time.
///
/// ```
/// use sayso_corpus::{OffsetIndex, Offsets};
/// let text = "“No,” she said.";
/// assert_eq!(OffsetIndex::new(text, Offsets::Chars).at(11), 7);
/// assert_eq!(OffsetIndex::new(text, Offsets::Bytes).at(11), 11);
/// ```
#[derive(Clone, Debug)]
pub struct OffsetIndex<'t> {
    bytes: &'t [u8],
    unit: Offsets,
    /// Units before each multiple of [`STRIDE`]; empty where a byte is a unit.
    checkpoints: Vec<u32>,
}

impl<'t> OffsetIndex<'t> {
    /// Counts the units of `text`.
    #[must_use]
    pub fn new(text: &'t str, unit: Offsets) -> Self {
        let bytes = text.as_bytes();
        let mut checkpoints = Vec::new();
        if unit != Offsets::Bytes && !text.is_ascii() {
            checkpoints.reserve(bytes.len() / STRIDE + 1);
            let mut units = 0;
            for block in bytes.chunks(STRIDE) {
                checkpoints.push(units);
                units += count(block, unit);
            }
            checkpoints.push(units);
        }
        OffsetIndex { bytes, unit, checkpoints }
    }

    /// The units before byte `byte`; beyond the text, the units of the whole text.
    #[must_use]
    pub fn at(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.bytes.len());
        if self.checkpoints.is_empty() {
            return byte as u32;
        }
        let block = byte / STRIDE;
        self.checkpoints[block] + count(&self.bytes[block * STRIDE..byte], self.unit)
    }

    /// A span as `[begin, end]` in this unit.
    #[must_use]
    pub fn pair(&self, span: Span) -> [u32; 2] {
        [self.at(span.begin()), self.at(span.end())]
    }
}

/// The units that begin in these bytes: each character counts where its first byte stands.
fn count(bytes: &[u8], unit: Offsets) -> u32 {
    let units = |&byte: &u8| match byte {
        0x80..=0xBF => 0,
        0xF0.. if unit == Offsets::Utf16 => 2,
        _ => 1,
    };
    bytes.iter().map(units).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_counts_as_the_standard_library_counts() {
        let text = "“Ça va 👍🏽,” dit-elle — naïve. ".repeat(9);
        let chars = OffsetIndex::new(&text, Offsets::Chars);
        let utf16 = OffsetIndex::new(&text, Offsets::Utf16);
        let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        for at in ends {
            assert_eq!(chars.at(at as u32) as usize, text[..at].chars().count());
            assert_eq!(utf16.at(at as u32) as usize, text[..at].encode_utf16().count());
        }
    }

    #[test]
    fn a_text_that_ends_on_a_checkpoint_has_its_end() {
        let text = "é".repeat(STRIDE);
        assert_eq!(OffsetIndex::new(&text, Offsets::Chars).at(2 * STRIDE as u32), STRIDE as u32);
    }
}
