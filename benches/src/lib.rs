//! Benchmarks of sayso: whole articles, stages, load time, scaling.
