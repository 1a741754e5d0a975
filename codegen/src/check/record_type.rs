//! The names of record types: each resource gets its own.

use std::collections::{HashMap, HashSet};

use super::name;
use crate::{
    config::Resource,
    diagnostic::{Code, Diagnostic, Diagnostics},
    source::Spanned,
};

/// Types that every source has.
const OF_THE_SOURCE: [&str; 2] = ["Client", "ClientBuilder"];

/// Which types the resources of a file want for their records.
#[derive(Default)]
pub(super) struct RecordTypes {
    /// What `type_name` says somewhere.
    chosen: HashSet<String>,
    /// By type, the resources whose singular it is, each as its plain name in Rust's way.
    singulars: HashMap<String, HashSet<String>>,
}

impl RecordTypes {
    pub(super) fn of(resources: &[Spanned<Resource>]) -> RecordTypes {
        let mut types = RecordTypes::default();
        for Spanned { value: resource, .. } in resources {
            let name = resource.name.get().map(|name| name.value.as_str());
            if let Some(chosen) = resource.type_name.get() {
                types.chosen.insert(chosen.value.clone());
            } else if let Some(name) = name
                && let (Some(singular), Some(plain)) =
                    (name::record_type(name), name::plain_type(name))
            {
                types.singulars.entry(singular).or_default().insert(plain);
            }
        }
        types
    }

    /// The type of a resource's records: what `type_name` says, or the singular of its name, so that
    /// a list of `Payment` is what `payments()` gives.
    ///
    /// Where that is the singular of another resource too, it belongs to the resource of just this
    /// name, and others add `Record` to theirs: beside `user`, `users` has `UsersRecord`. The order
    /// of resources changes nothing. `Record` also sets `ClientRecord` apart from the source's own
    /// `Client`.
    pub(super) fn name(
        &self,
        name: &str,
        resource: &Resource,
        diagnostics: &mut Diagnostics,
    ) -> Option<String> {
        if let Some(chosen) = resource.type_name.get() {
            return is_possible(chosen, diagnostics).then(|| chosen.value.clone());
        }
        let (singular, plain) = (name::record_type(name)?, name::plain_type(name)?);
        let rivals = self.singulars.get(&singular).map_or(0, HashSet::len);
        let is_chosen = self.chosen.contains(&singular);
        Some(if is_chosen || (rivals > 1 && singular != plain) {
            format!("{plain}Record")
        } else if OF_THE_SOURCE.contains(&singular.as_str()) {
            format!("{singular}Record")
        } else {
            singular
        })
    }
}

fn is_possible(chosen: &Spanned<String>, diagnostics: &mut Diagnostics) -> bool {
    let Spanned { value: chosen, span } = chosen;
    if OF_THE_SOURCE.contains(&chosen.as_str()) {
        let message = format!("the type `{chosen}` is the source's own");
        diagnostics.push(
            Diagnostic::error(Code::NameClash, *span, message)
                .help(format!("write `type_name: {chosen}Record`")),
        );
        return false;
    }
    if name::is_type_name(chosen) {
        return true;
    }
    let message = format!("`{chosen}` cannot be the name of a Rust type");
    let diagnostic = Diagnostic::error(Code::InvalidName, *span, message);
    diagnostics.push(match name::record_type(chosen) {
        Some(possible) => diagnostic.help(format!("write `type_name: {possible}`")),
        None => diagnostic,
    });
    false
}
