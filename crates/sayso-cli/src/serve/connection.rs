//! Connections: accepted, bounded in number and time, and closed so that the last answer arrives.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};

use crate::serve::answer::Refusal;

/// Connections at once; more wait in the system's queue.
const CONNECTIONS: usize = 512;
/// Bytes of a request's header.
const HEADER: usize = 64 << 10;
/// How long what a refused client still sends is taken off, so that it comes to read why.
const LINGER: Duration = Duration::from_secs(2);

/// Accepts connections until `stop` is there, then waits for those that are open, as long as `limit`.
pub(super) async fn accept(listener: TcpListener, router: Router, limit: Duration, stop: impl Future<Output = ()>) {
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let (stopping, stopped) = watch::channel(false);
    let mut stop = pin!(stop);
    loop {
        let next = async {
            let place = Arc::clone(&room).acquire_owned().await;
            (listener.accept().await, place)
        };
        tokio::select! {
            () = &mut stop => break,
            (accepted, place) = next => match accepted {
                Ok((stream, _)) => {
                    let talk = talk(stream, router.clone(), limit, stopped.clone());
                    tokio::spawn(async move {
                        talk.await;
                        drop(place);
                    });
                }
                // No more files may be open: others will be closed.
                Err(_) => sleep(Duration::from_millis(50)).await,
            },
        }
    }
    drop(listener);
    let _ = stopping.send(true);
    let _ = timeout(limit, room.acquire_many(CONNECTIONS as u32)).await;
}

/// Answers the requests of one connection.
async fn talk(stream: TcpStream, router: Router, limit: Duration, mut stopped: watch::Receiver<bool>) {
    let _ = stream.set_nodelay(true);
    let service = TowerToHyperService::new(router);
    let service = service_fn(move |request| Box::pin(service.call(request)));
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limit)
        .max_buf_size(HEADER)
        .serve_connection(TokioIo::new(Line { stream, heard: false, refused: None }), service);
    let mut told = false;
    let ended = loop {
        tokio::select! {
            ended = poll_fn(|cx| connection.poll_without_shutdown(cx)) => break ended,
            _ = stopped.wait_for(|stopped| *stopped), if !told => {
                told = true;
                Pin::new(&mut connection).graceful_shutdown();
            }
        }
    };
    let mut line = connection.into_parts().io.into_inner();
    if let Some(status) = line.refused.or_else(|| ended.err().and_then(|error| refused(&error, line.heard))) {
        let _ = timeout(LINGER, line.stream.write_all(&head_and_body(status))).await;
    }
    let _ = timeout(LINGER, hang_up(line.stream)).await;
}

/// The status for what ended a connection, if its client is to be told.
fn refused(error: &hyper::Error, heard: bool) -> Option<StatusCode> {
    match () {
        () if error.is_timeout() => heard.then_some(StatusCode::REQUEST_TIMEOUT),
        () if error.is_parse() || (error.is_incomplete_message() && heard) => Some(StatusCode::BAD_REQUEST),
        () => None,
    }
}

fn head_and_body(status: StatusCode) -> Vec<u8> {
    let body = Refusal::of_protocol(status).body();
    let reason = status.canonical_reason().unwrap_or_default();
    let head = format!(
        "HTTP/1.1 {} {reason}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        status.as_u16(),
        body.len()
    );
    [head.into_bytes(), body].concat()
}

/// Ends the sending side, and takes off what still comes: a socket that is closed with bytes unread takes the answer with it.
async fn hang_up(mut stream: TcpStream) {
    let mut rest = [0; 4096];
    if stream.shutdown().await.is_ok() {
        while matches!(stream.read(&mut rest).await, Ok(1..)) {}
    }
}

/// A connection that remembers whether a request has begun, and what hyper refused by itself: its answers to what is no HTTP have no
/// body, and an answer with one is sent in their place.
struct Line {
    stream: TcpStream,
    /// Whether bytes came since the last answer.
    heard: bool,
    refused: Option<StatusCode>,
}

impl AsyncRead for Line {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buffer);
        self.heard |= buffer.filled().len() > before;
        read
    }
}

impl AsyncWrite for Line {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if let Some(status) = bodiless(bytes) {
            self.refused = Some(status);
            return Poll::Ready(Ok(bytes.len()));
        }
        self.heard = false;
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// The status of an answer that is an error without a body: none of the service's own is.
fn bodiless(bytes: &[u8]) -> Option<StatusCode> {
    let head = bytes.strip_prefix(b"HTTP/1.1 4").or_else(|| bytes.strip_prefix(b"HTTP/1.0 4"))?;
    let empty = head.windows(19).any(|part| part.eq_ignore_ascii_case(b"content-length: 0\r\n"));
    let status = std::str::from_utf8(head.get(..2)?).ok()?.parse::<u16>().ok()?;
    StatusCode::from_u16(400 + status).ok().filter(|_| empty)
}
