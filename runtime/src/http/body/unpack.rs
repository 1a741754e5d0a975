//! What is around a body whatever its headers say: gzip, and zip archives, told by their first bytes. Many
//! servers send a file as it is stored.

#[cfg(feature = "zip")]
mod archive;

use super::{
    coding::{CodingError, Codings},
    rules::Rules,
};
use crate::{decode::format::File, error::Cause, http::attempt_error::AttemptError};

/// With what gzip begins (RFC 1952, section 2.3.1); no text does.
const GZIP: &[u8] = &[0x1f, 0x8b, 0x08];
/// With what an archive begins that has files, or has none.
const ZIP: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// How many are undone, one within the other: an archive of files that are packed is common.
const DEEPEST: usize = 4;

/// The text of a body, and where each file ends of the archive that it was.
#[derive(Default)]
pub(super) struct Unpacked {
    pub(super) text: Vec<u8>,
    pub(super) files: Vec<File>,
}

/// Whether something is around a body.
pub(super) fn is_packed(body: &[u8]) -> bool {
    body.starts_with(GZIP) || is_zip(body)
}

fn is_zip(body: &[u8]) -> bool {
    ZIP.iter().any(|magic| body.starts_with(magic))
}

/// Adds what is in a body, its text as UTF-8, to `unpacked`. `name` is that of its file, if it comes out of an
/// archive.
pub(super) fn unpack(
    body: Vec<u8>,
    name: Option<&str>,
    rules: &Rules<'_>,
    depth: usize,
    unpacked: &mut Unpacked,
) -> Result<(), AttemptError> {
    if depth == DEEPEST && is_packed(&body) {
        let why = format!("answered in more than {DEEPEST} archives or gzip, one in the other");
        return Err(AttemptError::new(Cause::Encoding(why)));
    }
    if body.starts_with(GZIP) {
        let inner = gunzip(&body, rules.left(unpacked.text.len()), rules.most)?;
        drop(body);
        return unpack(inner, name, rules, depth + 1, unpacked);
    }
    if is_zip(&body) {
        return unzip(&body, rules, depth, unpacked);
    }
    unpacked.text.append(&mut rules.to_utf8(body));
    if let Some(name) = name {
        unpacked.files.push(File { name: name.to_owned(), end: unpacked.text.len() });
    }
    Ok(())
}

fn gunzip(body: &[u8], left: u64, most: u64) -> Result<Vec<u8>, AttemptError> {
    let mut bytes = Vec::new();
    let mut put = |piece: &[u8]| {
        bytes.extend_from_slice(piece);
        u64::try_from(bytes.len()).is_ok_and(|length| length <= left)
    };
    let mut gzip = Codings::gzip();
    match gzip.undo(body, &mut put).and_then(|()| gzip.end(&mut put)) {
        Ok(()) => Ok(bytes),
        Err(CodingError::Full) => Err(AttemptError::new(Cause::TooLarge(most))),
        Err(CodingError::Broken(why)) => Err(AttemptError::new(Cause::Broken(why))),
    }
}

/// Adds the files of an archive.
#[cfg(feature = "zip")]
fn unzip(
    body: &[u8],
    rules: &Rules<'_>,
    depth: usize,
    unpacked: &mut Unpacked,
) -> Result<(), AttemptError> {
    archive::each(body, rules.format.files.as_deref(), rules.most, &mut |name, read| {
        let bytes = read(rules.left(unpacked.text.len()))?;
        unpack(bytes, Some(name), rules, depth + 1, unpacked)
    })
}

#[cfg(not(feature = "zip"))]
fn unzip(_: &[u8], _: &Rules<'_>, _: usize, _: &mut Unpacked) -> Result<(), AttemptError> {
    let why = "answered with a zip archive, which this program was built without; `zip` is a feature of \
               rest_source";
    Err(AttemptError::new(Cause::Encoding(why.to_owned())))
}
