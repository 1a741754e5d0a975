//! Names that are made of others.

use sha2::{Digest, Sha256};

use super::id::hexadecimal;

/// The name of the table of a list.
pub(super) fn child(table: &str, list: &str, max: usize) -> String {
    shortened(&format!("{table}__{list}"), max)
}

/// A name of at most `max` bytes. One that is longer keeps its beginning, behind which eight digits
/// tell it from others that begin so: databases that cut names off would take both for one.
pub(crate) fn shortened(name: &str, max: usize) -> String {
    if name.len() <= max {
        return name.to_owned();
    }
    let digits = hexadecimal(&Sha256::digest(name)[..4]);
    let mut end = max.saturating_sub(digits.len() + 1);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}_{digits}", &name[..end])
}
