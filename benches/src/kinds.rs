//! Texts of different kinds and any length, made of the paragraphs of the golden pages.

use std::fmt;

use crate::golden_articles;

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

/// A report of about so many bytes: the paragraphs of the golden pages' articles, over and over.
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
    let articles = golden_articles();
    let all = articles.iter().flat_map(|article| article.split("\n\n").map(|p| p.trim().replace('\n', " ")));
    all.filter(|paragraph| (60..1000).contains(&paragraph.len())).collect()
}

fn unquoted() -> Vec<String> {
    paragraphs().into_iter().filter(|paragraph| !paragraph.contains(['“', '”', '"', '‘', '’', '\'', '«', '»', '`', '„'])).collect()
}
