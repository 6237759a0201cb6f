//! Corpora to models: trains what sayso-en ships, scores it, and describes it.

mod antecedents;
mod boost;
mod calibration;
mod card;
mod coreference;
mod corpora;
mod crf;
mod cue_words;
mod cues;
mod damage;
mod encoder_data;
mod error_text;
mod errors;
mod eval;
mod floors;
mod fragments;
mod gold;
mod grammar;
mod lemmas;
mod parser;
mod passes;
mod perceptron;
mod random;
mod ranker;
mod recorded;
mod results;
mod sets;
mod speaker_errors;
mod speakers;
mod tagger;
mod train;
mod trust;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Corpora to models: trains what sayso-en ships, scores it, and describes it.
#[derive(Parser)]
struct Arguments {
    /// The folder with data/ and eval/.
    #[arg(long, default_value = "../shared", global = true)]
    shared: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Train everything and write crates/sayso-en/model.bin and the learned word tables.
    Train {
        /// Train only these sections and keep the others as they are in the model file.
        #[arg(long, value_delimiter = ',')]
        only: Vec<String>,
        /// Train the passes over statements with what these encoders tell (files of pack.py), and write crates/sayso-en-accurate/statements.bin:
        /// the first of two tells of the articles at even places, which it must not have learned from, the second of the others.
        #[arg(long, conflicts_with = "only", num_args = 1..)]
        encoder: Vec<PathBuf>,
        /// Write the model here instead.
        #[arg(short, long)]
        output: Option<String>,
    },
    /// Score what ships on the annotated articles and record the figures in crates/sayso-lab/results.
    Eval {
        /// Score this model file instead, and record nothing.
        #[arg(long)]
        model: Option<PathBuf>,
        /// Score the model with the passes of --model over it, and this encoder (a file of pack.py).
        #[arg(long, requires = "model")]
        encoder: Option<PathBuf>,
        /// The same with what an encoder that only Python can run thinks of a set: a file of `encoder-data` with the scores of score.py beside it.
        #[arg(long, requires = "model", conflicts_with = "encoder")]
        told: Option<PathBuf>,
    },
    /// Print the statements that are missed, spurious or wrong, worst first, with their text.
    Errors(errors::Errors),
    Damage(damage::Damage),
    /// Count the word tables of cues and write them to crates/sayso-en/lexicon.
    Cues,
    EncoderData(encoder_data::EncoderData),
    Score(fragments::Score),
    /// Score speakers, acts and circumstances.
    Speakers(speakers::Speakers),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let shared = corpora::Shared(arguments.shared);
    if !shared.is_there() && !matches!(arguments.command, Command::Damage(_)) {
        eprintln!("sayso-lab: the corpora are not at {}: this command needs them (--shared FOLDER)", shared.0.display());
        return ExitCode::from(2);
    }
    let done = match arguments.command {
        Command::Train { only, encoder, output } => train::train(&shared, &only, &encoder, output.as_deref()),
        Command::Eval { model: Some(passes), told: Some(articles), .. } => eval::eval_told(&shared, &passes, &articles),
        Command::Eval { model, encoder, .. } => eval::eval(&shared, model.as_deref(), encoder.as_deref()),
        Command::Errors(arguments) => errors::errors(&shared, &arguments),
        Command::Damage(arguments) => damage::damage(shared.is_there().then_some(&shared), &arguments),
        Command::Cues => cues::cues(&shared),
        Command::EncoderData(arguments) => encoder_data::encoder_data(&shared, &arguments),
        Command::Score(arguments) => fragments::score(&shared, &arguments),
        Command::Speakers(arguments) => speakers::speakers(&shared, &arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("sayso-lab: {why}");
            ExitCode::FAILURE
        }
    }
}
