//! The example article through the command: its statements, in every format and every unit of offsets.

use std::path::PathBuf;

use assert_cmd::cargo::cargo_bin_cmd;
use serde_json::Value;

fn briefing() -> (PathBuf, String) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples/briefing.txt");
    let text = std::fs::read_to_string(&path).expect("the example article");
    (path, text)
}

fn extract(arguments: &[&str]) -> String {
    let out = cargo_bin_cmd!("sayso").arg("extract").arg(briefing().0).args(arguments).output().expect("it runs");
    assert_eq!((out.status.code(), String::from_utf8_lossy(&out.stderr).as_ref()), (Some(0), ""));
    String::from_utf8(out.stdout).expect("UTF-8")
}

fn statements(arguments: &[&str]) -> Vec<Value> {
    extract(arguments).lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// The one statement whose content holds these words.
fn saying<'s>(statements: &'s [Value], words: &str) -> &'s Value {
    let mut found = statements.iter().filter(|s| s["content"]["text"].as_str().is_some_and(|content| content.contains(words)));
    let first = found.next().unwrap_or_else(|| panic!("no statement says {words:?}"));
    assert!(found.next().is_none(), "two statements say {words:?}");
    first
}

fn speaker(statement: &Value) -> (&str, &str) {
    let named = &statement["speakers"][0];
    (named["name"].as_str().expect("a name"), named["kind"].as_str().expect("a kind"))
}

#[test]
fn statements_come_with_their_cues_and_speakers() {
    let found = statements(&[]);

    let ports = saying(&found, "The government of Osterland has no plans to close its northern ports");
    assert_eq!((ports["form"].as_str(), ports["when"]["text"].as_str()), (Some("indirect"), Some("on Wednesday")));
    assert_eq!(speaker(ports), ("Ministry of Fisheries", "organization"));

    let quota = saying(&found, "“We are talking to Vesmark every day");
    assert_eq!((quota["form"].as_str(), quota["cue"]["lemma"].as_str()), (Some("direct"), Some("say")));
    assert_eq!(quota["source"]["text"], "Petra Lindqvist, the deputy fisheries minister");
    assert_eq!((speaker(quota), quota["resolved_by"].as_str()), (("Petra Lindqvist", "person"), Some("name")));
    assert_eq!(quota["speakers"][0]["role"], "deputy fisheries minister");

    let boarded = saying(&found, "that two trawlers had been boarded since Sunday and that their captains had been fined");
    assert_eq!(boarded["speakers"], quota["speakers"], "a surname alone is the same speaker");
    assert_eq!(boarded["addressee"]["text"], "reporters");

    let navy = saying(&found, "that the navy had been involved");
    assert_eq!((navy["act"].as_str(), navy["cue"]["text"].as_str()), (Some("deny"), Some("denied")));
    assert_eq!((speaker(navy).0, navy["form"].as_str()), ("Petra Lindqvist", Some("indirect")));

    let refund = saying(&found, "His government would ask for its money back");
    assert_eq!(refund["content"]["spans"].as_array().map(Vec::len), Some(2), "the attribution stands between");
    assert_eq!((speaker(refund).0, refund["resolved_by"].as_str()), ("Joren Aske", Some("pronoun")));

    let charts = saying(&found, "“Our captains carry their charts with them,”");
    assert_eq!((speaker(charts).0, charts["resolved_by"].as_str()), ("Joren Aske", Some("description")));

    let father = saying(&found, "“My father fished here, and I would like my daughter to,” … “But I have stopped promising her anything.”");
    assert_eq!((speaker(father).0, father["form"].as_str()), ("Tam Orrel", Some("direct")));
}

/// The words between two offsets of the article.
fn between(text: &str, unit: &str, begin: usize, end: usize) -> String {
    match unit {
        "chars" => text.chars().skip(begin).take(end - begin).collect(),
        "bytes" => text[begin..end].to_owned(),
        _ => String::from_utf16(&text.encode_utf16().collect::<Vec<_>>()[begin..end]).expect("whole characters"),
    }
}

#[test]
fn offsets_lead_to_the_words_in_every_unit() {
    let (_, text) = briefing();
    for unit in ["chars", "bytes", "utf16"] {
        let found = statements(&["--offsets", unit]);
        assert!(found.len() > 10, "{unit}: {} statements", found.len());
        for (at, statement) in found.iter().enumerate() {
            assert_eq!(statement["index"], at);
            for role in ["content", "cue", "source", "addressee", "topic", "when", "where"] {
                let Some(spans) = statement[role]["spans"].as_array() else { continue };
                let edge = |span: &Value, at: usize| span[at].as_u64().expect("an offset") as usize;
                let words: Vec<String> = spans.iter().map(|span| between(&text, unit, edge(span, 0), edge(span, 1))).collect();
                assert_eq!(statement[role]["text"], words.join(" … "), "{role} in {unit}");
            }
        }
    }
}

#[test]
fn a_document_has_its_statements_and_its_cast() {
    let document: Value = serde_json::from_str(&extract(&["--format", "documents"])).expect("one article, one line");
    assert_eq!(document["statements"], Value::from(statements(&[])));
    assert_eq!(document["title"], "Osterland will not close its northern ports, ministry says");
    assert_eq!(document["dateline"], "HALVERN, Osterland (ONA)");
    let (_, text) = briefing();
    for speaker in document["speakers"].as_array().expect("a cast") {
        for mention in speaker["mentions"].as_array().expect("mentions") {
            let [begin, end] = [0, 1].map(|at| mention[at].as_u64().expect("an offset") as usize);
            assert!(begin < end && end <= text.chars().count());
        }
    }
}

#[test]
fn the_page_names_speaker_role_content_and_cue() {
    let page = extract(&["--format", "text"]);
    let expected = "\nPetra Lindqvist, deputy fisheries minister\n  that two trawlers had been boarded since Sunday and that their captains had\n  \
                    been fined\n  told · indirect assert · to: reporters\n";
    assert!(page.contains(expected), "{page}");
    assert!(page.lines().all(|line| line.chars().count() <= 80));
}

#[test]
fn a_page_holds_the_article_and_needs_nothing_else() {
    let page = extract(&["--format", "html"]);
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
    assert_eq!(page.matches("class=\"article\" data-head=").count(), 1);
    let (_, json) = page.split_once("data-head=\"").expect("the article");
    let json = json.split_once('>').and_then(|(_, json)| json.split_once("</script>")).expect("its data").0;
    let article: Value = serde_json::from_str(json).expect("JSON");
    let cues = |statements: &[Value], cue: fn(&Value) -> &Value| statements.iter().map(|s| cue(s).clone()).collect::<Vec<_>>();
    let found = article["statements"].as_array().expect("statements");
    assert_eq!(cues(found, |s| &s["cue"]), cues(&statements(&[]), |s| &s["cue"]["text"]));
    assert!(article["html"].as_str().expect("HTML").contains(">that the navy had been involved</mark>"));
}
