//! The stages one by one: each with the layers that it reads, made before it is timed.

use std::fmt;
use std::hint::black_box;

use sayso::content::{self, Drafts};
use sayso::cue::{self, Cues};
use sayso::quote::{self, Quotes};
use sayso::speaker::{self, Cast};
use sayso::statement;
use sayso::tag::{self, Tags};
use sayso::text::{self, Reading};
use sayso::{Extractor, Layers};

/// What is timed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Paragraphs, sentences, tokens.
    Text,
    /// Quotation marks.
    Quote,
    /// Parts of speech and the parse.
    Tag,
    /// Cues by rule.
    Cue,
    /// Contents and sources: the learned passes.
    Content,
    /// Who speaks.
    Speaker,
    /// Acts, circumstances, confidence.
    Statement,
    /// All of them, as users call them.
    Whole,
}

/// The stages in their order, then the whole.
pub const STAGES: [Stage; 8] =
    [Stage::Text, Stage::Quote, Stage::Tag, Stage::Cue, Stage::Content, Stage::Speaker, Stage::Statement, Stage::Whole];

impl fmt::Display for Stage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, out)
    }
}

/// A text and its layers.
pub struct Prepared {
    /// The text.
    pub text: String,
    /// Its layers.
    pub layers: Layers,
}

impl Prepared {
    /// All layers of a text.
    #[must_use]
    pub fn of(extractor: &Extractor, text: String) -> Self {
        let layers = extractor.layers(&text);
        Prepared { text, layers }
    }

    /// How many tokens the text has.
    #[must_use]
    pub fn tokens(&self) -> usize {
        self.layers.reading.tokens.len()
    }

    /// Whether a stage, run by itself, gives the layer that is there: a bench asserts its answer before it times it.
    #[must_use]
    pub fn agrees(&self, stage: Stage, extractor: &Extractor) -> bool {
        let Layers { reading, quotes, tags, cues, drafts, cast } = &self.layers;
        match self.run(stage, extractor) {
            Layer::Reading(found) => found.tokens.len() == reading.tokens.len(),
            Layer::Quotes(found) => found == *quotes,
            Layer::Tags(found) => found.heads == tags.heads,
            Layer::Cues(found) => found.candidates.len() == cues.candidates.len(),
            Layer::Drafts(found) => found.drafts.len() == drafts.drafts.len(),
            Layer::Cast(found) => found.speakers == cast.speakers,
            Layer::Statements(count) => count == drafts.drafts.len(),
        }
    }

    /// Runs a stage over the layers before it. Never inlined, so that a profiler can tell it by its name.
    #[inline(never)]
    pub fn run(&self, stage: Stage, extractor: &Extractor) -> Layer {
        let (text, model) = (self.text.as_str(), extractor.model());
        let Layers { reading, quotes, tags, cues, drafts, cast } = &self.layers;
        black_box(match stage {
            Stage::Text => Layer::Reading(text::read(text)),
            Stage::Quote => Layer::Quotes(quote::find(text, reading)),
            Stage::Tag => Layer::Tags(tag::tag(text, reading, model)),
            Stage::Cue => Layer::Cues(cue::detect(text, reading, quotes, tags, model)),
            Stage::Content => Layer::Drafts(content::assemble(text, reading, quotes, tags, cues, model)),
            Stage::Speaker => Layer::Cast(speaker::resolve(text, reading, quotes, tags, drafts, model)),
            Stage::Statement => Layer::Statements(statement::judge(text, reading, quotes, tags, drafts, cast, model).len()),
            Stage::Whole => Layer::Statements(extractor.extract(text).statements.len()),
        })
    }
}

/// What a stage gives.
#[allow(missing_docs, reason = "named as the stages name them")]
pub enum Layer {
    Reading(Reading),
    Quotes(Quotes),
    Tags(Tags),
    Cues(Cues),
    Drafts(Drafts),
    Cast(Cast),
    Statements(usize),
}
