//! What loading promises, proved on real database files.

mod dispositions;
mod failures;
mod kill;
mod progress;
mod schema;
mod support;
mod types;
