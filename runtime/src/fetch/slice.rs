//! A part of a fetch as plain data, which another process can fetch.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Checkpoint;

/// A part of the fetch of one resource: made by [`Fetch::slices`](crate::Fetch::slices), sent to another
/// process as JSON, and fetched there by [`Fetch::slice`](crate::Fetch::slice).
///
/// It names origins of requests, such as records of a parent, values of lists, windows or pages, and the
/// checkpoint to begin from. It holds no secret, and fits only the description, server, settings and
/// parameters that it was made with.
///
/// ```
/// use rest_source::{Client, Error, Fetch, Resource, Slice};
///
/// /// On one machine.
/// async fn plan<T: Resource>(client: &Client) -> Result<Vec<String>, Error> {
///     let slices = Fetch::<T>::new(client).slices(8).await?;
///     Ok(slices.iter().filter_map(|slice| serde_json::to_string(slice).ok()).collect())
/// }
///
/// /// On another one.
/// async fn fetch<T: Resource>(client: &Client, slice: &Slice) -> Result<Vec<T>, Error> {
///     Fetch::new(client).slice(slice).all().await
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Slice {
    /// The name of the resource.
    pub(crate) resource: String,
    pub(crate) made_of: Identity,
    /// Which of the slices it is, from 1.
    pub(crate) number: u64,
    /// How many there are.
    pub(crate) of: u64,
    pub(crate) part: Part,
    pub(crate) checkpoint: Checkpoint,
}

/// What a slice was made of, as digests: with anything else it would be another part, or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Identity {
    pub(crate) description: String,
    pub(crate) server: String,
    pub(crate) settings: String,
    /// The parameters, arguments and bounds of the fetch.
    pub(crate) parameters: String,
}

/// Which part of a fetch a slice is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Part {
    /// All of it, for this reason.
    Whole(String),
    Origins(Origins),
    /// Some of the windows of a range.
    Windows {
        /// The first one, from 0.
        from: usize,
        /// The one behind the last.
        to: usize,
        /// How many there are in all.
        of: usize,
    },
    /// Pages that are counted, from the checkpoint on.
    Pages {
        /// The offset or page number behind the last one. `None`: to the end, wherever that is by then.
        until: Option<u64>,
    },
}

/// Some of the combinations of a parent's records with the values of lists and the records of other
/// resources. Combinations are counted with the lists changing fastest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Origins {
    /// What the resource takes from records of its parent, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) records: Option<Vec<Origin>>,
    /// The same of the resources beside the parent, for each of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) beside: Vec<Vec<Origin>>,
    /// The first combination of these, from 0.
    pub(crate) from: usize,
    /// The one behind the last.
    pub(crate) to: usize,
    /// How many combinations each of the records has.
    pub(crate) each: usize,
    /// Where the fetch of the parent has ended, so that the next run may begin there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) parents: Option<Box<Checkpoint>>,
}

/// What is taken from a record, in the order of the description.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Origin {
    /// What requests are made of.
    pub(crate) fields: Vec<Value>,
    /// The JSON of what records get as columns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) include: Vec<String>,
    /// The JSON of what steps add to records.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) added: Vec<String>,
}

impl Slice {
    /// The name of the resource that it is a part of.
    pub fn resource(&self) -> &str {
        &self.resource
    }

    /// Which of the slices of a fetch it is, from 1. Their records are in this order.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// How many slices the fetch was cut into.
    pub fn count(&self) -> u64 {
        self.of
    }

    /// Why the fetch could not be cut, if this slice is all of it.
    pub fn uncut(&self) -> Option<&str> {
        match &self.part {
            Part::Whole(reason) => Some(reason),
            Part::Origins(_) | Part::Windows { .. } | Part::Pages { .. } => None,
        }
    }

    /// The checkpoint that a fetch of it begins from.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The rest of the slice: what comes after the page of it that this checkpoint came with.
    #[must_use]
    pub fn resume(self, checkpoint: Checkpoint) -> Slice {
        Slice { checkpoint, ..self }
    }

    /// The origins of its requests, if it was cut by them.
    pub(crate) fn origins(&self) -> Option<&Origins> {
        match &self.part {
            Part::Origins(origins) => Some(origins),
            Part::Whole(_) | Part::Windows { .. } | Part::Pages { .. } => None,
        }
    }

    /// Where its pages end, if they do before those of the resource.
    pub(crate) fn until(&self) -> Option<u64> {
        match &self.part {
            Part::Pages { until } => *until,
            Part::Whole(_) | Part::Origins(_) | Part::Windows { .. } => None,
        }
    }
}

/// For logs: `slice 2 of 8 of payments: windows 4 to 6`.
impl fmt::Display for Slice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "slice {} of {} of {}: ", self.number, self.of, self.resource)?;
        match &self.part {
            Part::Whole(reason) => write!(f, "all of it, as {reason}"),
            Part::Origins(Origins { from, to, records: None, .. }) => {
                write!(f, "values {} to {to}", from + 1)
            }
            Part::Origins(Origins { from, to, records: Some(records), each, .. }) => {
                let (count, records) = (to.saturating_sub(*from), records.len());
                if *each == 1 {
                    write!(f, "{count} records of its parent")
                } else {
                    write!(f, "{count} combinations with {records} records of its parent")
                }
            }
            Part::Windows { from, to, of } => {
                write!(f, "windows {} to {to} of {of}", from + 1)
            }
            Part::Pages { until: Some(until) } => write!(f, "pages before {until}"),
            Part::Pages { until: None } => f.write_str("the last pages"),
        }
    }
}
