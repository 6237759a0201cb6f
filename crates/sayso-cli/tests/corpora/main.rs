//! Corpora of every format through the command: read, damaged, written, cut off and gone on with.

mod damaged;
mod formats;
mod pages;
mod resume;
mod samples;
