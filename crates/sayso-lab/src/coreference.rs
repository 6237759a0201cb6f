//! GUM's coreference (Zeldes 2017, "The GUM corpus"): what the pronouns of running text stand for.

use std::collections::HashMap;

use sayso::speaker::{RankedPronoun, rankings};
use sayso::{Extractor, Layers};

use crate::antecedents::Example;
use crate::corpora::{Result, Shared};

/// Documents that are written like news: reports, lives, interviews.
const GENRES: &[&str] = &["bio", "interview", "news", "voyage", "court", "academic", "textbook"];

/// A document: its text, and its mentions as spans in bytes with the number of what they mean.
struct Document {
    text: String,
    mentions: Vec<(usize, usize, u32)>,
}

/// The pronouns of GUM's training documents whose antecedent is among the candidates, with all candidates.
pub fn examples(shared: &Shared, extractor: &Extractor) -> Result<Vec<Example>> {
    let lines = shared.treebank_documents("ud/gum-train.conllu.xz")?;
    let documents = lines.iter().filter(|d| GENRES.iter().any(|g| d.contains(&format!("# meta::genre = {g}\n"))));
    Ok(documents.flat_map(|lines| of_document(&document(lines), extractor)).collect())
}

fn of_document(document: &Document, extractor: &Extractor) -> Vec<Example> {
    let Layers { reading, quotes, tags, drafts, .. } = extractor.layers(&document.text);
    let ranked = rankings(&document.text, &reading, &quotes, &tags, &drafts, extractor.model());
    let meant = |token: u32| document.meant(reading.tokens[token as usize].span.begin() as usize);
    let one = |pronoun: RankedPronoun| {
        let wanted = meant(pronoun.token)?;
        let right: Vec<bool> = pronoun.candidates.iter().map(|c| meant(c.token) == Some(wanted)).collect();
        let candidates = pronoun.candidates.into_iter().map(|c| c.features).collect();
        (right.contains(&true) && right.contains(&false)).then_some(Example { personal: pronoun.personal, candidates, right })
    };
    ranked.into_iter().filter_map(one).collect()
}

impl Document {
    /// What the shortest mention around a byte means.
    fn meant(&self, byte: usize) -> Option<u32> {
        let around = self.mentions.iter().filter(|(begin, end, _)| (*begin..*end).contains(&byte));
        around.min_by_key(|(begin, end, _)| end - begin).map(|m| m.2)
    }
}

/// Reads the lines of a document in CoNLL-U: paragraphs are set apart by an empty line.
fn document(lines: &str) -> Document {
    let mut document = Document { text: String::new(), mentions: Vec::new() };
    let mut open: HashMap<u32, Vec<usize>> = HashMap::new();
    let (mut parted, mut within) = (false, 0);
    for line in lines.lines() {
        if line.starts_with("# newpar") && !line.starts_with("# newpar_block") && !document.text.is_empty() {
            document.text.truncate(document.text.trim_end().len());
            document.text.push_str("\n\n");
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, .., miscellany] = columns[..] else { continue };
        let begin = document.text.len();
        if let Some((first, last)) = id.split_once('-') {
            // "don't" is written once and taken apart below it.
            within = last.parse::<u32>().unwrap_or(0) + 1 - first.parse::<u32>().unwrap_or(0);
            (parted, document.text) = (true, std::mem::take(&mut document.text) + form);
        } else if !parted {
            document.text.push_str(form);
        }
        let end = document.text.len();
        if !id.contains('-') {
            let word = if parted { begin.saturating_sub(1) } else { begin };
            entities(miscellany, word, end, &mut open, &mut document.mentions);
            within = within.saturating_sub(1);
        }
        if id.contains('-') || !parted {
            document.text.push_str(if miscellany.contains("SpaceAfter=No") { "" } else { " " });
        }
        parted = parted && within > 0;
    }
    document
}

/// Reads what opens and closes at a word: "(4-person-new-...(5-place-...)4)".
fn entities(miscellany: &str, begin: usize, end: usize, open: &mut HashMap<u32, Vec<usize>>, found: &mut Vec<(usize, usize, u32)>) {
    let Some(value) = miscellany.split('|').find_map(|m| m.strip_prefix("Entity=")) else { return };
    let number = |s: &str| s.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<u32>().ok();
    let mut rest = value;
    while !rest.is_empty() {
        if let Some(opened) = rest.strip_prefix('(') {
            let stop = opened.find(['(', ')']).unwrap_or(opened.len());
            let Some(id) = number(opened) else { return };
            rest = &opened[stop..];
            if let Some(after) = rest.strip_prefix(')') {
                found.push((begin, end, id));
                rest = after;
            } else {
                open.entry(id).or_default().push(begin);
            }
        } else {
            let (Some(id), Some(stop)) = (number(rest), rest.find(')')) else { return };
            if let Some(from) = open.get_mut(&id).and_then(Vec::pop) {
                found.push((from, end, id));
            }
            rest = &rest[stop + 1..];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::document;

    #[test]
    fn mentions_lie_where_their_words_stand() {
        let lines = "# newpar\n1\tAna\t_\t_\t_\t_\t_\t_\t_\tEntity=(1-person-new\n2\tRuiz\t_\t_\t_\t_\t_\t_\t_\tEntity=1)\n\
            3-4\tcan't\t_\t_\t_\t_\t_\t_\t_\t_\n3\tca\t_\t_\t_\t_\t_\t_\t_\t_\n4\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n\
            5\tswim\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n6\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n\
            # newpar\n1\tShe\t_\t_\t_\t_\t_\t_\t_\tEntity=(1-person-giv)\n2\tsank\t_\t_\t_\t_\t_\t_\t_\t_\n";
        let read = document(lines);
        assert_eq!(read.text, "Ana Ruiz can't swim.\n\nShe sank ");
        let words: Vec<(&str, u32)> = read.mentions.iter().map(|&(b, e, id)| (&read.text[b..e], id)).collect();
        assert_eq!(words, [("Ana Ruiz", 1), ("She", 1)]);
    }
}
