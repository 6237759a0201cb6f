//! Damages articles in one way at a time, and measures what is kept of the statements that are found in them undamaged.

mod compare;
mod edits;
mod kinds;
mod marks;
mod original;
mod print;

use std::io::Write as _;
use std::path::Path;

use clap::Args;
use rayon::prelude::*;
use sayso::Extractor;
use sayso_corpus::score::{Figure, GoldDocument, Prediction, score};

use crate::corpora::{Result, Shared};
use crate::floors::fallen;
use crate::random::Random;
use crate::results::{RESULTS, Table};
use crate::sets::Set;
use compare::{Compared, compare, zone};
use edits::Damaged;
use kinds::{KINDS, Kind};
use original::Original;

/// The floors, as they stand in `damage/floors.csv`.
const FLOORS: &str = include_str!("../../damage/floors.csv");

/// Articles of our own, by name.
const OWN: &[(&str, &str)] = &[
    ("bridge", include_str!("../../damage/articles/bridge.txt")),
    ("cup", include_str!("../../damage/articles/cup.txt")),
    ("inquiry", include_str!("../../damage/articles/inquiry.txt")),
    ("ports", include_str!("../../damage/articles/ports.txt")),
    ("strike", include_str!("../../damage/articles/strike.txt")),
    ("trial", include_str!("../../damage/articles/trial.txt")),
];

/// The sets that are damaged beside our own articles.
const SETS: [Set; 2] = [Set::PolnearDev, Set::WikinewsDev];

/// Damages articles in one way at a time and records how much is kept of what is found in them, in crates/sayso-lab/results/damage.csv.
///
/// Our own articles are damaged in any case, PolNeAR's and Wikinews' development articles where the corpora are there.
#[derive(Args)]
pub struct Damage {
    /// How often a damage to one place befalls an article.
    #[arg(long, default_value_t = 4)]
    versions: usize,
    /// Another number damages other places.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print what this damage changes, by the name that it has in the results, and record nothing.
    #[arg(long)]
    show: Option<String>,
    /// With --show: the articles of this set.
    #[arg(long, value_enum, requires = "show")]
    set: Option<Set>,
}

/// Damages the articles, and records what is kept or shows what is not.
///
/// # Errors
/// If a figure fell below its floor, or the articles of a set cannot be read.
pub fn damage(shared: Option<&Shared>, arguments: &Damage) -> Result<()> {
    let extractor = Extractor::english();
    if let Some(name) = &arguments.show {
        let kind = KINDS.iter().find(|k| k.name == name);
        let kind = kind.ok_or_else(|| {
            format!("no damage is called {name:?}; there are: {}", KINDS.iter().map(|k| k.name).collect::<Vec<_>>().join(", "))
        })?;
        let originals = match (arguments.set, shared) {
            (Some(set), Some(shared)) => of_set(&extractor, shared, set)?,
            (Some(_), None) => return Err("--set needs the corpora (--shared FOLDER)".to_owned()),
            (None, _) => own(&extractor),
        };
        return show(&extractor, &originals, kind, arguments);
    }
    let mut table = Table::of_figures("damage.csv", &["set"]);
    add(&mut table, "own", &extractor, &own(&extractor), arguments)?;
    for set in SETS {
        match shared {
            Some(shared) => add(&mut table, set.name(), &extractor, &of_set(&extractor, shared, set)?, arguments)?,
            None => print(&format!("{}: the corpora are not there (--shared FOLDER): passed over\n", set.name()))?,
        }
    }
    if shared.is_some() {
        table.write(Path::new(RESULTS))?;
    }
    hold(&table)
}

/// Fails with a line for each figure below its floor; floors of sets that were not damaged are not asked for.
fn hold(table: &Table) -> Result<()> {
    let there = |line: &&str| line.starts_with(['#', 's']) || table.rows().any(|r| line.split(',').next() == Some(r.cell("set")));
    let floors: String = FLOORS.lines().filter(there).map(|l| format!("{l}\n")).collect();
    let fallen = fallen("crates/sayso-lab/damage/floors.csv", &floors, table)?;
    if fallen.is_empty() { Ok(()) } else { Err(format!("figures of damaged articles below their floors:\n{}", fallen.join("\n"))) }
}

fn own(extractor: &Extractor) -> Vec<Original> {
    OWN.iter().map(|(name, text)| Original::new(extractor, name, text)).collect()
}

fn of_set(extractor: &Extractor, shared: &Shared, set: Set) -> Result<Vec<Original>> {
    Ok(set.articles(shared)?.par_iter().map(|a| Original::new(extractor, &a.id, &a.text)).collect())
}

/// All versions of an article that a damage makes; the same for the same seed, whatever else is damaged.
fn versions(original: &Original, kind: &Kind, arguments: &Damage) -> Vec<Damaged> {
    let named = [kind.name, &original.id]
        .iter()
        .flat_map(|s| s.bytes())
        .fold(arguments.seed, |h, b| h.wrapping_mul(0x100_0000_01b3) ^ u64::from(b));
    let mut random = Random::new(named);
    let mut versions: Vec<Damaged> = Vec::new();
    for _ in 0..if kind.local { arguments.versions } else { 1 } {
        let edits = (kind.edits)(original, &mut random);
        if !edits.is_empty() && versions.iter().all(|v| v.edits != edits) {
            versions.push(Damaged::new(&original.text, edits));
        }
    }
    versions
}

/// Adds the figures of every damage to a set.
fn add(table: &mut Table, set: &str, extractor: &Extractor, originals: &[Original], arguments: &Damage) -> Result<()> {
    for kind in KINDS {
        let one = |original: &Original| -> Vec<Compared> {
            let made = versions(original, kind, arguments);
            made.iter().enumerate().map(|(i, d)| compare(extractor, original, d, &format!("{} {i}", original.id))).collect()
        };
        let compared: Vec<Compared> = originals.par_iter().flat_map_iter(one).collect();
        if compared.is_empty() {
            continue;
        }
        let swallowed: usize = compared.iter().map(|c| c.swallowed.len()).sum();
        let [all, near] = [0, 1].map(|part| {
            let gold: Vec<GoldDocument> = compared.iter().map(|c| c.gold[part].clone()).collect();
            let predicted: Vec<Prediction> = compared.iter().flat_map(|c| c.predicted[part].iter().cloned()).collect();
            score(&gold, &predicted, &[]).map_err(|e| e.to_string()).map(|scores| scores.statement)
        });
        let (all, near) = (all?, near?);
        let figures = [
            ("versions", Figure::Count(compared.len())),
            ("all", Figure::Prf(all.all)),
            ("direct", Figure::Prf(all.direct)),
            ("near", Figure::Prf(near.all)),
            ("swallowed", Figure::Count(swallowed)),
        ];
        for (name, figure) in &figures {
            table.push_figure(&[set], &format!("{}: {name}", kind.name), figure);
        }
        let line = format!(
            "{set:13} {:22} {:5} versions  F1 kept {:5.1}  direct {:5.1}  near {:5.1}  swallowed {swallowed}\n",
            kind.name,
            compared.len(),
            all.all.f1,
            all.direct.f1,
            near.all.f1
        );
        print(&line)?;
    }
    Ok(())
}

/// Prints each version whose damaged paragraphs lose or gain a statement, with them.
fn show(extractor: &Extractor, originals: &[Original], kind: &Kind, arguments: &Damage) -> Result<()> {
    for original in originals {
        for (i, damaged) in versions(original, kind, arguments).iter().enumerate() {
            let compared = compare(extractor, original, damaged, &format!("{} {i}", original.id));
            let differences = compared.differences()?;
            if differences.is_empty() && compared.swallowed.is_empty() {
                continue;
            }
            let edit = &damaged.edits[0];
            print(&format!("{} {i}: {:?} for {:?}\n", original.id, edit.with, &original.text[edit.at.clone()]))?;
            for paragraph in zone(original, damaged).iter().take(3) {
                let words = &original.text[paragraph.clone()];
                let place = edit.at.start.saturating_sub(paragraph.start).min(words.len());
                let (before, behind) = if paragraph.contains(&edit.at.start) { words.split_at(place) } else { (words, "") };
                print(&format!("  {before}⟦⟧{behind}\n"))?;
            }
            for line in differences.iter().take(12) {
                print(&format!("{line}\n"))?;
            }
            for words in &compared.swallowed {
                print(&format!("  swallowed: {words}\n"))?;
            }
        }
    }
    Ok(())
}

fn print(text: &str) -> Result<()> {
    std::io::stdout().write_all(text.as_bytes()).map_err(|e| e.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARGUMENTS: Damage = Damage { versions: 4, seed: 1, show: None, set: None };

    #[test]
    fn our_own_articles_are_above_their_floors() {
        let extractor = Extractor::english();
        let mut table = Table::of_figures("damage.csv", &["set"]);
        add(&mut table, "own", &extractor, &own(&extractor), &ARGUMENTS).expect("figures");
        hold(&table).unwrap_or_else(|fallen| panic!("{fallen}"));
    }

    #[test]
    #[ignore = "needs the corpora: CORPORA=../shared cargo test -p sayso-lab -- --ignored"]
    fn the_development_articles_are_above_their_floors() {
        let folder = std::env::var("CORPORA").expect("CORPORA names the folder of the corpora");
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
        let shared = Shared(folder.clone());
        assert!(shared.is_there(), "the corpora are not at {}", folder.display());
        let extractor = Extractor::english();
        let mut table = Table::of_figures("damage.csv", &["set"]);
        for set in SETS {
            add(&mut table, set.name(), &extractor, &of_set(&extractor, &shared, set).expect("articles"), &ARGUMENTS).expect("figures");
        }
        hold(&table).unwrap_or_else(|fallen| panic!("{fallen}"));
    }

    #[test]
    fn every_damage_befalls_our_articles_and_is_the_same_each_time() {
        let extractor = Extractor::english();
        let own = own(&extractor);
        for kind in KINDS {
            let texts = || own.iter().flat_map(|o| versions(o, kind, &ARGUMENTS)).map(|d| d.text).collect::<Vec<_>>();
            let once = texts();
            assert!(!once.is_empty(), "{} damages nothing", kind.name);
            assert!(own.iter().all(|o| !once.contains(&o.text)), "{} leaves an article as it was", kind.name);
            assert_eq!(once, texts(), "{}", kind.name);
        }
    }

    #[test]
    fn an_article_is_all_that_is_kept_of_itself() {
        let extractor = Extractor::english();
        for original in own(&extractor) {
            let compared = compare(&extractor, &original, &Damaged::new(&original.text, Vec::new()), "whole");
            let scores = score(&compared.gold[..1], &compared.predicted[0], &[]).expect("scores");
            assert_eq!((scores.strict.f1, compared.swallowed.len()), (100.0, 0), "{}", original.id);
        }
    }

    #[test]
    fn a_content_that_goes_on_in_the_next_paragraph_is_swallowed_unless_their_break_is_lost() {
        let text = "“We lost,” said Ana Ruiz.\n\nNobody came.";
        let (extractor, whole) = (Extractor::english(), "“We lost,” said Ana Ruiz.".len());
        let original = Original::new(&extractor, "made", text);
        let lost = Damaged::new(text, vec![edits::Edit::replace(whole..whole + 2, " ")]);
        let other = Damaged::new(text, vec![edits::Edit::replace(0..3, "")]);
        let joins = |damaged: &Damaged| compare::joins(&original, damaged, 0);
        assert_eq!((joins(&lost), joins(&other)), (true, false));
    }
}
