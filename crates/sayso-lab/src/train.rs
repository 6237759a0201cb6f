//! From the corpora to the model file.

use std::borrow::Cow;
use std::fs;
use std::path::Path;
use std::time::Instant;

use sayso::model::{File, Section, SparseRows};
use sayso::tag::features::tagger_fingerprint;

use crate::corpora::{Result, Shared};
use crate::random::Random;
use crate::{lemmas, tagger};

const MODEL: &str = "crates/sayso-en/model.bin";
const LEMMAS: &str = "crates/sayso-en/lexicon/lemmas.tsv";

/// What the model says of itself.
const MADE_FROM: &str = "PolNeAR 1.0 train, its silver parses, UD English EWT train, UD English GUM train";

/// Trains the sections named (all if none is) and writes the model file.
pub fn train(shared: &Shared, only: &[String]) -> Result<()> {
    let wanted = |name: &str| only.is_empty() || only.iter().any(|o| o == name);
    let mut sections = read_sections();
    if wanted("tag") {
        put(&mut sections, train_tagger(shared)?);
    }
    let file = File { made_from: MADE_FROM.to_owned(), sections };
    write(MODEL, &file.write())
}

fn train_tagger(shared: &Shared) -> Result<Section> {
    let begun = Instant::now();
    let ewt = shared.treebank("ud/ewt-train.conllu.xz")?;
    let gum = shared.treebank("ud/gum-train.conllu.xz")?;
    let silver = shared.silver("polnear-silver/train.conll.xz")?;
    let trees: Vec<_> = ewt.into_iter().chain(gum).chain(silver).collect();
    write(LEMMAS, lemmas::table(&trees).as_bytes())?;
    let examples = tagger::examples(&trees);
    let (ewt_dev, gum_dev) =
        (tagger::examples(&shared.treebank("ud/ewt-dev.conllu.xz")?), tagger::examples(&shared.treebank("ud/gum-dev.conllu.xz")?));
    let silver_dev = tagger::examples(&shared.silver("polnear-silver/dev.conll.xz")?);
    let bits = 18;
    // 1.0 is twice as large and 0.2 points better; 4.0 loses a point.
    let step = 2.0;
    let mut perceptron = tagger::Perceptron::new(bits);
    let mut random = Random::new(1);
    let mut section = Section { name: "tag".to_owned(), fingerprint: tagger_fingerprint(), bytes: Cow::Borrowed(&[]) };
    for pass in 1..=5 {
        let share = perceptron.pass(&examples, &mut random);
        section.bytes = Cow::Owned(SparseRows::quantise(&perceptron.averaged(), sayso::tag::TAGS.len(), bits, step));
        let weights = SparseRows::read(&section).map_err(|e| e.to_string())?;
        let figure = |examples: &[tagger::Example]| {
            let (right, all) = tagger::accuracy(&weights, examples);
            100.0 * right as f64 / all as f64
        };
        eprintln!(
            "tag: pass {pass}: {:.2} % on the way; ewt-dev {:.2}, gum-dev {:.2}, silver-dev {:.2}; {} kB; {:.0?}",
            100.0 * share,
            figure(&ewt_dev),
            figure(&gum_dev),
            figure(&silver_dev),
            section.bytes.len() / 1000,
            begun.elapsed()
        );
    }
    Ok(section)
}

fn read_sections() -> Vec<Section> {
    fs::read(MODEL).ok().and_then(|bytes| File::read(bytes).ok()).map(|file| file.sections).unwrap_or_default()
}

fn put(sections: &mut Vec<Section>, section: Section) {
    sections.retain(|s| s.name != section.name);
    sections.push(section);
    sections.sort_by(|a, b| a.name.cmp(&b.name));
}

fn write(path: &str, bytes: &[u8]) -> Result<()> {
    fs::write(Path::new(path), bytes).map_err(|e| format!("{path}: {e} (run it from the repository's root)"))
}
