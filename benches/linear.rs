//! How the time grows with the length of texts that are nothing but trouble: `cargo bench -p sayso-benches --bench linear`.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

use std::process::ExitCode;
use std::time::Instant;

use sayso::Extractor;
use sayso_tests::check_invariants;

/// Twice the text may take this much longer; four times would be quadratic.
const MOST: f64 = 3.0;

/// A megabyte that takes longer is not waited for twice, in seconds.
const PATIENCE: f64 = 5.0;

fn main() -> ExitCode {
    let extractor = Extractor::english();
    let mut worst: f64 = 0.0;
    println!("{:<14} {:>10} {:>10} {:>10} {:>8} {:>8}", "1, 2, 4 MB of", "1 MB", "2 MB", "4 MB", "2/1", "4/2");
    for piece in ["“", "He said ", "\"", "“He said ", "the ", "said ", "(", "\n\n“", "Ana Ruiz, "] {
        let mut out_of_patience = false;
        let seconds = [1_u32, 2, 4].map(|megabytes| {
            if out_of_patience {
                return f64::NAN;
            }
            let text = piece.repeat((megabytes as usize * (1 << 20)) / piece.len());
            let begin = Instant::now();
            let extraction = extractor.extract(&text);
            let took = begin.elapsed().as_secs_f64();
            check_invariants(&text, &extraction);
            out_of_patience = took > PATIENCE * f64::from(megabytes);
            took
        });
        let ratios = [seconds[1] / seconds[0], seconds[2] / seconds[1]];
        worst = if out_of_patience || worst.is_infinite() { f64::INFINITY } else { ratios.iter().copied().fold(worst, f64::max) };
        let [one, two, four] = seconds;
        println!("{:<14} {one:>8.2} s {two:>8.2} s {four:>8.2} s {:>8.2} {:>8.2}", format!("{piece:?}"), ratios[0], ratios[1]);
    }
    if worst > MOST {
        println!("not linear: twice the text took more than {MOST} times as long, or a megabyte more than {PATIENCE} s");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
