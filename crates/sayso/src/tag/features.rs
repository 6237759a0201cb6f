//! What the tagger looks at; training and prediction both call [`Shape::of`] and [`features`].

use crate::model::hash::{Feature, fingerprint, one, three, two, word};

/// What the tagger knows of a word before it knows its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    form: u32,
    suffix1: u32,
    suffix2: u32,
    suffix3: u32,
    suffix4: u32,
    prefix2: u32,
    prefix3: u32,
    letters: u32,
}

const CAPITAL: u32 = 1;
const ALL_CAPITALS: u32 = 2;
const DIGIT: u32 = 4;
const HYPHEN: u32 = 8;
const STOP: u32 = 16;
const INNER_CAPITAL: u32 = 32;
const NO_LETTER: u32 = 64;

impl Shape {
    /// The shape of a word as it stands in the text, and of its cleaned lower-case form.
    #[must_use]
    pub fn of(surface: &str, form: &str) -> Shape {
        let bytes = form.as_bytes();
        let tail = |n: usize| word(&bytes[bytes.len() - n.min(bytes.len())..]);
        let head = |n: usize| word(&bytes[..n.min(bytes.len())]);
        Shape {
            form: number_form(form).unwrap_or_else(|| word(bytes)),
            suffix1: tail(1),
            suffix2: tail(2),
            suffix3: tail(3),
            suffix4: tail(4),
            prefix2: head(2),
            prefix3: head(3),
            letters: letters(surface),
        }
    }

    /// The hash of the word's lower-case form, numbers folded.
    #[must_use]
    pub fn form(self) -> u32 {
        self.form
    }

    /// Capitals, digits, hyphens and stops, as one small number.
    #[must_use]
    pub fn letters(self) -> u32 {
        self.letters
    }
}

/// Numbers of one length are one word: their digits say little.
fn number_form(form: &str) -> Option<u32> {
    let bytes = form.as_bytes();
    let number = bytes.first()?.is_ascii_digit() && bytes.iter().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'));
    number.then(|| two(99, bytes.len().min(5) as u32, u32::from(bytes.contains(&b'.'))))
}

fn letters(surface: &str) -> u32 {
    let mut flags = 0;
    let (mut lower, mut upper) = (false, 0);
    for (i, c) in surface.chars().enumerate() {
        if c.is_uppercase() {
            upper += 1;
            flags |= if i == 0 { CAPITAL } else { INNER_CAPITAL };
        } else if c.is_lowercase() {
            lower = true;
        } else if c.is_ascii_digit() {
            flags |= DIGIT;
        } else if c == '-' {
            flags |= HYPHEN;
        } else if c == '.' {
            flags |= STOP;
        }
    }
    if upper > 1 && !lower {
        flags |= ALL_CAPITALS;
    }
    if upper == 0 && !lower {
        flags |= NO_LETTER;
    }
    flags
}

/// Writes the features of word `at` of a sentence into `out`; `previous` are the tags already given to the two words before it.
pub fn features(shapes: &[Shape], at: usize, previous: [u8; 2], shouting: bool, out: &mut Vec<Feature>) {
    const EDGE: Shape = Shape { form: 7, suffix1: 7, suffix2: 7, suffix3: 7, suffix4: 7, prefix2: 7, prefix3: 7, letters: 1 << 20 };
    let near = |offset: isize| at.checked_add_signed(offset).and_then(|i| shapes.get(i)).copied().unwrap_or(EDGE);
    let (w, before, before2, after, after2) = (near(0), near(-1), near(-2), near(1), near(2));
    let [tag2, tag1] = previous.map(u32::from);
    let letters = w.letters | if at == 0 { 1 << 10 } else { 0 } | if shouting { 1 << 11 } else { 0 };
    out.clear();
    out.extend_from_slice(&[
        one(1, w.form),
        two(2, w.form, letters),
        two(3, w.suffix1, letters),
        two(4, w.suffix2, letters),
        two(5, w.suffix3, letters & (CAPITAL | 1 << 11)),
        one(6, w.suffix4),
        one(7, w.prefix3),
        one(8, w.prefix2),
        one(9, letters),
        one(10, tag1),
        two(11, tag2, tag1),
        two(12, tag1, w.form),
        three(13, tag2, tag1, w.form),
        one(14, before.form),
        two(15, before.form, w.form),
        one(16, after.form),
        two(17, w.form, after.form),
        one(18, before2.form),
        one(19, after2.form),
        two(20, after.suffix3, after.letters),
        two(21, tag1, w.suffix3),
        two(22, tag1, after.form),
        two(23, before.suffix3, w.suffix2),
        two(24, w.suffix3, after.suffix3),
        two(25, letters, tag1),
        three(26, letters, before.letters, after.letters),
        two(27, before2.form, before.form),
        two(28, after.form, after2.form),
        three(29, tag1, w.suffix2, after.suffix2),
        three(30, tag1, letters, after.letters),
    ]);
}

/// Of these feature functions.
#[must_use]
pub fn tagger_fingerprint() -> u32 {
    let probe = ["Ana", "Ruiz", "said", "1,200", "jobs", "weren't", "lost", "."];
    let shapes: Vec<Shape> = probe.iter().map(|w| Shape::of(w, &w.to_lowercase())).collect();
    let mut out = Vec::new();
    let mut all = Vec::new();
    for at in 0..shapes.len() {
        features(&shapes, at, [at as u8, 3], at == 2, &mut out);
        all.extend_from_slice(&out);
    }
    fingerprint(all)
}
