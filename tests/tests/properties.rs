//! Any text: no panic, the invariants hold; what is not words shifts offsets and changes nothing else.

use proptest::prelude::*;
use sayso::{Extraction, Extractor, Span};
use sayso_tests::check_text;

/// Pieces of news in every state of repair: whatever they add up to must be survived.
const PIECES: &[&str] = &[
    "“",
    "”",
    "\"",
    "'",
    "‘",
    "’",
    "«",
    "»",
    "``",
    "''",
    "(",
    ")",
    ",",
    ".",
    "?",
    "!",
    ":",
    ";",
    "—",
    " – ",
    "…",
    "...",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "  ",
    "\u{a0}",
    "\u{200b}",
    "\u{ad}",
    "é",
    "👩\u{200d}🚒",
    "$3.5m",
    "1,200",
    "U.S.",
    "Mr.",
    "Dr. Okafor",
    "Ana Ruiz",
    "Ruiz",
    "She",
    "he",
    "the mayor of Lorca",
    "the spokesman",
    "officials",
    "the ministry",
    "said",
    "says",
    "told reporters",
    "asked",
    "added",
    "according to",
    "claimed that",
    "denied",
    "will not",
    "that",
    "we",
    "the bridge",
    "is open",
    "on Tuesday",
    "in Lorca",
    "Asked about the bridge,",
    "Referring to the flood,",
    "and",
    "but",
    "who",
    "LORCA:",
    "LORCA, Spain (XY) —",
    "—Agencies",
    "don’t",
    "the Joneses’",
    "@lorca",
    "#bridge",
    "https://lorca.example/a?b=c",
    "5'10\"",
    "rock ’n’ roll",
];

fn scraps() -> impl Strategy<Value = String> {
    let piece = (prop::sample::select(PIECES), prop::bool::weighted(0.8));
    prop::collection::vec(piece, 0..60).prop_map(|pieces| {
        pieces.into_iter().fold(String::new(), |mut text, (piece, blank)| {
            text.push_str(piece);
            if blank {
                text.push(' ');
            }
            text
        })
    })
}

/// Well-kept articles of a few short paragraphs.
fn articles() -> impl Strategy<Value = String> {
    let sentence = prop::sample::select(
        &[
            "“The bridge will open in May,” said Ana Ruiz, the mayor of Lorca.",
            "Ruiz said that the river had fallen by two metres.",
            "“We lost,” she said, “but narrowly.”",
            "The ministry denied it.",
            "“We were told nothing.",
            "“Nobody came.”",
            "Asked about the cost, he said nothing was decided.",
            "According to the police, the road is closed.",
            "It rained all night.",
        ][..],
    );
    let paragraph = prop::collection::vec(sentence, 1..4).prop_map(|s| s.join(" "));
    prop::collection::vec(paragraph, 1..6).prop_map(|p| p.join("\n\n"))
}

/// The extraction with every offset put through `moved`.
fn shifted(extraction: &Extraction, moved: impl Fn(u32) -> u32) -> Extraction {
    let span = |s: Span| Span::new(moved(s.begin()), moved(s.end() - 1) + 1);
    let mut out = extraction.clone();
    for edge in [&mut out.headline, &mut out.dateline, &mut out.credit] {
        *edge = edge.map(span);
    }
    for speaker in &mut out.speakers {
        speaker.mentions.iter_mut().for_each(|m| *m = span(*m));
    }
    for statement in &mut out.statements {
        statement.content = statement.content.iter().map(|s| span(*s)).collect();
        if let Some(cue) = &mut statement.cue {
            cue.span = span(cue.span);
        }
        for part in [&mut statement.source, &mut statement.addressee, &mut statement.topic, &mut statement.when, &mut statement.place] {
            *part = part.map(span);
        }
    }
    out
}

/// Replaces every `from` by `to`, which ends with it, and checks that this only moves what comes after.
fn only_shifts(text: &str, from: &str, to: &str) -> Result<(), TestCaseError> {
    let extractor = Extractor::english();
    let before = extractor.extract(text);
    let after = check_text(&extractor, &text.replace(from, to));
    let grown = (to.len() - from.len()) as u32;
    let ends: Vec<u32> = text.match_indices(from).map(|(at, _)| (at + from.len() - 1) as u32).collect();
    let moved = |at: u32| at + grown * ends.partition_point(|end| *end <= at) as u32;
    prop_assert_eq!(shifted(&before, moved), after);
    Ok(())
}

proptest! {
    // A failing text belongs into a golden page, not into a file of seeds.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_characters_are_welcome(text in any::<String>()) {
        let _ = check_text(&Extractor::english(), &text);
    }

    #[test]
    fn any_scraps_of_news_are_welcome(text in scraps()) {
        let _ = check_text(&Extractor::english(), &text);
    }

    #[test]
    fn a_byte_order_mark_only_shifts_offsets(text in articles()) {
        let extractor = Extractor::english();
        let after = check_text(&extractor, &format!("\u{feff}{text}"));
        prop_assert_eq!(shifted(&extractor.extract(&text), |at| at + 3), after);
    }

    #[test]
    fn windows_line_ends_only_shift_offsets(text in articles()) {
        only_shifts(&text, "\n", "\r\n")?;
    }

    #[test]
    fn a_doubled_paragraph_break_only_shifts_offsets(text in articles()) {
        only_shifts(&text, "\n\n", "\n\n\n\n")?;
    }

    #[test]
    fn scraps_survive_windows_line_ends(text in scraps()) {
        only_shifts(&text.replace('\r', ""), "\n", "\r\n")?;
    }
}

proptest! {
    // Fewer cases, for the accurate model is slower.
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn any_characters_are_welcome_to_the_accurate_model(text in any::<String>()) {
        let _ = check_text(&Extractor::english_accurate(), &text);
    }

    #[test]
    fn any_scraps_of_news_are_welcome_to_the_accurate_model(text in scraps()) {
        let _ = check_text(&Extractor::english_accurate(), &text);
    }
}

/// Texts in which changed goldens (`make mutate`) broke an invariant.
const BROKE: &[&str] = &[
    // A name and a part of it were two mentions.
    "“The museum opens at noon,” said Carla' Nunes, its director, on Monday.\n\nShe said that the roof was dry.",
    "“The harbour,” Ruiz s Ruiz said, “will never freeze.”",
    "The pier is closed, Anaosed, Ana Ruiz s Ruiz said on Tuesday.",
];

#[test]
fn what_once_broke_holds() {
    for text in BROKE {
        let _ = check_text(&Extractor::english(), text);
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    threads_change_nothing(&Extractor::english());
}

#[test]
fn the_number_of_threads_changes_nothing_for_the_accurate_model() {
    threads_change_nothing(&Extractor::english_accurate());
}

fn threads_change_nothing(extractor: &Extractor) {
    let texts: Vec<String> = (0..40)
        .map(|i| format!("“Bridge {i} will open in May,” said Ana Ruiz, the mayor of Lorca. She denied that it was late."))
        .collect();
    let alone: Vec<Extraction> = texts.iter().map(|t| extractor.extract(t)).collect();
    for threads in [1, 2, 7] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        assert_eq!(pool.install(|| extractor.extract_all(&texts)), alone, "with {threads} threads");
    }
}
