//! A row a speaker, RFC 4180.

use std::io::{self, Write};

use crate::speakers::survey::SpeakerSum;
use crate::writers::csv::defused;

const COLUMNS: [&str; 18] = [
    "speaker",
    "kind",
    "roles",
    "affiliations",
    "statements",
    "share_of_statements",
    "direct",
    "mixed",
    "indirect",
    "words",
    "quoted_words",
    "share_of_quoted_words",
    "acts",
    "articles",
    "first",
    "last",
    "names",
    "merged",
];

/// Writes the speakers as a table; several words in a cell are joined by "; ", and `merged` names each joined speaker as
/// `document#id`. With `safe`, a cell that a spreadsheet would run as a formula begins with an apostrophe.
///
/// # Errors
/// If `out` fails.
pub fn csv(out: impl Write, speakers: &[SpeakerSum], safe: bool) -> io::Result<()> {
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    table.write_record(COLUMNS)?;
    for speaker in speakers {
        let cells = cells(speaker);
        table.write_record(cells.iter().map(|cell| if safe { defused(cell) } else { cell.into() }.into_owned()))?;
    }
    table.flush()
}

fn cells(speaker: &SpeakerSum) -> [String; 18] {
    let joined = |words: Vec<&str>| words.join("; ");
    let counts = &speaker.counts;
    let acts: Vec<String> = counts.acts_by_count().iter().map(|(act, count)| format!("{act} {count}")).collect();
    let merged: Vec<String> = speaker.merged.iter().map(|member| format!("{}#{}", member.document, member.id)).collect();
    let mut names: Vec<&str> = speaker.merged.iter().map(|member| &*member.name).collect();
    names.sort_unstable();
    names.dedup();
    [
        speaker.name.to_string(),
        speaker.kind.to_owned(),
        joined(speaker.roles.iter().map(|role| &**role).collect()),
        joined(speaker.affiliations.iter().map(|affiliation| &**affiliation).collect()),
        counts.statements.to_string(),
        speaker.share_of_statements.to_string(),
        counts.direct.to_string(),
        counts.mixed.to_string(),
        counts.indirect.to_string(),
        counts.words.to_string(),
        counts.quoted_words.to_string(),
        speaker.share_of_quoted_words.to_string(),
        acts.join("; "),
        speaker.articles.to_string(),
        speaker.first.clone().unwrap_or_default(),
        speaker.last.clone().unwrap_or_default(),
        joined(names),
        merged.join("; "),
    ]
}
