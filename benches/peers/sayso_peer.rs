//! sayso as a peer among others: `sayso-peer ARTICLES STATEMENTS ROUNDS THREADS MODEL`, as benches/peers/peers.py calls it.
//!
//! One thread is the calling one; more are those of the library's own pool (`RAYON_NUM_THREADS`).

#![allow(clippy::print_stdout, reason = "it answers on standard output")]

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::time::Instant;

use sayso::{Extraction, Extractor, text};
use sayso_benches::pipeline::{process_seconds, thread_seconds};
use sayso_corpus::writers::page::json_line;
use sayso_corpus::{InputOptions, Offsets, StatementRecord, articles};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [from, to, rounds, threads, model] = arguments.as_slice() else {
        return Err("usage: sayso-peer ARTICLES STATEMENTS ROUNDS THREADS fast|accurate".into());
    };
    let (rounds, threads): (usize, usize) = (rounds.parse()?, threads.parse()?);
    let found: Result<Vec<_>, _> = articles([PathBuf::from(from)], InputOptions::default()).collect();
    let (ids, texts): (Vec<String>, Vec<String>) = found?.into_iter().map(|article| (article.document, article.text)).unzip();
    let extractor = if model == "accurate" { Extractor::english_accurate() } else { Extractor::english() };
    let worked = || if threads == 1 { thread_seconds() } else { process_seconds() };
    let mut extractions: Vec<Extraction> = Vec::new();
    let mut passes = Vec::new();
    for _ in 0..rounds {
        let (begin, before) = (Instant::now(), worked());
        extractions = if threads == 1 { texts.iter().map(|text| extractor.extract(text)).collect() } else { extractor.extract_all(&texts) };
        let passed = begin.elapsed().as_secs_f64();
        passes.push([passed, worked().zip(before).map_or(passed, |(after, before)| after - before)]);
    }
    let mut out = BufWriter::new(File::create(to)?);
    for ((id, text), extraction) in ids.iter().zip(&texts).zip(&extractions) {
        for record in StatementRecord::all(id, text, extraction, Offsets::Chars) {
            json_line(&mut out, &record)?;
        }
    }
    out.flush()?;
    let tokens: usize = texts.iter().map(|text| text::read(text).tokens.len()).sum();
    println!("{}", serde_json::json!({"tokens": tokens, "passes": passes}));
    Ok(())
}
