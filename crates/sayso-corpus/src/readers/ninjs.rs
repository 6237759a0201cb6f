//! IPTC ninjs, the news item as a JSON object: versions 1 to 3.

use serde::Deserialize;

use crate::error::Problem;
use crate::readers::jsonl::{self, Fields, reason};
use crate::readers::{Article, http};

/// The properties of an item that are read; those of version 1 and 2 carry their values beside the names of version 3.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Item {
    uri: String,
    language: Option<String>,
    bylines: Vec<Value>,
    byline: Option<String>,
    #[serde(rename = "contentCreated")]
    content_created: Option<String>,
    #[serde(rename = "firstCreated", alias = "firstcreated")]
    first_created: Option<String>,
    #[serde(rename = "versionCreated", alias = "versioncreated")]
    version_created: Option<String>,
    headlines: Vec<Value>,
    headline: Option<String>,
    bodies: Vec<Value>,
    body_text: Option<String>,
    body_html: Option<String>,
    body_xhtml: Option<String>,
}

/// A headline, a body or a byline.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Value {
    value: String,
    byline: String,
    role: Option<String>,
    #[serde(rename = "contentType", alias = "contenttype")]
    content_type: Option<String>,
}

impl Value {
    fn is_html(&self) -> bool {
        self.content_type.as_deref().is_some_and(|kind| kind.contains("html"))
    }
}

/// Reads an object that has no text field as a ninjs item; `there` are the fields that it has. None: it is no item with a body.
pub(crate) fn item(json: &str, there: &[String]) -> Option<Article> {
    let has = |wanted: &str| there.iter().any(|name| name == wanted || name.starts_with(wanted));
    if !has("uri") || !(has("bodies") || has("body_")) {
        return None;
    }
    let item: Item = serde_json::from_str(json).ok()?;
    let main = |values: Vec<Value>| {
        let at = values.iter().position(|v| v.role.as_deref() == Some("main")).unwrap_or(0);
        values.into_iter().nth(at).map(|v| if v.value.is_empty() { v.byline } else { v.value })
    };
    let plain_first = item.bodies.iter().position(|body| !body.is_html()).unwrap_or(0);
    let body = item.bodies.into_iter().nth(plain_first);
    let (text, html) = match body {
        Some(body) if body.is_html() => (None, Some(body.value)),
        Some(body) => (Some(body.value), None),
        None => (item.body_text, item.body_html.or(item.body_xhtml)),
    };
    let (text, extracted) = match (text, html) {
        (Some(text), _) => (text, false),
        (None, Some(html)) => (http::fragment(&html), true),
        (None, None) => return None,
    };
    Some(Article {
        document: item.uri,
        title: main(item.headlines).or(item.headline),
        date: item.content_created.or(item.first_created).or(item.version_created),
        byline: main(item.bylines).or(item.byline),
        language: item.language,
        text,
        extracted,
    })
}

/// Reads a JSON file that is one article: named fields, else a ninjs item.
pub(crate) fn file(bytes: &[u8], fields: &Fields) -> Result<Article, Problem> {
    // A line end in an object is white space: the object may be read as if it were a line.
    let whole = serde_json::from_slice::<serde::de::IgnoredAny>(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes));
    if let Err(error) = &whole
        && (error.is_eof() || error.is_syntax())
    {
        return Err(Problem::BrokenJson(format!("{} of line {}", reason(error), error.line())));
    }
    jsonl::article(bytes, fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_of_version_3_is_read() {
        let json = r#"{
          "uri": "http://news.example/17", "language": "en-GB", "versionCreated": "2024-05-01T10:00:00Z",
          "headlines": [{"role": "short", "value": "Bridge"}, {"role": "main", "value": "Bridge to open"}],
          "bylines": [{"byline": "Mira Stahl"}],
          "bodies": [{"contentType": "text/html", "value": "<p>no</p>"}, {"contentType": "text/plain", "value": "“We open,” she said."}]
        }"#;
        let article = file(json.as_bytes(), &Fields::default()).expect("an item");
        assert_eq!((article.document.as_str(), article.title.as_deref()), ("http://news.example/17", Some("Bridge to open")));
        assert_eq!((article.date.as_deref(), article.byline.as_deref()), (Some("2024-05-01T10:00:00Z"), Some("Mira Stahl")));
        assert_eq!((article.text.as_str(), article.extracted), ("“We open,” she said.", false));
    }

    #[test]
    fn an_item_of_version_1_is_read_and_its_markup_taken_off() {
        let json = r#"{"uri": "urn:x", "headline": "Bridge", "body_xhtml": "<p>“We open,”<br/>she said.</p><p>He left &amp; wept.</p>"}"#;
        let article = jsonl::article(json.as_bytes(), &Fields::default()).expect("an item");
        assert_eq!((article.title.as_deref(), article.extracted), (Some("Bridge"), true));
        assert_eq!(article.text, "“We open,”\nshe said.\n\nHe left & wept.");
    }

    #[test]
    fn a_broken_file_says_in_which_line() {
        let problem = file(b"{\n \"uri\": \"x\",\n \"bodies\": [}\n", &Fields::default()).expect_err("broken");
        assert!(problem.to_string().starts_with("broken JSON: expected value at column 13 of line 3"), "{problem}");
    }
}
