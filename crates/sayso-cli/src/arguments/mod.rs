//! The command line.

mod inputs;
#[cfg(all(test, feature = "dna", feature = "serve"))]
mod page;

use std::path::PathBuf;
use std::sync::LazyLock;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use sayso_corpus::Offsets;
use sayso_corpus::speakers::Merge;
use sayso_corpus::writers::OutputFormat;

pub(crate) use inputs::Inputs;
pub use inputs::Model;
#[cfg(feature = "serve")]
use inputs::size;

/// The versions of the program and of the model that is compiled in.
#[must_use]
pub fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| format!("{} (English model {})", env!("CARGO_PKG_VERSION"), sayso_en::VERSION));
    &VERSION
}

/// Finds every statement in news articles: what was said, by whom, how, to whom, when and where.
#[derive(Debug, Parser)]
#[command(name = "sayso", version = version(), max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Extract(Extract),
    Speakers(Speakers),
    Network(Network),
    #[cfg(feature = "serve")]
    Serve(Serve),
    Score(Score),
    /// Print the completions of a shell
    Completions {
        /// The shell that will read them
        shell: Shell,
    },
    /// Print a manual page (roff): `sayso man | man -l -`
    Man {
        /// The command to print the page of, such as extract; without it, that of sayso
        command: Option<String>,
    },
}

/// Read articles and write their statements
///
/// Reads plain text and HTML (a file is an article), JSON Lines, CSV, TSV and Parquet (a line or row is an article), WARC (an
/// archived page is an article) and IPTC ninjs, each also as .gz or .zst. Exit status: 0 if every input was read, 1 if one could
/// not be, 2 if nothing could start.
#[derive(Args, Debug)]
pub(crate) struct Extract {
    #[command(flatten)]
    pub(crate) inputs: Inputs,

    /// What to write; jsonl unless standard output is a terminal, then text
    #[arg(short, long, value_parser = formats())]
    pub(crate) format: Option<OutputFormat>,

    /// Write to FILE; it appears when all is written, never half
    ///
    /// An interrupted run (Ctrl-C) keeps what is complete in FILE.part, and --resume goes on with it.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// What offsets count
    #[arg(long, value_enum, default_value_t = Unit::Chars)]
    pub(crate) offsets: Unit,

    /// Go on where a run with the same inputs and options was cut off, even by a kill or a crash; needs -o FILE
    #[arg(long, requires = "output")]
    pub(crate) resume: bool,

    /// In CSV, let no cell be run as a formula: one that begins with = + - @ gets an apostrophe before it
    #[arg(long)]
    pub(crate) safe_csv: bool,
}

/// A format by its name.
fn formats() -> impl TypedValueParser<Value = OutputFormat> {
    let names = OutputFormat::ALL.map(|(_, name, help)| PossibleValue::new(name).help(help));
    PossibleValuesParser::new(names).try_map(|name| OutputFormat::named(&name).ok_or("no such format"))
}

/// Sum up who speaks in articles
///
/// Tells of each speaker how many statements, which share of all words in quotation marks, how many direct, mixed and indirect, the
/// acts, the affiliations, and the days of the first and the last article. Speakers of different articles that have the same name
/// and no differing affiliation are joined, and who was joined is shown.
#[derive(Args, Debug)]
pub(crate) struct Speakers {
    #[command(flatten)]
    pub(crate) inputs: Inputs,

    /// What to write
    #[arg(short, long, value_enum, default_value_t = SpeakersFormat::Table)]
    pub(crate) format: SpeakersFormat,

    /// Write to FILE; it appears when all is written, never half
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Which speakers of different articles are the same
    #[arg(long, value_enum, default_value_t = MergeBy::Affiliation)]
    pub(crate) merge: MergeBy,

    /// Show only the N that have the most statements
    #[arg(long, value_name = "N")]
    pub(crate) top: Option<usize>,

    /// In CSV, let no cell be run as a formula: one that begins with = + - @ gets an apostrophe before it
    #[arg(long)]
    pub(crate) safe_csv: bool,
}

/// Write who speaks about or to whom as a graph
///
/// An edge leads from a speaker to each speaker of the same article whom the statement mentions, and to whom it is made. Gephi and
/// networkx read graphml and csv; dna is a database of Discourse Network Analyzer with the articles, and persons, organisations and
/// statements to be coded.
#[derive(Args, Debug)]
pub(crate) struct Network {
    #[command(flatten)]
    pub(crate) inputs: Inputs,

    /// What to write
    #[arg(short, long, value_enum, default_value_t = NetworkFormat::Graphml)]
    pub(crate) format: NetworkFormat,

    /// Write to FILE; it appears when all is written, never half
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// With --format csv, write the nodes to FILE, too
    #[arg(long, value_name = "FILE")]
    pub(crate) nodes: Option<PathBuf>,

    /// Which speakers of different articles are the same
    #[arg(long, value_enum, default_value_t = MergeBy::Affiliation)]
    pub(crate) merge: MergeBy,

    /// In CSV, let no cell be run as a formula: one that begins with = + - @ gets an apostrophe before it
    #[arg(long)]
    pub(crate) safe_csv: bool,
}

/// Serve over HTTP: the reader at /, statements as JSON at /v1/extract
///
/// Nothing is kept and no text is logged. GET /openapi.json describes it.
#[cfg(feature = "serve")]
#[derive(Args, Debug)]
pub(crate) struct Serve {
    /// The address to listen on; others than this machine reach it only at another than 127.0.0.1
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(crate) host: std::net::IpAddr,

    /// The port to listen on; 0: any that is free
    #[arg(long, value_name = "N", default_value_t = 8318)]
    pub(crate) port: u16,

    /// Which model finds the statements
    #[arg(short, long, value_enum, default_value_t = Model::Fast)]
    pub(crate) model: Model,

    /// How many articles to work on at once; all cores unless given
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,

    /// The longest body of a request, in bytes, or with K, M or G behind
    #[arg(long, value_name = "SIZE", default_value = "4M", value_parser = size)]
    pub(crate) max_body: usize,

    /// Seconds that a request may take to arrive, and then to be answered
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub(crate) timeout: std::time::Duration,

    /// Requests that wait for an answer at once; more are told to come again
    #[arg(long, value_name = "N", default_value_t = 64)]
    pub(crate) concurrency: u16,
}

/// "0.5" to half a second.
#[cfg(feature = "serve")]
fn seconds(words: &str) -> Result<std::time::Duration, String> {
    let seconds = words.parse::<f64>().ok().filter(|&seconds| seconds > 0.0);
    seconds.and_then(|seconds| std::time::Duration::try_from_secs_f64(seconds).ok()).ok_or_else(|| "seconds, such as 30 or 0.5".to_owned())
}

/// Score statements against gold attributions
///
/// Prints token, exact and statement F1 over source, cue and content, and with --speakers how often the speaker is right.
#[derive(Args, Debug)]
pub(crate) struct Score {
    /// Gold articles, one a line: {"id", "text", "attributions": [{"id", "source", "cue", "content"}]}
    pub(crate) gold: PathBuf,

    /// Statements as `sayso extract --format jsonl` writes them, or - for standard input
    pub(crate) predicted: PathBuf,

    /// Gold speakers, one attribution a line
    #[arg(long, value_name = "FILE")]
    pub(crate) speakers: Option<PathBuf>,

    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// What to write of speakers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SpeakersFormat {
    /// For people to read
    Table,
    /// One speaker a row, with a header
    Csv,
    /// One object: the totals and the speakers
    Json,
    /// A page with bars, for a browser
    Html,
}

/// What to write of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum NetworkFormat {
    /// One graph, for networkx, Gephi, igraph and visone
    Graphml,
    /// One edge a row, with a header
    Csv,
    /// A database of Discourse Network Analyzer 3 (SQLite)
    #[cfg(feature = "dna")]
    Dna,
}

/// Which speakers of different articles are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MergeBy {
    /// Those of one name whose affiliations do not differ
    Affiliation,
    /// Those of one name
    Name,
    /// None: articles stay apart
    None,
}

impl From<MergeBy> for Merge {
    fn from(by: MergeBy) -> Self {
        match by {
            MergeBy::Affiliation => Merge::NameAndAffiliation,
            MergeBy::Name => Merge::Name,
            MergeBy::None => Merge::Nothing,
        }
    }
}

/// What offsets count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Unit {
    /// Unicode code points, as in Python
    Chars,
    /// Bytes of UTF-8, as in Rust and Go
    Bytes,
    /// UTF-16 code units, as in JavaScript and Java
    Utf16,
}

impl From<Unit> for Offsets {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::Chars => Offsets::Chars,
            Unit::Bytes => Offsets::Bytes,
            Unit::Utf16 => Offsets::Utf16,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Arguments::command().debug_assert();
    }
}
