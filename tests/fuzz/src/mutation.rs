//! Changes to inputs, drawn at random and the same for the same seed.

/// Words that mean something to one reader or another.
const WORDS: &[&[u8]] = &[
    b"\xe2\x80\x9c",
    b"\xe2\x80\x9d",
    b"\"",
    b"'",
    b"\xe2\x80\x98",
    b"\xe2\x80\x99",
    b"\xc2\xab",
    b"&ldquo;",
    b"&#",
    b"<p>",
    b"</p>",
    b"<!--",
    b"<script>",
    b"\xc3\xa2\xe2\x82\xac\xc5\x93",
    b"\xef\xbf\xbd",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\n\n",
    b"\r\n",
    b"\0",
    b" said ",
    b", he said.",
    b"\xe2\x80\x94",
    b":",
    b"{",
    b"}",
    b"\"text\":",
    b",",
    b";",
    b"\t",
    b"WARC/1.0\r\n",
    b"Content-Length: ",
    b"99999999999",
    b"-1",
    b"\x1f\x8b\x08",
    b"\x28\xb5\x2f\xfd",
    b"PAR1",
    b"\nend\n",
    b"tensor ",
];

/// The longest input that is made, in bytes.
const LONGEST: usize = 1 << 16;

/// A stream of changed inputs (xorshift64*, Vigna 2016).
pub struct Mutation(u64);

impl Mutation {
    /// The stream of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Mutation(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let bits = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32;
        ((bits * limit as u64) >> 32) as usize
    }

    /// One of the inputs with one to eight changes.
    pub fn next(&mut self, inputs: &[&[u8]]) -> Vec<u8> {
        let mut input = if inputs.is_empty() { Vec::new() } else { inputs[self.below(inputs.len())].to_vec() };
        for _ in 0..1 << self.below(4) {
            self.change(&mut input, inputs);
        }
        input.truncate(LONGEST);
        input
    }

    fn change(&mut self, input: &mut Vec<u8>, inputs: &[&[u8]]) {
        let at = self.below(input.len() + 1);
        let length = (1 << self.below(8)).min(input.len() - at);
        match self.below(8) {
            0 if at < input.len() => input[at] = self.below(256) as u8,
            1 if at < input.len() => input[at] ^= 1 << self.below(8),
            2 => drop(input.drain(at..at + length)),
            3 => {
                let piece = input[at..at + length].to_vec();
                let to = self.below(input.len() + 1);
                input.splice(to..to, piece);
            }
            4 => input.truncate(at.max(1)),
            5 if !inputs.is_empty() => {
                let other = inputs[self.below(inputs.len())];
                let from = self.below(other.len() + 1);
                let to = (from + (1 << self.below(10))).min(other.len());
                input.splice(at..at, other[from..to].iter().copied());
            }
            _ => {
                let word = WORDS[self.below(WORDS.len())];
                let end = at + length * self.below(2);
                input.splice(at..end, word.iter().copied());
            }
        }
    }
}
