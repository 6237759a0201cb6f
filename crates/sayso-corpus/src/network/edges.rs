//! Edge and node lists, with the column names that Gephi's spreadsheet import knows.

use std::io::{self, Write};

use crate::network::weave::Network;
use crate::writers::csv::defused;

/// Writes an edge a row: `Source`, `Target`, `Type` (Directed), `Weight` and what the weight is made of. With `safe`, a cell that a
/// spreadsheet would run as a formula begins with an apostrophe.
///
/// # Errors
/// If `out` fails.
pub fn edges(out: impl Write, network: &Network, safe: bool) -> io::Result<()> {
    let head = ["Source", "Target", "Type", "Weight", "About", "To", "Direct", "Mixed", "Indirect", "Articles"];
    let rows = network.edges.iter().map(|edge| {
        let counts = [edge.weight, edge.about, edge.to, edge.direct, edge.mixed, edge.indirect, edge.articles];
        let ends = [&network.nodes[edge.source].id, &network.nodes[edge.target].id].map(Clone::clone);
        ends.into_iter().chain(["Directed".to_owned()]).chain(counts.map(|count| count.to_string())).collect()
    });
    table(out, &head, rows, safe)
}

/// Writes a node a row: `Id`, `Label` and what is known of it.
///
/// # Errors
/// If `out` fails.
pub fn nodes(out: impl Write, network: &Network, safe: bool) -> io::Result<()> {
    let head = ["Id", "Label", "Kind", "Role", "Affiliation", "Statements", "QuotedWords", "Articles"];
    let rows = network.nodes.iter().map(|node| {
        let speaker = &node.speaker;
        let first = |all: &[std::sync::Arc<str>]| all.first().map_or(String::new(), ToString::to_string);
        let words =
            [node.id.clone(), speaker.name.to_string(), speaker.kind.to_owned(), first(&speaker.roles), first(&speaker.affiliations)];
        let counts = [speaker.counts.statements, speaker.counts.quoted_words, speaker.articles];
        words.into_iter().chain(counts.map(|count| count.to_string())).collect()
    });
    table(out, &head, rows, safe)
}

fn table(out: impl Write, head: &[&str], rows: impl Iterator<Item = Vec<String>>, safe: bool) -> io::Result<()> {
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    table.write_record(head)?;
    for row in rows {
        table.write_record(row.iter().map(|cell| if safe { defused(cell) } else { cell.into() }.into_owned()))?;
    }
    table.flush()
}
