//! An HTTP response as an archive holds it, and the page in it.

use std::io::Read;

use memchr::{memchr, memmem};

use crate::error::Problem;
use crate::readers::Article;

/// A header field, split at its colon, white space around the value taken off.
pub(crate) fn field(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = memchr(b':', line)?;
    Some((line[..colon].trim_ascii(), line[colon + 1..].trim_ascii()))
}

/// The head of a response: what its status line and fields say of the body.
#[derive(Default)]
struct Head {
    ok: bool,
    content_type: String,
    encodings: Vec<String>,
    chunked: bool,
    /// Where the body begins.
    body: usize,
}

fn head(response: &[u8]) -> Option<Head> {
    let crlf = memmem::find(response, b"\r\n\r\n").map(|at| at + 4);
    let lf = memmem::find(&response[..crlf.unwrap_or(response.len())], b"\n\n").map(|at| at + 2);
    let mut head = Head { body: lf.or(crlf)?, ..Head::default() };
    let mut lines = response[..head.body].split(|&byte| byte == b'\n');
    let status = lines.next()?;
    head.ok = status.starts_with(b"HTTP/") && status.split(|&byte| byte == b' ').nth(1).is_some_and(|code| code.trim_ascii() == b"200");
    for (name, value) in lines.filter_map(field) {
        let value = String::from_utf8_lossy(value).to_ascii_lowercase();
        match name.to_ascii_lowercase().as_slice() {
            b"content-type" => head.content_type = value,
            b"content-encoding" => head.encodings = value.split(',').map(|part| part.trim().to_owned()).collect(),
            b"transfer-encoding" => head.chunked = value.contains("chunked"),
            _ => {}
        }
    }
    Some(head)
}

impl Head {
    fn is_page(&self) -> bool {
        self.ok && (self.content_type.starts_with("text/html") || self.content_type.starts_with("application/xhtml"))
    }

    fn charset(&self) -> Option<&str> {
        let (_, rest) = self.content_type.split_once("charset=")?;
        Some(rest.trim_matches(|c| c == '"' || c == '\'').split([';', ' ', '"']).next().unwrap_or(rest))
    }
}

/// Whether a response brought an HTML page.
pub(crate) fn is_page(response: &[u8]) -> bool {
    head(response).is_some_and(|head| head.is_page())
}

/// The article of the page that a response brought; none where it brought no page.
pub(crate) fn response(mut bytes: Vec<u8>, most: usize) -> Result<Option<Article>, Problem> {
    let Some(head) = head(&bytes).filter(Head::is_page) else { return Ok(None) };
    let mut body = bytes.split_off(head.body);
    drop(bytes);
    if head.chunked {
        // Crawlers often store the body with its chunks joined and leave the field: then it is no chunk that it begins with.
        body = joined(&body).unwrap_or(body);
    }
    for encoding in head.encodings.iter().rev() {
        body = unpacked(body, encoding, most)?;
    }
    page(body, head.charset()).map(Some)
}

/// A chunked body joined; none where it is not chunked. What a cut body has is kept.
fn joined(body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = match memchr(b'\n', &rest[..rest.len().min(256)]) {
            Some(end) => end,
            None if rest.trim_ascii().is_empty() && !whole.is_empty() => return Some(whole),
            None => return None,
        };
        let size = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(whole);
        }
        let chunk = rest.get(..size).unwrap_or(rest);
        whole.extend_from_slice(chunk);
        rest = &rest[chunk.len()..];
        rest = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.is_empty() {
            return Some(whole);
        }
    }
}

fn unpacked(body: Vec<u8>, encoding: &str, most: usize) -> Result<Vec<u8>, Problem> {
    let bytes = body.as_slice();
    let decoder: Box<dyn Read + '_> = match encoding {
        "gzip" | "x-gzip" if bytes.starts_with(b"\x1F\x8B") => Box::new(flate2::bufread::MultiGzDecoder::new(bytes)),
        "deflate" if bytes.first().is_some_and(|first| first & 0x0F == 8) => Box::new(flate2::bufread::ZlibDecoder::new(bytes)),
        "zstd" if bytes.starts_with(b"\x28\xB5\x2F\xFD") => Box::new(zstd::stream::read::Decoder::with_buffer(bytes)?),
        // Brotli has no mark: a body that is text already is one that the crawler has unpacked.
        "br" if std::str::from_utf8(bytes).is_err() => Box::new(brotli_decompressor::Decompressor::new(bytes, 4096)),
        _ => return Ok(body),
    };
    let mut whole = Vec::new();
    decoder.take(most as u64 + 1).read_to_end(&mut whole).map_err(Problem::Compression)?;
    if whole.len() > most { Err(Problem::TooLong { most }) } else { Ok(whole) }
}

/// The article of a page.
#[cfg(feature = "html")]
pub(crate) fn page(bytes: Vec<u8>, charset: Option<&str>) -> Result<Article, Problem> {
    crate::readers::html::article(&crate::readers::decode::decode_page(bytes, charset)?)
}

/// The article of a page.
#[cfg(not(feature = "html"))]
pub(crate) fn page(_: Vec<u8>, _: Option<&str>) -> Result<Article, Problem> {
    Err(Problem::LeftOut { found: "HTML", feature: "html" })
}

/// The text of some markup that is nothing but the article.
#[cfg(feature = "html")]
pub(crate) fn fragment(html: &str) -> String {
    crate::readers::html::text_of(html)
}

/// The markup itself: it cannot be taken off.
#[cfg(not(feature = "html"))]
pub(crate) fn fragment(html: &str) -> String {
    html.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined() {
        assert_eq!(joined(b"4\r\nHe l\r\n5;x=1\r\neft.\n\r\n0\r\n\r\n").as_deref(), Some(&b"He left.\n"[..]));
        assert_eq!(joined(b"<html>\n<p>He left."), None, "the crawler has joined them");
        assert_eq!(joined(b"9\r\nHe l").as_deref(), Some(&b"He l"[..]), "what is there is kept");
    }

    #[test]
    fn bodies_are_unpacked_however_the_server_packed_them() {
        use std::io::Write;
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(b"hello").expect("in memory");
        let mut deflate = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        deflate.write_all(b"hello").expect("in memory");
        let zstd = zstd::encode_all(&b"hello"[..], 1).expect("in memory");
        let brotli = b"\x0B\x02\x80hello\x03".to_vec();
        for (encoding, body) in [
            ("gzip", gzip.finish().expect("in memory")),
            ("deflate", deflate.finish().expect("in memory")),
            ("zstd", zstd),
            ("br", brotli),
            ("identity", b"hello".to_vec()),
            ("gzip", b"hello".to_vec()), // the crawler has unpacked it and left the field
        ] {
            assert_eq!(unpacked(body.clone(), encoding, 5).expect("whole"), b"hello", "{encoding}");
            assert!(body == b"hello" || unpacked(body, encoding, 4).is_err(), "{encoding}: longer than is wanted");
        }
    }

    #[test]
    fn only_pages_are_pages() {
        assert!(is_page(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>"));
        assert!(!is_page(b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>"));
        assert!(!is_page(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"));
        assert!(!is_page(b"no response"));
    }
}
