//! What is ADBC's alone, on a real PostgreSQL and a real SQLite, by the drivers of the projects of these.

mod database;
mod driver;
mod place;
mod sqlite;

pub(crate) use self::{place::AdbcPostgresPlace, sqlite::AdbcSqlitePlace};

/// The path of a driver's library.
fn library(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| {
        panic!(
            "`{variable}` is the path of a driver, such as `libadbc_driver_sqlite.so` of PyPI's `adbc-driver-sqlite`"
        )
    })
}
