//! Zip archives.

use std::io::{self, Cursor, Read as _};

use zip::{CompressionMethod, SUPPORTED_COMPRESSION_METHODS, ZipArchive, result::ZipError};

use crate::{
    error::{Cause, brief},
    http::attempt_error::AttemptError,
};

/// Reads a file, of which no more may come than so many bytes.
type Reader<'a> = &'a mut dyn FnMut(u64) -> Result<Vec<u8>, AttemptError>;

/// Calls `put` with each file of an archive that has records, in its order, and how it is read.
pub(super) fn each(
    body: &[u8],
    pattern: Option<&str>,
    most: u64,
    put: &mut dyn FnMut(&str, Reader<'_>) -> Result<(), AttemptError>,
) -> Result<(), AttemptError> {
    let mut archive = ZipArchive::new(Cursor::new(body)).map_err(|error| failure(&error))?;
    if entries(body).is_some_and(|entries| entries != archive.len()) {
        let mut names = Vec::new();
        for index in 0..archive.len() {
            let file = archive.by_index_raw(index).map_err(|error| failure(&error))?;
            names.push(file.name().map_err(|error| failure(&error))?.into_owned());
        }
        return Err(AttemptError::new(Cause::Encoding(format!(
            "answered with a zip archive that has several files of one name, of which only one can be read; it has {}",
            listed(&names)
        ))));
    }
    let (mut others, mut count) = (Vec::new(), 0);
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(|error| failure(&error))?;
        let name = file.name().map_err(|error| failure(&error))?.into_owned();
        if file.is_dir() || is_of_system(&name) {
            continue;
        }
        if pattern.is_some_and(|pattern| !fits(pattern, &name)) {
            others.push(name);
            continue;
        }
        count += 1;
        can_read(&name, file.compression())?;
        put(&name, &mut |left| read(&name, &mut file, left, most))?;
    }
    match pattern {
        Some(pattern) if count == 0 && !others.is_empty() => {
            Err(AttemptError::new(Cause::Encoding(format!(
                "answered with a zip archive in which no file is `{pattern}`, which `files` says; it has \
                 {}",
                listed(&others)
            ))))
        }
        _ => Ok(()),
    }
}

/// Fails if files of this compression method are not read.
fn can_read(name: &str, method: CompressionMethod) -> Result<(), AttemptError> {
    if SUPPORTED_COMPRESSION_METHODS.contains(&method) {
        return Ok(());
    }
    Err(AttemptError::new(Cause::Encoding(format!(
        "answered with a zip archive whose file `{}` is compressed by the method {method}, which is not read; have it compressed by Deflate",
        brief(name)
    ))))
}

/// How many files an archive says that it has; `None` where they are counted elsewhere (Zip64).
fn entries(body: &[u8]) -> Option<usize> {
    // The end of the central directory: a signature, and the number of its entries as the sixth field.
    let at = body.windows(4).rposition(|bytes| bytes == b"PK\x05\x06")?;
    let count = u16::from_le_bytes(body.get(at + 10..at + 12)?.try_into().ok()?);
    (count != u16::MAX).then_some(usize::from(count))
}

/// Reads no more of a file than is left of what a body may have.
fn read(name: &str, file: impl io::Read, left: u64, most: u64) -> Result<Vec<u8>, AttemptError> {
    let mut bytes = Vec::new();
    match file.take(left.saturating_add(1)).read_to_end(&mut bytes) {
        Ok(length) if u64::try_from(length).is_ok_and(|length| length <= left) => Ok(bytes),
        Ok(_) => Err(AttemptError::new(Cause::TooLarge(most))),
        Err(error) => Err(AttemptError::new(Cause::Broken(format!(
            "the file `{}` of the zip archive is corrupt or cut short: {error}",
            brief(name)
        )))),
    }
}

/// Whether a file was put there by an operating system.
fn is_of_system(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    name.starts_with("__MACOSX/") || file.starts_with("._") || file == ".DS_Store"
}

fn failure(error: &ZipError) -> AttemptError {
    AttemptError::new(match error {
        ZipError::Io(_) | ZipError::InvalidArchive(_) => {
            Cause::Broken(format!("the zip archive is corrupt or cut short: {error}"))
        }
        _ => Cause::Encoding(format!("answered with a zip archive that cannot be read: {error}")),
    })
}

/// Whether the name of a file fits a pattern, in which `*` is any text and `?` any character. A pattern without
/// a slash is one of the name without its folders.
fn fits(pattern: &str, name: &str) -> bool {
    let name = if pattern.contains('/') { name } else { name.rsplit('/').next().unwrap_or(name) };
    let (pattern, name): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), name.chars().collect());
    // Where the last `*` is, and where what it stands for ends.
    let (mut at, mut read, mut star) = (0, 0, None);
    while read < name.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, read));
                at += 1;
            }
            Some(c) if *c == '?' || *c == name[read] => (at, read) = (at + 1, read + 1),
            _ => match star {
                Some((of, ends)) => {
                    star = Some((of, ends + 1));
                    (at, read) = (of + 1, ends + 1);
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|c| *c == '*')
}

/// The names of files, for an error.
fn listed(names: &[String]) -> String {
    let shown: Vec<_> = names.iter().take(10).map(|name| format!("`{}`", brief(name))).collect();
    let more = if names.len() > shown.len() { " and others" } else { "" };
    format!("{}{more}", shown.join(", "))
}
