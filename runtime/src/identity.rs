//! What tells values from others, in short: a hash that is the same in every release, as it is kept
//! in checkpoints.

use serde_json::value::RawValue;

use crate::{
    decode::Select as _,
    plan::{Selector, Str},
};

/// What a record has in the column of this name: a field, or one within others, which is stored as
/// `data__id`.
pub(crate) fn of_column<'a>(record: &'a RawValue, column: &str) -> Option<&'a str> {
    let find = |keys: Vec<Str>| Selector::Keys(keys.into()).find(record.get()).ok().flatten();
    find(vec![Str::from(column.to_owned())]).or_else(|| {
        column.contains("__").then(|| {
            let keys = column.split("__").map(|key| Str::from(key.to_owned())).collect();
            find(keys)
        })?
    })
}

/// FNV-1a of 128 bits over JSON texts, in hexadecimal digits.
pub(crate) fn identity(texts: impl IntoIterator<Item = String>) -> String {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let mut hash = OFFSET;
    for text in texts {
        // No JSON text holds a line break outside a string, and none inside, so that two lists of
        // values never come to the same bytes.
        for byte in text.bytes().chain([b'\n']) {
            hash = (hash ^ u128::from(byte)).wrapping_mul(PRIME);
        }
    }
    format!("{hash:032x}")
}
