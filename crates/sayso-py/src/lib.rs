//! The Python module of sayso: classes over finished extractions, and the functions that make them.
//!
//! Python sees `sayso`, the package around this module; its names are written down in `python/sayso/_native.pyi`.

mod arrow;
mod article;
mod document;
mod extractor;
mod files;
mod phrase;
mod reading;
mod speaker;
mod statement;
mod strings;
mod table;
mod threads;

use std::ffi::OsString;

use pyo3::prelude::*;

pyo3::create_exception!(
    sayso,
    ModelError,
    pyo3::exceptions::PyException,
    "A model file that cannot be used; says what was found in it and what to do."
);

pyo3::create_exception!(
    sayso,
    InputWarning,
    pyo3::exceptions::PyUserWarning,
    "An input, or a record of it, that cannot be read; says which, what was found and what to do. What follows is read."
);

/// The native part of sayso.
#[pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use super::InputWarning;
    #[pymodule_export]
    use super::ModelError;
    #[pymodule_export]
    use super::document::{Document, restore};
    #[pymodule_export]
    use super::extractor::{Extractor, extract, extract_all, extract_table, to_table};
    #[pymodule_export]
    use super::files::{Progress, Summary, extract_files};
    #[pymodule_export]
    use super::phrase::{Cue, Phrase};
    #[pymodule_export]
    use super::reading::{Article, Articles, read};
    #[pymodule_export]
    use super::run_command;
    #[pymodule_export]
    use super::speaker::Speaker;
    #[pymodule_export]
    use super::statement::Statement;
    #[pymodule_export]
    use super::table::{Column, Table, statement_lists};

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
