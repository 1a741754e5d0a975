//! `response_format`: what the body of a response is, and that nothing looks into it for what it cannot have.

mod csv;
mod paging;

use rest_source_plan::{Jsonl, ResponseFormat, Selector, Syntax};

use super::selector;
use crate::{
    config::{self, Endpoint},
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::Spanned,
};

/// What the body of a response is; `paginator` is the client's, for a resource without one.
pub(super) fn check(
    resource: &config::Resource,
    paginator: Option<&config::Paginator>,
    diagnostics: &mut Diagnostics,
) -> ResponseFormat {
    let Some(endpoint) = resource.endpoint.get() else { return ResponseFormat::DEFAULT };
    let Some(format) = endpoint.response_format.get() else { return ResponseFormat::DEFAULT };
    let syntax = match &format.value {
        config::ResponseFormat::Json(_) => Syntax::Json,
        config::ResponseFormat::Jsonl(_) => Syntax::Jsonl(Jsonl {
            data_selector: given(endpoint).and_then(|of| selector::read(of, diagnostics)),
            ..Jsonl::DEFAULT
        }),
        config::ResponseFormat::Csv(of) => {
            check_no_selector(format, endpoint, diagnostics);
            Syntax::Csv(csv::check(of, resource, diagnostics))
        }
        config::ResponseFormat::Xml(_) => {
            check_path(format, endpoint, diagnostics);
            Syntax::Xml
        }
    };
    if syntax != Syntax::Json {
        paging::check(format, endpoint, paginator, diagnostics);
    }
    let text = format.value.text();
    if let Some(files) = text.files.get().filter(|files| files.value.is_empty()) {
        let message = "no file has an empty name";
        diagnostics.push(
            Diagnostic::error(Code::InvalidName, files.span, message)
                .help("write a pattern, `files: \"*.csv\"`, or leave it out for all files"),
        );
    }
    ResponseFormat {
        syntax,
        files: text.files.get().map(|files| files.value.clone().into()),
        encoding: text.encoding.get().map(|encoding| encoding.value),
        ..ResponseFormat::DEFAULT
    }
}

/// Where the records are in the JSON that the engine makes of a body: of lines and rows, a list of them.
pub(super) fn data_selector(endpoint: &Endpoint) -> Option<Selector> {
    is_list(endpoint).then_some(Selector::ROOT)
}

/// Whether a body becomes a list of records, which nothing is around.
pub(super) fn is_list(endpoint: &Endpoint) -> bool {
    endpoint.response_format.get().is_some_and(|format| format.value.is_list())
}

/// The data selector, for which empty text counts as absent.
fn given(endpoint: &Endpoint) -> Option<&Spanned<String>> {
    endpoint.data_selector.get().filter(|selector| !selector.value.is_empty())
}

fn check_no_selector(
    format: &Spanned<config::ResponseFormat>,
    endpoint: &Endpoint,
    diagnostics: &mut Diagnostics,
) {
    let Some(selector) = given(endpoint) else { return };
    let message = "the records of a `csv` body are its rows, and nothing in them is selected";
    diagnostics.push(
        Diagnostic::error(Code::Conflict, selector.span, message)
            .label(format.span, "the format")
            .help(
                "leave it out, or write `data_selector: null` where `resource_defaults` have one",
            ),
    );
}

/// The records of an XML document are the elements at the end of a path.
fn check_path(
    format: &Spanned<config::ResponseFormat>,
    endpoint: &Endpoint,
    diagnostics: &mut Diagnostics,
) {
    /// An example of a path.
    const EXAMPLE: &str = "name the elements from the root on, `data_selector: orders.order`; a name with \
                           a colon needs quotes, `\"feed['atom:entry']\"`";
    let Some(given) = given(endpoint) else {
        if !matches!(endpoint.data_selector, crate::parse::Setting::Invalid) {
            let message = "an `xml` body needs the path of the elements that are records";
            diagnostics
                .push(Diagnostic::error(Code::MissingKey, format.span, message).help(EXAMPLE));
        }
        return;
    };
    let path = selector::parse(&given.value);
    if path.is_some_and(|path| !matches!(path, Selector::Keys(keys) if !keys.is_empty())) {
        let message = "the records of an `xml` body are found by a path of elements";
        diagnostics
            .push(Diagnostic::error(Code::InvalidSelector, given.span, message).help(EXAMPLE));
    }
}
