//! Incremental cursors: what bounds the next run.

use std::str::FromStr;

use rest_source_plan::{
    Bound, Configurable, DataType, Distance, Edge, LastValue, OnMissing, Selector, Str, Template,
    Unit, Window, WriteDisposition,
};

use super::{
    input::Inputs,
    key, literal, loading,
    named_bounds::NamedBounds,
    next_run,
    range::{self, Distances},
    selector,
    setting::Filling,
};
use crate::{
    config::{Endpoint, Incremental, Keep, Param, Resource, ScalarNode},
    diagnostic::{Code, Diagnostic, Diagnostics, closest, either},
    model::{Column, Content},
    parse::{DistanceText, Length, OneOrMany, Setting, TemplateText, find_placeholder},
    source::{Span, Spanned},
    yaml::{Kind, Value},
};

pub(super) fn check(endpoint: &Endpoint, diagnostics: &mut Diagnostics) {
    if let Some(incremental) = endpoint.incremental.get() {
        check_one(incremental, diagnostics);
    }
    let mut first: Option<Span> = None;
    for (name, param) in endpoint.params.get().into_iter().flat_map(|params| &params.entries) {
        let Param::Incremental(incremental) = &param.value else { continue };
        check_one(incremental, diagnostics);
        // dlt's older form sends the lower bound only: the parameter is where it goes.
        let misplaced = [
            ("end_param", incremental.end_param.get().map(|param| param.span)),
            ("end_value", incremental.end_value.get().map(|ScalarNode(node)| node.span)),
        ];
        for (key, span) in misplaced {
            if let Some(span) = span {
                let message = format!("`{key}` belongs in `endpoint.incremental`");
                diagnostics.push(
                    Diagnostic::error(Code::UnknownKey, span, message)
                        .help("write the whole block there instead of a parameter"),
                );
            }
        }
        let other =
            first.or(endpoint.incremental.get().and_then(|i| i.cursor_path.get()).map(|p| p.span));
        if let Some(other) = other {
            diagnostics.push(
                Diagnostic::error(
                    Code::Conflict,
                    name.span,
                    "this endpoint has two incremental cursors",
                )
                .says("the second")
                .label(other, "the first")
                .help("keep one of them"),
            );
        }
        first = Some(name.span);
    }
}

fn check_one(incremental: &Incremental, diagnostics: &mut Diagnostics) {
    for (key, setting) in [("convert", &incremental.convert), ("transform", &incremental.transform)]
    {
        if let Some(Spanned { span, .. }) = setting.get() {
            python_function(key, *span, diagnostics);
        }
    }
    if let (Setting::Given(ScalarNode(end)), Setting::Absent) =
        (&incremental.end_value, &incremental.initial_value)
        && incremental.cursor.is_absent()
    {
        diagnostics.push(
            Diagnostic::error(Code::MissingKey, end.span, "`end_value` requires `initial_value`")
                .help("add `initial_value`"),
        );
    }
}

/// What a placeholder names of a range must be there: without it the text that it stands in could not
/// be sent, and nothing would narrow the request.
pub(super) fn check_bound(
    incremental: &Setting<Incremental>,
    bound: Bound,
    (text, span, is_path): (&str, Span, bool),
    diagnostics: &mut Diagnostics,
) {
    let incremental = match incremental {
        Setting::Given(incremental) => incremental,
        // It may well have had the value.
        Setting::Invalid => return,
        Setting::Absent => {
            let message = "this endpoint has no `incremental`";
            diagnostics.push(
                Diagnostic::error(Code::UnknownPlaceholder, span, message)
                    .help("add it beside `path`, `incremental: {cursor_path: updated_at}`"),
            );
            return;
        }
    };
    let is_alone = text.starts_with('{') && text.find('}') == Some(text.len() - 1);
    let (key, is_absent, help) = match bound {
        Bound::EndValue => (
            "end_value",
            incremental.end_value.is_absent(),
            "add `end_value: now` for everything up to the beginning of a run, or where the range ends",
        ),
        Bound::Lag => ("lag", incremental.lag.is_absent(), "add `lag: 0`"),
        Bound::InitialValue => (
            "initial_value",
            incremental.initial_value.is_absent(),
            "add where the first run begins, as in `initial_value: 2024-01-01T00:00:00Z`",
        ),
        // Where it is the whole of a value, the first run leaves that out and reads everything.
        _ if is_alone && !is_path => return,
        _ => (
            "initial_value",
            incremental.initial_value.is_absent(),
            "add where the first run begins, as in `initial_value: 2024-01-01T00:00:00Z`: until there \
             is a last value, nothing else can be part of other text",
        ),
    };
    if is_absent {
        let name = bound.name();
        let message = format!("`{{incremental.{name}}}` has no value: there is no `{key}`");
        diagnostics.push(Diagnostic::error(Code::UnknownPlaceholder, span, message).help(help));
    }
}

/// The incremental cursor of a resource with these columns; of dlt's older form, in which a
/// parameter sends the lower bound, too.
pub(super) fn plan(
    resource: &Resource,
    columns: &[Column],
    keep: Option<&Spanned<Keep>>,
    sent: &NamedBounds,
    [initial_value, end_value]: [Option<Template>; 2],
    inputs: &mut Inputs,
    diagnostics: &mut Diagnostics,
) -> Option<rest_source_plan::Incremental> {
    let unset = Endpoint::default();
    let endpoint = resource.endpoint.get().unwrap_or(&unset);
    let mut params = endpoint.params.get().into_iter().flat_map(|params| &params.entries);
    let found = match endpoint.incremental.get() {
        Some(incremental) => Some((incremental, None)),
        None => params.find_map(|(name, param)| match &param.value {
            Param::Incremental(incremental) => Some((&**incremental, Some(&name.value))),
            _ => None,
        }),
    };
    let first = found.map(|(incremental, _)| incremental);
    if let Some(next_run) = next_run::kept(keep, first, diagnostics) {
        return Some(rest_source_plan::Incremental {
            next_run,
            ..rest_source_plan::Incremental::DEFAULT
        });
    }
    let (incremental, param) = found?;
    let lag = lag(&incremental.lag, diagnostics);
    if let Some(next_run) = next_run::named(incremental, sent, param.is_some(), diagnostics) {
        let mut fill = Fill { inputs, diagnostics };
        let time = (incremental, &Selector::ROOT, Some(DataType::Timestamp));
        let [initial_value, end_value] = fill.bounds(time, [initial_value, end_value], sent);
        return Some(rest_source_plan::Incremental {
            next_run,
            initial_value,
            end_value,
            lag: fill.distance("lag", &incremental.lag, lag),
            start_param: fill
                .name(&incremental.start_param)
                .or_else(|| param.map(|param| Template::text(param.clone()))),
            end_param: fill.name(&incremental.end_param),
            param_format: incremental.param_format.get().map(|format| format.value.clone()),
            ..rest_source_plan::Incremental::DEFAULT
        });
    }
    let cursor_path = incremental.cursor_path.get();
    let cursor_path = cursor_path.and_then(|path| selector::read(path, diagnostics));
    let window = distance(&incremental.window, 1, diagnostics);
    let future_tolerance = incremental
        .future_tolerance
        .get()
        .and_then(|text| self::window(&text.value, text.span, 0, diagnostics));
    let cursor_path = cursor_path?;
    let data_type = declared_type(&cursor_path, columns);
    let distances = Distances { window, lag };
    let is_start_sent = param.is_some() || incremental.start_param.get().is_some();
    range::check(
        incremental,
        &cursor_path,
        data_type,
        distances,
        (sent, is_start_sent),
        diagnostics,
    );
    check_sent(incremental, param.is_some() || sent.has_plain, diagnostics);
    check_appended(resource, incremental, diagnostics);
    let mut fill = Fill { inputs, diagnostics };
    let cursor = (incremental, &cursor_path, data_type);
    let [initial_value, end_value] = fill.bounds(cursor, [initial_value, end_value], sent);
    Some(rest_source_plan::Incremental {
        data_type,
        cursor_path,
        initial_value,
        end_value,
        last_value: incremental.last_value_func.get().map_or(LastValue::Max, |of| of.value),
        // As in dlt, an empty key turns deduplication off.
        primary_key: match incremental.primary_key.get() {
            Some(OneOrMany(names)) if names.is_empty() => None,
            Some(OneOrMany(names)) => {
                Some(names.iter().map(|name| Str::from(name.value.clone())).collect())
            }
            None => Some(key::primary(resource).into_iter().map(Str::from).collect()),
        },
        row_order: incremental.row_order.get().map(|order| order.value),
        lag: fill.distance("lag", &incremental.lag, lag),
        future_tolerance: fill
            .length("future_tolerance", &incremental.future_tolerance, future_tolerance)
            .unwrap_or(Configurable::Known(Window::DAY)),
        on_missing: *incremental.on_cursor_value_missing.get().unwrap_or(&OnMissing::Raise),
        range_start: *incremental.range_start.get().unwrap_or(&Edge::Closed),
        range_end: *incremental.range_end.get().unwrap_or(&Edge::Open),
        start_param: fill
            .name(&incremental.start_param)
            .or_else(|| param.map(|param| Template::text(param.clone()))),
        end_param: fill.name(&incremental.end_param),
        cursor_format: incremental.cursor_format.get().map(|format| format.value.clone()),
        param_format: incremental.param_format.get().map(|format| format.value.clone()),
        window: fill.distance("window", &incremental.window, window),
        ..rest_source_plan::Incremental::DEFAULT
    })
}

/// A format of bounds that no request names has no effect.
fn check_sent(incremental: &Incremental, is_named: bool, diagnostics: &mut Diagnostics) {
    let Some(Spanned { span, .. }) = incremental.param_format.get() else { return };
    if is_named || !incremental.start_param.is_absent() || !incremental.end_param.is_absent() {
        return;
    }
    diagnostics.push(
        Diagnostic::error(Code::IgnoredKey, *span, "`param_format` has no effect")
            .note("no request names a bound of the range that has no format of its own")
            .help(
                "add `start_param` with the name of the query parameter, or write \
                 `{incremental.start_value}` where the request has the bound",
            ),
    );
}

/// What lies within the `lag` comes again in each run, and an `append` has it once more.
fn check_appended(resource: &Resource, incremental: &Incremental, diagnostics: &mut Diagnostics) {
    let Some(lag) = incremental.lag.get() else { return };
    // One below zero is refused.
    let goes_back = !matches!(lag.value, DistanceText::Number(lag) if lag <= 0.0);
    let (disposition, _) = loading::disposition(resource);
    if !goes_back
        || disposition != WriteDisposition::Append
        || matches!(resource.write_disposition, Setting::Invalid)
        || range::has_fixed_end(incremental)
    {
        return;
    }
    let message = "an `append` adds the records within the `lag` again in each run";
    let help = if key::primary(resource).is_empty() {
        "write `write_disposition: merge` with a `primary_key`, or leave out `lag`"
    } else {
        "write `write_disposition: merge`, or leave out `lag`"
    };
    let mut diagnostic = Diagnostic::error(Code::AppendWithLag, lag.span, message).help(help);
    if resource.write_disposition.is_absent() {
        diagnostic = diagnostic.note("`append` is what `write_disposition` is unless it is given");
    }
    diagnostics.push(diagnostic);
}

/// Reads what settings may give.
struct Fill<'a> {
    inputs: &'a mut Inputs,
    diagnostics: &'a mut Diagnostics,
}

impl Fill<'_> {
    fn text(&mut self, text: &str, filling: Filling, span: Span) -> Template {
        self.inputs.read_filled(text, filling, span, self.diagnostics)
    }

    fn name(&mut self, name: &Setting<Spanned<TemplateText>>) -> Option<Template> {
        name.get().map(|name| self.text(&name.value.0, Filling::TEXT, name.span))
    }

    /// The bounds of a range of this cursor.
    fn bounds(
        &mut self,
        cursor: (&Incremental, &Selector, Option<DataType>),
        [initial, end]: [Option<Template>; 2],
        sent: &NamedBounds,
    ) -> [Option<Configurable<Str>>; 2] {
        let (incremental, ..) = cursor;
        let bounds = [
            self.bound(&incremental.initial_value, initial),
            self.bound(&incremental.end_value, end),
        ];
        for (key, bound) in ["initial_value", "end_value"].into_iter().zip(&bounds) {
            range::check_default(key, bound.as_ref(), cursor, self.inputs, self.diagnostics);
        }
        let [initial, end] = &bounds;
        let given = [initial.as_ref(), end.as_ref()];
        range::check_required(sent, given, self.inputs, self.diagnostics);
        bounds
    }

    /// A bound; one that is made of more than settings has been read with the request.
    fn bound(
        &mut self,
        value: &Setting<ScalarNode>,
        read: Option<Template>,
    ) -> Option<Configurable<Str>> {
        if let Some(read) = read {
            return Some(Configurable::Template(read));
        }
        let ScalarNode(node) = value.get()?;
        let json = literal::scalar_json(node)?;
        if let Value::Scalar(scalar) = &node.value
            && scalar.kind() == Kind::Text
        {
            let template = self.text(&scalar.text, Filling::OMITTED, node.span);
            if template.as_text().is_none() {
                return Some(Configurable::Template(template));
            }
        }
        Some(Configurable::Known(json.into()))
    }

    /// A distance, if it is known, else the text that settings give.
    fn distance(
        &mut self,
        key: &str,
        distance: &Setting<Spanned<DistanceText>>,
        known: Option<Distance>,
    ) -> Option<Configurable<Distance>> {
        let Spanned { value, span } = distance.get()?;
        match (known, value) {
            (Some(distance), _) => Some(Configurable::Known(distance)),
            (None, DistanceText::Length(length)) => self.given(key, length, *span),
            (None, DistanceText::Number(_)) => None,
        }
    }

    /// How long something is, if it is known, else the text that settings give.
    fn length(
        &mut self,
        key: &str,
        length: &Setting<Spanned<Length>>,
        known: Option<Window>,
    ) -> Option<Configurable<Window>> {
        let Spanned { value, span } = length.get()?;
        known.map(Configurable::Known).or_else(|| self.given(key, value, *span))
    }

    /// The text that settings give, if it is one, which by default is a `T`.
    fn given<T: FromStr>(
        &mut self,
        key: &str,
        Length(TemplateText(text)): &Length,
        span: Span,
    ) -> Option<Configurable<T>> {
        find_placeholder(text)?;
        let template = self.text(text, Filling::OMITTED, span);
        range::check_default_length::<T>(key, &template, span, self.inputs, self.diagnostics);
        Some(Configurable::Template(template))
    }
}

/// The type of the column at a path of keys.
fn declared_type(path: &Selector, columns: &[Column]) -> Option<DataType> {
    let Selector::Keys(keys) = path else { return None };
    let (last, above) = keys.split_last()?;
    let mut columns = columns;
    for key in above {
        let column = columns.iter().find(|column| column.name == *key)?;
        let Content::Record(nested) = &column.content else { return None };
        columns = &nested.columns;
    }
    let column = columns.iter().find(|column| column.name == *last)?;
    Some(column.data_type).filter(|data_type| *data_type != DataType::Json)
}

/// A distance that the file states; `None` too if settings give it.
fn distance(
    distance: &Setting<Spanned<DistanceText>>,
    least: u32,
    diagnostics: &mut Diagnostics,
) -> Option<Distance> {
    let Spanned { value, span } = distance.get()?;
    match value {
        DistanceText::Number(number) => Some(Distance::Number(*number)),
        DistanceText::Length(length) => {
            window(length, *span, least, diagnostics).map(Distance::Time)
        }
    }
}

fn lag(lag: &Setting<Spanned<DistanceText>>, diagnostics: &mut Diagnostics) -> Option<Distance> {
    let distance = self::distance(lag, 0, diagnostics)?;
    match distance {
        Distance::Number(number) if number < 0.0 => {
            let message = "a negative `lag` would lose records between two runs";
            diagnostics.push(
                Diagnostic::error(Code::InvalidNumber, lag.get()?.span, message)
                    .help(format!("each run starts this much earlier: write `lag: {}`", -number)),
            );
            None
        }
        distance => Some(distance),
    }
}

/// `1 day`, `12 hours`; `None` too if settings give it.
fn window(
    Length(TemplateText(value)): &Length,
    span: Span,
    least: u32,
    diagnostics: &mut Diagnostics,
) -> Option<Window> {
    if find_placeholder(value).is_some() {
        return None;
    }
    let mut words = value.split_whitespace();
    let count = words.next().and_then(|count| count.parse::<u32>().ok());
    let count = count.filter(|count| *count >= least);
    let (Some(count), Some(unit), None) = (count, words.next(), words.next()) else {
        let message = format!("`{value}` is not how long a range is");
        diagnostics.push(
            Diagnostic::error(Code::InvalidNumber, span, message)
                .help("a number and a unit of time, as in `1 day` or `12 hours`"),
        );
        return None;
    };
    let Some(named) = Unit::counted(unit) else {
        let units: Vec<_> = Unit::WORDS.iter().map(|(name, ..)| *name).collect();
        let unit = unit.strip_suffix('s').unwrap_or(unit);
        let message = format!("`{unit}` is not a unit of time");
        let diagnostic = Diagnostic::error(Code::UnknownWord, span, message);
        diagnostics.push(match closest(unit, units.iter().copied()) {
            Some(meant) => diagnostic.meant(unit, meant),
            None => diagnostic.help(format!("there are {}", either(units))),
        });
        return None;
    };
    Some(Window { count, unit: named, ..Window::DAY })
}

/// A function cannot be part of a file; dlt itself takes it from Python only.
pub(super) fn python_function(key: &str, span: Span, diagnostics: &mut Diagnostics) {
    let message = format!("`{key}` is a Python function in dlt, which a file cannot hold");
    diagnostics.push(Diagnostic::error(Code::PythonFunction, span, message).help(
        "`processing_steps` have `filter`, `exclude`, `include`, `rename`, `add` and `cast`; the \
                 rest is done in Rust, by an adaptor on the stream",
    ));
}
