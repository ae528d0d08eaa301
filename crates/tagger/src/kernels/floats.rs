//! Operations on rows of floats, in lanes, each in one fixed order.

/// Floats that are worked on side by side.
pub const LANES: usize = 16;

/// Adding it to a float below 2^22 leaves the nearest integer in the low bits.
const ROUNDING: f32 = 12_582_912.0;

/// The nearest integer, of two equally near the even one; right for magnitudes below 2^22.
#[inline(always)]
pub fn nearest(x: f32) -> i32 {
    (x + ROUNDING)
        .to_bits()
        .wrapping_sub(ROUNDING.to_bits())
        .cast_signed()
}

#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

#[inline(always)]
fn smaller(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

/// Combines the lanes of a row, then the lanes with each other. What is left of whole lanes is
/// left out: all rows are padded.
#[inline(always)]
fn reduce(row: &[f32], start: f32, each: impl Fn(f32, f32) -> f32) -> f32 {
    let mut lanes = [start; LANES];
    for part in row.as_chunks::<LANES>().0 {
        for (lane, &x) in lanes.iter_mut().zip(part) {
            *lane = each(*lane, x);
        }
    }
    let lanes: [f32; 8] = fold(&lanes, &each);
    let lanes: [f32; 4] = fold(&lanes, &each);
    let lanes: [f32; 2] = fold(&lanes, &each);
    each(lanes[0], lanes[1])
}

/// Each lane of the first half combined with its fellow of the second.
#[inline(always)]
fn fold<const HALF: usize>(lanes: &[f32], each: impl Fn(f32, f32) -> f32) -> [f32; HALF] {
    let mut out = [0.0; HALF];
    for index in 0..HALF {
        out[index] = each(lanes[index], lanes[index + HALF]);
    }
    out
}

/// The sum of a row.
#[inline(always)]
pub fn sum(row: &[f32]) -> f32 {
    reduce(row, 0.0, |a, b| a + b)
}

/// The smallest of a row and 0.
#[inline(always)]
pub fn lowest(row: &[f32]) -> f32 {
    reduce(row, 0.0, smaller)
}

/// The largest of a row and `least`.
#[inline(always)]
pub fn highest(row: &[f32], least: f32) -> f32 {
    reduce(row, least, larger)
}

/// The largest magnitude of a row.
#[inline(always)]
pub fn magnitude(row: &[f32]) -> f32 {
    reduce(row, 0.0, |a, b| larger(a.abs(), b.abs()))
}

/// e to the power of `x`, for `x` up to 0; 1e-38 below -87. Relative error below 3e-7.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    let x = larger(x, -87.0);
    let scaled = x * std::f32::consts::LOG2_E + ROUNDING;
    let whole = scaled - ROUNDING;
    // ln 2 in two parts, so that the product with `whole` is exact in the first.
    let rest = x - whole * 0.693_359_4 - whole * -2.121_944_4e-4;
    let mut power = 1.987_569_2e-4;
    for factor in [
        1.398_199_9e-3,
        8.333_452e-3,
        4.166_579_6e-2,
        1.666_666_5e-1,
        0.5,
    ] {
        power = power * rest + factor;
    }
    let power = power * rest * rest + rest + 1.0;
    let exponent = scaled.to_bits().wrapping_sub(ROUNDING.to_bits()) << 23;
    f32::from_bits(power.to_bits().wrapping_add(exponent))
}

/// The natural logarithm of a positive, normal `x`; the same bits on every system. Absolute error
/// below 1e-6.
pub fn ln(x: f32) -> f32 {
    // The mantissa between 0.7 and 1.4, so that the series is short.
    let shifted = x.to_bits().wrapping_sub(0x3f35_04f3);
    let exponent = shifted.cast_signed() >> 23;
    let mantissa = f32::from_bits((shifted & 0x007f_ffff) + 0x3f35_04f3);
    let ratio = (mantissa - 1.0) / (mantissa + 1.0);
    let square = ratio * ratio;
    let series =
        2.0 + square * (2.0 / 3.0 + square * (0.4 + square * (2.0 / 7.0 + square * (2.0 / 9.0))));
    #[allow(clippy::cast_precision_loss)] // At most 127.
    let whole = exponent as f32;
    whole * std::f32::consts::LN_2 + ratio * series
}

/// 2 to the power of `x`, for `x` up to 0; 1e-30 below -100, since numbers near the smallest that
/// there are cost processors a hundred times the time. Relative error below 5e-5.
#[inline(always)]
fn power_of_two(x: f32) -> f32 {
    let x = larger(x, -100.0);
    let scaled = x + ROUNDING;
    let rest = x - (scaled - ROUNDING);
    let mut power = 9.618_129e-3;
    for factor in [5.550_411e-2, 0.240_226_5, std::f32::consts::LN_2, 1.0] {
        power = power * rest + factor;
    }
    let exponent = scaled.to_bits().wrapping_sub(ROUNDING.to_bits()) << 23;
    f32::from_bits(power.to_bits().wrapping_add(exponent))
}

/// Replaces scores by 2 to the power of their distance below the highest, times `factors`; gives the
/// sum of the powers. All are whole lanes.
#[inline(always)]
pub fn softmax_weights(row: &mut [f32], factors: &[f32]) -> f32 {
    let most = highest(row, f32::MIN);
    let mut total = [0.0; LANES];
    let parts = row.as_chunks_mut::<LANES>().0.iter_mut();
    for (part, factors) in parts.zip(factors.as_chunks::<LANES>().0) {
        for ((x, total), &factor) in part.iter_mut().zip(&mut total).zip(factors) {
            let power = power_of_two(*x - most);
            *total += power;
            *x = power * factor;
        }
    }
    sum(&total)
}

/// x times the share of the normal distribution below x (Hendrycks and Gimpel 2016), by an odd
/// polynomial that was fitted so that the result is right within 5e-4.
#[inline(always)]
pub fn gelu<const COUNT: usize>(row: &[f32; COUNT]) -> [f32; COUNT] {
    const BOUND: f32 = 3.65;
    const FACTORS: [f32; 5] = [
        2.724_002e-5,
        -6.223_449e-4,
        7.878_532e-3,
        -6.266_628e-2,
        0.396_540_4,
    ];
    let mut out = [0.0; COUNT];
    // Not `map`: the compiler leaves it a call, without this processor's instructions.
    for (out, &x) in out.iter_mut().zip(row) {
        let t = smaller(larger(x, -BOUND), BOUND);
        let square = t * t;
        let mut share = -4.993_329e-7;
        for factor in FACTORS {
            share = share * square + factor;
        }
        *out = x * (0.5 + t * share);
    }
    out
}

/// Layer normalization (Ba and others 2016): mean 0 and variance 1, then scaled and moved.
#[inline(always)]
pub fn normalize(row: &mut [f32], weight: &[f32], bias: &[f32]) {
    #[allow(clippy::cast_precision_loss)] // A row has hundreds of floats.
    let count = row.len() as f32;
    let mean = sum(row) / count;
    for x in row.iter_mut() {
        *x -= mean;
    }
    let squares = {
        let mut lanes = [0.0; LANES];
        for part in row.as_chunks::<LANES>().0 {
            for (lane, &x) in lanes.iter_mut().zip(part) {
                *lane += x * x;
            }
        }
        sum(&lanes)
    };
    let scale = 1.0 / (squares / count + 1e-12).sqrt();
    for ((x, &weight), &bias) in row.iter_mut().zip(weight).zip(bias) {
        *x = *x * scale * weight + bias;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_to_the_nearest_even() {
        for (x, rounded) in [(0.5, 0), (1.5, 2), (-2.5, -2), (-0.6, -1), (254.51, 255)] {
            assert_eq!(nearest(x), rounded);
        }
    }

    #[test]
    fn softmax_is_near_to_the_exact_one() {
        let mut row: Vec<f32> = (0..64).map(|i| (i as f32 * 7.3) % 90.0 - 60.0).collect();
        let most = row.iter().copied().fold(f32::MIN, f32::max);
        let exact: Vec<f64> = row.iter().map(|&x| f64::from(x - most).exp2()).collect();
        let sum = softmax_weights(&mut row, &[3.0; 64]);
        for (&near, &exact) in row.iter().zip(&exact) {
            assert!((f64::from(near) - 3.0 * exact).abs() <= exact * 2e-4 + 1e-37);
        }
        assert!((f64::from(sum) - exact.iter().sum::<f64>()).abs() < 1e-3);
    }

    #[test]
    fn powers_are_near_to_the_exact_ones() {
        for x in [-80.0_f32, -12.3, -1.0, -0.4, -1e-3, 0.0] {
            let exact = f64::from(x).exp();
            assert!((f64::from(exp(x)) - exact).abs() <= exact * 1e-5, "{x}");
        }
    }

    #[test]
    fn logarithms_are_near_to_the_exact_ones() {
        for x in [1e-6_f32, 0.003, 0.5, 0.7, 0.99, 1.0, 1.42, 2.0, 19.0, 1e6] {
            assert!((ln(x) - x.ln()).abs() < 2e-6, "{x}");
        }
    }

    #[test]
    fn gelu_is_near_to_the_exact_one() {
        // Values of x Φ(x).
        let exact = [
            (-3.0, -0.004_05),
            (-1.0, -0.158_655),
            (-0.5, -0.154_269),
            (0.0, 0.0),
            (0.5, 0.345_731),
            (1.0, 0.841_345),
            (2.0, 1.954_5),
            (10.0, 10.0),
        ];
        let near = gelu(&exact.map(|(at, _)| at));
        for (near, (at, exact)) in near.iter().zip(exact) {
            assert!((near - exact).abs() < 6e-4, "{at}: {near} for {exact}");
        }
    }

    #[test]
    fn rows_are_normalized() {
        let mut row: Vec<f32> = (0..48).map(|i| i as f32).collect();
        normalize(&mut row, &[2.0; 48], &[1.0; 48]);
        assert!((sum(&row) / 48.0 - 1.0).abs() < 1e-5);
        assert!((row[47] - (1.0 + 2.0 * 23.5 / 13.853_4)).abs() < 1e-3);
    }
}
