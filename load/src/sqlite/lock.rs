//! One run of a pipeline on a database at a time.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{Error, ErrorKind, lock::RunLock, rows::shortened};

/// How many bytes of a pipeline's name are in that of its lock file. File systems take 255 in all.
const MAX_NAME: usize = 100;

/// Takes the lock of `pipeline` on the database, a file that exists.
///
/// It is on a file beside the database. The database file itself would not do: on some systems such
/// a lock and those of SQLite are in each other's way.
pub(super) fn take(database: &Path, pipeline: &str) -> Result<RunLock, Error> {
    // Links are followed, so that one database has one lock under whatever name it is opened.
    let mut path = fs::canonicalize(database)
        .map_err(|error| {
            let message = format!("the database {} cannot be used", database.display());
            Error::caused_by(ErrorKind::Destination, message, error)
        })?
        .into_os_string();
    path.push(format!("-{}.lock", shortened(&file_name(pipeline), MAX_NAME)));
    RunLock::take(&PathBuf::from(path), || {
        format!("pipeline `{pipeline}` is being run on {} already", database.display())
    })
}

/// The name with everything that some file system does not take as `%` and two hex digits.
fn file_name(pipeline: &str) -> String {
    let encoded = pipeline.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    encoded.collect()
}
