//! Bytes to text: by byte order mark, by UTF-8 validity, else by what the bytes look like.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use std::io::{self, BufRead, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::Problem;

/// Decodes the bytes of a plain text file.
///
/// UTF-8 is taken as it is, its byte order mark included, so that offsets count the file's own characters. Other encodings are
/// recognised by their byte order mark or guessed; a UTF-8 text with a few broken bytes keeps U+FFFD in their place.
///
/// # Errors
/// If more than one character in a hundred is a control character: the bytes are no text.
pub fn decode(bytes: Vec<u8>) -> Result<String, Problem> {
    let text = match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => text,
        Ok(text) => decode_other(text.as_bytes()),
        Err(error) => decode_other(error.as_bytes()),
    };
    let controls = text.chars().filter(|&c| is_noise(c)).count();
    if controls > 1 {
        let characters = text.chars().count();
        if controls * 100 > characters {
            return Err(Problem::NoText { controls, characters });
        }
    }
    Ok(text)
}

/// Decodes a web page: by its mark, as UTF-8 if it is that, by what the server said, by what the page says, else by its looks.
#[cfg(feature = "html")]
pub(crate) fn decode_page(bytes: Vec<u8>, charset: Option<&str>) -> Result<String, Problem> {
    if Encoding::for_bom(&bytes).is_some() || std::str::from_utf8(&bytes).is_ok() {
        return decode(bytes);
    }
    let said = charset.and_then(|name| Encoding::for_label(name.as_bytes())).or_else(|| said_by_page(&bytes));
    match said.filter(|&encoding| encoding != UTF_8) {
        Some(encoding) => Ok(encoding.decode_without_bom_handling(&bytes).0.into_owned()),
        None => decode(bytes),
    }
}

/// The encoding that a page's `<meta>` names in its first 2 KiB.
#[cfg(feature = "html")]
fn said_by_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(2048)].to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset=")? + b"charset=".len();
    let name = head[at..].trim_ascii_start();
    let name = name.strip_prefix(b"\"").or(name.strip_prefix(b"'")).unwrap_or(name);
    let end = name.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:.".contains(byte))).unwrap_or(name.len());
    Encoding::for_label(&name[..end])
}

/// UTF-16 that comes out as UTF-8, as it is read.
pub(crate) struct Utf16<R> {
    input: R,
    decoder: Decoder,
    ended: bool,
}

impl<R: BufRead> Utf16<R> {
    pub(crate) fn new(input: R, encoding: &'static Encoding) -> Self {
        Utf16 { input, decoder: encoding.new_decoder_with_bom_removal(), ended: false }
    }
}

/// The encoding that a UTF-16 mark tells.
pub(crate) fn utf16_told_by(head: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_bom(head).map(|(encoding, _)| encoding).filter(|&encoding| encoding != UTF_8)
}

impl<R: BufRead> Read for Utf16<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !self.ended {
            let there = self.input.fill_buf()?;
            let last = there.is_empty();
            let (result, read, written, _) = self.decoder.decode_to_utf8(there, buffer, last);
            self.input.consume(read);
            self.ended = last && result == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
}

/// A character that no text needs.
fn is_noise(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}')
}

fn decode_other(bytes: &[u8]) -> String {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if is_wide(bytes, 1) => UTF_16LE,
        None if is_wide(bytes, 0) => UTF_16BE,
        None if is_nearly_utf8(bytes) => UTF_8,
        None => guess(bytes),
    };
    encoding.decode(bytes).0.into_owned()
}

/// UTF-16 without its mark: in Western text, every other byte is mostly zero, and those between are not.
fn is_wide(bytes: &[u8], high: usize) -> bool {
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let half = bytes.len() / 2;
    half > 0 && zeros(high) * 10 > half * 7 && zeros(1 - high) * 10 < half
}

/// UTF-8 with a few broken bytes: far more characters of several bytes are whole than broken.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > 3 * broken
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "“We’ll pay,” the café’s owner said — twice.";

    fn decoded(bytes: &[u8]) -> String {
        decode(bytes.to_vec()).expect("a text")
    }

    fn utf16(words: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        words.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf8_is_taken_as_it_is_with_its_mark() {
        assert_eq!(decoded(WORDS.as_bytes()), WORDS);
        assert_eq!(decoded("\u{FEFF}He left.".as_bytes()), "\u{FEFF}He left.");
        assert_eq!(decoded(b""), "");
    }

    #[test]
    fn windows_1252_is_recognised() {
        let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(WORDS);
        assert!(!lost);
        assert_eq!(decoded(&bytes), WORDS);
    }

    #[test]
    fn utf16_is_recognised_with_and_without_its_mark() {
        for bytes in [u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes] {
            assert_eq!(decoded(&utf16(&format!("\u{FEFF}{WORDS}"), bytes)), WORDS);
            assert_eq!(decoded(&utf16(WORDS, bytes)), WORDS);
            assert_eq!(decoded(&utf16("He left town.", bytes)), "He left town.");
        }
    }

    #[test]
    fn a_cut_utf8_text_keeps_its_other_characters() {
        let cut = &WORDS.as_bytes()[..WORDS.len() - " twice.".len() - 1];
        assert!(std::str::from_utf8(cut).is_err());
        assert_eq!(decoded(cut), "“We’ll pay,” the café’s owner said \u{FFFD}");
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        let mut state = 7_u32;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .take(4096)
        .collect();
        assert!(matches!(decode(noise), Err(Problem::NoText { .. })));
        assert!(matches!(decode(vec![0; 500]), Err(Problem::NoText { .. })));
    }

    #[test]
    fn a_stray_control_character_is_no_reason_to_refuse() {
        assert_eq!(decoded(b"He left\x07."), "He left\x07.");
        assert_eq!(decoded(b"One page.\x0cAnother page."), "One page.\x0cAnother page.");
    }
}
