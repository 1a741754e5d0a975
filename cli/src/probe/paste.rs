//! What a description does not say, as text to paste into it.

use std::fmt::Write as _;

use rest_source::{
    Detected,
    plan::{
        ResourcePlan, TimeFormat,
        printable::{line, scalar},
    },
};
use rest_source_codegen::{LintLevels, Severity, SourceFile, check};

use super::{
    declared::Declared,
    fields::{Field, Fields},
};
use rest_source_dynamic::Paging;

/// What a description does not say of a resource.
pub(super) struct Paste {
    name: String,
    pub(super) primary_key: Option<String>,
    pub(super) columns: Vec<Column>,
    /// Names that cannot or need not be declared, and why.
    left_out: Vec<(String, String)>,
    /// As YAML.
    pub(super) response_format: Option<&'static str>,
    /// As YAML.
    pub(super) data_selector: Option<String>,
    /// As YAML.
    pub(super) paginator: Option<String>,
    /// More to know.
    notes: Vec<String>,
}

/// A column to declare.
pub(super) struct Column {
    pub(super) name: String,
    pub(super) declared: Declared,
    without: usize,
}

impl Paste {
    pub(super) fn of(
        plan: &ResourcePlan,
        fields: &Fields,
        found: &Detected,
        paging: &Paging,
    ) -> Paste {
        let (mut columns, mut left_out) = (Vec::new(), Vec::new());
        let is_known = |field: &&Field| {
            plan.columns.iter().all(|known| known.inferred || known.name != field.name)
        };
        for field in fields.in_order.iter().filter(is_known) {
            match field.declared() {
                Ok(declared) => columns.push(Column {
                    name: field.name.clone(),
                    declared,
                    without: fields.without(field),
                }),
                Err(why) => left_out.push((field.name.clone(), why.to_owned())),
            }
        }
        leave_out_refused(plan, &mut columns, &mut left_out);
        let mut paste = Paste {
            name: plan.name.to_string(),
            primary_key: None,
            columns,
            left_out,
            response_format: None,
            data_selector: found.data_selector.clone(),
            paginator: None,
            notes: Vec::new(),
        };
        paste.find_key(plan, fields);
        paste.find_formats(plan, fields);
        // That a page happens to be the last one says nothing of another day.
        let shown = found.paginator.as_ref().filter(|paginator| *paginator != "single_page");
        match (shown, paging) {
            (None, _) | (_, Paging::Repeats) => {}
            (Some(paginator), Paging::Continues(_)) => paste.paginator = Some(paginator.clone()),
            (Some(paginator), _) => paste
                .notes
                .push(format!("paginator: {paginator} (there was no second page to try it with)")),
        }
        paste
    }

    fn find_key(&mut self, plan: &ResourcePlan, fields: &Fields) {
        if !plan.primary_key.is_empty() || !plan.merge_key.is_empty() {
            return;
        }
        let is_declared = |name: &str| {
            plan.columns.iter().any(|column| column.name == name)
                || self.columns.iter().any(|column| column.name == name)
        };
        let keys = fields.keys(&plan.name);
        match keys.into_iter().find(|(name, _)| is_declared(name)) {
            Some((name, true)) => self.primary_key = Some(scalar(name)),
            Some((name, false)) => {
                self.notes.push(format!("primary_key: {} (unique on this page)", scalar(name)));
            }
            None => {}
        }
    }

    /// Notes the formats of times that an incremental cursor would need.
    fn find_formats(&mut self, plan: &ResourcePlan, fields: &Fields) {
        let incremental = plan.endpoint.incremental.as_ref();
        if incremental.is_some_and(|incremental| incremental.cursor_format.is_some()) {
            return;
        }
        for field in &fields.in_order {
            let formats = field.formats().into_iter().map(|format| match format {
                TimeFormat::Named(_) => format.to_string(),
                TimeFormat::Strftime(_) => format!("{:?}", format.to_string()),
            });
            let formats: Vec<String> = formats.collect();
            if !formats.is_empty() {
                let formats = formats.join(" or ");
                self.notes.push(format!(
                    "incremental: {{cursor_path: {}, cursor_format: {formats}}} (its values are times)",
                    scalar(&field.name)
                ));
            }
        }
    }

    /// The name of the resource.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Whether there is nothing to paste.
    pub(super) fn is_empty(&self) -> bool {
        self.primary_key.is_none()
            && self.columns.is_empty()
            && self.response_format.is_none()
            && self.data_selector.is_none()
            && self.paginator.is_none()
    }

    /// As an element of `resources`, with comments.
    pub(super) fn block(&self) -> String {
        let mut text = format!("- name: {}\n", scalar(&self.name));
        if let Some(key) = &self.primary_key {
            // A key is one of the columns, and this one may be declared where it is pasted to.
            let is_here = self.columns.is_empty()
                || self.columns.iter().any(|column| scalar(&column.name) == *key);
            let comment = if is_here { "" } else { "# " };
            let _ = writeln!(text, "  {comment}primary_key: {key}");
        }
        if !self.columns.is_empty() {
            text += "  columns:\n";
        }
        for column in &self.columns {
            let comment = match column.without {
                0 => String::new(),
                without => format!(" # {without} without"),
            };
            let below = column.declared.block(6, &comment);
            let _ = write!(text, "    {}:{below}", scalar(&column.name));
        }
        let endpoint =
            [self.response_format, self.data_selector.as_deref(), self.paginator.as_deref()];
        if endpoint.iter().any(Option::is_some) {
            text += "  endpoint:\n";
        }
        if let Some(format) = &self.response_format {
            let _ = writeln!(text, "    response_format: {format}");
        }
        if let Some(selector) = &self.data_selector {
            let _ = writeln!(text, "    data_selector: {selector}");
        }
        if let Some(paginator) = &self.paginator {
            let _ = writeln!(text, "    paginator: {paginator}");
        }
        text
    }

    /// What is known beside, as comments.
    pub(super) fn comments(&self) -> String {
        let mut text = String::new();
        for (name, why) in &self.left_out {
            let _ = writeln!(text, "#   column {}: {}", scalar(name), line(why));
        }
        for note in &self.notes {
            let _ = writeln!(text, "#   {}", line(note));
        }
        text
    }
}

/// Leaves out the columns that `check` refuses, such as those whose names cannot be Rust names.
fn leave_out_refused(
    plan: &ResourcePlan,
    columns: &mut Vec<Column>,
    left_out: &mut Vec<(String, String)>,
) {
    loop {
        let mut text = "client: {base_url: 'http://localhost'}\nresources:\n- name: records\n  \
                        endpoint: {path: x, data_selector: $, paginator: single_page}\n  columns:\n"
            .to_owned();
        for column in plan.columns.iter().filter(|column| !column.inferred) {
            let _ = writeln!(text, "    {}: {{data_type: text}}", scalar(&column.name));
        }
        let mut starts = Vec::new();
        for column in columns.iter() {
            starts.push(text.len());
            let below = column.declared.block(6, "");
            let _ = write!(text, "    {}:{below}", scalar(&column.name));
        }
        let file = SourceFile::new("probe.yaml", text);
        let refused = check(&file, LintLevels::default()).into_iter().find_map(|found| {
            let at = found.labels.first().filter(|_| found.severity == Severity::Error)?.span.start;
            let index = starts.partition_point(|start| *start <= at).checked_sub(1)?;
            Some((index, found.message))
        });
        let Some((index, why)) = refused else { return };
        left_out.push((columns.remove(index).name, why));
    }
}
