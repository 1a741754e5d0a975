//! What is PostgreSQL's alone, on a real server.

mod cluster;
mod place;
mod types;

pub(crate) use self::place::PostgresPlace;
