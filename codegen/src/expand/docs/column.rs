//! Documentation of columns: of fields, and of the types that they bring.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use rest_source_plan::DataType;

use super::text::{attributes, description};
use crate::{
    markdown::code,
    model::{Column, Content, Resource},
    words::plain,
};

/// The struct of the records in a column.
pub(in crate::expand) fn nested(column: &Column, resource: &Resource) -> TokenStream {
    let mut page = description(column.description.as_deref());
    let _ = write!(page, "A record {}.", within(column, resource));
    attributes(&page)
}

/// The enum of the words of a column.
pub(in crate::expand) fn word_enum(column: &Column, resource: &Resource) -> TokenStream {
    let mut page = description(column.description.as_deref());
    let _ = write!(page, "A word {}.", within(column, resource));
    attributes(&page)
}

/// A variant of an enum.
pub(in crate::expand) fn word(word: &str) -> TokenStream {
    attributes(&code(word))
}

fn within(column: &Column, resource: &Resource) -> String {
    let place = match column.content {
        Content::List(_) => "in the list",
        _ => "in the field",
    };
    format!("{place} {} of the resource {}", code(&column.name), code(&resource.plan.name))
}

/// A field of a record.
pub(in crate::expand) fn field(column: &Column) -> TokenStream {
    let mut page = description(column.description.as_deref());
    if page.is_empty() && column.content == Content::Plain {
        let what = if column.inferred {
            "Whatever the API sends"
        } else {
            what(column.data_type, column.timezone)
        };
        page = format!("{what}\n\n");
    }
    page += &kind(column);
    if plain(&column.field) != column.name {
        let _ = write!(page, ", called {} in the API", code(&column.name));
    }
    page += if column.nullable { "; may be missing." } else { "; never missing." };
    attributes(&page)
}

/// What the values of a data type are.
fn what(data_type: DataType, timezone: bool) -> &'static str {
    match data_type {
        DataType::Text => "Text",
        DataType::Bigint => "A whole number",
        DataType::Double => "A number",
        DataType::Bool => "True or false",
        DataType::Timestamp if !timezone => "A date and a time of day",
        DataType::Timestamp => "A moment in time",
        DataType::Date => "A date",
        DataType::Time => "A time of day",
        DataType::Decimal => "An exact decimal number",
        DataType::Wei => "A whole number of up to 10,000 digits",
        DataType::Json => "JSON",
        DataType::Binary => "Bytes",
    }
}

/// What a column is in the file's words.
fn kind(column: &Column) -> String {
    match &column.content {
        Content::Plain => format!("`{}`", column.data_type.name()),
        Content::Record(_) => "A record".to_owned(),
        Content::List(items) => format!("A list of {}", kinds(items)),
        Content::Words(_) => "A word".to_owned(),
    }
}

/// The same of several.
fn kinds(column: &Column) -> String {
    match &column.content {
        Content::Plain => format!("`{}`", column.data_type.name()),
        Content::Record(_) => "records".to_owned(),
        Content::List(items) => format!("lists of {}", kinds(items)),
        Content::Words(_) => "words".to_owned(),
    }
}
