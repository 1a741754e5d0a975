//! `batch`: how many values of a parent's records, or of a list, share one request.

use rest_source_plan::{Batch, Batched, Part, Template};

use super::relation::{self, Taken};
use crate::{
    config::{Param, Resource},
    diagnostic::{Code, Diagnostic, Diagnostics},
    parse::Setting,
    source::{Span, Spanned},
};

/// A parameter of which a request has the values of several records of the parent.
pub(super) struct Named {
    pub(super) name: String,
    pub(super) batched: Batched,
    /// Where the number of values is in the file.
    pub(super) span: Span,
    /// Whether the request names it, so that it is no query parameter.
    pub(super) is_used: bool,
}

/// What the keys `batch` and `separator` say. `None` if the values do not share requests.
pub(super) fn read(
    size: &Setting<Spanned<u64>>,
    separator: &Setting<Spanned<String>>,
    diagnostics: &mut Diagnostics,
) -> Option<Spanned<Batch>> {
    if let (Setting::Absent, Some(separator)) = (size, separator.get()) {
        let message = "`separator` is between the values of a batch, and there is none";
        diagnostics.push(
            Diagnostic::error(Code::InvalidBatch, separator.span, message)
                .help("say how many values share one request, `batch: 50`"),
        );
    }
    let Spanned { value: size, span } = size.get()?;
    if *size == 0 {
        let message = "a request has at least one value";
        diagnostics.push(
            Diagnostic::error(Code::InvalidNumber, *span, message)
                .help("`batch` is 1 or above, at most what the API takes in one request"),
        );
    }
    let mut batch = Batch { size: (*size).max(1), ..Batch::DEFAULT };
    if let Some(separator) = separator.get() {
        if separator.value.is_empty() {
            let message = "without a separator the server cannot tell the values apart";
            diagnostics.push(
                Diagnostic::error(Code::InvalidBatch, separator.span, message)
                    .help("write what the API splits them at, `separator: \",\"`"),
            );
        }
        batch.separator = separator.value.clone().into();
    }
    Some(Spanned { value: batch, span: *span })
}

/// A resource has one batch, and takes nothing else from the records that share a request, as no record of
/// a response belongs to one of them alone.
pub(super) fn check(
    resource: &Resource,
    named: &[Named],
    (taken, limits): (&[Taken], &[Option<Template>; 2]),
    diagnostics: &mut Diagnostics,
) {
    let batch = named.first().map(|named| named.span);
    for other in named.iter().skip(1) {
        check_alike(&named[0], other, diagnostics);
    }
    check_lists(resource, batch, limits, diagnostics);
    let Some(batch) = batch else { return };
    let included = relation::include(resource).map(|included| included.field.span);
    let added = taken.iter().map(|taken| taken.span);
    for span in included.chain(added) {
        let message =
            "several records of the parent share a request, so that no field of one is known";
        diagnostics.push(
            Diagnostic::error(Code::InvalidBatch, span, message)
                .label(batch, "they share it by this")
                .help(
                    "leave it out if the records say themselves what they belong to; without `batch` \
                     each record of the parent has requests of its own",
                ),
        );
    }
    let is_limit =
        |part: &Part| named.iter().any(|named| *part == Part::Parent(named.batched.field.clone()));
    if limits.iter().flatten().any(|limit| limit.0.iter().any(is_limit)) {
        let message =
            "a bound of the range takes one value, and a request has several of this field";
        diagnostics.push(Diagnostic::error(Code::InvalidBatch, batch, message));
    }
}

/// Two fields of the records that share a request are of the same records, and each is joined in one way.
fn check_alike(first: &Named, other: &Named, diagnostics: &mut Diagnostics) {
    let message = if first.batched.batch.size != other.batched.batch.size {
        "a request has as many values of each field, and these batches differ"
    } else if first.batched.field == other.batched.field {
        "the values of this field are joined already"
    } else {
        return;
    };
    diagnostics.push(
        Diagnostic::error(Code::InvalidBatch, other.span, message).label(first.span, "the first"),
    );
}

/// One list at most has several values in a request, and none if the parent's records share it; records
/// get no value of that list.
fn check_lists(
    resource: &Resource,
    mut first: Option<Span>,
    limits: &[Option<Template>; 2],
    diagnostics: &mut Diagnostics,
) {
    for (name, list) in resource.for_each.get().into_iter().flat_map(|lists| &lists.entries) {
        let Some(batch) = list.batch.get() else { continue };
        match first {
            None => first = Some(batch.span),
            Some(first) => {
                let message = "a resource has one batch, and this is the second";
                diagnostics.push(
                    Diagnostic::error(Code::InvalidBatch, batch.span, message)
                        .label(first, "the first")
                        .help("without `batch` each value has requests of its own"),
                );
            }
        }
        let included = resource.include_from_each.get().into_iter().flat_map(|of| &of.entries);
        for included in included.filter(|included| included.field.value == name.value) {
            let message = format!(
                "a request has several values of `{}`, so that no one is known",
                name.value
            );
            diagnostics.push(
                Diagnostic::error(Code::InvalidBatch, included.field.span, message)
                    .label(batch.span, "they share it by this")
                    .help("leave it out, or leave `batch` out"),
            );
        }
        let is_limit = |part: &Part| matches!(part, Part::Each(list) if *list == name.value);
        if limits.iter().flatten().any(|limit| limit.0.iter().any(is_limit)) {
            let message =
                "a bound of the range takes one value, and a request has several of this list";
            diagnostics.push(Diagnostic::error(Code::InvalidBatch, batch.span, message));
        }
    }
}

/// Whether a placeholder has several values of a request.
pub(super) fn is_several(placeholder: &str, resource: &Resource) -> bool {
    let params = resource.endpoint.get().and_then(|endpoint| endpoint.params.get());
    let of_parent = params.into_iter().flat_map(|params| &params.entries).any(|(name, param)| {
        let Param::Resolve(resolve) = &param.value else { return false };
        let field = || {
            let (resource, field) = (resolve.resource.get()?, resolve.field.get()?);
            Some(format!("resources.{}.{}", resource.value, field.value))
        };
        !resolve.batch.is_absent()
            && (name.value == placeholder || field().is_some_and(|field| field == placeholder))
    });
    let lists = resource.for_each.get().into_iter().flat_map(|lists| &lists.entries);
    let mut lists = lists.filter(|(_, list)| !list.batch.is_absent());
    of_parent
        || lists.any(|(name, _)| placeholder.strip_prefix("each.") == Some(name.value.as_str()))
}
