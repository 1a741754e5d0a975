//! How records are put together and changed before they are typed, and which names that leaves.

mod around;
mod columns;
mod compare;
mod names;
mod path;
mod step;

use rest_source_plan::{
    Cursor, HeaderCursor, Offset, PageNumber, Paginator, Part, Place, RecordForm, Selector, Str,
    Template,
};

pub(super) use self::names::check_children;
use self::step::Steps;
use super::{
    each::Lists,
    input::Inputs,
    relation::{Taken, origins},
    request::{Known, Request},
};
use crate::{
    config::{Endpoint, Resource, ResponseFormat},
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::Span,
};

/// How the records of a resource are made.
pub(super) struct Checked {
    pub(super) form: RecordForm,
    /// Where its steps are in the file.
    spans: Vec<Span>,
    /// The names of all fields of a CSV body, where the file lists them.
    csv_names: Option<Vec<Str>>,
}

/// Reads how the records of a resource are made. What is taken from its parent's records goes to the
/// request, which must have a parent.
pub(super) fn check(
    resource: &Resource,
    endpoint: &Endpoint,
    (request, paginator, lists): (&mut Request, &Paginator, &mut Lists<'_>),
    records: Option<&Selector>,
    inputs: &mut Inputs,
    diagnostics: &mut Diagnostics,
) -> Checked {
    let rows = around::rows(endpoint, records, diagnostics);
    let with = around::with(endpoint, records, diagnostics);
    let known = Known {
        params: params(request, endpoint, paginator),
        arguments: &request.arguments,
        names_in_path: &request.names,
        taken: &request.taken,
    };
    let mut steps = Steps {
        endpoint,
        known,
        lists,
        inputs,
        diagnostics,
        form: RecordForm { rows: rows.into(), with: with.into(), ..RecordForm::DEFAULT },
        spans: Vec::new(),
        cast: Vec::new(),
        taken: Vec::new(),
    };
    for step in resource.processing_steps.get().into_iter().flatten() {
        steps.read(step);
    }
    let Steps { form, spans, taken, .. } = steps;
    take(request, taken, diagnostics);
    let checked = Checked { form, spans, csv_names: csv_names(endpoint) };
    checked.check_own(resource, &origins(&request.taken), diagnostics);
    checked
}

fn csv_names(endpoint: &Endpoint) -> Option<Vec<Str>> {
    let ResponseFormat::Csv(csv) = &endpoint.response_format.get()?.value else { return None };
    let names = csv.columns.get()?.value.iter();
    Some(names.map(|name| name.value.clone().into()).collect())
}

/// Fields of a parent are added to the records of a child only.
fn take(request: &mut Request, taken: Vec<Taken>, diagnostics: &mut Diagnostics) {
    match taken.first() {
        Some(first) if request.taken.is_empty() => {
            let message = "this resource has no parent to take fields from";
            diagnostics
                .push(Diagnostic::error(Code::MissingParent, first.span, message).help(
                    "a parent is named by a placeholder, `path: posts/{resources.posts.id}`",
                ));
        }
        _ => request.taken.extend(taken),
    }
}

/// The query parameters that a request may have, as far as the file says it, but for secrets.
fn params(request: &Request, endpoint: &Endpoint, paginator: &Paginator) -> Vec<String> {
    let is_secret = |value: &Template| value.0.iter().any(|part| matches!(part, Part::Secret(_)));
    let own = request.params.iter().filter(|param| !is_secret(&param.value));
    let mut names: Vec<&Template> = own.map(|param| &param.name).collect();
    let places: [Option<&Place>; 2] = match paginator {
        Paginator::HeaderCursor(HeaderCursor { cursor_param, place, page_size, .. }) => {
            if place.is_none() {
                names.push(cursor_param);
            }
            [place.as_ref(), page_size.as_ref().map(|size| &size.place)]
        }
        Paginator::Cursor(Cursor { place, page_size, .. }) => {
            [Some(place), page_size.as_ref().map(|size| &size.place)]
        }
        Paginator::Offset(Offset { place, page_size, .. }) => [Some(place), Some(&page_size.place)],
        Paginator::PageNumber(PageNumber { place, page_size, .. }) => {
            [Some(place), page_size.as_ref().map(|size| &size.place)]
        }
        Paginator::Auto
        | Paginator::SinglePage
        | Paginator::JsonLink(_)
        | Paginator::HeaderLink(_) => [None, None],
    };
    names.extend(places.into_iter().flatten().filter_map(|place| match place {
        Place::Param(name) => Some(name),
        Place::Body(_) | Place::Text | Place::Json => None,
    }));
    let names = names.into_iter().filter_map(Template::as_text).map(str::to_owned);
    let mut names: Vec<String> = names.collect();
    if let Paginator::Cursor(Cursor { cursor_paths, .. }) = paginator {
        names.extend(cursor_paths.iter().map(|(name, _)| name.to_string()));
    }
    let incremental = endpoint.incremental.get();
    for param in incremental.into_iter().flat_map(|of| [of.start_param.get(), of.end_param.get()]) {
        names.extend(param.map(|param| param.value.0.clone()));
    }
    names
}
