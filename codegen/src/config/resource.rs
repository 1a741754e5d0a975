//! A resource: one collection of records.

use super::{Columns, ConstantNode, Endpoint, RawNode};
use rest_source_plan::{Contract, WriteDisposition};

use crate::{
    diagnostic::Diagnostics,
    parse::{
        Key, Map, MappingShape, OneOrMany, Parse, Prose, Shape, mapping, parse_words, wrong_type,
    },
    source::Spanned,
    yaml::{Node, Value},
};

mapping! {
    /// One collection of records: one struct, one fetch function, one table.
    pub struct Resource is "a resource" {
        /// Its name, also of the function and the table.
        optional name: Spanned<String>,
        /// What it is.
        optional description: Prose,
        /// The name of its struct, where what is made of its own name is not the right one.
        optional type_name: Spanned<String>,
        /// The name of its table, where it is not that of the resource.
        optional table_name: Spanned<String>,
        /// Method, path and parameters that serve it.
        optional endpoint: Endpoint,
        /// Whether it is loaded; by default it is. A child may need it all the same.
        optional selected: bool,
        /// Fields of the parent's record that are added to each record.
        optional include_from_parent: Include,
        /// Python functions in dlt.
        optional processing_steps: Spanned<RawNode>,
        /// The columns that identify a record.
        optional primary_key: OneOrMany<String>,
        /// The columns that say which existing rows a record replaces.
        optional merge_key: OneOrMany<String>,
        /// What loading does to existing rows.
        optional write_disposition: Disposition,
        /// The declared columns.
        optional columns: Columns,
        /// How to handle fields that are not declared.
        optional schema_contract: SchemaContract,
        /// Down to which depth nested data becomes tables.
        optional max_table_nesting: Spanned<u64>,
    } discarding {
        /// Children are fetched concurrently in any case.
        ignored parallelized: bool,
        /// The destination decides how it stores tables.
        ignored table_format: TableFormat,
        /// The destination decides how it stores rows.
        ignored file_format: FileFormat,
        /// Tables are created without foreign keys.
        ignored references: Vec<Reference>,
        /// The tables of nested data take their columns from `columns` of the resource, and their keys
        /// from its rows.
        ignored nested_hints: Map<NestedHints>,
    }
}

impl Resource {
    /// A resource of a file: its name alone, or a mapping that has one.
    pub(super) fn own_shape() -> Shape {
        let keys = || {
            let mut keys = Resource::default_keys();
            let name = "Its name, also of the function and the table.";
            keys.insert(0, Key::new("name", name, "required", String::shape()));
            keys
        };
        let doc = "One collection of records: one struct, one fetch function, one table.";
        Shape::Either(vec![
            Shape::Text,
            Shape::Mapping(MappingShape { name: "Resource", what: Resource::WHAT, doc, keys }),
        ])
    }

    /// What resources have that do not say otherwise: all of it, but a name.
    pub(super) fn default_shape() -> Shape {
        let doc = "What every resource has that does not say otherwise.";
        let (what, keys) = (Resource::WHAT, Resource::default_keys);
        Shape::Mapping(MappingShape { name: "ResourceDefaults", what, doc, keys })
    }

    fn default_keys() -> Vec<Key> {
        let mut keys = Resource::keys();
        keys.retain(|key| key.name != "name");
        for key in keys.iter_mut().filter(|key| key.name == "endpoint") {
            // A path alone stands for the endpoint.
            key.shape = Shape::Either(vec![Shape::Text, Endpoint::shape()]);
        }
        keys
    }
}

/// Fields of the parent's record that are added to each record: a list of them, or a mapping from
/// columns to them.
#[derive(Debug, Clone, Default)]
pub struct Include {
    /// The fields, in the file's order.
    pub entries: Vec<Included>,
}

/// A field of the parent's record.
#[derive(Debug, Clone)]
pub struct Included {
    /// The column that takes it, where the file names one.
    pub column: Option<Spanned<String>>,
    /// Where it is in the record.
    pub field: Spanned<String>,
}

impl Parse for Include {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        let entries = match &node.value {
            Value::Sequence(_) => {
                let fields = Vec::<Spanned<String>>::parse(node, diagnostics)?.into_iter();
                fields.map(|field| Included { column: None, field }).collect()
            }
            Value::Mapping(_) => {
                let named = Map::<Spanned<String>>::parse(node, diagnostics)?.entries.into_iter();
                named.map(|(column, field)| Included { column: Some(column), field }).collect()
            }
            Value::Scalar(_) => {
                let expected = "a list of fields, or a mapping from columns to fields";
                return wrong_type(node, expected, diagnostics);
            }
        };
        Some(Include { entries })
    }

    fn shape() -> Shape {
        Shape::Either(vec![Shape::List(Box::new(Shape::Text)), Shape::Map(Box::new(Shape::Text))])
    }
}

/// What loading does to existing rows, as a word or in full.
#[derive(Debug, Clone)]
pub struct Disposition {
    /// The word.
    pub word: Spanned<WriteDisposition>,
    /// What it takes further.
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
    /// What a write disposition takes further.
    pub struct DispositionOptions is "`write_disposition`" {
        /// What loading does to existing rows.
        required disposition: Spanned<WriteDisposition>,
        /// How rows are merged; by default as fits the keys.
        optional strategy: Spanned<MergeStrategy>,
        /// The two columns that `scd2` keeps the validity in.
        optional validity_column_names: Vec<Spanned<String>>,
        /// What stands for «still valid» in `scd2`.
        optional active_record_timestamp: ConstantNode,
        /// The moment that `scd2` takes for now.
        optional boundary_timestamp: ConstantNode,
        /// The column that tells whether a row has changed.
        optional row_version_column_name: Spanned<String>,
    } discarding {
        /// Records that come twice are merged in any case.
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
        /// Of tables.
        optional tables: Contract,
        /// Of columns.
        optional columns: Contract,
        /// Of values of another type than the column's.
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
        /// The one that the destination prefers.
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
        /// A file as it came.
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
        /// The columns that say which existing rows a row replaces.
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
