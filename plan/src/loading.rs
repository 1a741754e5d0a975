//! What loading does, for loaders; fetching takes no notice but of the contract for columns.

use crate::Str;

/// What loading does to the rows that are there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WriteDisposition {
    /// Adds the new rows.
    Append,
    /// Puts the new rows in the place of all old ones.
    Replace,
    /// Puts each new row in the place of the one with its key, and adds those that are new.
    Merge,
    /// Loads nothing.
    Skip,
}

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

/// How changed rows are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scd2 {
    /// The columns for the beginning and the end of a row's validity.
    pub validity_columns: Option<(Str, Str)>,
    /// What stands for «still valid», as JSON.
    pub active_record_timestamp: Option<Str>,
    /// The moment that is taken for now, as JSON.
    pub boundary_timestamp: Option<Str>,
    /// The column that tells whether a row has changed; a hash of the row if `None`.
    pub row_version_column: Option<Str>,
}

/// What becomes of what is not declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SchemaContract {
    /// Of tables.
    pub tables: Contract,
    /// Of fields without a column.
    pub columns: Contract,
    /// Of values of another type than the column's.
    pub data_type: Contract,
}

impl SchemaContract {
    /// Everything is added.
    pub const EVOLVE: SchemaContract = SchemaContract {
        tables: Contract::Evolve,
        columns: Contract::Evolve,
        data_type: Contract::Evolve,
    };
}

/// What becomes of something that is not declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contract {
    /// It is added, or kept.
    Evolve,
    /// It is an error.
    Freeze,
    /// The record with it is left out.
    DiscardRow,
    /// It is left out.
    DiscardValue,
}
