//! The speaker stage on a megabyte that mentions people and bodies five thousand times, and on half of it: `cargo bench -p sayso-benches --bench speakers`.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

use std::fmt::Write as _;
use std::time::Instant;

use divan::Bencher;
use sayso::content::Drafts;
use sayso::quote::Quotes;
use sayso::tag::Tags;
use sayso::text::Reading;
use sayso::{Extractor, content, cue, quote, speaker, tag, text};

/// How much longer twice the text may take: four times would be quadratic.
const MOST: f64 = 3.0;

const GIVEN: [&str; 8] = ["Ana", "Carl", "Ines", "Aldo", "Helen", "Ruben", "Clara", "Hugo"];

/// An article of that many mentions, about two hundred bytes each; every fourth names somebody new.
fn article(mentions: usize) -> String {
    let mut text = String::new();
    for n in 0..mentions {
        let (given, person) = (GIVEN[n % GIVEN.len()], n / 4);
        let surname = format!(
            "Mar{}{}ov",
            "bcdfglmn".as_bytes()[person % 8] as char,
            "abcdefghijklmnopqrstuvwxyz".as_bytes()[person / 8 % 26] as char
        );
        let source = match n % 4 {
            0 => format!("{given} {surname}, a clerk of the harbour,"),
            1 => format!("Mr. {surname}"),
            2 => "He".to_owned(),
            _ => format!("The Harbour Office of {surname}"),
        };
        let filler =
            "while rain fell on roofs and grass and stones and sand and along every quiet road and under every old tree until evening came";
        writeln!(text, "{source} said that it was late and cold, {filler} and it was dark again.\n").expect("a string takes all");
    }
    text
}

struct Layers {
    text: String,
    reading: Reading,
    quotes: Quotes,
    tags: Tags,
    drafts: Drafts,
}

impl Layers {
    fn of(extractor: &Extractor, text: String) -> Self {
        let model = extractor.model();
        let reading = text::read(&text);
        let quotes = quote::find(&text, &reading);
        let tags = tag::tag(&text, &reading, model);
        let cues = cue::detect(&text, &reading, &quotes, &tags, model);
        let drafts = content::assemble(&text, &reading, &quotes, &tags, &cues, model);
        Layers { text, reading, quotes, tags, drafts }
    }

    fn resolve(&self, extractor: &Extractor) -> speaker::Cast {
        speaker::resolve(&self.text, &self.reading, &self.quotes, &self.tags, &self.drafts, extractor.model())
    }
}

/// The fastest of five runs, in seconds.
fn fastest(layers: &Layers, extractor: &Extractor) -> f64 {
    let run = || {
        let begin = Instant::now();
        let cast = layers.resolve(extractor);
        assert_eq!(cast.attributions.len(), layers.drafts.drafts.len(), "every statement is resolved");
        begin.elapsed().as_secs_f64()
    };
    (0..5).map(|_| run()).fold(f64::INFINITY, f64::min)
}

fn main() {
    let extractor = Extractor::english();
    let begin = Instant::now();
    let whole = Layers::of(&extractor, article(5000));
    let before = begin.elapsed().as_secs_f64();
    let half = Layers::of(&extractor, article(2500));
    assert!(whole.drafts.drafts.len() > 2500, "the article is full of statements");
    let (one, two) = (fastest(&half, &extractor), fastest(&whole, &extractor));
    println!(
        "{} bytes: {two:.3} s, {:.1} % of the time with all stages before it; {:.2} times half of it",
        whole.text.len(),
        100.0 * two / (before + two),
        two / one
    );
    assert!(two / one < MOST, "not linear: twice the article takes {:.2} times as long", two / one);
    assert!(two * 3.0 < before + two, "the stage takes more than a third of the whole time");
    divan::main();
}

/// The stage alone.
#[divan::bench(args = [2500, 5000])]
fn resolve(bencher: Bencher<'_, '_>, mentions: usize) {
    let extractor = Extractor::english();
    let layers = Layers::of(&extractor, article(mentions));
    bencher.bench(|| layers.resolve(&extractor));
}
