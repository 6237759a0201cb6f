//! Scores the extractor that ships on the annotated articles, and records the figures.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use sayso::Extractor;
use sayso::model::File;
use sayso_corpus::score::{Figure, GoldDocument, Prediction, Scores, align, matched, score};

use crate::calibration::Calibration;
use crate::corpora::{Result, Shared};
use crate::cue_words::CueWords;
use crate::floors::{FLOORS, FLOORS_ACCURATE, fallen};
use crate::recorded::Recorded;
use crate::results::{RESULTS, Table};
use crate::sets::{Set, extractor, predict, read_overlaid};
use crate::{card, grammar, train};

/// A main word of fewer gold cues than this has no line of its own.
const CUES: usize = 5;

/// What is recorded of all sets.
struct Record {
    statements: Table,
    articles: Table,
    publishers: Table,
    calibration: Table,
    cues: Table,
}

/// One set with what was predicted on it, an entry for each article.
struct Read {
    set: &'static str,
    gold: Vec<GoldDocument>,
    predicted: Vec<Vec<Prediction>>,
}

/// Prints all figures of all sets, records them with the model card (those of a model file are not recorded), and holds them to the floors.
pub fn eval(shared: &Shared, model: Option<&Path>, encoder: Option<&Path>) -> Result<()> {
    let extractor = match (model, encoder) {
        (Some(passes), Some(weights)) => Extractor::with_encoder(read_overlaid(passes)?, Arc::new(train::encoder(weights)?)),
        _ => extractor(model)?,
    };
    let mut record = Record::new("statements.csv");
    for set in Set::SCORED {
        let (read, scores) = Read::of(set, shared, &extractor)?;
        record.add_figures(&read, &scores)?;
        record.add_articles(&read)?;
        record.add_publishers(&read)?;
        record.add_cues(&read, &extractor)?;
    }
    if model.is_some() {
        return held(&[("crates/sayso-lab/floors.csv", FLOORS, &record.statements)]);
    }
    let accurate = accurate(shared)?;
    record.write(shared, &extractor, &accurate)?;
    let accurate = ("crates/sayso-lab/floors-accurate.csv", FLOORS_ACCURATE, &accurate.statements);
    held(&[("crates/sayso-lab/floors.csv", FLOORS, &record.statements), accurate])
}

/// Prints the figures of the set that an encoder was recorded on, with these passes.
pub fn eval_told(shared: &Shared, passes: &Path, articles: &Path) -> Result<()> {
    let extractor = Extractor::with_encoder(read_overlaid(passes)?, Arc::new(Recorded::read(articles)?));
    let named = |set: &Set| articles.file_stem().is_some_and(|stem| stem == set.name());
    let set = Set::SCORED.into_iter().find(named).ok_or_else(|| format!("{}: the name of no scored set", articles.display()))?;
    let (read, scores) = Read::of(set, shared, &extractor)?;
    Record::new("told.csv").add_figures(&read, &scores)
}

/// The figures of the accurate model.
fn accurate(shared: &Shared) -> Result<Record> {
    let mut record = Record::new("accurate.csv");
    print("the accurate model\n\n")?;
    for set in Set::SCORED {
        let (read, scores) = Read::of(set, shared, &Extractor::english_accurate())?;
        record.add_figures(&read, &scores)?;
    }
    Ok(record)
}

/// Nothing, if all figures are at or above their floors.
fn held(all: &[(&str, &str, &Table)]) -> Result<()> {
    let fallen: Vec<String> = all.iter().map(|(name, floors, figures)| fallen(name, floors, figures)).collect::<Result<Vec<_>>>()?.concat();
    if fallen.is_empty() { Ok(()) } else { Err(format!("figures below their floors:\n{}", fallen.join("\n"))) }
}

impl Read {
    /// A set as an extractor reads it, and its figures.
    fn of(set: Set, shared: &Shared, extractor: &Extractor) -> Result<(Read, Scores)> {
        let gold = set.gold(shared)?;
        let predicted = predict(extractor, &gold);
        let all: Vec<Prediction> = predicted.iter().flatten().cloned().collect();
        let scores = score(&gold, &all, &set.speakers(shared)?).map_err(|e| e.to_string())?;
        Ok((Read { set: set.name(), gold, predicted }, scores))
    }
}

impl Record {
    /// Nothing yet; the figures of whole sets will be in the file `statements`.
    fn new(statements: &str) -> Self {
        Record {
            statements: Table::of_figures(statements, &["set"]),
            articles: Table::new("articles.csv", &["set", "article", "statement f1", "spoken f1", "gold", "predicted"]),
            publishers: Table::of_figures("publishers.csv", &["set", "publisher"]),
            calibration: Calibration::table(),
            cues: Table::new("cues.csv", &["set", "cue", "gold", "right"]),
        }
    }

    /// All figures of the set, and how far its confidences are off.
    fn add_figures(&mut self, read: &Read, scores: &Scores) -> Result<()> {
        let mut calibration = Calibration::default();
        for (gold, predicted) in read.gold.iter().zip(&read.predicted) {
            let right = matched(gold, predicted).map_err(|e| e.to_string())?;
            predicted.iter().zip(right).for_each(|(p, right)| calibration.add(p.confidence.unwrap_or(0.0), right));
        }
        for (name, figure) in scores.figures() {
            self.statements.push_figure(&[read.set], name, &figure);
        }
        self.statements.push_figure(&[read.set], "calibration error", &Figure::Percent(calibration.error()));
        calibration.record(read.set, &mut self.calibration);
        print(&format!("{}\n{scores}{:32} {}\n\n", read.set, "calibration error", calibration.error()))
    }

    fn add_articles(&mut self, read: &Read) -> Result<()> {
        for (gold, predicted) in read.gold.iter().zip(&read.predicted) {
            let one = score(std::slice::from_ref(gold), predicted, &[]).map_err(|e| e.to_string())?.statement;
            let numbers = [one.all.f1.to_string(), one.spoken.f1.to_string(), one.all.gold.to_string(), one.all.predicted.to_string()];
            self.articles.push([read.set.to_owned(), gold.id.clone()].into_iter().chain(numbers).collect());
        }
        Ok(())
    }

    /// The statement figures of each publisher, where the set has several.
    fn add_publishers(&mut self, read: &Read) -> Result<()> {
        let names: BTreeSet<&str> = read.gold.iter().filter_map(|d| d.publisher.as_deref()).collect();
        for name in names.iter().filter(|_| names.len() > 1) {
            let theirs = read.gold.iter().zip(&read.predicted).filter(|(d, _)| d.publisher.as_deref() == Some(name));
            let (gold, predicted): (Vec<GoldDocument>, Vec<&Vec<Prediction>>) = theirs.map(|(d, p)| (d.clone(), p)).unzip();
            let predicted: Vec<Prediction> = predicted.into_iter().flatten().cloned().collect();
            let scores = score(&gold, &predicted, &[]).map_err(|e| e.to_string())?;
            for (figure, value) in scores.figures().into_iter().filter(|(f, _)| f.starts_with("statement ") || *f == "strict all") {
                self.publishers.push_figure(&[read.set, name], figure, &value);
                print(&format!("{:32} {value}\n", format!("{name}, {figure}")))?;
            }
        }
        if names.len() > 1 { print("\n") } else { Ok(()) }
    }

    /// How many statements of each main word of a cue are found, most missed first.
    fn add_cues(&mut self, read: &Read, extractor: &Extractor) -> Result<()> {
        let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for (gold, predicted) in read.gold.iter().zip(&read.predicted) {
            let aligned = align(gold, predicted).map_err(|e| e.to_string())?;
            let words = CueWords::new(&gold.text, extractor.model());
            for (at, attribution) in gold.attributions.iter().enumerate().filter(|(at, _)| aligned.gold[*at].is_some()) {
                let count = counts.entry(words.main_word(&attribution.cue)).or_default();
                count.0 += 1;
                count.1 += usize::from(aligned.pairs.iter().any(|p| p.right && p.gold == at));
            }
        }
        let mut often: Vec<(&String, &(usize, usize))> = counts.iter().filter(|(_, (all, _))| *all >= CUES).collect();
        often.sort_by_key(|(_, (all, right))| std::cmp::Reverse(all - right));
        for (word, (all, right)) in often {
            self.cues.push(vec![read.set.to_owned(), word.clone(), all.to_string(), right.to_string()]);
        }
        Ok(())
    }

    /// Writes all tables, and the model card from them.
    fn write(&self, shared: &Shared, extractor: &Extractor, accurate: &Record) -> Result<()> {
        let folder = Path::new(RESULTS);
        fs::create_dir_all(folder).map_err(|e| format!("{RESULTS}: {e}"))?;
        let header = "set,tokens,tags right %,heads right %,heads and relations right %";
        let lines = grammar::figures(shared, &extractor.model().grammar)?;
        let grammar = Table::parse("grammar.csv", &format!("{header}\n{}\n", lines.join("\n")))?;
        let of_sets = [&self.statements, &self.articles, &self.publishers, &self.calibration, &self.cues];
        let sizes = sizes()?;
        of_sets.into_iter().chain([&accurate.statements, &grammar, &sizes]).try_for_each(|table| table.write(folder))?;
        card::write(folder)
    }
}

/// The bytes of the model's sections and of the whole file.
pub fn sizes() -> Result<Table> {
    let file = File::read(sayso_en::WEIGHTS).map_err(|e| e.to_string())?;
    let mut table = Table::new("model.csv", &["part", "bytes"]);
    let sections = file.sections.iter().map(|s| (s.name.as_str(), s.bytes.len()));
    let overlay = File::read(sayso_en_accurate::STATEMENTS).map_err(|e| e.to_string())?;
    let accurate: Vec<(String, usize)> = overlay.sections.iter().map(|s| (format!("accurate {}", s.name), s.bytes.len())).collect();
    let files = [
        ("model.bin", sayso_en::WEIGHTS.len()),
        ("statements.bin", sayso_en_accurate::STATEMENTS.len()),
        ("encoder.bin", sayso_en_accurate::ENCODER.len()),
    ];
    for (part, bytes) in sections.chain(accurate.iter().map(|(name, bytes)| (name.as_str(), *bytes))).chain(files) {
        table.push(vec![part.to_owned(), bytes.to_string()]);
    }
    Ok(table)
}

fn print(text: &str) -> Result<()> {
    std::io::stdout().write_all(text.as_bytes()).map_err(|e| e.to_string())
}
