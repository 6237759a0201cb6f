//! Features as numbers: a feature is the hash of its template and of what fills it; no names are kept.

/// A feature: the hash of a template and of what fills it.
pub type Feature = u32;

/// The hash of a word.
#[must_use]
pub fn word(bytes: &[u8]) -> u32 {
    // FNV-1a, 32 bits: short words, no allocation, the same on every machine.
    let mut hash = 0x811c_9dc5_u32;
    for &byte in bytes {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash
}

/// One template filled with one value.
#[must_use]
pub fn one(template: u32, a: u32) -> Feature {
    finish(template.wrapping_mul(0x9e37_79b1) ^ a.wrapping_mul(0x85eb_ca77))
}

/// One template filled with two values.
#[must_use]
pub fn two(template: u32, a: u32, b: u32) -> Feature {
    finish((template.wrapping_mul(0x9e37_79b1) ^ a.wrapping_mul(0x85eb_ca77)).rotate_left(13).wrapping_add(b.wrapping_mul(0xc2b2_ae3d)))
}

/// One template filled with three values.
#[must_use]
pub fn three(template: u32, a: u32, b: u32, c: u32) -> Feature {
    two(template, two(template, a, b), c)
}

fn finish(mut hash: u32) -> u32 {
    hash ^= hash >> 15;
    hash = hash.wrapping_mul(0x2c1b_3c6d);
    hash ^= hash >> 13;
    hash
}

/// The fingerprint of the features that a function gives on a fixed probe: changes when the function does.
#[must_use]
pub fn fingerprint(features: impl IntoIterator<Item = Feature>) -> u32 {
    features.into_iter().fold(0x811c_9dc5, |hash, feature| (hash.rotate_left(5) ^ feature).wrapping_mul(0x0100_0193))
}
