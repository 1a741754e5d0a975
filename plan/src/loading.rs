//! What loading does, for loaders; fetching takes no notice but of the contract for columns.

use crate::{Str, code::plan, words};

words! {
    /// What loading does to the rows that are there already.
    pub enum WriteDisposition {
        /// Adds the new rows.
        "append" => Append,
        /// Replaces all existing rows by the new ones.
        "replace" => Replace,
        /// Updates rows by their key, and inserts new ones.
        "merge" => Merge,
        /// Loads nothing.
        "skip" => Skip,
    }
}

plan! {
    /// How rows are merged.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub enum MergeStrategy {
        /// As fits the keys.
        Default,
        /// Rows with a key among the new ones are removed, then the new ones inserted.
        DeleteInsert,
        /// Rows are updated by their primary key, new ones inserted.
        Upsert,
        /// Only rows with a new key are inserted.
        InsertOnly,
        /// Changed rows are kept with the time in which they were valid.
        Scd2(Scd2),
    }
}

plan! {
    /// How changed rows are kept.
    #[derive(Clone, PartialEq, Eq)]
    pub struct Scd2 or DEFAULT {
        /// The columns for the beginning and the end of a row's validity.
        pub validity_columns: Option<(Str, Str)> = None,
        /// The value that means «still valid», as JSON.
        pub active_record_timestamp: Option<Str> = None,
        /// The moment that is taken for now, as JSON.
        pub boundary_timestamp: Option<Str> = None,
        /// The column that shows whether a row has changed; a hash of the row if `None`.
        pub row_version_column: Option<Str> = None,
    }
}

plan! {
    /// How to handle what is not declared.
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub struct SchemaContract or EVOLVE {
        /// Of tables.
        pub tables: Contract = Contract::Evolve,
        /// Of fields without a column.
        pub columns: Contract = Contract::Evolve,
        /// Of values of another type than the column's.
        pub data_type: Contract = Contract::Evolve,
    }
}

words! {
    /// How to handle something that is not declared.
    pub enum Contract {
        /// It is added, or kept.
        "evolve" => Evolve,
        /// It is an error.
        "freeze" => Freeze,
        /// The record with it is left out.
        "discard_row" => DiscardRow,
        /// It is left out.
        "discard_value" => DiscardValue,
    }
}
