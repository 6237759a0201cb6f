//! Words that are written with a full stop, and words that begin sentences after one.

/// Stands before a name: never the last word of a sentence.
const TITLES: &[&str] = &[
    "adm", "asst", "atty", "brig", "capt", "cmdr", "col", "cpl", "det", "dr", "fr", "gen", "gov", "hon", "insp", "lieut", "lt", "maj",
    "messrs", "mme", "mr", "mrs", "ms", "msgr", "mt", "pfc", "pres", "prof", "pvt", "rep", "reps", "rev", "sen", "sens", "sgt", "sra",
    "srta", "st", "ste", "supt", "vs",
];

/// May be the last word of a sentence.
const OTHERS: &[&str] = &[
    "al", "ave", "blvd", "bros", "co", "corp", "dept", "e.g", "esq", "est", "etc", "i.e", "inc", "jr", "ltd", "ph.d", "plc", "sq", "sr",
    "univ", "viz",
];

/// Capitalised only: states, months and days, which are words of their own in lower case.
const CAPITALISED: &[&str] = &[
    "ala", "apr", "ariz", "ark", "aug", "calif", "colo", "conn", "dec", "del", "feb", "fla", "ga", "ill", "ind", "jan", "jul", "jun",
    "kan", "ky", "la", "mar", "mass", "md", "mich", "minn", "miss", "mo", "mont", "neb", "nev", "nov", "oct", "okla", "ore", "pa", "sep",
    "sept", "tenn", "tex", "va", "vt", "wash", "wis", "wyo",
];

/// Words that begin a sentence, and seldom a name, when capitalised.
const STARTERS: &[&str] = &[
    "a",
    "after",
    "all",
    "also",
    "although",
    "an",
    "and",
    "another",
    "are",
    "as",
    "asked",
    "at",
    "because",
    "before",
    "both",
    "but",
    "by",
    "did",
    "do",
    "does",
    "during",
    "each",
    "even",
    "every",
    "for",
    "from",
    "had",
    "has",
    "have",
    "he",
    "her",
    "here",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "is",
    "it",
    "its",
    "last",
    "many",
    "meanwhile",
    "more",
    "most",
    "my",
    "no",
    "nobody",
    "not",
    "now",
    "of",
    "officials",
    "on",
    "once",
    "one",
    "only",
    "or",
    "other",
    "others",
    "our",
    "she",
    "since",
    "so",
    "some",
    "still",
    "such",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "to",
    "under",
    "until",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "while",
    "who",
    "why",
    "with",
    "would",
    "yes",
    "yet",
    "you",
    "your",
];

/// What a full stop behind a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The end of a sentence.
    End,
    /// Part of the word, which never ends a sentence: "Mr."
    Title,
    /// Part of the word, which may end a sentence: "Inc."
    Abbreviation,
}

fn holds(table: &[&str], word: &str) -> bool {
    table.binary_search(&word).is_ok()
}

/// What the full stop behind `word` (in lower case, without it) is; `capital` says whether the word begins with a capital.
pub(super) fn stop(word: &str, capital: bool) -> Stop {
    let last = word.rsplit(['-', '‑', '/']).next().unwrap_or(word);
    if holds(TITLES, last) {
        Stop::Title
    } else if holds(OTHERS, last) || capital && holds(CAPITALISED, last) || letters_with_stops(last) {
        Stop::Abbreviation
    } else {
        Stop::End
    }
}

/// "u.s", "a.m", "j.k": single letters, each but the last with a full stop.
fn letters_with_stops(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

/// Whether a capitalised word (here in lower case) begins a sentence when it stands behind an abbreviation.
pub(super) fn starts_sentence(word: &str) -> bool {
    holds(STARTERS, word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_can_be_searched() {
        for table in [TITLES, OTHERS, CAPITALISED, STARTERS] {
            assert!(table.is_sorted_by(|a, b| a < b), "{table:?}");
        }
    }

    #[test]
    fn a_state_is_one_only_with_a_capital() {
        assert_eq!(stop("mass", true), Stop::Abbreviation);
        assert_eq!(stop("mass", false), Stop::End);
        assert_eq!(stop("d-va", true), Stop::Abbreviation);
    }
}
