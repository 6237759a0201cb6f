//! Any text is read and its quotation marks are found; a lost mark stays in its paragraph; time grows with the length.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use sayso::quote::{self, Quotation, Quotes};
use sayso::text::{self, Reading};

/// Marks and words that pair, nest and lose one another.
const SCRAPS: &[&str] = &[
    "“",
    "”",
    "\"",
    "'",
    "‘",
    "’",
    "«",
    "»",
    "‹",
    "›",
    "„",
    "``",
    "''",
    "「",
    "」",
    "said",
    "she said",
    "Ana Ruiz",
    "We lost",
    ",",
    ".",
    "?",
    "…",
    "—",
    "\n",
    "\n\n",
    "U.S.",
    "the Joneses’",
    "’90s",
    "’n’",
    "\u{ad}",
    "e\u{301}",
    "👍🏽",
    "a.b@c.org",
    "www.lorca.example",
    "1,200",
    "5'10\"",
    "(",
    ")",
    "\u{feff}",
    "\u{2028}",
    "LORCA:",
    "—Agencies",
];

fn scraps() -> impl Strategy<Value = String> {
    let piece = (prop::sample::select(SCRAPS), prop::bool::weighted(0.7));
    prop::collection::vec(piece, 0..80)
        .prop_map(|pieces| pieces.iter().map(|(p, blank)| format!("{p}{}", if *blank { " " } else { "" })).collect())
}

/// Paragraphs of well-kept quotations, parted by prose.
fn articles() -> impl Strategy<Value = Vec<String>> {
    let sentence = prop::sample::select(
        &[
            "“The bridge will open in May,” said Ana Ruiz.",
            "“We lost,” she said, “but narrowly.”",
            "He called it “a great day” for Lorca.",
            "“Why?” Ruiz asked. “Nobody told us ‘no’ before.”",
            "“We were told nothing. Nobody came.”",
        ][..],
    );
    let speech = prop::collection::vec(sentence, 1..4).prop_map(|s| s.join(" "));
    prop::collection::vec(speech, 1..5)
}

/// A part of a text that is compared: its words and where they begin.
type Part = (String, usize);

fn parts(text: &str) -> (Vec<Part>, Vec<Part>, Vec<Part>) {
    let reading = text::read(text);
    let quotes = quote::find(text, &reading);
    let part = |span: sayso::Span| (span.text(text).to_owned(), span.begin() as usize);
    (
        reading.tokens.iter().map(|t| part(t.span)).collect(),
        reading.sentences.iter().map(|s| part(s.span)).collect(),
        quotes.quotations.iter().map(|q| part(q.span)).collect(),
    )
}

fn words(parts: &[Part]) -> Vec<String> {
    parts.iter().map(|(words, _)| words.replace(['\r', '\n'], "")).collect()
}

fn check(text: &str, reading: &Reading, quotes: &Quotes) {
    let mut end = 0;
    for (i, token) in reading.tokens.iter().enumerate() {
        let range = token.span.range();
        assert!(
            range.start >= end && !range.is_empty() && text.get(range.clone()).is_some(),
            "token {i} of {text:?}: {range:?} after {end}"
        );
        assert!(!reading.form(i).is_empty() && !reading.form(i).contains(['\u{ad}', '\u{200b}']), "form {:?} in {text:?}", reading.form(i));
        end = range.end;
    }
    for quotation in &quotes.quotations {
        assert_eq!(quotation.span, reading.span_of(quotation.tokens));
        for piece in &quotation.pieces {
            let inside = reading.paragraphs.iter().any(|p| p.tokens.begin <= piece.begin && piece.end <= p.tokens.end);
            assert!(inside, "a piece leaves its paragraph: {quotation:?} of {text:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn scraps_of_news_are_read(text in scraps()) {
        let reading = text::read(&text);
        check(&text, &reading, &quote::find(&text, &reading));
    }

    #[test]
    fn any_characters_are_read(text in any::<String>()) {
        let reading = text::read(&text);
        check(&text, &reading, &quote::find(&text, &reading));
    }

    #[test]
    fn a_byte_order_mark_moves_everything_by_its_length(paragraphs in articles()) {
        let text = paragraphs.join("\n\n");
        let moved = |parts: Vec<Part>| parts.into_iter().map(|(words, begin)| (words, begin + 3)).collect::<Vec<_>>();
        let (tokens, sentences, quotations) = parts(&text);
        prop_assert_eq!((moved(tokens), moved(sentences), moved(quotations)), parts(&format!("\u{feff}{text}")));
    }

    #[test]
    fn line_ends_of_other_machines_and_more_blank_lines_change_no_words(paragraphs in articles()) {
        let (tokens, sentences, quotations) = parts(&paragraphs.join("\n\n"));
        for end in ["\r\n\r\n", "\n\n\n\n", "\r\r", "\n \n"] {
            let (t, s, q) = parts(&paragraphs.join(end));
            prop_assert_eq!((words(&tokens), words(&sentences), words(&quotations)), (words(&t), words(&s), words(&q)));
        }
    }

    #[test]
    fn a_lost_mark_changes_nothing_beyond_its_paragraph(paragraphs in articles(), which in any::<prop::sample::Index>()) {
        let parted: Vec<String> = paragraphs.iter().flat_map(|p| [p.clone(), "It rained all night, and the river rose.".to_owned()]).collect();
        let text = parted.join("\n\n");
        let marks: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| matches!(c, '“' | '”')).collect();
        let (at, mark) = marks[which.index(marks.len())];
        let begin = text[..at].rfind("\n\n").map_or(0, |b| b + 2);
        let end = text[at..].find("\n\n").map_or(text.len(), |e| at + e);
        let mut broken = text.clone();
        broken.remove(at);
        let outside = |q: &&Quotation, end: usize| q.span.range().end <= begin || q.span.range().start >= end;
        let found = |text: &str, end: usize| {
            let reading = text::read(text);
            let quotes = quote::find(text, &reading);
            quotes.quotations.iter().filter(|q| outside(q, end)).map(|q| q.span.text(text).to_owned()).collect::<Vec<_>>()
        };
        prop_assert_eq!(found(&text, end), found(&broken, end - mark.len_utf8()));
    }
}

#[test]
fn a_megabyte_of_one_thing_takes_no_more_than_its_share_of_time() {
    for unit in [
        "“",
        "”",
        "\"",
        "'",
        "‘",
        "''",
        "“‘",
        "“a ”",
        "\n\n“a",
        "He said ",
        "U.S. ",
        "a.b",
        "a@",
        "(",
        "“We lost, ",
        "she said,” ",
        "a” ",
        "We lost.” ",
        "It was late, he said.” ",
        "‘a s’ ",
        "J. ",
    ] {
        let text = unit.repeat(1_000_000 / unit.len());
        let begin = Instant::now();
        let reading = text::read(&text);
        let quotes = quote::find(&text, &reading);
        assert_eq!(quotes.outermost.len(), reading.tokens.len());
        assert!(begin.elapsed() < Duration::from_secs(20), "1 MB of {unit:?} took {:?}", begin.elapsed());
    }
}
