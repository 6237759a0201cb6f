//! The scorer: figures worked out by hand, and the same numbers as the reference script where the corpora are at hand.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use sayso_corpus::score::{GoldDocument, Prediction, SpeakerNote, align, matched, read_gold, read_predictions, read_speaker_notes, score};
use serde_json::{Value, json};

/// "Ruiz said" at 12, "it told Lind" further on; ten words.
const TEXT: &str = "“We lost,” Ruiz said. The bank told Lind it would pay.";

fn span(words: &str) -> Value {
    let begin = TEXT[..TEXT.find(words).expect("words of the text")].chars().count();
    json!([[begin, begin + words.chars().count()]])
}

fn gold() -> GoldDocument {
    let attributions = json!([
        {"id": "E1", "content": span("“We lost,”"), "cue": span("said"), "source": span("Ruiz")},
        {"id": "E2", "content": span("it would pay"), "cue": span("told"), "source": span("The bank")},
        {"id": "E3", "content": [], "cue": span("pay"), "source": []},
    ]);
    serde_json::from_value(json!({"id": "a1", "text": TEXT, "attributions": attributions})).expect("a gold article")
}

fn prediction(document: &str, content: &str, cue: &str, source: &str, more: &Value) -> Prediction {
    let role = |words: &str| json!({"text": words, "spans": span(words)});
    let mut row = json!({"document": document, "content": role(content), "cue": role(cue), "source": role(source)});
    row.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    serde_json::from_value(row).expect("a prediction")
}

fn note(id: &str, fields: &Value) -> SpeakerNote {
    let mut row = json!({"doc": "a1", "id": id});
    row.as_object_mut().expect("an object").extend(fields.as_object().expect("an object").clone());
    serde_json::from_value(row).expect("a note")
}

#[test]
fn figures_of_a_small_corpus_are_those_worked_out_by_hand() {
    let found = [
        prediction("a1", "We lost", "said", "Ruiz said", &json!({})),
        prediction("a1", "would pay", "told", "Lind", &json!({})),
        prediction("a1", "Ruiz said", "said", "We", &json!({})),
        prediction("b7", "pay", "told", "Lind", &json!({})),
    ];
    let scores = score(&[gold()], &found, &[]).expect("spans inside the text");
    assert_eq!((scores.documents, scores.text_mismatches, scores.statements_of_unknown_documents), (1, 0, 1));
    // Content: gold {We, lost, it, would, pay}, found {We, lost, would, pay, Ruiz, said}.
    let content = scores.token.content;
    assert_eq!((content.precision, content.recall, content.f1, content.gold, content.predicted), (66.7, 80.0, 72.7, 5, 6));
    // Cue: found "said" twice counts once as tokens, twice as spans.
    assert_eq!((scores.token.cue.f1, scores.exact.cue.precision, scores.exact.cue.recall), (100.0, 66.7, 100.0));
    // "Ruiz said" overlaps the gold source "Ruiz" by half: a pair, but no strict one. "Lind" is not "The bank".
    let all = scores.statement.all;
    assert_eq!((all.precision, all.recall, all.f1), (33.3, 50.0, 40.0));
    assert_eq!(scores.strict.f1, 0.0);
    // The first prediction has no marks of its own but counts under the direct gold that it pairs with.
    assert_eq!((scores.statement.direct.predicted, scores.statement.direct.f1), (1, 100.0));
    assert_eq!((scores.statement.indirect.predicted, scores.statement.indirect.gold, scores.statement.indirect.f1), (2, 1, 0.0));
    assert_eq!((scores.statement.spoken.gold, scores.statement.spoken.predicted), (2, 3));
    assert_eq!(scores.speakers, None);
}

#[test]
fn speakers_are_scored_where_the_content_is_found() {
    let speaker = |name: &str, kind: &str, role: &str| json!({"name": name, "kind": kind, "role": role});
    let found = [
        prediction(
            "a1",
            "“We lost,”",
            "said",
            "Ruiz",
            &json!({"speakers": [speaker("Ana Ruiz", "person", "mayor of the town")], "act": "admit", "when": {"text": "on Monday"}}),
        ),
        prediction("a1", "it would pay", "told", "Lind", &json!({"speakers": [speaker("Lind", "person", "clerk")], "addressee": "Lind"})),
    ];
    let notes = [
        note("E1", &json!({"speakers": ["Sen. Ruiz"], "kind": "person", "role": "mayor", "act": "admit"})),
        note("E2", &json!({"speakers": ["The bank"], "kind": "organization", "act": "commit", "addressee": "Lind"})),
    ];
    let speakers = score(&[gold()], &found, &notes).expect("spans inside the text").speakers.expect("annotated");
    assert_eq!((speakers.speaker.f1, speakers.speaker_accuracy, speakers.act_accuracy, speakers.kind_accuracy), (50.0, 50.0, 50.0, 50.0));
    assert_eq!((speakers.role.gold, speakers.role.predicted, speakers.role.f1), (1, 1, 0.0), "one of four words is shared");
    assert_eq!((speakers.when.gold, speakers.when.predicted), (0, 1));
    assert_eq!(speakers.addressee.f1, 100.0);
}

#[test]
fn words_that_are_not_those_of_the_span_are_counted() {
    let mut found = prediction("a1", "it would pay", "told", "The bank", &json!({}));
    found.content.as_mut().expect("content").text = Some("it would … PAY".to_owned());
    found.cue.as_mut().expect("cue").text = Some("“told”".to_owned());
    assert_eq!(score(&[gold()], &[found], &[]).expect("spans inside the text").text_mismatches, 1);
}

#[test]
fn a_span_outside_its_text_is_an_error_that_says_where() {
    let mut found = prediction("a1", "it would pay", "told", "The bank", &json!({}));
    found.cue.as_mut().expect("cue").spans = Some(vec![[3, 900]]);
    let error = score(&[gold()], &[found], &[]).expect_err("a span beyond the end").to_string();
    assert_eq!(error, "a1: span [3, 900) of a predicted cue lies outside the text (length 54); offsets must be code points");
}

#[test]
fn a_broken_line_of_a_score_file_is_named() {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    writeln!(file, "{{\"document\": \"a1\"}}\n\n{{\"content\": null}}").expect("written");
    let error = read_predictions(file.path()).expect_err("no document").to_string();
    assert!(error.contains(", line 3: missing field `document`") && error.contains("sayso extract"), "{error}");
}

/// A small generator of the same numbers on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// Gold attributions as predictions: some dropped, some moved, some doubled, some with other speakers and words.
fn perturbed(gold: &[GoldDocument], notes: &[SpeakerNote]) -> Vec<Value> {
    let mut dice = Dice(5);
    let mut rows = Vec::new();
    for document in gold {
        let chars: Vec<char> = document.text.chars().collect();
        for attribution in &document.attributions {
            if dice.below(6) == 0 {
                continue;
            }
            let mut role = |spans: &[[usize; 2]]| {
                let mut moved = Vec::new();
                for &[begin, end] in spans {
                    let (back, on) = if dice.below(3) == 0 { (dice.below(25) as usize, dice.below(40) as usize) } else { (0, 0) };
                    let end = (end + on).min(chars.len());
                    moved.push([begin.saturating_sub(back).min(end - 1), end]);
                }
                let mut words: String = moved.iter().flat_map(|&[b, e]| &chars[b..e]).collect();
                if dice.below(15) == 0 {
                    words.push_str(" and more");
                }
                if spans.is_empty() { Value::Null } else { json!({"text": words, "spans": moved}) }
            };
            let (content, cue, source) = (role(&attribution.content), role(&attribution.cue), role(&attribution.source));
            let note = notes.iter().find(|n| n.doc == document.id && n.id == attribution.id);
            let swapped = notes.get(dice.below(notes.len().max(1) as u64) as usize);
            let said = if dice.below(4) == 0 { swapped } else { note };
            let speakers: Vec<Value> = said.map_or(Vec::new(), |n| {
                let name = |s: &String| if dice.below(5) == 0 { format!("Mr. {s}") } else { s.clone() };
                n.speakers
                    .iter()
                    .map(name)
                    .map(|s| json!({"name": s, "kind": n.kind, "role": n.role, "affiliation": n.affiliation}))
                    .collect()
            });
            let phrase = |words: Option<&String>| words.map_or(Value::Null, |w| json!({"text": w, "spans": []}));
            let circumstance = |pick: fn(&SpeakerNote) -> &Option<String>| phrase(said.and_then(|n| pick(n).as_ref()));
            let row = json!({
                "document": document.id, "content": content, "cue": cue, "source": source, "speakers": speakers,
                "act": said.and_then(|n| n.act.clone()), "addressee": circumstance(|n| &n.addressee), "topic": circumstance(|n| &n.topic),
                "when": circumstance(|n| &n.when), "where": circumstance(|n| &n.place),
            });
            rows.extend(std::iter::repeat_n(row, if dice.below(12) == 0 { 2 } else { 1 }));
        }
    }
    rows.push(json!({"document": "of no gold", "content": null}));
    rows
}

/// The folder of the corpora and a Python to run the reference with, if both are here.
fn reference() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let python = Command::new("python3").arg("--version").output().is_ok_and(|out| out.status.success());
    (shared.join("eval/score.py").is_file() && shared.join("data/polnear/dev.jsonl").is_file() && python).then_some(shared)
}

#[test]
fn the_figures_are_those_of_the_reference_script() {
    let Some(shared) = reference() else {
        eprintln!("skipped: needs ../shared (eval/score.py, data/polnear) and python3");
        return;
    };
    let (gold_path, notes_path) = (shared.join("data/polnear/dev.jsonl"), shared.join("data/polnear/dev-speakers.jsonl"));
    let gold = read_gold(&gold_path).expect("gold articles");
    let notes = read_speaker_notes(&notes_path).expect("speaker annotations");
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    for row in perturbed(&gold, &notes) {
        writeln!(file, "{row}").expect("written");
    }
    file.flush().expect("written");
    let predicted = read_predictions(file.path()).expect("predictions");

    let run = |more: &[&std::ffi::OsStr]| {
        let out = Command::new("python3")
            .arg(shared.join("eval/score.py"))
            .args([gold_path.as_os_str(), file.path().as_os_str()])
            .args(more)
            .output();
        let out = out.expect("python3 runs");
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).expect("text")
    };
    let speakers = ["--speakers".as_ref(), notes_path.as_os_str()];
    let scores = score(&gold, &predicted, &notes).expect("spans inside the texts");
    assert!(scores.text_mismatches > 0 && scores.strict.f1 < scores.statement.all.f1, "the predictions are perturbed");
    assert_eq!(scores.to_string(), run(&speakers));
    assert_eq!(score(&gold, &predicted, &[]).expect("spans inside the texts").to_string(), run(&[]));
    let json = run(&[speakers[0], speakers[1], "--json".as_ref()]);
    assert_eq!(scores.to_json() + "\n", json);
}

#[test]
fn what_is_near_a_gold_attribution_is_told_from_what_is_right() {
    let found = [
        prediction("a1", "would pay", "told", "Lind", &json!({})),
        prediction("a1", "We lost", "said", "Ruiz said", &json!({})),
        prediction("a1", "pay", "bank", "Lind", &json!({})),
    ];
    let aligned = align(&gold(), &found).expect("spans inside the text");
    let seen: Vec<(usize, usize, bool)> = aligned.pairs.iter().map(|p| (p.gold, p.predicted, p.right)).collect();
    assert_eq!(seen, [(0, 1, true), (1, 0, false)], "the third prediction has a cue that no gold attribution has");
    assert_eq!((aligned.pairs[1].source, aligned.pairs[0].source), (0.0, 0.5));
    let forms: Vec<Option<&str>> = aligned.gold.iter().map(|l| l.map(|l| l.form)).collect();
    assert_eq!(forms, [Some("direct"), Some("indirect"), None]);
    assert_eq!(matched(&gold(), &found).expect("spans inside the text"), [false, true, false]);
}
