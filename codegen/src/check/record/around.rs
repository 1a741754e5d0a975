//! How records are put together: the names of their values, and what they get from what encloses them.

use std::collections::HashSet;

use rest_source_plan::{Choice, Names, Row, Segment, Selector, Str, With};

use super::{
    super::selector,
    path::{self, segments},
};
use crate::{
    config::{Endpoint, ResponseFormat},
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::Spanned,
};

/// How a `with` names the key of a member.
const KEY: &str = "$key";

const HELP: &str = "select the members of a mapping, `data_selector: \"data.*\"`";

/// What names the values of rows.
pub(super) fn rows(
    endpoint: &Endpoint,
    records: Option<&Selector>,
    diagnostics: &mut Diagnostics,
) -> Vec<Row> {
    let rows = read_rows(endpoint, diagnostics);
    let is_of_rows = rows.iter().any(|row| row.values == Selector::ROOT);
    let last = records.map(segments).and_then(|way| way.last().cloned());
    let is_several = last.is_some_and(|last| match last {
        Segment::Children(choices) => {
            matches!(&*choices, [Choice::Wildcard | Choice::Filter(_) | Choice::Slice(_)])
        }
        Segment::Descendants(_) => false,
    });
    if let Some(selector) = endpoint.data_selector.get().filter(|_| is_of_rows && is_several) {
        let message = "this selects the values of the rows, where rows are lists";
        diagnostics.push(Diagnostic::error(Code::InvalidSelector, selector.span, message).help(
            "select the list of the rows; a row that has the names, \
                 `record_columns_path: rows[0]`, is no record",
        ));
    }
    rows
}

fn read_rows(endpoint: &Endpoint, diagnostics: &mut Diagnostics) -> Vec<Row> {
    let (fixed, sent) = (endpoint.record_columns.get(), endpoint.record_columns_path.get());
    let is_csv = endpoint
        .response_format
        .get()
        .is_some_and(|format| matches!(format.value, ResponseFormat::Csv(_)));
    if let Some(span) = fixed.map(|of| of.span).or(sent.map(|of| of.span)).filter(|_| is_csv) {
        let message =
            "`record_columns` names the values of lists, and rows of CSV have names already";
        diagnostics.push(
            Diagnostic::error(Code::Conflict, span, message)
                .help("write the names in `response_format: {type: csv, columns: [id, name]}`"),
        );
        return Vec::new();
    }
    if let (Some(fixed), Some(sent)) = (fixed, sent) {
        diagnostics.push(
            Diagnostic::error(Code::Conflict, sent.span, "the values of a row have names already")
                .label(fixed.span, "these")
                .help("`record_columns` has the names, `record_columns_path` says where they are sent"),
        );
    }
    if let Some(Spanned { value: names, span }) = fixed {
        let mut seen = HashSet::new();
        if names.is_empty() {
            let message = "`record_columns` has no names";
            diagnostics.push(Diagnostic::error(Code::WrongType, *span, message));
        }
        for name in names {
            if name.value.is_empty() {
                let message = "the name of this column is empty";
                diagnostics.push(Diagnostic::error(Code::InvalidName, name.span, message));
            } else if !seen.insert(&name.value) {
                let message = format!("`record_columns` names `{}` twice", name.value);
                diagnostics.push(Diagnostic::error(Code::DuplicateName, name.span, message));
            }
        }
        let names = names.iter().map(|name| Str::from(name.value.clone())).collect();
        return vec![Row { names: Names::Fixed(names), ..Row::DEFAULT }];
    }
    let sent = sent.into_iter().flat_map(|sent| &sent.value.entries);
    let row = |(values, names): &(Spanned<String>, Spanned<String>)| {
        let values = selector::read(values, diagnostics)?;
        let names = Names::Sent(selector::read(names, diagnostics)?);
        Some(Row { values, names, ..Row::DEFAULT })
    };
    sent.filter_map(row).collect()
}

/// What records get from what encloses them.
pub(super) fn with(
    endpoint: &Endpoint,
    records: Option<&Selector>,
    diagnostics: &mut Diagnostics,
) -> Vec<With> {
    let entries = endpoint.with.get().into_iter().flat_map(|with| &with.entries);
    if let Some(what) = alone(endpoint)
        && let Some((name, _)) = entries.clone().next()
    {
        let message =
            format!("`with` takes from what is around a record, and nothing is around {what}");
        diagnostics.push(
            Diagnostic::error(Code::Conflict, name.span, message)
                .help("leave `with` out; `processing_steps` can `add` what the fetch knows"),
        );
        return Vec::new();
    }
    let mut all = Vec::new();
    for (name, from) in entries {
        if name.value.is_empty() {
            let message = "the name of this field is empty";
            diagnostics.push(Diagnostic::error(Code::InvalidName, name.span, message));
            continue;
        }
        let with = match from.value.strip_suffix(KEY) {
            Some(before) if before.is_empty() || before.ends_with('.') => {
                key(before.strip_suffix('.'), from, records, diagnostics)
            }
            _ => field(from, records, diagnostics),
        };
        all.extend(with.map(|with| With { name: name.value.clone().into(), ..with }));
    }
    all
}

/// What a record is that has nothing around it.
fn alone(endpoint: &Endpoint) -> Option<&'static str> {
    match endpoint.response_format.get()?.value {
        ResponseFormat::Csv(_) => Some("a row of CSV"),
        ResponseFormat::Jsonl(_) => Some("a record in a line of JSON"),
        ResponseFormat::Json(_) | ResponseFormat::Xml(_) => None,
    }
}

/// The key of a member on the way to a record, of the last one that is selected among several if there is no
/// path.
fn key(
    path: Option<&str>,
    from: &Spanned<String>,
    records: Option<&Selector>,
    diagnostics: &mut Diagnostics,
) -> Option<With> {
    let mut wrong = |message: String, help: &str| {
        diagnostics.push(
            Diagnostic::error(Code::InvalidSelector, from.span, message).help(help.to_owned()),
        );
        None
    };
    let Some(records) = records else {
        return wrong("`$key` requires a `data_selector`".to_owned(), HELP);
    };
    let way = segments(records);
    let is_named = |segment: &Segment| match segment {
        Segment::Children(choices) => {
            choices.len() > 1 || matches!(**choices, [Choice::Wildcard | Choice::Filter(_)])
        }
        Segment::Descendants(_) => false,
    };
    let depth = match path {
        // What lies behind has the same name in each member.
        None => way.iter().rposition(is_named).map_or(0, |last| last + 1),
        Some(path) => {
            let Some(path) = selector::parse(path) else {
                return wrong(format!("`{path}` is no path"), HELP);
            };
            let path = segments(&path);
            if !way.starts_with(&path) {
                let message = format!("`{records}` does not lead through this");
                return wrong(message, "write the beginning of `data_selector`");
            }
            path.len()
        }
    };
    if !depth.checked_sub(1).and_then(|last| way.get(last)).is_some_and(is_named) {
        return wrong("each record has the same key here".to_owned(), HELP);
    }
    let depth = u32::try_from(depth).ok()?;
    Some(With { depth, is_key: true, ..With::DEFAULT })
}

/// A field of the response, or of what the data selector leads through where it begins as that does.
fn field(
    from: &Spanned<String>,
    records: Option<&Selector>,
    diagnostics: &mut Diagnostics,
) -> Option<With> {
    let whole = segments(&selector::read(from, diagnostics)?);
    let way = records.map(segments).unwrap_or_default();
    let shared = whole.iter().zip(&way).take_while(|(one, other)| one == other).count();
    let rest = path::selector(whole[shared..].to_vec(), &from.value);
    if !rest.is_single() {
        let message = format!("`{}` may select several values, and a field takes one", from.value);
        diagnostics.push(Diagnostic::error(Code::InvalidSelector, from.span, message).help(
            "a path that begins as `data_selector` does leads to what encloses the record, as in \
             `groups[*].name` with `data_selector: groups[*].items`",
        ));
        return None;
    }
    Some(With { depth: u32::try_from(shared).ok()?, path: rest, ..With::DEFAULT })
}
