//! Feeds the targets changed seeds, without a fuzzer and without its compiler flags: `mutate SECONDS [SEED] [TARGET]...`.
//!
//! Blind where the fuzzer sees which code an input reaches, but ready in a minute. An input that breaks something is written to `artifacts/`.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use sayso_fuzz::mutation::Mutation;
use sayso_fuzz::seeds::{Seed, all};
use sayso_fuzz::targets::{TARGETS, Target};

/// An input that takes longer is a finding, too.
const SLOW: Duration = Duration::from_secs(20);

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let mut number = |otherwise| arguments.next().map_or(otherwise, |a| a.parse::<u64>().expect("mutate SECONDS [SEED] [TARGET]..."));
    let (seconds, seed) = (number(60), number(1));
    let wanted: Vec<String> = arguments.collect();
    let chosen: Vec<&Target> = TARGETS.iter().filter(|(name, _)| wanted.is_empty() || wanted.iter().any(|w| w == name)).collect();
    let seeds = all();
    let mut broken = 0;
    for (at, target) in chosen.iter().enumerate() {
        let own: Vec<&Seed> = seeds.iter().filter(|s| s.target == target.0).collect();
        let share = Duration::from_secs(seconds) / (chosen.len() as u32);
        broken += run(target, &own, share, seed.wrapping_add(at as u64));
    }
    if broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs a target for its share of the time; how many inputs broke something.
fn run((name, target): &Target, seeds: &[&Seed], share: Duration, seed: u64) -> usize {
    let inputs: Vec<&[u8]> = seeds.iter().map(|s| &s.bytes[..]).collect();
    let mut mutation = Mutation::new(seed);
    let (begin, mut runs, mut broken) = (Instant::now(), 0_u64, 0);
    while begin.elapsed() < share {
        // The seeds themselves come first.
        let input = inputs.get(runs as usize).map_or_else(|| mutation.next(&inputs), |s| s.to_vec());
        let one = Instant::now();
        let held = catch_unwind(AssertUnwindSafe(|| target(&input))).is_ok();
        if !held || one.elapsed() > SLOW {
            broken += 1;
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("artifacts").join(name);
            let path = folder.join(format!("{seed}-{runs}"));
            fs::create_dir_all(&folder).and_then(|()| fs::write(&path, &input)).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            println!("{name}: {} took {:?}, broken: {}", path.display(), one.elapsed(), !held);
        }
        runs += 1;
    }
    println!("{name}: {runs} inputs in {:.0} s from {} seeds, {broken} broke something", begin.elapsed().as_secs_f64(), inputs.len());
    broken
}
