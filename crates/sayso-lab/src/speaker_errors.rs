//! Prints the statements whose speakers are wrong, with their chain and what decided.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use rayon::prelude::*;
use sayso::{Extraction, Extractor, Span, Speaker, Statement, text};
use sayso_corpus::score::{GoldAttribution, GoldDocument, SpeakerNote, same_speakers};

use crate::error_text::{Page, marked, of_gold, touched};
use crate::speakers::byte_spans;

/// At most so many mentions of a chain are printed.
const MENTIONS: usize = 8;

/// The wrong speakers of what an extractor finds.
pub fn list(articles: &[GoldDocument], notes: &[SpeakerNote], extractor: &Extractor, limit: usize) -> String {
    let extractions: Vec<Extraction> = articles.par_iter().map(|a| extractor.extract(&a.text)).collect();
    text(articles, notes, &extractions, limit)
}

/// How many are wrong by what decided, then each with its sentence and its chain.
pub fn text(articles: &[GoldDocument], notes: &[SpeakerNote], extractions: &[Extraction], limit: usize) -> String {
    let known: HashMap<(&str, &str), &SpeakerNote> = notes.iter().map(|n| ((n.doc.as_str(), n.id.as_str()), n)).collect();
    let mut counts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    let mut cases = Vec::new();
    for (article, extraction) in articles.iter().zip(extractions) {
        let page = Page::new(&article.text, &text::read(&article.text));
        for attribution in &article.attributions {
            let Some(note) = known.get(&(article.id.as_str(), attribution.id.as_str())) else { continue };
            let Some(found) = best(&article.text, attribution, extraction) else { continue };
            let names: Vec<&str> = extraction.speakers_of(found).map(|s| s.name.as_str()).collect();
            let right = same_speakers(&note.speakers, &names);
            let count = counts.entry(found.resolved_by.name()).or_default();
            count[0] += usize::from(!right);
            count[1] += 1;
            if !right {
                cases.push(case(article, &page, attribution, note, extraction, found));
            }
        }
    }
    let mut text = format!("{:14}{:>8}{:>8}\n", "resolved by", "wrong", "all");
    counts.iter().for_each(|(by, [wrong, all])| {
        let _ = writeln!(text, "{by:14}{wrong:>8}{all:>8}");
    });
    cases.iter().take(limit).for_each(|case| text.push_str(case));
    text
}

/// The statement that shares most of the attribution's content, if it is half of it.
fn best<'e>(text: &str, attribution: &GoldAttribution, extraction: &'e Extraction) -> Option<&'e Statement> {
    let gold = byte_spans(text, &attribution.content);
    let size: u32 = gold.iter().map(|s| s.len()).sum();
    extraction.statements.iter().max_by_key(|s| shared(s, &gold)).filter(|s| shared(s, &gold) * 2 >= size)
}

fn case(
    article: &GoldDocument,
    page: &Page,
    attribution: &GoldAttribution,
    note: &SpeakerNote,
    extraction: &Extraction,
    found: &Statement,
) -> String {
    let names: Vec<&str> = extraction.speakers_of(found).map(|s| s.name.as_str()).collect();
    let words = |span: Option<Span>| span.map_or("-", |s| s.text(&article.text)).replace('\n', " ");
    let (source, by) = (words(found.source), found.resolved_by.name());
    let mut text = format!("\n{} {}\tby {by}\t{source}\tshould be {:?}, is {names:?}\n", article.id, attribution.id, note.speakers);
    let roles = of_gold(attribution);
    let line = marked(&page.text, &page.sentences, &touched(&page.sentences, &[&roles]), &roles);
    let _ = writeln!(text, "  gold  {line}");
    for speaker in extraction.speakers_of(found) {
        let _ = writeln!(text, "  chain {}", chain(&article.text, speaker, found));
    }
    text
}

/// The mentions of a speaker up to a statement's source: "Ana Ruiz · Ruiz · she".
fn chain(text: &str, speaker: &Speaker, found: &Statement) -> String {
    let end = found.source.or(found.content.cover()).map_or(u32::MAX, Span::end);
    let before: Vec<&Span> = speaker.mentions.iter().filter(|m| m.begin() <= end).collect();
    let shown: Vec<String> = before.iter().rev().take(MENTIONS).rev().map(|m| m.text(text).replace('\n', " ")).collect();
    let left_out = if before.len() > MENTIONS { "… · " } else { "" };
    format!("{}, {}: {left_out}{}", speaker.name, speaker.kind.name(), shown.join(" · "))
}

/// Bytes of the statement's content that the gold content has too.
fn shared(statement: &Statement, gold: &[Span]) -> u32 {
    let overlap = |a: Span, b: Span| a.end().min(b.end()).saturating_sub(a.begin().max(b.begin()));
    statement.content.iter().flat_map(|&a| gold.iter().map(move |&b| overlap(a, b))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_speaker_is_listed_with_its_chain_and_what_decided() {
        let text = "Ana Ruiz met the board. She said the pier was closed.";
        let at = |words: &str| {
            let begin = text.find(words).expect("words of the text");
            serde_json::json!([[begin, begin + words.len()]])
        };
        let gold = serde_json::json!({"id": "a1", "text": text, "attributions": [
            {"id": "1", "source": at("She"), "cue": at("said"), "content": at("the pier was closed")},
        ]});
        let articles: Vec<GoldDocument> = vec![serde_json::from_value(gold).expect("a gold article")];
        let note = |speaker: &str| -> Vec<SpeakerNote> {
            let note = serde_json::json!({"doc": "a1", "id": "1", "speakers": [speaker], "kind": "person", "act": "assert"});
            vec![serde_json::from_value(note).expect("a note")]
        };
        let extractor = Extractor::english();
        let wrong = list(&articles, &note("Bo Lind"), &extractor, 50);
        assert!(wrong.contains("pronoun              1       1\n"), "{wrong}");
        assert!(wrong.contains("a1 1\tby pronoun\tShe\tshould be [\"Bo Lind\"], is [\"Ana Ruiz\"]\n"), "{wrong}");
        assert!(wrong.contains("  gold  [source She] [cue said] [content the pier was closed].\n"), "{wrong}");
        assert!(wrong.contains("  chain Ana Ruiz, person: Ana Ruiz · She\n"), "{wrong}");
        let right = list(&articles, &note("Ana Ruiz"), &extractor, 50);
        assert_eq!(right.lines().count(), 2, "{right}");
    }
}
