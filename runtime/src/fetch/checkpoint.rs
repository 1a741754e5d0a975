//! Where a fetch continues.

use std::mem;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::Value;

use crate::{
    incremental::{
        journal::Journal,
        state::{ParentStates, RangeState},
    },
    paginate::position::Position,
};

/// Where a fetch continues: after the page that it came with.
///
/// It is small, holds no secret, and is the same JSON in every release of this version.
///
/// ```
/// use rest_source::Checkpoint;
///
/// let checkpoint: Checkpoint = serde_json::from_str(r#"{"page":3,"page_cursor":"PM0042"}"#)?;
/// assert!(!checkpoint.is_end());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Checkpoint {
    /// The number of the page it came with, from 1.
    pub(crate) page: u64,
    /// Where the pages continue; `None` after the last one.
    #[serde(flatten, deserialize_with = "page_point", skip_serializing_if = "Option::is_none")]
    pub(crate) pages: Option<PagePoint>,
    /// Of a child: how far its parent's records have been gone through. `None` after the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) parent: Option<Box<ParentPoint>>,
    /// Of a child, with its last page: where the next run of its parent begins, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) next_parents: Option<Box<Checkpoint>>,
    /// The incremental range, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) range: Option<RangeState>,
    /// Of a child: the incremental range of each parent.
    #[serde(default, skip_serializing_if = "ParentStates::is_empty")]
    pub(crate) ranges: ParentStates,
    /// When the run began, in seconds since 1970, where its range depends on that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) now: Option<i64>,
    /// Whether a run is yet to begin, with the state that the last one left.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) fresh: bool,
}

/// Where the pages of a request continue, and what those before have shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PagePoint {
    /// What the next request asks for.
    #[serde(flatten)]
    pub(crate) position: Position,
    /// The total, where records or pages are counted; with links and page cursors, how many records are
    /// still to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) total: Option<u64>,
    /// The names of the fields in the first row of CSV.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) header: Vec<String>,
}

/// Where the pages continue, among the members of a checkpoint. What cannot be read is an error: without
/// it a checkpoint is one of the end.
fn page_point<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PagePoint>, D::Error> {
    let members = Value::deserialize(deserializer)?;
    if Position::NAMES.iter().all(|name| members.get(name).is_none()) {
        return Ok(None);
    }
    PagePoint::deserialize(members).map(Some).map_err(D::Error::custom)
}

/// How far a parent's records have been gone through.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct ParentPoint {
    /// The checkpoint before the page that the record at hand comes from; `None` before the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) after: Option<Checkpoint>,
    /// How many records of that page are done with.
    pub(crate) done: u64,
    /// What tells the record that is under way, or else the last that is done with, from others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) key: Option<String>,
    /// What tells the records that are done with from others, on that page and the one before it.
    /// `None` of earlier releases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) through: Option<Journal<String>>,
    /// What tells the records apart that share the request under way, if several may.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) batch: Vec<String>,
    /// Whether these are to be added to those of the checkpoint before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) adds: bool,
}

impl ParentPoint {
    /// What it says beyond an earlier one.
    fn since(&self, earlier: &ParentPoint) -> ParentPoint {
        let through = self.through.as_ref().zip(earlier.through.as_ref());
        let through = through.and_then(|(through, earlier)| through.since(earlier));
        let adds = through.is_some();
        ParentPoint { through: through.or_else(|| self.through.clone()), adds, ..self.clone() }
    }

    /// The point again, of an earlier one and what it says beyond that.
    fn joined(mut self, earlier: Option<&ParentPoint>) -> ParentPoint {
        if mem::take(&mut self.adds)
            && let Some(mut through) = earlier.and_then(|earlier| earlier.through.clone())
        {
            through.extend(&self.through.unwrap_or_default());
            self.through = Some(through);
        }
        self
    }
}

impl Checkpoint {
    /// When the run began that it belongs to; `now` if none has begun or nothing depends on it.
    pub(crate) fn began(&self, now: Timestamp) -> Timestamp {
        self.now.and_then(|now| Timestamp::from_second(now).ok()).unwrap_or(now)
    }

    /// Whether the page that it came with was the last one. Resuming there fetches nothing.
    pub fn is_end(&self) -> bool {
        self.pages.is_none() && self.parent.is_none() && !self.fresh
    }

    /// What this checkpoint says beyond an earlier one of the same fetch, so that one with much to
    /// remember need not be rewritten for each page: put together again by
    /// [`joined`](Checkpoint::joined). `None` if that is not less than all of it.
    ///
    /// ```
    /// use rest_source::Checkpoint;
    ///
    /// # let json = r#"{"page":3,"page_cursor":"PM0042"}"#;
    /// # let (earlier, later): (Checkpoint, Checkpoint) =
    /// #     (serde_json::from_str(json)?, serde_json::from_str(json)?);
    /// if let Some(beyond) = later.since(&earlier) {
    ///     assert_eq!(beyond.joined(earlier), later);
    /// }
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn since(&self, earlier: &Checkpoint) -> Option<Checkpoint> {
        let range = match (&self.range, &earlier.range) {
            (Some(range), Some(earlier)) => Some(range.since(earlier)?),
            (range, None) => range.clone(),
            (None, Some(_)) => return None,
        };
        let ranges = self.ranges.since(&earlier.ranges)?;
        let parent = match (&self.parent, &earlier.parent) {
            (Some(point), Some(earlier)) => Some(Box::new(point.since(earlier))),
            (point, _) => point.clone(),
        };
        Some(Checkpoint { parent, range, ranges, ..self.clone() })
    }

    /// The checkpoint again, of an earlier one and what it says beyond that.
    #[must_use]
    pub fn joined(mut self, earlier: Checkpoint) -> Checkpoint {
        self.range = match (self.range, earlier.range) {
            (Some(range), Some(earlier)) => Some(range.joined(earlier)),
            (range, _) => range,
        };
        let parent = earlier.parent.as_deref();
        self.parent = self.parent.map(|point| Box::new(point.joined(parent)));
        let later = mem::replace(&mut self.ranges, earlier.ranges);
        self.ranges.extend(&later);
        self
    }

    /// How many keys and states of parents it holds: what writing it takes grows with their number.
    pub fn entries(&self) -> usize {
        let through = self.parent.as_ref().and_then(|point| point.through.as_ref());
        self.range.as_ref().map_or(0, RangeState::entries)
            + self.ranges.entries()
            + through.map_or(0, Journal::len)
    }

    /// A checkpoint of a load that has to restart: what was fetched before is of no use.
    ///
    /// ```
    /// use rest_source::Checkpoint;
    ///
    /// assert!(Checkpoint::restart().begins_run() && !Checkpoint::restart().is_end());
    /// ```
    #[must_use]
    pub fn restart() -> Checkpoint {
        Checkpoint { fresh: true, ..Checkpoint::default() }
    }

    /// Whether it does not continue a fetch but begins one, behind what the last run has seen: it is
    /// one of [`next_run`](Checkpoint::next_run).
    pub fn begins_run(&self) -> bool {
        self.fresh
    }

    /// Where the next run begins, if this checkpoint came with the last page of a resource that is
    /// fetched incrementally, or whose parent is: behind what this run has seen. `None` if a run
    /// begins at the beginning.
    ///
    /// ```
    /// use rest_source::{Checkpoint, Client, Error, Fetch, Resource};
    ///
    /// async fn only_what_is_new<T: Resource>(
    ///     client: &Client,
    ///     last: &Checkpoint,
    /// ) -> Result<Vec<T>, Error> {
    ///     let fetch = Fetch::<T>::new(client);
    ///     match last.next_run() {
    ///         Some(checkpoint) => fetch.resume(checkpoint).all().await,
    ///         None => fetch.all().await,
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn next_run(&self) -> Option<Checkpoint> {
        let range = self.range.as_ref().and_then(RangeState::next_run);
        let ranges = self.ranges.next_run();
        // The last pages of a parent may have had no record with children.
        let before = self.parent.as_ref().and_then(|point| point.after.as_ref()?.next_run());
        let parents = self.next_parents.as_deref().cloned().or(before);
        let is_incremental = range.is_some() || !ranges.is_empty() || parents.is_some();
        is_incremental.then(|| Checkpoint {
            range,
            ranges,
            parent: parents.map(|parents| {
                let after = Some(parents);
                Box::new(ParentPoint { after, ..ParentPoint::default() })
            }),
            fresh: true,
            ..Checkpoint::default()
        })
    }
}
