//! The format `csv`.

use rest_source_plan::{Csv, Str};

use crate::{
    config::{Columns, CsvFormat, Resource},
    diagnostic::{Code, Diagnostic, Diagnostics},
    parse::Setting,
    source::Spanned,
};

pub(super) fn check(csv: &CsvFormat, resource: &Resource, diagnostics: &mut Diagnostics) -> Csv {
    let delimiter = csv.delimiter.get();
    let quote = match &csv.quote {
        Setting::Given(quote) => quote.as_ref(),
        Setting::Absent | Setting::Invalid => None,
    };
    let has_no_quote = matches!(csv.quote, Setting::Given(None));
    let between = delimiter.and_then(|of| character(of, "delimiter", ";", diagnostics));
    let around = quote.and_then(|of| character(of, "quote", "'", diagnostics));
    let (between, around) = (between.unwrap_or(",".into()), around.unwrap_or("\"".into()));
    if let Some(given) = quote.or(delimiter).filter(|_| between == around && !has_no_quote) {
        let message = "the delimiter and the quote are the same character";
        diagnostics.push(
            Diagnostic::error(Code::Conflict, given.span, message)
                .help("without quotes, write `quote: null`"),
        );
    }
    Csv {
        delimiter: between,
        quote: (!has_no_quote).then_some(around),
        columns: columns(csv, resource, diagnostics).map(Into::into),
        skip_lines: csv.skip_lines.get().map_or(0, |lines| lines.value),
        ..Csv::DEFAULT
    }
}

/// One ASCII character that is no line break; a tab may be written `\t` in any quotes.
fn character(
    given: &Spanned<String>,
    key: &str,
    example: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Str> {
    let text = if given.value == "\\t" { "\t" } else { &given.value };
    match text.as_bytes() {
        [byte] if byte.is_ascii() && !matches!(byte, b'\n' | b'\r' | 0) => {
            Some(text.to_owned().into())
        }
        _ => {
            let message = format!("`{key}` is one ASCII character, found {:?}", given.value);
            diagnostics.push(
                Diagnostic::error(Code::WrongType, given.span, message)
                    .help(format!("write `{key}: \"{example}\"`, and a tab as `{key}: \"\\t\"`")),
            );
            None
        }
    }
}

/// The names of the fields, where the body does not have them.
fn columns(
    csv: &CsvFormat,
    resource: &Resource,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Str>> {
    let header = csv.header.get();
    let Some(names) = csv.columns.get() else {
        let header = header.filter(|header| !header.value)?;
        if matches!(csv.columns, Setting::Invalid) {
            return None;
        }
        let declared = resource.columns.get().map(Columns::names).unwrap_or_default();
        if declared.is_empty() {
            let message = "nothing names the fields of a row";
            diagnostics.push(Diagnostic::error(Code::MissingKey, header.span, message).help(
                "list them in order, `response_format: {type: csv, columns: [id, name]}`, or declare \
                 the resource's `columns` in that order",
            ));
        }
        return Some(declared.into_iter().map(Str::from).collect());
    };
    if let Some(header) = header.filter(|header| header.value) {
        let message = "the first row has the names of the fields, and these are others";
        diagnostics.push(
            Diagnostic::error(Code::Conflict, names.span, message)
                .label(header.span, "the first row has them")
                .help(
                    "to use these instead, skip that row, `skip_lines: 1`, and leave `header` out",
                ),
        );
    }
    if names.value.is_empty() {
        let message = "a row without fields is no record";
        diagnostics.push(
            Diagnostic::error(Code::WrongType, names.span, message)
                .help("list the names of the fields in order, `columns: [id, name]`"),
        );
    }
    for (index, name) in names.value.iter().enumerate() {
        if name.value.is_empty() {
            let message = "a field needs a name";
            diagnostics.push(Diagnostic::error(Code::InvalidName, name.span, message));
        } else if let Some(first) =
            names.value[..index].iter().find(|first| first.value == name.value)
        {
            let message = format!("the field `{}` is listed twice", name.value);
            diagnostics.push(
                Diagnostic::error(Code::DuplicateName, name.span, message)
                    .label(first.span, "the first"),
            );
        }
    }
    Some(names.value.iter().map(|name| Str::from(name.value.clone())).collect())
}
