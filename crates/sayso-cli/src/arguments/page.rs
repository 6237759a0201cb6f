//! docs/command.md: the command line as a page, from what clap knows. Without some features it would lack their options.

use std::fmt::Write as _;
use std::path::Path;

use clap::{Arg, Command, CommandFactory};

const HEAD: &str = "# The command

<!-- Written by `make docs` from the definitions of the command line; do not edit. -->

";

const FOOT: &str = "
`sayso COMMAND --help` prints the same in a terminal, `sayso --version` the versions of the program and of the fast model.
";

fn page(mut command: Command) -> String {
    command.build();
    let mut page = HEAD.to_owned();
    let _ = writeln!(page, "{}.\n\n| | |\n|---|---|", command.get_about().expect("what it is about"));
    let commands: Vec<_> = command.get_subcommands().filter(|command| command.get_name() != "help").cloned().collect();
    for command in &commands {
        let (name, about) = (command.get_name(), command.get_about().expect("what it is about"));
        let _ = writeln!(page, "| [`sayso {name}`](#sayso-{name}) | {} |", cell(&about.to_string()));
    }
    page.push_str(FOOT);
    commands.into_iter().for_each(|command| section(&mut page, command));
    page
}

/// A command: what it does, how it is called, its arguments and options under their headings.
fn section(page: &mut String, mut command: Command) {
    let usage = command.render_usage().to_string();
    let about = command.get_long_about().or(command.get_about()).expect("what it is about").to_string();
    let about = about.lines().map(|line| if line.is_empty() || line.ends_with('.') { line.to_owned() } else { format!("{line}.") });
    let _ = writeln!(page, "\n## `sayso {}`\n\n{}\n", command.get_name(), about.collect::<Vec<_>>().join("\n"));
    let _ = writeln!(page, "```sh\n{}\n```", usage.trim_start_matches("Usage: "));
    let arguments: Vec<&Arg> = command.get_arguments().filter(|argument| argument.get_id() != "help" && !argument.is_hide_set()).collect();
    let mut headings: Vec<Option<&str>> = arguments.iter().map(|argument| argument.get_help_heading()).collect();
    headings.sort_unstable();
    headings.dedup();
    for heading in headings {
        let _ = writeln!(page, "\n| {} | default | |\n|---|---|---|", heading.unwrap_or_default());
        let under = arguments.iter().filter(|argument| argument.get_help_heading() == heading);
        page.extend(under.map(|argument| row(argument)));
    }
}

/// Its names, its default, what it does and which values it takes.
fn row(argument: &Arg) -> String {
    let short = argument.get_short().map_or_else(String::new, |short| format!("`-{short}`, "));
    let help = argument.get_long_help().or(argument.get_help()).expect("what it does").to_string();
    let (mut default, mut values) = (String::new(), String::new());
    if argument.get_action().takes_values() {
        default.extend(argument.get_default_values().iter().map(|value| format!("`{}`", value.display())));
        values.extend(argument.get_possible_values().iter().map(|value| match value.get_help() {
            Some(help) => format!("<br>`{}` — {help}", value.get_name()),
            None => format!(" `{}`", value.get_name()),
        }));
    }
    format!("| {short}`{argument}` | {default} | {} |\n", cell(&(help + &values)))
}

fn cell(words: &str) -> String {
    words.replace('|', "\\|").replace("\n\n", "<br>")
}

/// `UPDATE_GOLDEN=1` writes it.
#[test]
fn the_page_of_the_command_says_what_there_is() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/command.md");
    let real = page(super::Arguments::command());
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &real).expect("written");
    } else {
        let page = std::fs::read_to_string(&path).expect("docs/command.md");
        assert_eq!(page, real, "docs/command.md: `make docs` writes what clap says now");
    }
}
