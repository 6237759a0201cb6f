//! The Python module of sayso.
