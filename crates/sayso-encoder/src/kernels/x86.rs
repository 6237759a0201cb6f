//! The kernels of x86-64 processors: the one place with `unsafe` code.

#![allow(unsafe_code, reason = "vector instructions read memory through pointers and need processors that have them")]
#![allow(clippy::needless_range_loop, reason = "loops over registers read best by their numbers")]

use std::arch::x86_64::{
    __m256i, _mm_loadu_si128, _mm_set1_epi32, _mm256_add_epi32, _mm256_cvtepi8_epi16, _mm256_cvtepu8_epi16, _mm256_dpbusd_avx_epi32,
    _mm256_hadd_epi32, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_permute4x64_epi64, _mm256_set1_epi32, _mm256_setzero_si256,
    _mm256_storeu_si256, _mm512_dpbusd_epi32, _mm512_loadu_si512, _mm512_set1_epi32, _mm512_setzero_si512, _mm512_storeu_si512,
};

use super::machine::{Machine, Tile, Work};
use super::{GROUP, PANEL, Sums};

/// The bytes of a panel that go with one group of inputs.
const STEP: usize = GROUP * PANEL;

/// The kinds that this processor can run, the slowest first.
pub(super) fn available() -> impl Iterator<Item = Machine> {
    let avx2 = is_x86_feature_detected!("avx2");
    let vnni = avx2 && is_x86_feature_detected!("avxvnni");
    let wide = avx2 && is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vnni");
    let kinds = [(avx2, Machine::Avx2), (vnni, Machine::AvxVnni), (wide, Machine::Avx512Vnni)];
    kinds.into_iter().filter_map(|(can, kind)| can.then_some(kind))
}

/// Computes `work` with the kernels of `kind`.
///
/// # Panics
/// If this processor cannot run the kind.
pub(super) fn run<W: Work>(kind: Machine, work: W) -> W::Output {
    assert!(available().any(|k| k == kind), "this processor does not have the instructions of {kind:?}");
    match kind {
        // SAFETY: the assertion above found the instructions that each function is compiled for.
        Machine::Avx512Vnni => unsafe { run_avx512_vnni(work) },
        // SAFETY: as above.
        Machine::AvxVnni => unsafe { run_avx_vnni(work) },
        // SAFETY: as above.
        Machine::Avx2 => unsafe { run_avx2(work) },
        Machine::Portable => work.run::<super::portable::Portable>(),
    }
}

#[target_feature(enable = "avx512f,avx512vnni,avx2")]
fn run_avx512_vnni<W: Work>(work: W) -> W::Output {
    work.run::<Avx512Vnni>()
}

#[target_feature(enable = "avxvnni,avx2")]
fn run_avx_vnni<W: Work>(work: W) -> W::Output {
    work.run::<AvxVnni>()
}

#[target_feature(enable = "avx2")]
fn run_avx2<W: Work>(work: W) -> W::Output {
    work.run::<Avx2>()
}

/// Calls the kernel that is compiled for just so many rows.
macro_rules! by_rows {
    ($kernel:ident, $rows:expr, $stride:expr, $panel:expr, $sums:expr, [$($n:literal)*]) => {
        match $sums.len() {
            0 => {}
            $($n => {
                assert!($rows.len() >= $n * $stride && $panel.len() >= $stride / GROUP * STEP, "rows or weights are missing");
                // SAFETY: work runs with this kernel's type only where `run` found its instructions, and the kernel reads
                // `stride` bytes of each row and as many groups of the panel, which the assertion above has counted.
                unsafe { $kernel::<$n>($rows, $stride, $panel, $sums) }
            })*
            more => panic!("{more} rows are more than the kernel takes"),
        }
    };
}

/// 512 bits at once: four products and their sum in each of 16 lanes.
struct Avx512Vnni;

impl Tile for Avx512Vnni {
    const ROWS: usize = 12;

    #[inline(always)]
    fn tile(rows: &[u8], stride: usize, panel: &[i8], sums: &mut [Sums]) {
        by_rows!(tile_avx512_vnni, rows, stride, panel, sums, [1 2 3 4 5 6 7 8 9 10 11 12]);
    }
}

/// SAFETY of a call: `rows` holds `R` rows of `stride` bytes, `panel` a step for each group of them, `sums` `R` rows.
#[target_feature(enable = "avx512f,avx512vnni,avx2")]
unsafe fn tile_avx512_vnni<const R: usize>(rows: &[u8], stride: usize, panel: &[i8], sums: &mut [Sums]) {
    let mut low = [_mm512_setzero_si512(); R];
    let mut high = [_mm512_setzero_si512(); R];
    let (mut inputs, mut weights) = (rows.as_ptr(), panel.as_ptr());
    for _ in 0..stride / GROUP {
        // SAFETY: the pointers advance one group a turn, and the caller has counted the groups.
        unsafe {
            let first = _mm512_loadu_si512(weights.cast());
            let second = _mm512_loadu_si512(weights.add(STEP / 2).cast());
            for r in 0..R {
                let input = _mm512_set1_epi32(inputs.add(r * stride).cast::<i32>().read_unaligned());
                low[r] = _mm512_dpbusd_epi32(low[r], input, first);
                high[r] = _mm512_dpbusd_epi32(high[r], input, second);
            }
            inputs = inputs.add(GROUP);
            weights = weights.add(STEP);
        }
    }
    for r in 0..R {
        let sum = sums[r].as_mut_ptr();
        // SAFETY: a row of sums is two vectors long.
        unsafe {
            _mm512_storeu_si512(sum.cast(), low[r]);
            _mm512_storeu_si512(sum.add(PANEL / 2).cast(), high[r]);
        }
    }
}

/// 256 bits at once: four products and their sum in each of 8 lanes.
struct AvxVnni;

impl Tile for AvxVnni {
    const ROWS: usize = 3;

    #[inline(always)]
    fn tile(rows: &[u8], stride: usize, panel: &[i8], sums: &mut [Sums]) {
        by_rows!(tile_avx_vnni, rows, stride, panel, sums, [1 2 3]);
    }
}

/// SAFETY of a call: as for [`tile_avx512_vnni`].
#[target_feature(enable = "avxvnni,avx2")]
unsafe fn tile_avx_vnni<const R: usize>(rows: &[u8], stride: usize, panel: &[i8], sums: &mut [Sums]) {
    let mut total = [[_mm256_setzero_si256(); 4]; R];
    let (mut inputs, mut weights) = (rows.as_ptr(), panel.as_ptr());
    for _ in 0..stride / GROUP {
        // SAFETY: the pointers advance one group a turn, and the caller has counted the groups.
        unsafe {
            let group: [__m256i; 4] = std::array::from_fn(|i| _mm256_loadu_si256(weights.add(32 * i).cast()));
            for r in 0..R {
                let input = _mm256_set1_epi32(inputs.add(r * stride).cast::<i32>().read_unaligned());
                for i in 0..4 {
                    total[r][i] = _mm256_dpbusd_avx_epi32(total[r][i], input, group[i]);
                }
            }
            inputs = inputs.add(GROUP);
            weights = weights.add(STEP);
        }
    }
    for r in 0..R {
        for i in 0..4 {
            // SAFETY: a row of sums is four vectors long.
            unsafe { _mm256_storeu_si256(sums[r].as_mut_ptr().add(8 * i).cast(), total[r][i]) };
        }
    }
}

/// 256 bits at once, widened to 16 bits: two products and their sum in each of 8 lanes.
///
/// The 8-bit instruction (`maddubs`) saturates at 16 bits, and would answer other sums than the rest.
struct Avx2;

impl Tile for Avx2 {
    const ROWS: usize = 3;

    #[inline(always)]
    fn tile(rows: &[u8], stride: usize, panel: &[i8], sums: &mut [Sums]) {
        by_rows!(tile_avx2, rows, stride, panel, sums, [1 2 3]);
    }
}

/// SAFETY of a call: as for [`tile_avx512_vnni`].
#[target_feature(enable = "avx2")]
unsafe fn tile_avx2<const R: usize>(rows: &[u8], stride: usize, panel: &[i8], sums: &mut [Sums]) {
    for half in 0..2 {
        // Each vector holds, for four outputs, the sums of the first and of the second pair of inputs.
        let mut pairs = [[_mm256_setzero_si256(); 4]; R];
        let (mut inputs, mut weights) = (rows.as_ptr(), panel.as_ptr().wrapping_add(half * STEP / 2));
        for _ in 0..stride / GROUP {
            // SAFETY: the pointers advance one group a turn, and the caller has counted the groups.
            unsafe {
                let input: [__m256i; R] =
                    std::array::from_fn(|r| _mm256_cvtepu8_epi16(_mm_set1_epi32(inputs.add(r * stride).cast::<i32>().read_unaligned())));
                for i in 0..4 {
                    let four = _mm256_cvtepi8_epi16(_mm_loadu_si128(weights.add(16 * i).cast()));
                    for r in 0..R {
                        pairs[r][i] = _mm256_add_epi32(pairs[r][i], _mm256_madd_epi16(input[r], four));
                    }
                }
            }
            inputs = inputs.wrapping_add(GROUP);
            weights = weights.wrapping_add(STEP);
        }
        for r in 0..R {
            for i in 0..2 {
                let eight = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_hadd_epi32(pairs[r][2 * i], pairs[r][2 * i + 1]));
                // SAFETY: half a row of sums is two vectors long.
                unsafe { _mm256_storeu_si256(sums[r].as_mut_ptr().add(half * PANEL / 2 + 8 * i).cast(), eight) };
            }
        }
    }
}
