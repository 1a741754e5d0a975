//! How a resource is loaded: its disposition, its schema contract, and the hints that only dlt takes.

use rest_source_plan::{Contract, WriteDisposition};

use super::{Columns, ConstantNode};
use crate::{
    diagnostic::Diagnostics,
    parse::{OneOrMany, Parse, Shape, mapping, parse_words},
    source::Spanned,
    yaml::{Node, Value},
};

/// What loading does to existing rows, as a word or in full.
#[derive(Debug, Clone)]
pub struct Disposition {
    /// The word.
    pub word: Spanned<WriteDisposition>,
    /// Its options.
    pub options: DispositionOptions,
}

impl Parse for Disposition {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        let Value::Mapping(_) = &node.value else {
            let word = Spanned::parse(node, diagnostics)?;
            return Some(Disposition { word, options: DispositionOptions::default() });
        };
        let options = DispositionOptions::parse(node, diagnostics)?;
        Some(Disposition { word: options.disposition.get()?.clone(), options })
    }

    fn shape() -> Shape {
        Shape::Either(vec![WriteDisposition::shape(), DispositionOptions::shape()])
    }
}

mapping! {
    /// The options of a write disposition.
    pub struct DispositionOptions is "`write_disposition`" {
        /// What loading does to existing rows.
        required disposition: Spanned<WriteDisposition>,
        /// How rows are merged; by default according to the keys.
        optional strategy: Spanned<MergeStrategy>,
        /// The two columns in which `scd2` stores the validity; by default `_valid_from` and `_valid_to`.
        optional validity_column_names: Vec<Spanned<String>>,
        /// The value that means «still valid» in `scd2`; by default `NULL`.
        optional active_record_timestamp: ConstantNode,
        /// The time that `scd2` uses as now; by default that of the load.
        optional boundary_timestamp: ConstantNode,
        /// The column that shows whether a row has changed; by default all of the record does.
        optional row_version_column_name: Spanned<String>,
    } discarding {
        /// Duplicate records are merged in any case.
        ignored deduplicated: bool,
    }
}

rest_source_plan::words! {
    /// How rows are merged.
    pub enum MergeStrategy {
        /// Rows with a key among the new ones are removed, then the new ones inserted.
        "delete-insert" => DeleteInsert,
        /// Rows are updated by their primary key, new ones inserted.
        "upsert" => Upsert,
        /// Only rows with a new key are inserted.
        "insert-only" => InsertOnly,
        /// Changed rows are kept with the time in which they were valid.
        "scd2" => Scd2,
    }
}

/// How to handle tables, columns and types that are not declared.
#[derive(Debug, Clone, Default)]
pub struct SchemaContract {
    /// Of tables.
    pub tables: Option<Contract>,
    /// Of columns.
    pub columns: Option<Contract>,
    /// Of values of another type than the column's.
    pub data_type: Option<Contract>,
}

impl Parse for SchemaContract {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        if let Value::Mapping(_) = &node.value {
            let contracts = Contracts::parse(node, diagnostics)?;
            return Some(SchemaContract {
                tables: contracts.tables.get().copied(),
                columns: contracts.columns.get().copied(),
                data_type: contracts.data_type.get().copied(),
            });
        }
        let contract = Contract::parse(node, diagnostics)?;
        let all = Some(contract);
        Some(SchemaContract { tables: all, columns: all, data_type: all })
    }

    fn shape() -> Shape {
        Shape::Either(vec![Contract::shape(), Contracts::shape()])
    }
}

mapping! {
    /// Contracts one by one.
    pub struct Contracts is "`schema_contract`" {
        /// Of tables; by default `evolve`.
        optional tables: Contract,
        /// Of columns; by default `evolve`.
        optional columns: Contract,
        /// Of values of another type than the column's; by default `evolve`.
        optional data_type: Contract,
    }
}

rest_source_plan::words! {
    /// How a destination of tables in files stores a resource.
    pub enum TableFormat {
        /// Apache Iceberg.
        "iceberg" => Iceberg,
        /// Delta Lake.
        "delta" => Delta,
        /// Apache Hive.
        "hive" => Hive,
        /// The destination's own.
        "native" => Native,
    }
}

rest_source_plan::words! {
    /// How a destination of files stores a resource.
    pub enum FileFormat {
        /// The destination's preferred format.
        "preferred" => Preferred,
        /// JSON lines.
        "jsonl" => Jsonl,
        /// Apache Parquet.
        "parquet" => Parquet,
        /// Comma-separated values.
        "csv" => Csv,
        /// SQL statements.
        "insert_values" => InsertValues,
        /// SQL.
        "sql" => Sql,
        /// An object of the host language.
        "model" => Model,
        /// A file as it is.
        "reference" => Reference,
    }
}

mapping! {
    /// Columns that point to another table.
    pub struct Reference is "a reference" {
    } discarding {
        /// The columns.
        required columns: Vec<Spanned<String>>,
        /// The table.
        required referenced_table: Spanned<String>,
        /// Its columns.
        required referenced_columns: Vec<Spanned<String>>,
    }
}

mapping! {
    /// Hints for the table of nested data.
    pub struct NestedHints is "hints for a nested table" {
    } discarding {
        /// Its columns.
        optional columns: Columns,
        /// The columns that identify a row.
        optional primary_key: OneOrMany<String>,
        /// The columns that select the existing rows a row replaces.
        optional merge_key: OneOrMany<String>,
        /// What loading does to existing rows.
        optional write_disposition: Disposition,
    }
}

parse_words! {
    WriteDisposition is "a write disposition";
    Contract is "a schema contract";
    MergeStrategy is "a merge strategy";
    TableFormat is "a table format";
    FileFormat is "a file format";
}
