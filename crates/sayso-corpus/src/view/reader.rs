//! The reader: one page that holds any number of articles, and opens each when it is asked for.

use std::io::{self, Write};
use std::sync::LazyLock;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use crate::view::cast::Cast;
use crate::view::data::{Body, Head};
use crate::view::{ArticleView, CAST, COLOURS, MARKS, escaped, script_json};

const SKELETON: &str = include_str!("page/reader.html");
const STYLE: [&str; 4] = [COLOURS, MARKS, CAST, include_str!("page/reader.css")];
const SCRIPT: [&str; 3] = [include_str!("page/articles.js"), include_str!("page/statements.js"), include_str!("page/reader.js")];

/// Writes a page: [`begin`](Reader::begin), each article, [`end`](Reader::end).
///
/// The page needs nothing but itself. A policy in it lets no other script run than its own, and loads nothing. A page that is cut off
/// after an article is whole for a browser.
///
/// ```
/// use sayso_corpus::{DocumentRecord, Offsets, view};
/// let text = "“We lost,” said Ana Ruiz.";
/// let extraction = sayso::Extractor::english().extract(text);
/// let record = DocumentRecord::new("a1", Some("Lorca votes"), text, &extraction, Offsets::Chars);
/// let mut page = Vec::new();
/// let reader = view::Reader::default();
/// reader.begin(&mut page)?;
/// reader.article(&mut page, &view::ArticleView { text, date: Some("2024-05-01"), record: &record })?;
/// reader.end(&mut page)?;
/// assert!(page.starts_with(b"<!doctype html>"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Reader<'a> {
    /// Where a form with a box for a text is sent (POST, `text=...`); none: there is no such box.
    pub action: Option<&'a str>,
}

impl Reader<'_> {
    /// Writes what stands before the articles.
    ///
    /// # Errors
    /// If `out` fails.
    pub fn begin(&self, out: &mut impl Write) -> io::Result<()> {
        static STYLES: LazyLock<String> = LazyLock::new(|| STYLE.concat());
        static SCRIPTS: LazyLock<String> = LazyLock::new(|| SCRIPT.concat());
        static POLICY: LazyLock<String> = LazyLock::new(|| {
            let (style, script) = (hash(&STYLES), hash(&SCRIPTS));
            format!("default-src 'none'; style-src '{style}'; script-src '{script}'; base-uri 'none'; form-action 'self'")
        });
        let form = self.action.map(|action| FORM.replace("ACTION", &escaped(action))).unwrap_or_default();
        let version = env!("CARGO_PKG_VERSION");
        let mut rest = SKELETON;
        for (slot, filling) in
            [("{policy}", POLICY.as_str()), ("{style}", &STYLES), ("{script}", &SCRIPTS), ("{form}", &form), ("{version}", version)]
        {
            let (before, after) = rest.split_once(slot).ok_or_else(|| io::Error::other(format!("the page has no place for {slot}")))?;
            out.write_all(before.as_bytes())?;
            out.write_all(filling.as_bytes())?;
            rest = after;
        }
        out.write_all(rest.as_bytes())
    }

    /// Writes an article; its statements' offsets count in [`Offsets::Chars`](crate::Offsets::Chars).
    ///
    /// # Errors
    /// If `out` fails.
    pub fn article(&self, out: &mut impl Write, article: &ArticleView<'_>) -> io::Result<()> {
        let cast = Cast::of(article.record);
        let head = serde_json::to_string(&Head::new(article, &cast))?;
        write!(out, "<script type=\"application/json\" class=\"article\" data-head=\"{}\">", escaped(&head))?;
        script_json(out, &Body::new(article, &cast))?;
        out.write_all(b"</script>\n")
    }

    /// Writes what stands behind the articles.
    ///
    /// # Errors
    /// If `out` fails.
    pub fn end(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(b"</body>\n</html>\n")
    }
}

/// The box for a text.
const FORM: &str = "<form class=\"box\" method=\"post\" action=\"ACTION\"><label for=\"paste\">Paste an article</label>\
    <textarea id=\"paste\" name=\"text\" rows=\"6\" required></textarea><button>Find its statements</button></form>";

/// What a content security policy calls a script or a style by.
fn hash(words: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(words.as_bytes())))
}
