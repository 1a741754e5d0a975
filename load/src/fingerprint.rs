//! What a load half-way relies on, as a short text that tells whether it is still the same.

use std::{fmt::Debug, iter::successors};

use rest_source::{
    AnyResource,
    plan::{Column, DataType, Endpoint, WriteDisposition},
};

/// Counts how the fingerprint is made. A later release that makes it in another way begins merges
/// and replaces which are half-way again and refuses appends, so there must be a reason.
const VERSION: u32 = 1;

/// The version, and FNV-1a over what a load of this resource relies on: where the pages come from
/// and, unless rows are merely added, how they are stored. A column that is declared between two
/// runs therefore does not keep an append from going on.
pub(crate) fn fingerprint(resource: &AnyResource) -> String {
    let plan = resource.plan();
    // A path is joined to it by one slash, whether it ends in one or not.
    let address = resource.address().map(|address| address.trim_end_matches('/'));
    let rows = (plan.write_disposition != WriteDisposition::Append).then(|| {
        let columns: Vec<_> = plan.columns.iter().map(column).collect();
        (columns, &plan.primary_key, &plan.merge_key, &plan.merge_strategy)
    });
    let table = &plan.table_name;
    let parent = plan.parent.as_ref().map(|parent| &parent.plan.endpoint);
    refined(
        resource,
        &hash(&(address, table, &plan.endpoint, parent, plan.write_disposition, rows)),
    )
}

/// The same over what an incremental range belongs to, also those of the parents.
pub(crate) fn range_fingerprint(resource: &AnyResource) -> String {
    let address = resource.address().map(|address| address.trim_end_matches('/'));
    let plans = successors(Some(resource.plan()), |plan| Some(&*plan.parent.as_ref()?.plan));
    let ranges = plans.map(|plan| {
        let Endpoint { path, incremental, .. } = &plan.endpoint;
        (path, incremental.as_ref().map(|incremental| &incremental.cursor_path))
    });
    refined(resource, &hash(&(address, ranges.collect::<Vec<_>>())))
}

/// The fingerprint of a fetch that is refined by parameters or arguments, if this one is.
fn refined(resource: &AnyResource, fingerprint: &str) -> String {
    let by = resource.refined_by();
    if by.is_empty() { fingerprint.to_owned() } else { hash(&(fingerprint, by)) }
}

fn hash(of: &impl Debug) -> String {
    let hash = format!("{of:?}").bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{VERSION}-{hash:016x}")
}

fn column(column: &Column) -> (&str, DataType, bool) {
    (&column.name, column.data_type, column.nullable)
}
