//! `sayso extract`: the pipeline, told what the command line says.

use std::io::{self, IsTerminal};
use std::path::Path;

use sayso_corpus::pipeline::{self, End, Job, RunError, Summary};
use sayso_corpus::writers::{OutputFormat, Renderer};

use crate::arguments::Extract;
use crate::complain;
use crate::failure::Failure;
use crate::gather::file;
use crate::terminal::{self, Terminal};

pub(crate) fn extract(options: &Extract) -> Result<u8, Failure> {
    let job = job(options)?;
    let mut watch = Terminal::new(options.inputs.quiet, job.output.is_some() || !io::stdout().is_terminal());
    let extractor = options.inputs.model.extractor();
    let ended = pipeline::run(&job, move |text| extractor.extract(text), &mut watch);
    watch.clear();
    let status = |summary: Summary| u8::from(summary.errors > 0);
    match ended {
        Ok(End::Done(summary)) => {
            watch.tell_foreign(summary);
            Ok(status(summary))
        }
        Ok(End::Stopped(summary, part)) => {
            complain(&stopped(summary, part.as_deref()));
            Ok(watch.end_as_interrupted())
        }
        Err(RunError::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(u8::from(watch.failed())),
        Err(error) => Err(Failure::Run(error)),
    }
}

fn stopped(summary: Summary, part: Option<&Path>) -> String {
    let Summary { articles, statements, .. } = summary;
    let kept = part.map(|part| format!("; they are kept in {}", part.display())).unwrap_or_default();
    format!("interrupted after {articles} articles and {statements} statements{kept}")
}

fn job(options: &Extract) -> Result<Job, Failure> {
    let output = file(options.output.as_ref());
    let terminal = output.is_none() && io::stdout().is_terminal();
    let format = options.format.unwrap_or(if terminal { OutputFormat::Text } else { OutputFormat::JsonLines });
    let layout = terminal::layout(output);
    Ok(Job {
        inputs: options.inputs.paths()?,
        options: options.inputs.input_options(),
        renderer: Renderer { format, offsets: options.offsets.into(), safe_csv: options.safe_csv, layout },
        output: output.map(Path::to_owned),
        threads: options.inputs.threads(),
        resume: options.resume,
        version: options.inputs.model.version(),
    })
}
