//! Numbers of things in sentences.

use indicatif::HumanCount;

/// `1 page`, `2,000 pages`
pub(crate) fn counted(number: impl TryInto<u64>, what: &str) -> String {
    let number = number.try_into().unwrap_or(u64::MAX);
    format!("{} {what}{}", HumanCount(number), if number == 1 { "" } else { "s" })
}
