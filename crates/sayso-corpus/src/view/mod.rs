//! Articles and their statements for people to look at: one view for `--format html`, notebooks and the service.
//!
//! [`Reader`] writes a page that holds any number of articles; [`marked`] is one article's text with its statements marked, which the
//! page, the notebook and the service share, and [`Cast`] is who speaks in it, how much, in which colour. All words of an article are
//! escaped here, once.
//!
//! The colours are Okabe and Ito's (Color Universal Design, 2008), which people tell apart whatever their colour vision; what a colour
//! says, initials and the kind of line say, too.

mod cast;
mod data;
mod marks;
mod notebook;
mod paragraphs;
mod reader;

use std::io;

use crate::DocumentRecord;

pub use cast::{Cast, Member};
pub use marks::marked;
pub use notebook::notebook;
pub use reader::Reader;

/// The colours of speakers, light and dark, as CSS variables of the class `sayso`.
pub const COLOURS: &str = include_str!("page/colours.css");

/// How marked text looks: statements, cues, sources.
pub const MARKS: &str = include_str!("page/marks.css");

/// How a cast looks: names, roles, bars.
pub const CAST: &str = include_str!("page/cast.css");

/// An article to show.
#[derive(Clone, Copy, Debug)]
pub struct ArticleView<'a> {
    /// The article.
    pub text: &'a str,
    /// When it was published, as its record says it.
    pub date: Option<&'a str>,
    /// What was found in it; its offsets count in [`Offsets::Chars`](crate::Offsets::Chars).
    pub record: &'a DocumentRecord<'a>,
}

/// Writes words into HTML, as text or between quotes in an attribute.
///
/// ```
/// assert_eq!(sayso_corpus::view::escaped("Smith & <b>"), "Smith &amp; &lt;b&gt;");
/// ```
#[must_use]
pub fn escaped(words: &str) -> std::borrow::Cow<'_, str> {
    html_escape::encode_quoted_attribute(words)
}

/// Writes JSON so that it can stand in a `<script>`: no `<` is left that could end it.
fn script_json(out: &mut impl io::Write, json: &impl serde::Serialize) -> io::Result<()> {
    let json = serde_json::to_string(json)?;
    let mut parts = json.split('<');
    out.write_all(parts.next().unwrap_or_default().as_bytes())?;
    parts.try_for_each(|part| write!(out, "\\u003c{part}"))
}
