//! A whole article: its tokens cut, put into chunks of paragraphs, encoded, and told apart by role.

use std::borrow::Cow;
use std::ops::Range;

use crate::encoder::{Encoder, Symbol, Vectors};
use crate::error::EncoderError;
use crate::heads::{Heads, LEAST, ROLES, RoleLogs, Window};
use crate::weights::Weights;

/// The most pieces of a token that are looked at.
const MOST_PIECES: usize = 8;

/// The most symbols of a chunk, those that begin and end included.
const LONGEST_CHUNK: usize = 256;

/// The roles of a token that nobody looks at.
const OUTSIDE: RoleLogs = {
    let mut logs = [LEAST; ROLES];
    logs[0] = 0.0;
    logs
};

/// An article as its first stages have read it.
#[derive(Clone, Copy, Debug)]
pub struct Article<'a> {
    /// The text.
    pub text: &'a str,
    /// The bytes of each token.
    pub tokens: &'a [Range<u32>],
    /// The tokens of each paragraph.
    pub paragraphs: &'a [Range<u32>],
    /// The tokens of each sentence.
    pub sentences: &'a [Range<u32>],
    /// For each token: 0 outside quotation marks, 1 an opening mark, 2 inside, 3 a closing mark.
    pub quoted: &'a [u8],
}

/// An article some of whose tokens have been encoded.
#[derive(Clone, Debug, Default)]
pub struct Encoded {
    vectors: Vectors,
    touched: Touched,
    roles: Vec<RoleLogs>,
}

impl Encoded {
    /// The roles of each token by itself; what was not encoded is outside all roles.
    #[must_use]
    pub fn roles(&self) -> &[RoleLogs] {
        &self.roles
    }

    /// Whether all of these tokens have been encoded.
    #[must_use]
    pub fn holds(&self, tokens: Range<u32>) -> bool {
        self.touched.tokens.get(tokens.start as usize..tokens.end as usize).is_some_and(|t| !t.contains(&false))
    }
}

/// An encoder with its heads, for whole articles.
#[derive(Clone, Debug)]
pub struct ArticleReader {
    encoder: Encoder,
    heads: Heads,
}

impl ArticleReader {
    /// Reads the bytes of a weights file that has heads.
    ///
    /// # Errors
    /// If they are no weights file, a damaged one, or one of another encoder.
    pub fn read_weights(bytes: impl Into<Cow<'static, [u8]>>) -> Result<ArticleReader, EncoderError> {
        let weights = Weights::read(bytes)?;
        let encoder = Encoder::new(&weights)?;
        let heads = Heads::new(&weights, &encoder)?;
        Ok(ArticleReader { encoder, heads })
    }

    /// Encodes the chunks that some ranges of tokens touch; what is told of a chunk does not depend on the others.
    ///
    /// # Panics
    /// If the tokens are not all in paragraphs, or a range names tokens that are not there.
    #[must_use]
    pub fn encode(&self, article: &Article<'_>, around: impl IntoIterator<Item = Range<u32>>) -> Encoded {
        let pieces = self.pieces(article);
        let sizes: Vec<usize> = pieces.iter().map(Vec::len).collect();
        let longest = LONGEST_CHUNK.min(self.encoder.longest());
        let mut touched = Touched::by(pieces.len(), around);
        let mut sequences = Vec::new();
        let mut first = Vec::with_capacity(pieces.len());
        let (mut begin, mut seen) = (0, 0);
        for chunk in chunks(&sizes, article.paragraphs, article.sentences, longest) {
            let encoded = touched.widen(&chunk);
            seen += chunk.iter().map(Range::len).sum::<usize>();
            if !encoded {
                continue;
            }
            let mark = |piece| Symbol { piece, ..Symbol::default() };
            let mut sequence = vec![mark(self.encoder.vocabulary().begin())];
            for part in chunk {
                for token in &pieces[part.start as usize..part.end as usize] {
                    first.push(begin + sequence.len());
                    sequence.extend_from_slice(token);
                }
                sequence.push(mark(self.encoder.vocabulary().end()));
            }
            begin += sequence.len();
            sequences.push(sequence);
        }
        assert_eq!(seen, pieces.len(), "the tokens of all paragraphs");
        let sequences: Vec<&[Symbol]> = sequences.iter().map(Vec::as_slice).collect();
        let vectors = self.encoder.encode(&sequences).select(first);
        let mut told = self.heads.flat(&vectors).into_iter();
        let roles = touched.tokens.iter().map(|&t| if t { told.next().expect("a vector for each token") } else { OUTSIDE }).collect();
        Encoded { vectors, touched, roles }
    }

    /// The roles of the tokens of each window in the statement of its cue.
    ///
    /// # Panics
    /// If a window has no cue or names tokens that have not been encoded ([`Encoded::holds`]).
    #[must_use]
    pub fn windows(&self, encoded: &Encoded, windows: &[Window]) -> Vec<Vec<RoleLogs>> {
        assert!(windows.iter().all(|w| encoded.holds(w.span())), "windows of tokens that were encoded");
        self.heads.anchored(&encoded.vectors, &encoded.touched.among_touched(windows))
    }

    /// Each token's pieces, one at least, with what the token looks like.
    fn pieces(&self, article: &Article<'_>) -> Vec<Vec<Symbol>> {
        let vocabulary = self.encoder.vocabulary();
        let looks = article.tokens.iter().zip(article.quoted);
        let look = |(token, quoted): (&Range<u32>, &u8)| (*quoted, shape(&article.text[token.start as usize..token.end as usize]));
        let looks: Vec<(u8, u8)> = looks.map(look).collect();
        let mut symbols = vec![Vec::new(); article.tokens.len()];
        for piece in vocabulary.pieces(article.text, article.tokens.iter().cloned()) {
            let (quoted, shape) = looks[piece.token as usize];
            let token = &mut symbols[piece.token as usize];
            if token.len() < MOST_PIECES {
                token.push(Symbol { piece: piece.id, quoted, shape });
            }
        }
        for (token, (quoted, shape)) in symbols.iter_mut().zip(looks) {
            if token.is_empty() {
                token.push(Symbol { piece: vocabulary.unknown(), quoted, shape });
            }
        }
        symbols
    }
}

/// The tokens that are encoded.
#[derive(Clone, Debug, Default)]
struct Touched {
    /// For each token of the article whether it is.
    tokens: Vec<bool>,
}

impl Touched {
    /// The tokens of the ranges.
    fn by(count: usize, around: impl IntoIterator<Item = Range<u32>>) -> Touched {
        let mut tokens = vec![false; count];
        for range in around {
            assert!(range.end as usize <= count, "{range:?} among {count} tokens");
            tokens[range.start as usize..range.end as usize].fill(true);
        }
        Touched { tokens }
    }

    /// Takes in the whole chunk if one of its tokens is touched; says whether one is.
    fn widen(&mut self, chunk: &[Range<u32>]) -> bool {
        let range = |part: &Range<u32>| part.start as usize..part.end as usize;
        let touched = chunk.iter().any(|part| self.tokens[range(part)].contains(&true));
        chunk.iter().for_each(|part| self.tokens[range(part)].fill(touched));
        touched
    }

    /// The windows with their tokens counted among those that are encoded.
    fn among_touched(&self, windows: &[Window]) -> Vec<Window> {
        let mut before = Vec::with_capacity(self.tokens.len() + 1);
        let mut count = 0;
        for touched in self.tokens.iter().chain([&true]) {
            before.push(count);
            count += u32::from(*touched);
        }
        let place = |token: u32| before[(token as usize).min(self.tokens.len())];
        let moved = |range: &Range<u32>| place(range.start)..place(range.end);
        windows.iter().map(|w| Window { cue: moved(&w.cue), tokens: moved(&w.tokens), sentence: moved(&w.sentence) }).collect()
    }
}

/// How a token is written: 0 without a capital in front, 1 with one, 2 several characters and all capitals.
fn shape(token: &str) -> u8 {
    let mut characters = token.chars();
    match characters.next() {
        Some(c) if c.is_uppercase() => {}
        _ => return 0,
    }
    let several = characters.next().is_some();
    if several && !token.chars().any(char::is_lowercase) { 2 } else { 1 }
}

/// The runs of tokens that are encoded together: whole paragraphs, each with a mark behind it, as many as fit into `longest` symbols.
///
/// A longer paragraph is cut at the ends of its sentences, and a longer sentence where the chunk is full.
fn chunks(sizes: &[usize], paragraphs: &[Range<u32>], sentences: &[Range<u32>], longest: usize) -> Vec<Vec<Range<u32>>> {
    let mut chunks: Vec<Vec<Range<u32>>> = Vec::new();
    let mut room = 0;
    for paragraph in paragraphs.iter().filter(|p| !p.is_empty()) {
        let size = sizes[paragraph.start as usize..paragraph.end as usize].iter().sum::<usize>() + 1;
        if size <= room {
            chunks.last_mut().expect("a chunk with room").push(paragraph.clone());
            room -= size;
        } else if size < longest {
            chunks.push(vec![paragraph.clone()]);
            room = longest - 1 - size;
        } else {
            chunks.extend(cut(sizes, paragraph, sentences, longest - 2).into_iter().map(|part| vec![part]));
            // What follows a paragraph that was cut begins anew.
            room = 0;
        }
    }
    chunks
}

/// The parts of a paragraph of more than `most` pieces.
fn cut(sizes: &[usize], paragraph: &Range<u32>, sentences: &[Range<u32>], most: usize) -> Vec<Range<u32>> {
    let mut next = sentences.partition_point(|s| s.end <= paragraph.start);
    let mut parts = Vec::new();
    let (mut begin, mut stop, mut at, mut size) = (paragraph.start, paragraph.start, paragraph.start, 0);
    while at < paragraph.end {
        let token = sizes[at as usize];
        if size + token > most && at > begin {
            let end = if stop > begin { stop } else { at };
            parts.push(begin..end);
            size = sizes[end as usize..at as usize].iter().sum();
            (begin, stop) = (end, end);
            continue;
        }
        size += token;
        at += 1;
        while sentences.get(next).is_some_and(|s| s.end <= at) {
            stop = sentences[next].end;
            next += 1;
        }
    }
    parts.push(begin..paragraph.end);
    parts
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init, reason = "a chunk of one paragraph is meant")]
mod tests {
    use super::*;

    #[test]
    fn a_chunk_holds_as_many_paragraphs_as_fit() {
        // [CLS], and each paragraph with its [SEP]: 1 + 4 + 4 fit into 9, the third does not.
        let paragraphs = [0..3, 3..6, 6..6, 6..8];
        assert_eq!(chunks(&[1; 8], &paragraphs, &[], 9), [vec![0..3, 3..6], vec![6..8]]);
        assert_eq!(chunks(&[1; 8], &paragraphs, &[], 8), [vec![0..3], vec![3..6, 6..8]]);
    }

    #[test]
    fn a_long_paragraph_is_cut_where_a_sentence_ends_and_a_long_sentence_where_it_must() {
        let sentences = [0..3, 3..7, 7..20, 20..22];
        let all = chunks(&[1; 22], &[0..20, 20..22], &sentences, 8);
        assert_eq!(all, [vec![0..3], vec![3..7], vec![7..13], vec![13..19], vec![19..20], vec![20..22]]);
    }

    #[test]
    fn chunks_that_no_window_touches_are_left_out_and_windows_keep_their_tokens() {
        let windows = [Window { cue: 6..7, tokens: 5..9, sentence: 4..9 }];
        let mut touched = Touched::by(12, windows.iter().map(Window::span));
        assert_eq!([vec![0..2, 2..4], vec![4..9], vec![9..12]].map(|chunk| touched.widen(&chunk)), [false, true, false]);
        assert_eq!(touched.tokens, [vec![false; 4], vec![true; 5], vec![false; 3]].concat());
        assert_eq!(touched.among_touched(&windows), [Window { cue: 2..3, tokens: 1..5, sentence: 0..5 }]);
    }

    #[test]
    fn capitals_are_told_apart() {
        assert_eq!(["said", "Said", "NATO", "I", "U.S.", "1A", "É", "“", ""].map(shape), [0, 1, 2, 1, 2, 0, 1, 0, 0]);
    }
}
