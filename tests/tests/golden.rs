//! Every page of tests/golden, one test a page: `cargo test -p sayso-tests --test golden quote/` runs one stage's.

use std::path::Path;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use sayso::Extractor;
use sayso_tests::{Page, find_pages, judge_page, root};

fn main() -> ExitCode {
    let golden = root().join("tests/golden");
    let trials = find_pages().into_iter().map(|path| {
        let name = path.strip_prefix(&golden).unwrap_or(&path).with_extension("");
        Trial::test(name.to_string_lossy().replace('\\', "/"), move || run(&path))
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

fn run(path: &Path) -> Result<(), Failed> {
    let mut page = Page::read(path)?;
    page.path = path.strip_prefix(root()).unwrap_or(path).to_owned();
    judge_page(&Extractor::english(), &page).map_err(Failed::from)
}
