//! The canonical form of how records are put together and changed.

use rest_source::plan::{
    Cast, FieldPath, Incremental, Names, Origin, ProcessingStep, RecordForm, ResourcePlan, Row,
    Selector, With,
};
use serde_json::{Value, json};

use super::form::{Form, selector};

impl Form<'_> {
    /// How records are made. `None` if they are what is sent, so that descriptions without steps have the form
    /// that they have always had.
    pub(super) fn shape(&mut self, form: &RecordForm) -> Option<Value> {
        if form.is_plain() {
            return None;
        }
        let row = |Row { values, names, _non_exhaustive: _ }: &Row| {
            let names = match names {
                Names::Fixed(names) => json!(names),
                Names::Sent(path) => selector(path),
            };
            json!([selector(values), names])
        };
        let with = |With { name, depth, path, is_key, _non_exhaustive: _ }: &With| {
            json!([name, depth, selector(path), is_key])
        };
        let steps: Vec<Value> = form.steps.iter().map(|step| self.step(step)).collect();
        Some(json!({
            "rows": form.rows.iter().map(row).collect::<Value>(),
            "with": form.with.iter().map(with).collect::<Value>(),
            "steps": steps,
        }))
    }

    fn step(&mut self, step: &ProcessingStep) -> Value {
        match step {
            ProcessingStep::Filter(filter) => json!({"filter": filter.text}),
            ProcessingStep::Exclude(paths) => json!({"exclude": paths}),
            ProcessingStep::Include(paths) => json!({"include": paths}),
            ProcessingStep::Rename(renamed) => json!({"rename": renamed}),
            ProcessingStep::Add(added) => {
                let added = added.iter().map(|(path, value)| json!([path, self.json(value)]));
                json!({"add": added.collect::<Value>()})
            }
            ProcessingStep::Cast(casts) => {
                let cast = |(path, to): &(FieldPath, Cast)| json!([path, to.name()]);
                json!({"cast": casts.iter().map(cast).collect::<Value>()})
            }
        }
    }

    /// The incremental cursor as it is sent: under another name it means the same.
    pub(super) fn cursor(plan: &ResourcePlan, incremental: &Incremental) -> Value {
        let Selector::Keys(keys) = &incremental.cursor_path else {
            return selector(&incremental.cursor_path);
        };
        let form = &plan.endpoint.records;
        match form.origin(keys, form.steps.len()) {
            Origin::Sent(keys) => selector(&Selector::Keys(keys.into())),
            _ => selector(&incremental.cursor_path),
        }
    }
}
