//! Where the work on many texts is done: on the caller's thread, or on a pool.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// Texts that each thread works on between two looks for Ctrl-C.
const TEXTS_PER_THREAD: usize = 32;

/// The threads that a caller asked for.
pub enum Threads {
    /// The caller's alone: nothing is started, as engines that run one worker a core want it.
    Caller,
    /// Several.
    Pool(Arc<ThreadPool>),
}

impl Threads {
    /// So many threads; none: all of the machine's.
    pub fn new(threads: Option<usize>) -> PyResult<Self> {
        match threads {
            None => shared().map(Threads::Pool),
            Some(_) => match count(threads)? {
                1 => Ok(Threads::Caller),
                count => Ok(Threads::Pool(Arc::new(pool(count)?))),
            },
        }
    }

    /// `work` on each number below `count`, in their order; Ctrl-C is looked for in between, and `take` is given what is done.
    pub fn each<R: Send>(
        &self,
        py: Python<'_>,
        count: usize,
        work: impl Fn(usize) -> R + Send + Sync,
        mut take: impl FnMut(Vec<R>),
    ) -> PyResult<()> {
        let width = TEXTS_PER_THREAD * if let Threads::Pool(pool) = self { pool.current_num_threads() } else { 1 };
        for begin in (0..count).step_by(width) {
            let part = begin..count.min(begin + width);
            take(py.detach(|| self.map(part, &work)));
            py.check_signals()?;
        }
        Ok(())
    }

    fn map<R: Send>(&self, numbers: Range<usize>, work: impl Fn(usize) -> R + Send + Sync) -> Vec<R> {
        match self {
            Threads::Caller => numbers.map(work).collect(),
            Threads::Pool(pool) => pool.install(|| numbers.into_par_iter().map(work).collect()),
        }
    }
}

/// How many threads a caller asked for; 0: as many as the machine has cores.
pub fn count(threads: Option<usize>) -> PyResult<usize> {
    match threads {
        Some(0) => Err(PyValueError::new_err("threads is 0: give 1 or more, or None for all of the machine's")),
        asked => Ok(asked.unwrap_or(0)),
    }
}

/// The pool that all calls of a process share. A process that was forked has none of its parent's threads and gets its own.
fn shared() -> PyResult<Arc<ThreadPool>> {
    static SHARED: Mutex<Option<(u32, Arc<ThreadPool>)>> = Mutex::new(None);
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    match &*shared {
        Some((process, there)) if *process == std::process::id() => Ok(Arc::clone(there)),
        _ => {
            let own = Arc::new(pool(0)?);
            // The parent's pool is left as it is: to end it would be to wait for threads that are not here.
            std::mem::forget(shared.replace((std::process::id(), Arc::clone(&own))));
            Ok(own)
        }
    }
}

/// A pool of so many threads; 0: as many as the machine has cores.
fn pool(threads: usize) -> PyResult<ThreadPool> {
    let built = ThreadPoolBuilder::new().num_threads(threads).build();
    built.map_err(|why| PyValueError::new_err(format!("{threads} threads cannot be had: {why}")))
}
