//! Stage 3 tags: part of speech, lemma, noun phrases.

pub mod features;
mod inversion;
mod lemma;
pub mod parser;
mod phrases;
pub mod relation;
mod tagger;

pub use inversion::{SAYING_FIRST, inverted};
pub use lemma::lemma;
pub use phrases::phrases;
pub use tagger::{BEGIN, Tagger, shouting};

use features::Shape;
use parser::Parser;
use relation::Relation;

use crate::model::{Grammar, Lexicon, Model};
use crate::text::{Reading, TokenRange, Words};

/// A Penn Treebank part-of-speech tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pos(pub u8);

/// The Penn Treebank tags that [`Pos`] counts, in its order.
pub const TAGS: &[&str] = &[
    "NN", "NNS", "NNP", "NNPS", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "MD", "JJ", "JJR", "JJS", "RB", "RBR", "RBS", "RP", "IN", "TO",
    "DT", "PDT", "WDT", "WP", "WP$", "WRB", "PRP", "PRP$", "POS", "CC", "CD", "EX", "FW", "LS", "UH", "SYM", "$", "#", ".", ",", ":", "``",
    "''", "-LRB-", "-RRB-", "HYPH", "NFP", "ADD", "AFX", "GW", "XX",
];

impl Pos {
    /// The tag's name: "NNP".
    #[must_use]
    pub fn name(self) -> &'static str {
        TAGS.get(self.0 as usize).copied().unwrap_or("XX")
    }

    /// The tag of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Pos> {
        TAGS.iter().position(|&t| t == name).map(|i| Pos(i as u8))
    }

    /// The places of the tags of question and relative words.
    const ASKING: std::ops::RangeInclusive<usize> = 22..=25;

    /// A question or relative word: "which", "who", "whose", "when".
    fn asks(self) -> bool {
        Pos::ASKING.contains(&usize::from(self.0))
    }

    /// A verb form, modals not counted.
    #[must_use]
    pub fn is_verb(self) -> bool {
        (4..=9).contains(&self.0)
    }

    /// A common or proper noun.
    #[must_use]
    pub fn is_noun(self) -> bool {
        self.0 <= 3
    }

    /// A proper noun.
    #[must_use]
    pub fn is_proper(self) -> bool {
        self.0 == 2 || self.0 == 3
    }
}

/// A noun phrase without what follows its head: "the former deputy mayor", "she", "Ana Ruiz".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NounPhrase {
    /// Its tokens.
    pub tokens: TokenRange,
    /// Its head, as a token index.
    pub head: u32,
}

/// The third layer; all vectors run parallel to the tokens but `phrases`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags {
    /// Part of speech.
    pub pos: Vec<Pos>,
    /// Lemma, in lower case.
    pub lemmas: Words,
    /// Noun phrases, ascending, apart.
    pub phrases: Vec<NounPhrase>,
    /// The noun phrase of each token, as an index; `u32::MAX` for none.
    pub phrase_of: Vec<u32>,
    /// The head of each token, as a token index; [`parser::NO_HEAD`] for the root of a sentence. A guess: nothing may hang on one.
    pub heads: Vec<u32>,
    /// How each token depends on its head.
    pub relations: Vec<Relation>,
}

impl Tags {
    /// The lemma of a token.
    #[must_use]
    pub fn lemma(&self, token: usize) -> &str {
        self.lemmas.get(token)
    }

    /// The noun phrase that a token stands in.
    #[must_use]
    pub fn phrase_at(&self, token: usize) -> Option<&NounPhrase> {
        self.phrases.get(*self.phrase_of.get(token)? as usize)
    }
}

/// Tags a text.
#[must_use]
pub fn tag(text: &str, reading: &Reading, model: &Model) -> Tags {
    tag_with(text, reading, &model.grammar, &model.lexicon)
}

/// Tags a text with a grammar that need not be part of a whole model.
#[must_use]
pub fn tag_with(text: &str, reading: &Reading, grammar: &Grammar, lexicon: &Lexicon) -> Tags {
    let mut tags = analyse(text, reading, grammar);
    tags.lemmas = lemmas(reading, &tags.pos, lexicon);
    tags.phrases = phrases(reading, &tags.pos);
    tags.phrase_of = vec![u32::MAX; tags.pos.len()];
    for (i, phrase) in tags.phrases.iter().enumerate() {
        tags.phrase_of[phrase.tokens.range()].fill(i as u32);
    }
    tags
}

/// Part of speech, heads and relations, sentence by sentence.
fn analyse(text: &str, reading: &Reading, grammar: &Grammar) -> Tags {
    let (mut tagger, mut parser) = (Tagger::new(&grammar.tagger), Parser::new(&grammar.parser));
    let mut tags = Tags::default();
    let mut shapes = Vec::new();
    for sentence in &reading.sentences {
        let begin = sentence.tokens.begin;
        shapes.clear();
        shapes.extend(sentence.tokens.range().map(|i| Shape::of(reading.tokens[i].span.text(text), reading.form(i))));
        tagger.sentence(&shapes, &mut tags.pos);
        if let Some(verb) = inversion::inverted(reading, sentence.tokens) {
            tags.pos[begin as usize] = verb;
        }
        parser.sentence(&shapes, &tags.pos[begin as usize..]);
        let root = shapes.len() as u32;
        tags.heads.extend(parser.state.heads.iter().map(|&h| if h >= root { parser::NO_HEAD } else { h + begin }));
        tags.relations.extend_from_slice(&parser.state.relations);
    }
    tags
}

fn lemmas(reading: &Reading, pos: &[Pos], lexicon: &Lexicon) -> Words {
    let irregular = lexicon.table("lemmas");
    let mut lemmas = Words::default();
    let mut buffer = String::new();
    for (i, &pos) in pos.iter().enumerate() {
        lemmas.push(lemma(reading.form(i), pos, irregular, &mut buffer));
    }
    lemmas
}
