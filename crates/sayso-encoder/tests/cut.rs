//! Texts are cut as the package `tokenizers` cuts them, to the byte (tests/cut/make.py writes what it does).

use sayso_encoder::Vocabulary;

#[test]
fn an_invented_vocabulary_cuts_alike() {
    let vocabulary = Vocabulary::new(include_str!("cut/vocabulary.txt")).expect("a vocabulary");
    let mut pieces = 0;
    for (number, line) in include_str!("cut/expected.tsv").lines().enumerate() {
        let (hex, expected) = line.split_once('\t').expect("two fields");
        let bytes = (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).expect("two digits")).collect();
        let text = String::from_utf8(bytes).expect("UTF-8");
        let found = vocabulary.pieces(&text, std::iter::once(0..text.len() as u32));
        let found: Vec<String> = found.iter().map(|p| format!("{},{},{}", p.id, p.begin, p.end)).collect();
        let expected: Vec<&str> = expected.split_whitespace().collect();
        assert_eq!(found, expected, "line {}: {text:?}", number + 1);
        pieces += expected.len();
    }
    assert!(pieces > 10_000, "only {pieces} pieces were compared");
}
