//! What happens to the rows that are there, by each merge strategy.

use std::collections::HashSet;

use arrow_array::RecordBatch;

use super::{Versions, chosen::Chosen, key::Keys, records::Records};
use crate::{Changes, ROW_ID};

/// A merge: the records that are chosen, and what they do to rows. It looks at each row that is there
/// once.
pub(super) struct Rule {
    pub(super) chosen: Chosen,
    /// The key by which they are chosen. Empty: all are.
    pub(super) key: Vec<String>,
    pub(super) effect: Effect,
    /// The ids of the rows that go, of a resource with lists: what is in these goes too.
    pub(super) gone: Option<HashSet<u128>>,
    /// What it has met so far.
    pub(super) met: Met,
}

/// How the chosen records meet the rows that are there.
#[derive(Default)]
pub(super) struct Met {
    /// Records that become rows, and whose row is there already.
    records: Records,
    /// Rows that end.
    ended: u64,
}

/// What the chosen records do to the rows that are there.
pub(super) enum Effect {
    /// Rows go that have the key of a record, or its merge key.
    Remove {
        /// The merge key and its values among the chosen records.
        merge_key: Option<(Vec<String>, HashSet<u128>)>,
    },
    /// Rows stay, and their keys make no record a row.
    InsertOnly,
    /// Valid versions end that no record equals, and make no record a row that equals them.
    End {
        versions: Versions,
        /// The merge key and its values among the chosen records: versions with others do not end.
        only: Option<(Vec<String>, HashSet<u128>)>,
    },
}

impl Rule {
    /// The columns that it looks at.
    pub(super) fn columns(&self) -> HashSet<String> {
        let mut columns: HashSet<_> = self.key.iter().cloned().collect();
        match &self.effect {
            Effect::Remove { merge_key } => {
                columns.extend(merge_key.iter().flat_map(|(key, _)| key).cloned());
                columns.insert(ROW_ID.to_owned());
            }
            Effect::InsertOnly => {}
            Effect::End { versions, only } => {
                columns.extend(only.iter().flat_map(|(key, _)| key).cloned());
                columns.insert(versions.to().to_owned());
            }
        }
        columns
    }

    /// Which rows stay as they are: the others go, or end.
    pub(super) fn stay(&mut self, keys: &Keys, batch: &RecordBatch) -> Vec<bool> {
        let chosen = &mut self.chosen;
        let by_key = if self.key.is_empty() {
            vec![None; batch.num_rows()]
        } else {
            keys.of(batch, &self.key)
        };
        let is_among = |other: &Option<(Vec<String>, HashSet<u128>)>| {
            other.as_ref().map(|(key, known)| {
                let keys = keys.of(batch, key).into_iter();
                keys.map(|key| key.is_some_and(|key| known.contains(&key))).collect::<Vec<_>>()
            })
        };
        match &mut self.effect {
            Effect::Remove { merge_key } => {
                let has_key = |key: &Option<u128>| key.is_some_and(|key| chosen.has(key));
                let mut stay: Vec<_> = by_key.iter().map(|key| !has_key(key)).collect();
                for (stays, goes) in stay.iter_mut().zip(is_among(merge_key).unwrap_or_default()) {
                    *stays &= !goes;
                }
                if let Some(gone) = &mut self.gone {
                    let ids = keys.of(batch, &[ROW_ID.to_owned()]).into_iter().zip(&stay);
                    gone.extend(ids.filter(|(_, stays)| !**stays).filter_map(|(id, _)| id));
                }
                by_key.iter().flatten().for_each(|key| self.met.add(chosen, *key));
                stay
            }
            Effect::InsertOnly => {
                for key in by_key.into_iter().flatten() {
                    self.met.add(chosen, key);
                    chosen.leave_out(key);
                }
                vec![true; batch.num_rows()]
            }
            Effect::End { versions, only } => {
                let (valid, may_end) = (versions.are_valid(batch), is_among(only));
                let met = &mut self.met;
                let stays = |(row, hash): (usize, Option<u128>)| match hash {
                    Some(hash) if valid[row] && chosen.has(hash) => {
                        met.add(chosen, hash);
                        chosen.leave_out(hash);
                        true
                    }
                    // One without a hash is from before there were versions.
                    _ => !(valid[row] && may_end.as_ref().is_none_or(|may| may[row])),
                };
                let stay: Vec<_> = by_key.into_iter().enumerate().map(stays).collect();
                self.met.ended += stay.iter().filter(|stays| !**stays).count() as u64;
                stay
            }
        }
    }

    /// What it does to the rows that it has looked at, if these are all.
    pub(super) fn changes(&self) -> Changes {
        let (rows, met) = (self.chosen.rows(), self.met.records.len());
        match &self.effect {
            // Whether they differ is not looked at.
            Effect::Remove { .. } => {
                Changes { new: Some(rows.saturating_sub(met)), updated: Some(met), unchanged: None }
            }
            // Those that were met are no rows any more.
            Effect::InsertOnly => {
                Changes { new: Some(rows), updated: Some(0), unchanged: Some(met) }
            }
            Effect::End { .. } => {
                Changes { new: Some(rows), updated: Some(self.met.ended), unchanged: Some(met) }
            }
        }
    }

    /// How versions begin and end.
    pub(super) fn versions(&self) -> Option<&Versions> {
        match &self.effect {
            Effect::End { versions, .. } => Some(versions),
            Effect::Remove { .. } | Effect::InsertOnly => None,
        }
    }
}

impl Met {
    /// There is a row with this key.
    fn add(&mut self, chosen: &Chosen, key: u128) {
        if let Some(record) = chosen.record(key).filter(|record| chosen.is_row(*record)) {
            self.records.insert(record);
        }
    }
}
