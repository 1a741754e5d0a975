//! What loading has done to the rows of a resource's own table.

use serde::{Deserialize, Serialize};

/// How many rows of a resource's own table were added, updated and left as they were. Each is absent
/// where the destination cannot tell without more work: the guide has [a table](crate::guide::tables) of
/// these cases.
///
/// A load that stages its rows changes the table when it is complete, and counts then, with what earlier
/// runs of it have staged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Changes {
    /// Rows that were added.
    pub new: Option<u64>,
    /// Rows that were there and were updated. Where `unchanged` is absent, whether or not they differed.
    pub updated: Option<u64>,
    /// Records whose row was there and was left as it was.
    pub unchanged: Option<u64>,
}

impl Changes {
    /// No row was touched.
    pub const NONE: Changes = Changes { new: Some(0), updated: Some(0), unchanged: Some(0) };

    /// Rows were added, and no others touched.
    pub fn added(rows: u64) -> Changes {
        Changes { new: Some(rows), ..Changes::NONE }
    }

    /// Both together. What one of them lacks is absent.
    #[must_use]
    pub fn and(self, other: Changes) -> Changes {
        let sum = |one: Option<u64>, other: Option<u64>| Some(one?.saturating_add(other?));
        Changes {
            new: sum(self.new, other.new),
            updated: sum(self.updated, other.updated),
            unchanged: sum(self.unchanged, other.unchanged),
        }
    }
}
