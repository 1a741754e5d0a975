//! Resources whose records are combined with those of a parent: all of them are fetched before the first
//! child is, and what the children take from them is kept.

use std::future::poll_fn;

use tokio::runtime::Handle;

use super::{
    child::Child,
    lists::{Combination, Combinations},
    node::{Open, Opened, Wanted},
    relation::Relation,
};
use crate::{
    Client, Error,
    error::{Kind, Misread},
    fetch::{
        beginning::Beginning,
        fetched::Fetched,
        pipe::{self, Event},
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
    let mut combinations = child.lists.clone().unwrap_or_default();
    for crossed in child.plan.crossed.iter().rev() {
        let wanted = vec![records(child, crossed)];
        let opened = open(client, runtime, wanted, ahead).map_err(Error::config)?;
        combinations = combinations.of_each(taken(opened, child, crossed).await?);
    }
    Ok(combinations)
}

/// The records of a resource beside a child's parent, which are fetched as the child is.
fn records(child: &Child, crossed: &Crossed) -> Wanted {
    let Beginning { values, now, is_strict, .. } = &child.beginning;
    let arguments = values.arguments.clone();
    let values = Values { arguments, now: *now, ..Values::default() };
    let beginning = Beginning { values, now: *now, is_strict: *is_strict, ..Beginning::default() };
    Wanted { resource: 0, plan: crossed.plan.clone(), beginning }
}

/// What a child takes from each of these records.
async fn taken(
    opened: Vec<Opened>,
    child: &Child,
    crossed: &Crossed,
) -> Result<Vec<Combination>, Error> {
    let relation = Relation::crossed(crossed);
    let mut taken = Vec::new();
    for Opened { mut pages, .. } in opened {
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
