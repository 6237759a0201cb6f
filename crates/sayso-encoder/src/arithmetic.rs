//! Functions of real numbers that answer the same bits on every processor: no fused, no reordered operations.

use crate::kernels::LANES;

/// Added to a number below 2^22, it leaves the number rounded to a whole one in the lowest bits.
pub(crate) const ROUND: f32 = 12_582_912.0;

/// The smaller of two numbers; the second if either is none.
#[inline(always)]
pub(crate) fn smaller(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

/// The larger of two numbers; the second if either is none.
#[inline(always)]
pub(crate) fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// The sum of the powers of `x`, from the 0th, each times its coefficient (Horner's rule).
#[inline(always)]
fn polynomial<const N: usize>(coefficients: &[f32; N], x: f32) -> f32 {
    let mut sum = coefficients[N - 1];
    for c in coefficients[..N - 1].iter().rev() {
        sum = sum * x + c;
    }
    sum
}

/// 2 to the power of a whole number to which [`ROUND`] was added.
#[inline(always)]
fn power_of_two(whole: f32) -> f32 {
    f32::from_bits((whole.to_bits() << 23).wrapping_add(0x3f80_0000))
}

/// e to the power `x`, for `x` from -80 to 80, beyond which it stays the same; the relative error is below 3e-7.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    const COEFFICIENTS: [f32; 6] = [1.000_000_1, 0.999_999_7, 0.499_988_94, 0.166_675_75, 0.041_915_387, 0.008_297_648];
    let x = smaller(larger(x, -80.0), 80.0);
    let whole = x * std::f32::consts::LOG2_E + ROUND;
    let power = whole - ROUND;
    // ln 2 in two parts, the first exact in few bits.
    let rest = x - power * 0.693_359_4 + power * 2.121_944_4e-4;
    polynomial(&COEFFICIENTS, rest) * power_of_two(whole)
}

/// The natural logarithm of `x`, from 1 to 1000, within 2e-6.
#[inline(always)]
pub(crate) fn ln(x: f32) -> f32 {
    // The bits of a number are nearly its logarithm to base 2; each step (Halley, 1694) then trebles the digits.
    let mut y = (x.to_bits() as f32 * (1.0 / 8_388_608.0) - 126.96) * std::f32::consts::LN_2;
    for _ in 0..2 {
        let power = exp(y);
        y += 2.0 * (x - power) / (x + power);
    }
    y
}

/// `x` times the share of a normal distribution below `x` (Hendrycks and Gimpel, 2016), within 1e-3: less than the 8 bits lose that it is put into.
///
/// The share is an odd polynomial, fitted to lose least where it is worst, and 0 or 1 beyond 3.5.
#[inline(always)]
pub(crate) fn gelu(x: f32) -> f32 {
    const COEFFICIENTS: [f32; 6] = [0.397_231_6, -0.063_548_215, 0.008_230_779, -6.821_978e-4, 3.176_858e-5, -6.248_514e-7];
    let near = smaller(larger(x, -3.5), 3.5);
    x * (0.5 + near * polynomial(&COEFFICIENTS, near * near))
}

/// 255 times 2 to the power `x`, rounded to a whole number, for `x` up to 0; what is below -20 is 0.
#[inline(always)]
pub(crate) fn share(x: f32) -> u8 {
    const COEFFICIENTS: [f32; 4] = [254.981_66, 176.781_55, 61.865_86, 14.068_786];
    let x = larger(x, -20.0);
    let whole = x + ROUND;
    let rest = x - (whole - ROUND);
    (polynomial(&COEFFICIENTS, rest) * power_of_two(whole) + ROUND).to_bits() as u8
}

/// The sum of some numbers, by lanes, always in the same order.
#[inline(always)]
pub(crate) fn sum(values: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    // Several sums at once, so that none waits for itself.
    let mut lanes = [[0.0; LANES]; 4];
    let (fours, rest) = values.as_chunks::<{ 4 * LANES }>();
    for four in fours {
        for (lanes, chunk) in lanes.iter_mut().zip(four.as_chunks::<LANES>().0) {
            for i in 0..LANES {
                lanes[i] += of(chunk[i]);
            }
        }
    }
    for (lanes, chunk) in lanes.iter_mut().zip(rest.chunks(LANES)) {
        for (lane, &value) in lanes.iter_mut().zip(chunk) {
            *lane += of(value);
        }
    }
    let [a, b, c, d] = lanes;
    let mut lanes: [f32; LANES] = std::array::from_fn(|i| (a[i] + b[i]) + (c[i] + d[i]));
    let mut half = LANES / 2;
    while half > 0 {
        for i in 0..half {
            lanes[i] += lanes[i + half];
        }
        half /= 2;
    }
    lanes[0]
}

/// Brings a row to mean 0 and variance 1, then to the learned scale and shift (Ba et al., 2016).
#[inline(always)]
pub(crate) fn normalize(row: &mut [f32], scale: &[f32], shift: &[f32], epsilon: f32) {
    let share = 1.0 / row.len() as f32;
    let mean = sum(row, |v| v) * share;
    let variance = sum(row, |v| (v - mean) * (v - mean)) * share;
    let inverse = 1.0 / (variance + epsilon).sqrt();
    for ((value, scale), shift) in row.iter_mut().zip(scale).zip(shift) {
        *value = (*value - mean) * inverse * scale + shift;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_close_to_the_exact_one() {
        for i in -80_000..=80_000_i32 {
            let x = i as f32 / 1000.0;
            let exact = f64::from(x).exp();
            let error = (f64::from(exp(x)) - exact).abs() / exact;
            assert!(error < 3e-7, "exp({x}) is off by {error}");
        }
        assert_eq!(exp(-1e9), exp(-80.0));
        assert_eq!(exp(f32::NEG_INFINITY), exp(-80.0));
    }

    #[test]
    fn ln_is_close_to_the_exact_one() {
        for i in 1_000..=1_000_000_u32 {
            let x = i as f32 / 1000.0;
            let error = (f64::from(ln(x)) - f64::from(x).ln()).abs();
            assert!(error < 2e-6, "ln({x}) is off by {error}");
        }
    }

    #[test]
    fn gelu_is_close_to_the_exact_one() {
        // The normal distribution's share by its integral, in small steps.
        let (mut share, step) = (0.5_f64, 1e-4);
        let density = |x: f64| (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
        for i in 0..90_000_i32 {
            let x = f64::from(i) * step;
            for (x, share) in [(x, share), (-x, 1.0 - share)] {
                let error = (f64::from(gelu(x as f32)) - x * share).abs();
                assert!(error < 1e-3, "gelu({x}) is off by {error}");
            }
            share += step * (density(x) + 4.0 * density(x + step / 2.0) + density(x + step)) / 6.0;
        }
    }

    #[test]
    fn a_share_is_rounded_from_the_exact_power() {
        for i in 0..=40_000_u32 {
            let x = -(i as f32) / 1000.0;
            let exact = 255.0 * f64::from(x).exp2();
            let error = (f64::from(share(x)) - exact).abs();
            assert!(error < 0.53, "share({x}) is off by {error}");
        }
        assert_eq!([share(0.0), share(f32::NEG_INFINITY), share(-1e9)], [255, 0, 0]);
    }
}
