//! The `sayso` command as a library, so that the Python wheel can install it too.
