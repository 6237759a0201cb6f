//! Golden pages as text: titles, articles, and blocks of expected lines.

use std::fmt;
use std::path::{Path, PathBuf};

/// The expectation blocks that a page may hold.
pub const BLOCKS: &[&str] =
    &["statements", "speakers", "sentences", "tokens", "paragraphs", "edges", "quotations", "tags", "phrases", "cues"];

/// One file of golden cases.
#[derive(Clone, Debug)]
pub struct Page {
    /// The file.
    pub path: PathBuf,
    /// Its first heading.
    pub title: String,
    /// Its cases, in order.
    pub cases: Vec<Case>,
}

/// An article and what is expected of it.
#[derive(Clone, Debug)]
pub struct Case {
    /// The heading that it stands under.
    pub name: String,
    /// The line of its article block, counted from 1.
    pub line: usize,
    /// The article as the library is given it.
    pub article: String,
    /// What is expected.
    pub blocks: Vec<Block>,
}

/// One expectation block.
#[derive(Clone, Debug)]
pub struct Block {
    /// One of [`BLOCKS`].
    pub kind: String,
    /// The line of its fence, counted from 1.
    pub line: usize,
    /// Its lines without blank ones, escapes resolved.
    pub lines: Vec<Line>,
}

/// One expected line.
#[derive(Clone, Debug)]
pub struct Line {
    /// Counted from 1.
    pub number: usize,
    /// Whether it begins with "!": known to be wrong.
    pub known_wrong: bool,
    /// The line without its "!", trimmed, white space folded.
    pub text: String,
}

/// A page that cannot be read, with file and line.
#[derive(Clone, Debug)]
pub struct PageError {
    path: PathBuf,
    line: usize,
    why: String,
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path.display(), self.line, self.why)
    }
}

impl std::error::Error for PageError {}

impl Page {
    /// Reads the page in a file.
    ///
    /// # Errors
    /// If the file cannot be read, or a line of it means nothing.
    pub fn read(path: &Path) -> Result<Page, PageError> {
        let text = std::fs::read_to_string(path).map_err(|e| PageError { path: path.to_owned(), line: 0, why: e.to_string() })?;
        Page::parse(path, &text)
    }

    /// Reads a page from its text; `path` only names it.
    ///
    /// # Errors
    /// If a line means nothing: an unknown block, a block without an article, an article without a block.
    pub fn parse(path: &Path, text: &str) -> Result<Page, PageError> {
        let fail = |line: usize, why: String| PageError { path: path.to_owned(), line, why };
        let mut page = Page { path: path.to_owned(), title: String::new(), cases: Vec::new() };
        let mut heading = String::new();
        let mut lines = text.lines().enumerate().map(|(i, l)| (i + 1, l));
        while let Some((number, line)) = lines.next() {
            if let Some(title) = line.strip_prefix('#') {
                title.trim_start_matches('#').trim().clone_into(&mut heading);
                if page.title.is_empty() {
                    page.title.clone_from(&heading);
                }
                continue;
            }
            let Some(fence) = Fence::open(line) else { continue };
            let mut body: Vec<(usize, &str)> = Vec::new();
            loop {
                match lines.next() {
                    Some((_, l)) if fence.closes(l) => break,
                    Some(numbered) => body.push(numbered),
                    None => return Err(fail(number, format!("the block {:?} is never closed", fence.kind))),
                }
            }
            if fence.kind == "article" {
                let raw = body.iter().map(|(_, l)| *l).collect::<Vec<_>>().join("\n");
                let article = if fence.escaped { unescape(&raw).map_err(|why| fail(number, why))? } else { raw };
                page.cases.push(Case { name: heading.clone(), line: number, article, blocks: Vec::new() });
            } else if BLOCKS.contains(&fence.kind) {
                let Some(case) = page.cases.last_mut() else {
                    return Err(fail(number, format!("the block {:?} has no article before it", fence.kind)));
                };
                let lines = read_lines(&body, fence.escaped).map_err(|(line, why)| fail(line, why))?;
                case.blocks.push(Block { kind: fence.kind.to_owned(), line: number, lines });
            } else {
                return Err(fail(number, format!("unknown block {:?}; known are article, {}", fence.kind, BLOCKS.join(", "))));
            }
        }
        if page.cases.is_empty() {
            return Err(fail(1, "no article block".to_owned()));
        }
        match page.cases.iter().find(|c| c.blocks.is_empty()) {
            Some(case) => Err(fail(case.line, "nothing is expected of this article".to_owned())),
            None => Ok(page),
        }
    }
}

/// The opening line of a block.
struct Fence<'a> {
    ticks: usize,
    kind: &'a str,
    escaped: bool,
}

impl<'a> Fence<'a> {
    fn open(line: &'a str) -> Option<Fence<'a>> {
        let ticks = line.len() - line.trim_start_matches('`').len();
        let mut info = line[ticks..].split_whitespace();
        let kind = info.next().unwrap_or("");
        (ticks >= 3).then(|| Fence { ticks, kind, escaped: info.next() == Some("escaped") })
    }

    fn closes(&self, line: &str) -> bool {
        let line = line.trim_end();
        line.len() >= self.ticks && line.bytes().all(|b| b == b'`')
    }
}

fn read_lines(body: &[(usize, &str)], escaped: bool) -> Result<Vec<Line>, (usize, String)> {
    let mut lines = Vec::new();
    for &(number, raw) in body {
        let trimmed = raw.trim();
        let (known_wrong, rest) = match trimmed.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, trimmed),
        };
        let text = if escaped { unescape(rest).map_err(|why| (number, why))? } else { rest.to_owned() };
        let text = fold(&text);
        if !text.is_empty() {
            lines.push(Line { number, known_wrong, text });
        }
    }
    Ok(lines)
}

/// White space folded to one blank, none at the ends.
#[must_use]
pub fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn unescape(text: &str) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let escape = rest.chars().next().ok_or("a lone \\ at the end: write \\\\")?;
        rest = &rest[escape.len_utf8()..];
        match escape {
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            't' => out.push('\t'),
            '\\' => out.push('\\'),
            'u' => {
                let (code, after) = rest.strip_prefix('{').and_then(|r| r.split_once('}')).ok_or("write \\u{FEFF}")?;
                let value = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
                out.push(value.ok_or_else(|| format!("\\u{{{code}}} is no character"))?);
                rest = after;
            }
            other => return Err(format!("unknown escape \\{other}: known are \\n, \\r, \\t, \\\\ and \\u{{...}}")),
        }
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_the_line_that_means_nothing() {
        let error = |text: &str| Page::parse(Path::new("p.md"), text).unwrap_err().to_string();
        assert_eq!(error("# T\n```speakers\n```\n"), "p.md:2: the block \"speakers\" has no article before it");
        assert_eq!(error("```article\nA.\n```\n"), "p.md:1: nothing is expected of this article");
        assert_eq!(error("```article\nA.\n"), "p.md:1: the block \"article\" is never closed");
        assert!(error("```article\nA.\n```\n```quotes\n```\n").starts_with("p.md:4: unknown block \"quotes\"; known are article,"));
        assert_eq!(error("```article escaped\n\\x\n```\n"), "p.md:1: unknown escape \\x: known are \\n, \\r, \\t, \\\\ and \\u{...}");
    }

    #[test]
    fn escapes_stand_for_characters() {
        let page =
            Page::parse(Path::new("p.md"), "# T\n\n```article escaped\n\\u{FEFF}A\\r\\nB\\\\\n```\n```sentences\n! A\n```\n").unwrap();
        assert_eq!(page.title, "T");
        assert_eq!(page.cases[0].article, "\u{FEFF}A\r\nB\\");
        let line = &page.cases[0].blocks[0].lines[0];
        assert!(line.known_wrong && line.text == "A" && line.number == 7);
    }
}
