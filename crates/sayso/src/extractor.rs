//! The way through: from a text to its statements.

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::content::{self, Drafts, Encoder};
use crate::cue::{self, Cues};
use crate::error::ModelError;
#[cfg(feature = "english")]
use crate::model::File;
use crate::model::{Fingerprints, Model};
use crate::quote::{self, Quotes};
use crate::span::Span;
use crate::speaker::{self, Cast, Speaker};
use crate::statement::{self, Statement};
use crate::tag::{self, Tags};
use crate::text::{self, Reading};

/// Finds the statements of articles; cheap to clone, safe to share between threads.
///
/// ```
/// let extractor = sayso::Extractor::english();
/// assert!(extractor.extract("").statements.is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct Extractor {
    model: Arc<Model>,
    encoder: Option<Arc<dyn Encoder>>,
}

/// The statements of one article and the speakers who made them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extraction {
    /// The statements, in the order of their first span.
    pub statements: Vec<Statement>,
    /// The speakers of the article; a [`crate::SpeakerId`] is an index into them.
    pub speakers: Vec<Speaker>,
    /// The headline, where the text carries one.
    pub headline: Option<Span>,
    /// The dateline ("KABUL, Afghanistan (AP)"), without the dash or colon that ends it.
    pub dateline: Option<Span>,
    /// The credit line ("Agencies"), without its dash.
    pub credit: Option<Span>,
}

impl Extraction {
    /// The first speaker of a statement of this article, if the text tells.
    #[must_use]
    pub fn speaker_of(&self, statement: &Statement) -> Option<&Speaker> {
        self.speakers.get(statement.speakers.first()?.index())
    }

    /// All speakers of a statement of this article.
    pub fn speakers_of<'a>(&'a self, statement: &'a Statement) -> impl Iterator<Item = &'a Speaker> {
        statement.speakers.iter().filter_map(|id| self.speakers.get(id.index()))
    }

    /// The same with every span put through `back`.
    fn moved(mut self, back: impl Fn(Span) -> Span) -> Extraction {
        for span in [&mut self.headline, &mut self.dateline, &mut self.credit].into_iter().flatten() {
            *span = back(*span);
        }
        for mention in self.speakers.iter_mut().flat_map(|s| &mut s.mentions) {
            *mention = back(*mention);
        }
        for statement in &mut self.statements {
            statement.content = statement.content.iter().map(|s| back(*s)).collect();
            let parts = [&mut statement.source, &mut statement.addressee, &mut statement.topic, &mut statement.when, &mut statement.place];
            for span in parts.into_iter().flatten().chain(statement.cue.as_mut().map(|c| &mut c.span)) {
                *span = back(*span);
            }
        }
        self
    }
}

/// What every stage found in one text: for those who study or test a stage.
#[derive(Clone, Debug)]
pub struct Layers {
    /// Stage 1.
    pub reading: Reading,
    /// Stage 2.
    pub quotes: Quotes,
    /// Stage 3.
    pub tags: Tags,
    /// Stage 4.
    pub cues: Cues,
    /// Stage 5.
    pub drafts: Drafts,
    /// Stage 6.
    pub cast: Cast,
}

impl Model {
    /// Reads the bytes of a model file, over the word tables that are compiled in.
    ///
    /// # Errors
    /// If the bytes are no model, a damaged one, or one that was trained for other features than this program's.
    #[cfg(feature = "english")]
    pub fn read(weights: impl Into<std::borrow::Cow<'static, [u8]>>) -> Result<Model, ModelError> {
        Model::assemble(weights, sayso_en::TABLES, fingerprints())
    }

    /// The English model that is compiled in.
    ///
    /// # Errors
    /// If the crate was built with a damaged model file.
    #[cfg(feature = "english")]
    pub fn english() -> Result<Model, ModelError> {
        Model::read(sayso_en::WEIGHTS)
    }

    /// The English model that is compiled in, with the sections of a second model file in the place of its own.
    ///
    /// # Errors
    /// If the bytes are no model, a damaged one, or one that was trained for other features than this program's.
    #[cfg(feature = "english")]
    pub fn english_overlaid(sections: impl Into<std::borrow::Cow<'static, [u8]>>) -> Result<Model, ModelError> {
        let file = File::read(sayso_en::WEIGHTS)?.overlaid(File::read(sections)?);
        Model::assemble_file(file, sayso_en::TABLES, fingerprints())
    }
}

/// The fingerprints of this program's feature functions.
#[must_use]
pub fn fingerprints() -> Fingerprints {
    Fingerprints {
        tag: tag::features::tagger_fingerprint(),
        parse: tag::parser::parser_fingerprint(),
        cue: cue::features::cue_fingerprint(),
        content: content::features::content_fingerprint(),
        rank: content::rank::rank_fingerprint(),
        trees: content::measures::trees_fingerprint(),
        measures: content::measures::MEASURES,
    }
}

impl Extractor {
    /// An extractor over a model of your own.
    #[must_use]
    pub fn new(model: Model) -> Self {
        Extractor { model: Arc::new(model), encoder: None }
    }

    /// An extractor over a model that was trained with what an encoder tells.
    #[must_use]
    pub fn with_encoder(model: Model, encoder: Arc<dyn Encoder>) -> Self {
        Extractor { model: Arc::new(model), encoder: Some(encoder) }
    }

    /// An extractor over the English model that is compiled in.
    ///
    /// # Panics
    /// Only if the crate was built with a damaged model file.
    #[cfg(feature = "english")]
    #[must_use]
    pub fn english() -> Self {
        static ENGLISH: OnceLock<Extractor> = OnceLock::new();
        ENGLISH.get_or_init(|| Extractor::new(Model::english().expect("the model that is compiled in"))).clone()
    }

    /// An extractor over the accurate English model that is compiled in: an encoder reads whole paragraphs, so it finds more statements, more
    /// exactly, and takes several times as long.
    ///
    /// ```
    /// let text = "The minister hinted that taxes would rise.";
    /// let extraction = sayso::Extractor::english_accurate().extract(text);
    /// assert_eq!(extraction.statements[0].content.text(text), "that taxes would rise");
    /// ```
    ///
    /// # Panics
    /// Only if the crate was built with damaged model files.
    #[cfg(feature = "accurate")]
    #[must_use]
    pub fn english_accurate() -> Self {
        static ACCURATE: OnceLock<Extractor> = OnceLock::new();
        let build = || {
            let model = Model::english_overlaid(sayso_en_accurate::STATEMENTS).expect("the model that is compiled in");
            let reader = sayso_encoder::ArticleReader::read_weights(sayso_en_accurate::ENCODER).expect("the encoder that is compiled in");
            Extractor::with_encoder(model, Arc::new(reader))
        };
        ACCURATE.get_or_init(build).clone()
    }

    /// The model it works with.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Finds every statement in `text`; never fails, never panics.
    ///
    /// Characters that were read in the wrong encoding ("â€œ"), entities ("&ldquo;") and tags that were left in the text are read as what
    /// they stand for; spans are those of the text as it was given. Text beyond 4 GiB is not read.
    #[must_use]
    pub fn extract(&self, text: &str) -> Extraction {
        let Some(mended) = text::mend(text) else { return self.extract_as_it_is(text) };
        self.extract_as_it_is(&mended.text).moved(|span| mended.back(span))
    }

    fn extract_as_it_is(&self, text: &str) -> Extraction {
        let layers = self.layers(text);
        let statements = statement::judge(text, &layers.reading, &layers.quotes, &layers.tags, &layers.drafts, &layers.cast, &self.model);
        let Layers { reading, cast, .. } = layers;
        Extraction { statements, speakers: cast.speakers, headline: reading.headline, dateline: reading.dateline, credit: reading.credit }
    }

    /// The layers of all stages but the last, which [`Extractor::extract`] turns into statements; nothing is mended in the text.
    #[must_use]
    pub fn layers(&self, text: &str) -> Layers {
        let model = &*self.model;
        let reading = text::read(text);
        let quotes = quote::find(text, &reading);
        let tags = tag::tag(text, &reading, model);
        let cues = cue::detect(text, &reading, &quotes, &tags, model);
        let drafts = content::assemble_with(text, &reading, &quotes, &tags, &cues, model, self.encoder.as_deref());
        let cast = speaker::resolve(text, &reading, &quotes, &tags, &drafts, model);
        Layers { reading, quotes, tags, cues, drafts, cast }
    }

    /// [`Extractor::extract`] for many texts over all of rayon's threads, in input order.
    #[must_use]
    pub fn extract_all<T: AsRef<str> + Sync>(&self, texts: &[T]) -> Vec<Extraction> {
        texts.par_iter().map(|text| self.extract(text.as_ref())).collect()
    }
}
