//! The same articles in every format, and every output read back.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use sayso_corpus::writers::rows::{COLUMNS, StatementRow};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::samples::{article, articles, csv, gzip, json_lines, parquet, run, statements, warc, zstd};

/// Writes articles in every format, and asserts that their statements are the same; says how many.
fn same_in_every_format(articles: &[String]) -> usize {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("texts")).expect("made");
    for (n, text) in articles.iter().enumerate() {
        fs::write(at(&format!("texts/{n:04}.txt")), text).expect("written");
    }
    fs::write(at("a.jsonl"), json_lines(articles)).expect("written");
    fs::write(at("a.jsonl.gz"), gzip(json_lines(articles).as_bytes())).expect("written");
    fs::write(at("a.jsonl.zst"), zstd(json_lines(articles).as_bytes())).expect("written");
    fs::write(at("a.csv"), csv(articles)).expect("written");
    fs::write(at("a.warc"), warc(articles).concat()).expect("written");
    fs::write(at("a.warc.gz"), warc(articles).iter().map(|record| gzip(record)).collect::<Vec<_>>().concat()).expect("written");
    parquet(&at("a.parquet"), articles);
    fs::write(at("b.parquet.gz"), gzip(&fs::read(at("a.parquet")).expect("read"))).expect("written");
    let expected = statements(folder.path(), &["a.jsonl"]);
    for input in ["texts", "a.jsonl.gz", "a.jsonl.zst", "a.csv", "a.warc", "a.warc.gz", "a.parquet", "b.parquet.gz"] {
        let found = statements(folder.path(), &[input]);
        let differs = found.iter().zip(&expected).find(|(found, expected)| found != expected);
        assert!(found.len() == expected.len() && differs.is_none(), "{input}: {} of {}, {differs:#?}", found.len(), expected.len());
    }
    expected.len()
}

#[test]
fn the_same_articles_give_the_same_statements_in_every_format() {
    let articles: Vec<String> = articles(30).iter().map(|text| text.trim().to_owned()).collect();
    assert!(same_in_every_format(&articles) >= 90);
}

/// The development articles, if they are there: `CORPORA=../shared cargo test -p sayso-cli --test corpora -- --ignored`.
#[test]
#[ignore = "needs the corpora, which are not part of the project: name their folder in CORPORA"]
fn the_development_articles_give_the_same_statements_in_every_format() {
    let corpora = std::env::var("CORPORA").expect("CORPORA names the folder of the corpora");
    // From the repository's root, as make names it.
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(corpora).join("data/polnear/dev.jsonl");
    // A page keeps paragraphs and no other white space.
    let paragraph = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    let paragraphs = |text: &str| text.lines().map(paragraph).filter(|p| !p.is_empty()).collect::<Vec<_>>().join("\n\n");
    let articles: Vec<String> = lines(&path).iter().map(|article| paragraphs(article["text"].as_str().expect("a text"))).collect();
    let count = same_in_every_format(&articles);
    assert!(count > 1500, "{count} statements");
}

/// A statement of the JSON Lines as a row of a table.
fn row(json: &Value) -> StatementRow {
    let words = |value: &Value| value.as_str().map(str::to_owned);
    let text = |part: &str| words(&json[part]["text"]);
    let spans = |part: &str| serde_json::from_value(json[part]["spans"].clone()).unwrap_or_default();
    let of_speakers = |part: &str| {
        let all: Vec<Option<&str>> = json["speakers"].as_array().expect("a list").iter().map(|s| s[part].as_str()).collect();
        all.iter().any(Option::is_some).then(|| all.iter().map(|part| part.unwrap_or_default()).collect::<Vec<_>>().join("; "))
    };
    let content: Vec<[u32; 2]> = spans("content");
    StatementRow {
        document: words(&json["document"]).expect("an id"),
        index: serde_json::from_value(json["index"].clone()).expect("a number"),
        form: words(&json["form"]).expect("a form"),
        act: words(&json["act"]).expect("an act"),
        speaker: of_speakers("name"),
        speaker_kind: of_speakers("kind"),
        role: of_speakers("role"),
        affiliation: of_speakers("affiliation"),
        content: text("content").expect("a content"),
        cue: text("cue"),
        cue_lemma: words(&json["cue"]["lemma"]),
        source: text("source"),
        addressee: text("addressee"),
        topic: text("topic"),
        when: text("when"),
        place: text("where"),
        resolved_by: words(&json["resolved_by"]).expect("a way"),
        confidence: json["confidence"].as_f64().expect("a number"),
        begin: content[0][0],
        end: content[content.len() - 1][1],
        content_spans: content,
        cue_spans: spans("cue"),
        source_spans: spans("source"),
        addressee_spans: spans("addressee"),
        topic_spans: spans("topic"),
        when_spans: spans("when"),
        where_spans: spans("where"),
    }
}

/// The rows of a CSV file, which has no lists of spans.
fn rows_of_csv(path: &Path) -> Vec<StatementRow> {
    let mut table = csv::Reader::from_path(path).expect("a table");
    assert_eq!(table.headers().expect("a header").iter().collect::<Vec<_>>(), COLUMNS.map(|(name, _)| name));
    let value = |name: &str, cell: &str| match name {
        "index" | "begin" | "end" => json!(cell.parse::<u32>().expect("a number")),
        "confidence" => json!(cell.parse::<f64>().expect("a number")),
        _ if cell.is_empty() => Value::Null,
        _ => json!(cell),
    };
    let row = |cells: csv::StringRecord| {
        let object = COLUMNS.iter().zip(cells.iter()).map(|(&(name, _), cell)| (name.to_owned(), value(name, cell)));
        serde_json::from_value(Value::Object(object.collect())).expect("a row")
    };
    table.records().map(|cells| row(cells.expect("a row"))).collect()
}

/// Articles whose statements have all that a statement may have.
fn outputs(formats: &[&str]) -> (TempDir, Vec<Value>) {
    let folder = tempfile::tempdir().expect("a folder");
    let two = "“We will not pay,” said Ana Ruiz, the mayor of Lorca, and Tam Orrel, her deputy, in Skerrin on Tuesday.";
    let more = "Ilse Maran told reporters in Vesmark on Monday about the ferry that it was late. Joren Aske asked whether it would sail.";
    let articles: Vec<String> = articles(20).into_iter().chain([two.to_owned(), more.to_owned()]).collect();
    fs::write(folder.path().join("a.jsonl"), json_lines(&articles)).expect("written");
    for format in formats {
        let run = run(folder.path(), &["a.jsonl", "-f", format, "-o", &format!("out.{format}")]);
        assert_eq!((run.code, run.errors.len()), (Some(0), 0));
    }
    let statements = lines(&folder.path().join("out.jsonl"));
    assert!(statements.len() > 80);
    (folder, statements)
}

fn lines(path: &Path) -> Vec<Value> {
    fs::read_to_string(path).expect("read").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn csv_reads_back_as_the_json_lines() {
    let (folder, statements) = outputs(&["jsonl", "csv"]);
    let without_lists = |row: StatementRow| StatementRow {
        content_spans: vec![],
        cue_spans: vec![],
        source_spans: vec![],
        addressee_spans: vec![],
        topic_spans: vec![],
        when_spans: vec![],
        where_spans: vec![],
        ..row
    };
    let expected: Vec<_> = statements.iter().map(|json| without_lists(row(json))).collect();
    assert!(expected.iter().any(|row| row.addressee.is_some()) && expected.iter().any(|row| row.when.is_some()));
    assert_eq!(rows_of_csv(&folder.path().join("out.csv")), expected);
}

#[test]
fn parquet_reads_back_as_the_json_lines_with_a_description_of_each_column() {
    let (folder, statements) = outputs(&["jsonl", "parquet"]);
    let expected: Vec<_> = statements.iter().map(row).collect();
    let file = fs::File::open(folder.path().join("out.parquet")).expect("a file");
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet");
    for (field, (name, words)) in builder.schema().fields().iter().zip(COLUMNS) {
        assert_eq!((field.name().as_str(), field.metadata()["description"].as_str()), (name, words));
    }
    let mut begin = 0;
    for batch in builder.build().expect("rows") {
        let batch = batch.expect("a batch");
        let end = begin + batch.num_rows();
        assert_eq!(batch.columns(), sayso_corpus::writers::table::batch(&expected[begin..end]).columns());
        begin = end;
    }
    assert_eq!(begin, expected.len());
}

#[test]
fn documents_hold_the_statements_of_the_json_lines() {
    let (folder, statements) = outputs(&["jsonl", "documents"]);
    let documents = lines(&folder.path().join("out.documents"));
    assert_eq!(documents.len(), 22);
    let held: Vec<_> = documents.iter().flat_map(|d| d["statements"].as_array().expect("a list").clone()).collect();
    assert_eq!(held, statements);
}

#[test]
fn annotations_find_the_content_by_position_and_by_its_words() {
    let (folder, statements) = outputs(&["jsonl", "annotations"]);
    let texts: HashMap<String, String> = lines(&folder.path().join("a.jsonl"))
        .iter()
        .map(|article| (article["id"].as_str().expect("an id").to_owned(), article["text"].as_str().expect("a text").to_owned()))
        .collect();
    let annotations = lines(&folder.path().join("out.annotations"));
    assert_eq!(annotations.len(), statements.len());
    for (annotation, statement) in annotations.iter().zip(&statements) {
        assert_eq!((&annotation["type"], &annotation["body"]["text"]), (&json!("Annotation"), &statement["content"]["text"]));
        assert_eq!(annotation["target"]["source"], statement["document"]);
        let text = &texts[statement["document"].as_str().expect("an id")];
        let characters: Vec<char> = text.chars().collect();
        let selectors = annotation["target"]["selector"].as_array().expect("a list");
        let spans: Vec<[usize; 2]> = serde_json::from_value(statement["content"]["spans"].clone()).expect("spans");
        assert_eq!(selectors.len(), 2 * spans.len());
        for (pair, [begin, end]) in selectors.chunks(2).zip(spans) {
            assert_eq!((&pair[1]["start"], &pair[1]["end"]), (&json!(begin), &json!(end)));
            assert_eq!(pair[0]["exact"], characters[begin..end].iter().collect::<String>());
            let around = ["prefix", "exact", "suffix"].map(|part| pair[0][part].as_str().expect("words")).concat();
            assert!(text.contains(&around), "{around}");
        }
    }
}

#[test]
fn other_languages_are_passed_over_with_a_count() {
    let german = "Der Hafen von Skerrin bleibt bis auf Weiteres geschlossen, sagte die Bürgermeisterin am Dienstag vor dem Rat der Stadt. \
                  Die Fischer warten seit Wochen auf eine Entscheidung, und niemand weiß, wann sie fällt und was sie bringt.";
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.jsonl"), json_lines(&[article(0), german.to_owned(), article(1)])).expect("written");
    let english = run(folder.path(), &["a.jsonl", "-f", "documents"]);
    assert_eq!((english.code, english.out.iter().filter(|&&b| b == b'\n').count()), (Some(0), 2));
    assert_eq!(english.errors, ["sayso: 1 article that is not in English was passed over (--language any keeps it)"]);
    let any = run(folder.path(), &["a.jsonl", "-f", "documents", "--language", "any"]);
    assert_eq!((any.out.iter().filter(|&&b| b == b'\n').count(), any.errors.len()), (3, 0));
}
