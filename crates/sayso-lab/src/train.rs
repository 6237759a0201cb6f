//! From the corpora to the model file.

use std::borrow::Cow;
use std::fs;
use std::path::Path;
use std::time::Instant;

use rayon::prelude::*;
use sayso::model::{File, Section, SparseRows};
use sayso::tag::features::tagger_fingerprint;
use sayso::tag::parser::parser_fingerprint;

use crate::corpora::{Result, Shared};
use crate::random::Random;
use crate::{lemmas, parser, passes, ranker, tagger};

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
    if wanted("parse") {
        let tag = sections.iter().find(|s| s.name == "tag").ok_or("train the tagger first")?;
        let tagger = SparseRows::read(tag).map_err(|e| e.to_string())?;
        put(&mut sections, train_parser(shared, &tagger)?);
    }
    if wanted("statements") {
        for section in train_statements(shared)? {
            put(&mut sections, section);
        }
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

fn train_parser(shared: &Shared, tagger: &SparseRows) -> Result<Section> {
    let begun = Instant::now();
    let ewt = shared.treebank("ud/ewt-train.conllu.xz")?;
    let gum = shared.treebank("ud/gum-train.conllu.xz")?;
    let silver = shared.silver("polnear-silver/train.conll.xz")?;
    let trees: Vec<_> = ewt.into_iter().chain(gum).chain(silver).collect();
    let examples = parser::examples(&trees, tagger);
    let dev = |trees: Vec<crate::corpora::Tree>| parser::examples(&trees, tagger);
    let ewt_dev = dev(shared.treebank("ud/ewt-dev.conllu.xz")?);
    let gum_dev = dev(shared.treebank("ud/gum-dev.conllu.xz")?);
    let silver_dev = dev(shared.silver("polnear-silver/dev.conll.xz")?);
    let (bits, step) = (18, 2.0);
    let mut perceptron = parser::Perceptron::new(bits);
    let mut random = Random::new(2);
    let mut section = Section { name: "parse".to_owned(), fingerprint: parser_fingerprint(), bytes: Cow::Borrowed(&[]) };
    for pass in 1..=5 {
        perceptron.pass(&examples, &mut random, pass > 1);
        section.bytes = Cow::Owned(SparseRows::quantise(&perceptron.averaged(), sayso::tag::parser::MOVES, bits, step));
        let weights = SparseRows::read(&section).map_err(|e| e.to_string())?;
        let figure = |examples: &[parser::Example]| {
            let (heads, both, words) = parser::attachment(&weights, examples);
            format!("{:.1}/{:.1}", 100.0 * heads as f64 / words as f64, 100.0 * both as f64 / words as f64)
        };
        eprintln!(
            "parse: pass {pass}: ewt-dev {}, gum-dev {}, silver-dev {}; {} kB; {:.0?}",
            figure(&ewt_dev),
            figure(&gum_dev),
            figure(&silver_dev),
            section.bytes.len() / 1000,
            begun.elapsed()
        );
    }
    Ok(section)
}

fn train_statements(shared: &Shared) -> Result<Vec<Section>> {
    let extractor = sayso::Extractor::english();
    let articles = shared.articles("polnear/train.jsonl")?;
    let mut documents: Vec<passes::Document> = articles
        .into_par_iter()
        .map(|article| {
            let layers = extractor.layers(&article.text);
            passes::Document::new(article, layers)
        })
        .collect();
    let sections = passes::train(&mut documents);
    trial(shared, &extractor, &sections)?;
    Ok(sections)
}

fn trial(shared: &Shared, extractor: &sayso::Extractor, sections: &[Section]) -> Result<()> {
    use sayso::content::choose::choose;
    use sayso::content::features::Article as Seen;
    use sayso::content::hypothesis::hypotheses;
    use sayso::content::rank::rank;
    use sayso::cue::roles::roles;
    use sayso::model::{Scalars, Sequence};
    let text = |e: sayso::ModelError| e.to_string();
    let first = Sequence::read(&sections[0]).map_err(text)?;
    let second = Sequence::read(&sections[1]).map_err(text)?;
    let (scalars, _) = Scalars::read(&sections[2], 0).map_err(text)?;
    for name in ["polnear/dev", "wikinews/dev"] {
        let mut lines = String::new();
        for article in shared.articles(&format!("{name}.jsonl"))? {
            let layers = extractor.layers(&article.text);
            let mut d = passes::Document::new(article, layers);
            d.take(roles(&d.view, &d.reading, &first));
            let seen = Seen::new(&d.reading, &d.view, &d.roles, &d.runs);
            let rankings: Vec<_> = (0..d.runs.len())
                .map(|run| {
                    let (found, nothing) = hypotheses(&seen, run, &second, ranker::WAYS);
                    rank(&seen, run, found, nothing, &scalars)
                })
                .collect();
            let text = &d.article.text;
            let span = |r: &sayso::text::TokenRange| {
                let s = d.reading.span_of(*r);
                let chars = |b: u32| text[..b as usize].chars().count();
                serde_json::json!([chars(s.begin()), chars(s.end())])
            };
            for c in choose(&rankings, d.reading.tokens.len(), accept()) {
                let h = &c.hypothesis;
                let source = h.source.map(|s| serde_json::json!({"spans": [span(&s)]}));
                let content: Vec<_> = h.content.iter().map(span).collect();
                let line = serde_json::json!({"document": d.article.id, "content": {"spans": content}, "cue": {"spans": [span(&h.cue)]}, "source": source, "confidence": c.probability});
                lines.push_str(&format!("{line}\n"));
            }
        }
        let path = format!("/tmp/trial-{}.jsonl", name.replace('/', "-"));
        fs::write(&path, lines).map_err(|e| e.to_string())?;
        let gold = shared.path(&format!("{name}.jsonl"));
        let out = std::process::Command::new("python3")
            .arg(shared.0.join("eval/score.py"))
            .arg(gold)
            .arg(&path)
            .output()
            .map_err(|e| e.to_string())?;
        eprintln!("{name}\n{}", String::from_utf8_lossy(&out.stdout));
    }
    Ok(())
}

fn accept() -> f32 {
    std::env::var("ACCEPT").ok().and_then(|v| v.parse().ok()).unwrap_or(0.5)
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
