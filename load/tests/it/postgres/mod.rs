//! What is PostgreSQL's alone, on a real server.

mod address;
mod cluster;
mod place;
mod schema;
mod types;

pub(crate) use self::place::PostgresPlace;
