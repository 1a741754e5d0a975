//! Where rows are loaded to, as the command line says it.

use std::path::Path;

use clap::Args;
use rest_source_dynamic::Failure;
use rest_source_load::{Adbc, AnyDestination, DuckDb, Error, Parquet, Postgres, Sqlite};

use crate::address::{Address, resolved};

/// The arguments that name a destination.
#[derive(Debug, Args)]
pub(crate) struct DestinationArguments {
    /// The destination: `sqlite:FILE`, `postgres://USER@HOST/DATABASE`, `duckdb:FILE`,
    /// `parquet:FOLDER`, `delta:FOLDER`, `s3://BUCKET/PREFIX` (`gs://`, `az://`), `adbc:DRIVER?OPTION=env:VARIABLE` for
    /// a database that has a driver of ADBC, or `env:VARIABLE` for one that an environment variable holds, so that no
    /// password is among the arguments
    #[arg(long, value_name = "DESTINATION")]
    to: Address,
    /// The schema that tables are in, of PostgreSQL [default: the first of the user's search path]
    #[arg(long, value_name = "NAME")]
    dataset: Option<String>,
}

const FORMS: &str = "`sqlite:payments.db`, `postgres://user@host/database`, `duckdb:payments.duckdb`, \
                     `parquet:folder`, `s3://bucket/prefix`, `adbc:driver?uri=env:DATABASE_URL` or \
                     `env:DATABASE_URL`";

impl DestinationArguments {
    /// The destination that they name.
    pub(crate) fn destination(&self) -> Result<AnyDestination, Failure> {
        destination(&self.to.0, self.dataset.as_deref())
    }
}

/// The destination of this address, as `load --to` takes it. Only PostgreSQL takes a dataset.
///
/// # Errors
///
/// When the address cannot be understood, or the environment variable that it names is not set.
pub fn destination(text: &str, dataset: Option<&str>) -> Result<AnyDestination, Failure> {
    written(&resolved(text, "set it to the destination")?, dataset)
}

fn refused(message: impl Into<String>, help: impl Into<String>) -> Failure {
    Failure::Refused { message: message.into(), help: help.into() }
}

/// The same of one that is written out.
fn written(text: &str, dataset: Option<&str>) -> Result<AnyDestination, Failure> {
    let wrong = |error: Error| refused(error.to_string(), format!("write it as {FORMS}"));
    let destination = match text.split_once(':') {
        // Read as in other URLs, a relative path would be one in the root folder.
        Some((scheme @ ("sqlite" | "duckdb"), path)) if path.starts_with("//") => {
            let path = path.trim_start_matches('/');
            Err(refused(
                format!("behind `{scheme}:` comes the path of a file, without `//`"),
                format!(
                    "write it as `{scheme}:{path}`, or `{scheme}:/{path}` from the root folder"
                ),
            ))
        }
        Some(("sqlite", path)) if !path.is_empty() => Ok(AnyDestination::new(Sqlite::at(path))),
        Some(("duckdb", path)) if !path.is_empty() => Ok(AnyDestination::new(DuckDb::at(path))),
        #[cfg(feature = "delta")]
        Some(("delta", path)) if !path.is_empty() && !path.starts_with("//") => {
            Ok(AnyDestination::new(rest_source_load::Delta::at(path)))
        }
        #[cfg(not(feature = "delta"))]
        Some(("delta", _)) => Err(refused(
            "`delta:` needs the feature `delta`, which is off",
            "install the command with it: `cargo install cargo-rest-source --features delta`",
        )),
        Some(("adbc", _)) => {
            let adbc = Adbc::from_url(text).map_err(wrong)?;
            return Ok(AnyDestination::new(match dataset {
                Some(dataset) => adbc.dataset(dataset),
                None => adbc,
            }));
        }
        Some(("postgres" | "postgresql", _)) => {
            let postgres = Postgres::at(text).map_err(wrong)?;
            return Ok(AnyDestination::new(match dataset {
                Some(dataset) => postgres.dataset(dataset),
                None => postgres,
            }));
        }
        Some((scheme, path)) if path.starts_with("//") && !is_parquet(scheme) => {
            let message = if is_word(scheme) {
                format!("there is no destination `{scheme}://`")
            } else {
                "the destination cannot be understood".to_owned()
            };
            Err(refused(message, help(text)))
        }
        Some((scheme, path)) if is_parquet(scheme) && !path.is_empty() => {
            Parquet::from_url(text).map(AnyDestination::new).map_err(wrong)
        }
        _ => Err(refused("the destination cannot be understood", help(text))),
    }?;
    match dataset {
        None => Ok(destination),
        Some(_) => Err(refused(
            "only PostgreSQL has datasets".to_owned(),
            "leave out `--dataset`; another file, folder or prefix is another dataset",
        )),
    }
}

fn is_parquet(scheme: &str) -> bool {
    scheme == "parquet" || Parquet::is_store(scheme)
}

/// Whether a text is short and plain enough to be a scheme, and no part of a password.
fn is_word(scheme: &str) -> bool {
    const LONGEST: usize = 12;
    (1..=LONGEST).contains(&scheme.len()) && scheme.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// What was probably meant. Only a text that looks like a path and like nothing with a password in it
/// is repeated.
fn help(text: &str) -> String {
    let path = text.rsplit(':').next().unwrap_or_default();
    let path = path.strip_prefix("//").unwrap_or(path);
    let extension = Path::new(path).extension().unwrap_or_default().to_ascii_lowercase();
    let kind = match extension.to_str() {
        _ if text.contains(['@', '=', '?', ' ']) => None,
        Some("db" | "db3" | "sqlite" | "sqlite3") => Some("sqlite"),
        Some("duckdb" | "ddb") => Some("duckdb"),
        _ if path.contains('/') && path == text => Some("parquet"),
        _ => None,
    };
    match kind {
        Some(kind) => format!("write it as `{kind}:{path}`; other forms are {FORMS}"),
        None => format!("write it as {FORMS}"),
    }
}
