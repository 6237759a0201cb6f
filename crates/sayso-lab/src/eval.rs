//! Scores the extractor that ships on the annotated articles, and records the figures.

use std::fs;

use rayon::prelude::*;
use sayso::Extractor;
use sayso_corpus::score::{Figure, GoldDocument, Prediction, Scores, read_gold, read_speaker_notes, score};
use sayso_corpus::{Offsets, StatementRecord};

use crate::corpora::{Result, Shared};
use crate::grammar;

const RESULTS: &str = "crates/sayso-lab/results";

/// The sets: name, gold, speakers.
const SETS: [(&str, &str, &str); 3] = [
    ("polnear-dev", "polnear/dev.jsonl", "polnear/dev-speakers.jsonl"),
    ("wikinews-dev", "wikinews/dev.jsonl", "wikinews/dev-speakers.jsonl"),
    ("seed", "seed/gold.jsonl", "seed/speakers.jsonl"),
];

/// Prints all figures of all sets and writes them, and a line for each article, to the results.
pub fn eval(shared: &Shared) -> Result<()> {
    let extractor = Extractor::english();
    let mut summary = String::from("set,figure,precision,recall,f1,gold,predicted\n");
    let mut articles = String::from("set,article,statement f1,spoken f1,gold,predicted\n");
    for (name, gold, speakers) in SETS {
        let text = |e: sayso_corpus::score::ScoreError| e.to_string();
        let gold = read_gold(&shared.path(gold)).map_err(text)?;
        let notes = read_speaker_notes(&shared.path(speakers)).map_err(text)?;
        let predicted: Vec<Vec<Prediction>> = gold.par_iter().map(|d| predict(&extractor, d)).collect::<Result<_>>()?;
        let all: Vec<Prediction> = predicted.iter().flatten().cloned().collect();
        let scores = score(&gold, &all, &notes).map_err(text)?;
        println_figures(name, &scores, &mut summary);
        for (document, predicted) in gold.iter().zip(&predicted) {
            let one = score(std::slice::from_ref(document), predicted, &[]).map_err(text)?;
            let (all, spoken) = (one.statement.all, one.statement.spoken);
            articles.push_str(&format!("{name},{},{},{},{},{}\n", document.id, all.f1, spoken.f1, all.gold, all.predicted));
        }
    }
    write("statements.csv", &summary)?;
    write("articles.csv", &articles)?;
    let lines = grammar::figures(shared, &extractor.model().grammar)?;
    write("grammar.csv", &format!("set,tokens,tags right %,heads right %,heads and relations right %\n{}\n", lines.join("\n")))
}

fn predict(extractor: &Extractor, document: &GoldDocument) -> Result<Vec<Prediction>> {
    let extraction = extractor.extract(&document.text);
    let records = StatementRecord::all(&document.id, &document.text, &extraction, Offsets::Chars);
    records
        .iter()
        .map(|r| serde_json::to_string(r).and_then(|line| serde_json::from_str(&line)).map_err(|e| format!("{}: {e}", document.id)))
        .collect()
}

#[allow(clippy::print_stdout)]
fn println_figures(set: &str, scores: &Scores, summary: &mut String) {
    println!("{set}");
    println!("{scores}");
    for (name, figure) in scores.figures() {
        let row = match figure {
            Figure::Count(n) => format!(",,{n},,"),
            Figure::Percent(p) => format!(",,{p},,"),
            Figure::Prf(f) => format!("{},{},{},{},{}", f.precision, f.recall, f.f1, f.gold, f.predicted),
        };
        summary.push_str(&format!("{set},{name},{row}\n"));
    }
}

fn write(name: &str, text: &str) -> Result<()> {
    let path = format!("{RESULTS}/{name}");
    fs::create_dir_all(RESULTS).map_err(|e| format!("{RESULTS}: {e}"))?;
    fs::write(&path, text).map_err(|e| format!("{path}: {e} (run it from the repository's root)"))
}
