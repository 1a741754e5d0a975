//! What tells values from others, in short: a hash that is the same in every release, as it is kept
//! in checkpoints.

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
