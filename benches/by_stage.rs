//! Each stage, and the whole, over texts of each kind: `cargo bench -p sayso-benches --bench by_stage`.

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use sayso::Extractor;
use sayso_benches::kinds::{KINDS, Kind};
use sayso_benches::stages::{Prepared, STAGES, Stage};

fn main() {
    divan::main();
}

/// A kind of text and a stage.
#[derive(Debug)]
struct Case(Kind, Stage);

impl std::fmt::Display for Case {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} {}", self.0, self.1)
    }
}

fn cases() -> Vec<Case> {
    KINDS.into_iter().flat_map(|kind| STAGES.map(|stage| Case(kind, stage))).collect()
}

/// Bytes and tokens per second.
#[divan::bench(args = cases(), sample_count = 20)]
fn stage(bencher: Bencher<'_, '_>, case: &Case) {
    let Case(kind, stage) = *case;
    let extractor = Extractor::english();
    let prepared = Prepared::of(&extractor, kind.text());
    assert!(prepared.agrees(stage, &extractor), "{stage} by itself gives what it gives in its place");
    let bencher = bencher.counter(BytesCount::of_str(&prepared.text)).counter(ItemsCount::new(prepared.tokens()));
    bencher.bench(|| prepared.run(stage, &extractor));
}
