//! Parents of streams, and the fields that lead from them to their children.

use super::{Streams, name_of};
use crate::{
    airbyte::{
        naming,
        partition::{Parent, Partition},
    },
    description::Node,
    document::Value,
};

impl<'a> Streams<'a> {
    /// Builds the parents of a stream, and finds the placeholders of their fields; nothing if its parents cannot be
    /// described.
    pub(super) fn parents(&mut self, partition: &mut Partition<'a>, stream: &Value) -> Option<()> {
        if partition.parents.is_empty() {
            return Some(());
        }
        let mut names = Vec::new();
        for parent in &partition.parents {
            let Some(name) = self.parent(parent) else {
                let name = name_of(parent.stream);
                self.gaps.add(
                    "parent",
                    "partition_router",
                    format!("its parent `{name}` is not described"),
                );
                return None;
            };
            names.push(name);
        }
        // Of several parents each must lead to the next one: the records of the last are then those of all.
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.sort_by_key(|at| self.ancestors(&names[*at]).len());
        let chain = self.ancestors(&names[order[order.len() - 1]]);
        let is_chain = order[..order.len() - 1].iter().all(|at| chain.contains(&names[*at]));
        if !is_chain {
            let message = "every record of one parent with every record of another";
            self.gaps.add("parent_product", "partition_router", message);
            return None;
        }
        let nearest = order[order.len() - 1];
        let name = names[nearest].clone();
        for (at, parent) in partition.parents.clone().into_iter().enumerate() {
            let placeholder = if at == nearest {
                format!("{{resources.{name}.{}}}", parent.path())
            } else {
                self.included(&name, &names[at], &parent.path())?
            };
            partition.fields.push((parent.field.to_owned(), placeholder));
        }
        if format!("{stream:?}").contains("parent_slice") {
            self.parent_slices(&name, partition);
        }
        partition.parent = Some(name);
        Some(())
    }

    /// The fields of the parent's own partition.
    fn parent_slices(&mut self, name: &str, partition: &mut Partition<'a>) {
        let Some(at) = self.built.get(name).copied().flatten() else { return };
        for (field, placeholder) in self.resources[at].fields.clone() {
            let reference = placeholder.trim_start_matches("{resources.").trim_end_matches('}');
            let Some((of, path)) =
                reference.split_once('.').filter(|_| placeholder.starts_with("{resources."))
            else {
                continue;
            };
            let (of, path) = (of.to_owned(), path.to_owned());
            if let Some(placeholder) = self.included(name, &of, &path) {
                partition.fields.push((format!("parent_slice.{field}"), placeholder));
            }
        }
    }

    /// The placeholder of an ancestor's field in the records of a resource, which then includes it from its parent.
    fn included(&mut self, name: &str, ancestor: &str, path: &str) -> Option<String> {
        let at = self.built.get(name).copied().flatten()?;
        let parent = self.resources[at].parent.clone()?;
        let (from, column) = if parent == ancestor {
            (path.to_owned(), format!("_{parent}_{}", path.replace('.', "__")))
        } else {
            let placeholder = self.included(&parent, ancestor, path)?;
            let field = placeholder.strip_prefix(&format!("{{resources.{parent}."))?;
            let field = field.trim_end_matches('}').to_owned();
            (field.clone(), format!("_{parent}_{field}"))
        };
        let mapping = &mut self.resources[at].mapping;
        let mut fields = match mapping.get("include_from_parent") {
            Some(Node::List(fields)) => fields.clone(),
            _ => Vec::new(),
        };
        let field = Node::Text(from);
        if !fields.contains(&field) {
            fields.push(field);
            mapping.set("include_from_parent", Node::List(fields));
        }
        Some(format!("{{resources.{name}.{column}}}"))
    }

    /// The parents of a resource, nearest first.
    fn ancestors(&self, name: &str) -> Vec<String> {
        let mut ancestors = Vec::new();
        let mut name = name.to_owned();
        while let Some(parent) = self
            .built
            .get(&name)
            .copied()
            .flatten()
            .and_then(|at| self.resources[at].parent.clone())
        {
            ancestors.push(parent.clone());
            name = parent;
        }
        ancestors
    }

    /// The name of the resource that a parent becomes. One that is fetched incrementally has its children
    /// fetched for what is new, unless the manifest wants that, a second resource has all of it.
    fn parent(&mut self, parent: &Parent<'a>) -> Option<String> {
        let known = self.all.iter().find(|(stream, _)| is_same(stream, parent.stream)).cloned();
        let is_range = parent.stream.get("incremental_sync").is_some();
        match known {
            Some((stream, name)) if !is_range || parent.is_incremental => {
                self.resource(stream, &name, false, true)?;
                Some(name)
            }
            Some((stream, name)) => {
                let name = format!("all_{name}");
                self.resource(stream, &name, true, false)?;
                Some(name)
            }
            None => {
                let name = naming::identifier(&name_of(parent.stream));
                let is_taken = self.all.iter().any(|(_, taken)| *taken == name);
                let name = if is_taken { format!("{name}_parent") } else { name };
                self.resource(parent.stream, &name, true, parent.is_incremental)?;
                Some(name)
            }
        }
    }
}

/// Whether two streams make the same requests.
fn is_same(a: &Value, b: &Value) -> bool {
    let requester = |stream: &'_ Value| {
        let retriever = stream.get("retriever");
        let requester = retriever.and_then(|retriever| retriever.get("requester")).cloned();
        let extractor = retriever
            .and_then(|retriever| retriever.get("record_selector"))
            .and_then(|selector| selector.get("extractor"))
            .and_then(|extractor| extractor.get("field_path"))
            .cloned();
        let keys =
            ["url_base", "url", "path", "http_method", "request_parameters", "request_body_json"];
        let parts: Vec<Option<Value>> = keys
            .iter()
            .map(|key| requester.as_ref().and_then(|requester| requester.get(key)).cloned())
            .collect();
        (name_of(stream), parts, extractor)
    };
    requester(a) == requester(b)
}
