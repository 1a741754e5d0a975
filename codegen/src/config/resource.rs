//! A resource: one collection of records.

use super::{
    Columns, Disposition, Endpoint, FileFormat, NestedHints, ProcessingStep, Reference,
    SchemaContract, TableFormat,
};
use crate::{
    diagnostic::Diagnostics,
    parse::{Key, Map, MappingShape, OneOrMany, Parse, Prose, Shape, mapping, wrong_type},
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
        /// The name of its struct; by default derived from the resource's name.
        optional type_name: Spanned<String>,
        /// The name of its table; by default the resource's name.
        optional table_name: Spanned<String>,
        /// Method, path and parameters that serve it.
        optional endpoint: Endpoint,
        /// Whether it is loaded; by default true. A parent is fetched for its children in any case.
        optional selected: bool,
        /// Fields of the parent's record that are added to each record.
        optional include_from_parent: Include,
        /// Steps that each record goes through before it is typed, in this order.
        optional processing_steps: Vec<Spanned<ProcessingStep>>,
        /// The columns that identify a record.
        optional primary_key: OneOrMany<String>,
        /// The columns that select the existing rows a record replaces.
        optional merge_key: OneOrMany<String>,
        /// What loading does to existing rows.
        optional write_disposition: Disposition,
        /// The declared columns.
        optional columns: Columns,
        /// How to handle fields that are not declared.
        optional schema_contract: SchemaContract,
        /// The depth down to which nested data becomes tables.
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

    /// The defaults of resources: every key but the name.
    pub(super) fn default_shape() -> Shape {
        let doc = "The defaults of all resources.";
        let (what, keys) = (Resource::WHAT, Resource::default_keys);
        Shape::Mapping(MappingShape { name: "ResourceDefaults", what, doc, keys })
    }

    fn default_keys() -> Vec<Key> {
        let mut keys = Resource::keys();
        keys.retain(|key| key.name != "name");
        for key in keys.iter_mut().filter(|key| key.name == "endpoint") {
            // A path alone is short for the endpoint.
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
