//! What tells values from others, in short: a digest that is the same in every release, as it is kept
//! in checkpoints.

use std::collections::HashSet;

use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

use super::find_in_record;
use crate::plan::{Selector, Str};

/// The version that an identity begins with. Those of version 1 had none, and 32 digits.
const VERSION: char = '2';

/// How long an identity of version 1 is.
const EARLIER: usize = 32;

/// What a record has in the column of this name: a field, or one within others, which is stored as
/// `data__id`.
pub(crate) fn of_column<'a>(record: &'a RawValue, column: &str) -> Option<&'a str> {
    let find = |keys: Vec<Str>| find_in_record(&Selector::Keys(keys.into()), record).ok().flatten();
    find(vec![Str::from(column.to_owned())]).or_else(|| {
        column.contains("__").then(|| {
            let keys = column.split("__").map(|key| Str::from(key.to_owned())).collect();
            find(keys)
        })?
    })
}

/// JSON texts as one. No JSON text holds a line break outside a string, and none inside, so that two
/// lists of values never come to the same text.
pub(crate) fn joined(texts: impl IntoIterator<Item = String>) -> String {
    texts.into_iter().fold(String::new(), |mut joined, text| {
        joined.push_str(&text);
        joined.push('\n');
        joined
    })
}

/// The first 128 bits of SHA-256 in hexadecimal digits, of texts that are [`joined`].
pub(crate) fn identity(joined: &str) -> String {
    let digest = Sha256::digest(joined.as_bytes());
    let mut identity = String::with_capacity(EARLIER + 1);
    identity.push(VERSION);
    let digits = digest.iter().take(EARLIER / 2).flat_map(|byte| [byte >> 4, byte & 0xf]);
    identity.extend(digits.filter_map(|digit| char::from_digit(digit.into(), 16)));
    identity
}

/// The same as version 1 has made it, with which states are still found: FNV-1a of 128 bits.
pub(crate) fn earlier(joined: &str) -> String {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let hash =
        joined.bytes().fold(OFFSET, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME));
    format!("{hash:032x}")
}

/// The identities that a state has kept, of this version or the one before.
pub(crate) struct Known {
    all: HashSet<String>,
    has_earlier: bool,
}

impl FromIterator<String> for Known {
    fn from_iter<I: IntoIterator<Item = String>>(identities: I) -> Known {
        let all: HashSet<_> = identities.into_iter().collect();
        let has_earlier = all.iter().any(|identity| identity.len() == EARLIER);
        Known { all, has_earlier }
    }
}

impl Known {
    /// Whether this one is among them, or what it was in version 1.
    pub(crate) fn contains(&self, identity: &str, earlier: impl FnOnce() -> String) -> bool {
        self.all.contains(identity) || (self.has_earlier && self.all.contains(&earlier()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Known, earlier, identity, joined};

    #[test]
    fn an_identity_is_the_same_in_every_release() {
        let text = joined(["1".to_owned(), "\"a\"".to_owned()]);
        assert_eq!(identity(&text), "283786108efd7138bc51dec3b73d1cbe6");
        assert_eq!(earlier(&text), "ea1a7d95633c64bf6e69df39be1f1f4b");
    }

    #[test]
    fn what_an_earlier_release_has_kept_is_known() {
        let text = joined(["1".to_owned()]);
        let known: Known = [earlier(&text)].into_iter().collect();
        assert!(known.contains(&identity(&text), || earlier(&text)));
        let known: Known = [identity(&text)].into_iter().collect();
        assert!(known.contains(&identity(&text), || panic!("there are none of earlier releases")));
    }
}
