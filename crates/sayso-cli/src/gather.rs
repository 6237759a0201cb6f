//! What `sayso speakers` and `sayso network` do alike: go through articles, and write when all are read.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sayso::Extraction;
use sayso_corpus::pipeline::{self, Corpus, RunError};
use sayso_corpus::readers::Article;
use sayso_corpus::writers::Output;

use crate::arguments::Inputs;
use crate::complain;
use crate::failure::Failure;
use crate::terminal::Terminal;

/// Goes through the articles of some inputs: `take` is given what `of` makes of each and its statements. Gives the exit status; an
/// interrupted run ends here.
pub(crate) fn gather<T: Send + 'static>(
    inputs: &Inputs,
    of: impl Fn(&Article, &Extraction) -> T + Send + Sync + 'static,
    take: impl FnMut(T) -> io::Result<()>,
) -> Result<u8, Failure> {
    let corpus = Corpus { inputs: inputs.paths()?, options: inputs.input_options(), threads: inputs.threads() };
    let extractor = inputs.model.extractor();
    let make = move |article: &Article| {
        let extraction = extractor.extract(&article.text);
        (of(article, &extraction), extraction.statements.len() as u64)
    };
    let mut watch = Terminal::new(inputs.quiet, true);
    let gathered = pipeline::gather(&corpus, make, take, &mut watch);
    watch.clear();
    match gathered.map_err(Failure::Run)? {
        Some(summary) => {
            watch.tell_foreign(summary);
            Ok(u8::from(summary.errors > 0))
        }
        None => {
            complain(&Failure::Interrupted);
            watch.end_as_interrupted();
            Err(Failure::Interrupted)
        }
    }
}

/// The file to write; none: standard output.
pub(crate) fn file(output: Option<&PathBuf>) -> Option<&Path> {
    output.map(PathBuf::as_path).filter(|path| *path != Path::new("-"))
}

/// Writes to a file that appears when all is written, or to standard output; a closed pipe is no concern.
pub(crate) fn write(file: Option<&Path>, write: impl FnOnce(&mut Output) -> io::Result<()>) -> Result<(), Failure> {
    let mut out = match file {
        Some(path) => Output::file(path).map_err(|error| Failure::Run(RunError::NoOutput(error)))?,
        None => Output::stdout(),
    };
    match write(&mut out).and_then(|()| out.flush()).and_then(|()| out.finish()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(()),
    }
}
