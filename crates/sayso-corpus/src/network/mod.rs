//! Who speaks about or to whom in a corpus, as a graph, and as a file for Discourse Network Analyzer.
//!
//! [`ArticleTies::of`] finds the ties of one article; [`Weaver`] takes in one article after the other and makes a [`Network`] of
//! them, whose nodes are the speakers that [`crate::speakers::Survey`] joins, and whoever they speak to.

#[cfg(feature = "dna")]
pub mod dna;
mod edges;
mod graphml;
mod ties;
mod weave;

pub use edges::{edges, nodes};
pub use graphml::graphml;
pub use ties::{ArticleTies, Target, Tie};
pub use weave::{Edge, Network, Node, Weaver};
