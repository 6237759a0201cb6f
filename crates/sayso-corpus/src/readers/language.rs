//! Whether an article is in English: the model reads no other language.

use whatlang::Lang;

/// Which articles are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Those in English, and those too short to tell.
    #[default]
    English,
    /// All.
    Any,
}

/// Bytes of an article that are looked at.
const SAMPLE: usize = 1200;
/// With fewer letters than this, nothing is told.
const SHORTEST: usize = 120;

/// Whether a text is surely in another language than English.
#[must_use]
pub fn is_foreign(text: &str) -> bool {
    let sample = sample(text);
    if has_english_words(sample) || sample.chars().filter(|c| c.is_alphabetic()).take(SHORTEST).count() < SHORTEST {
        return false;
    }
    whatlang::detect(sample).is_some_and(|found| found.lang() != Lang::Eng && found.is_reliable())
}

/// The beginning of a text, cut on a boundary.
fn sample(text: &str) -> &str {
    let mut end = SAMPLE.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// One word in sixteen is "the" or "and", which no other language's running text has: far quicker to see than letters are to count.
fn has_english_words(sample: &str) -> bool {
    let (mut words, mut english) = (0, 0);
    for word in sample.split_ascii_whitespace() {
        words += 1;
        english += usize::from(matches!(word, "the" | "The" | "and" | "that" | "with" | "said"));
    }
    english >= 4 && english * 16 >= words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_languages_are_told_from_english() {
        let german = "Der Hafen von Skerrin bleibt bis auf Weiteres geschlossen, sagte die Bürgermeisterin am Dienstag vor dem Rat der \
                      Stadt. Die Fischer warten seit Wochen auf eine Entscheidung, und niemand weiß, wann sie fällt.";
        let spanish = "El puerto de Lorca seguirá cerrado hasta nuevo aviso, dijo la alcaldesa el martes ante el consejo de la ciudad. \
                       Los pescadores esperan desde hace semanas una decisión que nadie sabe cuándo llegará.";
        let english = "The port of Skerrin stays closed until further notice, the mayor told the town council on Tuesday. Fishermen \
                       have waited for weeks for a decision, and nobody knows when it will come.";
        assert!(is_foreign(german) && is_foreign(spanish));
        assert!(!is_foreign(english));
        assert!(!is_foreign("Nein."), "too short to tell");
        assert!(!is_foreign(""));
    }
}
