//! Readers alone, and the whole pipeline: `cargo bench -p sayso-benches --bench corpus [-- MEGABYTES]`.
//!
//! Readers run on one thread over files that are in the system's cache; the pipeline reads articles like those of a newspaper, on
//! one thread and on two, beside the bare library on the same texts. The last line is the most memory that the process ever took.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use sayso::Extractor;
use sayso_benches::golden_articles;
use sayso_corpus::pipeline::{End, Job, Progress, Summary, Watch, run};
use sayso_corpus::readers::Records;
use sayso_corpus::writers::page::Layout;
use sayso_corpus::writers::{OutputFormat, Renderer};
use sayso_corpus::{InputError, InputOptions, Offsets, articles};
use serde_json::json;

/// Bytes of an article: the usual length in a newspaper.
const ARTICLE: usize = 5000;

fn main() -> io::Result<()> {
    let megabytes = std::env::args().skip(1).find_map(|words| words.parse().ok()).unwrap_or(200);
    let texts = texts();
    let folder = tempfile::tempdir()?;
    let at = |name: &str| folder.path().join(name);
    println!("{:<34} {:>8} {:>10} {:>9}", "readers, one thread", "MB", "articles", "MB/s");
    let line = |text: &str| json!({"id": "a", "title": "Bridge", "text": text}).to_string().into_bytes();
    let lines = Sample::write(at("a.jsonl"), megabytes, &texts, |text| [line(text), b"\n".to_vec()].concat(), b"")?;
    cut("JSON Lines, cut into lines", &lines);
    read("JSON Lines, articles", &lines);
    let row = |text: &str| format!("a,\"{}\"\r\n", text.replace('"', "\"\"")).into_bytes();
    read("CSV, articles", &Sample::write(at("a.csv"), megabytes, &texts, row, b"id,text\r\n")?);
    let archive = Sample::write(at("a.warc"), megabytes, &texts, |text| record(&page(text)), b"")?;
    cut("WARC, cut into responses", &archive);
    let few = Sample::write(at("b.warc"), megabytes.div_ceil(10), &texts, |text| record(&page(text)), b"")?;
    read("WARC, articles out of pages", &few);
    for sample in [lines, archive, few] {
        fs::remove_file(sample.path)?;
    }
    pipeline(folder.path(), &texts)?;
    println!("most memory: {}", most_memory());
    Ok(())
}

/// Articles of the usual length, made of those of the golden pages.
fn texts() -> Vec<String> {
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
fn page(text: &str) -> String {
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

fn record(page: &str) -> Vec<u8> {
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n", http.len()).into_bytes()
}

/// A file of articles, written once.
struct Sample {
    path: PathBuf,
    megabytes: f64,
    count: usize,
}

impl Sample {
    fn write(path: PathBuf, megabytes: usize, texts: &[String], record: impl Fn(&str) -> Vec<u8>, head: &[u8]) -> io::Result<Self> {
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

    fn tell(&self, what: &str, count: usize, seconds: f64) {
        assert_eq!(count, self.count, "{what}: all are read");
        println!("{what:<34} {:>8.0} {count:>10} {:>9.0}", self.megabytes, self.megabytes / seconds);
    }
}

/// Records cut out of a file, not parsed.
fn cut(what: &str, sample: &Sample) {
    let begin = Instant::now();
    let records = Records::new([sample.path.clone()], InputOptions::default());
    let count = records.filter(|record| record.as_ref().is_ok_and(|record| record.size() > 1000)).count();
    sample.tell(what, count, begin.elapsed().as_secs_f64());
}

/// Articles, parsed, their language told.
fn read(what: &str, sample: &Sample) {
    let begin = Instant::now();
    let found = articles([sample.path.clone()], InputOptions::default());
    let count = found.filter(|article| article.as_ref().is_ok_and(|article| article.text.len() > 1000)).count();
    sample.tell(what, count, begin.elapsed().as_secs_f64());
}

struct Silence;

impl Watch for Silence {
    fn error(&mut self, error: &InputError) {
        panic!("{error}");
    }

    fn progress(&mut self, _: &Progress) {}
}

/// Rounds of which the quickest counts, for other programs run too.
const ROUNDS: usize = 5;

/// The pipeline on one thread and on two, and the bare library, on the same texts.
fn pipeline(folder: &Path, texts: &[String]) -> io::Result<()> {
    let line = |text: &str| json!({"id": "a", "text": text}).to_string().into_bytes();
    let sample = Sample::write(folder.join("b.jsonl"), 4, texts, |text| [line(text), b"\n".to_vec()].concat(), b"")?;
    let extractor = Extractor::english();
    let mut quickest = [f64::INFINITY; 3];
    for _ in 0..ROUNDS {
        let begin = Instant::now();
        let found: usize = texts.iter().cycle().take(sample.count).map(|text| extractor.extract(text).statements.len()).sum();
        quickest[0] = quickest[0].min(begin.elapsed().as_secs_f64());
        for threads in [1, 2] {
            let begin = Instant::now();
            let summary = run_on(threads, &sample, &extractor, folder);
            quickest[threads] = quickest[threads].min(begin.elapsed().as_secs_f64());
            assert_eq!((summary.articles, summary.statements, summary.errors), (sample.count as u64, found as u64, 0));
        }
    }
    println!("\n{:<34} {:>8} {:>10} {:>9}", format!("quickest of {ROUNDS}"), "seconds", "articles/s", "MB/s");
    for (what, seconds) in ["bare library, one thread", "pipeline, one thread", "pipeline, two threads"].iter().zip(quickest) {
        println!("{what:<34} {seconds:>8.2} {:>10.0} {:>9.2}", sample.count as f64 / seconds, sample.megabytes / seconds);
    }
    let [bare, one, two] = quickest;
    println!("pipeline to bare library: {:.2}; two threads to one: {:.2}", bare / one, one / two);
    Ok(())
}

fn run_on(threads: usize, sample: &Sample, extractor: &Extractor, folder: &Path) -> Summary {
    let layout = Layout { width: 80, color: false };
    let job = Job {
        inputs: vec![sample.path.clone()],
        options: InputOptions::default(),
        renderer: Renderer { format: OutputFormat::JsonLines, offsets: Offsets::Chars, safe_csv: false, layout },
        output: Some(folder.join("out.jsonl")),
        threads,
        resume: false,
        version: String::new(),
    };
    let extractor = extractor.clone();
    match run(&job, move |text| extractor.extract(text), &mut Silence).expect("it runs") {
        End::Done(summary) => summary,
        End::Stopped(..) => panic!("nobody told it to stop"),
    }
}

/// As the operating system counts it.
fn most_memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map(str::trim);
    line.unwrap_or("not told by this system").to_owned()
}
