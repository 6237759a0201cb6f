//! Requests: a body read within its limits, and the articles in it.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use http_body_util::BodyExt;
use sayso_corpus::readers::{Article, Fields, json_article};
use sayso_corpus::{Offsets, Problem, decode};
use serde::Deserialize;
use serde_json::value::RawValue;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

use crate::serve::answer::Refusal;

/// Articles in one request.
const ARTICLES: usize = 1000;

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One article.
    Text,
    /// One article as an object, or several.
    Json,
    /// An article a line.
    Lines,
}

impl Kind {
    /// As the header says; text where it says nothing.
    pub(super) fn of(headers: &HeaderMap) -> Result<Self, Refusal> {
        let unsupported = |message: &str| Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", message);
        if headers.get(header::CONTENT_ENCODING).is_some_and(|coding| coding != "identity") {
            return Err(unsupported("packed bodies are not read: send it without Content-Encoding"));
        }
        let Some(named) = headers.get(header::CONTENT_TYPE) else { return Ok(Kind::Text) };
        let named = named.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match named.as_str() {
            "text/plain" => Ok(Kind::Text),
            "application/json" => Ok(Kind::Json),
            "application/x-ndjson" | "application/jsonl" => Ok(Kind::Lines),
            _ => Err(unsupported("name the body's kind by Content-Type: text/plain, application/json or application/x-ndjson")),
        }
    }
}

/// What offsets count, as the query says.
pub(super) fn offsets(uri: &Uri) -> Result<Offsets, Refusal> {
    let mut offsets = Offsets::Chars;
    for part in uri.query().unwrap_or_default().split('&').filter(|part| !part.is_empty()) {
        offsets = match part {
            "offsets=chars" => Offsets::Chars,
            "offsets=bytes" => Offsets::Bytes,
            "offsets=utf16" => Offsets::Utf16,
            _ => return Err(Refusal::new(StatusCode::BAD_REQUEST, "bad_query", "the query may be offsets=chars, bytes or utf16")),
        };
    }
    Ok(offsets)
}

/// A body that is there as a whole, and the room it takes.
pub(super) struct Whole {
    pub(super) bytes: Vec<u8>,
    pub(super) room: Option<OwnedSemaphorePermit>,
}

/// Reads a body; `room` has a permit for each byte that all bodies may have at once.
pub(super) async fn whole(
    headers: &HeaderMap,
    mut body: Body,
    most: usize,
    limit: Duration,
    room: &Arc<Semaphore>,
) -> Result<Whole, Refusal> {
    let too_large = || {
        let message = format!("the body has more than {most} bytes: send less, or start the service with a higher --max-body");
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", message)
    };
    let told = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if told.is_some_and(|told| told > most) {
        return Err(too_large());
    }
    let deadline = Instant::now() + limit;
    let mut whole = Whole { bytes: Vec::new(), room: None };
    while let Some(frame) = timeout_at(deadline, body.frame()).await.map_err(|_| Refusal::of_protocol(StatusCode::REQUEST_TIMEOUT))? {
        let cut =
            |_| Refusal::new(StatusCode::BAD_REQUEST, "cut", "the body ends before its end, or breaks the rules of its transfer coding");
        let Ok(data) = frame.map_err(cut)?.into_data() else { continue };
        if whole.bytes.len() + data.len() > most {
            return Err(too_large());
        }
        whole.take(&data, room)?;
    }
    Ok(whole)
}

impl Whole {
    fn take(&mut self, data: &Bytes, room: &Arc<Semaphore>) -> Result<(), Refusal> {
        let wanted = u32::try_from(data.len()).unwrap_or(u32::MAX);
        let more = Arc::clone(room).try_acquire_many_owned(wanted).map_err(|_| Refusal::busy())?;
        match &mut self.room {
            Some(room) => room.merge(more),
            none => *none = Some(more),
        }
        self.bytes.extend_from_slice(data);
        Ok(())
    }
}

/// The articles of a request, and whether they came as one.
pub(super) struct Articles {
    pub(super) articles: Vec<Article>,
    pub(super) single: bool,
}

#[derive(Deserialize)]
struct Many<'b> {
    #[serde(borrow, default)]
    articles: Option<Vec<&'b RawValue>>,
}

/// Takes the articles out of a body; the first that is none refuses them all.
pub(super) fn articles(kind: Kind, bytes: Vec<u8>) -> Result<Articles, Refusal> {
    match kind {
        Kind::Text => {
            let text = decode(bytes).map_err(|problem| unfit(&problem, None))?;
            Ok(Articles { articles: vec![Article { document: "-".to_owned(), text, ..Article::default() }], single: true })
        }
        Kind::Lines => {
            let lines = bytes.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
            several(lines)
        }
        Kind::Json if bytes.trim_ascii_start().first() == Some(&b'[') => {
            let items: Vec<&RawValue> = serde_json::from_slice(&bytes).map_err(|error| broken(&error))?;
            several(items.iter().map(|item| item.get().as_bytes()))
        }
        Kind::Json => match serde_json::from_slice::<Many<'_>>(&bytes).map_err(|error| broken(&error))?.articles {
            Some(items) => several(items.iter().map(|item| item.get().as_bytes())),
            None => Ok(Articles { articles: vec![one(&bytes, None)?], single: true }),
        },
    }
}

fn several<'b>(items: impl Iterator<Item = &'b [u8]>) -> Result<Articles, Refusal> {
    let mut articles = Vec::new();
    for item in items {
        if articles.len() == ARTICLES {
            let message = format!("more than {ARTICLES} articles in one request: send them in several");
            return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "too_many", message));
        }
        articles.push(one(item, Some(articles.len() + 1))?);
    }
    Ok(Articles { articles, single: false })
}

/// The article of an object; `number` is its place among others, from 1.
fn one(json: &[u8], number: Option<usize>) -> Result<Article, Refusal> {
    let mut article = json_article(json, &Fields::default()).map_err(|problem| unfit(&problem, number))?;
    if article.document.is_empty() {
        article.document = number.map_or_else(|| "-".to_owned(), |number| format!("-#{number}"));
    }
    Ok(article)
}

fn broken(error: &serde_json::Error) -> Refusal {
    let place = format!("broken JSON at line {} column {}", error.line(), error.column());
    let message = if error.is_data() {
        format!("{place}: one article is {{\"text\": \"…\"}}, several are a list of such or {{\"articles\": [ … ]}}")
    } else {
        place
    };
    Refusal::new(StatusCode::BAD_REQUEST, "broken_json", message)
}

fn unfit(problem: &Problem, number: Option<usize>) -> Refusal {
    let place = number.map_or(String::new(), |number| format!("article {number}: "));
    match problem {
        Problem::BrokenJson(_) | Problem::NotUtf8(_) => Refusal::new(StatusCode::BAD_REQUEST, "broken_json", format!("{place}{problem}")),
        _ => Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "no_article", format!("{place}{problem}")),
    }
}
