//! What tells rows apart: digests of 128 bits, as 32 hexadecimal digits.

use std::hash::{BuildHasher, RandomState};

use sha2::{Digest as _, Sha256};

use super::Value;

/// A digest of values. It is a cryptographic one, as what a server sends must not be able to make two
/// rows one, and the same in every release, as rows are found again by it.
#[derive(Default)]
pub(super) struct Digest {
    sha: Sha256,
    text: String,
}

impl Digest {
    /// Adds a text of a known length or meaning.
    pub(super) fn add_text(&mut self, text: &str) {
        self.sha.update((text.len() as u64).to_le_bytes());
        self.sha.update(text);
    }

    /// Adds a value.
    pub(super) fn add(&mut self, value: &Value<'_>) {
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        value.write_text(&mut text);
        self.sha.update([u8::from(!value.is_null())]);
        self.add_text(&text);
        self.text = text;
    }

    /// The digest.
    pub(super) fn digits(self) -> String {
        hexadecimal(&self.sha.finalize()[..16])
    }
}

/// Ids that no others have.
pub(super) struct Unique {
    nonce: [u64; 2],
    count: u64,
}

impl Unique {
    pub(super) fn new() -> Unique {
        // The keys of a hasher come from the operating system's source of random numbers.
        let random = RandomState::new();
        Unique { nonce: [random.hash_one(0), random.hash_one(1)], count: 0 }
    }

    pub(super) fn next(&mut self) -> String {
        self.count += 1;
        format!("{:016x}{:016x}", self.nonce[0], self.nonce[1].wrapping_add(self.count))
    }
}

/// Bytes as hexadecimal digits.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    Value::Binary(bytes).text()
}
