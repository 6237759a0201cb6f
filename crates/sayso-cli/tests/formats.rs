//! The same articles in every format, every output read back, damaged inputs, and runs that are cut off.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;
use serde_json::{Value, json};
use tempfile::TempDir;

/// Articles of our own, each with its number in it.
fn article(number: usize) -> String {
    let (name, town) = (["Ana Ruiz", "Tam Orrel", "Ilse Maran", "Joren Aske"][number % 4], ["Lorca", "Skerrin", "Vesmark"][number % 3]);
    format!(
        "“The bridge of {town} will open on day {number},” said {name}, the mayor of {town}, on Tuesday. “Nobody, \"not even the \
         builders\", can say more, and we will not pay for it twice.”\n\nThe council said the work had cost {number} crowns; it denied \
         that it was late.\n\nAccording to Petra Lindqvist, a spokeswoman for the builders, the ferry will go on until the end of the \
         year – and the harbour with it, as the old rules of the town have it, and as the fishermen wanted.\n"
    )
}

fn articles(count: usize) -> Vec<String> {
    (0..count).map(article).collect()
}

fn json_lines(articles: &[String]) -> String {
    articles.iter().enumerate().map(|(n, text)| json!({"id": format!("a{n:04}"), "text": text}).to_string() + "\n").collect()
}

fn csv(articles: &[String]) -> String {
    let rows = articles.iter().enumerate().map(|(n, text)| format!("a{n:04},\"{}\"\r\n", text.replace('"', "\"\"")));
    std::iter::once("id,text\r\n".to_owned()).chain(rows).collect()
}

fn response(text: &str) -> Vec<u8> {
    let paragraphs: String =
        text.trim().split("\n\n").map(|p| format!("<p>{}</p>\n", p.replace('&', "&amp;").replace('<', "&lt;"))).collect();
    let page = format!(
        "<!DOCTYPE html><html><head><title>The bridge</title></head><body><nav><a href=\"/\">Home</a></nav><article>{paragraphs}\
         <figure><img src=\"a.png\"><figcaption>A picture of the bridge</figcaption></figure><div>Advertisement</div></article>\
         <footer>All rights reserved</footer></body></html>"
    );
    let head =
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n", page.len());
    [head.as_bytes(), page.as_bytes(), b"\r\n0\r\n\r\n"].concat()
}

fn warc_record(kind: &str, id: &str, block: &[u8]) -> Vec<u8> {
    let head = format!("WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {id}\r\nContent-Length: {}\r\n\r\n", block.len());
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn warc(articles: &[String]) -> Vec<Vec<u8>> {
    let responses = articles.iter().enumerate().map(|(n, text)| warc_record("response", &format!("a{n:04}"), &response(text)));
    std::iter::once(warc_record("warcinfo", "info", b"software: a test\r\n")).chain(responses).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory")
}

fn parquet(path: &Path, articles: &[String]) {
    use arrow_array::{RecordBatch, StringArray};
    use std::sync::Arc;
    let ids = StringArray::from_iter_values((0..articles.len()).map(|n| format!("a{n:04}")));
    let texts = StringArray::from_iter_values(articles);
    let batch = RecordBatch::try_from_iter([("id", Arc::new(ids) as _), ("text", Arc::new(texts) as _)]).expect("two columns");
    let properties = parquet::file::properties::WriterProperties::builder().set_max_row_group_row_count(Some(8)).build();
    let file = fs::File::create(path).expect("a file");
    let mut writer = parquet::arrow::ArrowWriter::try_new(file, batch.schema(), Some(properties)).expect("a writer");
    writer.write(&batch).expect("written");
    writer.close().expect("closed");
}

struct Run {
    code: Option<i32>,
    out: Vec<u8>,
    errors: Vec<String>,
}

fn run(folder: &Path, arguments: &[&str]) -> Run {
    let end = Command::new(cargo_bin!("sayso")).arg("extract").args(arguments).current_dir(folder).output().expect("it runs");
    let errors = String::from_utf8_lossy(&end.stderr).lines().map(str::to_owned).collect();
    Run { code: end.status.code(), out: end.stdout, errors }
}

/// The statements of a run, the documents' ids left out.
fn statements(folder: &Path, arguments: &[&str]) -> Vec<Value> {
    let run = run(folder, arguments);
    assert_eq!((run.code, run.errors.as_slice()), (Some(0), &[][..]), "{arguments:?}");
    let text = String::from_utf8(run.out).expect("UTF-8");
    let line = |line: &str| {
        let mut value: Value = serde_json::from_str(line).expect("JSON");
        value.as_object_mut().expect("an object").remove("document");
        value
    };
    text.lines().map(line).collect()
}

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

/// Runs over one damaged file: the ids of the articles that were read, and the lines of standard error.
fn damaged(name: &str, bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(name), bytes).expect("written");
    fs::write(folder.path().join("z.txt"), "He left.").expect("written");
    let run =
        run(folder.path(), &[name, "z.txt", "-f", "documents", "--id-field", if name.contains("warc") { "WARC-Target-URI" } else { "id" }]);
    assert_eq!(run.code, Some(1), "{:?}", run.errors);
    let ids: Vec<String> = String::from_utf8(run.out)
        .expect("UTF-8")
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["document"].as_str().expect("an id").to_owned())
        .collect();
    assert_eq!(ids.last().map(String::as_str), Some("z.txt"), "the next file is read");
    (ids[..ids.len() - 1].to_vec(), run.errors)
}

#[test]
fn a_damaged_input_is_one_line_and_costs_nothing_before_or_after() {
    let four = articles(4);
    // A gzip file cut in its middle: what was unpacked is read.
    let (ids, errors) = damaged("a.jsonl.gz", &{
        let whole = gzip(json_lines(&articles(3000)).as_bytes());
        whole[..whole.len() / 2].to_vec()
    });
    assert!(ids.len() > 500 && ids[0] == "a0000", "{}", ids.len());
    assert!(errors.len() == 1 && errors[0].contains("damaged compressed data (it ends too early)"), "{errors:?}");

    // A line of 50 MB.
    let long = format!("{{\"id\": \"long\", \"text\": \"{}\"}}\n", "x".repeat(50_000_000));
    let (ids, errors) = damaged("a.jsonl", (json_lines(&four[..2]) + &long + &json_lines(&four)).as_bytes());
    assert_eq!(ids.len(), 6);
    assert_eq!(errors, ["sayso: a.jsonl, line 3: longer than 16777216 bytes, passed over: a higher --max-article reads it"]);

    // A line that is not UTF-8.
    let (ids, errors) =
        damaged("a.jsonl", &[json_lines(&four[..2]).as_bytes(), b"{\"text\": \"\xE9\"}\n", json_lines(&four).as_bytes()].concat());
    assert!(ids.len() == 6 && errors.len() == 1 && errors[0].contains("line 3: byte 11 of the line is not UTF-8"), "{errors:?}");

    // A lost quotation mark in a table.
    let (ids, errors) = damaged("a.csv", (csv(&four) + "b,\"He left.\nc,She left.\nd,\"They left.\"\n").as_bytes());
    assert_eq!(ids, ["a0000", "a0001", "a0002", "a0003", "c", "d"], "{errors:?}");
    assert!(errors.len() == 1 && errors[0].contains("a.csv, row 5: broken CSV: "), "{errors:?}");

    // A header without a length, and one with a wrong length.
    let records = warc(&four);
    let no_length = String::from_utf8(records[2].clone()).expect("text").replace("Content-Length", "Content-Lngth");
    let (ids, errors) = damaged("a.warc", &[&records[0], &records[1], no_length.as_bytes(), &records[3], &records[4]].concat());
    assert_eq!(ids, ["a0000", "a0002", "a0003"], "{errors:?}");
    assert!(errors.len() == 1 && errors[0].contains("a.warc, record 3: broken WARC: its header has no Content-Length"), "{errors:?}");
    let record = String::from_utf8(records[2].clone()).expect("text");
    let begin = record.find("Content-Length: ").expect("a length") + "Content-Length: ".len();
    let length: usize = record[begin..].lines().next().expect("a line").parse().expect("a number");
    for wrong in [length - 300, length + 900, length + 1_000_000] {
        let wrong = record.replace(&format!("Content-Length: {length}"), &format!("Content-Length: {wrong}"));
        let (ids, errors) = damaged("a.warc", &[&records[0], &records[1], wrong.as_bytes(), &records[3], &records[4]].concat());
        assert_eq!(ids, ["a0000", "a0002", "a0003"], "{errors:?}");
        assert!(errors.len() == 1 && errors[0].contains("record 3: broken WARC: its Content-Length is wrong"), "{errors:?}");
    }

    // Half a footer.
    let folder = tempfile::tempdir().expect("a folder");
    parquet(&folder.path().join("a.parquet"), &four);
    let whole = fs::read(folder.path().join("a.parquet")).expect("read");
    let (ids, errors) = damaged("a.parquet", &whole[..whole.len() - 100]);
    assert!(ids.is_empty() && errors.len() == 1 && errors[0].starts_with("sayso: a.parquet: broken Parquet: "), "{errors:?}");
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

/// A corpus on which a run takes a second or more.
fn corpus(count: usize) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let articles = articles(count);
    let half = count / 2;
    fs::write(folder.path().join("a.jsonl"), json_lines(&articles[..half]) + "{broken\n").expect("written");
    fs::write(folder.path().join("b.csv"), csv(&articles[half..])).expect("written");
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_run_killed_at_ten_moments_ends_in_the_same_bytes() {
    let folder = corpus(1200);
    let begin = Instant::now();
    run(folder.path(), &["a.jsonl", "b.csv", "-o", "whole.jsonl"]);
    run(folder.path(), &["a.jsonl", "b.csv", "-f", "parquet", "-o", "whole.parquet"]);
    let usual = begin.elapsed() / 2;
    let mut state = 17_u32;
    for format in ["jsonl", "parquet"] {
        let arguments = ["extract", "a.jsonl", "b.csv", "--resume", "-f", format, "-o", &format!("out.{format}")];
        for _ in 0..5 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let mut child = Command::new(cargo_bin!("sayso"))
                .args(arguments)
                .current_dir(folder.path())
                .stderr(Stdio::null())
                .spawn()
                .expect("it runs");
            std::thread::sleep(usual.mul_f64(f64::from(state >> 8) / f64::from(1_u32 << 24)).min(Duration::from_secs(4)));
            child.kill().expect("killed");
            child.wait().expect("it ends");
        }
        let last = run(folder.path(), &arguments[1..]);
        assert!(last.code == Some(1), "{:?}: the broken line is remembered", last.errors);
        let (out, whole) = (folder.path().join(format!("out.{format}")), folder.path().join(format!("whole.{format}")));
        assert!(fs::read(out).expect("written") == fs::read(whole).expect("written"), "{format}: the bytes differ");
    }
    assert_eq!(names(folder.path()), ["a.jsonl", "b.csv", "out.jsonl", "out.parquet", "whole.jsonl", "whole.parquet"]);
}

#[test]
fn a_journal_of_another_run_is_refused() {
    let folder = corpus(4);
    fs::write(folder.path().join("out.jsonl.journal"), "{\"journal\":1,\"run\":\"other\"}\n").expect("written");
    let refused = run(folder.path(), &["a.jsonl", "--resume", "-o", "out.jsonl"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.errors[0].contains("it is the journal of another run"), "{:?}", refused.errors);
    assert_eq!(run(folder.path(), &["-", "--resume", "-o", "x"]).code, Some(2), "standard input cannot be gone on with");
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_ends_within_a_second_and_keeps_what_is_complete() {
    let folder = corpus(4000);
    run(folder.path(), &["a.jsonl", "b.csv", "-o", "whole.jsonl"]);
    let child = Command::new(cargo_bin!("sayso"))
        .args(["extract", "a.jsonl", "b.csv", "-o", "out.jsonl"])
        .current_dir(folder.path())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    std::thread::sleep(Duration::from_millis(600));
    let begin = Instant::now();
    let told = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    assert!(told.success());
    let end = child.wait_with_output().expect("it ends");
    assert!(begin.elapsed() < Duration::from_secs(1), "{:?}", begin.elapsed());
    assert_eq!(end.status.code(), Some(130), "{}", String::from_utf8_lossy(&end.stderr));
    assert!(!folder.path().join("out.jsonl").exists());
    let (part, whole) =
        (fs::read(folder.path().join("out.jsonl.part")).expect("kept"), fs::read(folder.path().join("whole.jsonl")).expect("there"));
    assert!(whole.starts_with(&part) && part.len() < whole.len() && (part.is_empty() || part.ends_with(b"\n")));
    assert_eq!(run(folder.path(), &["a.jsonl", "b.csv", "--resume", "-o", "out.jsonl"]).code, Some(1));
    assert!(fs::read(folder.path().join("out.jsonl")).expect("written") == whole);
}
