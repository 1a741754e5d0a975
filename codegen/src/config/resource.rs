//! A resource: one collection of records.

use super::{
    Columns, Disposition, Endpoint, FileFormat, NestedHints, ProcessingStep, Reference,
    SchemaContract, TableFormat,
};
use crate::{
    diagnostic::Diagnostics,
    parse::{
        Key, Map, MappingShape, OneOrMany, Parse, Prose, Setting, Shape, TemplateText, mapping,
        wrong_type,
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
        /// The name of its struct; by default derived from the resource's name.
        optional type_name: Spanned<String>,
        /// The name of its table; by default the resource's name.
        optional table_name: Spanned<String>,
        /// Method, path and parameters that serve it.
        optional endpoint: Endpoint,
        /// Whether it is loaded; by default true. A parent is fetched for its children in any case.
        optional selected: bool,
        /// Lists, by names: it is fetched once for each combination of their values, which fill
        /// `{each.NAME}`.
        optional for_each: Map<ListValues>,
        /// Fields of the parent's record that are added to each record.
        optional include_from_parent: Include,
        /// Values of the lists of `for_each` that are added to each record.
        optional include_from_each: Include,
        /// Steps that each record goes through before it is typed, in this order.
        optional processing_steps: Vec<Spanned<ProcessingStep>>,
        /// The columns that identify a record.
        optional primary_key: OneOrMany<String>,
        /// The columns that select the existing rows a record replaces.
        optional merge_key: OneOrMany<String>,
        /// What loading does to existing rows; by default `append`.
        optional write_disposition: Disposition,
        /// The declared columns.
        optional columns: Columns,
        /// How to handle fields that are not declared; by default `evolve`.
        optional schema_contract: SchemaContract,
        /// The depth down to which nested data becomes tables; by default 32.
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

/// The values of a list: a list, or a single value, which may be a setting that is a list; or a mapping
/// that has them.
#[derive(Debug, Clone, Default)]
pub struct ListValues {
    /// The values that are right.
    pub nodes: Vec<Node>,
    /// Whether there are others, which have been reported.
    pub is_wrong: bool,
    /// How many share one request.
    pub batch: Setting<Spanned<u64>>,
    /// What is between those that do.
    pub separator: Setting<Spanned<String>>,
}

mapping! {
    /// A list of which one request has several values.
    pub struct BatchedList is "a list" {
        /// Its values: a list, or a setting that is one.
        required values: Values,
        /// How many values share one request, which then has them joined.
        optional batch: Spanned<u64>,
        /// What is between the values of a batch; by default a comma.
        optional separator: Spanned<String>,
    }
}

/// Values, or a single one.
#[derive(Debug, Clone, Default)]
pub struct Values {
    nodes: Vec<Node>,
    is_wrong: bool,
}

impl Parse for ListValues {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        let is_block = match &node.value {
            Value::Mapping(mapping) => {
                BatchedList::names().iter().any(|key| mapping.get(key).is_some())
            }
            Value::Scalar(_) | Value::Sequence(_) => false,
        };
        if !is_block {
            let Values { nodes, is_wrong } = Values::parse(node, diagnostics)?;
            return Some(ListValues { nodes, is_wrong, ..ListValues::default() });
        }
        let BatchedList { values, batch, separator } = BatchedList::parse(node, diagnostics)?;
        let is_missing = values.get().is_none();
        let Values { nodes, is_wrong } = values.get().cloned().unwrap_or_default();
        Some(ListValues { nodes, is_wrong: is_wrong || is_missing, batch, separator })
    }

    fn shape() -> Shape {
        Shape::Either(vec![
            Shape::Scalar,
            Shape::List(Box::new(Shape::Scalar)),
            BatchedList::shape(),
        ])
    }
}

impl Parse for Values {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        let mut value = |node: &Node| match &node.value {
            Value::Scalar(_) if !node.is_null() => Some(node.clone()),
            Value::Scalar(_) => wrong_type(node, "a value", diagnostics),
            Value::Sequence(_) => wrong_type(node, "text or a number", diagnostics),
            // `{config.repos}` without quotes.
            Value::Mapping(_) => TemplateText::parse(node, diagnostics).map(|_| node.clone()),
        };
        let values: Vec<Option<Node>> = match &node.value {
            Value::Sequence(items) => items.iter().map(value).collect(),
            _ => vec![value(node)],
        };
        let is_wrong = values.iter().any(Option::is_none);
        Some(Values { nodes: values.into_iter().flatten().collect(), is_wrong })
    }

    fn shape() -> Shape {
        Shape::Either(vec![Shape::Scalar, Shape::List(Box::new(Shape::Scalar))])
    }
}
