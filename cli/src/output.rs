//! Standard output of commands whose result it is. Commands that only report and whose exit status is the
//! result, such as `check` and `load`, write to it without this check.

use std::io::{self, Stdout};

use crate::failure::Failure;

/// Standard output, unless everything written to it would be lost.
///
/// # Errors
///
/// If it was closed when the program began, or is open for reading only: then writing to it would seem to
/// succeed, and the result would be lost.
pub(crate) fn standard() -> Result<Stdout, Failure> {
    if is_lost() {
        return Err(Failure::user(
            "standard output is closed, so that what is written there would be lost",
            "leave it open, or write it to a file or a pipe; `> /dev/null` throws it away",
        ));
    }
    Ok(io::stdout())
}

/// Rust opens `/dev/null` for reading and writing instead of a closed descriptor, as cargo does before it
/// starts this program; shells open it for writing.
#[cfg(unix)]
fn is_lost() -> bool {
    use std::{fs, os::unix::fs::MetadataExt as _};

    use rustix::fs::{OFlags, fcntl_getfl, fstat};

    let stdout = io::stdout();
    let (Ok(flags), Ok(stat)) = (fcntl_getfl(&stdout), fstat(&stdout)) else { return true };
    let is_null = || fs::metadata("/dev/null").is_ok_and(|null| null.rdev() == stat.st_rdev);
    match flags & OFlags::RWMODE {
        OFlags::WRONLY => false,
        OFlags::RDWR => stat.st_rdev != 0 && is_null(),
        _ => true,
    }
}

#[cfg(not(unix))]
fn is_lost() -> bool {
    false
}
