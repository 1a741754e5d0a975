//! The tables that a description declares, and the resources that they are loaded from.

use std::{borrow::Cow, fmt::Write as _};

use rest_source::plan::{Contract, Link, ResourcePlan};
use rest_source_load::{LIST_INDEX, PARENT_ID, ROOT_ID, ROW_ID, Shape, Table, TableShape};

use crate::failure::Failure;

/// The tables that a description declares.
pub(super) struct Catalog(Vec<Declared>);

/// A table, its columns, and where its rows come from.
#[derive(Debug, Clone)]
pub(super) struct Declared {
    pub(super) name: String,
    pub(super) columns: Vec<String>,
    /// The resources that are loaded into it.
    pub(super) resources: Vec<String>,
    /// Whether fields that are not declared become columns when they show up.
    pub(super) takes_columns: bool,
    /// Whether lists that are not declared become tables. Only of a resource's own table.
    takes_lists: bool,
}

impl Catalog {
    /// The tables of these resources.
    pub(super) fn of(plans: &[Link<ResourcePlan>]) -> Result<Catalog, Failure> {
        let mut catalog = Catalog(Vec::new());
        for plan in plans {
            let shape = Table::of_plan(plan).and_then(|table| Shape::of(&table, usize::MAX));
            let shape = shape.map_err(|error| {
                Failure::user(error.to_string(), "fix the description: it cannot be loaded")
            })?;
            shape.tables().iter().for_each(|table| catalog.add(plan, table));
        }
        Ok(catalog)
    }

    fn add(&mut self, plan: &ResourcePlan, table: &TableShape) {
        let mut columns: Vec<_> = table.columns.iter().map(|column| &column.name).collect();
        let is_own = table.parent.is_none();
        if is_own {
            // Keys, and fields of the parent, have a column when a value shows their type.
            columns.extend(plan.columns.iter().filter(|one| one.inferred).map(|one| &one.name));
        }
        let known = self.0.iter().position(|known| known.name.eq_ignore_ascii_case(&table.name));
        let place = known.unwrap_or_else(|| {
            self.0.push(Declared {
                name: table.name.clone(),
                columns: Vec::new(),
                resources: Vec::new(),
                takes_columns: plan.schema_contract.columns == Contract::Evolve,
                takes_lists: is_own && plan.schema_contract.tables == Contract::Evolve,
            });
            self.0.len() - 1
        });
        let declared = &mut self.0[place];
        declared.resources.push(plan.name.to_string());
        for column in columns {
            if !declared.columns.iter().any(|known| known.eq_ignore_ascii_case(column)) {
                declared.columns.push(column.to_string());
            }
        }
    }

    /// The table that a statement names: a declared one, or that of a list which may show up.
    pub(super) fn table(&self, name: &str) -> Option<Cow<'_, Declared>> {
        if let Some(table) = self.0.iter().find(|table| table.name.eq_ignore_ascii_case(name)) {
            return Some(Cow::Borrowed(table));
        }
        let may_hold = |table: &&Declared| {
            let begin = name.get(..table.name.len()).unwrap_or_default();
            table.takes_lists
                && begin.eq_ignore_ascii_case(&table.name)
                && name[begin.len()..].strip_prefix("__").is_some_and(|list| !list.is_empty())
        };
        let root = self.0.iter().filter(may_hold).max_by_key(|table| table.name.len())?;
        let columns = [ROW_ID, PARENT_ID, ROOT_ID, LIST_INDEX].map(str::to_owned);
        Some(Cow::Owned(Declared {
            name: name.to_owned(),
            columns: columns.to_vec(),
            resources: root.resources.clone(),
            takes_columns: true,
            takes_lists: false,
        }))
    }

    /// The names of the tables.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.iter().map(|table| table.name.as_str())
    }

    /// The tables and their columns, for people.
    pub(super) fn shown(&self) -> String {
        let mut text = String::new();
        for Declared { name, columns, .. } in &self.0 {
            let _ = writeln!(text, "{name}");
            for column in columns {
                let _ = writeln!(text, "  {column}");
            }
        }
        text
    }
}
