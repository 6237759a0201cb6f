//! A stage imports only from the rooms above it: the table of the house, held against every file of the library.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use sayso_tests::root;

/// Each room, and the rooms that it may use beside itself.
const ROOMS: &[(&str, &[&str])] = &[
    ("span", &[]),
    ("error", &[]),
    ("text", &["span"]),
    ("quote", &["span", "text"]),
    ("model", &["error"]),
    ("tag", &["span", "text", "model"]),
    ("cue", &["span", "text", "model", "quote", "tag"]),
    ("content", &["span", "text", "model", "quote", "tag", "cue"]),
    ("speaker", &["span", "text", "model", "quote", "tag", "cue", "content"]),
    ("statement", &["span", "text", "model", "quote", "tag", "cue", "content", "speaker"]),
    ("extractor", &["span", "error", "text", "model", "quote", "tag", "cue", "content", "speaker", "statement"]),
    ("train", &["span", "error", "text", "model", "quote", "tag", "cue", "content", "speaker", "statement", "extractor"]),
];

/// The rooms that are not built yet.
const MAY_BE_ABSENT: &[&str] = &["train"];

#[test]
fn every_room_is_there_and_known() {
    let found: BTreeSet<String> = files().iter().map(|f| room_of(f)).filter(|r| r != "lib").collect();
    let known: BTreeSet<String> = ROOMS.iter().map(|(r, _)| (*r).to_owned()).collect();
    let absent: Vec<&String> = known.difference(&found).filter(|r| !MAY_BE_ABSENT.contains(&r.as_str())).collect();
    assert!(absent.is_empty(), "no file for the rooms {absent:?}");
    let strange: Vec<&String> = found.difference(&known).collect();
    assert!(strange.is_empty(), "rooms that the table does not know: {strange:?}");
}

#[test]
fn a_room_uses_only_what_the_table_allows() {
    let exports = exports();
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for file in files() {
        let room = room_of(&file);
        let Some((_, allowed)) = ROOMS.iter().find(|(r, _)| *r == room) else { continue };
        for (line, used) in uses(&code(&file), &exports) {
            seen.insert(room.clone());
            if used != room && !allowed.contains(&used.as_str()) {
                let path = file.strip_prefix(root()).unwrap_or(&file).display().to_string();
                wrong.push(format!("{path}:{line}: {room} uses {used}; it may use {allowed:?}"));
            }
        }
    }
    let silent: Vec<&str> = ROOMS
        .iter()
        .filter(|(_, may)| !may.is_empty())
        .map(|(r, _)| *r)
        .filter(|r| !seen.contains(*r) && !MAY_BE_ABSENT.contains(r))
        .collect();
    assert!(silent.is_empty(), "no use of another room was found in {silent:?}: has the way of writing them changed?");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_use_is_found_however_it_is_written() {
    let exports = BTreeMap::from([("Span".to_owned(), "span".to_owned())]);
    let found = |code: &str| uses(code, &exports).into_iter().map(|(_, used)| used).collect::<Vec<_>>();
    assert_eq!(found("use crate::quote::Quotes;"), ["quote"]);
    assert_eq!(found("use crate::{\n    quote::{self, Quotes},\n    Span,\n};"), ["quote", "span"]);
    assert_eq!(found("fn f(t: &crate::tag::Tags) {}"), ["tag"]);
    assert_eq!(found("use super::quote::Quotes;"), ["quote"]);
    assert_eq!(found("use super::Table;"), Vec::<String>::new());
}

fn files() -> Vec<PathBuf> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let path = entry.expect("an entry of the source folder").path();
            if path.is_dir() {
                walk(&path, files);
            } else if path.extension().is_some_and(|e| e == "rs") {
                files.push(path);
            }
        }
    }
    let mut files = Vec::new();
    walk(&root().join("crates/sayso/src"), &mut files);
    files.sort();
    files
}

/// The first folder below src, or the file's own name.
fn room_of(file: &Path) -> String {
    let inside = file.strip_prefix(root().join("crates/sayso/src")).expect("a file of the library");
    let first = inside.components().next().expect("a file name");
    Path::new(first.as_os_str()).file_stem().expect("a name").to_string_lossy().into_owned()
}

/// The file without comments, its lines kept.
fn code(file: &Path) -> String {
    let text = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    text.lines().map(|l| if l.trim_start().starts_with("//") { "" } else { l }).collect::<Vec<_>>().join("\n")
}

/// What lib.rs re-exports, and from which room: `crate::Span` is a use of span.
fn exports() -> BTreeMap<String, String> {
    let lib = code(&root().join("crates/sayso/src/lib.rs"));
    let mut exports = BTreeMap::new();
    for item in lib.split(';').filter_map(|i| i.trim().strip_prefix("pub use ")) {
        let (room, names) = item.split_once("::").expect("pub use room::Name");
        for name in names.trim_matches(['{', '}']).split(',') {
            exports.insert(name.trim().to_owned(), room.trim().to_owned());
        }
    }
    exports
}

/// The rooms that a file's code names, with the line of each.
fn uses(code: &str, exports: &BTreeMap<String, String>) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let line = code[..at].matches('\n').count() + 1;
        for name in first_names(&code[at + "crate::".len()..]) {
            let room = exports.get(&name).cloned().or_else(|| is_room(&name).then(|| name.clone()));
            found.push((line, room.unwrap_or_else(|| panic!("crate::{name} is neither a room nor exported by lib.rs"))));
        }
    }
    for (at, _) in code.match_indices("super::") {
        let line = code[..at].matches('\n').count() + 1;
        found.extend(first_names(&code[at + "super::".len()..]).into_iter().filter(|n| is_room(n)).map(|n| (line, n)));
    }
    found
}

fn is_room(name: &str) -> bool {
    ROOMS.iter().any(|(room, _)| *room == name)
}

/// The names that stand first in a path or in each path of a group: `{a::{b, c}, d}` gives a and d.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(group) = path.strip_prefix('{') else { return vec![name(path)] };
    let (mut depth, mut names, mut item) = (0, Vec::new(), String::new());
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(name(&item));
                item.clear();
                continue;
            }
            _ => {}
        }
        item.push(c);
    }
    names.push(name(&item));
    names.retain(|n| !n.is_empty());
    names
}
