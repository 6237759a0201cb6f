//! Articles of our own in every format, and runs of the command over them.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use serde_json::{Value, json};

/// Articles of our own, each with its number in it.
pub(crate) fn article(number: usize) -> String {
    let (name, town) = (["Ana Ruiz", "Tam Orrel", "Ilse Maran", "Joren Aske"][number % 4], ["Lorca", "Skerrin", "Vesmark"][number % 3]);
    format!(
        "“The bridge of {town} will open on day {number},” said {name}, the mayor of {town}, on Tuesday. “Nobody, \"not even the \
         builders\", can say more, and we will not pay for it twice.”\n\nThe council said the work had cost {number} crowns; it denied \
         that it was late.\n\nAccording to Petra Lindqvist, a spokeswoman for the builders, the ferry will go on until the end of the \
         year – and the harbour with it, as the old rules of the town have it, and as the fishermen wanted.\n"
    )
}

pub(crate) fn articles(count: usize) -> Vec<String> {
    (0..count).map(article).collect()
}

pub(crate) fn json_lines(articles: &[String]) -> String {
    articles.iter().enumerate().map(|(n, text)| json!({"id": format!("a{n:04}"), "text": text}).to_string() + "\n").collect()
}

pub(crate) fn csv(articles: &[String]) -> String {
    let rows = articles.iter().enumerate().map(|(n, text)| format!("a{n:04},\"{}\"\r\n", text.replace('"', "\"\"")));
    std::iter::once("id,text\r\n".to_owned()).chain(rows).collect()
}

pub(crate) fn response(text: &str) -> Vec<u8> {
    let paragraphs: String =
        text.trim().split("\n\n").map(|p| format!("<p>{}</p>\n", p.replace('&', "&amp;").replace('<', "&lt;"))).collect();
    let page = format!(
        "<!DOCTYPE html><html><head><title>The bridge</title></head><body><nav><a href=\"/\">Home</a></nav><article>{paragraphs}\
         <figure><img src=\"a.png\"><figcaption>A picture of the bridge</figcaption></figure><div>Advertisement</div></article>\
         <footer>All rights reserved</footer></body></html>"
    );
    let head =
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n", page.len());
    [head.as_bytes(), page.as_bytes(), b"\r\n0\r\n\r\n"].concat()
}

pub(crate) fn warc_record(kind: &str, id: &str, block: &[u8]) -> Vec<u8> {
    let head = format!("WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {id}\r\nContent-Length: {}\r\n\r\n", block.len());
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

pub(crate) fn warc(articles: &[String]) -> Vec<Vec<u8>> {
    let responses = articles.iter().enumerate().map(|(n, text)| warc_record("response", &format!("a{n:04}"), &response(text)));
    std::iter::once(warc_record("warcinfo", "info", b"software: a test\r\n")).chain(responses).collect()
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory")
}

pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).expect("in memory")
}

pub(crate) fn parquet(path: &Path, articles: &[String]) {
    use arrow_array::{RecordBatch, StringArray};
    use std::sync::Arc;
    let ids = StringArray::from_iter_values((0..articles.len()).map(|n| format!("a{n:04}")));
    let texts = StringArray::from_iter_values(articles);
    let batch = RecordBatch::try_from_iter([("id", Arc::new(ids) as _), ("text", Arc::new(texts) as _)]).expect("two columns");
    let properties = parquet::file::properties::WriterProperties::builder().set_max_row_group_row_count(Some(8)).build();
    let file = fs::File::create(path).expect("a file");
    let mut writer = parquet::arrow::ArrowWriter::try_new(file, batch.schema(), Some(properties)).expect("a writer");
    writer.write(&batch).expect("written");
    writer.close().expect("closed");
}

/// How a run ended: its status, its standard output, and the lines of its standard error.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: Vec<u8>,
    pub(crate) errors: Vec<String>,
}

impl Run {
    pub(crate) fn of(command: &mut Command) -> Run {
        let end = command.output().expect("it runs");
        let errors = String::from_utf8_lossy(&end.stderr).lines().map(str::to_owned).collect();
        Run { code: end.status.code(), out: end.stdout, errors }
    }
}

/// `sayso extract` in a folder.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Run {
    Run::of(Command::new(cargo_bin!("sayso")).arg("extract").args(arguments).current_dir(folder))
}

/// The statements of a run, the documents' ids left out.
pub(crate) fn statements(folder: &Path, arguments: &[&str]) -> Vec<Value> {
    let run = run(folder, arguments);
    assert_eq!((run.code, run.errors.as_slice()), (Some(0), &[][..]), "{arguments:?}");
    let text = String::from_utf8(run.out).expect("UTF-8");
    let line = |line: &str| {
        let mut value: Value = serde_json::from_str(line).expect("JSON");
        value.as_object_mut().expect("an object").remove("document");
        value
    };
    text.lines().map(line).collect()
}
