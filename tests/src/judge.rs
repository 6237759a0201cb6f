//! Compares what a page expects with what was found, line by line.

use std::fmt::Write as _;

use sayso::Extractor;

use crate::found::{self, FoundStatement, KEYS};
use crate::invariants;
use crate::page::{Block, Case, Line, Page};

/// The line that a `statements` block ends with, whether it is written or not.
const NO_OTHER: &str = "and no other";

/// One line of a page that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The page's line, counted from 1.
    pub line: usize,
    /// What was expected, and what was found.
    pub what: String,
}

/// Runs every case of a page; the text that a person needs to mend the page or the code, if anything does not hold.
///
/// # Errors
/// If a line does not hold, or a line marked with "!" does.
///
/// # Panics
/// If an invariant is broken.
pub fn judge_page(extractor: &Extractor, page: &Page) -> Result<(), String> {
    let mut report = String::new();
    for case in &page.cases {
        let extraction = invariants::check_text(extractor, &case.article);
        let layers = extractor.layers(&case.article);
        for block in &case.blocks {
            let (findings, found) = if block.kind == "statements" {
                let found = found::statements(&case.article, &extraction);
                (judge_statements(block, &found), found.iter().flat_map(FoundStatement::lines).collect())
            } else {
                let found = found::lines(&block.kind, &case.article, &extraction, &layers);
                (judge_lines(block, &found), found)
            };
            if !findings.is_empty() {
                write_report(&mut report, page, case, block, &findings, &found);
            }
        }
    }
    if report.is_empty() { Ok(()) } else { Err(report) }
}

fn write_report(report: &mut String, page: &Page, case: &Case, block: &Block, findings: &[Finding], found: &[String]) {
    let _ = writeln!(report, "\n{}:{}: {} ({})", page.path.display(), block.line, case.name, block.kind);
    for finding in findings {
        let _ = writeln!(report, "  line {}: {}", finding.line, finding.what);
    }
    let _ = writeln!(report, "found, as the page would write it:\n```{}", block.kind);
    for line in found {
        let _ = writeln!(report, "{line}");
    }
    report.push_str("```\n");
}

/// Judges a block whose every line stands for one thing found.
#[must_use]
pub fn judge_lines(block: &Block, found: &[String]) -> Vec<Finding> {
    let same = |e: usize, f: usize| {
        if block.kind == "speakers" { parts_fit(&block.lines[e].text, &found[f]) } else { block.lines[e].text == found[f] }
    };
    let mut findings = Vec::new();
    for gap in gaps(block.lines.len(), found.len(), same) {
        let expected = &block.lines[gap.expected.clone()];
        let excused = expected.iter().any(|l| l.known_wrong);
        findings
            .extend(expected.iter().filter(|l| !l.known_wrong).map(|l| finding(l, format!("expected {:?}, found no such line", l.text))));
        if !excused {
            let at = block.lines.get(gap.expected.start).map_or(block.line, |l| l.number);
            findings.extend(found[gap.found].iter().map(|f| Finding { line: at, what: format!("found {f:?}, which is not expected") }));
        }
        if let Some((e, _)) = gap.then {
            findings.extend(came_right(&block.lines[e], true));
        }
    }
    findings
}

/// Judges a `statements` block.
#[must_use]
pub fn judge_statements(block: &Block, found: &[FoundStatement]) -> Vec<Finding> {
    let (expected, no_other) = match expected_statements(block) {
        Ok(parsed) => parsed,
        Err(finding) => return vec![finding],
    };
    let mut findings = Vec::new();
    let mut others = 0;
    let same = |e: usize, f: usize| expected[e].content.text == found[f].content();
    for gap in gaps(expected.len(), found.len(), same) {
        let excused = expected[gap.expected.clone()].iter().any(|e| e.content.known_wrong);
        let mut free: Vec<&FoundStatement> = found[gap.found].iter().collect();
        for statement in &expected[gap.expected] {
            match free.iter().position(|f| alike(&statement.content.text, f.content())) {
                Some(at) => findings.extend(statement.judge(free.remove(at))),
                None if statement.content.known_wrong => {}
                None => findings.push(finding(&statement.content, format!("no statement says {:?}", statement.content.text))),
            }
        }
        if !excused {
            others += free.len();
            if no_other.is_none_or(|l| !l.known_wrong) {
                findings.extend(
                    free.iter()
                        .map(|f| Finding { line: block.line, what: format!("found a statement that is not expected: {:?}", f.content()) }),
                );
            }
        }
        if let Some((e, f)) = gap.then {
            findings.extend(expected[e].judge(&found[f]));
        }
    }
    findings.extend(no_other.and_then(|l| came_right(l, others == 0)));
    findings.sort_by_key(|f| f.line);
    findings
}

/// One statement that a page expects.
struct Expected<'a> {
    head: &'a Line,
    content: Line,
    fields: Vec<(&'static str, Vec<Line>)>,
}

impl Expected<'_> {
    /// The lines that do not hold for the statement found in its place.
    fn judge(&self, found: &FoundStatement) -> Vec<Finding> {
        let head = if self.head.text.contains(' ') { &found.head } else { found.head.split(' ').next().unwrap_or("") };
        let mut findings: Vec<Finding> = judge_value(self.head, self.head.text == head, head).into_iter().collect();
        for (key, lines) in &self.fields {
            let values = found.values(key);
            for (i, line) in lines.iter().enumerate() {
                let holds = lines.len() == values.len() && value_fits(key, &line.text, &values[i]);
                findings.extend(judge_value(line, holds, &values.join(" and ")));
            }
        }
        findings
    }
}

fn expected_statements(block: &Block) -> Result<(Vec<Expected<'_>>, Option<&Line>), Finding> {
    let mut statements: Vec<Expected<'_>> = Vec::new();
    let mut no_other = None;
    for line in &block.lines {
        if line.text == NO_OTHER {
            no_other = Some(line);
        } else if let Some((key, value)) = key_and_value(&line.text) {
            let statement = statements.last_mut().ok_or_else(|| finding(line, "a key before the first statement's form".to_owned()))?;
            let line = Line { text: value.to_owned(), ..line.clone() };
            if key == "content" {
                statement.content = line.clone();
            }
            match statement.fields.iter_mut().find(|(k, _)| *k == key) {
                Some((_, lines)) => lines.push(line),
                None => statement.fields.push((key, vec![line])),
            }
        } else if ["direct", "mixed", "indirect"].contains(&line.text.split(' ').next().unwrap_or("")) {
            statements.push(Expected { head: line, content: Line { text: String::new(), ..line.clone() }, fields: Vec::new() });
        } else {
            return Err(finding(line, format!("{:?} is neither a form nor one of the keys {}", line.text, KEYS.join(", "))));
        }
    }
    match statements.iter().find(|s| s.content.text.is_empty()) {
        Some(without) => Err(finding(without.head, "this statement has no content line".to_owned())),
        None => Ok((statements, no_other)),
    }
}

fn key_and_value(text: &str) -> Option<(&'static str, &str)> {
    let (key, value) = text.split_once(':')?;
    Some((*KEYS.iter().find(|k| **k == key)?, value.trim()))
}

fn value_fits(key: &str, expected: &str, found: &str) -> bool {
    match key {
        "speaker" => parts_fit(expected, found),
        "cue" => expected == found || found.rsplit_once(" (").is_some_and(|(words, _)| words == expected),
        _ => expected == found,
    }
}

/// Whether the parts that are given, from the left, are the same.
fn parts_fit(expected: &str, found: &str) -> bool {
    let mut found = found.split(" | ");
    expected.split(" | ").all(|part| found.next() == Some(part))
}

fn judge_value(line: &Line, holds: bool, found: &str) -> Option<Finding> {
    if holds || line.known_wrong {
        return came_right(line, holds);
    }
    Some(finding(line, format!("expected {:?}, found {found:?}", line.text)))
}

fn came_right(line: &Line, holds: bool) -> Option<Finding> {
    (holds && line.known_wrong).then(|| finding(line, format!("{:?} has come right: take its \"!\" away", line.text)))
}

fn finding(line: &Line, what: String) -> Finding {
    Finding { line: line.number, what }
}

/// Whether two contents share half of their words.
fn alike(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let mut words: Vec<String> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
        words.sort();
        words.dedup();
        words
    };
    let (a, b) = (words(a), words(b));
    let shared = a.iter().filter(|w| b.binary_search(w).is_ok()).count();
    2 * shared >= a.len().max(b.len()) && shared > 0
}

/// Items on both sides that have no partner, up to the next pair of partners.
struct Gap {
    expected: std::ops::Range<usize>,
    found: std::ops::Range<usize>,
    then: Option<(usize, usize)>,
}

/// The longest common subsequence, as the gaps between its pairs.
fn gaps(expected: usize, found: usize, same: impl Fn(usize, usize) -> bool) -> Vec<Gap> {
    let mut length = vec![vec![0u32; found + 1]; expected + 1];
    for e in (0..expected).rev() {
        for f in (0..found).rev() {
            length[e][f] = if same(e, f) { length[e + 1][f + 1] + 1 } else { length[e + 1][f].max(length[e][f + 1]) };
        }
    }
    let (mut e, mut f, mut from) = (0, 0, (0, 0));
    let mut gaps = Vec::new();
    while e < expected && f < found {
        if same(e, f) && length[e][f] == length[e + 1][f + 1] + 1 {
            gaps.push(Gap { expected: from.0..e, found: from.1..f, then: Some((e, f)) });
            (e, f) = (e + 1, f + 1);
            from = (e, f);
        } else if length[e + 1][f] >= length[e][f + 1] {
            e += 1;
        } else {
            f += 1;
        }
    }
    gaps.push(Gap { expected: from.0..expected, found: from.1..found, then: None });
    gaps
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn block(kind: &str, lines: &str) -> Block {
        let page = Page::parse(Path::new("p.md"), &format!("```article\nA.\n```\n```{kind}\n{lines}\n```\n")).unwrap();
        page.cases[0].blocks[0].clone()
    }

    fn judged(lines: &str, found: &[&str]) -> Vec<String> {
        let found: Vec<String> = found.iter().map(|f| (*f).to_owned()).collect();
        judge_lines(&block("sentences", lines), &found).into_iter().map(|f| format!("{}: {}", f.line, f.what)).collect()
    }

    #[test]
    fn a_line_that_is_missing_or_too_much_is_named() {
        assert_eq!(judged("A.\nB.", &["A.", "B."]), Vec::<String>::new());
        assert_eq!(judged("A.\nB.", &["A."]), ["6: expected \"B.\", found no such line"]);
        assert_eq!(judged("A.", &["A.", "B."]), ["4: found \"B.\", which is not expected"]);
    }

    #[test]
    fn a_line_known_to_be_wrong_is_excused_until_it_comes_right() {
        assert_eq!(judged("A.\n! B. C.", &["A.", "B.", "C."]), Vec::<String>::new());
        assert_eq!(judged("A.\n! B.", &["A.", "B."]), ["6: \"B.\" has come right: take its \"!\" away"]);
        assert_eq!(judged("! A.\nB.", &["X.", "B.", "C."]), ["4: found \"C.\", which is not expected"]);
    }

    fn found(head: &str, content: &str, speakers: &[&str]) -> FoundStatement {
        FoundStatement::of_parts(head, content, "said (say)", speakers)
    }

    fn judged_statements(lines: &str, found: &[FoundStatement]) -> Vec<String> {
        judge_statements(&block("statements", lines), found).into_iter().map(|f| format!("{}: {}", f.line, f.what)).collect()
    }

    #[test]
    fn only_the_lines_that_a_page_writes_are_judged() {
        let ruiz = found("direct assert", "“It opens.”", &["Ana Ruiz | person | mayor | -"]);
        let fine = "direct\n  content: “It opens.”\n  cue: said\n  speaker: Ana Ruiz | person";
        assert_eq!(judged_statements(fine, std::slice::from_ref(&ruiz)), Vec::<String>::new());
        let wrong = "direct ask\n  content: “It opens.”\n  cue: said (tell)\n  speaker: Ana Ruiz | group";
        let findings = judged_statements(wrong, std::slice::from_ref(&ruiz));
        assert_eq!(findings.len(), 3, "{findings:?}");
        assert_eq!(findings[1], "7: expected \"said (tell)\", found \"said (say)\"");
    }

    #[test]
    fn statements_missing_or_too_many_are_named_once() {
        let a = found("direct assert", "“It opens.”", &[]);
        let b = found("indirect assert", "the river fell", &[]);
        let both = [a.clone(), b.clone()];
        assert_eq!(judged_statements("direct\ncontent: “It opens.”", &both).len(), 1);
        assert_eq!(judged_statements("direct\ncontent: “It opens.”\n! and no other", &both), Vec::<String>::new());
        assert_eq!(judged_statements("direct\ncontent: “It opens.”\n! and no other", &both[..1]).len(), 1);
        assert_eq!(judged_statements("direct\ncontent: “It opens.”\nindirect\ncontent: the river fell", &both[..1]).len(), 1);
        assert_eq!(
            judged_statements("direct\ncontent: “It opens.”\nindirect\n! content: the river fell", &both[..1]),
            Vec::<String>::new()
        );
        assert_eq!(judged_statements("direct\n! content: “It opens today.”", &both[..1]), Vec::<String>::new());
    }
}
