//! A resource as a stream: the part of its fetch that is between two moments, of which the next one begins where
//! this one ends.

use std::time::Duration;

use crate::{
    Client, Error, Timestamp,
    error::Reason,
    incremental::Between,
    plan::{Endpoint, Incremental, Link, Moment, Parent, ResourcePlan},
};

/// How long records may take to be there, unless it is said.
const DELAY: Duration = Duration::from_secs(60);

/// Where a stream of the resource begins, if it has a first moment, and how far it reaches now if records are
/// there after this delay.
pub(crate) fn reach(
    client: &Client,
    plan: &ResourcePlan,
    delay: Option<Duration>,
) -> Result<(Option<Timestamp>, Timestamp), Error> {
    let now = jiff::Timestamp::now();
    let reach = || {
        let (_, range) = ranged(plan)?;
        let between = Between::of(range, &client.inner().inputs, now)?;
        if delay.is_none() && between.has_lag() {
            return Err(Reason::from(
                "its `lag` has each run fetch records once more, as they may change, and a stream would have them \
                 twice; say by `delay` after which time they do not change any more, as in `2 days`",
            ));
        }
        let delay = i128::try_from(delay.unwrap_or(DELAY).as_nanos()).unwrap_or(i128::MAX);
        let end = between.end(Moment(now.as_nanosecond().saturating_sub(delay)));
        let timestamp = |Moment(at)| {
            let timestamp = Timestamp::from_nanosecond(at);
            timestamp
                .ok_or_else(|| Reason::from("a bound of its range is in no year that there is"))
        };
        Ok((between.start().map(timestamp).transpose()?, timestamp(end)?))
    };
    reach().map_err(|reason| no_stream(client, plan, reason))
}

/// The resource with the records of its range from one moment on to before another one.
pub(crate) fn part(
    client: &Client,
    plan: &ResourcePlan,
    from: Option<Timestamp>,
    until: Timestamp,
) -> Result<ResourcePlan, Error> {
    let moment = |at: Timestamp| Moment(at.as_nanosecond());
    let part = || {
        let (owner, range) = ranged(plan)?;
        let between = Between::of(range, &client.inner().inputs, jiff::Timestamp::now())?;
        Ok(with_range(plan, owner, &between.part(from.map(moment), moment(until))))
    };
    part().map_err(|reason| no_stream(client, plan, reason))
}

fn no_stream(client: &Client, plan: &ResourcePlan, reason: Reason) -> Error {
    let error = Error::config(reason.with_context("it cannot be read as a stream"));
    error.of_resource(&plan.name).masked(&client.inner().mask)
}

/// The resource whose range bounds the fetch: this one, or one of those above it.
fn ranged(plan: &ResourcePlan) -> Result<(&str, &Incremental), Reason> {
    let ranged = plan.line().into_iter();
    let ranged = ranged.filter_map(|plan| Some((&*plan.name, plan.endpoint.incremental.as_ref()?)));
    match *ranged.collect::<Vec<_>>() {
        [] => Err("it has no `incremental` range, so that each part of a stream would have all of its records; \
                   read it as a batch"
            .into()),
        [(name, range)] if is_above(plan, name) => Ok((name, range)),
        [(name, _)] => Err(format!(
            "its records are combined with those of `{name}`, whose `incremental` range leaves out combinations \
             with earlier ones"
        )
        .into()),
        [(first, _), (second, _), ..] => Err(format!(
            "both `{first}` and `{second}` have an `incremental` range, and a record of the one may belong to \
             another part than that of the other; read it as a batch"
        )
        .into()),
    }
}

/// Whether the resource of this name is this one or above it.
fn is_above(plan: &ResourcePlan, name: &str) -> bool {
    plan.name == name || plan.parent.as_ref().is_some_and(|parent| is_above(&parent.plan, name))
}

fn with_range(plan: &ResourcePlan, owner: &str, range: &Incremental) -> ResourcePlan {
    if plan.name == owner {
        let endpoint = Endpoint { incremental: Some(range.clone()), ..plan.endpoint.clone() };
        return ResourcePlan { endpoint, ..plan.clone() };
    }
    let parent = plan.parent.as_ref().map(|parent| Parent {
        plan: Link::from(with_range(&parent.plan, owner, range)),
        ..parent.clone()
    });
    ResourcePlan { parent, ..plan.clone() }
}
