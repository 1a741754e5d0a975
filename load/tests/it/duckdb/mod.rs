//! What is DuckDB's alone, on a real one.

mod database;
mod place;
mod reader;

pub(crate) use self::place::DuckDbPlace;
