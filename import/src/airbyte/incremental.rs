//! Incremental streams, from a `DatetimeBasedCursor`.

use super::{
    gaps::{Gaps, is_custom},
    jinja::{self, Expr, Operator, is_false},
    legacy, naming,
    request::{Place, Request},
    scope::Scope,
    time,
};
use crate::{
    description::{Mapping, Node},
    document::Value,
};

/// The incremental cursor of a stream.
pub(super) struct Cursor<'a> {
    sync: &'a Value,
    /// The field.
    pub(super) field: String,
    /// The names of the bounds in a slice.
    pub(super) bounds: (String, String),
    /// The format in which the bounds are sent.
    pub(super) format: Option<String>,
}

impl<'a> Cursor<'a> {
    /// The cursor of a stream; `None` if it has none that can be described.
    pub(super) fn of(
        stream: &'a Value,
        scope: &mut Scope<'_>,
        gaps: &mut Gaps,
    ) -> Option<Cursor<'a>> {
        // In earlier manifests the range is a partition.
        let of_retriever = stream.get("retriever").and_then(|of| of.get("partition_router"));
        let ranges = of_retriever.map(legacy::routers).unwrap_or_default();
        let is_range = |of: &&Value| of.text_of("type") == Some("DatetimeBasedCursor");
        let sync = stream.get("incremental_sync").or(ranges.into_iter().find(is_range))?;
        if is_custom(sync) {
            gaps.custom("incremental_sync", sync);
            return None;
        }
        if sync.text_of("type") != Some("DatetimeBasedCursor") {
            let kind = sync.text_of("type").unwrap_or("without a type");
            gaps.add("incremental", "incremental_sync", format!("the cursor `{kind}`"));
            return None;
        }
        let field = match scope.template(sync.text_of("cursor_field").unwrap_or_default()) {
            Ok(Some(field)) if !field.text.is_empty() => field.text,
            _ => {
                gaps.add("incremental", "incremental_sync", "the cursor field is not known");
                return None;
            }
        };
        let name = |key: &str, default: &str| {
            let name = sync.text_of(key).and_then(|name| scope_text(name, scope.parameters));
            name.unwrap_or_else(|| default.to_owned())
        };
        let bounds =
            (name("partition_field_start", "start_time"), name("partition_field_end", "end_time"));
        let written = sync.text_of("datetime_format");
        let format = written.and_then(time::format);
        if let (Some(written), None) = (written, &format) {
            gaps.add("time_format", "incremental_sync", format!("the format `{written}`"));
        }
        Some(Cursor { sync, field, bounds, format })
    }

    /// The bound of a range, and whether it is known.
    fn bound(&self, key: &str, scope: &mut Scope<'_>, gaps: &mut Gaps) -> Option<Node> {
        let (text, at) = match self.sync.get(key)? {
            Value::Text(text) => (text.as_str(), key.to_owned()),
            bound => (bound.text_of("datetime")?, format!("{key}.datetime")),
        };
        for limit in ["min_datetime", "max_datetime"] {
            let limit = self.sync.get(key).and_then(|bound| bound.text_of(limit));
            if let Some(limit) = limit.filter(|limit| !limit.trim().is_empty()) {
                gaps.add(
                    "expression",
                    &format!("incremental_sync.{key}"),
                    format!("`{limit}`: a limit of a bound"),
                );
            }
        }
        let read = jinja::expression(text, scope.parameters).and_then(|expression| {
            let expression = plain(&expression);
            match time::relative(&expression) {
                Some((time, _)) => Ok(Some(Node::Text(time))),
                None => Ok(scope.expression(&expression)?.map(|filled| Node::Text(filled.text))),
            }
        });
        match read {
            Ok(bound) => bound,
            Err(message) => {
                let message = format!("`{}`: {message}", text.trim());
                gaps.add("expression", &format!("incremental_sync.{at}"), message);
                None
            }
        }
    }

    /// Sends the bounds where the manifest says it, and describes the range.
    pub(super) fn describe(
        &self,
        request: &mut Request,
        scope: &mut Scope<'_>,
        gaps: &mut Gaps,
    ) -> Mapping {
        let mut incremental = Mapping::new();
        incremental.set("cursor_path", Node::Text(naming::path([self.field.as_str()])));
        let mut columns = self.cursor_format();
        if let Some(initial) = self.bound("start_datetime", scope, gaps) {
            incremental.set("initial_value", initial);
        }
        let end = self.bound("end_datetime", scope, gaps);
        let mut sent = [
            mentions(request, "incremental.start_value"),
            mentions(request, "incremental.end_value"),
        ];
        let options = ["start_time_option", "end_time_option"];
        let names = ["start", "end"];
        for (at, option) in options.iter().enumerate() {
            let Some(option) = self.sync.get(option) else { continue };
            let placeholder = format!("{{incremental.{}_value}}", names[at]);
            match Place::of(option, scope) {
                Some(Place::Param(name)) => {
                    incremental.set(&format!("{}_param", names[at]), Node::Text(name));
                    sent[at] = true;
                }
                Some(_) if request.inject(option, Node::Text(placeholder), scope) => {
                    sent[at] = true;
                }
                _ => gaps.add(
                    "incremental",
                    "incremental_sync",
                    "where a bound is sent is not known",
                ),
            }
        }
        // An open end needs no bound if it is not sent.
        let end = end.filter(|_| incremental.get("initial_value").is_some());
        let is_now = end.is_none() || end == Some(Node::text("now"));
        if (sent[1] || !is_now) && incremental.get("initial_value").is_some() {
            incremental.set("end_value", end.unwrap_or_else(|| Node::text("now")));
        }
        if let Some(format) = columns.take() {
            incremental.set("cursor_format", Node::Text(format));
        }
        if let Some(format) = self.format.clone().filter(|_| sent != [false, false]) {
            incremental.set("param_format", Node::Text(format));
        }
        if self.sync.is_true("is_data_feed") {
            incremental.set("row_order", Node::text("desc"));
        }
        if sent != [false, false] {
            self.window(&mut incremental, scope, gaps);
        }
        self.lag(&mut incremental, scope, gaps);
        // Airbyte keeps records without the field.
        incremental.set("on_cursor_value_missing", Node::text("include"));
        incremental
    }

    /// The type of a column of text that has the field: that of the times that the manifest reads from it.
    pub(super) fn data_type(&self) -> Option<&'static str> {
        let is_iso = self.cursor_format().is_none();
        let written = self.sync.text_of("datetime_format").unwrap_or_default();
        match (is_iso, time::is_date(written)) {
            (true, true) => Some("date"),
            (true, false) => Some("timestamp"),
            (false, _) => None,
        }
    }

    /// How records write the field, unless it is a time of ISO 8601.
    fn cursor_format(&self) -> Option<String> {
        let formats: Vec<&str> =
            self.sync.list_of("cursor_datetime_formats").iter().filter_map(Value::text).collect();
        let written = self.sync.text_of("datetime_format").unwrap_or_default();
        let formats = if formats.is_empty() { vec![written] } else { formats };
        if formats.iter().any(|format| time::is_iso(format)) {
            return None;
        }
        time::format(formats.first()?)
    }

    fn window(&self, incremental: &mut Mapping, scope: &mut Scope<'_>, gaps: &mut Gaps) {
        match self.duration("step", scope) {
            // What is longer than any range is no step.
            Some(Ok(Length::Known(step))) if time::seconds(step) >= 100 * 365 * 86_400 => {}
            Some(Ok(Length::Known(step))) => {
                incremental.set("window", Node::Text(time::counted(step)));
            }
            Some(Ok(Length::Days(setting))) => {
                incremental.set("window", Node::Text(format!("{setting} days")));
            }
            Some(Err(message)) => gaps.add("expression", "incremental_sync.step", message),
            None => {}
        }
    }

    fn lag(&self, incremental: &mut Mapping, scope: &mut Scope<'_>, gaps: &mut Gaps) {
        let part = "incremental_sync.lookback_window";
        match self.duration("lookback_window", scope) {
            Some(Ok(Length::Known((0, _)))) | None => {}
            Some(Ok(Length::Known(length))) => {
                let is_date = self.sync.text_of("datetime_format").is_some_and(time::is_date);
                let seconds = time::seconds(length);
                // Dates do not go back by parts of a day.
                let is_part = is_date && matches!(length.1, "hour" | "minute" | "second");
                let length = if is_part { (seconds.div_ceil(86_400), "day") } else { length };
                incremental.set("lag", Node::Text(time::counted(length)));
            }
            Some(Ok(Length::Days(setting))) => {
                incremental.set("lag", Node::Text(format!("{setting} days")));
            }
            Some(Err(message)) => gaps.add("expression", part, message),
        }
    }

    /// A duration, which may be a number of days from a setting.
    fn duration(&self, key: &str, scope: &mut Scope<'_>) -> Option<Result<Length, String>> {
        let text = self.sync.text_of(key)?;
        Some(scope.template(text).and_then(|filled| {
            let text = filled.map(|filled| filled.text).unwrap_or_default();
            let setting = text.strip_prefix('P').and_then(|text| text.strip_suffix('D'));
            match (time::duration(&text), setting) {
                (Some(length), _) => Ok(Length::Known(length)),
                (None, Some(setting)) if setting.starts_with('{') => {
                    Ok(Length::Days(setting.to_owned()))
                }
                _ => Err(format!("`{text}` is no duration")),
            }
        }))
    }
}

enum Length {
    Known((u64, &'static str)),
    Days(String),
}

/// Whether a request has a placeholder.
fn mentions(request: &Request, placeholder: &str) -> bool {
    format!("{request:?}").contains(placeholder)
}

/// A text of the manifest with its parameters.
fn scope_text(text: &str, parameters: Option<&Value>) -> Option<String> {
    let expression = jinja::expression(text, parameters).ok()?;
    expression.text().map(str::to_owned)
}

/// A bound without its conversions into other formats: any time is a bound.
fn plain(expression: &Expr) -> Expr {
    let wrappers = [
        "format_datetime",
        "strftime",
        "str_to_datetime",
        "isoformat",
        "timestamp",
        "int",
        "string",
    ];
    match expression {
        expression if time::relative(expression).is_some() => expression.clone(),
        Expr::Call(name, arguments) if wrappers.contains(&name.as_str()) => {
            arguments.first().map_or_else(|| expression.clone(), plain)
        }
        Expr::Call(name, arguments) if name == "default" => {
            Expr::Call(name.clone(), arguments.iter().map(plain).collect())
        }
        Expr::Binary(Operator::Or, a, b) => {
            Expr::Binary(Operator::Or, Box::new(plain(a)), Box::new(plain(b)))
        }
        Expr::If(condition, then, otherwise) => {
            // `x if x is set else y`, whatever `x` is compared with.
            let (then, otherwise) = (plain(then), plain(otherwise));
            if is_false(&otherwise) {
                return then;
            }
            Expr::If(condition.clone(), Box::new(then), Box::new(otherwise))
        }
        // The date of a time.
        Expr::Member(split, _) => match &**split {
            Expr::Call(name, arguments) if name == "split" => {
                arguments.first().map_or_else(|| expression.clone(), plain)
            }
            _ => expression.clone(),
        },
        Expr::Slice(inner, None, Some(_)) => plain(inner),
        expression => expression.clone(),
    }
}
