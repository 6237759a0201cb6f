//! What a trained encoder thinks of the annotated articles, as crates/sayso-lab/encoder/score.py writes it.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use sayso::content::window;
use sayso::content::{Encoder, Evidence};
use sayso::cue::roles::{LABELS, Roles};
use sayso::cue::view::View;
use sayso::model::chain::Scores;
use sayso::text::{Reading, TokenRange};

use crate::corpora::{Result, Shared};
use crate::sets::Set;

/// What the encoder thinks of one article.
#[derive(Debug, Default)]
pub struct Scored {
    /// For each token the logarithms of its roles' probabilities.
    roles: Vec<Scores>,
    /// For each run that may be a cue its tokens, its window, and the logarithms for each token of the window.
    runs: HashMap<(u32, u32), (TokenRange, Vec<Scores>)>,
}

impl Scored {
    /// The evidence of the runs named; none if some of them was not scored.
    pub fn evidence(&self, reading: &Reading, view: &View, runs: &[(TokenRange, u32)]) -> Option<Evidence> {
        let of = |&(run, head): &(TokenRange, u32)| {
            let (window_then, scores) = self.runs.get(&(run.begin, run.end))?;
            (*window_then == window(view, reading, head)).then(|| scores.clone())
        };
        let likely = |scores: &Scores| scores.map(f32::exp);
        let roles = Roles::of(&self.roles.iter().map(likely).collect::<Vec<_>>());
        Some(Evidence::new(roles, runs.iter().map(of).collect::<Option<Vec<_>>>()?))
    }
}

/// The articles of a set in the order of its file.
pub fn read(folder: &Path, set: Set) -> Result<Vec<Scored>> {
    let path = folder.join(format!("{}.scores", set.name()));
    let bytes = fs::read(&path).map_err(|e| format!("{}: {e} (crates/sayso-lab/encoder/score.py writes it)", path.display()))?;
    let mut rest = Rest(&bytes);
    let mut articles = Vec::new();
    while !rest.0.is_empty() {
        articles.push(rest.article().ok_or_else(|| format!("{}: it ends within article {}", path.display(), articles.len()))?);
    }
    Ok(articles)
}

struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn number(&mut self) -> Option<u32> {
        let (head, rest) = self.0.split_first_chunk::<4>()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*head))
    }

    fn scores(&mut self, count: u32) -> Option<Vec<Scores>> {
        let one = |rest: &mut Self| {
            let mut scores = [0.0; 8];
            for score in &mut scores[..LABELS] {
                let (head, tail) = rest.0.split_first_chunk::<2>()?;
                rest.0 = tail;
                *score = f32::from(i16::from_le_bytes(*head)) / 1024.0;
            }
            Some(scores)
        };
        (0..count).map(|_| one(self)).collect()
    }

    fn article(&mut self) -> Option<Scored> {
        let tokens = self.number()?;
        let roles = self.scores(tokens)?;
        let mut runs = HashMap::new();
        for _ in 0..self.number()? {
            let run = (self.number()?, self.number()?);
            let window = TokenRange::new(self.number()?, self.number()?);
            runs.insert(run, (window, self.scores(window.len() as u32)?));
        }
        Some(Scored { roles, runs })
    }
}

/// An encoder that knows the annotated articles, and none else, by heart.
#[derive(Debug, Default)]
pub struct Saved(HashMap<String, Scored>);

impl Saved {
    /// The scores of the sets that an extractor is scored on.
    pub fn read(folder: &Path, shared: &Shared) -> Result<Saved> {
        let mut saved = HashMap::new();
        for set in Set::SCORED {
            let articles = set.articles(shared)?;
            let scored = read(folder, set)?;
            if articles.len() != scored.len() {
                let (set, scored, articles) = (set.name(), scored.len(), articles.len());
                return Err(format!("{}: scores of {scored} articles of {set}, expected {articles}", folder.display()));
            }
            saved.extend(articles.into_iter().map(|a| a.text).zip(scored));
        }
        Ok(Saved(saved))
    }
}

impl Encoder for Saved {
    fn read(&self, text: &str, reading: &Reading, view: &View, runs: &[(TokenRange, u32)]) -> Evidence {
        let evidence = self.0.get(text).and_then(|scored| scored.evidence(reading, view, runs));
        // Only the lab asks, and only about articles whose scores it has made.
        evidence.unwrap_or_else(|| {
            panic!("no scores, or scores of other runs, for the article {text:.40?}: make them with crates/sayso-lab/encoder/score.py")
        })
    }
}
