//! The Python module of sayso: classes over finished extractions, and the functions that make them.
//!
//! Python sees `sayso`, the package around this module; its names are written down in `python/sayso/_native.pyi`.

mod article;
mod document;
mod extractor;
mod html;
mod phrase;
mod speaker;
mod statement;

use std::ffi::OsString;

use pyo3::prelude::*;

pyo3::create_exception!(
    sayso,
    ModelError,
    pyo3::exceptions::PyException,
    "A model file that cannot be used; says what was found in it and what to do."
);

/// The native part of sayso.
#[pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use super::ModelError;
    #[pymodule_export]
    use super::document::{Document, restore};
    #[pymodule_export]
    use super::extractor::{Extractor, extract, extract_all};
    #[pymodule_export]
    use super::phrase::{Cue, Phrase};
    #[pymodule_export]
    use super::run_command;
    #[pymodule_export]
    use super::speaker::Speaker;
    #[pymodule_export]
    use super::statement::Statement;

    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

/// Runs the `sayso` command with its arguments, the program's name first, and returns its exit status.
#[pyfunction]
#[pyo3(name = "_run_command")]
fn run_command(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| sayso_cli::run(arguments))
}
