//! The encoder: from word pieces to vectors.

use std::borrow::Cow;

use crate::error::EncoderError;
use crate::kernels::{FloatRows, Machine, Tile, Work};
use crate::layers::{Layer, Norm, Scratch, Shape};
use crate::pieces::Vocabulary;
use crate::weights::{Matrix, Weights};

/// Rows that go through all layers together, at least, if there are so many: enough to use each weight often,
/// few enough to stay in the cache.
const TOGETHER: usize = 192;

/// A piece of a sequence with what its token looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Symbol {
    /// The number of the word piece.
    pub piece: u32,
    /// Where its token stands to quotation marks: a row of the weights' table `quoted`.
    pub quoted: u8,
    /// How its token is written: a row of the weights' table `shapes`.
    pub shape: u8,
}

/// Vectors, one for each symbol of the sequences that were encoded, one behind the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vectors {
    width: usize,
    values: Vec<f32>,
}

impl Vectors {
    /// How many values a vector has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// How many vectors.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len().checked_div(self.width).unwrap_or(0)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The vector of symbol `index`, counted through all sequences.
    ///
    /// # Panics
    /// If there are not so many.
    #[must_use]
    pub fn vector(&self, index: usize) -> &[f32] {
        &self.values[index * self.width..][..self.width]
    }

    /// The vectors of some symbols, in the order asked for: of the first piece of each token, say.
    ///
    /// # Panics
    /// If there are not so many.
    #[must_use]
    pub fn select(&self, indices: impl IntoIterator<Item = usize>) -> Vectors {
        let values = indices.into_iter().flat_map(|index| self.vector(index)).copied().collect();
        Vectors { width: self.width, values }
    }

    /// All values, vector by vector.
    #[must_use]
    pub fn values(&self) -> &[f32] {
        &self.values
    }
}

/// A small text encoder, as its weights file describes it.
#[derive(Clone, Debug)]
pub struct Encoder {
    vocabulary: Vocabulary,
    machine: Machine,
    shape: Shape,
    words: Matrix,
    /// What a place in a sequence adds, a row for each place.
    places: Matrix,
    quoted: Option<Matrix>,
    shapes: Option<Matrix>,
    norm: Norm,
    layers: Vec<Layer>,
}

impl Encoder {
    /// Reads the bytes of a weights file.
    ///
    /// # Errors
    /// If they are no weights file, a damaged one, or one of another encoder.
    pub fn read(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Encoder, EncoderError> {
        Encoder::new(&Weights::read(bytes)?)
    }

    /// Takes the encoder out of a weights file.
    ///
    /// # Errors
    /// If a setting or a tensor is missing, or of another shape than the settings say.
    pub fn new(weights: &Weights) -> Result<Encoder, EncoderError> {
        let shape = Shape::read(weights, "")?;
        let vocabulary = Vocabulary::new(weights.text("vocabulary")?)?;
        let layers = (0..weights.count("layers", 48)?).map(|n| Layer::read(weights, &format!("layer.{n}"), shape));
        let table = |name: &str| weights.has(name).then(|| weights.matrix(name, None, shape.width)).transpose();
        Ok(Encoder {
            machine: Machine::best(),
            shape,
            words: weights.matrix("words", Some(vocabulary.len()), shape.width)?,
            places: weights.matrix("places", None, shape.width)?,
            quoted: table("quoted")?,
            shapes: table("shapes")?,
            norm: Norm::read(weights, "norm", shape.width, shape.epsilon)?,
            layers: layers.collect::<Result<_, _>>()?,
            vocabulary,
        })
    }

    /// The same encoder with the kernels of another kind of processor, which answer the same.
    ///
    /// # Panics
    /// If this processor cannot run the kind.
    #[must_use]
    pub fn on(mut self, machine: Machine) -> Encoder {
        assert!(Machine::available().contains(&machine), "this processor cannot run {}", machine.name());
        self.machine = machine;
        self
    }

    /// The word pieces that it knows.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The kind of processor whose kernels it uses.
    #[must_use]
    pub fn machine(&self) -> Machine {
        self.machine
    }

    /// How many values a vector has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.shape.width
    }

    /// The longest sequence that it takes, in symbols.
    #[must_use]
    pub fn longest(&self) -> usize {
        self.places.rows()
    }

    /// The vectors of all symbols of all sequences; a sequence's do not depend on the others.
    ///
    /// # Panics
    /// If a sequence is longer than [`Encoder::longest`], or a symbol names a row that its table does not have.
    #[must_use]
    pub fn encode(&self, sequences: &[&[Symbol]]) -> Vectors {
        for sequence in sequences {
            assert!(sequence.len() <= self.longest(), "a sequence of {} symbols; {} are the most", sequence.len(), self.longest());
        }
        self.machine.run(Encode { encoder: self, sequences })
    }

    /// What goes into the first layer for a symbol at a place.
    #[inline(always)]
    fn embed(&self, symbol: Symbol, place: usize, sum: &mut [f32]) {
        sum.fill(0.0);
        self.words.add_row(symbol.piece as usize, sum);
        self.places.add_row(place, sum);
        if let Some(table) = &self.quoted {
            table.add_row(symbol.quoted as usize, sum);
        }
        if let Some(table) = &self.shapes {
            table.add_row(symbol.shape as usize, sum);
        }
    }
}

/// Sequences to encode.
struct Encode<'a> {
    encoder: &'a Encoder,
    sequences: &'a [&'a [Symbol]],
}

impl Work for Encode<'_> {
    type Output = Vectors;

    #[inline(always)]
    fn run<T: Tile>(self) -> Vectors {
        let Encode { encoder, sequences } = self;
        let width = encoder.shape.width;
        let mut vectors = Vectors { width, values: Vec::with_capacity(sequences.iter().map(|s| s.len()).sum::<usize>() * width) };
        let mut scratch = Scratch::default();
        let mut rows = FloatRows::default();
        let mut rest = sequences;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(count_together(rest));
            rest = later;
            let lengths: Vec<usize> = now.iter().map(|s| s.len()).collect();
            rows.reset(lengths.iter().sum(), width);
            let symbols = now.iter().flat_map(|sequence| sequence.iter().enumerate());
            for ((place, symbol), sum) in symbols.zip(rows.values_mut().chunks_exact_mut(width)) {
                encoder.embed(*symbol, place, sum);
            }
            encoder.norm.apply(rows.values_mut());
            for layer in &encoder.layers {
                layer.run::<T>(&mut rows, &lengths, &mut scratch);
            }
            vectors.values.extend_from_slice(rows.values());
        }
        vectors
    }
}

/// How many of the first sequences go through the layers together.
fn count_together(sequences: &[&[Symbol]]) -> usize {
    let mut sum = 0;
    let enough = sequences.iter().position(|sequence| {
        sum += sequence.len();
        sum >= TOGETHER
    });
    enough.map_or(sequences.len(), |last| last + 1)
}
