//! The columns that follow from how records are made: those of fields that are added, and the types that
//! fields are cast to.

use rest_source_plan::{DataType, JsonTemplate, Names, Part, ProcessingStep, Selector, Str};

use super::{super::name, Checked};
use crate::{
    config::Resource,
    model::{Column, Content},
};

impl Checked {
    /// Adds them to the columns that the file declares, which say more.
    pub(in crate::check) fn add_columns(&self, resource: &Resource, columns: &mut Vec<Column>) {
        for (name, data_type) in self.made() {
            add(name, data_type, resource, columns);
        }
    }

    /// The names of these columns.
    pub(in crate::check) fn made_names(&self) -> Vec<String> {
        self.made().into_iter().map(|(name, _)| name.into_owned()).collect()
    }

    /// The names of these columns, and their types where those are known.
    fn made(&self) -> Vec<(Str, Option<DataType>)> {
        let form = &self.form;
        let mut all = Vec::new();
        let mut make = |name: &Str, start, data_type| {
            let end = form.end(std::slice::from_ref(name), start);
            if let Some([name]) = end.as_deref() {
                all.push((name.clone(), data_type));
            }
        };
        for row in form.rows.iter().filter(|row| row.values == Selector::ROOT) {
            if let Names::Fixed(names) = &row.names {
                names.iter().for_each(|name| make(name, 0, None));
            }
        }
        for with in form.with.iter() {
            make(&with.name, 0, with.is_key.then_some(DataType::Text));
        }
        for (index, step) in form.steps.iter().enumerate() {
            match step {
                ProcessingStep::Add(added) => {
                    for (path, value) in added.iter() {
                        if let [name] = &**path {
                            make(name, index + 1, data_type(value));
                        }
                    }
                }
                ProcessingStep::Cast(casts) => {
                    for (path, cast) in casts.iter() {
                        // What is in a text may be of any kind.
                        let data_type = cast.data_type();
                        if let [name] = &**path
                            && data_type != DataType::Json
                        {
                            make(name, index + 1, Some(data_type));
                        }
                    }
                }
                ProcessingStep::Filter(_)
                | ProcessingStep::Exclude(_)
                | ProcessingStep::Include(_)
                | ProcessingStep::Rename(_) => {}
            }
        }
        all
    }
}

/// Adds the column of a field, or says of which type it is.
fn add(name: Str, data_type: Option<DataType>, resource: &Resource, columns: &mut Vec<Column>) {
    if let Some(known) = columns.iter_mut().find(|column| column.name == *name) {
        let declared = resource.columns.get().into_iter().flat_map(|of| &of.entries);
        let is_typed = declared
            .into_iter()
            .any(|(of, column)| of.value == *name && !column.data_type.is_absent());
        if let Some(data_type) = data_type
            && !is_typed
            && matches!(known.content, Content::Plain)
        {
            known.data_type = data_type;
            known.inferred = false;
        }
        return;
    }
    let Some(field) = name::function(&name, &["extra"]) else { return };
    if columns.iter().any(|column| column.field == field) {
        return;
    }
    let mut column = Column::inferred(name.into_owned(), field);
    if let Some(data_type) = data_type {
        column.data_type = data_type;
        column.inferred = false;
    }
    columns.push(column);
}

/// The type of a value that is added, where it is the same for all records.
fn data_type(value: &JsonTemplate) -> Option<DataType> {
    match value {
        JsonTemplate::Text(text)
            if text.as_text().is_some()
                || text.0.len() > 1
                || matches!(*text.0, [Part::Param(_)]) =>
        {
            Some(DataType::Text)
        }
        JsonTemplate::Literal(json) => match &**json {
            "true" | "false" => Some(DataType::Bool),
            number if number.parse::<i64>().is_ok() => Some(DataType::Bigint),
            number if number.parse::<f64>().is_ok() => Some(DataType::Double),
            _ => None,
        },
        JsonTemplate::Text(_) | JsonTemplate::List(_) | JsonTemplate::Object(_) => None,
    }
}
