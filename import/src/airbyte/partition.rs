//! What a stream is fetched for: lists of values, and the records of parents.

use super::{
    gaps::{Gaps, is_custom},
    jinja::{self, Expr, is_false},
    legacy, naming,
    request::Request,
    scope::{Names, Scope},
    settings::Settings,
};
use crate::{
    description::{Mapping, Node},
    document::Value,
};

/// The partitions of a stream.
#[derive(Debug, Default)]
pub(super) struct Partition<'a> {
    /// The lists, for `for_each`.
    pub(super) lists: Mapping,
    /// The resource of the parent, once that is built.
    pub(super) parent: Option<String>,
    /// The parents, of which one leads to the others where there are several.
    pub(super) parents: Vec<Parent<'a>>,
    /// Fields of a partition and their placeholders.
    pub(super) fields: Vec<(String, String)>,
    /// How many records of the parent share one request.
    pub(super) group: Option<i64>,
    /// Where values are sent: the option of the manifest, and the field of the partition.
    pub(super) sent: Vec<(&'a Value, String)>,
}

/// A stream for each of whose records another one is fetched.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parent<'a> {
    /// The stream.
    pub(super) stream: &'a Value,
    /// The field of its records.
    pub(super) key: &'a str,
    /// The field of the partition.
    pub(super) field: &'a str,
    /// Whether only what is new of it counts.
    pub(super) is_incremental: bool,
}

/// The partitions of a retriever; `None` if they cannot be described.
pub(super) fn partition<'a>(
    retriever: &'a Value,
    settings: &mut Settings,
    gaps: &mut Gaps,
) -> Option<Partition<'a>> {
    let mut partition = Partition::default();
    let routers = retriever.get("partition_router").map(legacy::routers).unwrap_or_default();
    for router in routers {
        if is_custom(router) {
            gaps.custom("partition_router", router);
            return None;
        }
        match router.text_of("type") {
            Some("ListPartitionRouter") => partition.list(router, settings, gaps)?,
            Some("DatetimeBasedCursor") => {}
            Some("SubstreamPartitionRouter") => partition.substream(router, gaps)?,
            Some("GroupingPartitionRouter") => partition.group(router, gaps)?,
            kind => {
                let kind = kind.unwrap_or("without a type");
                gaps.add("partition_router", "partition_router", format!("`{kind}`"));
                return None;
            }
        }
    }
    Some(partition)
}

impl<'a> Partition<'a> {
    /// Sends its values where the manifest says it.
    pub(super) fn send(&self, request: &mut Request, scope: &mut Scope<'_>, gaps: &mut Gaps) {
        for (option, field) in &self.sent {
            let value = self.fields.iter().find(|(name, _)| name == field);
            let value = value.map(|(_, placeholder)| Node::text(placeholder.as_str()));
            // A parameter would be there once for each value of a group.
            let is_sent =
                self.group.is_none() || option.text_of("inject_into") == Some("body_json");
            if !value.is_some_and(|value| is_sent && request.inject(option, value, scope)) {
                let message = "where its value is sent is not known";
                gaps.add("partition_router", "partition_router", message);
            }
        }
    }

    /// The records of a parent in groups.
    fn group(&mut self, router: &'a Value, gaps: &mut Gaps) -> Option<()> {
        let inner = router.get("underlying_partition_router");
        let inner = inner.filter(|of| of.text_of("type") == Some("SubstreamPartitionRouter"));
        let size = router.get("group_size").and_then(Value::whole).filter(|size| *size > 0);
        let (Some(inner), Some(size), None) = (inner, size, &self.group) else {
            let message =
                "groups of what are no records of a parent, or of a size that is not known";
            gaps.add("partition_group", "partition_router", message);
            return None;
        };
        self.group = Some(size);
        self.substream(inner, gaps)
    }

    /// The field of the parent whose values one request has several of: the parameter that says so, whose
    /// placeholder the field gets. `None` if there is no group.
    pub(super) fn batch(&mut self) -> Option<(String, Mapping)> {
        let size = self.group?;
        let (field, placeholder) =
            self.fields.iter_mut().find(|(_, of)| of.starts_with("{resources."))?;
        let (resource, of_parent) =
            placeholder.strip_prefix("{resources.")?.strip_suffix('}')?.split_once('.')?;
        let batch = Mapping::of([
            ("type", Node::text("resolve")),
            ("resource", Node::text(resource)),
            ("field", Node::text(of_parent)),
            ("batch", Node::number(size)),
        ]);
        let name = naming::identifier(field);
        *placeholder = format!("{{{name}}}");
        Some((name, batch))
    }

    fn list(&mut self, router: &'a Value, settings: &mut Settings, gaps: &mut Gaps) -> Option<()> {
        let names = Names::default();
        let parameters = router.get("$parameters");
        let field = router.text_of("cursor_field").unwrap_or("partition");
        let field = match jinja::expression(field, parameters) {
            Ok(Expr::Const(Value::Text(field))) => field,
            _ => field.to_owned(),
        };
        let values = match router.get("values") {
            Some(Value::List(items)) => {
                let mut scope = Scope {
                    parameters,
                    settings,
                    names: &names,
                    needed_by: None,
                    is_record: false,
                };
                let items: Option<Vec<Node>> = items
                    .iter()
                    .map(|item| scope.value(item).ok().flatten().map(super::scope::Filled::node))
                    .collect();
                items.map(Node::List)
            }
            Some(Value::Text(text)) => setting_of(text, parameters, settings),
            _ => None,
        };
        let Some(values) = values else {
            let text = router.text_of("values").unwrap_or_default().trim().to_owned();
            gaps.add(
                "list_values",
                "partition_router",
                format!("`{text}`: no list and no setting"),
            );
            return None;
        };
        let name = naming::identifier(&field);
        self.lists.set(&name, values);
        self.fields.push((field.clone(), format!("{{each.{name}}}")));
        self.sent.extend(router.get("request_option").map(|option| (option, field)));
        Some(())
    }

    fn substream(&mut self, router: &'a Value, gaps: &mut Gaps) -> Option<()> {
        let [config] = router.list_of("parent_stream_configs") else {
            let message = "several parents, whose records all lead to this stream";
            gaps.add("parent_union", "partition_router", message);
            return None;
        };
        if is_custom(config) {
            gaps.custom("partition_router.parent_stream_configs", config);
            return None;
        }
        let parent = Parent {
            stream: config.get("stream")?,
            key: config.text_of("parent_key")?,
            field: config.text_of("partition_field")?,
            is_incremental: config.is_true("incremental_dependency"),
        };
        self.parents.push(parent);
        let option = config.get("request_option");
        self.sent.extend(option.map(|option| (option, parent.field.to_owned())));
        Some(())
    }
}

impl Parent<'_> {
    /// The path of its field, whose keys Airbyte separates by slashes.
    pub(super) fn path(&self) -> String {
        naming::path(self.key.split(['/', '.']).filter(|key| !key.is_empty()))
    }
}

/// The setting whose values a list is.
fn setting_of(text: &str, parameters: Option<&Value>, settings: &mut Settings) -> Option<Node> {
    fn keys(expression: &Expr) -> Option<(Vec<&str>, Option<&Expr>)> {
        match expression {
            Expr::Call(name, arguments) if name == "split" => keys(arguments.first()?),
            Expr::Call(name, arguments) if name == "default" => {
                Some((keys(arguments.first()?)?.0, arguments.get(1)))
            }
            Expr::Binary(jinja::Operator::Or, value, default) => {
                Some((keys(value)?.0, Some(&**default)))
            }
            expression => Some((expression.keys_of(&["config"])?, None)),
        }
    }
    let expression = jinja::expression(text, parameters).ok()?;
    if let Expr::Const(Value::List(items)) = &expression {
        return Some(Node::List(items.iter().filter_map(Value::scalar).map(Node::Text).collect()));
    }
    let items = |items: &[Expr]| -> Option<Vec<Node>> {
        items.iter().map(|item| item.text().map(Node::text)).collect()
    };
    if let Expr::List(list) = &expression {
        return items(list).map(Node::List);
    }
    let (keys, default) = keys(&expression)?;
    settings.set_kind(&keys, Some("list"));
    match default {
        Some(Expr::List(list)) if !list.is_empty() => {
            settings.set_default(&keys, Node::List(items(list)?));
        }
        Some(default) if !is_false(default) => return None,
        _ => {}
    }
    Some(Node::Text(settings.needed(&keys, "`for_each`")))
}
