//! The windows that the range of a resource without a parent is split into.

use crate::{
    Client,
    error::Reason,
    fetch::{beginning::Beginning, templates::sent_start, values::Values},
    incremental::{Range, WindowRange},
    plan::ResourcePlan,
};

/// The windows, and the range; `None` if it is not split.
pub(super) fn windows(
    client: &Client,
    plan: &ResourcePlan,
    beginning: &Beginning,
) -> Result<Option<(Vec<WindowRange>, Range)>, Reason> {
    let Some(incremental) = plan.endpoint.incremental.as_ref().filter(|of| of.window.is_some())
    else {
        return Ok(None);
    };
    let values = Values { now: beginning.now, ..beginning.values.clone() };
    let incremental = &*values.range(client.inner(), incremental)?;
    let state = beginning.resume.as_ref().and_then(|checkpoint| checkpoint.range.clone());
    let range = Range::new(incremental, state, beginning.now)?;
    let slices = range.slices(sent_start(&plan.endpoint).as_ref())?;
    Ok(slices.map(|slices| (slices, range)))
}
