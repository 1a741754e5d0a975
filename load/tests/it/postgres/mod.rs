//! What is PostgreSQL's alone, on a real server.

mod address;
mod budget;
mod cluster;
mod cut;
mod place;
mod prepare;
mod proxy;
mod refused;
mod schema;
mod types;
mod unchanged;

pub(crate) use self::place::PostgresPlace;
#[cfg(feature = "adbc-tests")]
pub(crate) use self::{
    cluster::PASSWORD,
    proxy::{Cut, Proxy},
};
