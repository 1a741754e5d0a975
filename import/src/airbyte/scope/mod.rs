//! What the names of Jinja stand for in the requests of one stream, and from an expression to text with the
//! placeholders of a description.

mod choice;

use std::cell::{Cell, RefCell};

use super::{
    jinja::{self, Expr, Operator, Part, Step},
    naming,
    settings::Settings,
    time,
};
use crate::{description::Node, document::Value, secret};

/// The names by which Airbyte calls what a request is made for.
const SLICES: [&str; 4] = ["stream_slice", "stream_partition", "stream_interval", "partition"];

/// What the names stand for.
pub(super) struct Scope<'a> {
    /// The parameters of the component.
    pub(super) parameters: Option<&'a Value>,
    /// The configuration.
    pub(super) settings: &'a mut Settings,
    /// What a stream is fetched for.
    pub(super) names: &'a Names,
    /// Why a setting in it must have a value; `None` where what has none is not sent.
    pub(super) needed_by: Option<&'static str>,
    /// Whether it is a field that is added to a record.
    pub(super) is_record: bool,
}

/// What a stream is fetched for.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Fields of a partition and their placeholders.
    pub(super) partition: Vec<(String, String)>,
    /// The placeholder of several values in one request, which are sent joined.
    pub(super) group: Option<String>,
    /// What is between these values.
    pub(super) separator: RefCell<Option<String>>,
    /// Where fields of the parent's record are, `{resources.orders.`.
    pub(super) parent: Option<String>,
    /// The names of the bounds of an incremental range.
    pub(super) bounds: Option<(String, String)>,
    /// The format in which these bounds are written.
    pub(super) format: Option<String>,
    /// What the paginator sends, `{paginator.cursor}`.
    pub(super) page: Option<&'static str>,
    /// Whether what the paginator sends is counted from one, as an expression adds that.
    pub(super) is_from_one: Cell<bool>,
}

/// Text with placeholders.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Filled {
    /// The text.
    pub(super) text: String,
    /// The constant that it is.
    pub(super) constant: Option<Node>,
    /// Whether only the first page is requested with it.
    pub(super) is_first_page_only: bool,
    /// Why it is a guess.
    pub(super) reason: Option<String>,
}

impl Filled {
    fn text(text: impl Into<String>) -> Filled {
        Filled { text: text.into(), ..Filled::default() }
    }

    /// The same without quotes around it, by which a manifest says that a value is text whatever it looks like.
    pub(super) fn unquoted(mut self) -> Filled {
        let inner = ['"', '\''].iter().find_map(|quote| {
            let inner = self.text.strip_prefix(*quote)?.strip_suffix(*quote)?;
            (!inner.contains(*quote)).then(|| inner.to_owned())
        });
        if let Some(inner) = inner {
            self.text = inner;
        }
        self
    }

    /// The value of a key.
    pub(super) fn node(self) -> Node {
        self.constant.unwrap_or(Node::Text(self.text))
    }
}

impl Scope<'_> {
    /// The text of a template; `None` if it is nothing.
    pub(super) fn template(&mut self, template: &str) -> Result<Option<Filled>, String> {
        let quoted = |why: String| format!("`{}`: {why}", template.trim());
        let parts = jinja::template(template.trim(), self.parameters).map_err(quoted)?;
        if let [Part::Expr(expression)] = parts.as_slice() {
            return self.expression(expression).map_err(quoted);
        }
        let mut joined = Filled::default();
        for part in &parts {
            let filled = match part {
                Part::Text(text) => Filled::text(escaped(text)),
                Part::Expr(expression) => {
                    self.expression(expression).map_err(quoted)?.unwrap_or_default()
                }
            };
            joined.text.push_str(&filled.text);
            joined.is_first_page_only |= filled.is_first_page_only;
            joined.reason = joined.reason.or(filled.reason);
        }
        Ok(Some(joined))
    }

    /// Has the settings of a template be secrets, unless they have a value or are no text: all of them, or those
    /// that have the name of a credential.
    pub(super) fn secret(&mut self, template: &str, is_all: bool) {
        for part in jinja::template(template.trim(), self.parameters).unwrap_or_default() {
            if let Part::Expr(expression) = &part
                && let Some(keys) = expression.keys_of(&["config"]).filter(|of| !of.is_empty())
                && (is_all || keys.last().is_some_and(|key| secret::is_name(key)))
                && !self.settings.has_value(&keys)
            {
                self.settings.secret(&keys);
            }
        }
    }

    /// Whether a template has a value of a partition in it.
    pub(super) fn is_of_partition(&self, template: &str) -> bool {
        let parts = jinja::template(template.trim(), self.parameters).unwrap_or_default();
        parts.iter().any(|part| matches!(part, Part::Expr(of) if of.mentions(&SLICES)))
    }

    /// The text of a value: of a template, a number or a truth value.
    pub(super) fn value(&mut self, value: &Value) -> Result<Option<Filled>, String> {
        match value {
            Value::Text(text) => Ok(self.template(text)?.map(|mut filled| {
                // A result in quotes is read as a literal of Python.
                let inner = filled.text.strip_prefix('"').and_then(|of| of.strip_suffix('"'));
                let inner = inner.filter(|inner| !inner.contains('"')).map(str::to_owned);
                if let Some(inner) = inner.filter(|_| filled.constant.is_none()) {
                    filled.text = inner;
                }
                filled
            })),
            value => self.expression(&Expr::Const(value.clone())),
        }
    }

    /// The text of an expression; `None` if it is nothing.
    pub(super) fn expression(&mut self, expression: &Expr) -> Result<Option<Filled>, String> {
        match expression {
            Expr::Const(Value::Null) => Ok(None),
            Expr::Const(Value::Text(text)) => Ok(Some(Filled {
                constant: Some(Node::Text(escaped(text))),
                ..Filled::text(escaped(text))
            })),
            Expr::Const(value) => Ok(constant(value)),
            // A stream without a range has no state.
            Expr::Path(root, _) if root == "stream_state" && self.names.bounds.is_none() => {
                Ok(None)
            }
            Expr::Path(root, steps) => self.path(root, steps).map(|text| Some(Filled::text(text))),
            Expr::Call(name, arguments) => self.call(name, arguments),
            Expr::Binary(Operator::Or, value, default) => self.defaulted(value, default),
            Expr::If(condition, then, otherwise) => self.conditional(condition, then, otherwise),
            Expr::Binary(Operator::And, a, b) => self.conditional(a, b, &Expr::Const(Value::Null)),
            Expr::Binary(Operator::Add, whole, zone) if self.with_colon(whole, zone).is_some() => {
                Ok(self.with_colon(whole, zone).map(Filled::text))
            }
            Expr::Binary(Operator::Join | Operator::Add, a, b)
                if is_text(a) || is_text(b) || is_join(expression) =>
            {
                let (a, b) = (self.expression(a)?, self.expression(b)?);
                let (a, b) = (a.unwrap_or_default(), b.unwrap_or_default());
                Ok(Some(Filled {
                    is_first_page_only: a.is_first_page_only || b.is_first_page_only,
                    ..Filled::text(a.text + &b.text)
                }))
            }
            Expr::Binary(Operator::Multiply, time, factor)
                if time::whole(factor) == Some(1_000) && self.bound(time).is_some() =>
            {
                Ok(self.bound(time).map(|bound| Filled::text(format!("{{{bound}:epoch_ms}}"))))
            }
            Expr::Binary(Operator::Add, page, one)
                if is_page(page) && time::whole(one) == Some(1) =>
            {
                match self.names.page {
                    Some(page @ ("{paginator.offset}" | "{paginator.page}")) => {
                        self.names.is_from_one.set(true);
                        Ok(Some(Filled::text(page)))
                    }
                    _ => Err("a page number that is changed before it is sent".to_owned()),
                }
            }
            Expr::Slice(time, None, Some(end)) if self.bound(time).is_some() => {
                let is_date = time::whole(end) == Some(10);
                let bound = self.bound(time).filter(|_| is_date);
                let bound = bound.ok_or("a part of a time")?;
                Ok(Some(Filled::text(format!("{{{bound}:%Y-%m-%d}}"))))
            }
            Expr::Member(split, first) if is_date_of(split, first) => match &**split {
                Expr::Call(_, arguments) if self.bound(&arguments[0]).is_some() => {
                    let bound = self.bound(&arguments[0]).unwrap_or_default();
                    Ok(Some(Filled::text(format!("{{{bound}:%Y-%m-%d}}"))))
                }
                _ => Err("a part of a text".to_owned()),
            },
            Expr::List(_) | Expr::Map(_) => Err("a list or an object in a text".to_owned()),
            _ if time::relative(expression).is_some() => self.relative(expression),
            _ => Err("there is no placeholder for this".to_owned()),
        }
    }

    /// The placeholder of a path.
    fn path(&mut self, root: &str, steps: &[Step]) -> Result<String, String> {
        if root == "record" && self.is_record && !steps.is_empty() {
            return Ok(format!("{{record.{}}}", naming::steps(steps)));
        }
        let keys: Option<Vec<&str>> = steps
            .iter()
            .map(|step| match step {
                Step::Key(key) => Some(key.as_str()),
                Step::At(_) => None,
            })
            .collect();
        let keys = keys.ok_or("a part of a list")?;
        match root {
            "config" if keys.is_empty() => Err("the whole configuration".to_owned()),
            "config" => Ok(match self.needed_by {
                Some(by) => self.settings.needed(&keys, by),
                None => self.settings.placeholder(&keys),
            }),
            "next_page_token" => self
                .names
                .page
                .map(str::to_owned)
                .ok_or_else(|| "there is no page token".to_owned()),
            "stream_state" => match self.names.bounds {
                Some(_) => Ok("{incremental.start_value}".to_owned()),
                None => Err("the stream leaves no state".to_owned()),
            },
            root if SLICES.contains(&root) => self.slice(&keys),
            root => Err(format!("`{root}` is not known in a request")),
        }
    }

    fn slice(&mut self, keys: &[&str]) -> Result<String, String> {
        if let Some(bound) = self.names.bound_of(keys) {
            return Ok(format!("{{{bound}}}"));
        }
        if let [key] = keys {
            let known = self.names.partition.iter().find(|(name, _)| name == key);
            if let Some((_, placeholder)) = known {
                if self.names.group.as_ref() == Some(placeholder) {
                    return Err("a list of values that no `join` makes a text".to_owned());
                }
                return Ok(placeholder.clone());
            }
        }
        // A field of the partition may be an object of the parent's record.
        if let [key, rest @ ..] = keys
            && let Some((_, placeholder)) =
                self.names.partition.iter().find(|(name, _)| name == key)
            && let Some(object) =
                placeholder.strip_suffix('}').filter(|of| of.starts_with("{resources."))
        {
            // The whole record is an object without a path.
            let object = object.trim_end_matches('.');
            return Ok(format!("{object}.{}}}", naming::path(rest.iter().copied())));
        }
        match (keys, &self.names.parent) {
            (["extra_fields", field @ ..], Some(parent)) if !field.is_empty() => {
                Ok(format!("{parent}{}}}", naming::path(field.iter().copied())))
            }
            (["parent_slice", key], _) => {
                let name = format!("parent_slice.{key}");
                let known = self.names.partition.iter().find(|(of, _)| *of == name);
                known
                    .map(|(_, placeholder)| placeholder.clone())
                    .ok_or_else(|| format!("`{key}` of the parent's partition"))
            }
            _ => Err(format!("no partition has `{}`", keys.join("."))),
        }
    }

    /// The bound that an expression is: `incremental.start_value`.
    fn bound(&self, expression: &Expr) -> Option<&'static str> {
        match expression {
            Expr::Path(root, _) if SLICES.contains(&root.as_str()) => {
                self.names.bound_of(&expression.keys_of(&SLICES)?)
            }
            Expr::Path(root, _) if root == "stream_state" && self.names.bounds.is_some() => {
                Some("incremental.start_value")
            }
            Expr::Call(name, arguments)
                if ["int", "float", "string", "timestamp", "str_to_datetime", "default"]
                    .contains(&name.as_str()) =>
            {
                self.bound(arguments.first()?)
            }
            _ => None,
        }
    }

    /// `time[:-2] + ":" + time[-2:]`, a bound whose time zone gets a colon.
    fn with_colon(&self, whole: &Expr, zone: &Expr) -> Option<String> {
        let (Expr::Binary(Operator::Add, time, colon), Expr::Slice(_, Some(last), None)) =
            (whole, zone)
        else {
            return None;
        };
        let Expr::Slice(time, None, Some(end)) = &**time else { return None };
        let is_zone = [end, last].iter().all(|at| time::whole(at) == Some(-2));
        let bound = self.bound(time).filter(|_| is_zone && colon.text() == Some(":"))?;
        let format = self.names.format.as_deref()?.strip_suffix("%z")?;
        Some(format!("{{{bound}:{format}%:z}}"))
    }

    fn call(&mut self, name: &str, arguments: &[Expr]) -> Result<Option<Filled>, String> {
        let bound = arguments.first().and_then(|first| self.bound(first));
        let whole = Expr::Call(name.to_owned(), arguments.to_vec());
        if time::relative(&whole).is_some() {
            return self.relative(&whole);
        }
        match (name, arguments, bound) {
            ("default", [value, default, ..], _) => self.defaulted(value, default),
            ("format_datetime" | "strftime", [_, format, ..], Some(bound)) => {
                let format = format.text().and_then(time::format);
                let format = format.ok_or("a format that is not known")?;
                Ok(Some(Filled::text(format!("{{{bound}:{format}}}"))))
            }
            ("timestamp", [_], Some(bound)) => Ok(Some(Filled::text(format!("{{{bound}:epoch}}")))),
            ("int" | "string" | "str", [value], _) => self.expression(value),
            // There is one slash between the base URL and a path in any case.
            ("rstrip" | "strip", [value, slash], _) if slash.text() == Some("/") => {
                match self.needed_by {
                    Some("the base URL") => self.expression(value),
                    _ => Err("a text without slashes".to_owned()),
                }
            }
            ("join", [list, separator] | [separator, list], _)
                if [list, separator].iter().any(|of| of.path_of(&["config"]).is_some()) =>
            {
                let (list, separator) = if list.path_of(&["config"]).is_some() {
                    (list, separator)
                } else {
                    (separator, list)
                };
                self.joined(list, separator)
            }
            ("join", [list, separator], _) => {
                let separator = match (self.names.is_group(list), self.names.is_group(separator)) {
                    (true, _) => separator,
                    (_, true) => list,
                    _ => return Err("`join` has no counterpart".to_owned()),
                };
                let between = separator.text().unwrap_or_default().to_owned();
                *self.names.separator.borrow_mut() = Some(between);
                Ok(self.names.group.clone().map(Filled::text))
            }
            (name, ..) => Err(format!("`{name}` has no counterpart")),
        }
    }

    /// A list of the configuration whose values are sent joined: a text that is given so.
    fn joined(&mut self, list: &Expr, separator: &Expr) -> Result<Option<Filled>, String> {
        let keys = list.keys_of(&["config"]).ok_or("a part of a list")?;
        let separator = separator.text().unwrap_or(",");
        self.settings.set_kind(&keys, None);
        let filled = self.expression(list)?;
        let reason =
            format!("a list in the manifest, here a text with `{separator}` between its values");
        Ok(filled.map(|filled| Filled { reason: Some(reason), ..filled }))
    }

    /// A time that is relative to the run.
    fn relative(&mut self, expression: &Expr) -> Result<Option<Filled>, String> {
        let Some((time, format)) = time::relative(expression) else {
            return Err("there is no placeholder for this".to_owned());
        };
        let is_rfc3339 = format.is_some_and(|format| format.starts_with("%Y-%m-%dT%H:%M:%SZ"));
        if !is_rfc3339 {
            return Err("a time of the run in this format".to_owned());
        }
        let name = naming::identifier(&time.replace(" - ", "_minus_").replace(" + ", "_plus_"));
        Ok(Some(Filled::text(self.settings.own(&name, Some(&time), "The time of the run"))))
    }
}

impl Names {
    /// Whether an expression is the values of a group.
    fn is_group(&self, expression: &Expr) -> bool {
        let Some(keys) = expression.keys_of(&SLICES) else { return false };
        let key = keys.join(".");
        let known = self.partition.iter().find(|(name, _)| *name == key);
        known.is_some_and(|(_, placeholder)| self.group.as_ref() == Some(placeholder))
    }

    /// The bound that a member of a slice is.
    fn bound_of(&self, keys: &[&str]) -> Option<&'static str> {
        let (start, end) = self.bounds.as_ref()?;
        match keys {
            [key] if key == start => Some("incremental.start_value"),
            [key] if key == end => Some("incremental.end_value"),
            _ => None,
        }
    }
}

/// Whether an expression is the page token.
fn is_page(expression: &Expr) -> bool {
    expression.path_of(&["next_page_token"]).is_some()
}

fn is_join(expression: &Expr) -> bool {
    matches!(expression, Expr::Binary(Operator::Join, ..))
}

/// Whether an expression is a text, or a sum with one in it.
fn is_text(expression: &Expr) -> bool {
    match expression {
        Expr::Binary(Operator::Add | Operator::Join, a, b) => is_text(a) || is_text(b),
        expression => expression.text().is_some(),
    }
}

/// Whether a member is the date of a time that is split at its `T`.
fn is_date_of(split: &Expr, first: &Expr) -> bool {
    let Expr::Call(name, arguments) = split else { return false };
    name == "split"
        && arguments.get(1).and_then(Expr::text).is_some_and(|at| at == "T" || at == " ")
        && time::whole(first) == Some(0)
}

/// A text whose braces are none of a placeholder.
pub(super) fn escaped(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// A constant as text.
fn constant(value: &Value) -> Option<Filled> {
    let node = match value {
        Value::Null | Value::List(_) | Value::Map(_) => return None,
        Value::Bool(value) => Node::truth(*value),
        Value::Number(number) => Node::Plain(number.clone()),
        Value::Text(text) => Node::Text(text.clone()),
    };
    Some(Filled { constant: Some(node), ..Filled::text(value.scalar().unwrap_or_default()) })
}
