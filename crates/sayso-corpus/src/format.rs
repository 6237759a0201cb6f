//! What an input is: by its name, else by its first bytes.

use std::path::Path;

use crate::error::Problem;

/// A format that articles are read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InputFormat {
    /// One article a file.
    Text,
    /// One JSON object a line, one article an object.
    JsonLines,
}

/// Extensions of formats that are known and not read, sorted.
const UNREAD: &[(&str, &str)] = &[
    ("7z", "a 7z archive"),
    ("arc", "ARC"),
    ("bz2", "bzip2"),
    ("csv", "CSV"),
    ("doc", "a Word document"),
    ("docx", "a Word document"),
    ("epub", "EPUB"),
    ("htm", "HTML"),
    ("html", "HTML"),
    ("odt", "an OpenDocument text"),
    ("parquet", "Parquet"),
    ("pdf", "PDF"),
    ("rtf", "RTF"),
    ("tar", "a tar archive"),
    ("tgz", "a tar archive"),
    ("tsv", "TSV"),
    ("warc", "WARC"),
    ("xhtml", "HTML"),
    ("xls", "an Excel table"),
    ("xlsx", "an Excel table"),
    ("xml", "XML"),
    ("xz", "xz"),
    ("zip", "a zip archive"),
    ("zst", "Zstandard"),
];

/// First bytes of formats that are known and not read.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x28\xB5\x2F\xFD", "Zstandard"),
    (b"\xFD7zXZ", "xz"),
    (b"PAR1", "Parquet"),
    (b"WARC/", "WARC"),
    (b"<?xml", "XML"),
    (b"<!doctype html", "HTML"),
    (b"<html", "HTML"),
];

/// Tells the format of an input by its name (that of the file inside a .gz), else by its first bytes.
pub(crate) fn recognise(name: &Path, head: &[u8]) -> Result<InputFormat, Problem> {
    let extension = |path: &Path| path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let mut last = extension(name);
    if last == "gz" {
        last = name.file_stem().map(|stem| extension(Path::new(stem))).unwrap_or_default();
    }
    match last.as_str() {
        "txt" | "text" => Ok(InputFormat::Text),
        "jsonl" | "ndjson" => json_lines(head),
        known => match UNREAD.binary_search_by_key(&known, |(extension, _)| extension) {
            Ok(at) => Err(Problem::Format { found: UNREAD[at].1 }),
            Err(_) => by_content(head, last == "json"),
        },
    }
}

fn by_content(head: &[u8], is_json: bool) -> Result<InputFormat, Problem> {
    let start = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let begins = |signature: &[u8]| start.get(..signature.len()).is_some_and(|first| first.eq_ignore_ascii_case(signature));
    if let Some((_, found)) = SIGNATURES.iter().find(|(signature, _)| begins(signature)) {
        return Err(Problem::Format { found });
    }
    if !is_json && !is_object(start) {
        return Ok(InputFormat::Text);
    }
    let line_end = start.iter().position(|&byte| byte == b'\n');
    let whole_line = line_end.is_none_or(|end| serde_json::from_slice::<serde::de::IgnoredAny>(&start[..end]).is_ok());
    if is_json && (start.first() == Some(&b'[') || !whole_line) {
        return Err(Problem::Format { found: "JSON over several lines" });
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
    fn the_table_of_extensions_is_sorted() {
        assert!(UNREAD.is_sorted_by_key(|(extension, _)| extension));
    }

    #[test]
    fn the_name_tells_first() {
        assert_eq!(format("a.TXT", "{\"text\": \"x\"}"), Ok(InputFormat::Text));
        assert_eq!(format("a.jsonl.gz", "no JSON"), Ok(InputFormat::JsonLines));
        assert!(is_refused("page.html", "He left.", "HTML"));
        assert!(is_refused("crawl.warc.gz", "", "WARC"));
        assert!(is_refused("table.csv", "id,text", "CSV"));
    }

    #[test]
    fn the_content_tells_where_the_name_does_not() {
        assert_eq!(format("-", "\u{FEFF} {\"text\": \"x\"}\n"), Ok(InputFormat::JsonLines));
        assert_eq!(format("-", "{\"text\": \"x"), Ok(InputFormat::JsonLines), "a broken first line is still JSON Lines");
        assert_eq!(format("article", "{sic} he wrote"), Ok(InputFormat::Text));
        assert_eq!(format("notes.md", "He left."), Ok(InputFormat::Text));
        assert!(is_refused("-", "\n<!DOCTYPE HTML>", "HTML"));
        assert!(is_refused("article", "PAR1\u{1}", "Parquet"));
    }

    #[test]
    fn a_json_file_is_read_line_by_line_or_not_at_all() {
        assert_eq!(format("a.json", "{\"text\": \"x\"}\n{\"te"), Ok(InputFormat::JsonLines));
        assert!(is_refused("a.json", "{\n  \"text\": \"x\"\n}", "JSON over several lines"));
        assert!(is_refused("a.json", "[{\"text\": \"x\"}]", "JSON over several lines"));
    }
}
