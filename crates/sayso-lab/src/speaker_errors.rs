//! Prints the statements whose speakers are wrong, with what decided.

use std::collections::HashMap;
use std::io::Write;

use sayso::{Extraction, Span, Statement};
use sayso_corpus::score::{GoldDocument, SpeakerNote, same_speakers};

use crate::corpora::Result;
use crate::speakers::byte_spans;

/// Prints one line for each annotated statement whose speakers are not the annotated ones.
pub fn print(articles: &[GoldDocument], notes: &[SpeakerNote], extractions: &[Extraction], out: &mut impl Write) -> Result<()> {
    let known: HashMap<(&str, &str), &SpeakerNote> = notes.iter().map(|n| ((n.doc.as_str(), n.id.as_str()), n)).collect();
    for (article, extraction) in articles.iter().zip(extractions) {
        for attribution in &article.attributions {
            let Some(note) = known.get(&(article.id.as_str(), attribution.id.as_str())) else { continue };
            let gold = byte_spans(&article.text, &attribution.content);
            let Some(found) = extraction.statements.iter().max_by_key(|s| shared(s, &gold)).filter(|s| shared(s, &gold) * 2 >= size(&gold))
            else {
                continue;
            };
            let names: Vec<&str> = extraction.speakers_of(found).map(|s| s.name.as_str()).collect();
            if same_speakers(&note.speakers, &names) {
                continue;
            }
            let text = |span: Option<Span>| span.map_or("-", |s| s.text(&article.text)).replace('\n', " ");
            let (source, cue) = (text(found.source), text(found.cue.as_ref().map(|c| c.span)));
            let by = found.resolved_by.name();
            writeln!(out, "{} {}\t{by}\t{source} | {cue}\tshould be {:?}, is {names:?}", article.id, attribution.id, note.speakers)
                .map_err(|e| e.to_string())?;
        }
    }
    Ok(())
}

fn size(spans: &[Span]) -> u32 {
    spans.iter().map(|s| s.len()).sum()
}

/// Bytes of the statement's content that the gold content has too.
fn shared(statement: &Statement, gold: &[Span]) -> u32 {
    let overlap = |a: Span, b: Span| a.end().min(b.end()).saturating_sub(a.begin().max(b.begin()));
    statement.content.iter().flat_map(|&a| gold.iter().map(move |&b| overlap(a, b))).sum()
}
