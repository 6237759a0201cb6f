//! When two names or phrases count as the same.

use super::tokens::{WORD, jaccard};

/// Words of a name that tell nobody apart.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "sen",
    "senator",
    "rep",
    "representative",
    "gov",
    "governor",
    "president",
    "gen",
    "sir",
    "the",
    "a",
    "an",
    "s",
    "jr",
];

/// A name's words in lower case, without titles.
fn key(name: &str) -> Vec<String> {
    words(name).filter(|word| !TITLES.contains(&word.as_str())).collect()
}

fn words(phrase: &str) -> impl Iterator<Item = String> {
    WORD.find_iter(phrase).map(|m| m.as_str().to_lowercase())
}

/// As a set: ascending, each once.
fn set(mut words: Vec<String>) -> Vec<String> {
    words.sort_unstable();
    words.dedup();
    words
}

/// Whether two names name the same: the same words, one a part of the other with the same last word, or half of all words shared.
fn same_name(a: &str, b: &str) -> bool {
    let (a, b) = (key(a), key(b));
    let (Some(last_a), Some(last_b)) = (a.last(), b.last()) else { return false };
    if a == b {
        return true;
    }
    let same_last = last_a == last_b;
    let (a, b) = (set(a), set(b));
    let smaller = a.len().min(b.len());
    (same_last && super::tokens::shared(&a, &b) == smaller) || jaccard(&a, &b) >= 0.5
}

/// Whether every gold name has a predicted name of its own, and no predicted name is left over.
#[must_use]
pub fn same_speakers(gold: &[String], predicted: &[&str]) -> bool {
    if gold.len() != predicted.len() {
        return false;
    }
    let mut left = predicted.to_vec();
    gold.iter().all(|name| {
        let hit = left.iter().position(|other| same_name(name, other));
        hit.map(|at| left.remove(at)).is_some()
    })
}

/// Whether half of the words of two phrases are shared.
pub(super) fn same_phrase(a: &str, b: &str) -> bool {
    let (a, b) = (set(words(a).collect()), set(words(b).collect()));
    !a.is_empty() && jaccard(&a, &b) >= 0.5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_surname_is_the_same_as_the_full_name_with_a_title() {
        assert!(same_name("Ruiz", "Mayor Ana Ruiz"));
        assert!(same_name("the Lorca council", "council of Lorca"));
        assert!(!same_name("Ana", "Ana Maria Ruiz"));
        assert!(!same_name("Mr.", "Mr."), "a title alone names nobody");
    }

    #[test]
    fn speakers_agree_as_whole_lists() {
        let gold = ["Ana Ruiz".to_owned(), "Bo Lind".to_owned()];
        assert!(same_speakers(&gold, &["Lind", "Ruiz"]));
        assert!(!same_speakers(&gold, &["Ruiz"]));
        assert!(!same_speakers(&gold, &["Ruiz", "Ana Ruiz"]));
        assert!(same_speakers(&[], &[]));
    }
}
