//! What of a manifest belongs together: the tables and states of one resource, which one log keeps.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::parquet::manifest::{Manifest, State, StoredTable};

/// The tables of a resource and what runs have left of it.
#[derive(Debug, Default, Serialize)]
pub(super) struct Group<'m> {
    /// Its own table first.
    pub(super) tables: Vec<&'m StoredTable>,
    pub(super) state: Vec<&'m State>,
}

/// Each resource's group by the name of its own table, and the states of resources without one, as none of
/// their records had a field.
pub(super) fn split(manifest: &Manifest) -> (BTreeMap<&str, Group<'_>>, Vec<&State>) {
    let mut groups: BTreeMap<&str, Group<'_>> = BTreeMap::new();
    for table in manifest.tables.iter().filter(|table| table.is_own()) {
        groups.entry(&table.name).or_default().tables.push(table);
    }
    for table in manifest.tables.iter().filter(|table| !table.is_own()) {
        let of = table.root.as_deref().or(table.parent.as_deref());
        if let Some(group) = of.and_then(|of| groups.get_mut(of)) {
            group.tables.push(table);
        }
    }
    let mut others = Vec::new();
    for state in &manifest.state {
        match groups.get_mut(&*state.table) {
            Some(group) => group.state.push(state),
            None => others.push(state),
        }
    }
    (groups, others)
}

/// Adds a state. Of two of one load, as a process may leave that was killed while its table changed, the later
/// one counts.
pub(super) fn add(states: &mut Vec<State>, state: State) {
    match states.iter_mut().find(|other| other.is_same_load(&state)) {
        Some(other) if other.updated_at > state.updated_at => {}
        Some(other) => *other = state,
        None => states.push(state),
    }
}
