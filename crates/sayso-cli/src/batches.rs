//! Articles read ahead of the work, handed over in batches: whatever is there when the last batch is done.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use sayso_corpus::{Article, Articles, InputError};

/// The reader rests when so many articles or bytes of text wait: what is in memory is bounded, and all threads have work.
const ARTICLES: usize = 1024;
const BYTES: usize = 8 << 20;

type Item = Result<Article, InputError>;

#[derive(Default)]
struct Waiting {
    items: Vec<Item>,
    bytes: usize,
    /// The reader has read all, or has failed.
    read: bool,
    /// Nobody takes batches any more.
    left: bool,
}

#[derive(Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

impl Queue {
    /// A reader that panicked between two articles leaves the queue as it was.
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait_while(&self, busy: impl FnMut(&mut Waiting) -> bool) -> MutexGuard<'_, Waiting> {
        self.changed.wait_while(self.lock(), busy).unwrap_or_else(PoisonError::into_inner)
    }
}

/// The batches of some inputs, in order; dropped, the reader stops at its next article.
pub(crate) struct Batches {
    queue: Arc<Queue>,
    reader: Option<JoinHandle<()>>,
}

/// Starts to read. The thread is left to itself when nobody takes its batches any more: it may wait for standard input for ever.
pub(crate) fn read_ahead(articles: Articles) -> Batches {
    let queue = Arc::new(Queue::default());
    let reader = Reader(Arc::clone(&queue));
    Batches { queue, reader: Some(thread::spawn(move || reader.read(articles))) }
}

impl Iterator for Batches {
    type Item = Vec<Item>;

    fn next(&mut self) -> Option<Vec<Item>> {
        let mut waiting = self.queue.wait_while(|waiting| waiting.items.is_empty() && !waiting.read);
        let batch = std::mem::take(&mut waiting.items);
        waiting.bytes = 0;
        drop(waiting);
        self.queue.changed.notify_all();
        if batch.is_empty() {
            if let Some(Err(panic)) = self.reader.take().map(JoinHandle::join) {
                std::panic::resume_unwind(panic);
            }
            return None;
        }
        Some(batch)
    }
}

impl Drop for Batches {
    fn drop(&mut self) {
        self.queue.lock().left = true;
        self.queue.changed.notify_all();
    }
}

/// The reading end; dropped, even by a panic, it says that nothing more comes.
struct Reader(Arc<Queue>);

impl Reader {
    fn read(self, articles: Articles) {
        for item in articles {
            let full = |waiting: &mut Waiting| !waiting.left && (waiting.items.len() >= ARTICLES || waiting.bytes >= BYTES);
            let mut waiting = self.0.wait_while(full);
            if waiting.left {
                return;
            }
            waiting.bytes += item.as_ref().map_or(0, |article| article.text.len());
            waiting.items.push(item);
            drop(waiting);
            self.0.changed.notify_all();
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.0.lock().read = true;
        self.0.changed.notify_all();
    }
}
