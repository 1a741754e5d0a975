//! Rows that PostgreSQL refuses because of a column which is declared `unique`.

use tokio_postgres::{
    Error as Refusal,
    error::{DbError, SqlState},
};

use super::{
    error::{Cause, failed},
    name::MAX_NAME,
};
use crate::{
    Error, Shape,
    sql::{index::unique_name, unique::clash},
};

/// For `map_err`: what failed when rows were written into the tables of a shape.
pub(super) fn refused(shape: &Shape, what: String) -> impl FnOnce(Refusal) -> Error + '_ {
    move |refusal| {
        let by = refusal.as_db_error().filter(|by| *by.code() == SqlState::UNIQUE_VIOLATION);
        let index = by.and_then(DbError::constraint);
        let clash = index.and_then(|index| {
            clash(shape, |table, column| unique_name(table, column, MAX_NAME) == index)
        });
        match clash {
            Some(clash) => clash.error(&what, Cause(refusal)),
            None => failed(what)(refusal),
        }
    }
}
