//! Selectors: paths into a JSON document.

mod filter;
mod help;
mod reader;
mod text;

use std::borrow::Cow;

use rest_source_plan::{Filter, Selector};

use self::{
    help::help,
    reader::{Mistake, Reader},
};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::Spanned,
};

/// Reads a selector: `meta.cursors.after`, with an optional `$.` in front. A key of other characters
/// stands in quotes, `meta['page token']`. Beyond such paths of keys, of which nearly all are, there
/// is JSONPath in dlt's dialect, `data[0].id`, `data[*].items`, `data[?(@.kind == "a")]`, `..id`.
pub(super) fn read(selector: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<Selector> {
    match Reader::new(&selector.value).read() {
        Ok(read) => Some(read),
        Err(Mistake { at, length, message }) => {
            let span = selector.span.within(&selector.value, at, at + length);
            diagnostics.push(
                Diagnostic::error(Code::InvalidSelector, span, message).help(help(&selector.value)),
            );
            None
        }
    }
}

/// Reads a selector of which nothing is reported. `None` if it is none.
pub(super) fn parse(selector: &str) -> Option<Selector> {
    Reader::new(selector).read().ok()
}

/// Reads the filter of a step, `@.kind == "a"`. What is wrong with it is reported where it is.
pub(super) fn filter(filter: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<Filter> {
    match whole_filter(&filter.value) {
        Ok(filter) => Some(filter),
        Err(Mistake { at, length, message }) => {
            let span = filter.span.within(&filter.value, at, at + length);
            diagnostics.push(Diagnostic::error(Code::InvalidSelector, span, message).help(
                "write `\"@.status == 'active'\"`, where `@` is the record, `\"@.email\"` for a \
                 field that is there, and `&&`, `||`, `!(…)`, `in [1, 2]` and \
                 `length(@.name) > 1`",
            ));
            None
        }
    }
}

fn whole_filter(filter: &str) -> std::result::Result<Filter, Mistake> {
    let mut reader = Reader::new(filter);
    reader.blanks();
    reader.take("?");
    reader.blanks();
    let filter = reader.filter()?;
    reader.blanks();
    if reader.rest.is_empty() { Ok(filter) } else { Err(reader.no_filter()) }
}

/// Reads a filter by itself, `@.kind == "a"`. The error says what is wrong with it.
pub(super) fn read_filter(filter: &str) -> std::result::Result<Filter, Cow<'static, str>> {
    whole_filter(filter).map_err(|mistake| mistake.message)
}
