//! Columns for values of another type than their field's column has: `amount__v_text` beside `amount`.
//!
//! A field that is not declared and has such a name is told apart by nothing but the name, also by later
//! runs. So it has no column beside that of the field whose values would share it.

use rest_source::plan::DataType;

use super::Shape;
use crate::rows::name::{variant, variant_of};

impl Shape {
    /// The place of the column for those values of a field that are of another type than its column.
    pub(in crate::rows) fn variant(
        &mut self,
        table: usize,
        field: &str,
        data_type: DataType,
    ) -> Result<usize, String> {
        let name = variant(field, data_type);
        if self.is_declared(table, &name) || self.formerly(table, &name).is_some() {
            return Err(format!(
                "`{field}` is {}, and the column for such values of it, `{name}`, is that of another \
                 field; declare `{field}` in `columns`, with a `data_type` that all of its values have",
                data_type.name(),
            ));
        }
        match self.column(table, &name) {
            Some(place) => Ok(place),
            None => self.add(table, &name, data_type),
        }
    }

    /// Refuses a field that has a column if its name is that of the column for another field's values.
    pub(in crate::rows) fn check_column(&self, table: usize, name: &str) -> Result<(), String> {
        if self.tables[table].has_variants { self.check_not_variant(table, name) } else { Ok(()) }
    }

    /// Refuses a field whose name is that of the column for another field's values.
    pub(in crate::rows) fn check_not_variant(
        &self,
        table: usize,
        name: &str,
    ) -> Result<(), String> {
        let Some((field, data_type)) = variant_of(name) else { return Ok(()) };
        let has_column =
            self.column(table, field).is_some() || self.formerly(table, field).is_some();
        if has_column && !self.is_declared(table, name) {
            return Err(shared(field, name, data_type));
        }
        Ok(())
    }

    /// Refuses a field, which has no column yet, beside a field whose column would be for values of it.
    pub(in crate::rows) fn check_no_variant(
        &self,
        table: usize,
        field: &str,
    ) -> Result<(), String> {
        if self.formerly(table, field).is_some() {
            return Ok(());
        }
        for (_, _, data_type) in DataType::WORDS {
            let name = variant(field, *data_type);
            if self.column(table, &name).is_some() && !self.is_declared(table, &name) {
                return Err(shared(field, &name, *data_type));
            }
        }
        Ok(())
    }

    fn is_declared(&self, table: usize, name: &str) -> bool {
        self.column(table, name).is_some_and(|place| self.tables[table].declares(place))
    }
}

fn shared(field: &str, name: &str, data_type: DataType) -> String {
    format!(
        "the field `{name}` has the name of the column for values of `{field}` that are {}; declare \
         `{name}` in `columns`",
        data_type.name(),
    )
}
