//! Every page of tests/golden, one test a page: `cargo test -p sayso-tests --test golden quote/` runs one stage's.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use sayso::Extractor;
use sayso_tests::{Page, judge_page, root};

fn main() -> ExitCode {
    let golden = root().join("tests/golden");
    let mut pages = Vec::new();
    find_pages(&golden, &mut pages);
    pages.sort();
    let trials = pages.into_iter().map(|path| {
        let name = path.strip_prefix(&golden).unwrap_or(&path).with_extension("");
        Trial::test(name.to_string_lossy().replace('\\', "/"), move || run(&path))
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

fn find_pages(folder: &Path, pages: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
        let path = entry.expect("an entry of the golden folder").path();
        if path.is_dir() {
            find_pages(&path, pages);
        } else if path.extension().is_some_and(|e| e == "md") && path.file_name().is_some_and(|n| n != "README.md") {
            pages.push(path);
        }
    }
}

fn run(path: &Path) -> Result<(), Failed> {
    let mut page = Page::read(path)?;
    page.path = path.strip_prefix(root()).unwrap_or(path).to_owned();
    judge_page(&Extractor::english(), &page).map_err(Failed::from)
}
