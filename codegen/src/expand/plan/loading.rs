//! What loading does.

use proc_macro2::TokenStream;
use quote::quote;
use rest_source_plan::{Contract, MergeStrategy, Scd2, SchemaContract, WriteDisposition};

use super::{option, text};

pub(super) fn disposition(disposition: WriteDisposition) -> TokenStream {
    match disposition {
        WriteDisposition::Append => quote!(WriteDisposition::Append),
        WriteDisposition::Replace => quote!(WriteDisposition::Replace),
        WriteDisposition::Merge => quote!(WriteDisposition::Merge),
        WriteDisposition::Skip => quote!(WriteDisposition::Skip),
    }
}

pub(super) fn strategy(strategy: &MergeStrategy) -> TokenStream {
    match strategy {
        MergeStrategy::Default => quote!(MergeStrategy::Default),
        MergeStrategy::DeleteInsert => quote!(MergeStrategy::DeleteInsert),
        MergeStrategy::Upsert => quote!(MergeStrategy::Upsert),
        MergeStrategy::InsertOnly => quote!(MergeStrategy::InsertOnly),
        MergeStrategy::Scd2(scd2) => {
            let scd2 = self::scd2(scd2);
            quote!(MergeStrategy::Scd2(#scd2))
        }
    }
}

fn scd2(scd2: &Scd2) -> TokenStream {
    let Scd2 { validity_columns, active_record_timestamp, boundary_timestamp, row_version_column } =
        scd2;
    let validity_columns = option(validity_columns.as_ref().map(|(from, to)| {
        let (from, to) = (text(from), text(to));
        quote!((#from, #to))
    }));
    let active_record_timestamp = option(active_record_timestamp.as_deref().map(text));
    let boundary_timestamp = option(boundary_timestamp.as_deref().map(text));
    let row_version_column = option(row_version_column.as_deref().map(text));
    quote! {
        Scd2 {
            validity_columns: #validity_columns,
            active_record_timestamp: #active_record_timestamp,
            boundary_timestamp: #boundary_timestamp,
            row_version_column: #row_version_column,
        }
    }
}

pub(super) fn contract(contract: SchemaContract) -> TokenStream {
    if contract == SchemaContract::EVOLVE {
        return quote!(SchemaContract::EVOLVE);
    }
    let SchemaContract { tables, columns, data_type } = contract;
    let (tables, columns, data_type) = (one(tables), one(columns), one(data_type));
    quote!(SchemaContract { tables: #tables, columns: #columns, data_type: #data_type })
}

fn one(contract: Contract) -> TokenStream {
    match contract {
        Contract::Evolve => quote!(Contract::Evolve),
        Contract::Freeze => quote!(Contract::Freeze),
        Contract::DiscardRow => quote!(Contract::DiscardRow),
        Contract::DiscardValue => quote!(Contract::DiscardValue),
    }
}
