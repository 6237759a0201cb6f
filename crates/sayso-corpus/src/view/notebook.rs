//! One article as a notebook shows it: no script, and styles that touch nothing else.

use std::fmt::Write as _;

use crate::view::cast::Cast;
use crate::view::marks::marked;
use crate::view::{ArticleView, CAST, COLOURS, MARKS, escaped};

/// A fragment of HTML: who speaks, and under it the text with its statements marked.
///
/// ```
/// use sayso_corpus::{DocumentRecord, Offsets, view};
/// let text = "“We lost,” said Ana Ruiz.";
/// let extraction = sayso::Extractor::english().extract(text);
/// let record = DocumentRecord::new("a1", None, text, &extraction, Offsets::Chars);
/// let html = view::notebook(&view::ArticleView { text, date: None, record: &record });
/// assert!(html.starts_with("<div class=\"sayso notebook\"><style>") && !html.contains("<script"));
/// ```
#[must_use]
pub fn notebook(article: &ArticleView<'_>) -> String {
    let cast = Cast::of(article.record);
    let mut out = format!("<div class=\"sayso notebook\"><style>{COLOURS}{MARKS}{CAST}</style><ul class=\"cast\">");
    for member in &cast.members {
        let role = member.role.or(member.affiliation).map(|role| format!(" <span class=\"role\">{}</span>", escaped(role)));
        let noun = if member.statements == 1 { "statement" } else { "statements" };
        let _ = write!(
            out,
            "<li class=\"c{}\"><span class=\"dot\">{}</span> <bdi class=\"name\">{}</bdi>{} <span class=\"count\">{} {noun}</span></li>",
            member.colour,
            escaped(&member.initials),
            escaped(member.name),
            role.unwrap_or_default(),
            member.statements,
        );
    }
    let _ = write!(out, "</ul><div class=\"text\">{}</div></div>", marked(article, &cast));
    out
}
