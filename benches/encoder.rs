//! Pieces a second through the encoder: `cargo bench -p sayso-benches --bench encoder`.
//!
//! Random weights of two shapes, six layers of width 384 and three, since the time does not depend on the weights;
//! each kind of processor that this one can stand for. Set `SAYSO_ENCODER` to a weights file to measure that one.

use std::fmt::Write;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use sayso_encoder::{Encoder, Machine, Symbol, Vocabulary};

fn main() {
    divan::main();
}

/// Sequences of a length, and how many.
const BATCHES: [(usize, usize); 4] = [(256, 8), (128, 16), (48, 32), (40, 1)];

#[divan::bench(args = BATCHES)]
fn six_layers(bencher: Bencher<'_, '_>, batch: (usize, usize)) {
    encode(bencher, &encoder(6), batch);
}

#[divan::bench(args = BATCHES)]
fn three_layers(bencher: Bencher<'_, '_>, batch: (usize, usize)) {
    encode(bencher, &encoder(3), batch);
}

#[divan::bench(args = Machine::available().into_iter().map(Machine::name), sample_count = 5)]
fn six_layers_on(bencher: Bencher<'_, '_>, name: &str) {
    let machine = Machine::available().into_iter().find(|m| m.name() == name).expect("one of those available");
    encode(bencher, &encoder(6).on(machine), (128, 2));
}

#[divan::bench]
fn load_six_layers(bencher: Bencher<'_, '_>) {
    let bytes: &'static [u8] = weights(6).leak();
    bencher.bench(|| Encoder::read(black_box(bytes)).expect("a weights file"));
}

#[divan::bench]
fn cut_into_pieces(bencher: Bencher<'_, '_>) {
    let article = sayso_benches::briefing();
    let vocabulary = Vocabulary::new(&words()).expect("a vocabulary");
    let all = std::iter::once(0..article.len() as u32);
    assert!(vocabulary.pieces(&article, all.clone()).len() > 500, "an article is cut");
    bencher.counter(divan::counter::BytesCount::of_str(&article)).bench(|| vocabulary.pieces(black_box(&article), all.clone()));
}

fn encode(bencher: Bencher<'_, '_>, encoder: &Encoder, (length, count): (usize, usize)) {
    let pieces = encoder.vocabulary().len();
    let symbol = |i: usize| Symbol { piece: (i * 7919 % pieces) as u32, ..Symbol::default() };
    let sequences: Vec<Vec<Symbol>> = (0..count).map(|n| (0..length).map(|i| symbol(n * length + i)).collect()).collect();
    let sequences: Vec<&[Symbol]> = sequences.iter().map(Vec::as_slice).collect();
    let alone = encoder.encode(&sequences[..1]);
    assert!(encoder.encode(&sequences).values().starts_with(alone.values()), "company changes nothing");
    bencher.counter(ItemsCount::new(length * count)).bench(|| encoder.encode(black_box(&sequences)));
}

fn encoder(layers: usize) -> Encoder {
    let bytes = match std::env::var("SAYSO_ENCODER") {
        Ok(path) => std::fs::read(&path).unwrap_or_else(|e| panic!("{path}: {e}")),
        Err(_) => weights(layers),
    };
    Encoder::read(bytes).unwrap_or_else(|e| panic!("{e}"))
}

/// Pieces of one, two and three letters.
fn words() -> String {
    let mut words = "[UNK]\n[CLS]\n[SEP]".to_owned();
    let letters = || 'a'..='z';
    for a in letters() {
        write!(words, "\n{a}\n##{a}").expect("room");
        for b in letters() {
            write!(words, "\n{a}{b}\n##{a}{b}").expect("room");
            for c in "aeiourst".chars() {
                write!(words, "\n{a}{b}{c}").expect("room");
            }
        }
    }
    words
}

/// A weights file of random numbers.
fn weights(layers: usize) -> Vec<u8> {
    let mut file = File {
        header: format!("set layers {layers}\nset width 384\nset heads 12\nset inner 1536\nset epsilon 1e-12\n"),
        ..File::default()
    };
    let words = words();
    writeln!(file.header, "tensor vocabulary text 1 {}", words.len()).expect("room");
    file.body.extend_from_slice(words.as_bytes());
    file.matrix("words", words.lines().count(), 384);
    file.matrix("places", 512, 384);
    file.norm("norm");
    for n in 0..layers {
        for (part, rows, columns) in [("project", 1152, 384), ("collect", 384, 384), ("widen", 1536, 384), ("narrow", 384, 1536)] {
            file.matrix(&format!("layer.{n}.{part}.weight"), rows, columns);
            file.row(&format!("layer.{n}.{part}.shift"), rows, 0.1);
        }
        file.norm(&format!("layer.{n}.collect_norm"));
        file.norm(&format!("layer.{n}.narrow_norm"));
    }
    let (low, high) = file.body.iter().fold((1, 0), |(low, high), &byte| {
        let low = (low + u32::from(byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    let mut bytes =
        format!("sayso-encoder 1\nmade-from random numbers\n{}checksum {:08x}\nend\n", file.header, high << 16 | low).into_bytes();
    bytes.extend(file.body);
    bytes
}

#[derive(Default)]
struct File {
    header: String,
    body: Vec<u8>,
    state: u32,
}

impl File {
    fn matrix(&mut self, name: &str, rows: usize, columns: usize) {
        writeln!(self.header, "tensor {name} i8 {rows} {columns}").expect("room");
        for _ in 0..rows {
            self.body.extend(0.0005_f32.to_le_bytes());
        }
        for _ in 0..rows * columns {
            self.state = self.state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let byte = (self.state >> 24) as u8;
            self.body.push(if byte == 128 { 0 } else { byte });
        }
    }

    fn row(&mut self, name: &str, columns: usize, value: f32) {
        writeln!(self.header, "tensor {name} f32 1 {columns}").expect("room");
        for _ in 0..columns {
            self.body.extend(value.to_le_bytes());
        }
    }

    fn norm(&mut self, name: &str) {
        self.row(&format!("{name}.scale"), 384, 1.0);
        self.row(&format!("{name}.shift"), 384, 0.0);
    }
}
