//! One line of JSON Lines to an article.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::error::Problem;
use crate::readers::{Article, ninjs};

/// The names of the fields that hold an article's parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    /// The article itself.
    pub text: String,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// When it was published.
    pub date: String,
}

impl Default for Fields {
    /// "text", "id", "title" and "date".
    fn default() -> Self {
        let [text, id, title, date] = ["text", "id", "title", "date"].map(str::to_owned);
        Fields { text, id, title, date }
    }
}

/// An article of a JSON object, as a line of JSON Lines holds it; one without a text of the wanted name is read as an IPTC ninjs item.
/// Its `document` is its id, and empty where it has none.
///
/// ```
/// use sayso_corpus::readers::{Fields, json_article};
/// let article = json_article(br#"{"id": "a1", "text": "He left."}"#, &Fields::default())?;
/// assert_eq!((article.document.as_str(), article.text.as_str()), ("a1", "He left."));
/// # Ok::<(), sayso_corpus::Problem>(())
/// ```
///
/// # Errors
/// If it is no such object, not UTF-8, or has no text.
pub fn json_article(line: &[u8], fields: &Fields) -> Result<Article, Problem> {
    article(line, fields)
}

/// Reads one line; where it has no text of the wanted name, as an IPTC ninjs item.
pub(crate) fn article(line: &[u8], fields: &Fields) -> Result<Article, Problem> {
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line).trim_ascii();
    let line = std::str::from_utf8(line).map_err(|error| Problem::NotUtf8(error.valid_up_to() + 1))?;
    match read(line, fields) {
        Err(Problem::NoTextField { wanted, there }) => ninjs::item(line, &there).ok_or(Problem::NoTextField { wanted, there }),
        read => read,
    }
}

/// Reads an object whose fields are named.
pub(crate) fn read(line: &str, fields: &Fields) -> Result<Article, Problem> {
    let mut json = serde_json::Deserializer::from_str(line);
    let cells = Cells { fields }.deserialize(&mut json).and_then(|cells| json.end().map(|()| cells));
    let found = cells.map_err(|error| Problem::BrokenJson(reason(&error)))?;
    let text = match found.text {
        Some(Cell::Words(text)) => text,
        Some(Cell::Number(_)) => return Err(Problem::NotAString { field: fields.text.clone(), found: "a number" }),
        Some(Cell::Other(what)) if what != "null" => return Err(Problem::NotAString { field: fields.text.clone(), found: what }),
        _ => return Err(Problem::NoTextField { wanted: fields.text.clone(), there: names(line) }),
    };
    Ok(Article {
        document: found.id.and_then(Cell::into_words).unwrap_or_default(),
        title: found.title.and_then(Cell::into_words),
        date: found.date.and_then(Cell::into_words),
        text,
        ..Article::default()
    })
}

/// What is wrong with the JSON of one line, without the line number that the parser counts in its own input.
pub(crate) fn reason(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    match said.strip_suffix(&place) {
        Some(what) if error.column() > 0 => format!("{} at column {}", short(what), error.column()),
        Some(what) => short(what),
        None => short(&said),
    }
}

/// The parser repeats what it found, which may be a whole article.
fn short(what: &str) -> String {
    match what.char_indices().nth(120) {
        Some((at, _)) => format!("{} …", &what[..at]),
        None => what.to_owned(),
    }
}

/// The names of an object's fields, in its order.
fn names(line: &str) -> Vec<String> {
    struct Names;
    impl<'de> Visitor<'de> for Names {
        type Value = Vec<String>;
        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str("an object")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut names = Vec::new();
            while let Some((name, IgnoredAny)) = map.next_entry()? {
                names.push(name);
            }
            Ok(names)
        }
    }
    serde_json::Deserializer::from_str(line).deserialize_map(Names).unwrap_or_default()
}

/// The value of a field: words, or what else it is. Numbers count as words in an id.
enum Cell {
    Words(String),
    Number(String),
    Other(&'static str),
}

impl Cell {
    fn into_words(self) -> Option<String> {
        match self {
            Cell::Words(words) | Cell::Number(words) => Some(words),
            Cell::Other(_) => None,
        }
    }
}

#[derive(Default)]
struct Found {
    text: Option<Cell>,
    id: Option<Cell>,
    title: Option<Cell>,
    date: Option<Cell>,
}

/// Picks the named fields out of an object; the others are skipped without being stored.
struct Cells<'f> {
    fields: &'f Fields,
}

impl<'de> DeserializeSeed<'de> for Cells<'_> {
    type Value = Found;
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Found, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Cells<'_> {
    type Value = Found;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("one object a line")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found, A::Error> {
        let mut found = Found::default();
        while let Some(slot) = map.next_key_seed(Key { fields: self.fields })? {
            let place = match slot {
                Slot::Text => &mut found.text,
                Slot::Id => &mut found.id,
                Slot::Title => &mut found.title,
                Slot::Date => &mut found.date,
                Slot::Other => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            *place = Some(map.next_value_seed(Value)?);
        }
        Ok(found)
    }
}

enum Slot {
    Text,
    Id,
    Title,
    Date,
    Other,
}

/// Tells which field a key names, without copying it.
struct Key<'f> {
    fields: &'f Fields,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Slot;
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Slot, D::Error> {
        json.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Slot;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a field name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Slot, E> {
        let Fields { text, id, title, date } = self.fields;
        let slots = [(text, Slot::Text), (id, Slot::Id), (title, Slot::Title), (date, Slot::Date)];
        Ok(slots.into_iter().find(|(field, _)| *field == name).map_or(Slot::Other, |(_, slot)| slot))
    }
}

/// Takes a string or a number, and names anything else.
struct Value;

impl<'de> DeserializeSeed<'de> for Value {
    type Value = Cell;
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Cell, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value {
    type Value = Cell;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("any value")
    }
    fn visit_str<E>(self, words: &str) -> Result<Cell, E> {
        Ok(Cell::Words(words.to_owned()))
    }
    fn visit_string<E>(self, words: String) -> Result<Cell, E> {
        Ok(Cell::Words(words))
    }
    fn visit_u64<E>(self, number: u64) -> Result<Cell, E> {
        Ok(Cell::Number(number.to_string()))
    }
    fn visit_i64<E>(self, number: i64) -> Result<Cell, E> {
        Ok(Cell::Number(number.to_string()))
    }
    fn visit_f64<E>(self, number: f64) -> Result<Cell, E> {
        Ok(Cell::Number(number.to_string()))
    }
    fn visit_bool<E>(self, _: bool) -> Result<Cell, E> {
        Ok(Cell::Other("true or false"))
    }
    fn visit_unit<E>(self) -> Result<Cell, E> {
        Ok(Cell::Other("null"))
    }
    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<Cell, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Cell::Other("a list"))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Cell, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Cell::Other("an object"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(line: &str) -> String {
        read(line, &Fields::default()).expect_err("a broken line").to_string()
    }

    #[test]
    fn fields_are_found_by_their_names_among_others() {
        let fields = Fields { text: "body".to_owned(), ..Fields::default() };
        let line = r#"{"meta": {"text": [1, {}]}, "id": 17, "b\u006fdy": "“No.”\n\nShe left.", "title": null, "date": "2024-05-01"}"#;
        let row = read(line, &fields).expect("a whole line");
        assert_eq!(row.text, "“No.”\n\nShe left.");
        assert_eq!((row.document.as_str(), row.title, row.date.as_deref()), ("17", None, Some("2024-05-01")));
    }

    #[test]
    fn a_missing_text_names_the_fields_that_are_there() {
        assert_eq!(
            problem(r#"{"id": "a", "body": "No."}"#),
            r#"no text in field "text"; its fields are "id", "body"; name the field that holds the text"#
        );
        assert!(problem("{}").contains("there are no fields"));
        assert!(problem(r#"{"text": null}"#).contains(r#"its fields are "text""#));
    }

    #[test]
    fn a_text_that_is_no_string_is_named() {
        assert_eq!(problem(r#"{"text": ["No."]}"#), r#"field "text" holds a list, not a string"#);
        assert_eq!(problem(r#"{"text": 5}"#), r#"field "text" holds a number, not a string"#);
    }

    #[test]
    fn broken_json_says_where() {
        assert_eq!(problem(r#"{"text": "No."#), "broken JSON: EOF while parsing a string at column 13");
        assert!(problem(r#"{"text": "No."} x"#).contains("trailing characters at column 17"));
        assert!(problem("[1]").contains("expected one object a line"));
        let article = format!("\"{}\"", "He left. ".repeat(1000));
        assert!(problem(&article).chars().count() < 200, "an article in the wrong place is not repeated whole");
    }
}
