//! Answers: JSON, and errors that are JSON.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use serde::Serialize;

/// JSON, one value.
pub(super) const JSON: &str = "application/json";
/// JSON, a value a line.
pub(super) const LINES: &str = "application/x-ndjson";
/// What reads an answer must not guess, keep or frame it.
const GUARDS: [(header::HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::CACHE_CONTROL, "no-store"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
];

/// A finished answer.
pub(super) fn answer(status: StatusCode, kind: &'static str, body: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    for (name, value) in GUARDS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Why a request gets no statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    /// A word for programs.
    pub(super) code: &'static str,
    /// What was found and what to do, for people.
    pub(super) message: String,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Refusal { status, code, message: message.into() }
    }

    /// More than can be done now.
    pub(super) fn busy() -> Self {
        Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "too many requests at once: come again in a second")
    }

    /// What the HTTP of a request breaks, before anybody could read it.
    pub(super) fn of_protocol(status: StatusCode) -> Self {
        let (code, message) = match status {
            StatusCode::REQUEST_TIMEOUT => ("too_slow", "the request took too long to arrive"),
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => ("header_too_large", "the header of the request is too large"),
            StatusCode::URI_TOO_LONG => ("uri_too_long", "the address of the request is too long"),
            _ => ("bad_request", "the request is no HTTP/1.1: send a POST to /v1/extract, or a GET to /openapi.json to learn how"),
        };
        Refusal::new(status, code, message)
    }

    pub(super) fn body(&self) -> Vec<u8> {
        #[derive(Serialize)]
        struct Error<'r> {
            error: Said<'r>,
        }
        #[derive(Serialize)]
        struct Said<'r> {
            status: u16,
            code: &'r str,
            message: &'r str,
        }
        let said = Said { status: self.status.as_u16(), code: self.code, message: &self.message };
        serde_json::to_vec(&Error { error: said }).unwrap_or_default()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response<Body> {
        let mut response = answer(self.status, JSON, self.body());
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if self.status == StatusCode::METHOD_NOT_ALLOWED {
            response
                .headers_mut()
                .insert(header::ALLOW, HeaderValue::from_static(if self.code == "post_only" { "POST" } else { "GET, HEAD" }));
        }
        response
    }
}
