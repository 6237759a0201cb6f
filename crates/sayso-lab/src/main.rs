//! Corpora to models.
fn main() {}
