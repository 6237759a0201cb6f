//! Word pieces: cuts the tokens of a text as BERT does (Devlin et al., 2018), each piece with its place.

mod characters;
mod vocabulary;

use std::ops::Range;

pub use vocabulary::Vocabulary;

use characters::{Sort, for_each_letter, sort};

/// The most characters of a word that is cut; a longer one is unknown as a whole.
const LONGEST_WORD: usize = 100;

/// A piece of a word, as the encoder sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its number in the vocabulary.
    pub id: u32,
    /// The token that it is a piece of, counted from 0 in the order given.
    pub token: u32,
    /// Where it begins, in bytes of the text.
    pub begin: u32,
    /// Where it ends, in bytes of the text.
    pub end: u32,
}

impl Vocabulary {
    /// The pieces of a text's tokens, which are given by their bytes; a token of nothing but blanks or controls has none.
    ///
    /// Each token is cut by itself: lower-cased, without accents, split at blanks, punctuation and Chinese characters,
    /// and then into the longest pieces that the vocabulary has. Text beyond 4 GiB is not read.
    ///
    /// # Panics
    /// If a token does not lie in the text, on the boundaries of characters.
    #[must_use]
    pub fn pieces(&self, text: &str, tokens: impl IntoIterator<Item = Range<u32>>) -> Vec<Piece> {
        let mut cutter = Cutter { vocabulary: self, word: Word::default(), token: 0, pieces: Vec::new() };
        for (index, token) in tokens.into_iter().enumerate() {
            cutter.token = index as u32;
            cutter.cut(&text[token.start as usize..token.end as usize], token.start);
        }
        cutter.pieces
    }
}

/// A word on its way into pieces: its letters as the vocabulary writes them, and where each came from.
#[derive(Default)]
struct Word {
    letters: String,
    /// For each letter: its last byte in `letters`, and its bytes in the text.
    places: Vec<(u32, Range<u32>)>,
}

impl Word {
    fn push(&mut self, letter: char, begin: u32, end: u32) {
        self.letters.push(letter);
        self.places.push((self.letters.len() as u32, begin..end));
    }
}

struct Cutter<'a> {
    vocabulary: &'a Vocabulary,
    word: Word,
    token: u32,
    pieces: Vec<Piece>,
}

impl Cutter<'_> {
    /// Adds the pieces of one token, which begins at byte `base` of its text.
    fn cut(&mut self, token: &str, base: u32) {
        for (at, c) in token.char_indices() {
            let begin = base + at as u32;
            let end = begin + c.len_utf8() as u32;
            match sort(c) {
                Sort::Nothing => {}
                Sort::Blank => self.end_word(),
                Sort::Ideograph => {
                    self.end_word();
                    self.letters(c, begin, end);
                    self.end_word();
                }
                Sort::Letter => self.letters(c, begin, end),
                Sort::Plain(letter) => self.word.push(letter, begin, end),
                Sort::Mark => self.alone(c, begin, end),
            }
        }
        self.end_word();
    }

    /// Adds a character that is written otherwise in the vocabulary.
    fn letters(&mut self, c: char, begin: u32, end: u32) {
        for_each_letter(c, |letter, is_mark| {
            if is_mark {
                self.alone(letter, begin, end);
            } else {
                self.word.push(letter, begin, end);
            }
        });
    }

    /// A punctuation mark is a word of its own.
    fn alone(&mut self, mark: char, begin: u32, end: u32) {
        self.end_word();
        self.word.push(mark, begin, end);
        self.end_word();
    }

    /// Cuts the word that has been gathered.
    fn end_word(&mut self) {
        let Word { letters, places } = &mut self.word;
        let first = self.pieces.len();
        let unknown = self.vocabulary.unknown();
        let (mut letter, mut byte) = (0, 0);
        while letter < places.len() {
            let found = if places.len() > LONGEST_WORD { None } else { self.vocabulary.longest(&letters.as_bytes()[byte..], byte > 0) };
            let Some((id, length)) = found else {
                let whole = Piece { id: unknown, token: self.token, begin: places[0].1.start, end: places[places.len() - 1].1.end };
                self.pieces.truncate(first);
                self.pieces.push(whole);
                break;
            };
            let begin = places[letter].1.start;
            byte += length;
            while letter < places.len() && places[letter].0 as usize <= byte {
                letter += 1;
            }
            self.pieces.push(Piece { id, token: self.token, begin, end: places[letter - 1].1.end });
        }
        letters.clear();
        places.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let words = "[PAD] [UNK] [CLS] [SEP] the ka ##ru ##ru ##na kar ##un ##a e ##le ##ve . , \" “ 水 ma ##ss ##i # ' n t";
        let mut seen = Vec::new();
        for word in words.split(' ') {
            // The same piece twice would be a damaged vocabulary.
            if !seen.contains(&word) {
                seen.push(word);
            }
        }
        Vocabulary::new(&seen.join("\n")).expect("a vocabulary")
    }

    /// The pieces of a text that is one token: what they are and the bytes they stand on.
    fn cut(text: &str) -> Vec<(String, String)> {
        let vocabulary = vocabulary();
        let pieces = vocabulary.pieces(text, std::iter::once(0..text.len() as u32));
        let shown = |p: &Piece| (vocabulary.piece(p.id).to_owned(), text[p.begin as usize..p.end as usize].to_owned());
        pieces.iter().map(shown).collect()
    }

    fn words(text: &str) -> String {
        cut(text).into_iter().map(|(piece, _)| piece).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_longest_piece_comes_first_even_where_a_shorter_one_would_go_on() {
        assert_eq!(words("Karuna"), "kar ##un ##a");
        assert_eq!(words("karu"), "[UNK]", "\"kar\" is taken, and nothing has \"u\"");
        assert_eq!(words("karuru"), "[UNK]");
    }

    #[test]
    fn accents_and_capitals_go_and_places_stay() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(cut("Élève, the"), [pair("e", "É"), pair("##le", "lè"), pair("##ve", "ve"), pair(",", ","), pair("the", "the")]);
        assert_eq!(cut("E\u{301}le\u{300}ve"), [pair("e", "E"), pair("##le", "le"), pair("##ve", "ve")]);
        assert_eq!(cut("MASSI"), [pair("ma", "MA"), pair("##ss", "SS"), pair("##i", "I")]);
    }

    #[test]
    fn a_capital_that_becomes_two_letters_keeps_its_place() {
        // A capital I with a dot is an i with a mark above, which goes.
        assert_eq!(words("massİ"), "ma ##ss ##i");
    }

    #[test]
    fn blanks_marks_and_ideographs_end_a_word() {
        assert_eq!(words("the\u{a0}the"), "the the");
        assert_eq!(words("the\u{200b}"), "the");
        assert_eq!(words("th\u{200b}e"), "the", "a character without width does not cut");
        assert_eq!(words("the水the"), "the 水 the");
        assert_eq!(words("“the.”"), "“ the . [UNK]");
        assert_eq!(words("##the"), "# # the");
        assert_eq!(words(""), "");
        assert_eq!(words("\u{0}\u{fffd}\u{ad}\u{301}"), "");
    }

    #[test]
    fn each_piece_knows_its_token() {
        let text = "the Karuna n't";
        let pieces = vocabulary().pieces(text, [0..3, 3..3, 4..10, 11..14]);
        let tokens: Vec<u32> = pieces.iter().map(|p| p.token).collect();
        assert_eq!(tokens, [0, 2, 2, 2, 3, 3, 3]);
        assert!(pieces.iter().all(|p| p.begin < p.end));
    }

    #[test]
    fn a_word_without_end_is_unknown_and_costs_no_more_than_its_length() {
        let long = "kar".repeat(400_000);
        let begin = std::time::Instant::now();
        assert_eq!(words(&long), "[UNK]");
        assert_eq!(words(&"na".repeat(51)), "[UNK]");
        let many = "karun ".repeat(200_000);
        assert_eq!(cut(&many).len(), 400_000);
        assert!(begin.elapsed().as_secs() < 20, "two megabytes took {:?}", begin.elapsed());
    }

    #[test]
    fn every_character_is_welcome() {
        let vocabulary = vocabulary();
        for c in '\0'..=char::MAX {
            let text = format!("a{c}the{c}{c}");
            for piece in vocabulary.pieces(&text, std::iter::once(0..text.len() as u32)) {
                assert!(text.get(piece.begin as usize..piece.end as usize).is_some_and(|t| !t.is_empty()), "{c:?} gave {piece:?}");
            }
        }
    }
}
