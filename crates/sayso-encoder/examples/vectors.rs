//! Encodes sequences of piece numbers: `vectors WEIGHTS < sequences > vectors`.
//!
//! A line holds the numbers of one sequence's pieces; the output is every piece's vector, 32-bit numbers in the order of the processor.
//! How long it took is told on standard error, with each kind of processor that this one can stand for.

use std::io::{Read, Write};
use std::time::Instant;

use sayso_encoder::{Encoder, Machine, Symbol};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: vectors WEIGHTS < sequences > vectors")?;
    let bytes = std::fs::read(&path).map_err(|e| format!("{path}: {e}"))?;
    let begin = Instant::now();
    let encoder = Encoder::read(bytes).map_err(|e| format!("{path}: {e}"))?;
    eprintln!("read in {:.1} ms", begin.elapsed().as_secs_f64() * 1e3);
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let mut sequences = Vec::new();
    for (line, words) in text.lines().enumerate() {
        let symbol = |word: &str| word.parse().map(|piece| Symbol { piece, ..Symbol::default() });
        let sequence: Result<Vec<Symbol>, _> = words.split_whitespace().map(symbol).collect();
        sequences.push(sequence.map_err(|e| format!("line {}: {e}", line + 1))?);
    }
    let sequences: Vec<&[Symbol]> = sequences.iter().map(Vec::as_slice).collect();
    let vectors = encoder.encode(&sequences);
    for machine in Machine::available() {
        let encoder = encoder.clone().on(machine);
        let begin = Instant::now();
        let same = encoder.encode(&sequences) == vectors;
        let seconds = begin.elapsed().as_secs_f64();
        eprintln!("{}: {:.0} pieces/s, same vectors: {same}", machine.name(), vectors.len() as f64 / seconds);
    }
    let mut out = std::io::stdout().lock();
    for value in vectors.values() {
        out.write_all(&value.to_ne_bytes())?;
    }
    Ok(())
}
