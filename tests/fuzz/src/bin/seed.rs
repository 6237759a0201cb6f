//! Writes the seeds of all targets into `corpus/`, where the fuzzer looks for them.

use std::fs;
use std::path::Path;

fn main() {
    for seed in sayso_fuzz::seeds::all() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(seed.target);
        fs::create_dir_all(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
        fs::write(folder.join(&seed.name), &seed.bytes).unwrap_or_else(|e| panic!("{}: {e}", seed.name));
    }
}
