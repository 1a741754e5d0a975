//! The canonical form of a description: JSON of names that are written here and of the words of the
//! language, so that neither the order nor the Rust names of fields and variants are in it.

use std::collections::BTreeMap;

use rest_source::{
    AnyResource,
    plan::{
        Auth, Column, Configurable, Contract, DataType, DedupSort, Distance, Endpoint, Formatted,
        Included, Incremental, JsonPath, MergeStrategy, NextRun, Part, Relative, ResourcePlan,
        RowOrder, Selector, Template, TimeFormat, Window,
    },
};
use serde_json::{Value, json};

use super::response;

/// Makes the form of one resource, and collects which settings and arguments stand in it.
pub(super) struct Form<'a> {
    resource: &'a AnyResource,
    /// The plans of the resource and of all that it takes values from.
    line: Vec<&'a ResourcePlan>,
    /// What the fetch is refined by.
    refined: Vec<(String, String)>,
    inputs: BTreeMap<String, String>,
}

impl<'a> Form<'a> {
    pub(super) fn of(resource: &'a AnyResource) -> Form<'a> {
        Form {
            resource,
            line: resource.plan().line(),
            refined: resource.refined_by(),
            inputs: BTreeMap::new(),
        }
    }

    /// The plan of the resource.
    pub(super) fn plan(&self) -> &'a ResourcePlan {
        self.line[0]
    }

    /// The settings and arguments of what has been formed so far.
    pub(super) fn inputs(&self) -> &BTreeMap<String, String> {
        &self.inputs
    }

    /// A path is joined to it by one slash, whether it ends in one or not.
    pub(super) fn server(&mut self) -> Value {
        if let Some(source) = self.resource.source() {
            let _ = self.template(&source.base_url);
        }
        json!(self.resource.address().map(|address| address.trim_end_matches('/')))
    }

    /// Method and path, also of the parents.
    pub(super) fn path(&mut self) -> Value {
        let line = self.line.clone();
        let mut forms = Vec::new();
        for plan in line {
            forms.push(json!([plan.endpoint.method.name(), self.template(&plan.endpoint.path)]));
        }
        // A child of one given record has only that one's.
        let of_parent = self.refined.iter().find(|(name, _)| name == "of_parent").cloned();
        if let Some((name, record)) = of_parent {
            forms.push(json!(record));
            self.inputs.insert(name, record);
        }
        Value::from(forms)
    }

    /// What else is sent, also to the parents, the paginator's parameters and the range's not included.
    pub(super) fn request(&mut self) -> Value {
        let mut forms = Vec::new();
        if let Some(source) = self.resource.source() {
            forms.push(self.pairs(source.headers.iter().map(|(name, value)| (name, value))));
        }
        for plan in self.line.clone() {
            let Endpoint { params, headers, body, .. } = &plan.endpoint;
            let mut form = json!({
                "params": self.pairs(params.iter().map(|param| (&param.name, &param.value))),
                "headers": self.pairs(headers.iter().map(|(name, value)| (name, value))),
                "body": body.as_ref().map(|body| self.body(body)),
            });
            // How many share a request says nothing of what is in it.
            let batches = plan.parent.iter().flat_map(|parent| parent.batches.iter());
            let batches: Vec<Value> = batches
                .map(|batched| json!([selector(&batched.field), batched.batch.separator]))
                .collect();
            if !batches.is_empty() {
                form["batches"] = Value::from(batches);
            }
            forms.push(form);
        }
        let is_argument = |name: &str| {
            let mut arguments = self.line.iter().flat_map(|plan| plan.arguments.iter());
            arguments.any(|argument| argument.name == name)
        };
        let params = self.refined.iter();
        let params = params.filter(|(name, _)| name != "of_parent" && !is_argument(name));
        forms.push(json!(params.collect::<Vec<_>>()));
        Value::from(forms)
    }

    pub(super) fn paginators(&mut self) -> Value {
        let line = self.line.clone();
        line.iter().map(|plan| self.paginator(&plan.endpoint.paginator)).collect()
    }

    /// Where a response has its records, and how specific responses are handled.
    pub(super) fn records(&mut self) -> Value {
        let shapes: Vec<_> =
            self.line.clone().iter().map(|plan| self.shape(&plan.endpoint.records)).collect();
        let forms = self.line.iter().zip(shapes).map(|(plan, shape)| {
            let Endpoint { data_selector, data_selector_required, response_actions, auth, .. } =
                &plan.endpoint;
            let mut form = json!({
                "data_selector": data_selector.as_ref().map(selector),
                "required": data_selector_required,
                "response_actions": response_actions.iter().map(response::action).collect::<Value>(),
                "without_auth": matches!(auth, Some(Auth::None)),
            });
            if let Some(shape) = shape {
                form["shape"] = shape;
            }
            response::with_format(form, &plan.endpoint.response_format, selector)
        });
        let of_parent = self.line[0].parent.as_ref().map(|parent| included(&parent.include));
        let mut form = vec![forms.collect::<Value>(), of_parent.into()];
        // What a description does not have leaves its fingerprint as it was.
        let crossed = self.line[0].crossed.iter();
        form.extend(crossed.map(|crossed| included(&crossed.include)));
        Value::from(form)
    }

    /// The lists that it and its parents are fetched for. `None` if there are none. Each of their values has
    /// its own place in the ranges and its own pages, so that neither depends on the others.
    pub(super) fn lists(&mut self) -> Option<Value> {
        let line = self.line.clone();
        let lists = line.iter().map(|plan| {
            let lists = plan.for_each.iter();
            let lists = lists.map(|list| {
                let values: Value = list.values.iter().map(|value| self.json(value)).collect();
                let mut form = vec![json!(list.name), values, json!(list.column)];
                form.extend(list.batch.as_ref().map(|batch| json!(batch.separator)));
                Value::from(form)
            });
            lists.collect::<Value>()
        });
        let lists: Value = lists.collect();
        line.iter().any(|plan| !plan.for_each.is_empty()).then_some(lists)
    }

    /// The names of those lists, and of the fields of resources beside the parent, by which the state of each
    /// combination is known, in their order.
    pub(super) fn list_names(&self) -> Option<Value> {
        let names = self.line.iter().map(|plan| {
            let of_crossed = plan.crossed.iter().flat_map(|crossed| crossed.fields.iter());
            let of_crossed = of_crossed.map(|(name, _)| &**name);
            let lists = plan.for_each.iter().map(|list| &*list.name);
            let mut names: Vec<&str> = lists.chain(of_crossed).collect();
            names.sort_unstable();
            names
        });
        let names: Vec<Vec<&str>> = names.collect();
        names.iter().any(|names| !names.is_empty()).then(|| json!(names))
    }

    /// The fields of the parents' records by which the state of each child is known. `None` if there are
    /// none.
    pub(super) fn parent_fields(&self) -> Option<Value> {
        let fields = self.line.iter().map(|plan| {
            let fields = plan.endpoint.parent_fields();
            fields.into_iter().map(selector).collect::<Vec<_>>()
        });
        let fields: Vec<Vec<Value>> = fields.collect();
        fields.iter().any(|fields| !fields.is_empty()).then(|| json!(fields))
    }

    /// What a place in the ranges means. `None` if there are none.
    pub(super) fn cursors(&self) -> Option<Value> {
        let ranges: Vec<_> =
            self.line.iter().map(|plan| plan.endpoint.incremental.as_ref()).collect();
        let form = |(plan, incremental): (&ResourcePlan, &Incremental)| {
            let mut form = json!({
                "cursor_path": Form::cursor(plan, incremental),
                "last_value": incremental.last_value.name(),
                "ends": ends(incremental),
            });
            if let Some(next_run) = next_run(&incremental.next_run) {
                form["next_run"] = next_run;
            }
            // What has a word is told apart by its values, which are read when the range begins.
            if let Some(TimeFormat::Strftime(format)) = &incremental.cursor_format {
                form["cursor_format"] = json!(format);
            }
            form
        };
        let is_incremental = ranges.iter().any(Option::is_some);
        let plans = self.line.iter().copied().zip(ranges);
        is_incremental
            .then(|| plans.map(|(plan, range)| range.map(|range| form((plan, range)))).collect())
    }

    /// By which records at a place in the ranges are known. `None` if there are no ranges.
    pub(super) fn keys(&self) -> Option<Value> {
        let ranges = self.line.iter().map(|plan| plan.endpoint.incremental.as_ref());
        let keys: Vec<_> = ranges.map(|range| range.map(|range| &range.primary_key)).collect();
        keys.iter().any(Option::is_some).then(|| json!(keys))
    }

    pub(super) fn ranges(&mut self) -> Value {
        let line = self.line.clone();
        let ranges = line.iter().map(|plan| plan.endpoint.incremental.as_ref());
        ranges.map(|range| range.map(|range| self.range(range))).collect()
    }

    /// The ranges that end at a fixed value: each is loaded by itself, as the requests for it are.
    pub(super) fn ranges_that_end(&mut self) -> Value {
        let line = self.line.clone();
        let ranges = line.iter().filter_map(|plan| plan.endpoint.incremental.as_ref());
        ranges.filter(|range| ends(range)).map(|range| self.range(range)).collect()
    }

    fn range(&mut self, incremental: &Incremental) -> Value {
        let Incremental {
            cursor_path,
            next_run,
            data_type,
            initial_value,
            end_value,
            last_value,
            primary_key,
            row_order,
            lag,
            future_tolerance,
            on_missing,
            range_start,
            range_end,
            start_param,
            end_param,
            cursor_format,
            param_format,
            window,
            _non_exhaustive: _,
        } = incremental;
        let mut form = json!({
            "cursor_path": selector(cursor_path),
            "data_type": data_type.map(DataType::name),
            "initial_value": self.option(initial_value.as_ref(), |value| json!(value)),
            "end_value": self.option(end_value.as_ref(), |value| json!(value)),
            "last_value": last_value.name(),
            "primary_key": primary_key,
            "row_order": row_order.map(RowOrder::name),
            "lag": self.option(lag.as_ref(), |lag| distance(*lag)),
            "future_tolerance": self.option(Some(future_tolerance), |window| period(*window)),
            "on_missing": on_missing.name(),
            "range_start": range_start.name(),
            "range_end": range_end.name(),
            "start_param": start_param.as_ref().map(|param| self.template(param)),
            "end_param": end_param.as_ref().map(|param| self.template(param)),
            "window": self.option(window.as_ref(), |window| distance(*window)),
        });
        if let Some(next_run) = self::next_run(next_run) {
            form["next_run"] = next_run;
        }
        // What a description does not have leaves its fingerprint as it was.
        for (key, format) in [("cursor_format", cursor_format), ("param_format", param_format)] {
            if let Some(format) = format {
                form[key] = json!(format.to_string());
            }
        }
        form
    }

    pub(super) fn count(&mut self, count: Option<&Configurable<u64>>) -> Value {
        self.option(count, |count| json!(count))
    }

    fn option<T>(
        &mut self,
        value: Option<&Configurable<T>>,
        form: impl FnOnce(&T) -> Value,
    ) -> Value {
        match value {
            None => Value::Null,
            Some(Configurable::Known(value)) => form(value),
            Some(Configurable::Template(template)) => json!({"filled": self.template(template)}),
        }
    }

    /// A template with its settings and arguments filled in: a list of texts and of what is filled in
    /// when a request is sent.
    pub(super) fn template(&mut self, template: &Template) -> Value {
        let mut parts: Vec<Value> = Vec::new();
        let mut text = String::new();
        for part in template.0.iter() {
            let gap = match part {
                Part::Text(part) => {
                    text.push_str(part);
                    continue;
                }
                Part::Config(name) => match self.resource.setting(name) {
                    Some(value) => {
                        self.inputs.insert(name.to_string(), value.to_owned());
                        text.push_str(value);
                        continue;
                    }
                    None => json!({"setting": name}),
                },
                Part::Argument(name) => {
                    let given = self.refined.iter().find(|(given, _)| given == name).cloned();
                    match given {
                        Some((name, value)) => {
                            let value = plain(&value);
                            text.push_str(&value);
                            self.inputs.insert(name, value);
                            continue;
                        }
                        None => json!({"argument": name}),
                    }
                }
                Part::Secret(name) => json!({"secret": name}),
                Part::Parent(field) => json!({"parent": selector(field)}),
                Part::Incremental(bound) => json!({"range": bound.name()}),
                Part::Formatted(Formatted { bound, format, .. }) => {
                    json!({"range": bound.name(), "format": format.to_string()})
                }
                Part::PageCursor(path) => json!({"page_cursor": selector(path)}),
                Part::Paginator(value) => json!({"paginator": value.name()}),
                Part::Auth(value) => json!({"auth": value.name()}),
                Part::Param(name) => json!({"param": name}),
                Part::Record(field) => json!({"field": selector(field)}),
                Part::Each(name) => json!({"each": name}),
            };
            if !text.is_empty() {
                parts.push(Value::from(std::mem::take(&mut text)));
            }
            parts.push(gap);
        }
        if parts.is_empty() {
            return Value::from(text);
        }
        if !text.is_empty() {
            parts.push(Value::from(text));
        }
        Value::from(parts)
    }
}

/// What of columns, keys and contracts tells what is in rows, which rows count, and which tables they are
/// in.
pub(super) fn rows(plan: &ResourcePlan) -> Value {
    let strategy = match &plan.merge_strategy {
        MergeStrategy::Default => Value::Null,
        MergeStrategy::DeleteInsert => json!("delete-insert"),
        MergeStrategy::Upsert => json!("upsert"),
        MergeStrategy::InsertOnly => json!("insert-only"),
        MergeStrategy::Scd2(scd2) => json!({
            "validity_columns": scd2.validity_columns,
            "active_record_timestamp": scd2.active_record_timestamp,
            "boundary_timestamp": scd2.boundary_timestamp,
            "row_version_column": scd2.row_version_column,
        }),
    };
    let schema = plan.schema_contract;
    let contract = [schema.tables, schema.columns, schema.data_type];
    json!({
        "columns": plan.columns.iter().map(column).collect::<Value>(),
        "primary_key": plan.primary_key,
        "merge_key": plan.merge_key,
        "strategy": strategy,
        "contract": contract.map(Contract::name),
        "max_table_nesting": plan.max_table_nesting,
    })
}

fn column(column: &Column) -> Value {
    json!({
        "name": column.name,
        "data_type": column.data_type.name(),
        "nullable": column.nullable,
        "precision": column.precision,
        "scale": column.scale,
        "timezone": column.timezone,
        "hard_delete": column.hard_delete,
        "dedup_sort": column.dedup_sort.map(DedupSort::name),
        "fields": column.fields.iter().map(self::column).collect::<Value>(),
        "items": column.items.as_ref().map(|items| self::column(items)),
    })
}

/// The fields of other resources' records that are added to each record.
fn included(include: &[Included]) -> Value {
    include.iter().map(|one| json!([selector(&one.field), one.column])).collect()
}

pub(super) fn selector(selector: &Selector) -> Value {
    match selector {
        Selector::Keys(keys) => json!({"keys": keys}),
        Selector::JsonPath(JsonPath { text, .. }) => json!({"jsonpath": text}),
    }
}

/// What the next run begins with, where that is no field of the records.
fn next_run(of: &NextRun) -> Option<Value> {
    Some(match of {
        NextRun::Cursor => return None,
        NextRun::RunTime => json!("run_time"),
        NextRun::Page => json!("page"),
        NextRun::Response(path) => json!({"response": selector(path)}),
        NextRun::PageAt(path) => json!({"page": selector(path)}),
    })
}

fn distance(distance: Distance) -> Value {
    match distance {
        Distance::Number(number) => json!(number),
        Distance::Time(length) => period(length),
    }
}

fn period(window: Window) -> Value {
    json!([window.count, window.unit.seconds()])
}

/// Whether a range ends at a fixed value.
fn ends(incremental: &Incremental) -> bool {
    incremental.end_value.as_ref().is_some_and(|end| !is_relative(end))
}

/// Whether a bound depends on when a run begins.
fn is_relative(bound: &Configurable<rest_source::plan::Str>) -> bool {
    let text = bound.known().and_then(|json| serde_json::from_str::<String>(json).ok());
    text.is_some_and(|text| Relative::read(&text).is_some())
}

/// A value that was given as JSON text, as it is written in an address.
fn plain(json: &str) -> String {
    serde_json::from_str::<String>(json).unwrap_or_else(|_| json.to_owned())
}
