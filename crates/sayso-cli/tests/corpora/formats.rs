//! The same articles in every format, and every output read back.

use std::fs;

use serde_json::{Value, json};

use crate::samples::{article, articles, csv, gzip, json_lines, parquet, run, statements, warc};

#[test]
fn the_same_articles_give_the_same_statements_in_every_format() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let articles: Vec<String> = articles(30).iter().map(|text| text.trim().to_owned()).collect();
    fs::create_dir(at("texts")).expect("made");
    for (n, text) in articles.iter().enumerate() {
        fs::write(at(&format!("texts/{n:04}.txt")), text).expect("written");
    }
    fs::write(at("a.jsonl"), json_lines(&articles)).expect("written");
    fs::write(at("a.jsonl.gz"), gzip(json_lines(&articles).as_bytes())).expect("written");
    fs::write(at("a.csv"), csv(&articles)).expect("written");
    fs::write(at("a.warc"), warc(&articles).concat()).expect("written");
    fs::write(at("a.warc.gz"), warc(&articles).iter().map(|record| gzip(record)).collect::<Vec<_>>().concat()).expect("written");
    parquet(&at("a.parquet"), &articles);
    fs::write(at("b.parquet.gz"), gzip(&fs::read(at("a.parquet")).expect("read"))).expect("written");
    let expected = statements(folder.path(), &["a.jsonl"]);
    assert!(expected.len() >= 90, "{} statements", expected.len());
    for input in ["texts", "a.jsonl.gz", "a.csv", "a.warc", "a.warc.gz", "a.parquet", "b.parquet.gz"] {
        assert_eq!(statements(folder.path(), &[input]), expected, "{input}");
    }
}

#[test]
fn csv_and_parquet_and_json_lines_say_the_same() {
    use sayso_corpus::writers::rows::{COLUMNS, StatementRow};
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.jsonl"), json_lines(&articles(20))).expect("written");
    for format in ["csv", "parquet", "jsonl"] {
        let run = run(folder.path(), &["a.jsonl", "-f", format, "-o", &format!("out.{format}")]);
        assert_eq!((run.code, run.errors.len()), (Some(0), 0));
    }
    let lines = fs::read_to_string(folder.path().join("out.jsonl")).expect("read");
    let mut table = csv::Reader::from_path(folder.path().join("out.csv")).expect("a table");
    assert_eq!(table.headers().expect("a header").iter().collect::<Vec<_>>(), COLUMNS.map(|(name, _)| name));
    let rows: Vec<StatementRow> = {
        let with_spans = |cells: csv::StringRecord| {
            let object = COLUMNS.iter().zip(cells.iter()).map(|((name, _), cell)| {
                let value = match *name {
                    "index" | "begin" | "end" => json!(cell.parse::<u32>().expect("a number")),
                    "confidence" => json!(cell.parse::<f64>().expect("a number")),
                    _ if cell.is_empty() => Value::Null,
                    _ => json!(cell),
                };
                ((*name).to_owned(), value)
            });
            serde_json::from_value(Value::Object(object.collect())).expect("a row")
        };
        table.records().map(|cells| with_spans(cells.expect("a row"))).collect()
    };
    assert_eq!(rows.len(), lines.lines().count());
    for (row, line) in rows.iter().zip(lines.lines()) {
        let json: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(json!(row.content), json["content"]["text"]);
        assert_eq!(
            json!([row.document, row.index, row.form, row.confidence]),
            json!([json["document"], json["index"], json["form"], json["confidence"]])
        );
        assert_eq!(json!(row.cue), json["cue"]["text"]);
        assert_eq!(json!(row.source), json["source"]["text"]);
        assert_eq!(json!(row.when), json["when"]["text"]);
    }
    // Read back from Parquet, the rows are those of the CSV, with the spans of the JSON Lines.
    let file = fs::File::open(folder.path().join("out.parquet")).expect("a file");
    let builder = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet");
    assert_eq!(builder.schema().field(8).metadata()["description"], COLUMNS[8].1);
    let batches: Vec<_> = builder.build().expect("rows").map(|batch| batch.expect("a batch")).collect();
    let spans = |line: &str, part: &str| {
        let json: Value = serde_json::from_str(line).expect("JSON");
        serde_json::from_value(json[part]["spans"].clone()).unwrap_or_default()
    };
    let whole: Vec<StatementRow> = rows
        .into_iter()
        .zip(lines.lines())
        .map(|(row, line)| StatementRow {
            content_spans: spans(line, "content"),
            cue_spans: spans(line, "cue"),
            source_spans: spans(line, "source"),
            addressee_spans: spans(line, "addressee"),
            topic_spans: spans(line, "topic"),
            when_spans: spans(line, "when"),
            where_spans: spans(line, "where"),
            ..row
        })
        .collect();
    let mut begin = 0;
    for batch in batches {
        let expected = sayso_corpus::writers::parquet::batch(&whole[begin..begin + batch.num_rows()]);
        assert_eq!(batch.columns(), expected.columns());
        begin += batch.num_rows();
    }
    assert_eq!(begin, whole.len());
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
