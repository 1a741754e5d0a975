//! The moment at hand, as the loader's own tables and files have it.

use jiff::{Timestamp, tz::Offset};

/// `2024-01-02T03:04:05.678+00:00`, which SQL takes too.
pub(crate) fn now() -> String {
    format!("{:.3}", Timestamp::now().display_with_offset(Offset::UTC))
}
