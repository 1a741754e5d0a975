//! Resources whose records are combined with those of a parent: all of them are fetched before the first
//! child is, and what the children take from them is kept.

use std::future::poll_fn;

use tokio::runtime::Handle;

use super::{
    child::Child,
    lists::{Combination, Combinations},
    node::{Open, Selected, SharedPages},
    relation::{Relation, raw},
};
use crate::{
    Client, Error,
    error::{Kind, Misread, Reason},
    fetch::{
        beginning::Beginning,
        fetched::Fetched,
        pipe::{self, Event},
        slice::Origin,
        values::Values,
    },
    plan::Crossed,
};

/// Every combination of the records of the resources beside a child's parent with the values of its lists.
pub(super) async fn combine(
    client: &Client,
    runtime: &Handle,
    child: &Child,
    ahead: bool,
    open: Open,
) -> Result<Combinations, Error> {
    let lists = child.lists.clone().unwrap_or_default();
    let beside = of_each(client, runtime, child, ahead, open).await?;
    Ok(beside.into_iter().rev().fold(lists, Combinations::of_each))
}

/// What a child takes from the records of each of the resources beside its parent.
pub(super) async fn of_each(
    client: &Client,
    runtime: &Handle,
    child: &Child,
    ahead: bool,
    open: Open,
) -> Result<Vec<Vec<Combination>>, Error> {
    let mut beside = Vec::new();
    for crossed in child.plan.crossed.iter().rev() {
        let wanted = vec![records(child, crossed)];
        let opened = open(client, runtime, wanted, ahead).map_err(Error::config)?;
        beside.push(taken(opened, child, crossed).await?);
    }
    beside.reverse();
    Ok(beside)
}

/// What was taken from a record again, as a slice has it.
pub(super) fn taken_again(crossed: &Crossed, origin: &Origin) -> Result<Combination, Reason> {
    let Origin { fields, include, .. } = origin;
    if fields.len() != crossed.fields.len() || include.len() != crossed.include.len() {
        let beside = &crossed.plan.name;
        return Err(format!("the slice has not what the resource takes from `{beside}`").into());
    }
    let names = crossed.fields.iter().map(|(name, _)| name.clone());
    let columns = crossed.include.iter().map(|included| included.column.clone());
    let included = columns.zip(include).map(|(column, json)| Ok((column, raw(json)?)));
    Ok(Combination {
        values: names.zip(fields.iter().cloned()).collect(),
        included: included.collect::<Result<_, Reason>>()?,
    })
}

/// The records of a resource beside a child's parent, which are fetched as the child is.
fn records(child: &Child, crossed: &Crossed) -> Selected {
    let Beginning { values, now, is_strict, .. } = &child.beginning;
    let arguments = values.arguments.clone();
    let values = Values { arguments, now: *now, ..Values::default() };
    let beginning = Beginning { values, now: *now, is_strict: *is_strict, ..Beginning::default() };
    Selected { resource: 0, plan: crossed.plan.clone(), beginning }
}

/// What a child takes from each of these records.
async fn taken(
    opened: Vec<SharedPages>,
    child: &Child,
    crossed: &Crossed,
) -> Result<Vec<Combination>, Error> {
    let relation = Relation::crossed(crossed);
    let mut taken = Vec::new();
    for SharedPages { mut pages, .. } in opened {
        loop {
            pages.ask();
            match poll_fn(|cx| pages.poll_next(cx)).await {
                Event::Page(page) => take(&page, child, crossed, &relation, &mut taken)?,
                Event::Failed(_, error) => return Err(error),
                Event::Stopped => return Err(pipe::stopped()),
                Event::End => break,
            }
        }
    }
    Ok(taken)
}

/// Adds the records of a page.
fn take(
    page: &Fetched,
    child: &Child,
    crossed: &Crossed,
    relation: &Relation,
    taken: &mut Vec<Combination>,
) -> Result<(), Error> {
    let parent = &*crossed.plan.name;
    let records = page.body.records(&page.selector).map_err(|fault| page.body.fault(fault))?;
    for (index, record) in records.iter().enumerate().filter(|(index, _)| page.counts(*index)) {
        match relation.read(parent, record, &page.included) {
            Ok(Ok(related)) => {
                let names = crossed.fields.iter().map(|(name, _)| name.clone());
                let values = names.zip(related.values.iter().map(|(_, value)| value.clone()));
                let (values, included) = (values.collect(), related.included.to_vec());
                taken.push(Combination { values, included });
            }
            Ok(Err(field)) => child.warn_of_nothing(parent, page.number, index, field),
            Err(misread) => {
                let record = Some(index as u64 + 1);
                let misread = Kind::Decode(Misread { record, ..misread });
                return Err(Error::new(misread).on_page(page.number));
            }
        }
    }
    Ok(())
}
