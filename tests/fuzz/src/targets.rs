//! The targets: what is done with an input, whoever made it up.

use sayso::Extractor;
use sayso::model::Model;
use sayso_corpus::InputFormat;
use sayso_encoder::{Article, ArticleReader, Encoder, Vocabulary, Window};

use crate::{check_offsets, read};

/// A target by name; it panics if the input breaks something.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] = &[
    ("extract", extract),
    ("text", |bytes| read("a.txt", Some(InputFormat::Text), bytes)),
    ("html", |bytes| read("a.html", Some(InputFormat::Html), bytes)),
    ("json_lines", |bytes| read("a.jsonl", Some(InputFormat::JsonLines), bytes)),
    ("json", |bytes| read("a.json", Some(InputFormat::Json), bytes)),
    ("csv", |bytes| read("a.csv", Some(InputFormat::Csv), bytes)),
    ("tsv", |bytes| read("a.tsv", Some(InputFormat::Tsv), bytes)),
    ("parquet", |bytes| read("a.parquet", Some(InputFormat::Parquet), bytes)),
    ("warc", |bytes| read("a.warc", Some(InputFormat::Warc), bytes)),
    // Its content tells what it is: packed by gzip or zstd, or not.
    ("packed", |bytes| read("article", None, bytes)),
    ("decode", decode),
    ("model", model),
    ("encoder", encoder),
    ("pieces", pieces),
    ("offsets", |bytes| check_offsets(&String::from_utf8_lossy(bytes))),
];

/// Runs a target on an input.
///
/// # Panics
/// If there is none of that name, or if the input breaks something.
pub fn run(name: &str, input: &[u8]) {
    let found = TARGETS.iter().find(|(known, _)| *known == name);
    found.unwrap_or_else(|| panic!("no target is called {name:?}")).1(input);
}

/// Any text, with all invariants of its layers and statements.
fn extract(bytes: &[u8]) {
    let _ = sayso_tests::check_text(&Extractor::english(), &String::from_utf8_lossy(bytes));
}

/// Bytes in any encoding.
fn decode(bytes: &[u8]) {
    if let Ok(text) = sayso_corpus::decode(bytes.to_vec()) {
        check_offsets(&text);
    }
}

const ARTICLE: &str = "“The bridge is open,” said Ana Ruiz, the mayor of Lorca. She denied that it was late.\n\n“We lost,” he said.";

/// A model file that is damaged: it is refused in words, or extracts.
///
/// The input is the file's number of bytes from its end that are lost (two bytes), then places (three bytes, from the file's beginning
/// or, where the first bit is set, from its end) with the byte that stands there instead; behind 0xff 0xff, a whole file.
fn model(input: &[u8]) {
    let bytes = match input {
        [0xff, 0xff, whole @ ..] => whole.to_vec(),
        [low, high, changes @ ..] => {
            let mut bytes = sayso_en::WEIGHTS.to_vec();
            bytes.truncate(bytes.len() - usize::from(u16::from_le_bytes([*low, *high])));
            for change in changes.chunks_exact(4) {
                let place = u32::from_be_bytes([0, change[0] & 0x7f, change[1], change[2]]) as usize;
                let place = if change[0] & 0x80 == 0 { place } else { bytes.len().wrapping_sub(1 + place) };
                if let Some(byte) = bytes.get_mut(place) {
                    *byte = change[3];
                }
            }
            bytes
        }
        _ => return,
    };
    match Model::read(bytes) {
        Ok(model) => {
            let extraction = Extractor::new(model).extract(ARTICLE);
            sayso_tests::check_invariants(ARTICLE, &extraction);
        }
        Err(error) => assert!(!error.to_string().is_empty(), "an error without words"),
    }
}

/// A longer file would only take time.
const LONGEST: usize = 1 << 16;

/// An encoder's weights file, its checksum put right: it is refused in words, or encodes.
fn encoder(bytes: &[u8]) {
    if bytes.len() > LONGEST {
        return;
    }
    let bytes = with_checksum(bytes);
    let text = "Ruiz said: “We lost the bridge.”";
    let tokens: Vec<_> =
        [(0, 4), (5, 9), (9, 10), (11, 14), (14, 16), (17, 21), (22, 25), (26, 32), (32, 33), (33, 36)].map(|(b, e)| b..e).into();
    let whole = [0..tokens.len() as u32];
    let article = Article { text, tokens: &tokens, paragraphs: &whole, sentences: &whole, quoted: &[0, 0, 0, 1, 2, 2, 2, 2, 2, 3] };
    let window = Window { cue: 1..2, tokens: whole[0].clone(), sentence: whole[0].clone() };
    match ArticleReader::read_weights(bytes.clone()) {
        Ok(reader) => {
            let encoded = reader.encode(&article, [window.span()]);
            assert_eq!(encoded.roles().len(), tokens.len(), "a row for each token");
            let windows = reader.windows(&encoded, &[window]);
            assert_eq!(windows.iter().map(Vec::len).collect::<Vec<_>>(), [tokens.len()], "a row for each token of the window");
        }
        Err(error) => assert!(!error.to_string().is_empty(), "an error without words"),
    }
    // Weights without heads are an encoder, too.
    if let Ok(encoder) = Encoder::read(bytes) {
        assert!(encoder.width() > 0 && encoder.longest() > 0 && !encoder.vocabulary().is_empty());
    }
}

/// The file with the checksum of what stands behind its header, so that fuzzing gets past it.
fn with_checksum(bytes: &[u8]) -> Vec<u8> {
    let find = |what: &[u8]| bytes.windows(what.len()).position(|w| w == what);
    let (Some(line), Some(end)) = (find(b"\nchecksum "), find(b"\nend\n")) else { return bytes.to_vec() };
    let (line, end) = (line + 10, end + 5);
    let (mut low, mut high) = (1_u32, 0_u32);
    for &byte in &bytes[end..] {
        low = (low + u32::from(byte)) % 65521;
        high = (high + low) % 65521;
    }
    let digits = format!("{:08x}", high << 16 | low);
    let mut bytes = bytes.to_vec();
    if line + 8 < end {
        bytes[line..line + 8].copy_from_slice(digits.as_bytes());
    }
    bytes
}

/// A vocabulary, and behind a zero byte the words to cut with it.
fn pieces(bytes: &[u8]) {
    let input = String::from_utf8_lossy(bytes);
    let (own, text) = input.split_once('\0').unwrap_or((&input, &input));
    let vocabulary = Vocabulary::new(own).or_else(|_| Vocabulary::new(&format!("[UNK]\n[CLS]\n[SEP]\n{}", own.trim())));
    let Ok(vocabulary) = vocabulary else { return };
    // Words as they stand between blanks.
    let mut tokens = Vec::new();
    for word in text.split_whitespace() {
        let begin = (word.as_ptr() as usize - text.as_ptr() as usize) as u32;
        tokens.push(begin..begin + word.len() as u32);
    }
    let mut last = 0;
    for piece in vocabulary.pieces(text, tokens.iter().cloned()) {
        assert!((piece.id as usize) < vocabulary.len(), "{piece:?} is none of {}", vocabulary.len());
        assert!(piece.token >= last && (piece.token as usize) < tokens.len(), "{piece:?} after one of token {last}");
        let _ = vocabulary.piece(piece.id);
        last = piece.token;
    }
}
