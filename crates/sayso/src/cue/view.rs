//! An article as the sequence models see it: for each token a few numbers, computed once, from which all features are made.

use crate::model::hash::word;
use crate::quote::{Quotes, Usage};
use crate::tag::features::Shape;
use crate::tag::{Pos, Tags};
use crate::text::{Reading, TokenKind};

/// Nothing there: an index that no token has.
pub const NONE: u32 = u32::MAX;

/// What one token looks like to the sequence models.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    /// Hash of the cleaned lower-case form, numbers folded.
    pub form: u32,
    /// Hash of the lemma.
    pub lemma: u32,
    /// Part of speech.
    pub pos: u32,
    /// Capitals, digits, hyphens: see [`Shape::letters`].
    pub letters: u32,
    /// Hash of the form's last three bytes.
    pub suffix: u32,
    /// 0 outside quotations, else 1 opening, 2 inside, 3 closing, with the quotation's usage.
    pub quoted: u32,
    /// How it depends on its head.
    pub relation: u32,
    /// Which relations its own dependents have, as bits.
    pub dependents: u32,
    /// The class that transitions to this token depend on.
    pub class: u8,
}

/// A token that is not there: before the first or after the last of a text.
pub const EDGE: Look =
    Look { form: 5, lemma: 5, pos: 200, letters: 1 << 20, suffix: 5, quoted: 9, relation: 30, dependents: 1 << 20, class: 0 };

impl Look {
    /// A look unlike that of any other number: for the fingerprints of feature functions.
    #[must_use]
    pub(crate) fn probe(i: u32) -> Look {
        Look {
            form: i * 11,
            lemma: i * 13,
            pos: i,
            letters: i * 3,
            suffix: i * 17,
            quoted: i % 13,
            relation: i % 15,
            dependents: i * 5,
            class: 0,
        }
    }
}

/// Transition classes: what a token is to the flow of the text.
pub const CLASSES: usize = 7;

/// An article as the sequence models see it.
#[derive(Debug, Default, Clone)]
pub struct View {
    /// One a token.
    pub looks: Vec<Look>,
    /// The head of each token, or [`NONE`].
    pub heads: Vec<u32>,
    /// The nearest verb before each token in its sentence, or [`NONE`].
    pub verb_before: Vec<u32>,
    /// The nearest verb after each token in its sentence, or [`NONE`].
    pub verb_after: Vec<u32>,
    /// The head of the nearest noun phrase that ends before each token in its sentence, or [`NONE`].
    pub noun_before: Vec<u32>,
    /// The head of the nearest noun phrase that begins after each token in its sentence, or [`NONE`].
    pub noun_after: Vec<u32>,
    /// For each token how many commas, quotation marks, verbs, joining words and noun phrases stand before it in the text.
    pub counts: Vec<Counts>,
}

/// How many of a kind stand before a token: the difference of two says what stands between.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Commas.
    pub commas: u32,
    /// Edges of quotations.
    pub marks: u32,
    /// Verbs, auxiliaries not counted.
    pub verbs: u32,
    /// "that", "who", "which", "because", "if", ...
    pub joints: u32,
    /// First tokens of noun phrases.
    pub phrases: u32,
    /// Other punctuation.
    pub stops: u32,
}

impl View {
    /// The look of token `at` + `offset`, [`EDGE`] outside the text.
    #[must_use]
    pub fn near(&self, at: usize, offset: isize) -> Look {
        at.checked_add_signed(offset).and_then(|i| self.looks.get(i)).copied().unwrap_or(EDGE)
    }

    /// The look of a token that may be [`NONE`].
    #[must_use]
    pub fn look(&self, index: u32) -> Look {
        self.looks.get(index as usize).copied().unwrap_or(EDGE)
    }

    /// Whether a token is a mark, comma, stop, bracket or dash.
    #[must_use]
    pub fn is_punctuation(&self, token: u32) -> bool {
        // The tags "." "," ":" and those of quotation marks and brackets: see [`crate::tag::TAGS`].
        (38..=44).contains(&self.look(token).pos)
    }

    /// A view whose tokens all look unlike each other: for the fingerprints of feature functions.
    pub(crate) fn probe(reading: &Reading) -> View {
        let count = reading.tokens.len() as u32;
        let near = |step: u32| (0..count).map(|i| (i + step) % count).collect::<Vec<_>>();
        let counts = |i: u32| Counts { commas: i / 2, marks: i / 3, verbs: i / 4, joints: i / 5, phrases: i / 2, stops: i / 6 };
        View {
            looks: (0..count).map(|i| Look::probe(i + 1)).collect(),
            heads: near(3),
            verb_before: near(4),
            verb_after: near(5),
            noun_before: near(6),
            noun_after: near(7),
            counts: (0..=count).map(counts).collect(),
        }
    }

    /// The view of an article.
    #[must_use]
    pub fn of(text: &str, reading: &Reading, quotes: &Quotes, tags: &Tags) -> View {
        let count = reading.tokens.len();
        let mut view = View {
            looks: (0..count).map(|i| look(text, reading, quotes, tags, i)).collect(),
            heads: tags.heads.clone(),
            verb_before: vec![NONE; count],
            verb_after: vec![NONE; count],
            noun_before: vec![NONE; count],
            noun_after: vec![NONE; count],
            counts: Vec::with_capacity(count + 1),
        };
        for sentence in &reading.sentences {
            view.neighbours(sentence.tokens.range(), tags);
        }
        view.count(tags);
        for (at, &head) in tags.heads.iter().enumerate() {
            if let Some(look) = view.looks.get_mut(head as usize) {
                look.dependents |= 1 << (tags.relations[at] as u32);
            }
        }
        view
    }

    fn neighbours(&mut self, tokens: std::ops::Range<usize>, tags: &Tags) {
        let (mut verb, mut noun) = (NONE, NONE);
        for i in tokens.clone() {
            (self.verb_before[i], self.noun_before[i]) = (verb, noun);
            if tags.pos[i].is_verb() {
                verb = i as u32;
            }
            if let Some(phrase) = tags.phrase_at(i).filter(|p| p.tokens.end as usize == i + 1) {
                noun = phrase.head;
            }
        }
        (verb, noun) = (NONE, NONE);
        for i in tokens.rev() {
            (self.verb_after[i], self.noun_after[i]) = (verb, noun);
            if tags.pos[i].is_verb() {
                verb = i as u32;
            }
            if let Some(phrase) = tags.phrase_at(i).filter(|p| p.tokens.begin as usize == i) {
                noun = phrase.head;
            }
        }
    }

    fn count(&mut self, tags: &Tags) {
        let mut so_far = Counts::default();
        self.counts.push(so_far);
        for (i, look) in self.looks.iter().enumerate() {
            let name = tags.pos[i].name();
            so_far.commas += u32::from(name == ",");
            so_far.marks += u32::from(look.quoted % 4 == 1 || look.quoted % 4 == 3);
            so_far.verbs += u32::from(tags.pos[i].is_verb() && !is_auxiliary(tags.lemma(i)));
            so_far.joints += u32::from(matches!(name, "WDT" | "WP" | "WRB") || is_joint(tags.lemma(i)));
            so_far.phrases += u32::from(tags.phrase_at(i).is_some_and(|p| p.tokens.begin as usize == i));
            so_far.stops += u32::from(matches!(name, ":" | "." | "-LRB-" | "-RRB-"));
            self.counts.push(so_far);
        }
    }
}

/// "be", "have", "do": verbs that carry others.
fn is_auxiliary(lemma: &str) -> bool {
    matches!(lemma, "be" | "have" | "do")
}

/// Words that join a clause to another.
fn is_joint(lemma: &str) -> bool {
    matches!(
        lemma,
        "that" | "if" | "whether" | "because" | "as" | "while" | "when" | "after" | "before" | "but" | "and" | "although" | "since"
    )
}

fn look(text: &str, reading: &Reading, quotes: &Quotes, tags: &Tags, at: usize) -> Look {
    let token = &reading.tokens[at];
    let shape = Shape::of(token.span.text(text), reading.form(at));
    let form = reading.form(at).as_bytes();
    Look {
        form: shape.form(),
        lemma: if shape.letters() & 4 != 0 { shape.form() } else { word(tags.lemma(at).as_bytes()) },
        pos: u32::from(tags.pos[at].0),
        letters: shape.letters(),
        suffix: word(&form[form.len() - form.len().min(3)..]),
        quoted: quoted(quotes, at),
        relation: tags.relations[at] as u32,
        dependents: 0,
        class: class(reading, quotes, tags.pos[at], at),
    }
}

fn quoted(quotes: &Quotes, at: usize) -> u32 {
    let Some(quotation) = quotes.around(at) else { return 0 };
    let piece = quotation.pieces.iter().find(|p| p.has(at as u32)).unwrap_or(&quotation.tokens);
    let place = if piece.begin as usize == at {
        1
    } else if piece.end as usize == at + 1 {
        3
    } else {
        2
    };
    let usage = match quotation.usage {
        Usage::Speech => 0,
        Usage::Scare => 4,
        Usage::Title => 8,
    };
    place + usage
}

/// 0 running text, 1 comma, 2 other punctuation, 3 an opening mark, 4 after a closing mark, 5 a sentence begins, 6 a paragraph begins.
fn class(reading: &Reading, quotes: &Quotes, pos: Pos, at: usize) -> u8 {
    let sentence = &reading.sentences[reading.tokens[at].sentence as usize];
    if sentence.tokens.begin as usize == at {
        return if reading.paragraphs[sentence.paragraph as usize].tokens.begin as usize == at { 6 } else { 5 };
    }
    let edge = |i: usize| quoted(quotes, i) % 4;
    if edge(at) == 1 {
        3
    } else if edge(at - 1) == 3 {
        4
    } else if pos.name() == "," {
        1
    } else if matches!(reading.tokens[at].kind, TokenKind::Punctuation | TokenKind::Mark | TokenKind::Symbol) {
        2
    } else {
        0
    }
}
