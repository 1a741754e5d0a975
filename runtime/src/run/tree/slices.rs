//! Slices of a resource by the origins of its requests: which there are, and a fetch of some of them.

use std::{
    collections::{BTreeMap, HashSet},
    future::poll_fn,
};

use tokio::runtime::Handle;
use tracing::Span;

use super::{
    child::{Child, Sliced},
    crossed,
    lists::{Combination, Combinations, combinations, distinct},
    node::{Open, Selected, SharedPages},
    relation::Related,
    windows::windows,
};
use crate::{
    Checkpoint, Client, Error,
    error::{Kind, Reason},
    fetch::{
        beginning::Beginning,
        fetched::Fetched,
        pipe::{self, Event},
        slice::{Origin, Origins, Part, Slice},
        values::Values,
    },
    incremental::{
        self,
        state::{ParentStates, RangeState},
    },
    plan::{Link, Parent, ResourcePlan},
};

/// How a fetch is cut by the origins of its requests.
pub(crate) enum Cut {
    /// Into these, each with the checkpoint that it begins from.
    Parts(Vec<(Part, Checkpoint)>),
    /// Not at all, for this reason.
    Whole(&'static str),
    /// There are none: all requests are for its pages.
    Pages,
}

/// Cuts the fetch of a resource that begins like this into at most so many parts. The records of its
/// parent are fetched for that.
pub(super) async fn cut(
    client: &Client,
    runtime: &Handle,
    plan: &Link<ResourcePlan>,
    beginning: &Beginning,
    most: usize,
    open: Open,
) -> Result<Cut, Error> {
    let lists = combinations(client.inner(), plan, beginning.now).map_err(Error::config)?;
    if plan.parent.is_none() && lists.is_none() {
        let windows = windows(client, plan, beginning).map_err(Error::config)?;
        return Ok(windows.map_or(Cut::Pages, |(of, _)| by_windows(of.len(), beginning, most)));
    }
    let alone = Beginning { resume: None, ..beginning.clone() };
    let child = Child::new(0, plan.clone(), alone, Span::none());
    let (records, end) = match &plan.parent {
        None => (None, Checkpoint::default()),
        Some(parent) => {
            let (records, end) = taken(client, runtime, &child, parent, beginning, open).await?;
            (Some(records), end)
        }
    };
    let child = child.for_each(lists.map(Combinations::distinct));
    let beside = crossed::of_each(client, runtime, &child, true, open).await?;
    let beside: Vec<_> = beside.into_iter().map(distinct).collect();
    let has_lists = child.lists.is_some() || !beside.is_empty();
    let lists = child.lists.clone().unwrap_or_default();
    let lists = beside.iter().rev().fold(lists, |lists, list| lists.of_each(list.clone()));
    let all = records.unwrap_or_else(|| vec![Related::nothing()]);
    let sliced = Sliced { to: all.len().saturating_mul(lists.len()), from: 0, records: all, end };
    let child = child.for_each(has_lists.then_some(lists)).sliced(sliced);
    let beside = beside.iter().map(|list| list.iter().map(Combination::origin).collect());
    Ok(by_origins(&child, &beside.collect::<Vec<_>>(), beginning, most))
}

/// Into parts of the combinations of a child's records and lists.
fn by_origins(child: &Child, beside: &[Vec<Origin>], beginning: &Beginning, most: usize) -> Cut {
    let Some(Sliced { records, end, .. }) = &child.sliced else { return Cut::Pages };
    let (count, each, has_parent) =
        (child.values(), child.combinations(), child.plan.parent.is_some());
    if count == 1 {
        return Cut::Whole(if has_parent {
            "its parent has one record"
        } else {
            "its lists have one combination of values"
        });
    }
    let known = beginning.resume.as_ref().map(|resume| resume.ranges.by_parent());
    let known = known.unwrap_or_default();
    let parents = end.next_run().map(|_| Box::new(end.clone()));
    let parts = bounds(count, grain(&child.plan), most).into_iter().map(|(from, to)| {
        let (first, last) = (from / each, (to - 1) / each);
        let records = records[first..=last].iter().map(Related::origin);
        let origins = Origins {
            records: has_parent.then(|| records.collect()),
            beside: beside.to_vec(),
            from: from - first * each,
            to: to - first * each,
            each,
            parents: parents.clone(),
        };
        let ranges = if known.is_empty() {
            ParentStates::default()
        } else {
            (from..to).filter_map(|index| state(child, &known, index)).collect()
        };
        (Part::Origins(origins), Checkpoint { ranges, ..beginning_at(beginning) })
    });
    Cut::Parts(parts.collect())
}

/// Into parts of the windows of a range.
fn by_windows(count: usize, beginning: &Beginning, most: usize) -> Cut {
    if count == 1 {
        return Cut::Whole("its range has one window");
    }
    let range = beginning.resume.as_ref().and_then(|resume| resume.range.clone());
    let parts = bounds(count, 1, most).into_iter().map(|(from, to)| {
        let checkpoint = Checkpoint { range: range.clone(), ..beginning_at(beginning) };
        (Part::Windows { from, to, of: count }, checkpoint)
    });
    Cut::Parts(parts.collect())
}

/// The checkpoint of a run that begins at the same time, without its states.
fn beginning_at(beginning: &Beginning) -> Checkpoint {
    Checkpoint { now: Some(beginning.now.as_second()), ..Checkpoint::restart() }
}

/// The first and the one behind the last of each of at most so many parts, which begin with multiples of
/// `grain` and are as long as each other, or nearly.
fn bounds(count: usize, grain: usize, most: usize) -> Vec<(usize, usize)> {
    let units = count.div_ceil(grain);
    let parts = most.min(units);
    // In 128 bits, as there may be many combinations.
    let at = |part: usize| {
        let unit = part as u128 * units as u128 / parts as u128;
        usize::try_from(unit).map_or(count, |unit| count.min(unit.saturating_mul(grain)))
    };
    (0..parts).map(|part| (at(part), at(part + 1))).collect()
}

/// How many values share a request, where that is clear: those of different slices cannot.
fn grain(plan: &ResourcePlan) -> usize {
    let batches = plan.parent.iter().flat_map(|parent| parent.batches.iter());
    let batch = match &*plan.for_each {
        [] if plan.crossed.is_empty() => batches.map(|batched| &batched.batch).next(),
        [list] if plan.parent.is_none() => list.batch.as_ref(),
        _ => None,
    };
    batch.map_or(1, |batch| usize::try_from(batch.size).unwrap_or(usize::MAX).max(1))
}

/// The state of a range that an earlier run has left for a combination.
fn state(
    child: &Child,
    known: &BTreeMap<String, RangeState>,
    index: usize,
) -> Option<(String, RangeState)> {
    let related = child.value(index);
    let keys = [related.key(), related.earlier_key()];
    keys.into_iter().find_map(|key| Some((key.clone(), known.get(&key)?.clone())))
}

/// What a child takes from the records of its parent, each once, and where the fetch of these has ended.
async fn taken(
    client: &Client,
    runtime: &Handle,
    child: &Child,
    parent: &Parent,
    beginning: &Beginning,
    open: Open,
) -> Result<(Vec<Related>, Checkpoint), Error> {
    let Beginning { values, now, is_strict, .. } = beginning;
    let arguments = values.arguments.clone();
    let values = Values { arguments, now: *now, ..Values::default() };
    let resume = beginning.resume.as_ref().and_then(|resume| resume.parent.as_ref());
    let resume = resume.and_then(|point| point.after.clone());
    let resume = resume.unwrap_or_else(|| beginning_at(beginning));
    let beginning = Beginning {
        values,
        now: *now,
        is_strict: *is_strict,
        resume: Some(resume),
        ..Beginning::default()
    };
    let wanted = vec![Selected { resource: 0, plan: parent.plan.clone(), beginning }];
    let opened = open(client, runtime, wanted, true).map_err(Error::config)?;
    let (mut taken, mut known, mut end) = (Vec::new(), HashSet::new(), Checkpoint::default());
    for SharedPages { mut pages, .. } in opened {
        loop {
            pages.ask();
            match poll_fn(|cx| pages.poll_next(cx)).await {
                Event::Page(page) => {
                    take(&page, child, &parent.plan.name, &mut known, &mut taken)?;
                    end = page.checkpoint;
                }
                Event::Failed(_, error) => return Err(error),
                Event::Stopped => return Err(pipe::stopped()),
                Event::End => break,
            }
        }
    }
    // The last records of its own parent may have had none.
    let before = end.parent.take().and_then(|point| point.after?.next_run()).map(Box::new);
    let next_parents = end.next_parents.take().or(before);
    Ok((taken, Checkpoint { next_parents, pages: None, fresh: false, ..end }))
}

/// Adds what a child takes from the records of a page.
fn take(
    page: &Fetched,
    child: &Child,
    parent: &str,
    known: &mut HashSet<String>,
    taken: &mut Vec<Related>,
) -> Result<(), Error> {
    let records = page.body.records(&page.selector).map_err(|fault| page.body.fault(fault))?;
    let (related, misread) = child.related(parent, page, &records);
    if let Some(misread) = misread {
        return Err(Error::new(Kind::Decode(misread)).on_page(page.number));
    }
    let new = related.into_iter().flatten();
    taken.extend(new.filter(|related| known.insert(related.whole_key(&related.key()))));
    Ok(())
}

/// A child for the origins of a slice, in place of its parent's records and with the values of these lists.
pub(super) fn sliced(
    child: Child,
    lists: Option<Combinations>,
    origins: &Origins,
) -> Result<Child, Reason> {
    let other = || Reason::from("the slice has other origins than the resource");
    let Origins { records, beside, from, to, each, parents } = origins;
    let crossed = &child.plan.crossed;
    if beside.len() != crossed.len() || records.is_some() != child.plan.parent.is_some() {
        return Err(other());
    }
    let has_lists = lists.is_some() || !crossed.is_empty();
    let mut lists = lists.unwrap_or_default().distinct();
    for (crossed, list) in crossed.iter().zip(beside).rev() {
        let list = list.iter().map(|origin| crossed::taken_again(crossed, origin));
        lists = lists.of_each(list.collect::<Result<_, _>>()?);
    }
    let records = match records {
        None => vec![Related::nothing()],
        Some(records) => {
            let records = records.iter().map(|origin| child.relation.taken_again(origin));
            records.collect::<Result<_, _>>()?
        }
    };
    let is_within = from <= to && records.len().checked_mul(*each).is_some_and(|all| *to <= all);
    if lists.len() != *each || !is_within {
        return Err(other());
    }
    let end = parents.as_deref().cloned().unwrap_or_default();
    let sliced = Sliced { records, from: *from, to: *to, end };
    Ok(child.for_each(has_lists.then_some(lists)).sliced(sliced))
}

/// The windows of a slice.
pub(super) fn of_part(
    mut windows: Vec<incremental::WindowRange>,
    slice: &Slice,
) -> Result<Vec<incremental::WindowRange>, Reason> {
    let Part::Windows { from, to, of } = slice.part else { return Ok(windows) };
    if windows.len() != of || from > to || to > of {
        let what = format!(
            "the slice is of {of} windows, and the range has {}: cut the fetch again",
            windows.len()
        );
        return Err(what.into());
    }
    windows.truncate(to);
    windows.drain(..from);
    Ok(windows)
}

#[cfg(test)]
mod tests {
    use super::bounds;

    #[test]
    fn parts_are_as_long_as_each_other_and_begin_with_a_batch() {
        assert_eq!(bounds(10, 1, 3), [(0, 3), (3, 6), (6, 10)]);
        assert_eq!(bounds(2, 1, 8), [(0, 1), (1, 2)]);
        assert_eq!(bounds(10, 4, 8), [(0, 4), (4, 8), (8, 10)]);
        assert_eq!(bounds(0, 1, 8), []);
    }
}
