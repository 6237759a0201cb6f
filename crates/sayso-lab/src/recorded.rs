//! An encoder that only Python can run, asked through the files of scores that crates/sayso-lab/encoder/score.py wrote: what a teacher would
//! give in statements.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use sayso::content::{Encoder, Evidence};
use sayso::cue::roles::{LABELS, Roles};
use sayso::cue::view::View;
use sayso::model::chain::Scores;
use sayso::text::{Reading, TokenRange};
use serde::Deserialize;

use crate::corpora::Result;

/// Logarithms are kept in steps of this.
const STEP: f32 = 1.0 / 1024.0;

/// What an encoder thinks of some articles.
#[derive(Debug)]
pub struct Recorded(HashMap<String, Heard>);

/// What it thinks of one: the logarithms of all tokens' labels, and for each run those of its window's.
#[derive(Debug, Default)]
struct Heard {
    tokens: Vec<Scores>,
    runs: BTreeMap<(u32, u32), Vec<Scores>>,
}

/// A line of `sayso-lab encoder-data`.
#[derive(Deserialize)]
struct Line {
    text: String,
}

impl Recorded {
    /// The articles of a file of `sayso-lab encoder-data` (.jsonl) with the scores beside it (.scores).
    pub fn read(articles: &Path) -> Result<Recorded> {
        let lines = fs::read_to_string(articles).map_err(|e| format!("{}: {e}", articles.display()))?;
        let path = articles.with_extension("scores");
        let data = fs::read(&path).map_err(|e| format!("{}: {e} (crates/sayso-lab/encoder/score.py writes it)", path.display()))?;
        let mut walk = Walk(&data);
        let mut heard = HashMap::new();
        for (number, line) in lines.lines().enumerate() {
            let Line { text } = serde_json::from_str(line).map_err(|e| format!("{}:{}: {e}", articles.display(), number + 1))?;
            let of =
                walk.article().ok_or_else(|| format!("{}: it ends before article {}; score all of them", path.display(), number + 1))?;
            heard.insert(text, of);
        }
        Ok(Recorded(heard))
    }
}

impl Encoder for Recorded {
    fn read(&self, text: &str, reading: &Reading, _: &View, runs: &[(TokenRange, u32)]) -> Evidence {
        let nothing = Heard::default();
        let heard = self.0.get(text).filter(|h| h.tokens.len() == reading.tokens.len()).unwrap_or(&nothing);
        let mut likely: Vec<Scores> = heard.tokens.iter().map(|logs| logs.map(f32::exp)).collect();
        likely.resize(reading.tokens.len(), Scores::default());
        let known = |&(run, head): &(TokenRange, u32)| Some(((run, head), heard.runs.get(&(run.begin, run.end))?.clone()));
        let (cues, told) = runs.iter().filter_map(known).unzip();
        Evidence::new(Roles::of(&likely), cues, told)
    }
}

/// What is left of a file of scores; see scores.py for its form.
struct Walk<'a>(&'a [u8]);

impl Walk<'_> {
    fn number(&mut self) -> Option<u32> {
        let (bytes, rest) = self.0.split_first_chunk::<4>()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*bytes))
    }

    fn row(&mut self) -> Option<Scores> {
        let (bytes, rest) = self.0.split_at_checked(2 * LABELS)?;
        self.0 = rest;
        let mut row = Scores::default();
        for (log, pair) in row.iter_mut().zip(bytes.chunks_exact(2)) {
            *log = f32::from(i16::from_le_bytes([pair[0], pair[1]])) * STEP;
        }
        Some(row)
    }

    fn rows(&mut self, count: u32) -> Option<Vec<Scores>> {
        (0..count).map(|_| self.row()).collect()
    }

    fn article(&mut self) -> Option<Heard> {
        let count = self.number()?;
        let tokens = self.rows(count)?;
        let mut runs = BTreeMap::new();
        for _ in 0..self.number()? {
            let [begin, end, first, last] = [self.number()?, self.number()?, self.number()?, self.number()?];
            runs.insert((begin, end), self.rows(last.checked_sub(first)?)?);
        }
        Some(Heard { tokens, runs })
    }
}
