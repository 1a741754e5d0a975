//! Parents and children: which resource takes values from which.

use std::collections::{HashMap, HashSet};

use rest_source_plan::Selector;

use super::{selector, stored_name};
use crate::{
    config::{Included, Resource},
    diagnostic::{Code, Diagnostic, Diagnostics, either},
    source::{Span, Spanned},
};

/// A value that a resource takes from another one's records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) resource: String,
    pub(super) field: String,
    pub(super) span: Span,
}

impl Taken {
    /// As a placeholder names it: `resources.posts.id`.
    pub(super) fn name(&self) -> String {
        format!("resources.{}.{}", self.resource, self.field)
    }
}

/// The names of the resources that values are taken from: the parent, and those that are combined with it.
pub(super) fn origins(taken: &[Taken]) -> Vec<String> {
    let mut origins: Vec<String> = Vec::new();
    for Taken { resource, .. } in taken {
        if !origins.contains(resource) {
            origins.push(resource.clone());
        }
    }
    origins
}

/// The fields that a resource includes in its records, as the file names them.
pub(super) fn include(resource: &Resource) -> impl Iterator<Item = &Included> {
    resource.include_from_parent.get().into_iter().flat_map(|include| &include.entries)
}

/// The fields that a resource includes, each with the resource that it is of. Of several, a field begins with
/// the name of its own, `items.id`; one that does not is the parent's.
pub(super) fn included<'n>(resource: &Resource, origins: &'n [String]) -> Vec<(&'n str, Included)> {
    let of = |included: &Included| {
        let owner = origins.iter().filter(|_| origins.len() > 1).find_map(|origin| {
            let rest = included.field.value.strip_prefix(&**origin)?;
            Some((origin, rest.strip_prefix('.')?))
        });
        let (origin, field) = match owner {
            Some((origin, field)) => (origin, field),
            None => (origins.first()?, &*included.field.value),
        };
        let field = Spanned { value: field.to_owned(), span: included.field.span };
        Some((&**origin, Included { field, ..included.clone() }))
    };
    include(resource).filter_map(of).collect()
}

/// A resource, with what it takes from others.
pub(super) struct Related<'a> {
    pub(super) name: &'a Spanned<String>,
    pub(super) resource: &'a Resource,
    pub(super) taken: Vec<Taken>,
    /// The fields that its records have beside the declared ones.
    pub(super) made: Vec<String>,
}

/// A gap takes one value of the parent's record. Of several the others would be lost.
pub(super) fn check_single(
    resource: &str,
    field: &Spanned<String>,
    selector: &Selector,
    diagnostics: &mut Diagnostics,
) {
    if selector.is_single() {
        return;
    }
    let field_name = &field.value;
    let message =
        format!("`{field_name}` may select several values of a record, and one is required here");
    diagnostics.push(
        Diagnostic::error(Code::InvalidSelector, field.span, message)
            .says("the others would be left out")
            .help(format!(
                "make records of the values by a resource of the same path as `{resource}`, with \
                 `data_selector: \"$[*].{field_name}\"` or whatever leads to them, and take \
                 `{{resources.THAT.$}}`"
            )),
    );
}

/// Checks that what is taken is there: the parent, one parent only, no resource its own parent, and
/// the field, where the parent says which fields it has.
pub(super) fn check_all(resources: &[Related<'_>], diagnostics: &mut Diagnostics) {
    let by_name: HashMap<&str, &Related<'_>> =
        resources.iter().map(|related| (related.name.value.as_str(), related)).collect();
    let mut known: Vec<&str> = by_name.keys().copied().collect();
    known.sort_unstable();
    let mut parents: HashMap<&str, Vec<&Taken>> = HashMap::new();
    for Related { name, resource, taken, .. } in resources {
        let mut origins: Vec<&Taken> = Vec::new();
        for taken in taken {
            let Some(of) = by_name.get(taken.resource.as_str()) else {
                unknown_resource(taken, &known, diagnostics);
                continue;
            };
            check_field(taken, of, diagnostics);
            if origins.iter().all(|first| first.resource != taken.resource) {
                origins.push(taken);
            }
        }
        check_include(resource, &self::origins(taken), &by_name, diagnostics);
        parents.insert(&name.value, origins);
    }
    if !check_cycles(resources, &parents, diagnostics) {
        for Related { name, .. } in resources {
            check_origins(name, &parents, diagnostics);
        }
    }
}

/// Resources whose records are combined have nothing to do with each other: those of one are not fetched for
/// those of the other.
fn check_origins(
    name: &Spanned<String>,
    parents: &HashMap<&str, Vec<&Taken>>,
    diagnostics: &mut Diagnostics,
) {
    let origins = parents.get(name.value.as_str()).map_or(&[][..], Vec::as_slice);
    if origins.len() < 2 {
        return;
    }
    for descendant in origins {
        let (mut above, mut open) = (HashSet::new(), vec![descendant.resource.as_str()]);
        while let Some(resource) = open.pop() {
            for parent in parents.get(resource).into_iter().flatten() {
                if above.insert(parent.resource.as_str()) {
                    open.push(&parent.resource);
                }
            }
        }
        if let Some(ancestor) =
            origins.iter().find(|origin| above.contains(origin.resource.as_str()))
        {
            let (ancestor_name, resource) = (&ancestor.resource, &descendant.resource);
            let message = format!(
                "`{}` takes values from `{resource}` and from `{ancestor_name}`, of which `{resource}` is a \
                 child",
                name.value
            );
            diagnostics.push(
                Diagnostic::error(Code::SeveralParents, ancestor.span, message)
                    .label(descendant.span, "the child")
                    .help(format!(
                        "take the field from `{resource}`: `include_from_parent` there adds fields of its \
                         parent to its records"
                    )),
            );
            return;
        }
    }
}

fn unknown_resource(taken: &Taken, known: &[&str], diagnostics: &mut Diagnostics) {
    let message = format!("there is no resource `{}`", taken.resource);
    let diagnostic = Diagnostic::error(Code::UnknownResource, taken.span, message);
    diagnostics.push(match diagnostics.closest(&taken.resource, known.iter().copied()) {
        Some(meant) => diagnostic.meant(&taken.resource, meant),
        None => diagnostic.help(format!("there are {}", either(known.iter().copied()))),
    });
}

/// Where a parent declares its columns, what is not among them is a slip of the pen.
fn check_field(taken: &Taken, of: &Related<'_>, diagnostics: &mut Diagnostics) {
    let parent = of.resource;
    let declared: Vec<&str> = parent
        .columns
        .get()
        .into_iter()
        .flat_map(|columns| &columns.entries)
        .map(|(name, _)| name.value.as_str())
        .collect();
    let end = taken.field.find(['.', '[']).unwrap_or(taken.field.len());
    let first = &taken.field[..end];
    // What it has from its own parent, `_orgs_id`, is among its fields.
    let included = include(parent).any(|included| match &included.column {
        Some(name) => name.value == first,
        None => {
            let name = stored_name::included_name("", included);
            first.strip_suffix(&name[1..]).is_some_and(|of| of.starts_with('_'))
        }
    });
    let is_known = included
        || of.made.iter().any(|made| made == first)
        || matches!(first, "" | "$")
        || declared.contains(&first)
        || declared.contains(&taken.field.as_str());
    if declared.is_empty() || is_known {
        return;
    }
    let message = format!("`{}` declares no column `{first}`", taken.resource);
    let diagnostic = Diagnostic::error(Code::UnknownColumn, taken.span, message);
    diagnostics.push(match diagnostics.closest(first, declared.iter().copied()) {
        Some(meant) => diagnostic.meant(first, meant),
        None => diagnostic.help(format!("declared are {}", either(declared))),
    });
}

fn check_include(
    resource: &Resource,
    origins: &[String],
    by_name: &HashMap<&str, &Related<'_>>,
    diagnostics: &mut Diagnostics,
) {
    if let (Some(included), []) = (include(resource).next(), origins) {
        let message = "this resource has no parent to take fields from";
        diagnostics.push(
            Diagnostic::error(Code::MissingParent, included.field.span, message)
                .help("a parent is named by a placeholder, `path: posts/{resources.posts.id}`"),
        );
        return;
    }
    for (origin, included) in included(resource, origins) {
        check_own(&included, resource, origin, diagnostics);
        if let Some(of) = by_name.get(origin) {
            if check_included(&included, of.resource, diagnostics) {
                continue;
            }
            let Spanned { value: field, span } = included.field;
            let taken = Taken { resource: origin.to_owned(), field, span };
            check_field(&taken, of, diagnostics);
        }
    }
}

/// A name that the file chooses for a field of the parent's record is none of the child's own fields,
/// whose values would be replaced. Under the name that is made of the parent's, the type may be declared.
fn check_own(
    included: &Included,
    resource: &Resource,
    parent: &str,
    diagnostics: &mut Diagnostics,
) {
    let Some(name) = &included.column else { return };
    let columns = resource.columns.get().into_iter().flat_map(|columns| &columns.entries);
    let own = columns.into_iter().find(|(own, _)| own.value == name.value);
    if name.value == stored_name::made_name(parent, included) {
        return;
    }
    if let Some((own, _)) = own {
        let (name, field) = (&name.value, &included.field.value);
        let message = format!("`{name}` is a column of the resource itself");
        diagnostics.push(
            Diagnostic::error(Code::NameClash, included.field.span, message)
                .says(format!("`{field}` of `{parent}` would replace its values"))
                .label(own.span, "the column")
                .help(format!("choose another name, as in `{{{parent}_{name}: {field}}}`"))
                .help(
                    "if the column is only declared to give the parent's field a type, declare \
                     it in the parent instead",
                ),
        );
    }
}

/// A field is included under a name: its own, or one that the file gives it. A path that may lead to
/// several values has none and no single value, unless it is the name of a declared column. Whether
/// that is reported.
fn check_included(included: &Included, parent: &Resource, diagnostics: &mut Diagnostics) -> bool {
    let field = &included.field;
    let columns = parent.columns.get().into_iter().flat_map(|columns| &columns.entries);
    if columns.into_iter().any(|(name, _)| name.value == field.value) {
        return false;
    }
    if included.column.as_ref().is_some_and(|name| name.value.is_empty()) {
        let message = "the name of this column is empty";
        diagnostics.push(Diagnostic::error(Code::InvalidName, field.span, message));
        return true;
    }
    let Some(path) = selector::read(field, diagnostics) else { return true };
    let message = if !path.is_single() {
        format!("`{}` may select several values of a record, and a column takes one", field.value)
    } else if included.column.is_none()
        && stored_name::path(&field.value).is_none_or(|p| p.is_empty())
    {
        format!("no column can be named after `{}`", field.value)
    } else {
        return false;
    };
    let mut diagnostic = Diagnostic::error(Code::InvalidSelector, field.span, message);
    if included.column.is_none() && path.is_single() {
        let example = format!("include_from_parent: {{name: \"{}\"}}", field.value);
        diagnostic = diagnostic.help(format!("name the column, `{example}`"));
    } else {
        let help =
            "select one of them by its place, as in `{tag: \"tags[0]\"}`, or include the whole";
        diagnostic = diagnostic.help(help);
    }
    diagnostics.push(diagnostic);
    true
}

/// Gives whether there are any.
fn check_cycles(
    resources: &[Related<'_>],
    parents: &HashMap<&str, Vec<&Taken>>,
    diagnostics: &mut Diagnostics,
) -> bool {
    let of = |name: &str| parents.get(name).map_or(&[][..], Vec::as_slice);
    let mut settled: HashSet<&str> = HashSet::new();
    let mut is_there = false;
    for Related { name, .. } in resources.iter().filter(|of| parents.contains_key(&*of.name.value))
    {
        if settled.contains(name.value.as_str()) {
            continue;
        }
        // Each with how many of its parents have been looked at, and where a resource is in the path.
        let mut path: Vec<(&str, usize)> = vec![(&name.value, 0)];
        let mut places = HashMap::from([(name.value.as_str(), 0)]);
        while let Some((last, looked_at)) = path.last_mut() {
            let Some(parent) = of(last).get(*looked_at) else {
                settled.insert(last);
                places.remove(last);
                path.pop();
                continue;
            };
            *looked_at += 1;
            let parent = parent.resource.as_str();
            if settled.contains(parent) {
                continue;
            }
            if let Some(start) = places.get(parent) {
                is_there = true;
                let cycle: Vec<(&str, &Taken)> =
                    path[*start..].iter().map(|(name, at)| (*name, of(name)[at - 1])).collect();
                diagnostics.push(cyclic(&cycle));
            } else {
                places.insert(parent, path.len());
                path.push((parent, 0));
            }
        }
    }
    is_there
}

/// The resources of a cycle, each with what it takes from the next one.
fn cyclic(cycle: &[(&str, &Taken)]) -> Diagnostic {
    let (begin, end) = shown(cycle);
    let quoted = |of: &[(&str, &Taken)]| of.iter().map(|(name, _)| format!("`{name}`")).collect();
    let mut way: Vec<String> = quoted(begin);
    if begin.len() + end.len() < cycle.len() {
        way.push(format!("{} more", cycle.len() - begin.len() - end.len()));
    }
    way.extend::<Vec<String>>(quoted(end));
    let message = format!("{} would be its own parent", way.join(" of "));
    let diagnostic = Diagnostic::error(Code::ParentCycle, cycle[0].1.span, message);
    let others = begin[1..].iter().chain(end);
    others.fold(diagnostic, |diagnostic, (name, taken)| {
        diagnostic.label(taken.span, format!("and `{name}` takes this"))
    })
}

/// How many resources of a cycle are told at its beginning and at its end.
const TOLD: usize = 4;

/// The resources of a cycle that are told: all of a short one.
fn shown<T>(cycle: &[T]) -> (&[T], &[T]) {
    if cycle.len() <= TOLD * 2 + 1 {
        return (cycle, &[]);
    }
    (&cycle[..TOLD], &cycle[cycle.len() - TOLD..])
}
