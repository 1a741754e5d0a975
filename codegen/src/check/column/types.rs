//! The names of the types that are generated: one namespace for records of resources, nested
//! records and enums.

use std::collections::{HashMap, HashSet};

use super::super::{name, record_type::RecordTypes};
use crate::{
    config::{self, Config, Resource},
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::{Span, Spanned},
};

/// The names given so far: of what, and where.
pub(in crate::check) struct Types {
    names: RecordTypes,
    /// The types of records.
    records: HashSet<String>,
    given: HashMap<String, (String, Span)>,
    /// Types that two resources have. That is reported where the resources are checked, and what
    /// follows from it for their columns is not another mistake.
    contested: HashSet<String>,
}

/// The type name that a column gives, and where.
pub(super) fn chosen<'a>(
    column: &'a config::Column,
    diagnostics: &mut Diagnostics,
) -> Option<(&'a str, Span)> {
    let chosen = column.type_name.get()?;
    if name::is_type_name(&chosen.value) {
        return Some((&chosen.value, chosen.span));
    }
    let message = format!("`{}` cannot be the name of a Rust type", chosen.value);
    let diagnostic = Diagnostic::error(Code::InvalidName, chosen.span, message);
    diagnostics.push(match name::record_type(&chosen.value) {
        Some(possible) => diagnostic.help(format!("write `type_name: {possible}`")),
        None => diagnostic,
    });
    None
}

impl Types {
    /// The types of all resources, which columns must not take from them wherever they stand.
    pub(in crate::check) fn of(config: &Config, diagnostics: &mut Diagnostics) -> Types {
        let mut types = Types {
            names: RecordTypes::of(&config.resources),
            records: HashSet::new(),
            given: HashMap::new(),
            contested: HashSet::new(),
        };
        for Spanned { value: resource, .. } in &config.resources {
            let Some(name) = resource.name.get() else { continue };
            let Some(of_records) = types.of_records(&name.value, resource, diagnostics) else {
                continue;
            };
            let span = resource.type_name.get().map_or(name.span, |chosen| chosen.span);
            let what = (name.value.clone(), span);
            if types.given.insert(of_records.clone(), what).is_some() {
                types.contested.insert(of_records.clone());
            }
            types.records.insert(of_records);
        }
        types
    }

    /// The type of a resource's records.
    pub(in crate::check) fn of_records(
        &self,
        name: &str,
        resource: &Resource,
        diagnostics: &mut Diagnostics,
    ) -> Option<String> {
        self.names.name(name, resource, diagnostics)
    }

    /// The type of a column that would be called so: beside `order_statuses`, which has
    /// `OrderStatus`, the column `status` of `orders` has `OrderStatusField`.
    pub(super) fn name(&self, type_name: &str) -> String {
        let suffix = if self.records.contains(type_name) { "Field" } else { "" };
        format!("{type_name}{suffix}")
    }

    /// Whether the type of a column of the resource of `owner` has a name of its own.
    pub(super) fn admit(
        &mut self,
        owner: &str,
        type_name: &str,
        path: &str,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let help = format!("give one of them another, `type_name: {type_name}Field`");
        let diagnostic = match self.given.get(type_name) {
            Some((first, first_span)) => {
                let message = format!("`{first}` and `{path}` would share the type `{type_name}`");
                Diagnostic::error(Code::NameClash, span, message)
                    .says("the second")
                    .label(*first_span, "the first")
                    .help(help)
            }
            None if matches!(type_name, "Client" | "ClientBuilder") => {
                let message =
                    format!("`{path}` would be of type `{type_name}`, which is the source's own");
                let help = format!("give it another, `type_name: {type_name}Field`");
                Diagnostic::error(Code::NameClash, span, message).help(help)
            }
            None => {
                self.given.insert(type_name.to_owned(), (path.to_owned(), span));
                return true;
            }
        };
        if !self.contested.contains(owner) {
            diagnostics.push(diagnostic);
        }
        false
    }
}
