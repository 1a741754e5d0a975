//! Records: where they are in a response, which of them are kept, and how they are changed.

use super::{
    condition,
    gaps::{Gaps, is_custom},
    jinja::{self, Expr, Operator, Step},
    naming,
    scope::Scope,
};
use crate::{
    description::{Mapping, Node},
    document::Value,
};

/// Where the records are.
#[derive(Debug, Default)]
pub(super) struct Selector {
    path: Vec<String>,
    /// Whether it is not known, so that it is detected.
    is_unknown: bool,
}

impl Selector {
    /// The place that a record selector names.
    pub(super) fn of(selector: Option<&Value>, scope: &mut Scope<'_>, gaps: &mut Gaps) -> Selector {
        let extractor = selector.and_then(|selector| selector.get("extractor"));
        let mut path = Vec::new();
        let mut is_unknown = false;
        if let Some(extractor) = extractor.filter(|of| is_custom(of)) {
            gaps.custom("record_selector.extractor", extractor);
            is_unknown = extractor.list_of("field_path").is_empty();
        }
        for key in extractor.map(|of| of.list_of("field_path")).unwrap_or_default() {
            match scope.value(key) {
                Ok(key) => path.extend(key.map(|key| key.text).filter(|key| !key.is_empty())),
                Err(message) => {
                    gaps.add("expression", "record_selector.extractor.field_path", message);
                    is_unknown = true;
                }
            }
        }
        Selector { path, is_unknown }
    }

    /// Describes it in an endpoint; rows and lines are records by themselves.
    pub(super) fn describe(&self, endpoint: &mut Mapping) {
        let format = match endpoint.get("response_format") {
            Some(Node::Map(format)) => format.text("type"),
            _ => endpoint.text("response_format"),
        };
        let is_list = format == Some("csv") || (format == Some("jsonl") && self.path.is_empty());
        if self.is_unknown || is_list {
            return;
        }
        endpoint.set("data_selector", Node::Text(self.text()));
        if !self.path.is_empty() && !self.path.iter().any(|key| key == "*") {
            // Airbyte takes a missing list for an empty one.
            endpoint.set("data_selector_required", Node::truth(false));
        }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for key in &self.path {
            match key.as_str() {
                "*" => text.push_str(if text.is_empty() { "$.*" } else { ".*" }),
                key => {
                    let key = naming::key(key);
                    if !text.is_empty() && !key.starts_with('[') {
                        text.push('.');
                    }
                    text.push_str(&key);
                }
            }
        }
        if text.is_empty() { "$".to_owned() } else { text }
    }

    /// The last record; `None` if it cannot be named.
    pub(super) fn last(&self) -> Option<String> {
        let path = self.path.strip_suffix(&["*".to_owned()]).unwrap_or(&self.path);
        if self.is_unknown || path.iter().any(|key| key == "*") {
            return None;
        }
        let list = Selector { path: path.to_vec(), is_unknown: false };
        Some(format!("{}[-1]", list.text()))
    }

    /// Whether the records are at this place of a response.
    pub(super) fn is_at(&self, steps: &[Step]) -> bool {
        let path = self.path.strip_suffix(&["*".to_owned()]).unwrap_or(&self.path);
        path.len() == steps.len()
            && path.iter().zip(steps).all(|(key, step)| matches!(step, Step::Key(of) if of == key))
    }
}

/// The steps that each record goes through, and the fields that it gets from a list of partitions.
#[derive(Default)]
pub(super) struct Steps {
    /// The steps.
    pub(super) steps: Vec<Node>,
    /// Fields and the lists whose values they are.
    pub(super) from_each: Mapping,
}

impl Steps {
    /// The steps of a stream.
    pub(super) fn of(
        stream: &Value,
        selector: Option<&Value>,
        cursor_field: Option<&str>,
        scope: &mut Scope<'_>,
        gaps: &mut Gaps,
    ) -> Steps {
        let mut steps = Steps::default();
        if let Some(filter) = selector.and_then(|selector| selector.get("record_filter")) {
            steps.filter(filter, cursor_field, scope, gaps);
        }
        for transformation in stream.list_of("transformations") {
            match transformation.text_of("type") {
                _ if is_custom(transformation) => gaps.custom("transformations", transformation),
                Some("AddFields") => {
                    let first = steps.steps.len();
                    steps.add(transformation, stream, scope, gaps);
                    steps.replace(first, transformation, stream);
                }
                Some("RemoveFields") => steps.remove(transformation, gaps),
                kind => {
                    let kind = kind.unwrap_or("without a type");
                    gaps.add("transformation", "transformations", format!("`{kind}` has no step"));
                }
            }
        }
        steps
    }

    fn filter(
        &mut self,
        filter: &Value,
        cursor_field: Option<&str>,
        scope: &mut Scope<'_>,
        gaps: &mut Gaps,
    ) {
        if is_custom(filter) {
            gaps.custom("record_selector.record_filter", filter);
            return;
        }
        let text = filter.text_of("condition").unwrap_or_default();
        if text.trim().is_empty() {
            return;
        }
        let condition = jinja::expression(text, scope.parameters).and_then(|expression| {
            match without_bounds(&expression, cursor_field) {
                Some(Expr::Const(Value::Bool(true))) | None => Ok(None),
                Some(rest) => condition::filter(&rest, "record").map(Some),
            }
        });
        match condition {
            Ok(Some(condition)) => self.step("filter", Node::Text(condition)),
            Ok(None) => {}
            Err(message) => {
                let message = format!("`{}`: {message}", text.trim());
                gaps.add("filter", "record_selector.record_filter", message);
            }
        }
    }

    /// Removes what the fields of the steps from the `first` one on are added over, as Airbyte replaces it. What the
    /// schema does not have is not there, and what a new value is made of stays.
    fn replace(&mut self, first: usize, transformation: &Value, stream: &Value) {
        let schema = stream.get("schema_loader").and_then(|loader| loader.get("schema"));
        let Some(properties) = schema.and_then(|schema| schema.get("properties")) else { return };
        let fields = transformation.list_of("fields");
        let texts: Vec<String> =
            fields.iter().filter_map(|field| field.get("value")?.scalar()).collect();
        let added = self.steps[first..].iter().filter_map(|step| step.map()?.get("add")?.map());
        let replaced: Vec<Node> = added
            .flat_map(|added| &added.entries)
            .map(|entry| entry.key.as_str())
            .filter(|name| properties.get(name).is_some())
            .filter(|name| !texts.iter().any(|text| has_field(text, name)))
            .map(Node::text)
            .collect();
        if !replaced.is_empty() {
            let step = Mapping::of([("exclude", Node::List(replaced))]);
            self.steps.insert(first, step.into());
        }
    }

    /// Gives records a value of a list. What the schema has may be in the records, and is replaced then.
    fn include(&mut self, name: &str, list: &str, stream: &Value) {
        let schema = stream.get("schema_loader").and_then(|loader| loader.get("schema"));
        let properties = schema.and_then(|schema| schema.get("properties"));
        if properties.is_none_or(|properties| properties.get(name).is_none()) {
            self.from_each.set(name, Node::text(list));
            return;
        }
        let own = format!("_{name}");
        let value = Node::Text(format!("{{record.{own}}}"));
        self.from_each.set(&own, Node::text(list));
        self.step("exclude", Node::List(vec![Node::text(name)]));
        self.step("add", Mapping::of([(name, value)]).into());
        self.step("exclude", Node::List(vec![Node::Text(own)]));
    }

    fn add(
        &mut self,
        transformation: &Value,
        stream: &Value,
        scope: &mut Scope<'_>,
        gaps: &mut Gaps,
    ) {
        let first = self.steps.len();
        if transformation.get("condition").and_then(Value::scalar).is_some_and(|of| !of.is_empty())
        {
            gaps.add("transformation", "transformations", "fields that a condition adds");
            return;
        }
        for field in transformation.list_of("fields") {
            let path: Vec<String> =
                field.list_of("path").iter().filter_map(Value::scalar).collect();
            let name = path.join(".");
            let part = format!("transformations.{name}");
            let Some(value) = field.get("value") else { continue };
            let filled = match scope.value(value) {
                Ok(Some(filled)) => filled.unquoted(),
                Ok(None) => continue,
                Err(message) => {
                    gaps.add("added_field", &part, message);
                    continue;
                }
            };
            let list = filled.text.strip_prefix("{each.").and_then(|name| name.strip_suffix('}'));
            if let Some(list) = list {
                self.include(&name, list, stream);
                continue;
            }
            if filled.text == format!("{{record.{name}}}") {
                continue;
            }
            if filled.text.contains("{each.") {
                gaps.add("added_field", &part, "a text with a value of a list in it");
                continue;
            }
            // What a field is made of may have been added before, and then by a step before.
            let after = self.steps.len() == first
                || self.steps.last().is_some_and(|last| is_added(last, &filled.text));
            let step = self.steps.last_mut().filter(|_| !after);
            let added = step.and_then(Node::map_mut).and_then(|step| step.get_mut("add"));
            match added.and_then(Node::map_mut) {
                Some(added) => added.set(&name, filled.node()),
                None => {
                    let mut added = Mapping::new();
                    added.set(&name, filled.node());
                    self.step("add", added.into());
                }
            }
        }
    }

    fn remove(&mut self, transformation: &Value, gaps: &mut Gaps) {
        if transformation.get("condition").and_then(Value::scalar).is_some_and(|of| !of.is_empty())
        {
            gaps.add("transformation", "transformations", "fields that a condition removes");
            return;
        }
        let mut fields = Vec::new();
        for pointer in transformation.list_of("field_pointers") {
            let Value::List(keys) = pointer else { continue };
            let keys: Vec<String> = keys.iter().filter_map(Value::scalar).collect();
            // `**` is any depth, for which there is no path.
            if keys.iter().any(|key| key == "**") {
                let pointer = keys.join("/");
                let message = format!("`{pointer}`: fields that are removed at any depth");
                gaps.add("transformation", "transformations", message);
            } else if keys.first().is_some_and(|key| key == "*") {
                let message = "fields that are removed by a pattern";
                gaps.add("transformation", "transformations", message);
            } else if !keys.is_empty() {
                let keys: Vec<&str> =
                    keys.iter().map(String::as_str).filter(|of| *of != "*").collect();
                fields.push(Node::Text(keys.join(".")));
            }
        }
        if !fields.is_empty() {
            self.step("exclude", Node::List(fields));
        }
    }

    fn step(&mut self, key: &str, value: Node) {
        self.steps.push(Mapping::of([(key, value)]).into());
    }
}

/// Whether an expression has this field of the record in it, `record['name']`.
fn has_field(text: &str, name: &str) -> bool {
    let text = text.replace([' ', '"', '\''], "").replace(".get(", ".").replace('[', ".");
    let field = format!("record.{name}");
    text.match_indices(&field).any(|(at, _)| {
        let behind = text[at + field.len()..].chars().next();
        behind.is_none_or(|c| !c.is_alphanumeric() && c != '_')
    })
}

/// Whether a step adds a field that a text names.
fn is_added(step: &Node, text: &str) -> bool {
    let added = step.map().and_then(|step| step.get("add")).and_then(Node::map);
    added.is_some_and(|added| {
        added.entries.iter().any(|entry| {
            let name = &entry.key;
            text.contains(&format!("{{record.{name}}}"))
                || text.contains(&format!("{{record.{name}."))
        })
    })
}

/// A condition without the comparisons of the cursor field with the bounds of the range, which hold for all
/// records that an incremental range lets pass; `None` if nothing is left.
fn without_bounds(expression: &Expr, cursor_field: Option<&str>) -> Option<Expr> {
    match expression {
        Expr::Binary(Operator::And, a, b) => {
            match (without_bounds(a, cursor_field), without_bounds(b, cursor_field)) {
                (Some(a), Some(b)) => Some(Expr::Binary(Operator::And, Box::new(a), Box::new(b))),
                (a, b) => a.or(b),
            }
        }
        Expr::Binary(Operator::AtLeast | Operator::More, field, bound)
        | Expr::Binary(Operator::AtMost | Operator::Less, bound, field)
            if is_cursor(field, cursor_field)
                && bound.mentions(&["stream_interval", "stream_slice", "stream_state"]) =>
        {
            None
        }
        expression => Some(expression.clone()),
    }
}

fn is_cursor(field: &Expr, cursor_field: Option<&str>) -> bool {
    match field {
        Expr::Call(_, arguments) => arguments.first().is_some_and(|of| is_cursor(of, cursor_field)),
        field => match (field.keys_of(&["record"]).as_deref(), cursor_field) {
            (Some([key]), Some(cursor)) => *key == cursor,
            _ => false,
        },
    }
}
