//! `sayso extract`: one thread reads ahead, all threads extract, one writes in order.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use sayso::Extractor;
use sayso_corpus::write::{self, Layout};
use sayso_corpus::{Article, DocumentRecord, InputError, Offsets, StatementRecord};

use crate::arguments::{Extract, Format};
use crate::batches::read_ahead;
use crate::complain;
use crate::failure::Failure;
use crate::output::Output;
use crate::progress::Progress;

pub(crate) fn extract(options: &Extract) -> Result<u8, Failure> {
    let paths = inputs(options)?;
    let pool = threads(options)?;
    let file = options.output.as_deref().filter(|path| *path != Path::new("-"));
    let page = Page::new(options, file.is_some());
    let mut output = file.map_or_else(|| Ok(Output::stdout()), Output::file)?;
    let mut progress = Progress::new(options.quiet || (file.is_none() && io::stdout().is_terminal()));
    let mut status = 0;
    for batch in read_ahead(sayso_corpus::articles(paths, options.input_options())) {
        let rendered: Vec<_> = pool.install(|| batch.into_par_iter().map(|article| article.map(|a| page.render(&a))).collect());
        match write_batch(&mut output, rendered, &mut progress) {
            Ok(all_read) => status |= u8::from(!all_read),
            Err(error) => return closed(error, status),
        }
    }
    match output.finish() {
        Ok(()) => Ok(status),
        Err(error) => closed(error, status),
    }
}

/// The paths to read. A path that is missing among others is one input that cannot be read; where all are missing, nothing can
/// start.
fn inputs(options: &Extract) -> Result<Vec<PathBuf>, Failure> {
    let Some(first) = options.paths.first() else {
        let nobody_types = !io::stdin().is_terminal();
        return if nobody_types { Ok(vec!["-".into()]) } else { Err(Failure::NothingToRead) };
    };
    let there = |path: &PathBuf| path == Path::new("-") || path.exists() || path.is_symlink();
    if options.paths.iter().any(there) { Ok(options.paths.clone()) } else { Err(Failure::NoSuchPath(first.clone())) }
}

fn threads(options: &Extract) -> Result<ThreadPool, Failure> {
    let count = options.threads.map_or(0, usize::from);
    ThreadPoolBuilder::new().num_threads(count).build().map_err(|error| Failure::Threads(error.to_string()))
}

/// Writes what became of a batch, and says whether all of it could be read.
fn write_batch(output: &mut Output, batch: Vec<Result<Rendered, InputError>>, progress: &mut Progress) -> io::Result<bool> {
    let (mut articles, mut statements, mut all_read) = (0, 0, true);
    for article in batch {
        match article {
            Ok(rendered) => {
                articles += 1;
                statements += rendered.statements;
                output.write_all(&rendered.bytes)?;
            }
            Err(error) => {
                progress.clear();
                complain(&error);
                all_read = false;
            }
        }
    }
    output.flush()?;
    progress.add(articles, statements);
    Ok(all_read)
}

/// The end of an output that takes no more: quiet where its reader has left.
fn closed(error: io::Error, status: u8) -> Result<u8, Failure> {
    if error.kind() == io::ErrorKind::BrokenPipe { Ok(status) } else { Err(Failure::Output(error)) }
}

/// What is written of one article.
struct Rendered {
    statements: usize,
    bytes: Vec<u8>,
}

/// How articles are written.
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

    fn render(&self, article: &Article) -> Rendered {
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
        Rendered { statements: extraction.statements.len(), bytes: out }
    }
}
