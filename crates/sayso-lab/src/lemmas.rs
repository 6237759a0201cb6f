//! Learns the table of irregular lemmas: what the rules get wrong, often enough to be no slip.

use std::collections::BTreeMap;

use sayso::model::Table;
use sayso::tag::{Pos, lemma};

use crate::corpora::Tree;

/// The table's text: a form with its class, and its lemma, a line each.
pub fn table(trees: &[&Tree]) -> String {
    let mut counts: BTreeMap<(String, &'static str), BTreeMap<String, u32>> = BTreeMap::new();
    for word in trees.iter().copied().flatten() {
        let class = match word.tag.as_str() {
            "VB" | "VBD" | "VBG" | "VBN" | "VBP" | "VBZ" | "MD" => "v",
            "NNS" => "n",
            "JJR" | "JJS" | "RBR" | "RBS" => "a",
            _ => continue,
        };
        let form = word.form.to_lowercase().replace('’', "'");
        if form.chars().all(|c| c.is_alphabetic() || c == '\'' || c == '-') {
            let key = (format!("{form}/{class}"), tag_name(&word.tag));
            *counts.entry(key).or_default().entry(word.lemma.to_lowercase().replace('’', "'")).or_default() += 1;
        }
    }
    // One line a form and class: the lemma that is given most often, if the rules give another.
    let mut lines: BTreeMap<String, (u32, String)> = BTreeMap::new();
    let empty = Table::default();
    for ((key, tag), lemmas) in &counts {
        let Some((best, &count)) = lemmas.iter().max_by_key(|(_, n)| **n) else { continue };
        let form = key.split('/').next().unwrap_or_default();
        let mut buffer = String::new();
        let by_rule = Pos::named(tag).map_or(form, |pos| lemma(form, pos, &empty, &mut buffer));
        if by_rule != best && count >= 2 && lines.get(key).is_none_or(|(n, _)| *n < count) {
            lines.insert(key.clone(), (count, best.clone()));
        }
    }
    let mut text = String::from(
        "# Forms whose lemma the rules do not give. source: counted in UD English EWT and GUM and in silver parses of PolNeAR; licence: see MODEL_CARD.md\n# form/class\tlemma\n",
    );
    for (key, (_, lemma)) in lines {
        text.push_str(&format!("{key}\t{lemma}\n"));
    }
    text
}

fn tag_name(tag: &str) -> &'static str {
    Pos::named(tag).map_or("XX", Pos::name)
}
