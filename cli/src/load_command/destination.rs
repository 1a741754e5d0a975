//! Where rows are loaded to, as the command line says it.

use std::str::FromStr;

use rest_source_load::Sqlite;

/// A destination that an argument names.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    /// A SQLite database file.
    Sqlite(Sqlite),
}

impl FromStr for Place {
    type Err = String;

    fn from_str(text: &str) -> Result<Place, String> {
        // What follows may hold a password, and is not shown.
        match text.split_once(':') {
            Some(("sqlite", path)) if !path.is_empty() => Ok(Place::Sqlite(Sqlite::at(path))),
            _ => Err("expected `sqlite:FILE`, as in `sqlite:payments.db`".to_owned()),
        }
    }
}

/// `$body` with `$destination` of the place's own type.
macro_rules! with_destination {
    ($place:expr, $destination:ident => $body:expr) => {
        match $place {
            $crate::load_command::Place::Sqlite($destination) => $body,
        }
    };
}
pub(crate) use with_destination;
