//! The commands of the pages in docs/, on files that are made here. `UPDATE_GOLDEN=1` writes their real output into the pages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use serde_json::json;
use tempfile::TempDir;

use crate::samples::{article, articles, gzip, json_lines, response, warc};

/// Two articles of a council, of which the page on speakers speaks.
const COUNCIL: &str = r#"{"id": "a1", "date": "2024-05-03", "text": "“The bridge will open in May,” said Ana Ruiz, the mayor of Lorca. She told reporters that the work was late.\n\nTam Orrel, a builder, said that Ruiz had “never asked” him."}
{"id": "a2", "date": "2024-05-01", "text": "“We will not pay for it twice,” said Ana Ruiz. Tam Orrel denied that it was late."}
"#;

/// The files that the pages speak of.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    };
    let page = response(&article(1));
    let html = page.windows(9).position(|part| part == b"<!DOCTYPE").expect("a page");
    write("news/bridge.txt", article(0).as_bytes());
    write("news/ferry.html", page[html..].strip_suffix(b"\r\n0\r\n\r\n").expect("an end"));
    write("news/harbour/wire.jsonl.gz", &gzip(json_lines(&articles(2)).as_bytes()));
    let dump = |n: usize| json!({"url": format!("https://news.example/{n}"), "body": article(n)}).to_string() + "\n";
    for name in ["examples/briefing.txt", "examples/harbour/halvern-post.jsonl", "examples/harbour/skerrin-herald.jsonl"] {
        write(name, &fs::read(root().join(name)).expect("an example"));
    }
    write("council.jsonl", COUNCIL.as_bytes());
    write("dump.jsonl", (dump(5) + &dump(6)).as_bytes());
    write("damaged.jsonl", (json_lines(&articles(2)) + "{\"text\": \"cut\n" + &json_lines(&articles(1))).as_bytes());
    for n in 1..3 {
        let archive = warc(&articles(2 * n)).iter().flat_map(|record| gzip(record)).collect::<Vec<_>>();
        write(&format!("crawl/CC-NEWS-2024050{n}-00001.warc.gz"), &archive);
    }
    folder
}

/// The repository's root folder.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What a command writes to standard output and standard error, as a terminal would show it.
fn shown(folder: &Path, command: &str) -> String {
    let program = cargo_bin!("sayso").parent().expect("a folder").display().to_string();
    let path = format!("{program}:{}", std::env::var("PATH").unwrap_or_default());
    let script = format!("exec 2>&1; {command}");
    let end = Command::new("sh").args(["-c", &script]).current_dir(folder).env("PATH", path).env("LC_ALL", "C").output().expect("sh runs");
    String::from_utf8(end.stdout).expect("UTF-8").replace('\r', "")
}

/// A page with the real output below each command of its console blocks, and how many commands it has.
fn replayed(page: &str) -> (String, usize) {
    let folder = folder();
    let (mut out, mut commands, mut in_block) = (String::new(), 0, false);
    for line in page.lines() {
        match (in_block, line.strip_prefix("$ ")) {
            (true, Some(command)) => {
                commands += 1;
                out.extend([line, "\n", &shown(folder.path(), command)]);
            }
            (true, None) if line != "```" => {}
            _ => {
                in_block = line == "```console";
                out.extend([line, "\n"]);
            }
        }
    }
    (out, commands)
}

#[cfg(unix)]
#[test]
fn the_pages_show_what_the_commands_do() {
    let pages = [
        ("from-a-folder-to-a-table.md", 12),
        ("cc-news.md", 4),
        ("reader.md", 2),
        ("speakers-and-networks.md", 10),
        ("quick-start.md", 5),
        ("concepts.md", 1),
        ("recipes.md", 1),
    ];
    for (name, least) in pages {
        check(name, least, str::to_owned, str::to_owned);
    }
}

/// The service of the page listens on another port here: its own may be taken.
#[cfg(all(unix, feature = "serve"))]
#[test]
fn the_page_of_the_service_shows_what_it_answers() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;

    if Command::new("curl").arg("--version").output().is_err() {
        eprintln!("skipped: the commands of docs/service.md need curl");
        return;
    }
    let mut service = Command::new(cargo_bin!("sayso")).args(["serve", "--port", "0"]).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut said = String::new();
    BufReader::new(service.stderr.take().expect("a pipe")).read_line(&mut said).expect("a line");
    let address = said.trim().strip_prefix("sayso: listening on http://").expect("where it listens").to_owned();
    let checked = std::panic::catch_unwind(|| {
        let there = |page: &str| page.replace("http://127.0.0.1:8318", &format!("http://{address}"));
        let back = |page: &str| page.replace(&format!("http://{address}"), "http://127.0.0.1:8318");
        check("service.md", 4, there, back);
    });
    let _ = service.kill();
    let _ = service.wait();
    checked.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
}

/// Runs the commands of a page as `there` makes them, and compares what `back` makes of their output.
fn check(name: &str, least: usize, there: impl Fn(&str) -> String, back: impl Fn(&str) -> String) {
    let path = root().join("docs").join(name);
    let page = fs::read_to_string(&path).expect("a page");
    let (real, commands) = replayed(&there(&page));
    let real = back(&real);
    assert!(commands >= least, "{name}: {commands} commands");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, &real).expect("written");
    } else {
        assert_eq!(page, real, "{name}: UPDATE_GOLDEN=1 writes what comes out");
    }
}
