//! What is answered where.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode, Uri};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use sayso::Extractor;
use sayso_corpus::readers::Article;
use sayso_corpus::{DocumentRecord, Offsets, guarded};
use tokio::sync::{Semaphore, oneshot};
use tokio::time::timeout;

use crate::arguments::version;
use crate::serve::Limits;
use crate::serve::answer::{JSON, LINES, Refusal, answer};
use crate::serve::reader;
use crate::serve::request::{Articles, Kind, Whole, articles, offsets, whole};

/// The description of the service, without its version.
const OPENAPI: &str = include_str!("openapi.json");
/// Bodies of the greatest length for which there is room at once.
const BODIES: usize = 16;

/// What all requests share: nothing that one leaves to another.
struct Shared {
    extractor: Extractor,
    pool: ThreadPool,
    max_body: usize,
    timeout: Duration,
    /// A permit for each byte of the bodies that are held.
    room: Arc<Semaphore>,
    /// A permit for each request that waits for its answer.
    waiting: Arc<Semaphore>,
}

pub(super) fn router(limits: &Limits, extractor: Extractor) -> io::Result<Router> {
    let named = |number| format!("sayso-{number}");
    let pool = ThreadPoolBuilder::new().num_threads(limits.threads).thread_name(named).build().map_err(io::Error::other)?;
    let shared = Shared {
        extractor,
        pool,
        max_body: limits.max_body,
        timeout: limits.timeout,
        room: Arc::new(Semaphore::new(limits.max_body.saturating_mul(BODIES).min(Semaphore::MAX_PERMITS))),
        waiting: Arc::new(Semaphore::new(limits.concurrency)),
    };
    let post_only = || async { Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "post_only", "POST an article here: see /openapi.json") };
    let get_only = || async { Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "get_only", "only GET is answered here: see /openapi.json") };
    let get_or_post = || async { Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "get_or_post", "GET the reader, or POST its form") };
    let nothing = || async { Refusal::new(StatusCode::NOT_FOUND, "not_found", "nothing is here: see /openapi.json") };
    Ok(Router::new()
        .route("/", get(reader).post(read).fallback(get_or_post))
        .route("/v1/extract", post(extract).fallback(post_only))
        .route("/openapi.json", get(openapi).fallback(get_only))
        .route("/healthz", get(healthz).fallback(get_only))
        .fallback(nothing)
        .with_state(Arc::new(shared)))
}

async fn healthz() -> Response<Body> {
    answer(StatusCode::OK, JSON, format!("{{\"status\":\"ok\",\"version\":\"{}\"}}", version()))
}

async fn openapi() -> Response<Body> {
    answer(StatusCode::OK, JSON, OPENAPI.replace("VERSION", env!("CARGO_PKG_VERSION")))
}

async fn reader() -> Response<Body> {
    page(reader::empty())
}

async fn read(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Body) -> Response<Body> {
    let made = if reader::is_form(&headers) {
        shared.made(&headers, body, |shared, bytes, _| reader::of_form(&bytes, &shared.extractor)).await
    } else {
        Err(reader::no_form())
    };
    made.map_or_else(IntoResponse::into_response, page)
}

/// The page brings its own content security policy, which lets only its own script run.
fn page(html: Vec<u8>) -> Response<Body> {
    answer(StatusCode::OK, "text/html; charset=utf-8", html)
}

async fn extract(State(shared): State<Arc<Shared>>, uri: Uri, headers: HeaderMap, body: Body) -> Response<Body> {
    let (kind, offsets) = match Kind::of(&headers).and_then(|kind| Ok((kind, offsets(&uri)?))) {
        Ok(asked) => asked,
        Err(refusal) => return refusal.into_response(),
    };
    let made = shared.made(&headers, body, move |shared, bytes, gone| shared.answer(kind, bytes, offsets, gone)).await;
    made.map_or_else(IntoResponse::into_response, |(kind, json)| answer(StatusCode::OK, kind, json))
}

/// Set when nobody waits for the answer any more: the client has gone, or the time is over.
struct Left(Arc<AtomicBool>);

impl Drop for Left {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

fn failed() -> Refusal {
    Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "failed", "sayso itself failed on this request; please report it with the article")
}

impl Shared {
    /// What the pool's threads make of a request's body; `work` is told when nobody waits for it any more.
    async fn made<T: Send + 'static>(
        self: &Arc<Self>,
        headers: &HeaderMap,
        body: Body,
        work: impl FnOnce(&Self, Vec<u8>, &AtomicBool) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let Whole { bytes, room } = whole(headers, body, self.max_body, self.timeout, &self.room).await?;
        let place = Arc::clone(&self.waiting).try_acquire_owned().map_err(|_| Refusal::busy())?;
        let left = Left(Arc::default());
        let (answers, answered) = oneshot::channel();
        let (shared, gone) = (Arc::clone(self), Arc::clone(&left.0));
        self.pool.spawn_fifo(move || {
            if !gone.load(Ordering::Relaxed) {
                let _ = answers.send(guarded(|| work(&shared, bytes, &gone)).unwrap_or_else(|_| Err(failed())));
            }
            // Kept until the work is done, not only until the client has gone: what is worked on is bounded.
            drop((place, room));
        });
        match timeout(self.timeout, answered).await {
            Ok(made) => made.unwrap_or_else(|_| Err(failed())),
            Err(_) => {
                Err(Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "too_long", "it took too long: send less at once, or come again later"))
            }
        }
    }

    /// The answer to a request, made on the pool's threads; `gone`: nobody waits for it any more.
    fn answer(&self, kind: Kind, bytes: Vec<u8>, offsets: Offsets, gone: &AtomicBool) -> Result<(&'static str, Vec<u8>), Refusal> {
        let Articles { articles, single } = articles(kind, bytes)?;
        if let ([article], true) = (articles.as_slice(), single) {
            return Ok((JSON, self.document(article, offsets)));
        }
        let work = |article: &Article| if gone.load(Ordering::Relaxed) { Vec::new() } else { self.document(article, offsets) };
        let documents: Vec<Vec<u8>> = articles.par_iter().map(work).collect();
        if kind == Kind::Lines {
            let lines = documents.into_iter().flat_map(|document| document.into_iter().chain([b'\n'])).collect();
            return Ok((LINES, lines));
        }
        Ok((JSON, [b"{\"documents\":[".as_slice(), &documents.join(&b','), b"]}"].concat()))
    }

    fn document(&self, article: &Article, offsets: Offsets) -> Vec<u8> {
        let extraction = self.extractor.extract(&article.text);
        serde_json::to_vec(&DocumentRecord::of(article, &extraction, offsets)).unwrap_or_default()
    }
}
