//! A whole corpus gone through once, and something gathered of each article.

use std::io;
use std::path::PathBuf;

use crate::pipeline::flow::{Arrived, Flow, Taker, What};
use crate::pipeline::{RunError, Summary, Watch};
use crate::readers::{Article, InputOptions, Position, Records};

/// Articles to go through.
#[derive(Clone, Debug)]
pub struct Corpus {
    /// Files and folders; "-" is standard input.
    pub inputs: Vec<PathBuf>,
    /// How they are read.
    pub options: InputOptions,
    /// How many articles are worked on at once; 0: as many as there are cores.
    pub threads: usize,
}

/// Goes through a corpus: `make` works on each article, on all threads, and says how many statements it has; `take` is given what
/// it made, in the order of the corpus. None: it was told to stop.
///
/// An article on which `make` panics is an error like a broken one.
///
/// # Errors
/// If the threads cannot be started, or `take` fails.
pub fn gather<T: Send + 'static>(
    corpus: &Corpus,
    make: impl Fn(&Article) -> (T, u64) + Send + Sync + 'static,
    take: impl FnMut(T) -> io::Result<()>,
    watch: &mut dyn Watch,
) -> Result<Option<Summary>, RunError> {
    let records = Records::new(corpus.inputs.clone(), corpus.options.clone());
    let flow = Flow::start(records, Position::default(), corpus.threads, move |article: &Article| Ok(make(article)))?;
    let flow = flow.measured(&corpus.inputs, watch);
    let mut gatherer = Gatherer { take, summary: Summary::default() };
    let whole = flow.hand_over(&mut gatherer, watch).map_err(RunError::Output)?;
    Ok(whole.then_some(gatherer.summary))
}

struct Gatherer<F> {
    take: F,
    summary: Summary,
}

impl<T, F: FnMut(T) -> io::Result<()>> Taker<T> for Gatherer<F> {
    fn take(&mut self, arrived: Arrived<T>, watch: &mut dyn Watch) -> io::Result<()> {
        match arrived.what {
            What::Made(made, statements) => {
                (self.take)(made)?;
                self.summary.articles += 1;
                self.summary.statements += statements;
            }
            What::Failed(error) => {
                self.summary.errors += 1;
                watch.error(&error);
            }
            What::Foreign => self.summary.foreign += 1,
            What::Nothing => {}
        }
        Ok(())
    }

    fn rest(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn summary(&self) -> Summary {
        self.summary
    }
}
