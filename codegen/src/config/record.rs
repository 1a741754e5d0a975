//! How records are put together of what a response has, and changed before they are typed.

use rest_source_plan::Cast;

use super::{ObjectNode, RawNode};
use crate::{
    diagnostic::Diagnostics,
    parse::{Map, OneOrMany, Parse, Shape, mapping, parse_words, wrong_type},
    source::Spanned,
    yaml::{Node, Value},
};

mapping! {
    /// A step that each record goes through. It has one key; the steps are done in their order.
    pub struct ProcessingStep is "a processing step" {
        /// Only records for which this JSONPath filter holds: `@.status in ['active', 'expired'] && @.n > 0`.
        optional filter: Spanned<String>,
        /// Fields that are removed; lists on the way to them are gone through: `address.street`.
        optional exclude: OneOrMany<String>,
        /// The only fields that are kept.
        optional include: OneOrMany<String>,
        /// New names of fields: `{userId: user_id}`.
        optional rename: Map<Spanned<String>>,
        /// Fields that are added: constants, and text with `{record.FIELD}`, `{params.NAME}`,
        /// `{resources.NAME.FIELD}`, `{incremental.start_value}`, `{config.NAME}` in it.
        optional add: Spanned<ObjectNode>,
        /// The types that fields become: `{amount: decimal}`.
        optional cast: Map<Spanned<Cast>>,
        /// A Python function in dlt.
        optional map: Spanned<RawNode>,
        /// A Python function in dlt.
        optional yield_map: Spanned<RawNode>,
    }
}

parse_words! {
    Cast is "a type that a field can become";
}

/// Where a response says what the values of its rows are called: of rows that are lists, or of lists in the
/// rows.
#[derive(Debug, Clone, Default)]
pub struct RecordColumnsPath {
    /// Where the values are in a row, `$` for the row itself, and where their names are in the response.
    pub entries: Vec<(Spanned<String>, Spanned<String>)>,
}

impl Parse for RecordColumnsPath {
    fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        let entries = match &node.value {
            Value::Scalar(_) => {
                let row = Spanned { value: "$".to_owned(), span: node.span };
                vec![(row, Spanned::parse(node, diagnostics)?)]
            }
            Value::Mapping(_) => Map::<Spanned<String>>::parse(node, diagnostics)?.entries,
            Value::Sequence(_) => {
                let expected = "a path, or a mapping from places in a row to paths";
                return wrong_type(node, expected, diagnostics);
            }
        };
        Some(RecordColumnsPath { entries })
    }

    fn shape() -> Shape {
        Shape::Either(vec![Shape::Text, Shape::Map(Box::new(Shape::Text))])
    }
}
