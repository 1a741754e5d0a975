//! Names that are made of others.

use rest_source::plan::DataType;
use sha2::{Digest, Sha256};

use super::id::hexadecimal;

/// The name of the table of a list.
pub(super) fn child(table: &str, list: &str, max: usize) -> String {
    shortened(&format!("{table}__{list}"), max)
}

/// A name of at most `max` bytes. One that is longer keeps its beginning, behind which eight digits
/// tell it from others that begin so: databases that cut names off would take both for one.
pub(crate) fn shortened(name: &str, max: usize) -> String {
    if name.len() <= max {
        return name.to_owned();
    }
    let digits = hexadecimal(&Sha256::digest(name)[..4]);
    let mut end = max.saturating_sub(digits.len() + 1);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}_{digits}", &name[..end])
}

/// The name of the column beside that of a field, for its values of this type.
pub(super) fn variant(field: &str, data_type: DataType) -> String {
    format!("{field}__v_{}", data_type.name())
}

/// The field beside whose column one of this name would be for its values of another type, and that type.
pub(super) fn variant_of(column: &str) -> Option<(&str, DataType)> {
    let (rest, data_type) = column.rsplit_once('_')?;
    let field = rest.strip_suffix("__v").or_else(|| rest.strip_suffix("__V"))?;
    Some((field, DataType::named(&data_type.to_ascii_lowercase())?))
}

/// Whether a name is that of a column for another field's values, if there is such a field.
pub(super) fn is_variant(column: &str) -> bool {
    variant_of(column).is_some()
}
