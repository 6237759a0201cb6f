//! Prints the statements that are missed, spurious or wrong, worst first, with their text.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use rayon::prelude::*;
use sayso::Extractor;
use sayso_corpus::score::{GoldDocument, Looks, Prediction, align};

use crate::corpora::{Result, Shared};
use crate::cue_words::CueWords;
use crate::error_text::{Page, RoleSpans, marked, of_gold, of_prediction, touched};
use crate::sets::{Set, extractor, predict};
use crate::speaker_errors;

/// The cue words of the table at the top.
const CUE_WORDS: usize = 40;

/// Prints the statements that are missed, spurious or wrong, worst first.
#[derive(Args)]
pub struct Errors {
    /// The annotated articles.
    #[arg(value_enum)]
    set: Set,
    /// Which errors.
    #[arg(long, value_enum, default_value = "all")]
    kind: Which,
    /// The statements whose speakers are wrong instead, with their chain and what decided.
    #[arg(long, conflicts_with = "kind")]
    speakers: bool,
    /// At most so many of each kind.
    #[arg(long, default_value_t = 50)]
    limit: usize,
    /// Read with this model file instead of the one that ships.
    #[arg(long)]
    model: Option<PathBuf>,
    /// Write here instead of to standard output.
    #[arg(long, short)]
    output: Option<PathBuf>,
}

/// The errors that are asked for.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Which {
    /// Gold statements that nothing stands for.
    Missed,
    /// Predicted statements that stand for none.
    Spurious,
    /// The cue is found, the content is not.
    Content,
    /// Cue and content are found, the source is not.
    Source,
    /// All of them.
    All,
}

/// The kind of an error, in the order in which they are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Missed,
    Spurious,
    Content,
    Source,
}

const KINDS: [(Kind, Which, &str); 4] = [
    (Kind::Missed, Which::Missed, "missed"),
    (Kind::Spurious, Which::Spurious, "spurious"),
    (Kind::Content, Which::Content, "content"),
    (Kind::Source, Which::Source, "source"),
];

/// One error.
struct Case {
    document: String,
    kind: Kind,
    looks: Looks,
    /// The main word of the gold cue, of a spurious statement the predicted one.
    word: String,
    confidence: Option<f64>,
    /// How far content and source overlap.
    overlap: Option<(f64, f64)>,
    gold: Option<String>,
    predicted: Option<String>,
}

/// Runs the command.
pub fn errors(shared: &Shared, arguments: &Errors) -> Result<()> {
    let gold = arguments.set.gold(shared)?;
    let extractor = extractor(arguments.model.as_deref())?;
    if arguments.speakers {
        let text = speaker_errors::list(&gold, &arguments.set.speakers(shared)?, &extractor, arguments.limit);
        return write(arguments.output.as_deref(), &text);
    }
    let predicted = predict(&extractor, &gold);
    let of: Vec<Vec<Case>> = gold.par_iter().zip(&predicted).map(|(g, p)| cases(g, p, &extractor)).collect::<Result<_>>()?;
    let mut cases: Vec<Case> = of.into_iter().flatten().collect();
    cases.sort_by(|a, b| a.kind.cmp(&b.kind).then_with(|| b.weight().total_cmp(&a.weight())));
    let mut text = table(&cases);
    for (kind, ..) in KINDS.iter().filter(|(_, which, _)| [Which::All, *which].contains(&arguments.kind)) {
        cases.iter().filter(|c| c.kind == *kind).take(arguments.limit).for_each(|case| case.print(&mut text));
    }
    write(arguments.output.as_deref(), &text)
}

/// To a file, or to standard output.
fn write(path: Option<&Path>, text: &str) -> Result<()> {
    match path {
        Some(path) => fs::write(path, text).map_err(|e| format!("{}: {e}", path.display())),
        None => std::io::stdout().write_all(text.as_bytes()).map_err(|e| e.to_string()),
    }
}

/// The errors of one article.
fn cases(gold: &GoldDocument, predicted: &[Prediction], extractor: &Extractor) -> Result<Vec<Case>> {
    let aligned = align(gold, predicted).map_err(|e| e.to_string())?;
    let words = CueWords::new(&gold.text, extractor.model());
    let page = Page::new(&gold.text, &words.reading);
    let case = |kind, looks, of_gold: Option<RoleSpans>, of_prediction: Option<RoleSpans>| {
        let both: Vec<&RoleSpans> = of_gold.iter().chain(&of_prediction).collect();
        let chosen = touched(&page.sentences, &both);
        let line = |roles: &RoleSpans| marked(&page.text, &page.sentences, &chosen, roles);
        Case {
            document: gold.id.clone(),
            kind,
            looks,
            word: both.first().map_or_else(String::new, |roles| words.main_word(&roles[1])),
            confidence: None,
            overlap: None,
            gold: of_gold.as_ref().map(line),
            predicted: of_prediction.as_ref().map(line),
        }
    };
    let mut found = Vec::new();
    for pair in aligned.pairs.iter().filter(|p| !p.right) {
        let Some(looks) = aligned.gold[pair.gold] else { continue };
        let kind = if pair.content < 0.5 { Kind::Content } else { Kind::Source };
        let (attribution, prediction) = (&gold.attributions[pair.gold], &predicted[pair.predicted]);
        let wrong = case(kind, looks, Some(of_gold(attribution)), Some(of_prediction(prediction)));
        found.push(Case { confidence: prediction.confidence, overlap: Some((pair.content, pair.source)), ..wrong });
    }
    for (at, attribution) in gold.attributions.iter().enumerate().filter(|(at, _)| aligned.pairs.iter().all(|p| p.gold != *at)) {
        let Some(looks) = aligned.gold[at] else { continue };
        found.push(case(Kind::Missed, looks, Some(of_gold(attribution)), None));
    }
    for (at, prediction) in predicted.iter().enumerate().filter(|(at, _)| aligned.pairs.iter().all(|p| p.predicted != *at)) {
        let Some(looks) = aligned.predicted[at] else { continue };
        found.push(Case { confidence: prediction.confidence, ..case(Kind::Spurious, looks, None, Some(of_prediction(prediction))) });
    }
    Ok(found)
}

impl Case {
    /// The greater the worse: what was missed despite a plain verb of saying, and what was given with confidence.
    fn weight(&self) -> f64 {
        self.confidence.unwrap_or(0.0) + f64::from(u8::from(self.kind == Kind::Missed && self.looks.spoken))
    }

    fn print(&self, text: &mut String) {
        let Looks { form, spoken } = self.looks;
        let _ = write!(text, "\n{}\t{}\t{form}{}\t{}", self.document, name(self.kind), if spoken { ", spoken" } else { "" }, self.word);
        if let Some(confidence) = self.confidence {
            let _ = write!(text, "\tconfidence {confidence:.2}");
        }
        if let Some((content, source)) = self.overlap {
            let _ = write!(text, "\toverlap of content {content:.2}, of source {source:.2}");
        }
        text.push('\n');
        for (side, line) in [("gold", &self.gold), ("found", &self.predicted)] {
            if let Some(line) = line {
                let _ = writeln!(text, "  {side:6}{line}");
            }
        }
    }
}

fn name(kind: Kind) -> &'static str {
    KINDS.iter().find(|(k, ..)| *k == kind).map_or("", |(.., name)| name)
}

/// How many errors there are of each kind, by form and by cue word.
fn table(cases: &[Case]) -> String {
    let mut counts: BTreeMap<(bool, &str), [usize; 4]> = BTreeMap::new();
    for case in cases {
        let rows = [(false, case.looks.form), (true, case.word.as_str())];
        rows.into_iter().for_each(|row| counts.entry(row).or_default()[case.kind as usize] += 1);
    }
    let mut rows: Vec<(&(bool, &str), &[usize; 4])> = counts.iter().collect();
    rows.sort_by_key(|((word, _), kinds)| (*word, std::cmp::Reverse(kinds.iter().sum::<usize>())));
    let words = rows.iter().filter(|((word, _), _)| *word).count();
    rows.truncate(rows.len() - words + words.min(CUE_WORDS));
    let mut text = String::new();
    let mut line = |name: &str, cells: &[String]| {
        let cells: String = cells.iter().map(|c| format!("{c:>10}")).collect();
        let _ = writeln!(text, "{name:20}{cells}");
    };
    line("", &KINDS.map(|(.., name)| name.to_owned()));
    let all = KINDS.map(|(kind, ..)| cases.iter().filter(|c| c.kind == kind).count().to_string());
    line("all", &all);
    let mut of_words = false;
    for ((word, name), kinds) in rows {
        if *word && !of_words {
            line("-- by cue word", &[]);
        }
        of_words = *word;
        line(name, &kinds.map(|n| n.to_string()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two sentences: one statement is found with the wrong content, one is missed, and one is made up.
    #[test]
    fn each_error_is_of_one_kind() {
        let text = "Ruiz said the bridge is old. Lind said no. It rained.";
        let at = |words: &str| {
            let begin = text.find(words).expect("words of the text");
            serde_json::json!([[begin, begin + words.len()]])
        };
        let gold = serde_json::json!({"id": "a1", "text": text, "attributions": [
            {"id": "1", "source": at("Ruiz"), "cue": at("said"), "content": at("the bridge is old")},
            {"id": "2", "source": at("Lind"), "cue": [[34, 38]], "content": at("no")},
        ]});
        let role = |words: &str| serde_json::json!({ "spans": at(words) });
        let predicted = serde_json::json!([
            {"document": "a1", "source": role("Ruiz"), "cue": role("said"), "content": role("old"), "confidence": 0.5},
            {"document": "a1", "source": role("It"), "cue": role("rained"), "content": role("no"), "confidence": 0.9},
        ]);
        let gold: GoldDocument = serde_json::from_value(gold).expect("a gold article");
        let predicted: Vec<Prediction> = serde_json::from_value(predicted).expect("predictions");
        let cases = cases(&gold, &predicted, &Extractor::english()).expect("spans inside the text");
        let kinds: Vec<(Kind, &str)> = cases.iter().map(|c| (c.kind, c.word.as_str())).collect();
        assert_eq!(kinds, [(Kind::Content, "say"), (Kind::Missed, "say"), (Kind::Spurious, "rain")]);
        let mut printed = String::new();
        cases[0].print(&mut printed);
        assert!(printed.contains("  gold  [source Ruiz] [cue said] [content the bridge is old].\n"), "{printed}");
        assert!(printed.contains("  found [source Ruiz] [cue said] the bridge is [content old].\n"), "{printed}");
        assert!(table(&cases).contains("indirect                     1         1         1         0"), "{}", table(&cases));
    }
}
