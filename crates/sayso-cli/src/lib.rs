//! The `sayso` command as a library, so that the Python wheel can install it too.

mod arguments;
mod extract;
mod failure;
mod gather;
mod network;
mod progress;
mod score;
#[cfg(feature = "serve")]
pub mod serve;
mod speakers;
mod terminal;

use std::ffi::OsString;
use std::io::{self, Write};

use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command};
use failure::Failure;

pub use arguments::{Model, version};

/// Runs the command with its arguments, the program's name first, and gives its exit status: 0 if all went well, 1 if an input
/// could not be read, 2 if nothing could start.
///
/// ```
/// assert_eq!(sayso_cli::run(["sayso", "extract", "--no-such-flag"]), 2);
/// ```
pub fn run<A: Into<OsString> + Clone>(arguments: impl IntoIterator<Item = A>) -> u8 {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(asked) => {
            // Help and version are "errors" that go to standard output with status 0; a closed pipe there is no concern.
            let _ = asked.print();
            return u8::try_from(asked.exit_code()).unwrap_or(2);
        }
    };
    let done = match arguments.command {
        Command::Extract(options) => extract::extract(&options),
        Command::Speakers(options) => speakers::speakers(&options),
        Command::Network(options) => network::network(&options),
        #[cfg(feature = "serve")]
        Command::Serve(options) => serve::serve(&options),
        Command::Score(options) => score::score(&options),
        Command::Completions { shell } => print(|out| {
            clap_complete::generate(shell, &mut Arguments::command(), "sayso", out);
            Ok(())
        }),
        Command::Man { command } => manual(command.as_deref()),
    };
    match done {
        Ok(status) => status,
        Err(failure) => {
            complain(&failure);
            failure.status()
        }
    }
}

/// One line on standard error; where even that is closed, nobody is there to read it.
fn complain(what: &dyn std::fmt::Display) {
    let _ = writeln!(io::stderr(), "sayso: {what}");
}

/// Prints what `render` makes, all at once.
fn print(render: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> Result<u8, Failure> {
    let mut page = Vec::new();
    render(&mut page).map_err(Failure::Output)?;
    let mut out = io::stdout().lock();
    match out.write_all(&page).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(0),
    }
}

/// The manual page of the command, or of one of its subcommands.
fn manual(name: Option<&str>) -> Result<u8, Failure> {
    let mut command = Arguments::command();
    command.build();
    let page = match name {
        None => command,
        Some(name) => command.find_subcommand(name).cloned().ok_or_else(|| Failure::NoSuchCommand(name.to_owned()))?,
    };
    print(|out| clap_mangen::Man::new(page.version(arguments::version())).render(out))
}
