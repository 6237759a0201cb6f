//! `sayso serve`: statements over HTTP, and the reader.
//!
//! One thread talks to the network; a pool of its own finds statements. A request comes to the pool when it is there as a whole, so
//! that a slow or a cut one holds no worker, and the bytes that all requests hold at once are bounded. Every error is JSON:
//! `{"error": {"status", "code", "message"}}`. Nothing is kept between two requests, and no text is written anywhere.

mod answer;
mod connection;
mod reader;
mod request;
mod routes;

use std::future::Future;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use sayso::Extractor;

use crate::arguments::Serve;
use crate::complain;
use crate::failure::Failure;

/// What a service takes at most.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Articles that are worked on at once; 0: as many as there are cores.
    pub threads: usize,
    /// Bytes of a request's body.
    pub max_body: usize,
    /// How long a request may take to arrive, and then to be answered.
    pub timeout: Duration,
    /// Requests that wait for their answer at once.
    pub concurrency: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { threads: 0, max_body: 4 << 20, timeout: Duration::from_secs(30), concurrency: 64 }
    }
}

/// A service that listens.
///
/// ```
/// use sayso_cli::serve::{Limits, Service};
/// let service = Service::bind("127.0.0.1:0".parse().unwrap(), Limits::default(), sayso::Extractor::english())?;
/// assert!(service.address().ip().is_loopback());
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Service {
    listener: TcpListener,
    limits: Limits,
    extractor: Extractor,
}

impl Service {
    /// Begins to listen; `extractor` finds the statements.
    ///
    /// # Errors
    /// If the address is taken, or not of this machine.
    pub fn bind(address: SocketAddr, limits: Limits, extractor: Extractor) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        Ok(Service { listener, limits, extractor })
    }

    /// Where it listens.
    ///
    /// # Panics
    /// If the system does not know its own socket.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.listener.local_addr().expect("the address of a bound socket")
    }

    /// Answers requests until `stop` is there; those that have begun are then answered, as long as the time limit allows.
    ///
    /// # Errors
    /// If the threads cannot be started.
    pub fn run(self, stop: impl Future<Output = ()>) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let router = routes::router(&self.limits, self.extractor)?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            connection::accept(listener, router, self.limits.timeout, stop).await;
            Ok(())
        })
    }
}

pub(crate) fn serve(options: &Serve) -> Result<u8, Failure> {
    let limits = Limits {
        threads: options.threads.map_or(0, usize::from),
        max_body: options.max_body,
        timeout: options.timeout,
        concurrency: usize::from(options.concurrency.max(1)),
    };
    let address = SocketAddr::new(options.host, options.port);
    let service = Service::bind(address, limits, options.model.extractor())
        .map_err(|why| Failure::Serve(format!("{address}: {why}: name another with --port")))?;
    complain(&format!("listening on http://{}", service.address()));
    service.run(told_to_stop()).map_err(|why| Failure::Serve(format!("the service cannot go on: {why}")))?;
    Ok(0)
}

/// Ctrl-C, or the signal that ends a service.
async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut ended) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = ended.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
