//! Files, folders and broken inputs, as a user meets them.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use sayso_corpus::{Article, Fields, InputFormat, InputOptions, articles};

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }
    folder
}

/// Each article as "id: text", each error as its line, paths cut to what follows the folder.
fn read_with(root: &Path, paths: &[&str], options: InputOptions) -> Vec<String> {
    let paths: Vec<PathBuf> = paths.iter().map(|path| root.join(path)).collect();
    let shown = |words: String| words.replace(&format!("{}/", root.display()), "").replace(&root.display().to_string(), "");
    articles(paths, options)
        .map(|article| match article {
            Ok(Article { document, text, .. }) => shown(format!("{document}: {text}")),
            Err(error) => shown(format!("! {error}")),
        })
        .collect()
}

fn read(root: &Path, paths: &[&str]) -> Vec<String> {
    read_with(root, paths, InputOptions::default())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory")
}

#[test]
fn a_folder_is_walked_in_the_order_of_its_names() {
    let folder = folder(&[("b.txt", b"B"), ("a/2.txt", b"A2"), ("a/10.txt", b"A10"), (".hidden.txt", b"no"), ("c", b"C")]);
    assert_eq!(read(folder.path(), &[""]), ["a/10.txt: A10", "a/2.txt: A2", "b.txt: B", "c: C"]);
}

#[test]
fn a_line_without_an_id_is_named_by_its_number_and_empty_lines_are_skipped() {
    let lines = "\u{FEFF}{\"text\": \"one\"}\r\n\r\n  \n{\"id\": \"x\", \"text\": \"two\"}\n{\"text\": \"three\"}";
    let folder = folder(&[("a.jsonl", lines.as_bytes())]);
    assert_eq!(read(folder.path(), &["a.jsonl"]), ["a.jsonl#1: one", "x: two", "a.jsonl#5: three"]);
}

#[test]
fn a_broken_line_is_named_and_the_rest_goes_on() {
    let lines = b"{\"text\": \"one\"}\n{\"text\": \"tw\n{\"body\": \"three\"}\n{\"text\": \"\xE9\"}\n{\"text\": \"five\"}\n";
    let folder = folder(&[("a.jsonl", lines)]);
    let found = read(folder.path(), &["a.jsonl"]);
    assert_eq!(found.len(), 5);
    assert_eq!(found[0], "a.jsonl#1: one");
    assert!(found[1].starts_with("! a.jsonl, line 2: broken JSON: "), "{}", found[1]);
    assert_eq!(found[2], "! a.jsonl, line 3: no text in field \"text\"; its fields are \"body\"; name the field that holds the text");
    assert!(found[3].starts_with("! a.jsonl, line 4: byte 11 of the line is not UTF-8"), "{}", found[3]);
    assert_eq!(found[4], "a.jsonl#5: five");
}

#[test]
fn fields_and_format_can_be_named() {
    let folder = folder(&[("a.txt", b"{\"body\": \"one\", \"key\": 7}\n")]);
    let fields = Fields { text: "body".to_owned(), id: "key".to_owned(), ..Fields::default() };
    let options = InputOptions { format: Some(InputFormat::JsonLines), fields, ..InputOptions::default() };
    assert_eq!(read_with(folder.path(), &["a.txt"], options), ["7: one"]);
}

#[test]
fn compressed_files_read_like_their_content() {
    let folder = folder(&[
        ("a.txt.gz", &gzip(b"He left.")),
        ("b.jsonl.gz", &[gzip(b"{\"text\": \"one\"}\n"), gzip(b"{\"text\": \"two\"}\n")].concat()),
    ]);
    assert_eq!(read(folder.path(), &[""]), ["a.txt.gz: He left.", "b.jsonl.gz#1: one", "b.jsonl.gz#2: two"]);
}

#[test]
fn a_cut_compressed_file_gives_what_it_holds_and_an_error() {
    let line = |n: u32| format!("{{\"id\": {n}, \"text\": \"{}\"}}\n", n.wrapping_mul(2_654_435_761));
    let whole = gzip((0..2000).map(line).collect::<String>().as_bytes());
    let folder = folder(&[("a.jsonl.gz", &whole[..whole.len() / 2]), ("b.txt", b"B")]);
    let found = read(folder.path(), &[""]);
    assert!(found.len() > 100, "the first half is read");
    assert_eq!(found.last().map(String::as_str), Some("b.txt: B"));
    assert_eq!(found.iter().filter(|line| line.starts_with("! a.jsonl.gz, line ")).count(), 1);
}

#[test]
fn what_is_not_read_is_refused_in_one_line_and_the_others_are_read() {
    let folder = folder(&[("a.pdf", b"%PDF-1.7"), ("b.txt", b"B"), ("c", &[0, 1, 2, 3, 255, 254, 0, 9].repeat(40)), ("d.txt", b"")]);
    let found = read(folder.path(), &["", "none.txt"]);
    assert_eq!(found[0], "! a.pdf: PDF is not read: give plain text, HTML, JSON Lines, CSV, Parquet or WARC, each also as .gz or .zst");
    assert_eq!(found[1], "b.txt: B");
    assert!(found[2].starts_with("! c: no text: "), "{}", found[2]);
    assert_eq!(found[3], "d.txt: ");
    assert_eq!(found[4], "! none.txt: no such file or folder");
    assert!(found.iter().all(|line| !line.contains('\n')));
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_back_is_named_once() {
    let folder = folder(&[("a/b.txt", b"B")]);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("a/up")).expect("a link");
    let found = read(folder.path(), &[""]);
    assert_eq!(found[0], "a/b.txt: B");
    assert!(found[1].starts_with("! a/up: a link back to"), "{found:?}");
    assert_eq!(found.len(), 2);
}

/// Pieces that readers take decisions on.
const PIECES: &[&[u8]] = &[
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\x1F\x8B\x08\0",
    b"{\"text\": \"",
    b"He left.",
    b"\"}",
    b"\n",
    b"\r\n",
    b"\\ud83d",
    b"\xE2\x80",
    b"\0",
    b"[1]",
    b"{\"id\": {}}",
    b"\x80\x9D",
    b"<html>",
    b"PAR1",
    b"id,text\n",
    b",",
    b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: ",
    b"40\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
    b"<p>",
    b"\x28\xB5\x2F\xFD",
    b"\"",
    b"null",
];

#[test]
fn whatever_the_bytes_each_error_is_one_line_and_the_next_file_is_read() {
    let mut state = 3_u32;
    let mut below = |sides: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % sides
    };
    let folder = folder(&[("b.txt", b"B")]);
    for round in 0..600 {
        let bytes: Vec<u8> = (0..below(12)).flat_map(|_| PIECES[below(PIECES.len())]).copied().collect();
        let name = ["a", "a.txt", "a.jsonl", "a.json", "a.txt.gz", "a.csv", "a.warc", "a.parquet", "a.html"][round % 9];
        fs::write(folder.path().join(name), &bytes).expect("written");
        let found = read(folder.path(), &[name, "b.txt"]);
        assert_eq!(found.last().map(String::as_str), Some("b.txt: B"), "{bytes:?}");
        assert!(found.iter().filter(|line| line.starts_with("! ")).all(|line| !line.contains('\n')), "{found:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_name_with_a_line_end_is_still_one_line() {
    let folder = folder(&[("a\nb.pdf", b"%PDF")]);
    assert_eq!(
        read(folder.path(), &[""]),
        ["! a\\nb.pdf: PDF is not read: give plain text, HTML, JSON Lines, CSV, Parquet or WARC, each also as .gz or .zst"]
    );
}
