//! Several resources in one table: what a loader would refuse of them.

use std::collections::{HashMap, hash_map::Entry};

use rest_source_plan::{Column, MergeStrategy, ResourcePlan, WriteDisposition};

use super::{Named, layout};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    model,
    source::Span,
};

/// A resource that is loaded, as the file says it and as a loader knows it.
#[derive(Clone, Copy)]
struct Loaded<'a> {
    named: &'a Named<'a>,
    plan: &'a ResourcePlan,
}

/// Several resources may be loaded into one table, if none takes the rows of the others for gone, and
/// all tell rows apart alike and declare their columns alike. `linked` are the same resources in the same
/// order.
pub(in crate::check) fn check_shared(
    resources: &[Named<'_>],
    linked: &[model::Resource],
    diagnostics: &mut Diagnostics,
) {
    let mut tables: HashMap<&str, Shared<'_>> = HashMap::new();
    for (named, resource) in resources.iter().zip(linked) {
        let plan = &*resource.plan;
        if !plan.selected || plan.write_disposition == WriteDisposition::Skip {
            continue;
        }
        let second = Loaded { named, plan };
        let shared = tables.entry(&plan.table_name);
        let shared = shared.or_insert_with(|| Shared { first: second, columns: HashMap::new() });
        shared.add(second, diagnostics);
    }
}

/// A table: the first resource that is loaded into it, and the first one that declares each column.
struct Shared<'a> {
    first: Loaded<'a>,
    columns: HashMap<&'a str, (Loaded<'a>, &'a Column)>,
}

impl<'a> Shared<'a> {
    fn add(&mut self, second: Loaded<'a>, diagnostics: &mut Diagnostics) {
        let is_first = self.first.plan.name == second.plan.name;
        if !is_first && let Some(conflict) = check_rules(self.first, second) {
            diagnostics.push(conflict);
        }
        for column in &*second.plan.columns {
            match self.columns.entry(&column.name) {
                Entry::Vacant(place) => drop(place.insert((second, column))),
                Entry::Occupied(first) => {
                    let (first, declared) = *first.get();
                    if first.plan.name != second.plan.name && !declared.is_stored_as(column) {
                        diagnostics.push(declared_otherwise((first, declared), (second, column)));
                    }
                }
            }
        }
    }
}

fn check_rules(first: Loaded<'_>, second: Loaded<'_>) -> Option<Diagnostic> {
    let takes_all = |of: Loaded<'_>| match of.plan.write_disposition {
        WriteDisposition::Replace => true,
        WriteDisposition::Merge => matches!(of.plan.merge_strategy, MergeStrategy::Scd2(_)),
        WriteDisposition::Append | WriteDisposition::Skip => false,
    };
    let rule = |of: Loaded<'_>| {
        let ResourcePlan { write_disposition, merge_strategy, primary_key, merge_key, .. } =
            of.plan;
        let strategy = match merge_strategy {
            _ if *write_disposition != WriteDisposition::Merge => MergeStrategy::Default,
            MergeStrategy::Default if merge_key.is_empty() => MergeStrategy::Upsert,
            MergeStrategy::Default => MergeStrategy::DeleteInsert,
            named => named.clone(),
        };
        (*write_disposition, strategy, primary_key.clone(), merge_key.clone())
    };
    let (why, help) = if takes_all(first) || takes_all(second) {
        (
            "with `replace` or `scd2` one would take the rows of the other for gone",
            "give one of them another `table_name`, or merge both by a `primary_key`",
        )
    } else if rule(first) != rule(second) {
        (
            "have different write dispositions or keys",
            "give both the same `write_disposition`, `primary_key` and `merge_key`, or one of them \
             another `table_name`",
        )
    } else if first.plan.max_table_nesting != second.plan.max_table_nesting {
        (
            "have different bounds on nested data",
            "give both the same `max_table_nesting`, or one of them another `table_name`",
        )
    } else {
        return None;
    };
    let diagnostic = conflict(first, second, second.named.name.span, why);
    Some(diagnostic.says("the second").label(first.named.name.span, "the first").help(help))
}

fn declared_otherwise(
    (first, declared): (Loaded<'_>, &Column),
    (second, column): (Loaded<'_>, &Column),
) -> Diagnostic {
    let why = format!("declare the column `{}` differently", column.name);
    let diagnostic = conflict(first, second, second.span_of(column), &why);
    let diagnostic =
        if declared.data_type == column.data_type && declared.inferred == column.inferred {
            diagnostic.says("the second").label(first.span_of(declared), "the first")
        } else {
            diagnostic.says(kind(column)).label(first.span_of(declared), kind(declared))
        };
    diagnostic.help("declare it alike, or give one of them another `table_name`")
}

fn kind(column: &Column) -> String {
    if column.inferred {
        return "of whatever type its values are".to_owned();
    }
    format!("`{}`", column.data_type.name())
}

fn conflict(first: Loaded<'_>, second: Loaded<'_>, span: Span, why: &str) -> Diagnostic {
    let (one, other, table) = (&first.plan.name, &second.plan.name, &second.plan.table_name);
    let message = format!("`{one}` and `{other}` are loaded into one table, `{table}`, and {why}");
    Diagnostic::error(Code::SharedTable, span, message)
}

impl Loaded<'_> {
    /// Where the file declares a column, or names it as a key or a field of the parent's.
    fn span_of(&self, column: &Column) -> Span {
        let Named { name, resource, origins } = self.named;
        let columns = resource.columns.get().into_iter().flat_map(|columns| &columns.entries);
        let declared = columns.map(|(name, _)| name).find(|name| name.value == column.name);
        if let Some(declared) = declared {
            return declared.span;
        }
        let tables = layout::tables(name, resource, origins);
        let stored = tables.first().and_then(|own| {
            own.columns.iter().find(|stored| stored.name == column.name).map(|stored| stored.span)
        });
        stored.unwrap_or(name.span)
    }
}
