//! Files of articles for the benches of readers and of the pipeline.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use serde_json::json;

use crate::golden_articles;

/// Bytes of an article: the usual length in a newspaper.
const ARTICLE: usize = 5000;

/// Articles of the usual length, made of those of the golden pages.
///
/// # Panics
/// If there are none.
#[must_use]
pub fn texts() -> Vec<String> {
    let mut texts = vec![String::new()];
    for article in golden_articles().iter().filter(|article| article.contains('“')) {
        let last = texts.last_mut().expect("there is one");
        last.extend([article.as_str(), "\n\n"]);
        if last.len() >= ARTICLE {
            texts.push(String::new());
        }
    }
    texts.pop();
    assert!(texts.len() > 1, "{} texts", texts.len());
    texts
}

/// A page as a newspaper's site sends it: most of it is not the article.
#[must_use]
pub fn page(text: &str) -> String {
    let script = "<script>window.queue=window.queue||[];queue.push(function(){var a=0;for(var i=0;i<9;i++){a+=i}});</script>\n".repeat(60);
    let style = format!("<style>{}</style>", ".card{margin:0 auto;padding:4px 8px;color:#333} ".repeat(200));
    let links = "<li class=\"item\"><a href=\"/section/page.html\"><span>Section</span></a></li>\n".repeat(120);
    let paragraphs: String =
        text.split("\n\n").map(|p| format!("<p class=\"text\">{}</p>\n", p.replace('&', "&amp;").replace('<', "&lt;"))).collect();
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Bridge</title>{style}{script}</head><body><nav><ul>{links}</ul></nav>\
         <main><article><h1>Bridge</h1>{paragraphs}</article></main><aside><ul>{links}</ul></aside><footer>All rights reserved</footer></body></html>"
    )
}

/// An archived response that brings a page.
#[must_use]
pub fn record(page: &str) -> Vec<u8> {
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n", http.len()).into_bytes()
}

/// An article as a line of JSON Lines.
#[must_use]
pub fn line(text: &str) -> Vec<u8> {
    format!("{}\n", json!({"id": "a", "title": "Bridge", "text": text})).into_bytes()
}

/// A file of articles, written once.
pub struct Sample {
    /// Where it is.
    pub path: PathBuf,
    /// Its size.
    pub megabytes: f64,
    /// The articles in it.
    pub count: usize,
}

impl Sample {
    /// Writes articles, over and over, until the file has so many megabytes.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(path: PathBuf, megabytes: usize, texts: &[String], record: impl Fn(&str) -> Vec<u8>, head: &[u8]) -> io::Result<Self> {
        let records: Vec<Vec<u8>> = texts.iter().map(|text| record(text)).collect();
        let mut out = BufWriter::new(File::create(&path)?);
        out.write_all(head)?;
        let (mut bytes, mut count) = (0, 0);
        for record in records.iter().cycle() {
            out.write_all(record)?;
            bytes += record.len();
            count += 1;
            if bytes >= megabytes * 1_000_000 {
                break;
            }
        }
        out.flush()?;
        Ok(Sample { path, megabytes: bytes as f64 / 1e6, count })
    }
}
