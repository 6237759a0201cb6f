//! What each stage's share of the time is: `cargo bench -p sayso-benches --bench stages -- [FILE]`.
//!
//! FILE holds an article a line, its own line ends written as U+2028; without one the golden articles are read, ten times.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use sayso::cue::view::View;
use sayso::{Extractor, content, cue, quote, speaker, statement, tag, text};
use sayso_benches::golden_articles;

/// The stages, and within the fifth its learned passes.
const STAGES: [&str; 10] =
    ["text", "quote", "tag and parse", "cue rules", "content rules", "views", "first pass", "other passes", "speaker", "statement"];

fn main() -> ExitCode {
    let articles: Vec<String> = match std::env::args().skip(1).find(|a| !a.starts_with("--")) {
        None => std::iter::repeat_n(golden_articles(), 10).flatten().collect(),
        Some(path) => match std::fs::read_to_string(&path) {
            Ok(all) => all.lines().map(|line| line.replace('\u{2028}', "\n")).collect(),
            Err(why) => {
                println!("{path}: {why}");
                return ExitCode::FAILURE;
            }
        },
    };
    let extractor = Extractor::english();
    let mut times = [Duration::ZERO; STAGES.len()];
    for article in &articles {
        one(&extractor, article, &mut times);
    }
    let bytes: usize = articles.iter().map(String::len).sum();
    let whole: Duration = times.iter().sum();
    for (stage, time) in STAGES.iter().zip(times) {
        println!("{stage:<14} {:>5.1} %", 100.0 * time.as_secs_f64() / whole.as_secs_f64());
    }
    println!("{:<14} {:>5.2} MB/s", "all", bytes as f64 / 1e6 / whole.as_secs_f64());
    ExitCode::SUCCESS
}

/// One article; adds to each stage's time.
fn one(extractor: &Extractor, article: &str, times: &mut [Duration; STAGES.len()]) {
    let model = extractor.model();
    let mut clock = Clock { times, stage: 0, begin: Instant::now() };
    let reading = text::read(article);
    clock.lap();
    let quotes = quote::find(article, &reading);
    clock.lap();
    let tags = tag::tag(article, &reading, model);
    clock.lap();
    let cues = cue::detect(article, &reading, &quotes, &tags, model);
    clock.lap();
    let again = clock.begin;
    black_box(content::ruled(article, &reading, &quotes, &tags, &cues, &model.lexicon));
    clock.lap();
    let view = View::of(article, &reading, &quotes, &tags);
    clock.lap();
    black_box(cue::roles::roles(&view, &reading, &model.statements.cue));
    // The stage does all this again: it is taken off.
    let before = again.elapsed();
    clock.lap();
    let drafts = content::assemble(article, &reading, &quotes, &tags, &cues, model);
    clock.begin += before.min(clock.begin.elapsed());
    clock.lap();
    let cast = speaker::resolve(article, &reading, &quotes, &tags, &drafts, model);
    clock.lap();
    black_box(statement::judge(article, &reading, &quotes, &tags, &drafts, &cast, model));
    clock.lap();
}

/// Gives each stage the time since the one before it ended.
struct Clock<'a> {
    times: &'a mut [Duration; STAGES.len()],
    stage: usize,
    begin: Instant,
}

impl Clock<'_> {
    fn lap(&mut self) {
        self.times[self.stage] += self.begin.elapsed();
        self.stage += 1;
        self.begin = Instant::now();
    }
}
