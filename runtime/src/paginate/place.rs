//! Where a request says what its paginator wants.

use std::fmt;

use crate::{
    inputs::Inputs,
    plan,
    request::{Place, Request},
};

/// The page size that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageSize {
    pub(super) place: Place,
    /// How many records a page shall have.
    pub(super) records: u64,
}

impl PageSize {
    /// What the plan says, its settings filled in, with another number of records if one is given.
    pub(super) fn filled(
        plan: &plan::PageSize,
        records: Option<u64>,
        inputs: &Inputs,
    ) -> Result<PageSize, String> {
        let records = match records {
            Some(records) => records,
            None => inputs.count(&plan.records)?,
        };
        if records == 0 {
            return Err("a page size of 0 records is none".to_owned());
        }
        Ok(PageSize { place: place(&plan.place, inputs)?, records })
    }

    pub(super) fn ask(&self, request: &mut Request) {
        request.set(&self.place, self.records.into());
    }
}

/// The place that the plan names, its settings filled in.
pub(super) fn place(plan: &plan::Place, inputs: &Inputs) -> Result<Place, String> {
    Ok(match plan {
        plan::Place::Param(name) => Place::Param(inputs.name(name)?),
        plan::Place::Body(keys) => {
            Place::Body(keys.iter().map(|key| inputs.name(key)).collect::<Result<_, _>>()?)
        }
    })
}

/// A place and what is sent there, as an error shows it: `offset=20`.
pub(super) struct Sent<'a>(pub(super) &'a Place, pub(super) u64);

impl fmt::Display for Sent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Sent(place, value) = self;
        match place {
            Place::Param(name) => write!(f, "`{name}={value}`"),
            Place::Body(keys) => write!(f, "`{}: {value}` in the body", keys.join(".")),
        }
    }
}
