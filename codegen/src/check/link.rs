//! Parents and children: what a child takes from its parent, and the arguments of its function.

use std::collections::HashMap;

use rest_source_plan::{
    Argument, Batched, DataType, Included, Link, Parent, ResourcePlan, Selector, Str,
};

use super::{column, each, name, selector, singular::singular, stored_name::included_name};
use crate::{
    config,
    diagnostic::{Code, Diagnostic, Diagnostics},
    model::{self, Column, Content},
    source::Spanned,
};

/// A resource that knows nothing of the others yet.
pub(super) struct Draft {
    pub(super) resource: model::Resource,
    pub(super) plan: ResourcePlan,
    /// The names in its path that nothing binds.
    pub(super) arguments: Vec<Spanned<String>>,
    /// The resource whose records it takes values from.
    pub(super) parent: Option<String>,
    /// The fields of its records of which a request has several values.
    pub(super) batches: Vec<Batched>,
    /// The lists that it is fetched for.
    pub(super) lists: Vec<each::List>,
    /// The fields of these that are added to each record.
    pub(super) include: Vec<config::Included>,
}

/// Links all resources, in the file's order. One whose parent is missing or itself, which has been
/// reported, has none.
pub(super) fn link(drafts: Vec<Draft>, diagnostics: &mut Diagnostics) -> Vec<model::Resource> {
    let declared = Declared::of(&drafts);
    let places: HashMap<String, usize> =
        drafts.iter().enumerate().map(|(at, draft)| (draft.plan.name.to_string(), at)).collect();
    let mut linked: Vec<Option<model::Resource>> = drafts.iter().map(|_| None).collect();
    let mut drafts: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    for at in 0..drafts.len() {
        // From the resource to its farthest ancestor that is not linked yet. Those that are taken out
        // are waiting, so that one that is its own ancestor is met once.
        let mut waiting = Vec::new();
        let mut next = Some(at);
        while let Some(at) = next
            && let Some(draft) = drafts[at].take()
        {
            next = draft.parent.as_ref().and_then(|parent| places.get(parent).copied());
            waiting.push((at, draft, next));
        }
        for (at, draft, parent) in waiting.into_iter().rev() {
            let parent = parent.and_then(|parent| linked[parent].as_ref());
            linked[at] = Some(finish(draft, parent, &declared, diagnostics));
        }
    }
    linked.into_iter().flatten().collect()
}

fn finish(
    draft: Draft,
    parent: Option<&model::Resource>,
    declared: &Declared,
    diagnostics: &mut Diagnostics,
) -> model::Resource {
    let Draft { mut resource, mut plan, arguments, batches, include, lists, .. } = draft;
    if let Some(parent) = parent {
        let included = include.iter().map(|included| Included {
            field: selected(&parent.columns, &included.field.value),
            column: included_name(&parent.plan.name, included).into(),
            ..Included::DEFAULT
        });
        plan.parent = Some(Parent {
            plan: parent.plan.clone(),
            include: included.collect(),
            batches: batches.into(),
            ..Parent::DEFAULT
        });
        resource.parent = Some(parent.type_name.clone());
        for included in &include {
            add_included(&mut resource.columns, parent, included);
        }
        resource.arguments.clone_from(&parent.arguments);
    }
    for list in &lists {
        add_listed(&mut resource.columns, list);
    }
    plan.for_each = lists.into_iter().map(|list| list.each).collect();
    for argument in arguments {
        add_argument(&mut resource.arguments, &argument, &resource.columns, declared, diagnostics);
    }
    plan.arguments = resource
        .arguments
        .iter()
        .map(|argument| Argument {
            name: argument.name.clone().into(),
            data_type: argument.data_type,
            ..Argument::DEFAULT
        })
        .collect();
    plan.columns = resource.columns.iter().map(column::plan).collect();
    resource.plan = Link::from(plan);
    resource
}

/// Where a field of the parent's record is: the one of a column that is called so, whatever is in its
/// name, else what the path leads to.
fn selected(columns: &[Column], field: &str) -> Selector {
    if columns.iter().all(|column| column.name != field)
        && let Some(path) = selector::parse(field)
    {
        return path;
    }
    Selector::Keys(vec![Str::from(field.to_owned())].into())
}

/// The declared column at a path of keys.
fn declared<'c>(columns: &'c [Column], path: &Selector) -> Option<&'c Column> {
    let Selector::Keys(keys) = path else { return None };
    let (first, within) = keys.split_first()?;
    let column = columns.iter().find(|column| column.name == *first)?;
    within.iter().try_fold(column, |column, key| match &column.content {
        Content::Record(nested) => nested.columns.iter().find(|column| column.name == *key),
        _ => None,
    })
}

/// A column for a field of the parent's record, unless the file declares it. It is as in the parent,
/// but for what only the parent's table is concerned with.
fn add_included(columns: &mut Vec<Column>, parent: &model::Resource, included: &config::Included) {
    let name = included_name(&parent.plan.name, included);
    let Some(mut column) = added(columns, name) else { return };
    let source = declared(&parent.columns, &selected(&parent.columns, &included.field.value));
    if let Some(source) = source {
        column.inferred = source.inferred;
        if matches!(source.content, Content::Plain | Content::Words(_)) {
            column.data_type = source.data_type;
        }
        column.timezone = source.timezone;
        (column.precision, column.scale) = (source.precision, source.scale);
        column.description.clone_from(&source.description);
    }
    columns.push(column);
}

/// A column for a value of a list, unless the file declares it.
fn add_listed(columns: &mut Vec<Column>, list: &each::List) {
    let Some(name) = &list.each.column else { return };
    let Some(mut column) = added(columns, name.to_string()) else { return };
    (column.inferred, column.data_type) = (false, list.data_type);
    columns.push(column);
}

/// A column beside those of a resource; `None` if there is one of this name.
fn added(columns: &[Column], name: String) -> Option<Column> {
    if columns.iter().any(|column| column.name == name) {
        return None;
    }
    let is_free =
        |field: &String| field != "extra" && columns.iter().all(|column| column.field != *field);
    // `_posts_id` reads better as `posts_id`, if no column is called so.
    let rust = name::function(&name, &[])?;
    let underscored = format!("_{}", rust.trim_start_matches("r#").trim_start_matches('_'));
    let rust = [rust, underscored].into_iter().find(is_free)?;
    Some(Column::inferred(name, rust))
}

fn add_argument(
    arguments: &mut Vec<model::Argument>,
    argument: &Spanned<String>,
    columns: &[Column],
    declared: &Declared,
    diagnostics: &mut Diagnostics,
) {
    let Spanned { value: name, span } = argument;
    if arguments.iter().any(|known| known.name == *name) {
        return;
    }
    let Some(variable) = name::function(name, &[]) else {
        let message = format!("no Rust name can be made of `{{{name}}}`");
        diagnostics.push(
            Diagnostic::error(Code::InvalidName, *span, message)
                .help("it is an argument of a function: give it a name with letters"),
        );
        return;
    };
    if let Some(first) = arguments.iter().find(|known| known.variable == variable) {
        let message =
            format!("`{{{}}}` and `{{{name}}}` would share the argument `{variable}`", first.name);
        diagnostics
            .push(Diagnostic::error(Code::NameClash, *span, message).help("rename one of them"));
        return;
    }
    let own = columns.iter().find(|column| column.name == *name && !column.inferred);
    let own = own.map(|column| column.data_type);
    let data_type = own.or_else(|| declared.entity(name)).unwrap_or(DataType::Text);
    arguments.push(model::Argument { name: name.clone(), variable, data_type });
}

/// The types of the columns of all resources, by what an argument that means one is called: the
/// singular of the resource's name, and the column's. The first of several of one name counts.
struct Declared(HashMap<(String, String), (usize, DataType)>);

impl Declared {
    fn of(drafts: &[Draft]) -> Declared {
        let mut types = HashMap::new();
        for (at, draft) in drafts.iter().enumerate() {
            let one = singular(&draft.plan.name.to_lowercase());
            for column in draft.resource.columns.iter().filter(|column| !column.inferred) {
                let called = (one.clone(), column.name.clone());
                types.entry(called).or_insert((at, column.data_type));
            }
        }
        Declared(types)
    }

    /// The type of the column `id` of `customers`, for `customer_id`.
    fn entity(&self, argument: &str) -> Option<DataType> {
        let splits = argument.match_indices(['_', '-']);
        let found = splits.filter_map(|(at, separator)| {
            let (one, column) = (&argument[..at], &argument[at + separator.len()..]);
            self.0.get(&(one.to_owned(), column.to_owned()))
        });
        found.min_by_key(|(at, _)| *at).map(|(_, data_type)| *data_type)
    }
}
