//! Resources: each operation that gives a list, put together from what the other files find.

use std::collections::HashMap;

use super::{
    columns, key,
    key::Key,
    naming::{names, setting_name},
    operation::{Operation, Parameter},
    paginator, parent,
    records::Records,
    reference::Document,
    schema::Schema,
};
use crate::{
    description::{Mapping, Node},
    failure::Failure,
    gap::Gap,
    prose::prose,
    secret,
    selection::{Selection, with_parents},
};

/// The lists of a document, as they become resources.
pub(crate) struct Resources<'s, 'a> {
    document: &'s Document<'a>,
    lists: Vec<List<'s, 'a>>,
    /// The lists by the paths that lead to them.
    by_collection: HashMap<String, usize>,
    settings: &'s mut Mapping,
    gaps: &'s mut Vec<Gap>,
}

/// An operation that gives a list, or is known to be a resource.
struct List<'s, 'a> {
    operation: &'s Operation<'a>,
    /// Whether it is selected by its path.
    is_selected: bool,
    /// Where the records are; `None` if nothing is known of the response.
    records: Option<Records<'a>>,
    record: Schema<'a>,
    name: String,
    key: Option<Key>,
    /// The list whose records lead to this one.
    parent: Option<usize>,
    /// What fills the placeholders of the path.
    filled: Vec<(String, String)>,
    /// The fields of the parent that are added to each record, for those that it is the parent of.
    included: Vec<String>,
}

impl<'s, 'a> Resources<'s, 'a> {
    /// Finds the lists among operations.
    pub(crate) fn new(
        document: &'s Document<'a>,
        operations: &'s [Operation<'a>],
        settings: &'s mut Mapping,
        gaps: &'s mut Vec<Gap>,
    ) -> Resources<'s, 'a> {
        let mut found = Vec::new();
        for operation in operations {
            let records = Records::of(document, operation);
            if records.is_some() || operation.is_resource {
                let record = records.as_ref().map_or(&[][..], |records| &records.record);
                let record = Schema::of_alternatives(document, record);
                found.push((operation, records, record));
            }
        }
        let paths: Vec<&str> = found.iter().map(|(operation, ..)| operation.path).collect();
        let names = names(&paths);
        let placeholders = placeholders(operations);
        let mut by_collection = HashMap::new();
        let mut lists = Vec::new();
        for ((operation, records, record), name) in found.into_iter().zip(names) {
            let collection = parent::collection(operation.path);
            let following = placeholders.get(&collection).map_or(&[][..], Vec::as_slice);
            let last = operation.path.rsplit('/').find(|segment| !segment.contains('{'));
            let key = key::of(document, &record, last.unwrap_or_default(), following);
            by_collection.entry(collection).or_insert(lists.len());
            lists.push(List {
                operation,
                is_selected: true,
                records,
                record,
                name,
                key,
                parent: None,
                filled: Vec::new(),
                included: Vec::new(),
            });
        }
        Resources { document, lists, by_collection, settings, gaps }
    }

    /// Selects those of some operations, by their position; others only if they are parents of these.
    pub(crate) fn restrict(
        &mut self,
        operations: &[Operation<'a>],
        is_selected: impl Fn(usize) -> bool,
    ) {
        for list in &mut self.lists {
            let at = operations.iter().position(|of| std::ptr::eq(of, list.operation));
            list.is_selected = at.is_some_and(&is_selected);
        }
    }

    /// Whether an operation is a resource.
    pub(crate) fn has(&self, operation: &Operation<'a>) -> bool {
        self.lists.iter().any(|list| std::ptr::eq(list.operation, operation))
    }

    /// The resources that are selected, and their parents.
    pub(crate) fn described(&mut self, selection: &Selection) -> Result<Vec<Node>, Failure> {
        if !self.lists.iter().any(|list| list.is_selected) {
            return Err(Failure::new(
                "no endpoint of the document gives a list of records",
                "`--only` selects paths: one of them must have a GET whose response has a list",
            ));
        }
        // Parents before their children, whose placeholders may be filled from theirs.
        let mut order: Vec<usize> = (0..self.lists.len()).collect();
        order.sort_by_key(|at| parent::gaps(self.lists[*at].operation.path).len());
        for at in order {
            self.relate(at);
        }
        let selected = self.selected(selection)?;
        let selected = selected.iter().enumerate().filter(|(_, is_selected)| **is_selected);
        Ok(selected.map(|(at, _)| Node::Map(self.resource(at))).collect())
    }

    fn selected(&self, selection: &Selection) -> Result<Vec<bool>, Failure> {
        let names: Vec<&str> = self.lists.iter().map(|list| list.name.as_str()).collect();
        let mut selected = selection.named(&names)?;
        for (selected, list) in selected.iter_mut().zip(&self.lists) {
            *selected &= list.is_selected;
        }
        if !selected.contains(&true) {
            return Err(Failure::new(
                "no resource that `--resource` names has a path that `--only` selects",
                "give one of the two",
            ));
        }
        with_parents(&mut selected, |at| self.lists[at].parent.into_iter().collect());
        Ok(selected)
    }

    /// Finds what fills the placeholders of a list's path: fields of the records of the nearest collection in
    /// it, or settings.
    fn relate(&mut self, at: usize) {
        let path = self.lists[at].operation.path;
        let gaps = parent::gaps(path);
        let parent = gaps.iter().rev().find_map(|gap| {
            let parent = *self.by_collection.get(&parent::collection(gap.before))?;
            let list = &self.lists[parent];
            let key = list.key.as_ref().map(|key| key.field.as_str());
            let fields = list.record.properties.keys().copied();
            let field = parent::field(gap.name, gap.before, key, fields)?;
            (parent != at).then(|| (parent, gap.name, field.to_owned()))
        });
        let mut filled = Vec::new();
        for gap in &gaps {
            let placeholder = match &parent {
                _ if is_filled(gap.name) => format!("{{{}}}", gap.name),
                Some((parent, name, field)) if *name == gap.name => {
                    format!("{{resources.{}.{field}}}", self.lists[*parent].name)
                }
                Some((parent, ..)) => match self.of_ancestor(*parent, gap) {
                    Some(placeholder) => placeholder,
                    None => format!("{{config.{}}}", self.setting(at, gap.name)),
                },
                None => format!("{{config.{}}}", self.setting(at, gap.name)),
            };
            filled.push((gap.name.to_owned(), placeholder));
        }
        let list = &mut self.lists[at];
        list.parent = parent.map(|(parent, ..)| parent);
        list.filled = filled;
    }

    /// What fills a placeholder that the parent's path has too: the same setting, or the field that the
    /// parent has from its own parent and adds to its records.
    fn of_ancestor(&mut self, parent: usize, gap: &parent::Gap<'_>) -> Option<String> {
        let collection = parent::collection(gap.before);
        let list = &self.lists[parent];
        let gaps = parent::gaps(list.operation.path);
        let same = gaps.iter().position(|of| parent::collection(of.before) == collection)?;
        let (_, filled) = list.filled.get(same)?;
        let Some(reference) = filled.strip_prefix("{resources.") else {
            return Some(filled.clone());
        };
        let (resource, field) = reference.trim_end_matches('}').split_once('.')?;
        let placeholder = format!("{{resources.{}._{resource}_{field}}}", list.name);
        let field = field.to_owned();
        let list = &mut self.lists[parent];
        if !list.included.contains(&field) {
            list.included.push(field);
        }
        Some(placeholder)
    }

    /// The name of a setting for a parameter, which is described where it is new.
    fn setting(&mut self, at: usize, parameter: &str) -> String {
        let name = setting_name(parameter);
        if self.settings.get(&name).is_none() {
            let parameters = &self.lists[at].operation.parameters;
            let described = parameters.iter().find(|of| of.name == parameter);
            let sent = described.and_then(|of| of.sent);
            let text = described.and_then(|of| of.value.text_of("description")).and_then(prose);
            let mut setting = Mapping::new();
            if let Some(sent) = sent {
                setting.set("default", Node::word(sent));
            }
            setting.set(
                "description",
                Node::Text(text.unwrap_or_else(|| format!("The parameter `{parameter}`"))),
            );
            self.settings.set(&name, setting);
        }
        name
    }

    fn resource(&mut self, at: usize) -> Mapping {
        let mut endpoint = Mapping::new();
        let list = &self.lists[at];
        let operation = list.operation;
        // What tells two operations of one path apart in some documents is not sent.
        let mut path = operation.path.split('#').next().unwrap_or_default().to_owned();
        for (name, value) in &list.filled {
            path = path.replace(&format!("{{{name}}}"), value);
        }
        let mut others = operation.endpoint.clone();
        // A server of its own is before the path.
        if let Some(server) = others.remove("path") {
            let server = match &server.value {
                Node::Text(server) => server.as_str(),
                _ => "",
            };
            path = format!("{server}{path}");
        }
        endpoint.set("path", Node::Text(path));
        let key = list.key.as_ref().map(|key| key.field.as_str());
        let paging = paginator::of(self.document, operation, list.records.as_ref(), key);
        let sends = paging.as_ref().map(|paging| paging.sends.clone()).unwrap_or_default();
        let (mut params, mut headers) = self.required(at, &sends);
        if let Some(method) = others.remove("method") {
            endpoint.set("method", method.value);
        }
        for (key, into) in [("params", &mut params), ("headers", &mut headers)] {
            if let Some(others) = others.remove(key) {
                into.entries.extend(others.value.map().cloned().unwrap_or_default().entries);
            }
        }
        if let Some((name, size)) = paging.as_ref().and_then(|paging| paging.size) {
            params.set(name, Node::number(size));
        }
        if !params.is_empty() {
            endpoint.set("params", params);
        }
        if !headers.is_empty() {
            endpoint.set("headers", headers);
        }
        endpoint.entries.append(&mut others.entries);
        let list = &self.lists[at];
        // Lines are records by themselves.
        let is_lines = endpoint.text("response_format") == Some("jsonl");
        if let Some(records) = list.records.as_ref().filter(|_| !is_lines) {
            endpoint.put("data_selector", Node::Text(records.selector()), records.reason.clone());
        }
        self.gaps.extend(varying(operation, paging.as_ref()));
        if let Some(mut paging) = paging {
            in_body(operation, &mut paging, &mut endpoint);
            endpoint.guess("paginator", paging.paginator, paging.reason);
        }

        let mut resource = Mapping::new();
        resource.set("name", Node::text(list.name.as_str()));
        let value = operation.value;
        let text = value.text_of("summary").or(value.text_of("description")).and_then(prose);
        if let Some(text) = text {
            resource.set("description", Node::Text(text));
        }
        if !operation.lists.is_empty() {
            resource.set("for_each", operation.lists.clone());
        }
        resource.set("endpoint", endpoint);
        if !list.included.is_empty() {
            let fields = list.included.iter().map(|field| Node::text(field.as_str()));
            resource.set("include_from_parent", Node::List(fields.collect()));
        }
        let columns = columns::of(self.document, &list.record);
        if let Some(key) = &list.key {
            resource.guess("primary_key", Node::text(key.field.as_str()), key.reason.clone());
            resource.set("write_disposition", Node::text("merge"));
        }
        if list.records.is_none() {
            // Nothing is said of the response, and so nothing of it is missing.
        } else if columns.is_empty() {
            let message = "the document does not say which fields a record has";
            self.gaps.push(Gap::new("columns", operation.place.as_str(), message));
        } else {
            resource.set("columns", columns);
        }
        resource
    }

    /// The query parameters and headers that must be sent, beside those of the paginator.
    fn required(&mut self, at: usize, sends: &[&str]) -> (Mapping, Mapping) {
        let (mut params, mut headers) = (Mapping::new(), Mapping::new());
        let required: Vec<Parameter<'a>> = self.lists[at]
            .operation
            .parameters
            .iter()
            .copied()
            .filter(|of| of.is_required)
            .collect();
        let mut cookies = Vec::new();
        for parameter in required {
            if parameter.place == "cookie" {
                cookies.push(format!(
                    "{0}={{secrets.{1}}}",
                    parameter.name,
                    secret::named(parameter.name)
                ));
                continue;
            }
            let into = match parameter.place {
                "query" if !sends.contains(&parameter.name) => &mut params,
                "header" if !is_of_client(parameter.name) => &mut headers,
                _ => continue,
            };
            if let Some(sent) = parameter.sent {
                into.set(parameter.name, Node::word(sent));
                continue;
            }
            let is_secret = match parameter.place {
                "header" => secret::is_header(parameter.name),
                _ => secret::is_name(parameter.name),
            };
            if is_secret {
                let name = secret::named(parameter.name);
                into.set(parameter.name, Node::Text(format!("{{secrets.{name}}}")));
                continue;
            }
            let words = parameter.schema.list_of("enum");
            let default = parameter.schema.get("default").or(parameter.value.get("example"));
            let only = if words.len() == 1 { words.first() } else { parameter.schema.get("const") };
            let value = match only.or(default).and_then(crate::document::Value::scalar) {
                Some(value) => Node::Text(value),
                None => Node::Text(format!("{{config.{}}}", self.setting(at, parameter.name))),
            };
            into.set(parameter.name, value);
        }
        if !cookies.is_empty() {
            headers.set("Cookie", Node::Text(cookies.join("; ")));
        }
        (params, headers)
    }
}

/// What is missing of parameters that were sent with several values, and that no paginator sends.
fn varying(operation: &Operation<'_>, paging: Option<&paginator::Paging<'_>>) -> Vec<Gap> {
    let varying = operation.paging().filter(|parameter| {
        let is_sent = parameter.is_required
            || paging.is_some_and(|paging| paging.sends.contains(&parameter.name));
        // What pages is of no use beside the paginator, unless it is a date: `from=2024-01-02`.
        let is_date = |sent: &str| sent.get(4..5) == Some("-");
        parameter.sent.is_some_and(|sent| {
            let is_replaced =
                paging.is_some() && paginator::is_paging(parameter.name) && !is_date(sent);
            let is_secret = parameter.place == "body" && secret::is_name(parameter.name);
            !is_sent && !is_replaced && !is_secret
        })
    });
    let gap = |parameter: Parameter<'_>| {
        let what = if parameter.place == "body" { "the first one is sent" } else { "none is sent" };
        let name = parameter.name;
        let message = if paginator::is_cursor(name) {
            format!(
                "`{name}` is a page cursor, and nothing shows where a response has the next one"
            )
        } else {
            format!("`{name}` has had several values, of which {what}")
        };
        Gap::new("parameter", operation.place.as_str(), message)
    };
    varying.map(gap).collect()
}

/// Names members of the body where the paginator sends them, which are then no part of the body itself.
fn in_body(operation: &Operation<'_>, paging: &mut paginator::Paging<'_>, endpoint: &mut Mapping) {
    for parameter in operation.parameters.iter().filter(|of| of.place == "body") {
        if !paging.sends.contains(&parameter.name) {
            continue;
        }
        for entry in &mut paging.paginator.entries {
            let name = Node::text(parameter.name);
            if entry.value == name && entry.key.ends_with("_param") {
                entry.key = entry.key.replace("_param", "_body_path");
            }
        }
        let steps: Vec<&str> = parameter.name.split('.').collect();
        if let Some(body) = endpoint.get_mut("json") {
            body.remove(&steps);
        }
    }
}

/// Whether a placeholder says itself what fills it.
fn is_filled(placeholder: &str) -> bool {
    ["secrets.", "config.", "paginator.", "each."].iter().any(|of| placeholder.starts_with(of))
}

/// Headers that the client sends by itself.
fn is_of_client(header: &str) -> bool {
    let header = header.to_ascii_lowercase();
    ["authorization", "accept", "content-type", "accept-encoding", "user-agent", "host", "cookie"]
        .contains(&header.as_str())
}

/// The placeholders that follow each collection, `{orderId}` of `/orders/{orderId}`.
fn placeholders<'a>(operations: &[Operation<'a>]) -> HashMap<String, Vec<&'a str>> {
    let mut placeholders: HashMap<String, Vec<&'a str>> = HashMap::new();
    for operation in operations {
        for gap in parent::gaps(operation.path) {
            let following = placeholders.entry(parent::collection(gap.before)).or_default();
            if !following.contains(&gap.name) {
                following.push(gap.name);
            }
        }
    }
    placeholders
}
