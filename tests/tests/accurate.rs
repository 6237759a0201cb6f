//! The accurate model, as a user meets it: what it finds, and that articles do not disturb each other.

use std::fs;

use sayso::{Extraction, Extractor, Form};

fn briefing() -> String {
    fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/briefing.txt")).expect("the example")
}

/// Each statement as "speaker: content".
fn lines(text: &str, extraction: &Extraction) -> Vec<String> {
    let one = |s: &sayso::Statement| format!("{}: {}", extraction.speaker_of(s).map_or("-", |s| s.name.as_str()), s.content.text(text));
    extraction.statements.iter().map(one).collect()
}

#[test]
fn it_finds_direct_and_indirect_speech_with_their_speakers() {
    let text = briefing();
    let extraction = Extractor::english_accurate().extract(&text);
    let found = lines(&text, &extraction);
    for expected in [
        "Petra Lindqvist: that the navy had been involved",
        "Ilse Maran: that the fleet on both sides was too large",
        "Ilse Maran: “If nothing changes, there will be no quota left to argue about,”",
        "Petra Lindqvist: it was too early to tell",
    ] {
        assert!(found.iter().any(|line| line == expected), "{expected:?} is not among {found:#?}");
    }
    assert!(extraction.statements.iter().filter(|s| s.form == Form::Direct).count() >= 5);
}

#[test]
fn nobody_is_made_the_source_of_a_question_that_was_put_to_them() {
    let text = briefing();
    let extraction = Extractor::english_accurate().extract(&text);
    let found = lines(&text, &extraction);
    let question = "whether the quota would be cut next year";
    assert!(!found.iter().any(|line| line == &format!("Petra Lindqvist: {question}")), "{found:#?}");
}

#[test]
fn what_it_finds_does_not_depend_on_the_articles_beside() {
    let accurate = Extractor::english_accurate();
    let texts = [briefing(), String::new(), "“We lost,” she said.".to_owned(), "It rained all night. The road was wet.".to_owned()];
    let alone: Vec<Extraction> = texts.iter().map(|text| accurate.extract(text)).collect();
    assert_eq!(accurate.extract_all(&texts), alone);
    assert!(alone[1].statements.is_empty() && alone[3].statements.is_empty(), "where nobody says anything, nothing is found");
}

#[test]
fn what_a_paragraph_says_depends_on_its_neighbours_only() {
    // Far enough apart to be encoded on their own: the second half is not read by the first.
    let filler = "The road through the valley was closed for repairs from noon until the evening of the next day. ".repeat(30);
    let text = format!("The minister hinted that taxes would rise.\n\n{filler}\n\n“We lost,” said Ana Ruiz, the mayor of Lorca.");
    let changed = text.replace("Ana Ruiz", "Eva Ruiz");
    let accurate = Extractor::english_accurate();
    let (before, after) = (accurate.extract(&text), accurate.extract(&changed));
    assert_eq!(before.statements[0].content, after.statements[0].content);
    assert_eq!(before.statements[0].confidence, after.statements[0].confidence);
}
