//! Integer matrix products, one kernel for each kind of processor, all with the same sums.
//!
//! A product of 8-bit whole numbers summed in 32 bits is exact, so every kernel answers the same bits;
//! what is computed in floating point around it is ordinary Rust, compiled once for each kind of processor,
//! without fused or reordered operations.

mod machine;
mod packed;
mod portable;
mod product;
mod rows;
#[cfg(target_arch = "x86_64")]
mod x86;

pub use machine::Machine;
pub(crate) use machine::{Tile, Work};
pub(crate) use packed::Packed;
pub(crate) use product::{Order, height, multiply};
pub(crate) use rows::{FloatRows, QuantizedRows};

/// How many outputs a panel of weights holds.
pub(crate) const PANEL: usize = 32;

/// How many inputs stand together in a panel.
pub(crate) const GROUP: usize = 4;

/// The most rows that any kernel takes at once.
pub(crate) const MOST_ROWS: usize = 16;

/// The lanes in which every floating point reduction is summed, whatever the processor.
pub(crate) const LANES: usize = 16;

/// The sums of one panel for one row.
pub(crate) type Sums = [i32; PANEL];
