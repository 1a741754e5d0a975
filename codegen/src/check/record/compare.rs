//! Comparisons that never hold, in formats whose values are text unless a column says what they are.

use rest_source_plan::{Column, DataType, Origin, ProcessingStep, ResponseFormat, Str, Syntax};

use super::{
    super::comparison::{self, Seen},
    Checked,
};
use crate::diagnostic::Diagnostics;

impl Checked {
    /// Comparisons of the filters with constants that no value of the field is like.
    pub(in super::super) fn check_comparisons(
        &self,
        format: &ResponseFormat,
        columns: &[Column],
        diagnostics: &mut Diagnostics,
    ) {
        if !matches!(format.syntax, Syntax::Csv(_) | Syntax::Xml) {
            return;
        }
        let sent = self.form.sent_columns(columns);
        for (index, step) in self.form.steps.iter().enumerate() {
            let ProcessingStep::Filter(filter) = step else { continue };
            comparison::check(&filter.filter, self.spans[index], diagnostics, &|query| {
                self.seen(&comparison::keys(query)?, index, &sent)
            });
        }
    }

    /// What the field is that is called so in front of the step of this index; `None` if that is not known.
    fn seen(&self, path: &[Str], index: usize, sent: &[Column]) -> Option<Seen> {
        let origin = self.form.origin(path, index);
        let mut casts = self.form.steps.iter().enumerate().take(index).filter_map(|(at, step)| {
            let ProcessingStep::Cast(casts) = step else { return None };
            casts.iter().find(|(cast, _)| self.form.origin(cast, at) == origin).map(|(_, to)| to)
        });
        if let Some(cast) = casts.next_back() {
            return seen(cast.data_type());
        }
        let Origin::Sent(path) = origin else { return None };
        let (first, rest) = path.split_first()?;
        let mut column = sent.iter().find(|column| column.name == *first);
        for name in rest {
            let fields = column.map(|column| &*column.fields).unwrap_or_default();
            column = fields.iter().find(|field| field.name == *name);
        }
        match column {
            Some(column) if !column.inferred => seen(column.data_type),
            Some(_) | None => Some(Seen::Text),
        }
    }
}

fn seen(data_type: DataType) -> Option<Seen> {
    match data_type {
        DataType::Bigint | DataType::Double | DataType::Decimal | DataType::Wei => {
            Some(Seen::Number)
        }
        DataType::Bool => Some(Seen::Bool),
        DataType::Json => None,
        _ => Some(Seen::Text),
    }
}
