//! The article out of a web page.

use dom_query::Document;
use dom_smoothie::{Config, Readability, ReadabilityError, TextMode};

use crate::error::Problem;
use crate::readers::Article;

/// What stands in a page's article and is none of its text.
const ASIDE: &str = "figcaption, [class*='caption'], [class*='credit'], [class*='advert'], [class*='related'], [class*='newsletter'], \
                     [class*='share'], aside, form, button, noscript, iframe";

/// More markup than this within each other is taken off without looking for the article: no page for people has it.
const DEEPEST: usize = 400;

/// The article of a page; its text is paragraphs with an empty line between them.
pub(crate) fn article(page: &str) -> Result<Article, Problem> {
    if depth(page) > DEEPEST {
        return Err(Problem::BrokenHtml(format!("more than {DEEPEST} elements within each other")));
    }
    let document = Document::from(page);
    document.select(ASIDE).remove();
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let broken = |error: ReadabilityError| Problem::BrokenHtml(error.to_string());
    let mut readability = Readability::with_document(document, None, Some(config)).map_err(broken)?;
    let filled = |part: Option<String>| part.map(|words| words.trim().to_owned()).filter(|words| !words.is_empty());
    match readability.parse() {
        Ok(found) => Ok(Article {
            document: String::new(),
            title: filled(Some(found.title)),
            date: filled(found.published_time.or(found.modified_time)),
            byline: filled(found.byline),
            language: filled(found.lang),
            text: paragraphs(&found.text_content),
            extracted: true,
        }),
        Err(ReadabilityError::GrabFailed) => Ok(Article { text: text_of(page), extracted: true, ..Article::default() }),
        Err(error) => Err(broken(error)),
    }
}

/// All text of some markup.
pub(crate) fn text_of(html: &str) -> String {
    if depth(html) > DEEPEST {
        return String::new();
    }
    let document = Document::fragment(html);
    document.select("script, style, head, nav, header, footer, figcaption").remove();
    paragraphs(&document.formatted_text())
}

/// The text with white space at its lines' ends taken off, one empty line between paragraphs, and no paragraph that is none.
fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for line in text.lines() {
        let line = line.trim_matches(|c: char| c.is_whitespace());
        if line.is_empty() {
            gap = true;
        } else if !is_furniture(line) {
            if !out.is_empty() {
                out.push_str(if gap { "\n\n" } else { "\n" });
            }
            gap = false;
            out.push_str(line);
        }
    }
    out
}

/// A line that a page sets between paragraphs and that is no part of the article.
fn is_furniture(line: &str) -> bool {
    const WHOLE: &[&str] = &["advertisement", "advertising", "story continues below", "article continues below", "sponsored", "share"];
    const BEGUN: &[&str] =
        &["read more", "read also", "also read", "see also:", "related:", "related article", "click here", "sign up for"];
    if line.len() > 160 {
        return false;
    }
    let line = line.to_lowercase();
    let words = line.trim_matches(|c: char| !c.is_alphanumeric());
    WHOLE.contains(&words) || (BEGUN.iter().any(|begun| words.starts_with(begun)) && !line.ends_with('.') && !line.contains('“'))
}

/// How many elements stand within each other, at most, by their tags alone.
fn depth(html: &str) -> usize {
    let bytes = html.as_bytes();
    let (mut open, mut deepest) = (0_usize, 0);
    for at in memchr::memchr_iter(b'<', bytes) {
        match bytes.get(at + 1) {
            Some(b'/') => open = open.saturating_sub(1),
            Some(first) if first.is_ascii_alphabetic() && !is_void(&bytes[at + 1..]) => {
                open += 1;
                deepest = deepest.max(open);
            }
            _ => {}
        }
    }
    deepest
}

/// Whether a tag is of an element that has no end, or whose end is mostly left out.
fn is_void(tag: &[u8]) -> bool {
    const VOID: &[&[u8]] = &[
        b"area", b"base", b"br", b"col", b"dd", b"dt", b"embed", b"hr", b"img", b"input", b"li", b"link", b"meta", b"option", b"p",
        b"path", b"source", b"td", b"th", b"tr", b"track", b"wbr",
    ];
    let end = tag.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(tag.len());
    VOID.iter().any(|name| tag[..end].eq_ignore_ascii_case(name))
}
