//! What is Delta Lake's alone, read by Python's `deltalake`.

mod place;
mod reader;
mod tables;

pub(crate) use self::place::DeltaPlace;
