//! What a description declares, as tables and columns.

use std::{borrow::Cow, collections::HashMap, sync::Arc};

use rest_source::plan::{Column, DataType, Scd2};

use super::{
    Declared, Keys, ROW_HASH, Shape, TableShape, VALID_FROM, VALID_TO, is_system, of_type,
};
use crate::{Error, Strategy, Table, rows::name};

impl Shape {
    /// The tables of a resource as it is declared, with names of up to `max_name` bytes.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Schema`](crate::ErrorKind::Schema) if two fields would be one column, or two
    /// lists one table.
    pub fn of(table: &Table, max_name: usize) -> Result<Shape, Error> {
        let mut shape = Shape {
            table: table.clone(),
            tables: Vec::new(),
            fields: Arc::default(),
            formerly: HashMap::new(),
            max_name,
            reserved: &[],
            keys: Some(Keys::default()),
        };
        let root = TableShape::new(&name::shortened(&table.name, max_name), None);
        shape.tables.push(root);
        let fields = shape.declare(0, &table.columns, "", shape.nesting())?;
        if let Strategy::Scd2(scd2) = table.strategy() {
            for column in versions(&scd2) {
                shape.add_column(0, column).map_err(|message| table.schema(&message))?;
            }
        }
        if shape.tables.len() > 1 {
            shape.row_id(0).map_err(|message| table.schema(&message))?;
        }
        shape.fields = fields.into();
        for table in &mut shape.tables {
            table.is_declared = true;
            table.declared_columns = table.columns.len();
        }
        Ok(shape)
    }

    pub(super) fn declare(
        &mut self,
        table: usize,
        columns: &[Column],
        prefix: &str,
        depth: u32,
    ) -> Result<Vec<Declared>, Error> {
        columns
            .iter()
            .map(|column| {
                let name = format!("{prefix}{}", column.name);
                if is_system(&name) {
                    let message = format!("the column name `{name}` is reserved for the loader");
                    return Err(self.table.schema(&message));
                }
                self.declare_column(table, column, &name, depth)
            })
            .collect()
    }

    fn declare_column(
        &mut self,
        table: usize,
        column: &Column,
        name: &str,
        depth: u32,
    ) -> Result<Declared, Error> {
        if column.inferred {
            return Ok(Declared::Inferred(name.to_owned()));
        }
        if depth > 0 && !column.fields.is_empty() {
            let prefix = format!("{name}__");
            let fields = self.declare(table, &column.fields, &prefix, depth - 1)?;
            return Ok(Declared::Record(prefix, fields));
        }
        if depth > 0
            && !self.table.lists_are_json
            && let Some(item) = &column.items
        {
            let child = name::child(&self.tables[table].name, name, self.max_name);
            let child = self
                .add_table_named(table, &child)
                .map_err(|message| self.table.schema(&message))?;
            let item = if item.fields.is_empty() {
                let name = if item.items.is_some() { "list" } else { "value" };
                self.declare_column(child, item, name, depth - 1)?
            } else {
                let fields = self.declare(child, &item.fields, "", depth - 1)?;
                Declared::Record(String::new(), fields)
            };
            return Ok(Declared::List(child, Box::new(item)));
        }
        let is_top = table == 0 && depth == self.nesting();
        let column = Column {
            name: name.to_owned().into(),
            nullable: column.nullable || !is_top,
            fields: Cow::Borrowed(&[]),
            items: None,
            ..column.clone()
        };
        let place =
            self.add_column(table, column).map_err(|message| self.table.schema(&message))?;
        Ok(Declared::Column(place))
    }
}

/// The columns that tell the versions of a row apart.
pub(super) fn versions(scd2: &Scd2) -> [Column; 3] {
    let (from, to) = match &scd2.validity_columns {
        Some((from, to)) => (from.to_string(), to.to_string()),
        None => (VALID_FROM.to_owned(), VALID_TO.to_owned()),
    };
    [
        of_type(ROW_HASH.to_owned(), DataType::Text),
        of_type(from, DataType::Timestamp),
        of_type(to, DataType::Timestamp),
    ]
}
