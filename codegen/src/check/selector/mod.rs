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

/// Reads a filter by itself, `@.kind == "a"`. The error says what is wrong with it.
pub(super) fn read_filter(filter: &str) -> std::result::Result<Filter, Cow<'static, str>> {
    let mut reader = Reader::new(filter);
    reader.blanks();
    let read = reader.filter().and_then(|filter| {
        reader.blanks();
        if reader.rest.is_empty() { Ok(filter) } else { Err(reader.no_filter()) }
    });
    read.map_err(|mistake| mistake.message)
}
