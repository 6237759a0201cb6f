//! The `sayso` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(sayso_cli::run(std::env::args_os()))
}
