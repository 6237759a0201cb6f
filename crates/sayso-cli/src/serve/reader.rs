//! The reader of the service: the page of `--format html`, with a box for an article.

use axum::http::{HeaderMap, StatusCode, header};
use sayso::Extractor;
use sayso_corpus::view::{ArticleView, Reader};
use sayso_corpus::{DocumentRecord, Offsets};

use crate::serve::answer::Refusal;

/// What a browser calls a form.
const FORM: &str = "application/x-www-form-urlencoded";

const READER: Reader<'static> = Reader { action: Some("/") };

/// The page without an article.
pub(super) fn empty() -> Vec<u8> {
    let mut page = Vec::new();
    let written = READER.begin(&mut page).and_then(|()| READER.end(&mut page));
    debug_assert!(written.is_ok(), "memory takes all");
    page
}

/// Whether a body is a form.
pub(super) fn is_form(headers: &HeaderMap) -> bool {
    let named = headers.get(header::CONTENT_TYPE).and_then(|named| named.to_str().ok()).unwrap_or_default();
    named.split(';').next().is_some_and(|named| named.trim().eq_ignore_ascii_case(FORM))
}

/// Why a body that is no form gets no page.
pub(super) fn no_form() -> Refusal {
    let message = "here a form is read, for browsers: POST articles to /v1/extract";
    Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", message)
}

/// The page with the article of the form's field `text`.
pub(super) fn of_form(form: &[u8], extractor: &Extractor) -> Result<Vec<u8>, Refusal> {
    let text = form_urlencoded::parse(form).find(|(name, _)| name == "text").map(|(_, text)| text);
    let none = || Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "no_article", "the form has no field \"text\"");
    let text = text.ok_or_else(none)?;
    let extraction = extractor.extract(&text);
    let record = DocumentRecord::new("-", None, &text, &extraction, Offsets::Chars);
    let mut page = Vec::new();
    let view = ArticleView { text: &text, date: None, record: &record };
    let written = READER.begin(&mut page).and_then(|()| READER.article(&mut page, &view)).and_then(|()| READER.end(&mut page));
    written.map_err(|_| Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "failed", "the page could not be made"))?;
    Ok(page)
}
