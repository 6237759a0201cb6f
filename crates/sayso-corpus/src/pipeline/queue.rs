//! What is on its way from the reader to the writer, bounded.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// The reader rests when so many records or bytes are on their way: memory is bounded, and all threads have work.
const RECORDS: usize = 1024;
const BYTES: usize = 8 << 20;

#[derive(Default)]
struct State {
    records: usize,
    bytes: usize,
    closed: bool,
}

/// Counts records from when they are read until they are written.
#[derive(Default)]
pub(crate) struct Gauge {
    state: Mutex<State>,
    changed: Condvar,
}

impl Gauge {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until there is room, and takes it; false: nobody wants more.
    pub(crate) fn enter(&self, bytes: usize) -> bool {
        let full = |state: &mut State| !state.closed && (state.records >= RECORDS || state.bytes >= BYTES);
        let mut state = self.changed.wait_while(self.lock(), full).unwrap_or_else(PoisonError::into_inner);
        state.records += 1;
        state.bytes += bytes;
        !state.closed
    }

    /// Gives the room of a record back.
    pub(crate) fn leave(&self, bytes: usize) {
        let mut state = self.lock();
        state.records -= 1;
        state.bytes -= bytes;
        drop(state);
        self.changed.notify_all();
    }

    /// Sends the reader home.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }
}
