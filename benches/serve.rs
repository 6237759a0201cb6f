//! `sayso serve` under load, beside the library on the same articles: `cargo bench -p sayso-benches --bench serve [-- ARTICLES]`.
//!
//! Both work on two threads. The service listens on loopback, and clients that keep their connections ask it, each for one article
//! after the other. Figures are articles per second that passed, and per second that the processor worked for all of it, the
//! clients included: the second are those of a machine that has nothing else to do.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;
use sayso::Extractor;
use sayso_benches::pipeline::process_seconds;
use sayso_benches::samples::texts;
use sayso_cli::serve::{Limits, Service};
use sayso_corpus::{DocumentRecord, Offsets};

/// Threads that work.
const THREADS: usize = 2;
/// Connections that are kept.
const CLIENTS: usize = 8;
/// Rounds of which the quickest counts, for other programs run too.
const ROUNDS: usize = 5;

fn main() -> io::Result<()> {
    let count = std::env::args().skip(1).find_map(|words| words.parse().ok()).unwrap_or(1000);
    let articles: Vec<String> = texts().into_iter().cycle().take(count).collect();
    let limits = Limits { threads: THREADS, ..Limits::default() };
    let extractor = Extractor::english();
    let service = Service::bind(SocketAddr::from(([127, 0, 0, 1], 0)), limits, extractor.clone())?;
    let address = service.address();
    thread::spawn(move || service.run(std::future::pending()));

    let pool = ThreadPoolBuilder::new().num_threads(THREADS).build().map_err(io::Error::other)?;
    let bare = || pool.install(|| articles.par_iter().map(|text| extractor.extract(text).statements.len()).sum());
    let json = || pool.install(|| articles.par_iter().map(|text| json(&extractor, text).len()).sum());
    let found: usize = bare();
    assert!(found > count, "{found} statements");
    let size: usize = json();
    let mut best = [[f64::INFINITY; 2]; 3];
    for _ in 0..ROUNDS {
        best[0] = quicker(best[0], || assert_eq!(bare(), found));
        best[1] = quicker(best[1], || assert_eq!(json(), size));
        best[2] = quicker(best[2], || assert_eq!(asked(address, &articles), size, "the service writes the JSON of the library"));
    }
    println!(
        "{count} articles, {THREADS} threads, {CLIENTS} connections, quickest of {ROUNDS}\n{:<26} {:>12} {:>12}",
        "articles per second", "passed", "processor"
    );
    for (what, [passed, worked]) in ["library", "library, as JSON", "service, keep-alive"].iter().zip(best) {
        println!("{what:<26} {:>12.0} {:>12.0}", count as f64 / passed, count as f64 / worked);
    }
    println!("service to library: {:.2} (wanted: 0.85), by the processor {:.2}", best[0][0] / best[2][0], best[0][1] / best[2][1]);
    Ok(())
}

/// The quicker of the best so far and one more round, by seconds that passed and by seconds of the processor.
fn quicker(best: [f64; 2], round: impl FnOnce()) -> [f64; 2] {
    let (begin, before) = (Instant::now(), process_seconds());
    round();
    let passed = begin.elapsed().as_secs_f64();
    let worked = process_seconds().zip(before).map_or(passed, |(after, before)| after - before);
    [best[0].min(passed), best[1].min(worked)]
}

/// What the service answers to a text.
fn json(extractor: &Extractor, text: &str) -> Vec<u8> {
    let extraction = extractor.extract(text);
    serde_json::to_vec(&DocumentRecord::new("-", None, text, &extraction, Offsets::Chars)).expect("plain data")
}

/// All articles, each asked for by whichever client is free; the bytes of all answers.
fn asked(address: SocketAddr, articles: &[String]) -> usize {
    let next = AtomicUsize::new(0);
    let client = || {
        let mut stream = BufReader::new(TcpStream::connect(address).expect("it listens"));
        stream.get_ref().set_nodelay(true).expect("an option");
        let mut bytes = 0;
        while let Some(article) = articles.get(next.fetch_add(1, Ordering::Relaxed)) {
            bytes += ask(&mut stream, article).expect("an answer");
        }
        bytes
    };
    thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(client)).collect();
        clients.into_iter().map(|client| client.join().expect("a client")).sum()
    })
}

/// Asks for the statements of one article, and counts the answer's bytes.
fn ask(stream: &mut BufReader<TcpStream>, article: &str) -> io::Result<usize> {
    let head = format!("POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n", article.len());
    stream.get_mut().write_all(&[head.as_bytes(), article.as_bytes()].concat())?;
    let (mut line, mut length) = (String::new(), 0);
    stream.read_line(&mut line)?;
    assert!(line.starts_with("HTTP/1.1 200 "), "{line}");
    while line != "\r\n" {
        line.clear();
        stream.read_line(&mut line)?;
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok(body.len())
}
