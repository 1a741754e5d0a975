//! What is imported: a file, or standard input.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use crate::failure::Failure;

/// The largest input that is read: the largest documents of known APIs have a tenth of it.
const MOST_BYTES: u64 = 256 << 20;

/// Reads the file at `path`, or standard input for `-`.
pub(super) fn read(path: &Path) -> Result<String, Failure> {
    let is_stdin = path == Path::new("-");
    let name = if is_stdin { "<stdin>".to_owned() } else { path.display().to_string() };
    let mut bytes = Vec::new();
    let read = if is_stdin {
        io::stdin().take(MOST_BYTES + 1).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| {
        Failure::user(
            format!("`{name}` cannot be read: {error}"),
            "the path is relative to the folder that you are in",
        )
    })?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Failure::user(
            format!("`{name}` has more than {} MiB", MOST_BYTES >> 20),
            "import a part of it",
        ));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = String::from_utf8_lossy(valid).matches('\n').count() + 1;
        let message = format!("`{name}` is not UTF-8: line {line} has an invalid byte");
        Failure::user(message, "save it as UTF-8, or name the file that has the document")
    })
}
