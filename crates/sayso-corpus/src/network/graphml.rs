//! GraphML (http://graphml.graphdrawing.org), as networkx, Gephi, igraph and visone read it.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::network::weave::Network;

/// What is told of nodes and of edges: name and type of each.
const NODE: [(&str, &str); 7] = [
    ("label", "string"),
    ("kind", "string"),
    ("role", "string"),
    ("affiliation", "string"),
    ("statements", "long"),
    ("quoted_words", "long"),
    ("articles", "long"),
];
const EDGE: [(&str, &str); 7] = [
    ("weight", "long"),
    ("about", "long"),
    ("to", "long"),
    ("direct", "long"),
    ("mixed", "long"),
    ("indirect", "long"),
    ("articles", "long"),
];

/// Writes the network as GraphML.
///
/// # Errors
/// If `out` fails.
pub fn graphml(mut out: impl Write, network: &Network) -> io::Result<()> {
    out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n")?;
    for (what, keys) in [("node", NODE), ("edge", EDGE)] {
        for (name, kind) in keys {
            writeln!(out, "<key id=\"{what}_{name}\" for=\"{what}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
        }
    }
    out.write_all(b"<graph id=\"who speaks about or to whom\" edgedefault=\"directed\">\n")?;
    for node in &network.nodes {
        let speaker = &node.speaker;
        let first = |all: &[std::sync::Arc<str>]| all.first().map_or(String::new(), ToString::to_string);
        let counts = [speaker.counts.statements, speaker.counts.quoted_words, speaker.articles].map(|count| count.to_string());
        let words = [speaker.name.to_string(), speaker.kind.to_owned(), first(&speaker.roles), first(&speaker.affiliations)];
        write!(out, "<node id=\"{}\">", escaped(&node.id))?;
        data(&mut out, "node", NODE.iter().zip(words.into_iter().chain(counts)).map(|(key, value)| (key.0, value)))?;
        out.write_all(b"</node>\n")?;
    }
    for edge in &network.edges {
        let ends = [edge.source, edge.target].map(|at| escaped(&network.nodes[at].id));
        let counts = [edge.weight, edge.about, edge.to, edge.direct, edge.mixed, edge.indirect, edge.articles];
        write!(out, "<edge source=\"{}\" target=\"{}\">", ends[0], ends[1])?;
        data(&mut out, "edge", EDGE.iter().zip(counts).map(|(key, value)| (key.0, value.to_string())))?;
        out.write_all(b"</edge>\n")?;
    }
    out.write_all(b"</graph>\n</graphml>\n")
}

fn data<'k>(out: &mut impl Write, what: &str, values: impl Iterator<Item = (&'k str, String)>) -> io::Result<()> {
    for (name, value) in values.filter(|(_, value)| !value.is_empty()) {
        write!(out, "<data key=\"{what}_{name}\">{}</data>", escaped(&value))?;
    }
    Ok(())
}

/// Text as XML has it; characters that XML has no place for become U+FFFD, line ends and tabs blanks, as an attribute would read them.
fn escaped(text: &str) -> Cow<'_, str> {
    let odd = |c: char| c.is_control() || matches!(c, '&' | '<' | '>' | '"' | '\u{FFFE}' | '\u{FFFF}');
    if !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' | '\r' => out.push(' '),
            c if odd(c) => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::weave::{Edge, Node};
    use crate::speakers::SpeakerSum;

    #[test]
    fn names_cannot_break_the_markup() {
        let node = |id: &str| Node { id: id.to_owned(), speaker: SpeakerSum { name: id.into(), ..SpeakerSum::default() } };
        let edges = vec![Edge { source: 0, target: 1, weight: 2, ..Edge::default() }];
        let mut xml = Vec::new();
        graphml(&mut xml, &Network { nodes: vec![node("A\"><&\u{0}"), node("B\nC")], edges }).expect("memory");
        let xml = String::from_utf8(xml).expect("text");
        assert!(xml.contains("<edge source=\"A&quot;&gt;&lt;&amp;\u{FFFD}\" target=\"B C\"><data key=\"edge_weight\">2</data>"), "{xml}");
    }
}
