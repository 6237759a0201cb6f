//! Golden files: samples of every format that is read, with the articles that come out of them, and a job of every format that is
//! written. `UPDATE_GOLDEN=1 cargo test -p sayso-corpus --test golden` writes what comes out; read the diff before it is committed.

use std::fs;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use sayso::{Act, Cue, Extraction, Form, Kind, ResolvedBy, Span, Speaker, SpeakerId, Statement};
use sayso_corpus::pipeline::{End, Job, Progress, Summary, Watch, run};
use sayso_corpus::writers::page::Layout;
use sayso_corpus::writers::{OutputFormat, Renderer};
use sayso_corpus::{Article, InputError, InputOptions, Offsets, articles};
use serde_json::json;

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

/// Compares with a golden file, or writes it.
fn compare(name: &str, found: &[u8]) {
    let path = golden(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, found).expect("written");
    }
    let expected = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert_eq!(String::from_utf8_lossy(found), String::from_utf8_lossy(&expected), "{}", path.display());
}

/// Compares the rows and the columns' types of a Parquet file with those of a golden file, or writes it; how they are packed may change.
fn compare_tables(name: &str, found: &[u8]) {
    let path = golden(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, found).expect("written");
    }
    let rows = |bytes: Vec<u8>| {
        let reader = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(bytes)).expect("Parquet").build().expect("rows");
        reader.collect::<Result<Vec<_>, _>>().expect("rows")
    };
    let (found, expected) = (rows(found.to_vec()), rows(fs::read(&path).expect("read")));
    assert_eq!(found, expected, "{}", path.display());
    assert_eq!(found[0].schema(), expected[0].schema(), "{}", path.display());
}

#[test]
fn every_format_is_read_as_its_golden_file_says() {
    let folder = golden("articles");
    let line = |article: Result<Article, InputError>| {
        let article = article.unwrap_or_else(|error| panic!("{error}"));
        let Article { document, title, date, byline, language, text, extracted } = article;
        let document = document.rsplit('/').next().expect("a name").to_owned();
        json!([document, {"title": title, "date": date, "byline": byline, "language": language, "extracted": extracted, "text": text}])
            .to_string()
            + "\n"
    };
    let found: String = articles([folder], InputOptions::default()).map(line).collect();
    compare("articles.jsonl", found.as_bytes());
}

/// What is said in an article of our own; no model has read it.
fn extraction(text: &str) -> Extraction {
    let span = |words: &str| {
        let begin = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in the text")) as u32;
        Span::new(begin, begin + words.len() as u32)
    };
    let speaker = |id, name: &str, role: Option<&str>, kind| Speaker {
        id: SpeakerId(id),
        name: name.to_owned(),
        kind,
        role: role.map(str::to_owned),
        affiliation: role.map(|_| "Lorca".to_owned()),
        mentions: vec![span(name)],
    };
    let bare = Statement {
        form: Form::Indirect,
        act: Act::Deny,
        content: [span("it would sail at noon")].into_iter().collect(),
        cue: None,
        source: None,
        speakers: vec![],
        resolved_by: ResolvedBy::None,
        addressee: None,
        topic: None,
        when: None,
        place: None,
        confidence: 0.4,
    };
    let full = Statement {
        form: Form::Direct,
        act: Act::Admit,
        content: [span("“We lost,”"), span("“but \"narrowly\".”")].into_iter().collect(),
        cue: Some(Cue { span: span("told"), lemma: "tell".to_owned() }),
        source: Some(span("Ana Ruiz and the council")),
        speakers: vec![SpeakerId(0), SpeakerId(1)],
        resolved_by: ResolvedBy::Name,
        addressee: Some(span("reporters")),
        topic: Some(span("the vote")),
        when: Some(span("on Tuesday")),
        place: Some(span("in Skerrin")),
        confidence: 0.97,
    };
    let speakers = vec![speaker(0, "Ana Ruiz", Some("mayor"), Kind::Person), speaker(1, "the council", None, Kind::Organization)];
    Extraction { statements: vec![full, bare], speakers, headline: Some(span("🌉 A bridge")), ..Extraction::default() }
}

const TEXT: &str = "🌉 A bridge\n\n“We lost,” Ana Ruiz and the council told reporters about the vote in Skerrin on Tuesday, “but \"narrowly\".” \
                    Whether it would sail at noon nobody said.";

struct Silence;

impl Watch for Silence {
    fn error(&mut self, error: &InputError) {
        panic!("{error}");
    }

    fn progress(&mut self, _: &Progress) {}
}

#[test]
fn every_format_is_written_as_its_golden_file_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("a.jsonl");
    let line = |id: &str| json!({"id": id, "title": "A bridge", "text": TEXT}).to_string() + "\n";
    fs::write(&input, line("a1") + &line("=HYPERLINK(\"http://bad.example\")")).expect("written");
    let write = |name: &str, format, offsets, safe_csv| {
        let output = folder.path().join(name);
        let layout = Layout { width: 80, color: false };
        let job = Job {
            inputs: vec![input.clone()],
            options: InputOptions::default(),
            renderer: Renderer { format, offsets, safe_csv, layout },
            output: Some(output.clone()),
            threads: 1,
            resume: false,
            version: String::new(),
        };
        let End::Done(summary) = run(&job, extraction, &mut Silence).expect("it runs") else { panic!("it was not told to stop") };
        assert_eq!(summary, Summary { articles: 2, statements: 4, ..Summary::default() });
        let compare = if format == OutputFormat::Parquet { compare_tables } else { compare };
        compare(&format!("statements/{name}"), &fs::read(output).expect("written"));
    };
    write("chars.jsonl", OutputFormat::JsonLines, Offsets::Chars, false);
    write("bytes.jsonl", OutputFormat::JsonLines, Offsets::Bytes, false);
    write("utf16.jsonl", OutputFormat::JsonLines, Offsets::Utf16, false);
    write("documents.jsonl", OutputFormat::Documents, Offsets::Chars, false);
    write("plain.csv", OutputFormat::Csv, Offsets::Chars, false);
    write("safe.csv", OutputFormat::Csv, Offsets::Chars, true);
    write("table.parquet", OutputFormat::Parquet, Offsets::Chars, false);
    write("annotations.jsonl", OutputFormat::Annotations, Offsets::Chars, false);
    write("page.txt", OutputFormat::Text, Offsets::Chars, false);
}
