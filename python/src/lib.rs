//! The module `rest_source._native`: what the package for Python needs of the Rust libraries.
//!
//! Classes and functions that Python's users see are written in Python, in `rest_source/`. Here is what
//! they are made of: a description that is understood, its records and record batches, and loading them.

#![deny(missing_docs)]

mod batches;
mod command;
mod error;
mod load;
mod log;
mod reader;
mod records;
mod row_limit;
mod runtime;
mod source;

use pyo3::prelude::*;

#[pymodule]
mod _native {
    #[pymodule_export]
    use crate::{
        batches::{Batch, Batches},
        command::run_command,
        records::Records,
        source::Source,
    };
}
