//! The encoder that ships, as the stage asks for one.

use std::ops::Range;

use sayso_encoder::{Article, ArticleReader, RoleLogs, Window};

use super::evidence::{Encoder, Evidence};
use super::weigh::candidates_beside;
use super::window::window;
use crate::cue::roles::{LABELS, Roles};
use crate::cue::view::View;
use crate::model::chain::Scores;
use crate::text::{Reading, TokenRange};

impl Encoder for ArticleReader {
    fn read(&self, text: &str, reading: &Reading, view: &View, runs: &[(TokenRange, u32)]) -> Evidence {
        let tokens: Vec<Range<u32>> = reading.tokens.iter().map(|t| t.span.begin()..t.span.end()).collect();
        let paragraphs: Vec<Range<u32>> = reading.paragraphs.iter().map(|p| indices(p.tokens)).collect();
        let sentences: Vec<Range<u32>> = reading.sentences.iter().map(|s| indices(s.tokens)).collect();
        let quoted: Vec<u8> = view.looks.iter().map(|l| (l.quoted % 4) as u8).collect();
        let article = Article { text, tokens: &tokens, paragraphs: &paragraphs, sentences: &sentences, quoted: &quoted };
        let with_window = |&(run, head): &(TokenRange, u32)| ((run, head), of_run(reading, view, run, head));
        let mut asked: Vec<((TokenRange, u32), Window)> = runs.iter().map(with_window).collect();
        let encoded = self.encode(&article, asked.iter().map(|(_, window)| window.span()));
        let likely: Vec<Scores> = encoded.roles().iter().map(|logs| scores(logs).map(f32::exp)).collect();
        let roles = Roles::of(&likely);
        let beside = candidates_beside(runs, view, &roles, reading);
        asked.extend(beside.iter().map(with_window).filter(|(_, window)| encoded.holds(window.span())));
        asked.sort_unstable_by_key(|&(run, _)| run);
        let (cues, windows): (Vec<_>, Vec<Window>) = asked.into_iter().unzip();
        let told = self.windows(&encoded, &windows);
        Evidence::new(roles, cues, told.iter().map(|rows| rows.iter().map(scores).collect()).collect())
    }
}

fn indices(tokens: TokenRange) -> Range<u32> {
    tokens.begin..tokens.end
}

fn of_run(reading: &Reading, view: &View, run: TokenRange, head: u32) -> Window {
    let sentence = reading.tokens[run.begin as usize].sentence as usize;
    Window { cue: indices(run), tokens: indices(window(view, reading, head)), sentence: indices(reading.sentences[sentence].tokens) }
}

/// The logarithms in as many places as a chain has.
fn scores(logs: &RoleLogs) -> Scores {
    let mut out = Scores::default();
    out[..LABELS].copy_from_slice(logs);
    out
}
