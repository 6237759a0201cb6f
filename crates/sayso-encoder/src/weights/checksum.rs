//! Adler-32 (RFC 1950), which finds what a copy or a disk has changed.

/// The checksum of some bytes.
pub(super) fn adler32(bytes: &[u8]) -> u32 {
    const PRIME: u32 = 65_521;
    // The sums of so many bytes fit into 32 bits (RFC 1950's example has the derivation).
    const BLOCK: usize = 5552;
    let (mut low, mut high) = (1_u32, 0_u32);
    for block in bytes.chunks(BLOCK) {
        for part in block.chunks(16) {
            // The same sums as byte by byte, without waiting for one before the next.
            let length = part.len() as u32;
            let weighted: u32 = part.iter().zip((1..=length).rev()).map(|(&byte, weight)| u32::from(byte) * weight).sum();
            high += low * length + weighted;
            low += part.iter().map(|&byte| u32::from(byte)).sum::<u32>();
        }
        low %= PRIME;
        high %= PRIME;
    }
    high << 16 | low
}

#[cfg(test)]
mod tests {
    use super::adler32;

    #[test]
    fn the_known_sums() {
        assert_eq!(adler32(b""), 1);
        assert_eq!(adler32(b"Wikipedia"), 0x11e6_0398);
        // 100,000 bytes of 255, as zlib counts them.
        let (low, high) = (0..100_000_u64).fold((1, 0), |(low, high), _| ((low + 255) % 65_521, (high + (low + 255) % 65_521) % 65_521));
        assert_eq!(u64::from(adler32(&[255; 100_000])), high << 16 | low);
    }
}
