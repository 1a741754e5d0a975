//! What is PostgreSQL's alone, on a real server.

mod cluster;
mod place;

pub(crate) use self::place::PostgresPlace;
