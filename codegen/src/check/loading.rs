//! What loading does with the records of a resource, as far as the file says it.

use rest_source_plan::{Contract, MergeStrategy, Scd2, SchemaContract, Str, WriteDisposition};

use crate::{
    config::{self, ConstantNode, Disposition, Resource},
    diagnostic::{Code, Diagnostic, Diagnostics},
    parse::Setting,
};

use super::literal::scalar_json;

/// The write disposition and how a merge merges.
pub(super) fn disposition(resource: &Resource) -> (WriteDisposition, MergeStrategy) {
    let Some(Disposition { word, options }) = resource.write_disposition.get() else {
        return (WriteDisposition::Append, MergeStrategy::Default);
    };
    let strategy = match options.strategy.get().map(|strategy| strategy.value) {
        None => MergeStrategy::Default,
        Some(config::MergeStrategy::DeleteInsert) => MergeStrategy::DeleteInsert,
        Some(config::MergeStrategy::Upsert) => MergeStrategy::Upsert,
        Some(config::MergeStrategy::InsertOnly) => MergeStrategy::InsertOnly,
        Some(config::MergeStrategy::Scd2) => MergeStrategy::Scd2(scd2(options)),
    };
    (word.value, strategy)
}

fn scd2(options: &config::DispositionOptions) -> Scd2 {
    let name = |name: &String| Str::from(name.clone());
    let json = |value: &Setting<ConstantNode>| {
        value.get().and_then(|ConstantNode(node)| scalar_json(node)).map(Str::from)
    };
    let version = options.row_version_column_name.get();
    Scd2 {
        validity_columns: match options.validity_column_names.get().map(Vec::as_slice) {
            Some([from, to]) => Some((name(&from.value), name(&to.value))),
            _ => None,
        },
        active_record_timestamp: json(&options.active_record_timestamp),
        boundary_timestamp: json(&options.boundary_timestamp),
        row_version_column: version.map(|version| name(&version.value)),
        ..Scd2::DEFAULT
    }
}

/// `scd2` keeps every row and ends those whose records are gone. A record that says so itself would be
/// one more version of its row, and the newest.
pub(super) fn check_hard_delete(resource: &Resource, diagnostics: &mut Diagnostics) {
    let Some(Disposition { options, .. }) = resource.write_disposition.get() else { return };
    let scd2 = options.strategy.get().filter(|one| one.value == config::MergeStrategy::Scd2);
    let Some(strategy) = scd2 else { return };
    let columns = resource.columns.get().into_iter().flat_map(|columns| &columns.entries);
    for (name, _) in columns.filter(|(_, column)| column.hard_delete.get() == Some(&true)) {
        let message = "`hard_delete` removes rows, and `scd2` keeps them all";
        diagnostics.push(
            Diagnostic::error(Code::Unused, name.span, message)
                .label(strategy.span, "the strategy")
                .help("leave out `hard_delete`: a row ends when its record is gone")
                .help("or merge by the strategy `upsert` or `delete-insert`"),
        );
    }
}

/// How to handle what is not declared; by default it is added.
pub(super) fn contract(resource: &Resource) -> SchemaContract {
    let Some(contract) = resource.schema_contract.get() else { return SchemaContract::EVOLVE };
    SchemaContract {
        tables: contract.tables.unwrap_or(Contract::Evolve),
        columns: contract.columns.unwrap_or(Contract::Evolve),
        data_type: contract.data_type.unwrap_or(Contract::Evolve),
        ..SchemaContract::EVOLVE
    }
}
