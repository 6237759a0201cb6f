//! `sayso extract`: one thread reads ahead, all threads extract, one writes in order.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread::{self, JoinHandle};

use anstream::{AutoStream, ColorChoice};
use rayon::prelude::*;
use sayso::Extractor;
use sayso_corpus::write::{self, Layout};
use sayso_corpus::{Article, Articles, DocumentRecord, InputError, Offsets, StatementRecord};

use crate::arguments::{Extract, Format};
use crate::complain;
use crate::failure::Failure;
use crate::output::Output;
use crate::progress::Progress;

/// A batch is full at so many articles or bytes of text: what is in memory is bounded, and all threads have work.
const BATCH_ARTICLES: usize = 1024;
const BATCH_BYTES: usize = 8 << 20;

type Batch = Vec<Result<Article, InputError>>;

pub(crate) fn extract(options: &Extract) -> Result<u8, Failure> {
    let paths = if options.paths.is_empty() {
        if io::stdin().is_terminal() {
            return Err(Failure::NothingToRead);
        }
        vec!["-".into()]
    } else {
        options.paths.clone()
    };
    // A path that is missing among others is one input that cannot be read; where all are missing, nothing can start.
    let there = |path: &Path| path == Path::new("-") || path.exists() || path.is_symlink();
    if let Some(missing) = paths.first().filter(|_| !paths.iter().any(|path| there(path))) {
        return Err(Failure::NoSuchPath(missing.clone()));
    }
    let mut pool = rayon::ThreadPoolBuilder::new();
    if let Some(threads) = options.threads {
        pool = pool.num_threads(threads.into());
    }
    let pool = pool.build().map_err(|error| Failure::Threads(error.to_string()))?;
    let file = options.output.as_deref().filter(|path| *path != Path::new("-"));
    let page = Page::new(options, file.is_some());
    let mut output = file.map_or_else(|| Ok(Output::stdout()), Output::file)?;

    let (batches, reader) = read_ahead(sayso_corpus::articles(paths, options.input_options()));
    let mut progress = Progress::new(options.quiet || (file.is_none() && io::stdout().is_terminal()));
    let mut status = 0;
    for batch in batches {
        let rendered: Vec<Result<(usize, Vec<u8>), InputError>> =
            pool.install(|| batch.into_par_iter().map(|article| Ok(page.render(&article?))).collect());
        let (mut articles, mut statements) = (0, 0);
        for article in rendered {
            match article {
                Ok((count, bytes)) => {
                    articles += 1;
                    statements += count;
                    if let Err(error) = output.write_all(&bytes) {
                        return closed(error, status);
                    }
                }
                Err(error) => {
                    progress.clear();
                    complain(&error);
                    status = 1;
                }
            }
        }
        if let Err(error) = output.flush() {
            return closed(error, status);
        }
        progress.add(articles, statements);
    }
    if let Err(panic) = reader.join() {
        std::panic::resume_unwind(panic);
    }
    match output.finish() {
        Ok(()) => Ok(status),
        Err(error) => closed(error, status),
    }
}

/// The end of an output that takes no more: quiet where its reader has left.
fn closed(error: io::Error, status: u8) -> Result<u8, Failure> {
    if error.kind() == io::ErrorKind::BrokenPipe { Ok(status) } else { Err(Failure::Output(error)) }
}

/// Reads one batch ahead of the one being worked on. The thread is left to itself when nobody takes its batches any more:
/// it may wait for standard input for ever.
fn read_ahead(articles: Articles) -> (Receiver<Batch>, JoinHandle<()>) {
    let (sender, receiver) = mpsc::sync_channel(1);
    (receiver, thread::spawn(move || fill_batches(articles, &sender)))
}

fn fill_batches(articles: Articles, sender: &SyncSender<Batch>) {
    let (mut batch, mut bytes) = (Batch::new(), 0);
    for article in articles {
        bytes += article.as_ref().map_or(0, |article| article.text.len());
        batch.push(article);
        if batch.len() >= BATCH_ARTICLES || bytes >= BATCH_BYTES {
            bytes = 0;
            if sender.send(std::mem::take(&mut batch)).is_err() {
                return;
            }
        }
    }
    let _ = sender.send(batch);
}

/// What is written of an article.
struct Page {
    extractor: Extractor,
    format: Format,
    offsets: Offsets,
    layout: Layout,
}

impl Page {
    fn new(options: &Extract, to_file: bool) -> Self {
        let terminal = !to_file && io::stdout().is_terminal();
        let format = options.format.unwrap_or(if terminal { Format::Text } else { Format::Jsonl });
        let color = !to_file && AutoStream::choice(&io::stdout()) != ColorChoice::Never;
        let columns = terminal_size::terminal_size().filter(|_| terminal).map_or(80, |(width, _)| usize::from(width.0));
        let layout = Layout { width: columns.min(100), color };
        Page { extractor: Extractor::english(), format, offsets: options.offsets.into(), layout }
    }

    /// The statements of an article: how many, and what is written of them.
    fn render(&self, article: &Article) -> (usize, Vec<u8>) {
        let Article { document, title, text, .. } = article;
        let extraction = self.extractor.extract(text);
        let mut out = Vec::new();
        let written = match self.format {
            Format::Jsonl => StatementRecord::all(document, text, &extraction, self.offsets)
                .iter()
                .try_for_each(|statement| write::json_line(&mut out, statement)),
            Format::Documents | Format::Text => {
                let record = DocumentRecord::new(document, title.as_deref(), text, &extraction, self.offsets);
                if self.format == Format::Text { write::page(&mut out, &record, self.layout) } else { write::json_line(&mut out, &record) }
            }
        };
        written.expect("memory takes all that is written");
        (extraction.statements.len(), out)
    }
}
