//! Columns: the fields of the records.

use rest_source_plan::{DataType, DedupSort};

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, closest},
    parse::{
        MappingShape, Parse, Prose, Setting, Shape, mapping, missing_key, parse_words,
        refuse_placeholder, wrong_type,
    },
    source::Spanned,
    yaml::{Entry, Mapping, Node, Value},
};

mapping! {
    /// One field of the records.
    pub struct Column is "a column" {
        /// Its name, where columns are a list.
        optional name: Spanned<String>,
        /// The type of its values; by default text.
        optional data_type: Spanned<DataType>,
        /// Whether it may be missing; by default true.
        optional nullable: Spanned<bool>,
        /// What it means.
        optional description: Prose,
        /// The number of digits, or the precision of a time.
        optional precision: Spanned<u64>,
        /// The number of digits after the decimal point.
        optional scale: Spanned<u64>,
        /// Whether a time has a time zone; by default true.
        optional timezone: Spanned<bool>,
        /// Whether no two rows share a value; by default false.
        optional unique: bool,
        /// Whether rows are sorted by it.
        optional sort: bool,
        /// Whether it is part of the primary key; by default false.
        optional primary_key: bool,
        /// Whether it is part of the merge key; by default false.
        optional merge_key: bool,
        /// Whether a value in it removes the row; by default false.
        optional hard_delete: bool,
        /// Which of several records with one key counts: the one that sorts last.
        optional dedup_sort: Spanned<DedupSort>,
        /// The fields of a nested record.
        optional fields: Columns,
        /// What the elements of a list are.
        optional items: Box<Column>,
        /// The words that it may have.
        optional r#enum: Vec<Spanned<String>>,
        /// The Rust type of a nested record or of an `enum`; by default named after the resource and the
        /// column.
        optional type_name: Spanned<String>,
    } discarding {
        /// Tables are not partitioned or clustered.
        ignored partition: bool,
        /// Tables are not partitioned or clustered.
        ignored cluster: bool,
        /// Rows are identified by the primary key alone.
        ignored row_key: bool,
        /// The columns that link a list's table to its parent are fixed.
        ignored parent_key: bool,
        /// The columns that link a list's table to its root are fixed.
        ignored root_key: bool,
        /// A column whose values have several types is declared as `json`.
        ignored variant: bool,
        /// The incremental cursor is `incremental` of the endpoint.
        ignored incremental: bool,
    }
}

impl Column {
    /// A column in a list, where it has a name.
    pub(super) fn listed_shape() -> Shape {
        let keys = || {
            let mut keys = Column::keys();
            for key in &mut keys {
                key.is_required |= key.name == "name";
            }
            keys
        };
        let doc = "One field of the records, with its name.";
        Shape::Mapping(MappingShape { name: "ListedColumn", what: Column::WHAT, doc, keys })
    }

    /// What `amount: bigint` means, where a mapping belongs; reported. `None` if it is something
    /// else.
    pub(super) fn of_type(
        name: &str,
        node: &Node,
        diagnostics: &mut Diagnostics,
    ) -> Option<Column> {
        let Value::Scalar(scalar) = &node.value else { return None };
        let data_type = closest_type(&scalar.text)?;
        let message = format!("a column is a mapping, found {}", node.describe());
        diagnostics.push(
            Diagnostic::error(Code::WrongType, node.span, message)
                .help(format!("write `{name}: {{data_type: {}}}`", data_type.name())),
        );
        let data_type = Setting::Given(Spanned { value: data_type, span: node.span });
        Some(Column { data_type, ..Column::default() })
    }
}

/// The declared columns: by their names, or as a list of mappings that have a name.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// The columns, in the file's order.
    pub entries: Vec<(Spanned<String>, Column)>,
}

impl Parse for Columns {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        if let Value::Sequence(columns) = &node.value {
            let mut all_named = true;
            for column in columns {
                if let Value::Mapping(hints) = &column.value {
                    if hints.get("name").is_some() {
                        continue;
                    }
                    missing_key("name", "a column in a list", column.span, diagnostics);
                } else {
                    let expected = "a column, as in `{name: id}`";
                    wrong_type::<()>(column, expected, diagnostics);
                }
                all_named = false;
            }
            if !all_named {
                return None;
            }
        }
        let named = Columns::by_name(node)?;
        let Value::Mapping(columns) = &named.value else {
            return wrong_type(node, "a mapping or a list of columns", diagnostics);
        };
        // A column that is wrong is a column all the same, which a key may name.
        let entries = columns.entries.iter().map(|entry| {
            refuse_placeholder(&entry.key, entry.key_span, diagnostics);
            let name = Spanned { value: entry.key.clone(), span: entry.key_span };
            let column = Column::of_type(&name.value, &entry.value, diagnostics)
                .or_else(|| Column::parse(&entry.value, diagnostics));
            (name, column.unwrap_or_default())
        });
        Some(Columns { entries: entries.collect() })
    }

    fn shape() -> Shape {
        Shape::Either(vec![
            Shape::Map(Box::new(Column::shape())),
            Shape::List(Box::new(Column::listed_shape())),
        ])
    }
}

impl Columns {
    /// Their names, in the file's order.
    pub fn names(&self) -> Vec<String> {
        self.entries.iter().map(|(name, _)| name.value.clone()).collect()
    }

    /// A list of columns as the equivalent mapping, so that defaults merge into either.
    /// `None` if one of them has no name.
    pub(super) fn by_name(node: &Node) -> Option<Node> {
        let Value::Sequence(columns) = &node.value else { return Some(node.clone()) };
        let mut mapping = Mapping::default();
        for column in columns {
            let Value::Mapping(hints) = &column.value else { return None };
            let name = &hints.get("name")?.value;
            let Value::Scalar(key) = &name.value else { return None };
            let (key, key_span) = (key.text.clone(), name.span);
            mapping.entries.push(Entry { key, key_span, value: column.clone() });
        }
        Some(Node { span: node.span, value: Value::Mapping(mapping) })
    }
}

/// The data type that a word means, or most likely means.
fn closest_type(word: &str) -> Option<DataType> {
    DataType::named(closest(word, DataType::WORDS.iter().map(|(word, ..)| *word))?)
}

parse_words! {
    DedupSort is "an order";
    DataType is "a data type";
}
