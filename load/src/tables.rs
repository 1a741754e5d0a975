//! The tables of a run, which know of each other.

mod shared;

use rest_source::AnyResource;

use crate::{Error, ErrorKind, OnBadRecord, Shape, Table};

/// The tables of these resources, each knowing the others.
pub(crate) fn of(
    resources: &[AnyResource],
    on_bad_record: OnBadRecord,
) -> Result<Vec<Table>, Error> {
    if let Some(slice) = resources.iter().find(|resource| resource.is_slice()) {
        let message = format!(
            "`{}` is a slice of a fetch, and a load takes what it is not given for deleted or still to come: load the \
             whole resource, or write the records of its slices without a pipeline",
            slice.plan().name
        );
        return Err(Error::new(ErrorKind::Schema, message));
    }
    let tables = resources.iter().map(|resource| Table::of(resource, on_bad_record));
    let mut tables = tables.collect::<Result<Vec<_>, _>>()?;
    shared::join(&mut tables)?;
    let mut names = Vec::new();
    for table in &tables {
        let shape = Shape::of(table, usize::MAX)?;
        let rejected = match on_bad_record {
            OnBadRecord::Quarantine => Some(shape.rejected()),
            OnBadRecord::Fail => None,
        };
        let stored = shape.tables().iter().map(|stored| stored.name.clone());
        names.push(stored.chain(rejected).collect::<Vec<_>>());
    }
    let resources_of: Vec<_> = tables.iter().map(|table| table.name.clone()).collect();
    for (place, table) in tables.iter_mut().enumerate() {
        let is_other = |other: &usize| *other != place && resources_of[*other] != table.name;
        let others = names.iter().enumerate().filter(|(other, _)| is_other(other));
        table.others = others.flat_map(|(_, names)| names.clone()).collect();
    }
    Ok(tables)
}
