//! From the plan of a paginator to its kind.

use super::{
    cursor::Cursor,
    custom::{AnyPaginate, Custom},
    header_cursor::HeaderCursor,
    header_link::HeaderLink,
    json_link::JsonLink,
    kind::Kind,
    links::Links,
    offset::Offset,
    page_cursor::PageCursor,
    page_cursors::{FirstPage, PageCursors, Sending},
    page_number::PageNumber,
    place::{PageSize, place},
    position::{Position, Stepped},
    single_page::SinglePage,
    total::Total,
    total_at::{TotalAt, header_name},
};
use crate::{
    error::Reason,
    http::{inputs::Inputs, request::Place},
    plan::{self, Configurable, Paginator as Plan, Template},
};

/// The planned paginator, its settings filled in, at the first page or at this position. That of `auto`
/// asks for the first page.
pub(super) fn planned(
    plan: &Plan,
    inputs: &Inputs,
    page_size: Option<u64>,
    position: Option<Position>,
) -> Result<Box<dyn Kind>, Reason> {
    match plan {
        Plan::Auto => no_page_size_yet(page_size)?,
        Plan::Cursor(_) | Plan::HeaderCursor(_) | Plan::Offset(_) | Plan::PageNumber(_) => {}
        _ => no_page_size(page_size)?,
    }
    Ok(match plan {
        Plan::Auto | Plan::SinglePage => {
            nowhere(position)?;
            Box::new(SinglePage)
        }
        Plan::JsonLink(plan::JsonLink { next_url_path, base_path, .. }) => {
            let find = JsonLink { path: next_url_path.clone() };
            Box::new(Links::new(find, base_path.clone(), next_url(position)?.as_deref())?)
        }
        Plan::HeaderLink(link) => header_link(link, inputs, position)?,
        Plan::HeaderCursor(cursor) => header_cursor(cursor, inputs, page_size, position)?,
        Plan::Cursor(plan) => cursor(plan, inputs, page_size, position)?,
        Plan::Offset(plan) => by_offset(plan, inputs, page_size, position)?,
        Plan::PageNumber(plan) => by_page(plan, inputs, page_size, position)?,
    })
}

fn header_link(
    plan: &plan::HeaderLink,
    inputs: &Inputs,
    position: Option<Position>,
) -> Result<Box<dyn Kind>, Reason> {
    let header = plan.header.as_ref().map(|header| header_name(&inputs.name(header)?));
    let params = plan.link_params.iter();
    let params = params.map(|(name, value)| Ok((name.clone(), inputs.text(value)?)));
    let find = HeaderLink {
        rel: inputs.name(&plan.rel)?,
        header: header.transpose()?,
        params: params.collect::<Result<_, Reason>>()?,
    };
    Ok(Box::new(Links::new(find, plan.base_path.clone(), next_url(position)?.as_deref())?))
}

fn header_cursor(
    plan: &plan::HeaderCursor,
    inputs: &Inputs,
    page_size: Option<u64>,
    position: Option<Position>,
) -> Result<Box<dyn Kind>, Reason> {
    let find = HeaderCursor::new(&inputs.name(&plan.header)?)?;
    let place = match &plan.place {
        Some(at) => place(at, "cursor", inputs)?,
        None => Place::Param(inputs.name(&plan.cursor_param)?),
    };
    let sending = Sending {
        place,
        sends_members: false,
        page_size: resize(plan.page_size.as_ref(), page_size, inputs)?,
        first_page: FirstPage::planned(&plan.first_page_params, inputs)?,
    };
    let initial = initial(plan.initial_cursor.as_ref(), inputs)?;
    Ok(Box::new(PageCursors::new(find, sending, initial, page_cursor(position)?)))
}

fn cursor(
    plan: &plan::Cursor,
    inputs: &Inputs,
    page_size: Option<u64>,
    position: Option<Position>,
) -> Result<Box<dyn Kind>, Reason> {
    let find = Cursor { path: plan.cursor_path.clone(), members: plan.cursor_paths.to_vec() };
    let sending = Sending {
        place: place(&plan.place, "cursor", inputs)?,
        sends_members: plan.sends_members,
        page_size: resize(plan.page_size.as_ref(), page_size, inputs)?,
        first_page: FirstPage::planned(&plan.first_page_params, inputs)?,
    };
    let initial = initial(plan.initial_cursor.as_ref(), inputs)?;
    Ok(Box::new(PageCursors::new(find, sending, initial, page_cursor(position)?)))
}

fn by_offset(
    plan: &plan::Offset,
    inputs: &Inputs,
    page_size: Option<u64>,
    position: Option<Position>,
) -> Result<Box<dyn Kind>, Reason> {
    let step = plan.offset_step.as_ref().map(|step| step_of(step, inputs)).transpose()?;
    let kept = match step {
        None => offset(position)?.map(|offset| (offset, 0)),
        Some(_) => stepped(position)?.map(|at| (at.offset, at.received)),
    };
    let (skipped, received) = match kept {
        Some(kept) => kept,
        None => (inputs.count(&plan.offset)?, 0),
    };
    let total = TotalAt::planned(plan.total_path.as_ref(), plan.total_header.as_ref(), inputs)?;
    Ok(Box::new(Offset {
        skipped,
        place: place(&plan.place, "offset", inputs)?,
        page_size: resize(Some(&plan.page_size), page_size, inputs)?,
        total: total.map(Total::new),
        maximum: inputs.optional_count(plan.maximum_offset.as_ref())?,
        until: None,
        step,
        received,
        seen: None,
        is_doubted: false,
    }))
}

fn by_page(
    plan: &plan::PageNumber,
    inputs: &Inputs,
    page_size: Option<u64>,
    position: Option<Position>,
) -> Result<Box<dyn Kind>, Reason> {
    let total = TotalAt::planned(plan.total_path.as_ref(), plan.total_header.as_ref(), inputs)?;
    Ok(Box::new(PageNumber {
        base: inputs.count(&plan.base_page)?,
        page: match page_number(position)? {
            Some(page) => page,
            None => inputs.count(&plan.page)?,
        },
        place: place(&plan.place, "page", inputs)?,
        page_size: resize(plan.page_size.as_ref(), page_size, inputs)?,
        total: total.map(Total::new),
        maximum: inputs.optional_count(plan.maximum_page.as_ref())?,
        received: 0,
        pages: None,
        is_doubted: false,
    }))
}

/// A paginator from outside this crate.
pub(super) fn custom(
    custom: Box<dyn AnyPaginate>,
    page_size: Option<u64>,
    position: Option<Position>,
) -> Result<Box<dyn Kind>, Reason> {
    no_page_size(page_size)?;
    let state = read(position, |position| match position {
        Position::Custom(state) => Some(state),
        _ => None,
    })?;
    Ok(Box::new(Custom::new(custom, state)?))
}

/// The page cursor of the first request.
fn initial(
    initial_cursor: Option<&Template>,
    inputs: &Inputs,
) -> Result<Option<PageCursor>, Reason> {
    let initial = initial_cursor.filter(|text| !inputs.is_unset(text));
    let initial = initial.map(|text| inputs.text(text)).transpose()?;
    Ok(initial.as_deref().map(PageCursor::from))
}

/// By how much an offset grows.
fn step_of(step: &Configurable<u64>, inputs: &Inputs) -> Result<u64, Reason> {
    match inputs.count(step)? {
        0 => Err("an offset that grows by 0 stays where it is".into()),
        step => Ok(step),
    }
}

/// Why a position is of no use.
const OTHER: &str = "the checkpoint is one of another paginator";

fn nowhere(position: Option<Position>) -> Result<(), Reason> {
    position.map_or(Ok(()), |_| Err(OTHER.into()))
}

pub(super) fn next_url(position: Option<Position>) -> Result<Option<String>, Reason> {
    read(position, |position| match position {
        Position::NextUrl(url) => Some(url),
        _ => None,
    })
}

pub(super) fn page_cursor(position: Option<Position>) -> Result<Option<PageCursor>, Reason> {
    read(position, |position| match position {
        Position::PageCursor(value) => PageCursor::from_value(value),
        _ => None,
    })
}

pub(super) fn offset(position: Option<Position>) -> Result<Option<u64>, Reason> {
    read(position, |position| match position {
        Position::Offset(offset) => Some(offset),
        _ => None,
    })
}

fn stepped(position: Option<Position>) -> Result<Option<Stepped>, Reason> {
    read(position, |position| match position {
        Position::Stepped(at) => Some(at),
        _ => None,
    })
}

pub(super) fn page_number(position: Option<Position>) -> Result<Option<u64>, Reason> {
    read(position, |position| match position {
        Position::PageNumber(page) => Some(page),
        _ => None,
    })
}

fn read<T>(
    position: Option<Position>,
    read: impl FnOnce(Position) -> Option<T>,
) -> Result<Option<T>, Reason> {
    position.map(|position| read(position).ok_or_else(|| OTHER.into())).transpose()
}

/// Before the first response it is unknown what a page size is called.
pub(super) fn no_page_size_yet(page_size: Option<u64>) -> Result<(), Reason> {
    match page_size {
        None => Ok(()),
        Some(_) => Err(
            "the page size cannot be set with `paginator: auto`, as its parameter is not known \
                 before the first response: declare the paginator that `cargo rest-source probe` \
                 shows, or set the server's parameter by `param`"
                .into(),
        ),
    }
}

fn no_page_size(page_size: Option<u64>) -> Result<(), Reason> {
    match page_size {
        None => Ok(()),
        Some(_) => Err("the page size cannot be set, as this paginator has no parameter for it; \
                        if the API has one, set it by `param`"
            .into()),
    }
}

/// The page size that was planned, or else asked for.
fn resize(
    planned: Option<&plan::PageSize>,
    records: Option<u64>,
    inputs: &Inputs,
) -> Result<Option<PageSize>, Reason> {
    match (planned, records) {
        (Some(planned), records) => PageSize::filled(planned, records, inputs).map(Some),
        (None, None) => Ok(None),
        (None, Some(0)) => Err("a page size of 0 records is none".into()),
        (None, Some(_)) => {
            Err("the page size cannot be set, as no parameter is known for it: add `limit` to the \
                 paginator"
                .into())
        }
    }
}
