//! Streams, each of which becomes a resource, parents first.

use std::collections::HashMap;

mod parent;

use super::{
    auth, columns, format,
    gaps::{Gaps, is_custom},
    incremental::Cursor,
    jinja, naming, paginator,
    partition::partition,
    records::{Selector, Steps},
    request::Request,
    responses,
    scope::{Names, Scope},
    settings::Settings,
};
use crate::{
    description::{Mapping, Node},
    document::Value,
};

/// How many parents may lead to a stream.
const MOST_DEPTH: usize = 12;

/// The streams of a manifest as they become resources.
pub(super) struct Streams<'a> {
    /// The streams and their names as resources.
    all: Vec<(&'a Value, String)>,
    pub(super) settings: Settings,
    pub(super) gaps: Gaps,
    /// What was built, by name; nothing for what cannot be described.
    built: HashMap<String, Option<usize>>,
    /// The resources, parents before their children.
    pub(super) resources: Vec<Resource>,
    depth: usize,
}

/// A resource and what it shares with others.
pub(super) struct Resource {
    pub(super) name: String,
    pub(super) parent: Option<String>,
    /// Whether it is there for its children only.
    pub(super) is_hidden: bool,
    pub(super) base: String,
    /// Whether the base URL is in the manifest, and no setting without a default.
    pub(super) is_base_known: bool,
    pub(super) path: String,
    pub(super) auth: Option<Node>,
    pub(super) mapping: Mapping,
    /// Fields of its partition and their placeholders, which a child may need.
    fields: Vec<(String, String)>,
}

impl<'a> Streams<'a> {
    pub(super) fn of(manifest: &'a Value, settings: Settings) -> Streams<'a> {
        let mut gaps = Gaps::default();
        let mut streams: Vec<(&Value, String)> = Vec::new();
        let mut conditions = Vec::new();
        for (stream, condition) in all(manifest, &mut gaps) {
            let name = naming::identifier(&name_of(stream));
            let candidates =
                std::iter::once(name.clone()).chain((2..).map(|n| format!("{name}_{n}")));
            let is_taken =
                |name: &str| streams.iter().any(|(_, taken)| taken.eq_ignore_ascii_case(name));
            let free = candidates.into_iter().find(|name| !is_taken(name)).unwrap_or(name);
            conditions.extend(condition.map(|condition| (free.clone(), condition)));
            streams.push((stream, free));
        }
        for (name, condition) in conditions {
            let before = gaps.enter(&name);
            gaps.add("choice", "condition", format!("it is there only where `{condition}` holds"));
            gaps.leave(before);
        }
        Streams {
            all: streams,
            settings,
            gaps,
            built: HashMap::new(),
            resources: Vec::new(),
            depth: 0,
        }
    }

    /// Builds all of them.
    pub(super) fn build(&mut self) {
        for at in 0..self.all.len() {
            let (stream, name) = self.all[at].clone();
            self.resource(stream, &name, false, true);
        }
    }

    /// The resource of a stream, which is built if it is not yet.
    fn resource(
        &mut self,
        stream: &'a Value,
        name: &str,
        is_hidden: bool,
        is_incremental: bool,
    ) -> Option<usize> {
        if let Some(built) = self.built.get(name) {
            return *built;
        }
        if self.depth > MOST_DEPTH {
            return None;
        }
        self.depth += 1;
        // Nothing is its own parent.
        self.built.insert(name.to_owned(), None);
        let before = self.gaps.enter(name);
        let resource = self.built_of(stream, name, is_hidden, is_incremental);
        if resource.is_none() && !self.gaps.touch(name) {
            self.gaps.add("stream", "retriever", "it does not say what is requested");
        }
        self.gaps.leave(before);
        self.depth -= 1;
        let at = resource.map(|resource| {
            self.resources.push(resource);
            self.resources.len() - 1
        });
        self.built.insert(name.to_owned(), at);
        at
    }

    /// The retriever of a stream and its requester.
    fn requester(&mut self, stream: &'a Value) -> Option<(&'a Value, &'a Value)> {
        let retriever = stream.get("retriever")?;
        if retriever.text_of("type") == Some("AsyncRetriever") {
            let message = "a job that is created, waited for and downloaded";
            self.gaps.add("async_job", "retriever", message);
            return None;
        }
        if is_custom(retriever) {
            self.gaps.custom("retriever", retriever);
        }
        let requester = retriever.get("requester")?;
        if is_custom(requester) {
            self.gaps.custom("requester", requester);
        }
        Some((retriever, requester))
    }

    fn built_of(
        &mut self,
        stream: &'a Value,
        name: &str,
        is_hidden: bool,
        is_incremental: bool,
    ) -> Option<Resource> {
        let (retriever, requester) = self.requester(stream)?;
        let mut partition = partition(retriever, &mut self.settings, &mut self.gaps)?;
        self.parents(&mut partition, stream)?;
        let parent = partition.parent.take();
        let batch = partition.batch();

        let parameters = requester.get("$parameters").or(stream.get("$parameters"));
        let no_names = Names::default();
        let scope = &mut Scope {
            parameters,
            settings: &mut self.settings,
            names: &no_names,
            needed_by: None,
            is_record: false,
        };
        let gaps = &mut self.gaps;
        let cursor = is_incremental.then(|| Cursor::of(stream, scope, gaps)).flatten();
        let paginator = retriever.get("paginator");
        let names = Names {
            parent: parent.as_ref().map(|name| format!("{{resources.{name}.")),
            partition: partition.fields.clone(),
            group: batch.as_ref().map(|(name, _)| format!("{{{name}}}")),
            bounds: cursor.as_ref().map(|cursor| cursor.bounds.clone()),
            format: cursor.as_ref().and_then(|cursor| cursor.format.clone()),
            page: paginator::placeholder(paginator),
            ..Names::default()
        };
        scope.names = &names;
        let mut request = Request::of(requester, scope, gaps)?;
        partition.send(&mut request, scope, gaps);
        if let Some((name, mut batch)) = batch {
            let separator = names.separator.take().filter(|of| of != ",");
            if let Some(separator) = separator {
                batch.set("separator", Node::Text(separator));
            }
            request.parameter(&name, batch.into());
        }
        let record_selector = retriever.get("record_selector");
        if let Some(selector) = record_selector.filter(|of| is_custom(of)) {
            gaps.custom("record_selector", selector);
        }
        let selector = Selector::of(record_selector, scope, gaps);
        let paging = paginator::paginator(paginator, &selector, &mut request, scope, gaps);
        let incremental = cursor.as_ref().map(|cursor| cursor.describe(&mut request, scope, gaps));
        let actions =
            requester.get("error_handler").map(|handler| responses::actions(handler, gaps));
        let cursor_field = cursor.as_ref().map(|cursor| cursor.field.as_str());
        scope.is_record = true;
        let steps = Steps::of(stream, record_selector, cursor_field, scope, gaps);

        let mut endpoint = Mapping::new();
        request.describe(&mut endpoint);
        if let Some(format) = format::response_format(retriever, gaps) {
            endpoint.set("response_format", format);
        }
        selector.describe(&mut endpoint);
        if let Some((paginator, reason)) = paging {
            endpoint.put("paginator", paginator, reason);
        }
        if let Some(actions) = actions.filter(|actions| !actions.is_empty()) {
            endpoint.set("response_actions", Node::List(actions));
        }
        let has_range = incremental.is_some();
        if let Some(incremental) = incremental {
            endpoint.set("incremental", incremental);
        }
        // A list of one value that nothing names is one request all the same.
        let sent = format!("{request:?}");
        partition.lists.entries.retain(|list| {
            let is_one = matches!(&list.value, Node::List(items) if items.len() == 1);
            !is_one || sent.contains(&format!("{{each.{}}}", list.key))
        });
        let lists = std::mem::take(&mut partition.lists);
        let mut mapping = described(name, is_hidden, lists, endpoint, &steps);
        if !is_hidden {
            let key = key_of(stream, parameters);
            let cursor = cursor.as_ref().map(|of| (of.field.as_str(), of.data_type()));
            let columns = columns::columns(stream, cursor, &key, &steps.from_each);
            disposition(key, has_range, &mut mapping);
            if !columns.is_empty() {
                mapping.set("columns", columns);
            }
        }
        let auth = auth::auth(
            requester.get("authenticator"),
            &request.base,
            &mut self.settings,
            &mut self.gaps,
        );
        let user = request
            .user
            .map(|(user, password)| auth::basic(Node::Text(user), Node::Text(password)).into());
        Some(Resource {
            name: name.to_owned(),
            parent,
            is_hidden,
            is_base_known: self.settings.is_valued(&request.base),
            base: request.base,
            path: request.path,
            auth: auth.or(user),
            mapping,
            fields: partition.fields,
        })
    }
}

/// The streams of a manifest, those that a condition includes with it, and of those that differ by the state the
/// incremental one.
fn all<'a>(manifest: &'a Value, gaps: &mut Gaps) -> Vec<(&'a Value, Option<&'a str>)> {
    let mut all = Vec::new();
    for (at, stream) in manifest.list_of("streams").iter().enumerate() {
        if stream.text_of("type") == Some("ConditionalStreams") {
            let condition = stream.text_of("condition").unwrap_or_default();
            all.extend(stream.list_of("streams").iter().map(|of| (of, Some(condition))));
        } else if stream.map().is_some() {
            all.push((stream, None));
        } else {
            gaps.enter(&at.to_string());
            gaps.add("stream", "type", "it is no object");
        }
    }
    for (stream, _) in &mut all {
        let kinds = ["incremental_stream", "full_refresh_stream"];
        let mut inner = kinds.iter().filter_map(|key| stream.get(key));
        if let Some(inner) = inner.find(|of| of.get("retriever").is_some()) {
            *stream = inner;
        }
    }
    all
}

/// The name of a stream.
fn name_of(stream: &Value) -> String {
    let name = stream.get("name").and_then(Value::scalar).unwrap_or_default();
    let parameters = stream.get("$parameters");
    let constant = jinja::expression(&name, parameters).ok();
    match constant {
        Some(jinja::Expr::Const(value)) => value.scalar().unwrap_or(name),
        _ => name,
    }
}

/// A resource up to its key.
fn described(
    name: &str,
    is_hidden: bool,
    lists: Mapping,
    endpoint: Mapping,
    steps: &Steps,
) -> Mapping {
    let mut mapping = Mapping::of([("name", Node::text(name))]);
    if is_hidden {
        mapping.set("selected", Node::truth(false));
    }
    if !lists.is_empty() {
        mapping.set("for_each", lists);
    }
    mapping.set("endpoint", endpoint);
    if !steps.from_each.is_empty() {
        mapping.set("include_from_each", steps.from_each.clone());
    }
    if !steps.steps.is_empty() {
        mapping.set("processing_steps", Node::List(steps.steps.clone()));
    }
    mapping
}

/// The fields of the key.
fn key_of(stream: &Value, parameters: Option<&Value>) -> Vec<String> {
    let field = |value: &Value| match value {
        Value::Text(text) => match jinja::expression(text, parameters) {
            Ok(jinja::Expr::Const(value)) => value.scalar(),
            _ => None,
        },
        Value::List(path) => {
            let path: Vec<String> = path.iter().filter_map(Value::scalar).collect();
            Some(path.join("."))
        }
        _ => None,
    };
    let fields: Vec<String> = match stream.get("primary_key") {
        Some(Value::List(fields)) => fields.iter().filter_map(field).collect(),
        Some(key) => field(key).into_iter().collect(),
        None => Vec::new(),
    };
    fields.into_iter().filter(|of| !of.is_empty()).collect()
}

/// The key, and what loading does to existing rows.
fn disposition(key: Vec<String>, has_range: bool, mapping: &mut Mapping) {
    let mut fields: Vec<Node> = key.into_iter().map(Node::Text).collect();
    match fields.len() {
        0 if has_range => {}
        0 => mapping.set("write_disposition", Node::text("replace")),
        count => {
            let key = if count == 1 { fields.remove(0) } else { Node::List(fields) };
            mapping.set("primary_key", key);
            mapping.set("write_disposition", Node::text("merge"));
        }
    }
}
