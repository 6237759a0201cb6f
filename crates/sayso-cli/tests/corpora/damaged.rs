//! Damaged inputs: one line each, and nothing lost before or after.

use std::fs;

use serde_json::Value;

use crate::samples::{articles, csv, gzip, json_lines, parquet, run, warc, zstd};

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

/// A name of an article: "a0007".
fn names(numbers: impl IntoIterator<Item = usize>) -> Vec<String> {
    numbers.into_iter().map(|n| format!("a{n:04}")).collect()
}

#[test]
fn a_cut_archive_gives_what_it_holds() {
    let lines = json_lines(&articles(3000));
    for (name, whole) in [("a.jsonl.gz", gzip(lines.as_bytes())), ("a.jsonl.zst", zstd(lines.as_bytes()))] {
        let (ids, errors) = damaged(name, &whole[..whole.len() / 2]);
        assert!(ids.len() > 500 && ids == names(0..ids.len()), "{name}: {}", ids.len());
        assert!(errors.len() == 1 && errors[0].contains("damaged compressed data (it ends too early)"), "{errors:?}");
    }
}

#[test]
fn a_line_of_fifty_megabytes_costs_only_itself() {
    let four = articles(4);
    let long = format!("{{\"id\": \"long\", \"text\": \"{}\"}}\n", "x".repeat(50_000_000));
    let (ids, errors) = damaged("a.jsonl", (json_lines(&four[..2]) + &long + &json_lines(&four)).as_bytes());
    assert_eq!(ids, names([0, 1, 0, 1, 2, 3]));
    assert_eq!(errors, ["sayso: a.jsonl, line 3: longer than 16777216 bytes, passed over: a higher --max-article reads it"]);
}

#[test]
fn a_line_that_is_not_utf8_costs_only_itself() {
    let four = json_lines(&articles(4));
    let (ids, errors) = damaged("a.jsonl", &[four.as_bytes(), b"{\"text\": \"\xE9\"}\n", four.as_bytes()].concat());
    assert_eq!(ids, names([0, 1, 2, 3, 0, 1, 2, 3]));
    assert!(errors.len() == 1 && errors[0].contains("line 5: byte 11 of the line is not UTF-8"), "{errors:?}");
}

#[test]
fn a_lost_quotation_mark_costs_its_row() {
    let (ids, errors) = damaged("a.csv", (csv(&articles(4)) + "b,\"He left.\nc,She left.\nd,\"They left.\"\n").as_bytes());
    assert_eq!(ids, ["a0000", "a0001", "a0002", "a0003", "c", "d"], "{errors:?}");
    assert!(errors.len() == 1 && errors[0].contains("a.csv, row 5: broken CSV: "), "{errors:?}");
}

/// Five records, the third of which is put in another's place.
fn archive(records: &[Vec<u8>], third: &[u8]) -> Vec<u8> {
    [&records[0], &records[1], third, &records[3], &records[4]].concat()
}

#[test]
fn a_bad_header_of_an_archived_record_costs_its_record() {
    let records = warc(&articles(4));
    let record = String::from_utf8(records[2].clone()).expect("text");
    let begin = record.find("Content-Length: ").expect("a length") + "Content-Length: ".len();
    let length: usize = record[begin..].lines().next().expect("a line").parse().expect("a number");
    let right = format!("Content-Length: {length}");
    let with_length = |wrong: usize| record.replace(&right, &format!("Content-Length: {wrong}"));
    for (what, bad, said) in [
        ("no length", record.replace(&right, "Content-Lngth: 9"), "its header has no Content-Length"),
        ("no number", record.replace(&right, "Content-Length: many"), "its header has no Content-Length"),
        ("no beginning", record.replace("WARC/1.0", "WRAC/1.0"), "a record begins with \"WARC/1.0\", not with \"WRAC/1.0\""),
        ("too short", with_length(length - 300), "its Content-Length is wrong"),
        ("into the next", with_length(length + 900), "its Content-Length is wrong"),
        ("over the end", with_length(length + 1_000_000), "its Content-Length is wrong"),
    ] {
        let (ids, errors) = damaged("a.warc", &archive(&records, bad.as_bytes()));
        assert_eq!(ids, names([0, 2, 3]), "{what}: {errors:?}");
        assert!(errors.len() == 1 && errors[0].contains(&format!("a.warc, record 3: broken WARC: {said}")), "{what}: {errors:?}");
    }
}

#[test]
fn a_cut_warc_gives_the_records_before() {
    let whole = warc(&articles(4)).concat();
    let (ids, errors) = damaged("a.warc", &whole[..whole.len() - 400]);
    assert_eq!(ids, names(0..3));
    assert!(errors.len() == 1 && errors[0].contains("record 5: broken WARC: the archive ends in the middle of it"), "{errors:?}");
    let packed: Vec<u8> = warc(&articles(4)).iter().flat_map(|record| gzip(record)).collect();
    let (ids, errors) = damaged("a.warc.gz", &packed[..packed.len() - 100]);
    assert_eq!(ids, names(0..3));
    assert!(errors.len() == 1 && errors[0].contains("record 5: damaged compressed data"), "{errors:?}");
}

#[test]
fn a_damaged_member_of_an_archive_costs_its_record() {
    let records: Vec<Vec<u8>> = warc(&articles(4)).iter().map(|record| gzip(record)).collect();
    let third = &records[2];
    let middle = third.len() / 2;
    let with = |at: usize, byte: u8| [&third[..at], &[third[at] ^ byte], &third[at + 1..]].concat();
    for (what, bad) in [
        ("cut", third[..middle].to_vec()),
        ("cut in its header", third[..5].to_vec()),
        ("cut before its checksum", third[..third.len() - 8].to_vec()),
        ("other bytes", [&third[..middle], &[0xAA; 40], &third[middle + 40..]].concat()),
        ("a wrong checksum", with(third.len() - 6, 1)),
        ("another beginning", with(0, 0xFF)),
        ("nothing but noise", (0..200_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect()),
    ] {
        let (ids, errors) = damaged("a.warc.gz", &archive(&records, &bad));
        assert_eq!(ids, names([0, 2, 3]), "{what}: {errors:?}");
        assert!(errors.len() == 1 && errors[0].contains("broken WARC: damaged compressed data ("), "{what}: {errors:?}");
        assert!(errors[0].contains("the reading goes on at the next record"), "{what}: {errors:?}");
    }
}

#[test]
fn half_a_parquet_footer_is_one_line() {
    let folder = tempfile::tempdir().expect("a folder");
    parquet(&folder.path().join("a.parquet"), &articles(4));
    let whole = fs::read(folder.path().join("a.parquet")).expect("read");
    let (ids, errors) = damaged("a.parquet", &whole[..whole.len() - 100]);
    assert!(ids.is_empty() && errors.len() == 1 && errors[0].starts_with("sayso: a.parquet: broken Parquet: "), "{errors:?}");
}

#[test]
fn a_broken_row_group_costs_its_rows() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.parquet");
    parquet(&path, &articles(30));
    let (begin, length) = {
        let file = SerializedFileReader::new(fs::File::open(&path).expect("a file")).expect("Parquet");
        file.metadata().row_group(1).column(1).byte_range()
    };
    let mut bytes = fs::read(&path).expect("read");
    bytes[begin as usize..(begin + length) as usize].fill(0xFF);
    let (ids, errors) = damaged("a.parquet", &bytes);
    assert_eq!(ids, names((0..8).chain(16..30)), "{errors:?}");
    let line = "a.parquet, row 9: broken Parquet: ";
    assert!(errors.len() == 1 && errors[0].contains(line) && errors[0].contains("row group 2 of 4 is lost"), "{errors:?}");
}

#[test]
fn a_broken_news_item_and_a_page_nested_without_end_are_one_line_each() {
    let (ids, errors) = damaged("a.json", b"{\n \"uri\": \"x\",\n \"bodies\": [}\n");
    assert!(ids.is_empty() && errors.len() == 1 && errors[0].contains("a.json: broken JSON: "), "{errors:?}");
    let (ids, errors) = damaged("a.html", "<div>".repeat(100_000).as_bytes());
    assert!(ids.is_empty() && errors.len() == 1 && errors[0].contains("a.html: broken HTML: more than 400 elements"), "{errors:?}");
    let (ids, errors) = damaged("a.txt", &[0, 1, 2, 3, 4, 5, 6, 7].repeat(100));
    assert!(ids.is_empty() && errors.len() == 1 && errors[0].contains("a.txt: no text: "), "{errors:?}");
}
