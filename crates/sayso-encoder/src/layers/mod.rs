//! Transformer layers (Vaswani et al., 2017), each sum normalised behind it, over sequences without padding.

mod attention;
mod linear;

pub(crate) use linear::Linear;

use crate::arithmetic::{gelu, normalize};
use crate::error::EncoderError;
use crate::kernels::{FloatRows, LANES, PANEL, QuantizedRows, Tile};
use crate::weights::Weights;
use attention::{Attention, attend};

/// The settings of a row of layers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// Values of a vector.
    pub(crate) width: usize,
    /// Attention heads.
    pub(crate) heads: usize,
    /// Values of a vector inside the feed-forward half of a layer.
    pub(crate) inner: usize,
    /// Added to a variance before it divides.
    pub(crate) epsilon: f32,
}

impl Shape {
    /// Reads the settings `width`, `heads`, `inner` and `epsilon`, whose names begin with `prefix`.
    pub(crate) fn read(weights: &Weights, prefix: &str) -> Result<Shape, EncoderError> {
        let count = |name: &str, most| weights.count(&format!("{prefix}{name}"), most);
        let (width, heads, inner) = (count("width", 4096)?, count("heads", 64)?, count("inner", 16384)?);
        if ![LANES, PANEL].map(|depth| heads * depth).contains(&width) || !(3 * width).is_multiple_of(PANEL) {
            let (expected, found) = (format!("so many that each has {LANES} or {PANEL} of the {width} values"), heads.to_string());
            return Err(EncoderError::Shape { name: format!("{prefix}heads"), expected, found });
        }
        Ok(Shape { width, heads, inner, epsilon: weights.setting(&format!("{prefix}epsilon"))? as f32 })
    }
}

/// The learned scale and shift behind a normalisation.
#[derive(Clone, Debug)]
pub(crate) struct Norm {
    scale: Vec<f32>,
    shift: Vec<f32>,
    epsilon: f32,
}

impl Norm {
    /// Reads the tensors `name.scale` and `name.shift`.
    pub(crate) fn read(weights: &Weights, name: &str, width: usize, epsilon: f32) -> Result<Norm, EncoderError> {
        let row = |part: &str| weights.row(&format!("{name}.{part}"), width);
        Ok(Norm { scale: row("scale")?, shift: row("shift")?, epsilon })
    }

    /// Normalises every row.
    #[inline(always)]
    pub(crate) fn apply(&self, rows: &mut [f32]) {
        for row in rows.chunks_exact_mut(self.scale.len()) {
            normalize(row, &self.scale, &self.shift, self.epsilon);
        }
    }
}

/// Where the layers put what is between their steps; kept from use to use.
#[derive(Default)]
pub(crate) struct Scratch {
    quantized: QuantizedRows,
    /// Queries, keys and values, side by side.
    projected: FloatRows,
    context: FloatRows,
    inner: FloatRows,
    attention: Attention,
}

/// Rows that go through the feed-forward half together, so that what is between its steps stays in the cache.
const BLOCK: usize = 48;

/// One layer.
#[derive(Clone, Debug)]
pub(crate) struct Layer {
    shape: Shape,
    /// Queries, keys and values at once.
    project: Linear,
    collect: Linear,
    collect_norm: Norm,
    widen: Linear,
    narrow: Linear,
    narrow_norm: Norm,
}

impl Layer {
    /// Reads the layer whose tensors begin with `name`.
    pub(crate) fn read(weights: &Weights, name: &str, shape: Shape) -> Result<Layer, EncoderError> {
        let Shape { width, inner, epsilon, .. } = shape;
        let linear = |part: &str, outputs, inputs| Linear::read(weights, &format!("{name}.{part}"), outputs, inputs);
        let norm = |part: &str| Norm::read(weights, &format!("{name}.{part}"), width, epsilon);
        Ok(Layer {
            shape,
            project: linear("project", 3 * width, width)?,
            collect: linear("collect", width, width)?,
            collect_norm: norm("collect_norm")?,
            widen: linear("widen", inner, width)?,
            narrow: linear("narrow", width, inner)?,
            narrow_norm: norm("narrow_norm")?,
        })
    }

    /// Takes `rows`, the vectors of sequences one behind the other, to those of the next layer.
    #[inline(always)]
    pub(crate) fn run<T: Tile>(&self, rows: &mut FloatRows, lengths: &[usize], scratch: &mut Scratch) {
        let width = self.shape.width;
        let Scratch { quantized, projected, context, inner, attention } = scratch;
        projected.reset(rows.len(), 3 * width);
        self.project.apply_to_panels::<T>(rows.values(), quantized, projected.values_mut());
        context.reset(rows.len(), width);
        attend::<T>(projected.values(), lengths, self.shape.heads, context, attention);
        self.collect.apply::<T>(context.values(), quantized, rows.values_mut(), |value, place| *place += value);
        self.collect_norm.apply(rows.values_mut());
        for block in rows.values_mut().chunks_mut(BLOCK * width) {
            inner.reset(block.len() / width, self.shape.inner);
            self.widen.apply::<T>(block, quantized, inner.values_mut(), |value, place| *place = gelu(value));
            self.narrow.apply::<T>(inner.values(), quantized, block, |value, place| *place += value);
            self.narrow_norm.apply(block);
        }
    }
}
