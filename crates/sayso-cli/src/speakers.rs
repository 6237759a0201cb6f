//! `sayso speakers`: who speaks in a corpus, and how much.

use sayso_corpus::speakers::{self, ArticleCast, Survey};

use crate::arguments::{Speakers, SpeakersFormat};
use crate::failure::Failure;
use crate::gather::{file, gather, write};
use crate::terminal;

pub(crate) fn speakers(options: &Speakers) -> Result<u8, Failure> {
    let mut survey = Survey::new(options.merge.into());
    let take = |cast: ArticleCast| {
        survey.add(cast);
        Ok(())
    };
    let status = gather(&options.inputs, ArticleCast::of, take)?;
    let (mut sums, totals) = survey.finish();
    sums.truncate(options.top.unwrap_or(usize::MAX));
    let file = file(options.output.as_ref());
    write(file, |out| match options.format {
        SpeakersFormat::Table => speakers::table(out, &sums, &totals, terminal::layout(file)),
        SpeakersFormat::Csv => speakers::csv(out, &sums, options.safe_csv),
        SpeakersFormat::Json => speakers::json(out, &sums, &totals),
        SpeakersFormat::Html => speakers::page(out, &sums, &totals),
    })?;
    Ok(status)
}
