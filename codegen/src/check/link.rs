//! Parents and children: what a child takes from its parent, and the arguments of its function.

use std::collections::HashMap;

use rest_source_plan::{
    Argument, Batched, Crossed, DataType, Included, Link, Parent, ResourcePlan, Selector, Str,
};

use super::{
    column, each, name,
    relation::{Taken, origins},
    selector,
    singular::singular,
    stored_name::included_name,
};
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
    pub(super) origins: Origins,
    /// The fields of its records of which a request has several values.
    pub(super) batches: Vec<Batched>,
    /// The lists that it is fetched for.
    pub(super) lists: Vec<each::List>,
    /// The fields of the other resources that are added to each record, each with the resource.
    pub(super) include: Vec<(String, config::Included)>,
}

/// The resources whose records a resource takes values from.
pub(super) struct Origins {
    /// Their names, the parent's first.
    pub(super) names: Vec<String>,
    /// The fields that fill gaps of those that are combined with the parent, each with the name that a
    /// placeholder has for it.
    crossed: Vec<Vec<(Str, Selector)>>,
}

impl Origins {
    pub(super) fn of(taken: &[Taken]) -> Origins {
        let names = origins(taken);
        let fields = |origin: &String| {
            let mut fields: Vec<(Str, Selector)> = Vec::new();
            for taken in taken.iter().filter(|taken| taken.resource == *origin) {
                let name = Str::from(taken.name());
                if let Some(field) = selector::parse(&taken.field)
                    && fields.iter().all(|(known, _)| *known != name)
                {
                    fields.push((name, field));
                }
            }
            fields
        };
        Origins { crossed: names.iter().skip(1).map(fields).collect(), names }
    }
}

/// Links all resources, in the file's order. What is missing of a resource's parents, or is the resource itself,
/// which has been reported, is left out.
pub(super) fn link(drafts: Vec<Draft>, diagnostics: &mut Diagnostics) -> Vec<model::Resource> {
    let declared = Declared::of(&drafts);
    let places: HashMap<String, usize> =
        drafts.iter().enumerate().map(|(at, draft)| (draft.plan.name.to_string(), at)).collect();
    let mut linked: Vec<Option<model::Resource>> = drafts.iter().map(|_| None).collect();
    let mut drafts: Vec<Option<Draft>> = drafts.into_iter().map(Some).collect();
    for at in 0..drafts.len() {
        // A resource is linked behind all that it takes values from. Those that are taken out are waiting, so
        // that one that is its own ancestor is met once.
        let mut open: Vec<(usize, Option<Draft>)> = vec![(at, None)];
        while let Some((at, waiting)) = open.pop() {
            if let Some(draft) = waiting {
                let origins = draft.origins.names.iter();
                let origins = origins.map(|name| linked[*places.get(name)?].as_ref()).collect();
                linked[at] = Some(finish(draft, origins, &declared, diagnostics));
            } else if let Some(draft) = drafts[at].take() {
                let origins = draft.origins.names.iter().rev();
                let origins: Vec<usize> =
                    origins.filter_map(|it| places.get(it).copied()).collect();
                open.push((at, Some(draft)));
                open.extend(origins.into_iter().map(|origin| (origin, None)));
            }
        }
    }
    linked.into_iter().flatten().collect()
}

/// `origins` are the resources that it takes values from, as far as there are such.
fn finish(
    draft: Draft,
    origins: Vec<Option<&model::Resource>>,
    declared: &Declared,
    diagnostics: &mut Diagnostics,
) -> model::Resource {
    let Draft { mut resource, mut plan, arguments, origins: named, batches, include, lists } =
        draft;
    let include_of = |origin: &model::Resource| {
        let of = include.iter().filter(|(of, _)| *of == *origin.plan.name);
        let of = of.map(|(_, included)| Included {
            field: selected(&origin.columns, &included.field.value),
            column: included_name(&origin.plan.name, included).into(),
            ..Included::DEFAULT
        });
        of.collect()
    };
    if let Some(Some(parent)) = origins.first() {
        plan.parent = Some(Parent {
            plan: parent.plan.clone(),
            include: include_of(parent),
            batches: batches.into(),
            ..Parent::DEFAULT
        });
    }
    let combined = origins.iter().skip(1).zip(named.crossed);
    let combined = combined.filter_map(|(origin, fields)| {
        let origin = (*origin)?;
        let (plan, include) = (origin.plan.clone(), include_of(origin));
        Some(Crossed { plan, fields: fields.into(), include, ..Crossed::DEFAULT })
    });
    plan.crossed = combined.collect();
    for origin in origins.into_iter().flatten() {
        let name = origin.plan.name.to_string();
        for (_, included) in include.iter().filter(|(of, _)| *of == name) {
            add_included(&mut resource.columns, origin, included);
        }
        for argument in &origin.arguments {
            if resource.arguments.iter().all(|known| known.name != argument.name) {
                resource.arguments.push(argument.clone());
            }
        }
        resource.origins.push((name, origin.type_name.clone()));
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
