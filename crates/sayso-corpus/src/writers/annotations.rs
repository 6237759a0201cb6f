//! Statements as W3C Web Annotations, one JSON-LD object a line.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::json;

use crate::writers::page::json_line;
use crate::writers::{OffsetIndex, Offsets, StatementRecord};

/// Characters of the text before and after a quotation, by which it is found again in a changed text.
const CONTEXT: usize = 32;

#[derive(Serialize)]
struct Annotation<'a> {
    #[serde(rename = "@context")]
    context: [&'static str; 2],
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    motivation: &'static str,
    body: serde_json::Value,
    target: Target<'a>,
}

#[derive(Serialize)]
struct Target<'a> {
    source: &'a str,
    selector: Vec<serde_json::Value>,
}

/// Writes the statements of an article; their records must count in [`Offsets::Chars`], as the standard does.
///
/// # Errors
/// If `out` fails.
pub fn annotations(mut out: impl Write, text: &str, records: &[StatementRecord<'_>]) -> io::Result<()> {
    let index = OffsetIndex::new(text, Offsets::Chars);
    let mut places = Places { text, index: &index, byte: 0 };
    records.iter().try_for_each(|record| json_line(&mut out, &annotation(record, &mut places)))
}

fn annotation<'a>(record: &'a StatementRecord<'_>, places: &mut Places<'_>) -> Annotation<'a> {
    let speakers: Vec<_> = record
        .speakers
        .iter()
        .map(|s| json!({"type": schema_type(s.kind), "name": s.name, "jobTitle": s.role, "affiliation": s.affiliation}))
        .collect();
    let body = json!({
        "type": "Quotation",
        "text": record.content.text,
        "spokenByCharacter": speakers,
        "form": record.form,
        "act": record.act,
        "cue": record.cue.as_ref().map(|cue| &cue.text),
        "confidence": record.confidence,
    });
    let selector = record.content.spans.iter().flat_map(|&[begin, end]| places.selectors(begin, end)).collect();
    Annotation {
        context: ["http://www.w3.org/ns/anno.jsonld", "https://schema.org/"],
        id: format!("urn:sayso:{:016x}:{}", hash(record.document), record.index),
        kind: "Annotation",
        motivation: "identifying",
        body,
        target: Target { source: record.document, selector },
    }
}

fn schema_type(kind: &str) -> &'static str {
    match kind {
        "organization" | "group" => "Organization",
        "document" => "CreativeWork",
        _ => "Person",
    }
}

/// FNV-1a: the same id for the same article on every machine and in every version.
fn hash(words: &str) -> u64 {
    words.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

/// Code points back to bytes.
struct Places<'t> {
    text: &'t str,
    index: &'t OffsetIndex<'t>,
    byte: usize,
}

impl Places<'_> {
    /// The byte at which code point `wanted` stands: by bisection.
    fn byte(&mut self, wanted: u32) -> usize {
        let (mut low, mut high) = (0, self.text.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.index.at(middle as u32) < wanted { low = middle + 1 } else { high = middle }
        }
        while !self.text.is_char_boundary(low) {
            low += 1;
        }
        self.byte = low;
        low
    }

    fn selectors(&mut self, begin: u32, end: u32) -> [serde_json::Value; 2] {
        let (from, to) = (self.byte(begin), self.byte(end));
        let before = self.text[..from].char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
        let after = self.text[to..].char_indices().nth(CONTEXT).map_or(self.text.len(), |(at, _)| to + at);
        [
            json!({"type": "TextQuoteSelector", "exact": &self.text[from..to], "prefix": &self.text[before..from], "suffix": &self.text[to..after]}),
            json!({"type": "TextPositionSelector", "start": begin, "end": end}),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selector_finds_the_words_by_their_code_points() {
        let text = "“Ça va,” said Zoë. “Très bien,” she added.";
        let index = OffsetIndex::new(text, Offsets::Chars);
        let mut places = Places { text, index: &index, byte: 0 };
        let begin = text.chars().take_while(|&c| c != 'Z').count() as u32;
        let [quote, position] = places.selectors(begin, begin + 3);
        assert_eq!((quote["exact"].as_str(), quote["prefix"].as_str()), (Some("Zoë"), Some("“Ça va,” said ")));
        assert_eq!(position["end"], begin + 3);
    }
}
