//! The reference as Markdown.

use std::fmt::Write as _;

use rest_source_codegen::{
    markdown,
    model::{Column, Content, Resource, Source},
    tree,
    words::{self as plan, code},
};
use rest_source_plan::{ClientSetting, Input, SettingType};

use super::words;

/// How descriptions become a part of it.
type Prose = fn(&str) -> String;

/// A line before a list that HTML draws as a tree.
pub(super) const TREE: &str = "<!-- tree -->";

/// How parents and nested columns are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trees {
    /// Parents drawn with text, columns in a table with their paths.
    Text,
    /// As lists in lists, each after a line [`TREE`].
    Lists,
}

/// The whole reference, as a document.
pub(super) fn document(source: &Source, module: &str, prose: Prose, trees: Trees) -> String {
    format!("# Source {module}\n\n{}", reference(source, prose, trees))
}

/// The reference without a title.
pub(crate) fn reference(source: &Source, prose: Prose, trees: Trees) -> String {
    let mut page = String::new();
    if let Some(description) = &source.description {
        let _ = writeln!(page, "{}\n", prose(description.trim()).trim_end());
    }
    page += &client(source);
    page += &secrets(source, prose);
    page += &resources(source, trees);
    for resource in &source.resources {
        page += &self::resource(resource, prose, trees);
    }
    page.truncate(page.trim_end().len());
    page + "\n"
}

fn client(source: &Source) -> String {
    let of = &source.plan;
    let mut rows = vec![
        ("Address", code(&plan::template(&of.base_url, ""))),
        ("Authentication", plan::authentication(&of.auth)),
    ];
    for (name, value) in of.headers.iter() {
        rows.push((
            "Header",
            code(&format!("{}: {}", plan::template(name, ""), plan::template(value, ""))),
        ));
    }
    rows.push(("Retries", words::retries(&of.retry)));
    rows.push(("Time limit", format!("{} s for each try", of.timeout.as_secs_f64())));
    rows.push(("Concurrency", format!("{} requests at the same time", of.concurrency)));
    let is_given = |setting| of.settings.iter().any(|(given, _)| *given == setting);
    if let Some(limit) = of.rate_limit.as_ref().filter(|_| !is_given(ClientSetting::Requests)) {
        let unit = format!("{:?}", limit.per).to_lowercase();
        rows.push(("Rate limit", format!("{} requests a {unit}", limit.requests)));
    }
    if let Some(headers) = &of.rate_limit_headers {
        let names = headers.remaining.iter().chain([&headers.reset]);
        let names = names.filter(|name| !name.is_empty());
        let names: Vec<String> = names.map(|name| code(name)).collect();
        if !names.is_empty() {
            rows.push(("Rate limit headers", names.join(", ")));
        }
    }
    for (setting, text) in of.settings.iter() {
        rows.push(("Setting", code(&format!("{}: {}", setting.name(), plan::template(text, "")))));
    }
    if !of.allowed_hosts.is_empty() {
        rows.push(("Other servers", plan::texts(&of.allowed_hosts)));
    }
    let rows = rows.into_iter().map(|(name, value)| vec![name.to_owned(), value]);
    table(&["", ""], rows)
}

fn secrets(source: &Source, prose: Prose) -> String {
    let secrets = &source.plan.secrets;
    let rows = secrets.iter().map(named);
    let mut text = inputs("Secrets", "secret", rows.collect(), &[]);
    let settings = &source.plan.config;
    let is_plain = |input: &Input| !input.declared && input.data_type == SettingType::Text;
    // What a file only names is text, and needed.
    let more: &[&str] =
        if settings.iter().all(is_plain) { &[] } else { &["type", "default", "description"] };
    let rows = settings.iter().map(|input| {
        let mut row = named(input);
        if !more.is_empty() {
            row.extend(declared(input, prose));
        }
        row
    });
    text += &inputs("Settings", "setting", rows.collect(), more);
    text
}

/// The name of a secret or setting, and by what it is given.
fn named(input: &Input) -> Vec<String> {
    let variables = input.variables.iter().map(|variable| code(variable));
    let condition = plan::needed_if(input).map(|condition| format!(", {condition}"));
    let mut row = vec![code(&input.name) + &condition.unwrap_or_default()];
    row.extend(variables);
    row.push(code(&format!("ClientBuilder::{}", plan::plain(&input.setter))));
    row
}

/// What a file declares of a setting.
fn declared(input: &Input, prose: Prose) -> [String; 3] {
    let default = match &input.default {
        Some(default) => code(&plan::template(default, "")),
        None if input.optional => "none: what uses it is not sent".to_owned(),
        None => "needed".to_owned(),
    };
    let description = input.description.as_deref().map(|text| words::cell(text, prose));
    [code(input.data_type.name()), default, description.unwrap_or_default()]
}

fn inputs(title: &str, kind: &str, rows: Vec<Vec<String>>, more: &[&str]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let heading = [&[kind, "environment variable", "else", "in Rust"], more].concat();
    format!("## {title}\n\n{}", table(&heading, rows.into_iter()))
}

fn link(resource: &Resource) -> String {
    format!("[{}](#{})", markdown::text(&resource.plan.name), words::anchor(&heading(resource)))
}

fn resources(source: &Source, trees: Trees) -> String {
    let rows = source.resources.iter().map(|resource| {
        let of = &resource.plan;
        vec![
            link(resource),
            code(&plan::endpoint(of)),
            plan::paging(&of.endpoint.paginator),
            plan::loading(of),
        ]
    });
    let table = table(&["resource", "endpoint", "paging", "loading"], rows);
    let tree = match trees {
        Trees::Text => tree::block(&source.resources),
        Trees::Lists => tree::list(&source.resources, link),
    };
    let parents = match tree {
        tree if tree.is_empty() => tree,
        tree if trees == Trees::Lists => {
            format!(
                "A child is requested once for each record of its parent:\n\n{TREE}\n\n{tree}\n"
            )
        }
        tree => {
            format!("A child is requested once for each record of its parent:\n\n{tree}\n")
        }
    };
    format!("## Resources\n\n{table}{parents}")
}

/// A resource may be called `secrets`, and its anchor has to be its own all the same.
fn heading(resource: &Resource) -> String {
    format!("Resource {}", resource.plan.name)
}

fn resource(resource: &Resource, prose: Prose, trees: Trees) -> String {
    let mut text = format!("### {}\n\n", markdown::text(&heading(resource)));
    if let Some(description) = &resource.description {
        let _ = writeln!(text, "{}\n", prose(description.trim()).trim_end());
    }
    let of = &resource.plan;
    let parent = plan::parent_name(of);
    let mut rows = vec![("Endpoint", code(&plan::endpoint(of)))];
    for param in of.endpoint.params.iter() {
        let (name, value) =
            (plan::template(&param.name, parent), plan::template(&param.value, parent));
        rows.push(("Parameter", code(&format!("{name}={value}"))));
    }
    for (name, value) in of.endpoint.headers.iter() {
        let (name, value) = (plan::template(name, parent), plan::template(value, parent));
        rows.push(("Header", code(&format!("{name}: {value}"))));
    }
    if let Some(auth) = &of.endpoint.auth {
        rows.push(("Authentication", plan::authentication(auth)));
    }
    if !parent.is_empty() {
        let crossed = of.crossed.iter().map(|crossed| &*crossed.plan.name);
        let parents: Vec<String> = [parent].into_iter().chain(crossed).map(code).collect();
        rows.push((if parents.len() == 1 { "Parent" } else { "Parents" }, parents.join(" × ")));
    }
    if let Some(incremental) = &of.endpoint.incremental {
        rows.push(("New records by", plan::next_run(incremental)));
    }
    let arguments: Vec<&str> =
        resource.arguments.iter().map(|argument| &*argument.variable).collect();
    rows.extend([
        ("Paging", plan::paging(&of.endpoint.paginator)),
        ("Records", plan::records(&of.endpoint)),
    ]);
    let steps = plan::steps(&of.endpoint.records, parent);
    if !steps.is_empty() {
        rows.push(("Steps", steps.join("; ")));
    }
    rows.extend([
        ("Loading", plan::loading(of)),
        (
            "In Rust",
            format!(
                "{}, a stream of {}",
                code(&format!("client.{}({})", resource.function, arguments.join(", "))),
                code(&resource.type_name)
            ),
        ),
    ]);
    text += &table(&["", ""], rows.into_iter().map(|(name, value)| vec![name.to_owned(), value]));
    if resource.columns.is_empty() {
        return text;
    }
    let mut rows = Vec::new();
    columns(resource, &resource.columns, ("", 0), prose, &mut rows);
    match trees {
        Trees::Text => {
            let rows = rows.into_iter().map(|row| row.cells);
            text + &table(&["column", "type", "", "description"], rows)
        }
        Trees::Lists => {
            let _ = writeln!(text, "Columns:\n\n{TREE}\n");
            for Row { depth, name, cells: [_, values, notes, description] } in rows {
                let _ = write!(text, "{}- **{name}** {values}", "  ".repeat(depth));
                if !notes.is_empty() {
                    let _ = write!(text, " *{notes}*");
                }
                let dash = if description.is_empty() { "" } else { " — " };
                let _ = writeln!(text, "{dash}{description}");
            }
            text + "\n"
        }
    }
}

/// What is said of a column.
struct Row {
    /// How many columns it is in.
    depth: usize,
    name: String,
    /// Its path, its values, notes and its description.
    cells: [String; 4],
}

/// Adds a row for each column and for each field of the records in it. `before` is the path to them and
/// how many columns are on it.
fn columns(
    resource: &Resource,
    of: &[Column],
    (before, depth): (&str, usize),
    prose: Prose,
    rows: &mut Vec<Row>,
) {
    for column in of {
        let is_in = |key: &[rest_source_plan::Str]| {
            before.is_empty() && key.iter().any(|name| *name == column.name)
        };
        let mut notes: Vec<String> = Vec::new();
        if is_in(&resource.plan.primary_key) {
            notes.push("primary key".to_owned());
        }
        if is_in(&resource.plan.merge_key) {
            notes.push("merge key".to_owned());
        }
        if !column.nullable {
            notes.push("never missing".to_owned());
        }
        if plan::plain(&column.field) != column.name {
            notes.push(format!("in Rust {}", code(plan::plain(&column.field))));
        }
        let description = column.description.as_deref().map(|text| words::cell(text, prose));
        let description = description.unwrap_or_default();
        let mut path = format!("{before}{}", column.name);
        let cells = [code(&path), words::values(column), notes.join(", "), description];
        rows.push(Row { depth, name: code(&column.name), cells });
        let mut innermost = column;
        while let Content::List(items) = &innermost.content {
            innermost = items;
            path += "[]";
        }
        if let Content::Record(nested) = &innermost.content {
            let before = format!("{path}.");
            columns(resource, &nested.columns, (&before, depth + 1), prose, rows);
        }
    }
}

fn table<R: AsRef<[String]>>(heading: &[&str], rows: impl Iterator<Item = R>) -> String {
    let mut table = format!("| {} |\n|{}\n", heading.join(" | "), " --- |".repeat(heading.len()));
    for row in rows {
        let cells: Vec<String> =
            row.as_ref().iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")).collect();
        let _ = writeln!(table, "| {} |", cells.join(" | "));
    }
    table + "\n"
}
