//! Texts of different kinds and any length, made of the paragraphs of the example and of the peers' articles: they stay as they are,
//! so that figures of different days are of the same texts.

use std::fmt;

use sayso_tests::root;

use crate::briefing;

/// What a text is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A report of 1 KB.
    Short,
    /// A report of 20 KB.
    Long,
    /// 20 KB without a quotation mark.
    Unquoted,
    /// 20 KB of which each paragraph is a quotation.
    Quoted,
}

/// All of them.
pub const KINDS: [Kind; 4] = [Kind::Short, Kind::Long, Kind::Unquoted, Kind::Quoted];

impl fmt::Display for Kind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, out)
    }
}

impl Kind {
    /// A text of this kind.
    ///
    /// # Panics
    /// If the articles that it is made of are not there.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Kind::Short => report(1000),
            Kind::Long => report(20_000),
            Kind::Unquoted => of(20_000, &unquoted()),
            Kind::Quoted => {
                let quoted: Vec<String> = unquoted().iter().map(|paragraph| format!("“{paragraph}”")).collect();
                of(20_000, &quoted)
            }
        }
    }
}

/// A report of about so many bytes: the paragraphs of the articles, over and over.
///
/// # Panics
/// If the articles are not there.
#[must_use]
pub fn report(bytes: usize) -> String {
    of(bytes, &paragraphs())
}

fn of(bytes: usize, paragraphs: &[String]) -> String {
    let mut text = String::with_capacity(bytes + 1000);
    for paragraph in paragraphs.iter().cycle() {
        if text.len() >= bytes {
            break;
        }
        text.extend([paragraph.as_str(), "\n\n"]);
    }
    text
}

/// Paragraphs of running text: what is shorter is a headline, a credit or a part of a page about them.
fn paragraphs() -> Vec<String> {
    let path = root().join("benches/peers/articles.jsonl");
    let lines = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let texts = lines.lines().map(|line| {
        let article: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        article["text"].as_str().expect("an article has a text").to_owned()
    });
    let articles: Vec<String> = std::iter::once(briefing()).chain(texts).collect();
    let all = articles.iter().flat_map(|article| article.split("\n\n").map(|p| p.trim().replace('\n', " ")));
    all.filter(|paragraph| (60..1000).contains(&paragraph.len())).collect()
}

fn unquoted() -> Vec<String> {
    paragraphs().into_iter().filter(|paragraph| !paragraph.contains(['“', '”', '"', '‘', '’', '\'', '«', '»', '`', '„'])).collect()
}
