//! Golden pages, invariants and properties that ride on every text.
