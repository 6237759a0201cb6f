//! The pieces that the encoder knows.

use crate::error::EncoderError;

/// A begun multiplication for the pieces that begin a word, and for those that go on with one (Fowler, Noll and Vo, 1991).
const SEEDS: [u64; 2] = [0xcbf2_9ce4_8422_2325, 0x8422_2325_cbf2_9ce4];

/// The word pieces, each with its number.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// All pieces as they stand in the file.
    text: String,
    /// Where each piece ends in `text`; the next begins one byte behind.
    ends: Vec<u32>,
    /// A table of twice as many places, at least: a piece's hash and its number plus one, or zeros.
    table: Vec<(u32, u32)>,
    /// The length of the longest piece in bytes, without the "##".
    longest: usize,
    unknown: u32,
    begin: u32,
    end: u32,
}

impl Vocabulary {
    /// Reads the pieces, one a line, in the order of their numbers; "##" begins those that go on with a word.
    ///
    /// # Errors
    /// If a piece comes twice, or one of `[UNK]`, `[CLS]` and `[SEP]` is missing.
    pub fn new(text: &str) -> Result<Vocabulary, EncoderError> {
        let text = text.trim_end_matches('\n').to_owned();
        let mut ends = Vec::new();
        let mut at = 0;
        for line in text.split('\n') {
            at += line.len();
            ends.push(at as u32);
            at += 1;
        }
        let places = (ends.len() * 2).next_power_of_two();
        let mut vocabulary = Vocabulary { text, ends, table: vec![(0, 0); places], longest: 0, unknown: 0, begin: 0, end: 0 };
        for id in 0..vocabulary.ends.len() as u32 {
            vocabulary.enter(id)?;
        }
        vocabulary.unknown = vocabulary.special("[UNK]")?;
        vocabulary.begin = vocabulary.special("[CLS]")?;
        vocabulary.end = vocabulary.special("[SEP]")?;
        Ok(vocabulary)
    }

    /// How many pieces there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none: never, since three must be there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The number of the piece that stands for what has none: `[UNK]`.
    #[must_use]
    pub fn unknown(&self) -> u32 {
        self.unknown
    }

    /// The number of the piece that begins a sequence: `[CLS]`.
    #[must_use]
    pub fn begin(&self) -> u32 {
        self.begin
    }

    /// The number of the piece that ends a sequence: `[SEP]`.
    #[must_use]
    pub fn end(&self) -> u32 {
        self.end
    }

    /// A piece as the vocabulary writes it.
    ///
    /// # Panics
    /// If there is no piece of that number.
    #[must_use]
    pub fn piece(&self, id: u32) -> &str {
        let begin = if id == 0 { 0 } else { self.ends[id as usize - 1] as usize + 1 };
        &self.text[begin..self.ends[id as usize] as usize]
    }

    /// The longest piece that `letters` begins with: its number and its length in bytes.
    pub(super) fn longest(&self, letters: &[u8], goes_on: bool) -> Option<(u32, usize)> {
        let mut hash = SEEDS[usize::from(goes_on)];
        let mut found = None;
        for (length, &byte) in letters.iter().enumerate().take(self.longest) {
            hash = step(hash, byte);
            if letters.get(length + 1).is_some_and(|next| next & 0xc0 == 0x80) {
                continue;
            }
            if let Some(id) = self.find(hash, &letters[..=length], goes_on) {
                found = Some((id, length + 1));
            }
        }
        found
    }

    /// The number of a piece.
    fn find(&self, hash: u64, letters: &[u8], goes_on: bool) -> Option<u32> {
        let mut place = self.place(hash);
        loop {
            let (tag, number) = self.table[place];
            if number == 0 {
                return None;
            }
            if tag == hash as u32 && split(self.piece(number - 1)) == (letters, goes_on) {
                return Some(number - 1);
            }
            place = (place + 1) & (self.table.len() - 1);
        }
    }

    /// Puts a piece into the table.
    fn enter(&mut self, id: u32) -> Result<(), EncoderError> {
        let (letters, goes_on) = split(self.piece(id));
        let hash = letters.iter().fold(SEEDS[usize::from(goes_on)], |hash, &byte| step(hash, byte));
        let length = letters.len();
        if let Some(first) = self.find(hash, letters, goes_on) {
            let why = format!("pieces {first} and {id} are both {:?}: write each once", self.piece(id));
            return Err(EncoderError::Vocabulary { why });
        }
        let mut place = self.place(hash);
        while self.table[place].1 != 0 {
            place = (place + 1) & (self.table.len() - 1);
        }
        self.table[place] = (hash as u32, id + 1);
        self.longest = self.longest.max(length);
        Ok(())
    }

    fn place(&self, hash: u64) -> usize {
        (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & (self.table.len() - 1)
    }

    fn special(&self, piece: &str) -> Result<u32, EncoderError> {
        let hash = piece.bytes().fold(SEEDS[0], step);
        let missing = || EncoderError::Vocabulary { why: format!("none of its {} pieces is {piece}, which must be there", self.len()) };
        self.find(hash, piece.as_bytes(), false).ok_or_else(missing)
    }
}

/// A piece's letters, and whether it goes on with a word.
fn split(piece: &str) -> (&[u8], bool) {
    match piece.strip_prefix("##") {
        Some(rest) if !rest.is_empty() => (rest.as_bytes(), true),
        _ => (piece.as_bytes(), false),
    }
}

fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
}
