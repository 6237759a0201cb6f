//! What an input is: by its name, else by its first bytes.

use std::path::Path;

use crate::error::Problem;

/// A format that articles are read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InputFormat {
    /// One article a file.
    Text,
    /// One page a file; the article is taken out of it.
    Html,
    /// One JSON object a line, one article an object.
    JsonLines,
    /// One JSON object a file, over as many lines as it likes: IPTC ninjs, or named fields.
    Json,
    /// One row an article, the columns named in the first row; cells are parted by commas, or by semicolons where the first row is.
    Csv,
    /// The same, parted by tabs.
    Tsv,
    /// One row an article.
    Parquet,
    /// Archived HTTP responses, of which the HTML pages are read.
    Warc,
}

/// Extensions of formats that are read, sorted.
const READ: &[(&str, InputFormat)] = &[
    ("csv", InputFormat::Csv),
    ("htm", InputFormat::Html),
    ("html", InputFormat::Html),
    ("jsonl", InputFormat::JsonLines),
    ("ndjson", InputFormat::JsonLines),
    ("ninjs", InputFormat::Json),
    ("parquet", InputFormat::Parquet),
    ("tab", InputFormat::Tsv),
    ("text", InputFormat::Text),
    ("tsv", InputFormat::Tsv),
    ("txt", InputFormat::Text),
    ("warc", InputFormat::Warc),
    ("xhtml", InputFormat::Html),
];

/// Extensions of formats that are known and not read, sorted.
const UNREAD: &[(&str, &str)] = &[
    ("7z", "a 7z archive"),
    ("arc", "ARC"),
    ("bz2", "bzip2"),
    ("doc", "a Word document"),
    ("docx", "a Word document"),
    ("epub", "EPUB"),
    ("odt", "an OpenDocument text"),
    ("pdf", "PDF"),
    ("rtf", "RTF"),
    ("tar", "a tar archive"),
    ("tgz", "a tar archive"),
    ("wat", "WAT"),
    ("wet", "WET"),
    ("xls", "an Excel table"),
    ("xlsx", "an Excel table"),
    ("xml", "XML"),
    ("xz", "xz"),
    ("zip", "a zip archive"),
];

/// First bytes of formats that are known.
const SIGNATURES: &[(&[u8], Result<InputFormat, &str>)] = &[
    (b"%PDF", Err("PDF")),
    (b"PK\x03\x04", Err("a zip archive")),
    (b"\xFD7zXZ", Err("xz")),
    (b"PAR1", Ok(InputFormat::Parquet)),
    (b"WARC/", Ok(InputFormat::Warc)),
    (b"<!doctype html", Ok(InputFormat::Html)),
    (b"<html", Ok(InputFormat::Html)),
    (b"<?xml", Err("XML")),
];

/// Tells the format of an input by its name (that of the file inside a .gz or .zst), else by its first bytes.
pub(crate) fn recognise(name: &Path, head: &[u8]) -> Result<InputFormat, Problem> {
    let extension = |path: &Path| path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let mut last = extension(name);
    if last == "gz" || last == "zst" {
        last = name.file_stem().map(|stem| extension(Path::new(stem))).unwrap_or_default();
    }
    if let Ok(at) = READ.binary_search_by_key(&last.as_str(), |(extension, _)| extension) {
        return if READ[at].1 == InputFormat::JsonLines { json_lines(head) } else { Ok(READ[at].1) };
    }
    match UNREAD.binary_search_by_key(&last.as_str(), |(extension, _)| extension) {
        Ok(at) => Err(Problem::Format { found: UNREAD[at].1 }),
        Err(_) => by_content(head, last == "json"),
    }
}

fn by_content(head: &[u8], is_json: bool) -> Result<InputFormat, Problem> {
    let start = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let begins = |signature: &[u8]| start.get(..signature.len()).is_some_and(|first| first.eq_ignore_ascii_case(signature));
    if let Some((_, found)) = SIGNATURES.iter().find(|(signature, _)| begins(signature)) {
        return found.map_err(|found| Problem::Format { found });
    }
    if !is_json && !is_object(start) {
        return Ok(InputFormat::Text);
    }
    let line_end = start.iter().position(|&byte| byte == b'\n');
    let whole_line = line_end.is_none_or(|end| serde_json::from_slice::<serde::de::IgnoredAny>(&start[..end]).is_ok());
    if is_json && start.first() == Some(&b'[') {
        return Err(Problem::Format { found: "a JSON list" });
    }
    if is_json && !whole_line {
        return Ok(InputFormat::Json);
    }
    json_lines(head)
}

/// Whether the bytes begin as a JSON object with a field, or without any.
fn is_object(start: &[u8]) -> bool {
    let inside = start.strip_prefix(b"{").map(<[u8]>::trim_ascii_start);
    inside.is_some_and(|rest| matches!(rest.first(), Some(b'"' | b'}')))
}

/// JSON Lines, unless the mark of another encoding stands before them.
pub(crate) fn json_lines(head: &[u8]) -> Result<InputFormat, Problem> {
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return Err(Problem::Format { found: "JSON in UTF-16" });
    }
    Ok(InputFormat::JsonLines)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(name: &str, head: &str) -> Result<InputFormat, String> {
        recognise(Path::new(name), head.as_bytes()).map_err(|problem| problem.to_string())
    }

    fn is_refused(name: &str, head: &str, what: &str) -> bool {
        format(name, head).is_err_and(|why| why.starts_with(what) && why.contains("JSON Lines"))
    }

    #[test]
    fn the_tables_of_extensions_are_sorted() {
        assert!(UNREAD.is_sorted_by_key(|(extension, _)| extension));
        assert!(READ.is_sorted_by_key(|(extension, _)| extension));
    }

    #[test]
    fn the_name_tells_first() {
        assert_eq!(format("a.TXT", "{\"text\": \"x\"}"), Ok(InputFormat::Text));
        assert_eq!(format("a.jsonl.gz", "no JSON"), Ok(InputFormat::JsonLines));
        assert_eq!(format("a.jsonl.zst", "no JSON"), Ok(InputFormat::JsonLines));
        assert_eq!(format("page.html", "He left."), Ok(InputFormat::Html));
        assert_eq!(format("crawl.warc.gz", ""), Ok(InputFormat::Warc));
        assert_eq!(format("table.csv", "id,text"), Ok(InputFormat::Csv));
        assert!(is_refused("letter.docx", "", "a Word document"));
    }

    #[test]
    fn the_content_tells_where_the_name_does_not() {
        assert_eq!(format("-", "\u{FEFF} {\"text\": \"x\"}\n"), Ok(InputFormat::JsonLines));
        assert_eq!(format("-", "{\"text\": \"x"), Ok(InputFormat::JsonLines), "a broken first line is still JSON Lines");
        assert_eq!(format("article", "{sic} he wrote"), Ok(InputFormat::Text));
        assert_eq!(format("notes.md", "He left."), Ok(InputFormat::Text));
        assert_eq!(format("-", "\n<!DOCTYPE HTML>"), Ok(InputFormat::Html));
        assert_eq!(format("article", "PAR1\u{1}"), Ok(InputFormat::Parquet));
        assert!(is_refused("article", "%PDF-1.7", "PDF"));
    }

    #[test]
    fn a_json_file_is_read_line_by_line_or_as_one_article() {
        assert_eq!(format("a.json", "{\"text\": \"x\"}\n{\"te"), Ok(InputFormat::JsonLines));
        assert_eq!(format("a.json", "{\n  \"text\": \"x\"\n}"), Ok(InputFormat::Json));
        assert!(is_refused("a.json", "[{\"text\": \"x\"}]", "a JSON list"));
    }
}
