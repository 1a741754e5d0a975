//! Resources: each operation that gives a list, put together from what the other files find.

use std::collections::HashMap;

use super::{
    columns, key,
    key::Key,
    naming,
    operation::{Operation, Parameter},
    paginator, parent,
    records::Records,
    schema::Schema,
    server::setting_name,
    spec::{Spec, prose},
};
use crate::{
    description::{Mapping, Node},
    failure::Failure,
    gap::Gap,
    selection::Selection,
};

/// The lists of a document, as they become resources.
pub(super) struct Resources<'s, 'a> {
    spec: &'s Spec<'a>,
    lists: Vec<List<'s, 'a>>,
    /// The lists by the paths that lead to them.
    by_collection: HashMap<String, usize>,
    settings: &'s mut Mapping,
    gaps: &'s mut Vec<Gap>,
}

/// An operation that gives a list.
struct List<'s, 'a> {
    operation: &'s Operation<'a>,
    records: Records<'a>,
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
    pub(super) fn new(
        spec: &'s Spec<'a>,
        operations: &'s [Operation<'a>],
        settings: &'s mut Mapping,
        gaps: &'s mut Vec<Gap>,
    ) -> Resources<'s, 'a> {
        let mut found = Vec::new();
        for operation in operations {
            if let Some(records) = Records::of(spec, operation) {
                let record = Schema::of_alternatives(spec, &records.record);
                found.push((operation, records, record));
            }
        }
        let paths: Vec<&str> = found.iter().map(|(operation, ..)| operation.path).collect();
        let names = naming::names(&paths);
        let placeholders = placeholders(operations);
        let mut by_collection = HashMap::new();
        let mut lists = Vec::new();
        for ((operation, records, record), name) in found.into_iter().zip(names) {
            let collection = parent::collection(operation.path);
            let following = placeholders.get(&collection).map_or(&[][..], Vec::as_slice);
            let last = operation.path.rsplit('/').find(|segment| !segment.contains('{'));
            let key = key::of(spec, &record, last.unwrap_or_default(), following);
            by_collection.entry(collection).or_insert(lists.len());
            lists.push(List {
                operation,
                records,
                record,
                name,
                key,
                parent: None,
                filled: Vec::new(),
                included: Vec::new(),
            });
        }
        Resources { spec, lists, by_collection, settings, gaps }
    }

    /// The resources that are selected, and their parents.
    pub(super) fn described(&mut self, selection: &Selection) -> Result<Vec<Node>, Failure> {
        if self.lists.is_empty() {
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
        let names: Vec<&str> = self.lists.iter().map(|list| list.name.as_str()).collect();
        let selected = selection.named(&names, |at| self.lists[at].parent)?;
        let selected = selected.iter().enumerate().filter(|(_, is_selected)| **is_selected);
        Ok(selected.map(|(at, _)| Node::Map(self.resource(at))).collect())
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
            let text = described.and_then(|of| of.value.text_of("description")).and_then(prose);
            let mut setting = Mapping::new();
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
        endpoint.set("path", Node::Text(path));
        let key = list.key.as_ref().map(|key| key.field.as_str());
        let paging = paginator::of(self.spec, operation, &list.records, key);
        let sends = paging.as_ref().map(|paging| paging.sends.clone()).unwrap_or_default();
        let (mut params, headers) = self.required(at, &sends);
        if let Some((name, size)) = paging.as_ref().and_then(|paging| paging.size) {
            params.set(name, Node::number(size));
        }
        if !params.is_empty() {
            endpoint.set("params", params);
        }
        if !headers.is_empty() {
            endpoint.set("headers", headers);
        }
        let list = &self.lists[at];
        endpoint.put(
            "data_selector",
            Node::Text(list.records.selector()),
            list.records.reason.clone(),
        );
        if let Some(paging) = paging {
            endpoint.guess("paginator", paging.paginator, paging.reason);
        }

        let mut resource = Mapping::new();
        resource.set("name", Node::text(list.name.as_str()));
        let value = operation.value;
        let text = value.text_of("summary").or(value.text_of("description")).and_then(prose);
        if let Some(text) = text {
            resource.set("description", Node::Text(text));
        }
        resource.set("endpoint", endpoint);
        if !list.included.is_empty() {
            let fields = list.included.iter().map(|field| Node::text(field.as_str()));
            resource.set("include_from_parent", Node::List(fields.collect()));
        }
        let columns = columns::of(self.spec, &list.record);
        if let Some(key) = &list.key {
            resource.guess("primary_key", Node::text(key.field.as_str()), key.reason.clone());
            resource.set("write_disposition", Node::text("merge"));
        }
        if columns.is_empty() {
            let message = "the document does not say which fields a record has";
            self.gaps.push(Gap::new("columns", operation.place(), message));
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
        for parameter in required {
            let into = match parameter.place {
                "query" if !sends.contains(&parameter.name) => &mut params,
                "header" if !is_of_client(parameter.name) => &mut headers,
                _ => continue,
            };
            let words = parameter.schema.list_of("enum");
            let default = parameter.schema.get("default").or(parameter.value.get("example"));
            let only = if words.len() == 1 { words.first() } else { None };
            let value = match only.or(default).and_then(crate::document::Value::scalar) {
                Some(value) => Node::Text(value),
                None => Node::Text(format!("{{config.{}}}", self.setting(at, parameter.name))),
            };
            into.set(parameter.name, value);
        }
        (params, headers)
    }
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
