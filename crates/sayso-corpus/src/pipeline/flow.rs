//! From inputs to what is made of each article: one thread reads, all work, and what they made comes back in the order read.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::error::{InputError, Problem};
use crate::guard::guarded;
use crate::pipeline::queue::Gauge;
use crate::pipeline::{Progress, RunError, Summary, Watch};
use crate::readers::{Article, InputOptions, Outcome, Position, Record, Records, total_bytes};

/// Between two looks at whether to stop.
const BEAT: Duration = Duration::from_millis(100);

/// What became of a record, its number first.
pub(super) struct Arrived<T> {
    number: u64,
    pub(super) position: Position,
    size: usize,
    pub(super) what: What<T>,
}

pub(super) enum What<T> {
    /// What was made of an article, and how many statements it has.
    Made(T, u64),
    Failed(InputError),
    Foreign,
    Nothing,
}

/// Takes what arrives.
pub(super) trait Taker<T> {
    /// Takes what became of the next record.
    fn take(&mut self, arrived: Arrived<T>, watch: &mut dyn Watch) -> io::Result<()>;
    /// Is told that nothing more is there at the moment.
    fn rest(&mut self) -> io::Result<()>;
    /// What is done so far.
    fn summary(&self) -> Summary;
}

/// The reader and the workers; dropped, they go home.
pub(super) struct Flow<T> {
    arrivals: Receiver<Arrived<T>>,
    gauge: Arc<Gauge>,
    stop: Arc<AtomicBool>,
    bytes: Arc<AtomicU64>,
    total: Option<u64>,
}

impl<T: Send + 'static> Flow<T> {
    /// Reads on from a position; `work` makes something of an article, and counts its statements.
    pub(super) fn start(
        mut records: Records,
        position: Position,
        threads: usize,
        work: impl Fn(&Article) -> io::Result<(T, u64)> + Send + Sync + 'static,
    ) -> Result<Self, RunError> {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().map_err(|error| RunError::Threads(error.to_string()))?;
        let (sender, arrivals) = mpsc::channel();
        let (gauge, stop, bytes) = (Arc::<Gauge>::default(), Arc::<AtomicBool>::default(), records.counter());
        let work = Arc::new(Work { options: records.options().clone(), make: work, stop: Arc::clone(&stop) });
        let room = Arc::clone(&gauge);
        // The thread is left to itself when nobody takes what it reads any more: it may wait for standard input for ever.
        thread::spawn(move || {
            records.skip_to(position);
            read(&mut records, &pool, &room, &work, &sender);
        });
        Ok(Flow { arrivals, gauge, stop, bytes, total: None })
    }

    /// Finds out how many bytes there are to read, if that is wanted.
    pub(super) fn measured(mut self, inputs: &[std::path::PathBuf], watch: &dyn Watch) -> Self {
        self.total = watch.wants_total().then(|| total_bytes(inputs)).flatten();
        self
    }

    /// Hands over all that comes, in the order in which it was read; false: it was told to stop.
    pub(super) fn hand_over(&self, taker: &mut impl Taker<T>, watch: &mut dyn Watch) -> io::Result<bool> {
        let mut early: BTreeMap<u64, Arrived<T>> = BTreeMap::new();
        let mut wanted = 0;
        let mut next_look = Instant::now();
        loop {
            let arrived = match self.arrivals.try_recv() {
                Ok(arrived) => Ok(arrived),
                Err(_) => {
                    taker.rest()?;
                    self.arrivals.recv_timeout(BEAT)
                }
            };
            if Instant::now() >= next_look {
                next_look = Instant::now() + BEAT;
                if watch.stop() {
                    return Ok(false);
                }
                watch.progress(&self.progress(taker.summary()));
            }
            match arrived {
                Ok(arrived) => drop(early.insert(arrived.number, arrived)),
                Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => {
                    watch.progress(&self.progress(taker.summary()));
                    return Ok(!watch.stop());
                }
            }
            while let Some(arrived) = early.remove(&wanted) {
                wanted += 1;
                self.gauge.leave(arrived.size);
                taker.take(arrived, watch)?;
            }
        }
    }

    fn progress(&self, summary: Summary) -> Progress {
        Progress { summary, bytes: self.bytes.load(Ordering::Relaxed), total: self.total }
    }
}

impl<T> Drop for Flow<T> {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.gauge.close();
    }
}

/// Reads records and hands each to the pool.
fn read<T: Send + 'static>(
    records: &mut Records,
    pool: &ThreadPool,
    room: &Gauge,
    work: &Arc<Work<impl Fn(&Article) -> io::Result<(T, u64)> + Send + Sync + 'static>>,
    sender: &Sender<Arrived<T>>,
) {
    for number in 0.. {
        let record = match guarded(|| records.next()) {
            Ok(Some(record)) => record,
            Ok(None) => return,
            Err(panic) => {
                let what = What::Failed(InputError::new("the inputs", Problem::Panic(panic)));
                let _ = sender.send(Arrived { number, position: records.reached(), size: 0, what });
                return;
            }
        };
        let (position, size) = (records.reached(), record.as_ref().map_or(0, Record::size));
        if !room.enter(size) {
            return;
        }
        match record {
            Err(error) => drop(sender.send(Arrived { number, position, size, what: What::Failed(error) })),
            Ok(record) => {
                let (work, sender) = (Arc::clone(work), sender.clone());
                pool.spawn_fifo(move || {
                    if !work.stop.load(Ordering::Relaxed) {
                        let what = work.on(record);
                        let _ = sender.send(Arrived { number, position, size, what });
                    }
                });
            }
        }
    }
}

/// What is done with a record.
struct Work<M> {
    options: InputOptions,
    make: M,
    stop: Arc<AtomicBool>,
}

impl<M> Work<M> {
    fn on<T>(&self, record: Record) -> What<T>
    where
        M: Fn(&Article) -> io::Result<(T, u64)>,
    {
        let (path, place) = (Arc::clone(&record.path), record.place);
        let failed = |problem| What::Failed(InputError::at(&path, place, problem));
        guarded(|| match record.article(&self.options) {
            Ok(Outcome::Article(article)) => match (self.make)(&article) {
                Ok((made, statements)) => What::Made(made, statements),
                Err(error) => failed(error.into()),
            },
            Ok(Outcome::Foreign) => What::Foreign,
            Ok(Outcome::Nothing) => What::Nothing,
            Err(error) => What::Failed(error),
        })
        .unwrap_or_else(|panic| failed(Problem::Panic(panic)))
    }
}
