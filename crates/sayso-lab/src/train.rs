//! From the corpora to the model file.

use std::borrow::Cow;
use std::fs;
use std::path::Path;
use std::time::Instant;

use rayon::prelude::*;
use sayso::model::{File, Grammar, Lexicon, Section};

use crate::corpora::{Article, Result, Shared};
use crate::grammar::{self, Treebanks};
use crate::{lemmas, passes, ranker};

const MODEL: &str = "crates/sayso-en/model.bin";
const LEMMAS: &str = "crates/sayso-en/lexicon/lemmas.tsv";

/// What the model says of itself.
const MADE_FROM: &str = "PolNeAR 1.0 train, its silver parses, UD English EWT train, UD English GUM train";

/// Trains the parts named, "grammar" and "statements" (both if none is), and writes the model file.
pub fn train(shared: &Shared, only: &[String]) -> Result<()> {
    let wanted = |name: &str| only.is_empty() || only.iter().any(|o| o == name);
    let mut sections = read_sections();
    let treebanks = Treebanks::read(shared)?;
    if wanted("grammar") {
        let trees = treebanks.trees(|_| false);
        write(LEMMAS, lemmas::table(&trees).as_bytes())?;
        let (tag, parse) = grammar::train(&trees);
        put(&mut sections, tag);
        put(&mut sections, parse);
    }
    let file = File { made_from: MADE_FROM.to_owned(), sections: sections.clone() };
    let whole = Grammar::read(&file, sayso::fingerprints()).map_err(|e| format!("{MODEL}: {e}"))?;
    grammar::figures(shared, &whole)?;
    if only.iter().any(|o| o == "try") {
        let lexicon = lexicon()?;
        let documents = documents(shared, &treebanks)?;
        let dev: Vec<_> = shared.articles("polnear/dev.jsonl")?.into_iter().map(|a| passes::Document::new(a, &whole, &lexicon)).collect();
        passes::experiment(&documents, &dev);
        return Ok(());
    }
    if wanted("statements") {
        let mut documents = documents(shared, &treebanks)?;
        let trained = passes::train(&mut documents);
        trial(shared, &whole, &trained)?;
        for section in trained {
            put(&mut sections, section);
        }
    }
    let file = File { made_from: MADE_FROM.to_owned(), sections };
    write(MODEL, &file.write())
}

/// The training articles, each tagged and parsed by a grammar that has not seen it.
fn documents(shared: &Shared, treebanks: &Treebanks) -> Result<Vec<passes::Document>> {
    let begun = Instant::now();
    let articles = shared.articles("polnear/train.jsonl")?;
    let folds: Vec<Vec<String>> = (0..2).map(|f| articles.iter().skip(f).step_by(2).map(|a| a.id.clone()).collect()).collect();
    let grammars = grammar::jackknife(treebanks, &folds)?;
    eprintln!("grammars of {} folds; {:.0?}", folds.len(), begun.elapsed());
    let lexicon = lexicon()?;
    let one = |(at, article): (usize, Article)| passes::Document::new(article, &grammars[at % folds.len()], &lexicon);
    Ok(articles.into_par_iter().enumerate().map(one).collect())
}

fn lexicon() -> Result<Lexicon> {
    Lexicon::read(sayso_en::TABLES).map_err(|e| e.to_string())
}

fn trial(shared: &Shared, grammar: &Grammar, sections: &[Section]) -> Result<()> {
    use sayso::content::choose::choose;
    use sayso::content::features::Article as Seen;
    use sayso::content::hypothesis::hypotheses;
    use sayso::content::rank::rank;
    use sayso::cue::roles::roles;
    use sayso::model::{Scalars, Sequence};
    let lexicon = lexicon()?;
    let text = |e: sayso::ModelError| e.to_string();
    let first = Sequence::read(&sections[0]).map_err(text)?;
    let second = Sequence::read(&sections[1]).map_err(text)?;
    let (scalars, _) = Scalars::read(&sections[2], 0).map_err(text)?;
    for name in ["polnear/dev", "wikinews/dev"] {
        let mut lines = String::new();
        for article in shared.articles(&format!("{name}.jsonl"))? {
            let mut d = passes::Document::new(article, grammar, &lexicon);
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
