//! `sayso score`

use sayso_corpus::score::{read_gold, read_predictions, read_speaker_notes};

use crate::arguments::Score;
use crate::failure::Failure;

pub(crate) fn score(options: &Score) -> Result<u8, Failure> {
    let gold = read_gold(&options.gold).map_err(Failure::Score)?;
    let predicted = read_predictions(&options.predicted).map_err(Failure::Score)?;
    let notes = options.speakers.as_deref().map_or(Ok(Vec::new()), read_speaker_notes).map_err(Failure::Score)?;
    let scores = sayso_corpus::score::score(&gold, &predicted, &notes).map_err(Failure::Score)?;
    let figures = if options.json { scores.to_json() + "\n" } else { scores.to_string() };
    crate::print(|out| {
        out.extend_from_slice(figures.as_bytes());
        Ok(())
    })
}
