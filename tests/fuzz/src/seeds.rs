//! What fuzzing begins with: the articles of the golden pages and the golden files of the readers.

use std::path::Path;

use sayso_tests::{Page, find_pages};

use crate::repository;

/// An input that a target begins with.
#[derive(Clone, Debug)]
pub struct Seed {
    /// The target.
    pub target: &'static str,
    /// Its name among the target's seeds.
    pub name: String,
    /// The input.
    pub bytes: Vec<u8>,
}

/// Golden files of the readers, and the targets that begin with them.
const FILES: &[(&str, &[&'static str])] = &[
    ("01-utf8.txt", &["text", "decode", "packed"]),
    ("02-utf8-mark.txt", &["text", "decode"]),
    ("03-utf16.txt", &["text", "decode"]),
    ("04-windows-1252.txt", &["text", "decode"]),
    ("05-page.html", &["html", "packed"]),
    ("06-lines.jsonl", &["json_lines", "packed"]),
    ("07-table.csv", &["csv"]),
    ("08-table.tsv", &["tsv"]),
    ("09-semicolons.csv", &["csv"]),
    ("10-archive.warc.gz", &["warc", "packed"]),
    ("11-item.json", &["json", "json_lines"]),
    ("12-table.parquet", &["parquet", "packed"]),
];

/// All seeds of all targets.
///
/// # Panics
/// If a golden file cannot be read.
#[must_use]
pub fn all() -> Vec<Seed> {
    let mut seeds = Vec::new();
    let mut write = |target, name: &str, bytes: &[u8]| seeds.push(Seed { target, name: name.to_owned(), bytes: bytes.to_vec() });
    for path in find_pages() {
        let page = Page::read(&path).unwrap_or_else(|e| panic!("{e}"));
        let name = path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = path.parent().and_then(Path::file_name).map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        for (at, case) in page.cases.iter().enumerate() {
            for target in ["extract", "offsets"] {
                write(target, &format!("{folder}-{name}-{at}"), case.article.as_bytes());
            }
        }
    }
    for (name, targets) in FILES {
        let bytes = repository(&format!("crates/sayso-corpus/tests/golden/articles/{name}"));
        for target in *targets {
            write(target, name, &bytes);
        }
    }
    write("warc", "plain", &unpacked("crates/sayso-corpus/tests/golden/articles/10-archive.warc.gz"));
    write("encoder", "weights", &repository("crates/sayso-encoder/tests/tiny/weights.bin"));
    let vocabulary = repository("crates/sayso-encoder/tests/cut/vocabulary.txt");
    write("pieces", "cut", &[&vocabulary, &b"\0The naive 1,200 don't unaffable"[..]].concat());
    write("model", "whole", &[0, 0]);
    write("model", "cut", &[9, 0]);
    write("model", "one-byte", &[0, 0, 0, 1, 20, 7, 0x80, 0, 5, 200]);
    let begin = &sayso_en::WEIGHTS[..2000];
    write("model", "begin", &[&[0xff, 0xff], begin].concat());
    seeds
}

/// The bytes inside a gzip file.
fn unpacked(name: &str) -> Vec<u8> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    let packed = repository(name);
    flate2::read::MultiGzDecoder::new(&packed[..]).read_to_end(&mut bytes).unwrap_or_else(|e| panic!("{name}: {e}"));
    bytes
}
