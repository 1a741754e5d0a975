//! Moments as the loader's own tables and files have them.

use jiff::{Timestamp, tz::Offset};

/// The moment at hand: `2024-01-02T03:04:05.678+00:00`, which SQL takes too.
pub(crate) fn now() -> String {
    text(Timestamp::now())
}

/// A moment as [`now`] writes it.
pub(crate) fn text(moment: Timestamp) -> String {
    format!("{:.3}", moment.display_with_offset(Offset::UTC))
}
