//! Damaged inputs: one line each, and nothing lost before or after.

use std::fs;

use serde_json::Value;

use crate::samples::{articles, csv, gzip, json_lines, parquet, run, warc};

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
