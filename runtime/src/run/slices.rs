//! Cutting a fetch into slices, and what their checkpoints come to together.

use std::{collections::BTreeMap, future::poll_fn, sync::Arc};

use jiff::Timestamp;
use tokio::runtime::Handle;

use super::{
    identity::{check_made_of, identity},
    stream::Run,
    tree::{self, Cut},
};
use crate::{
    Checkpoint, Client, Error,
    error::Reason,
    fetch::{
        beginning::Beginning,
        checkpoint::PagePoint,
        options::Options,
        slice::{Part, Slice},
    },
    incremental::{Range, state::ParentStates},
    paginate::{Counted, Paginator},
    plan::{Link, NextRun, ResourcePlan},
};

/// A part of a fetch, and the checkpoint that it begins from.
type Begun = (Part, Checkpoint);

/// Cuts a fetch into at most so many slices.
pub(crate) async fn cut(
    client: &Client,
    plan: &Link<ResourcePlan>,
    options: &Options,
    most: usize,
) -> Result<Vec<Slice>, Error> {
    let slices = parts(client, plan, options, most).await;
    let parts =
        slices.map_err(|error| error.of_resource(&plan.name).masked(&client.inner().mask))?;
    let slices = |parts: Vec<Begun>| -> Vec<Slice> {
        let of = parts.len() as u64;
        let made_of = identity(client, plan, options);
        let slice = |(number, (part, checkpoint))| Slice {
            resource: plan.name.to_string(),
            made_of: made_of.clone(),
            number,
            of,
            part,
            checkpoint,
        };
        (1..).zip(parts).map(slice).collect()
    };
    let made = slices(parts);
    if made.iter().all(|slice| is_kept(client, slice)) {
        return Ok(made);
    }
    let reason =
        "what tells its requests apart holds a secret, or a number that JSON does not keep";
    Ok(slices(vec![whole(reason, options, now()?)]))
}

/// Whether a slice holds no secret, and is the same when it is read again.
fn is_kept(client: &Client, slice: &Slice) -> bool {
    let Ok(text) = serde_json::to_string(slice) else { return false };
    let is_same = serde_json::from_str::<Slice>(&text).is_ok_and(|again| again == *slice);
    is_same && client.inner().mask.find(&text).is_empty()
}

/// Checkpoints keep whole seconds.
fn now() -> Result<Timestamp, Error> {
    let now = Timestamp::from_second(Timestamp::now().as_second());
    now.map_err(|error| Error::config(format!("the clock is wrong: {error}")))
}

async fn parts(
    client: &Client,
    plan: &Link<ResourcePlan>,
    options: &Options,
    most: usize,
) -> Result<Vec<Begun>, Error> {
    if options.slice.is_some() {
        return Err(Error::config("a slice cannot be cut again"));
    }
    // Of a run that is yet to begin, it is when it does.
    let now = now()?;
    let now = options.resume.as_ref().map_or(now, |resume| resume.began(now));
    let Some(beginning) = options.beginning() else { return Ok(Vec::new()) };
    let beginning = Beginning { now, ..beginning };
    let all = |reason: &str| Ok(vec![whole(reason, options, now)]);
    if let Some(reason) = bounded(options, most) {
        return all(reason);
    }
    let runtime = Handle::try_current();
    let runtime = runtime.map_err(|_| Error::config("must be called within a Tokio runtime"))?;
    match tree::cut(client, &runtime, plan, &beginning, most).await? {
        Cut::Parts(parts) => Ok(parts),
        Cut::Whole(reason) => all(reason),
        Cut::Pages => match by_pages(client, plan, options, now, most).await? {
            Ok(parts) => Ok(parts),
            Err(reason) => all(reason),
        },
    }
}

/// Why a fetch is not cut, whatever its resource is.
fn bounded(options: &Options, most: usize) -> Option<&'static str> {
    let is_under_way = options.resume.as_ref().is_some_and(|resume| !resume.begins_run());
    if most < 2 {
        Some("only one slice was requested")
    } else if options.limit.is_some() || options.max_pages.is_some() {
        Some("it has a limit, and which records are within that is known in their order")
    } else if options.of_parent.is_some() {
        Some("it is for one record of its parent")
    } else if is_under_way {
        Some("it resumes a fetch that was interrupted")
    } else {
        None
    }
}

/// All of a fetch.
fn whole(reason: &str, options: &Options, now: Timestamp) -> Begun {
    (Part::Whole(reason.to_owned()), beginning(options, now))
}

/// The checkpoint of a fetch that begins at this time, or resumes.
fn beginning(options: &Options, now: Timestamp) -> Checkpoint {
    let resume = options.resume.clone().unwrap_or_else(Checkpoint::restart);
    let now = if resume.begins_run() { Some(now.as_second()) } else { resume.now };
    Checkpoint { now, ..resume }
}

/// Into parts of the pages, whose first one is requested for that.
async fn by_pages(
    client: &Client,
    plan: &Link<ResourcePlan>,
    options: &Options,
    now: Timestamp,
    most: usize,
) -> Result<Result<Vec<Begun>, &'static str>, Error> {
    if let Some(range) = &plan.endpoint.incremental {
        if range.next_run != NextRun::Cursor {
            return Ok(Err("its next run begins with what the last page leaves"));
        }
        if range.row_order.is_some() {
            return Ok(Err(
                "its records are in an order (`row_order`), which may end its pages early",
            ));
        }
    }
    let first = beginning(options, now);
    let options = Options { resume: Some(first.clone()), max_pages: Some(1), ..options.clone() };
    let mut run = Run::of_one(client.clone(), plan.clone(), options.clone());
    let page = poll_fn(|cx| {
        run.poll_one(cx, |_, _, _, fetched| {
            let records = fetched.body.records(&fetched.selector);
            let records = records.map_err(|fault| fetched.fault(fault))?.len() as u64;
            Ok(((fetched.checkpoint, records), 0))
        })
    });
    let Some((Checkpoint { pages: Some(point), .. }, records)) = page.await.transpose()? else {
        return Ok(Err("it has one page"));
    };
    let counted = counted(client, plan, &options, &point, records).map_err(Error::config)?;
    Ok(counted
        .map(|counted| of_pages(&counted, &first, &point, most))
        .and_then(|parts| if parts.len() > 1 { Ok(parts) } else { Err("it has one page") }))
}

/// How the pages behind a first one of so many records are counted.
fn counted(
    client: &Client,
    plan: &Link<ResourcePlan>,
    options: &Options,
    point: &PagePoint,
    records: u64,
) -> Result<Result<Counted, &'static str>, Reason> {
    let inner = client.inner();
    let custom = inner.paginators.of(&plan.name);
    let (position, observed) = (Some(point.position.clone()), Arc::default());
    let (inputs, size) = (&inner.inputs, options.page_size);
    let next = Paginator::new(plan.clone(), custom, inputs, size, position, observed)?;
    Ok(next.resuming_total(point.total).counted(records))
}

/// Parts of as many pages each, or nearly. The last one ends where the pages do by then.
fn of_pages(counted: &Counted, first: &Checkpoint, point: &PagePoint, most: usize) -> Vec<Begun> {
    let Counted { first: start, step, end } = *counted;
    let pages = end.saturating_sub(start).div_ceil(step).max(1);
    let parts = pages.min(most as u64);
    let page = |part: u64| u128::from(part) * u128::from(pages) / u128::from(parts);
    let page = |part: u64| u64::try_from(page(part)).unwrap_or(u64::MAX);
    let at = |part: u64| start.saturating_add(page(part).saturating_mul(step));
    let part = |part: u64| {
        let until = (part + 1 < parts).then(|| at(part + 1));
        let checkpoint = match part {
            0 => first.clone(),
            _ => Checkpoint {
                pages: Some(PagePoint { position: point.position.at(at(part)), ..point.clone() }),
                fresh: false,
                ..first.clone()
            },
        };
        (Part::Pages { until }, checkpoint)
    };
    (0..parts).map(part).collect()
}

/// The checkpoint of a whole fetch, of the last ones of its slices.
pub(crate) fn joined(
    client: &Client,
    plan: &ResourcePlan,
    options: &Options,
    ended: impl IntoIterator<Item = (Slice, Checkpoint)>,
) -> Result<Checkpoint, Error> {
    let joined = join(client, plan, options, ended);
    joined.map_err(|what| Error::config(what).of_resource(&plan.name).masked(&client.inner().mask))
}

fn join(
    client: &Client,
    plan: &ResourcePlan,
    options: &Options,
    ended: impl IntoIterator<Item = (Slice, Checkpoint)>,
) -> Result<Checkpoint, Reason> {
    let made_of = identity(client, plan, options);
    let mut all = BTreeMap::new();
    let mut count = 0;
    for (slice, end) in ended {
        check_made_of(&slice, plan, &made_of)?;
        if !end.is_end() {
            let number = slice.number;
            let what = format!("the checkpoint of slice {number} is not that of its last page");
            return Err(what.into());
        }
        count = slice.of;
        all.insert(slice.number, end);
    }
    if let Some(missing) = (1..=count).find(|number| !all.contains_key(number)) {
        return Err(format!("slice {missing} of {count} is missing").into());
    }
    let mut states = options.resume.as_ref().map(|resume| resume.ranges.by_parent());
    let mut whole = match count {
        0 => options.resume.clone().unwrap_or_default(),
        _ => Checkpoint::default(),
    };
    for (_, end) in all {
        whole.page += end.page;
        states.get_or_insert_default().extend(end.ranges.by_parent());
        whole.next_parents = whole.next_parents.or(end.next_parents);
        whole.now = whole.now.or(end.now);
        whole.range = match (whole.range, end.range, &plan.endpoint.incremental) {
            (Some(mut whole), Some(new), Some(plan)) => {
                Range::join(plan, &mut whole, new);
                Some(whole)
            }
            (whole, new, _) => whole.or(new),
        };
    }
    whole.ranges = states.unwrap_or_default().into_iter().collect::<ParentStates>();
    Ok(whole)
}
