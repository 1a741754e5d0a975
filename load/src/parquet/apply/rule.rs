//! What becomes of the rows that are there, and which records become rows, by each merge strategy.

use std::collections::HashSet;

use arrow_array::RecordBatch;

use super::{Versions, chosen::Chosen, key::Keys};
use crate::ROW_ID;

/// What a merge does. It looks at each row that is there once.
pub(super) enum Rule {
    /// Rows go that have one of these keys, and records become rows.
    Remove {
        by_key: Vec<(Vec<String>, HashSet<u128>)>,
        /// The ids of the rows that go, of a resource with lists: what is in these goes too.
        gone: Option<HashSet<u128>>,
        /// The numbers of the records that become rows.
        new: HashSet<i64>,
    },
    /// Rows stay, and those records become rows whose key no row has.
    InsertOnly { key: Vec<String>, chosen: Chosen },
    /// Valid versions end that no record equals, and records become versions that none equals.
    End {
        versions: Versions,
        /// The column that tells versions from others.
        hash: Vec<String>,
        /// The merge key and its values among the new records: versions with others do not end.
        only: Option<(Vec<String>, HashSet<u128>)>,
        chosen: Chosen,
        /// The records that a valid version equals.
        equal: HashSet<u128>,
    },
}

impl Rule {
    /// The columns that it looks at.
    pub(super) fn columns(&self) -> HashSet<String> {
        match self {
            Rule::Remove { by_key, .. } => {
                let keys = by_key.iter().flat_map(|(key, _)| key).cloned();
                keys.chain([ROW_ID.to_owned()]).collect()
            }
            Rule::InsertOnly { key, .. } => key.iter().cloned().collect(),
            Rule::End { versions, hash, only, .. } => {
                let merge_key = only.iter().flat_map(|(key, _)| key);
                let columns = hash.iter().chain(merge_key).cloned();
                columns.chain([versions.to().to_owned()]).collect()
            }
        }
    }

    /// Which rows stay as they are: the others go, or end.
    pub(super) fn stay(&mut self, keys: &Keys, batch: &RecordBatch) -> Vec<bool> {
        let rows = 0..batch.num_rows();
        match self {
            Rule::Remove { by_key, gone, .. } => {
                let mut stay = vec![true; batch.num_rows()];
                for (key, known) in by_key {
                    for (stays, key) in stay.iter_mut().zip(keys.of(batch, key)) {
                        *stays &= key.is_none_or(|key| !known.contains(&key));
                    }
                }
                if let Some(gone) = gone {
                    let ids = keys.of(batch, &[ROW_ID.to_owned()]).into_iter().zip(&stay);
                    gone.extend(ids.filter(|(_, stays)| !**stays).filter_map(|(id, _)| id));
                }
                stay
            }
            Rule::InsertOnly { key, chosen } => {
                for key in keys.of(batch, key).into_iter().flatten() {
                    chosen.remove(key);
                }
                vec![true; batch.num_rows()]
            }
            Rule::End { versions, hash, only, chosen, equal } => {
                let (hashes, valid) = (keys.of(batch, hash), versions.are_valid(batch));
                let may_end: Vec<_> = match only {
                    None => vec![true; batch.num_rows()],
                    Some((key, known)) => {
                        let keys = keys.of(batch, key).into_iter();
                        keys.map(|key| key.is_some_and(|key| known.contains(&key))).collect()
                    }
                };
                let stays = |row: usize| match hashes[row] {
                    Some(hash) if valid[row] && chosen.has(hash) => {
                        equal.insert(hash);
                        true
                    }
                    Some(_) => !(valid[row] && may_end[row]),
                    // A row from before there were versions.
                    None => true,
                };
                rows.map(stays).collect()
            }
        }
    }

    /// The numbers of the records that become rows, when all rows that are there have been looked at.
    pub(super) fn added(&mut self) -> HashSet<i64> {
        match self {
            Rule::Remove { new, .. } => std::mem::take(new),
            Rule::InsertOnly { chosen, .. } => chosen.rows(|_| true),
            Rule::End { chosen, equal, .. } => chosen.rows(|key| !equal.contains(&key)),
        }
    }

    /// Whether any record may become a row.
    pub(super) fn may_add(&self) -> bool {
        match self {
            Rule::Remove { new, .. } => !new.is_empty(),
            Rule::InsertOnly { chosen, .. } | Rule::End { chosen, .. } => !chosen.is_empty(),
        }
    }

    /// Those rows' ids that have gone.
    pub(super) fn gone(&self) -> Option<&HashSet<u128>> {
        match self {
            Rule::Remove { gone, .. } => gone.as_ref().filter(|gone| !gone.is_empty()),
            Rule::InsertOnly { .. } | Rule::End { .. } => None,
        }
    }

    /// How versions begin and end.
    pub(super) fn versions(&self) -> Option<&Versions> {
        match self {
            Rule::End { versions, .. } => Some(versions),
            Rule::Remove { .. } | Rule::InsertOnly { .. } => None,
        }
    }
}
