//! Which kernels this processor can run.

#[cfg(target_arch = "x86_64")]
use super::x86;
use super::{Sums, portable};

/// The integer kernel of one kind of processor.
pub(crate) trait Tile {
    /// How many rows it does best at once.
    const ROWS: usize;

    /// The sums of products of up to [`Tile::ROWS`] rows with one panel.
    ///
    /// `rows` holds `sums.len()` rows of `stride` bytes each, `panel` one group of weights for each four bytes of a row.
    fn tile(rows: &[u8], stride: usize, panel: &[i8], sums: &mut [Sums]);
}

/// Something to compute, whole, on one kind of processor.
pub(crate) trait Work {
    /// What comes out.
    type Output;

    /// Computes it; mark it `#[inline(always)]`, so that it is compiled for the processor that `T` is made for.
    fn run<T: Tile>(self) -> Self::Output;
}

/// A kind of processor, told apart by its instructions for 8-bit products.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Machine {
    /// Any processor.
    Portable,
    /// x86-64 with AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// x86-64 with AVX2 and its 8-bit dot products.
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    /// x86-64 with AVX-512 and its 8-bit dot products.
    #[cfg(target_arch = "x86_64")]
    Avx512Vnni,
}

impl Machine {
    /// The kinds that this processor can run, the slowest first.
    #[must_use]
    pub fn available() -> Vec<Machine> {
        #[allow(unused_mut, reason = "other processors have the one kind")]
        let mut kinds = vec![Machine::Portable];
        #[cfg(target_arch = "x86_64")]
        kinds.extend(x86::available());
        kinds
    }

    /// The fastest kind that this processor can run.
    #[must_use]
    pub fn best() -> Machine {
        Machine::available().pop().unwrap_or(Machine::Portable)
    }

    /// The kind in words, for benchmarks and error reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Machine::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Machine::Avx2 => "AVX2",
            #[cfg(target_arch = "x86_64")]
            Machine::AvxVnni => "AVX-VNNI",
            #[cfg(target_arch = "x86_64")]
            Machine::Avx512Vnni => "AVX-512 VNNI",
        }
    }

    /// Computes `work` with the kernels of this kind.
    ///
    /// # Panics
    /// If this processor cannot run the kind.
    pub(crate) fn run<W: Work>(self, work: W) -> W::Output {
        match self {
            Machine::Portable => work.run::<portable::Portable>(),
            #[cfg(target_arch = "x86_64")]
            _ => x86::run(self, work),
        }
    }
}
