//! Articles in, statements out: readers, writers and the scorer.
