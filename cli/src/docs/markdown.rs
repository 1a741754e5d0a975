//! The reference as Markdown.

use std::fmt::Write as _;

use rest_source_codegen::model::{Column, Content, Resource, Source};

use super::words;

/// The whole reference, as a document.
pub(super) fn document(source: &Source, module: &str) -> String {
    format!("# Source {module}\n\n{}", reference(source, module))
}

/// The reference without a title.
pub(crate) fn reference(source: &Source, module: &str) -> String {
    let mut page = String::new();
    if let Some(description) = &source.description {
        let _ = writeln!(page, "{}\n", description.trim());
    }
    page += &client(source);
    page += &secrets(source, module);
    page += &resources(source);
    for resource in &source.resources {
        page += &self::resource(resource);
    }
    page.truncate(page.trim_end().len());
    page + "\n"
}

fn client(source: &Source) -> String {
    let mut rows = vec![
        ("Address", words::code(&source.base_url)),
        ("Authentication", words::authentication(source.auth.as_ref())),
    ];
    for (name, value) in &source.headers {
        rows.push(("Header", words::code(&format!("{name}: {}", words::template(value)))));
    }
    rows.push(("Retries", words::retries(&source.retry)));
    rows.push(("Time limit", format!("{} s for each try", source.timeout)));
    let rows = rows.into_iter().map(|(name, value)| vec![name.to_owned(), value]);
    table(&["", ""], rows)
}

fn secrets(source: &Source, module: &str) -> String {
    if source.secrets.is_empty() {
        return String::new();
    }
    let rows = source.secrets.iter().map(|secret| {
        let [variable, otherwise] = words::variables(secret, module);
        vec![
            words::code(&secret.name),
            words::code(&variable),
            words::code(&otherwise),
            words::code(&format!("ClientBuilder::{}", words::plain(&secret.setter))),
        ]
    });
    let heading = ["secret", "environment variable", "else", "in Rust"];
    format!("## Secrets\n\n{}", table(&heading, rows))
}

fn resources(source: &Source) -> String {
    let rows = source.resources.iter().map(|resource| {
        vec![
            format!("[{}](#{})", words::text(&resource.name), words::anchor(&heading(resource))),
            words::code(&words::endpoint(resource)),
            words::paging(&resource.paginator),
            words::loading(resource),
        ]
    });
    format!("## Resources\n\n{}", table(&["resource", "endpoint", "paging", "loading"], rows))
}

/// A resource may be called `secrets`, and its anchor has to be its own all the same.
fn heading(resource: &Resource) -> String {
    format!("Resource {}", resource.name)
}

fn resource(resource: &Resource) -> String {
    let mut text = format!("### {}\n\n", words::text(&heading(resource)));
    if let Some(description) = &resource.description {
        let _ = writeln!(text, "{}\n", description.trim());
    }
    let mut rows = vec![("Endpoint", words::code(&words::endpoint(resource)))];
    for (name, value) in &resource.params {
        rows.push(("Parameter", words::code(&format!("{name}={value}"))));
    }
    rows.extend([
        ("Paging", words::paging(&resource.paginator)),
        ("Records", words::records(resource)),
        ("Loading", words::loading(resource)),
        (
            "In Rust",
            format!(
                "{}, a stream of {}",
                words::code(&format!("client.{}()", resource.function)),
                words::code(&resource.type_name)
            ),
        ),
    ]);
    text += &table(&["", ""], rows.into_iter().map(|(name, value)| vec![name.to_owned(), value]));
    if resource.columns.is_empty() {
        return text;
    }
    let mut rows = Vec::new();
    columns(resource, &resource.columns, "", &mut rows);
    text + &table(&["column", "type", "", "description"], rows.into_iter())
}

/// Adds a row for each column and for each field of the records in it. `before` is the path to them.
fn columns(resource: &Resource, of: &[Column], before: &str, rows: &mut Vec<Vec<String>>) {
    for column in of {
        let is_in = |key: &[String]| before.is_empty() && key.contains(&column.name);
        let mut notes: Vec<String> = Vec::new();
        if is_in(&resource.primary_key) {
            notes.push("primary key".to_owned());
        }
        if is_in(&resource.merge_key) {
            notes.push("merge key".to_owned());
        }
        if !column.nullable {
            notes.push("never missing".to_owned());
        }
        if words::plain(&column.field) != column.name {
            notes.push(format!("in Rust {}", words::code(words::plain(&column.field))));
        }
        let description = column.description.as_deref().map(words::cell).unwrap_or_default();
        let mut path = format!("{before}{}", column.name);
        rows.push(vec![words::code(&path), words::values(column), notes.join(", "), description]);
        let mut innermost = column;
        while let Content::List(items) = &innermost.content {
            innermost = items;
            path += "[]";
        }
        if let Content::Record(nested) = &innermost.content {
            columns(resource, &nested.columns, &format!("{path}."), rows);
        }
    }
}

fn table(heading: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut table = format!("| {} |\n|{}\n", heading.join(" | "), " --- |".repeat(heading.len()));
    for row in rows {
        let cells: Vec<String> =
            row.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")).collect();
        let _ = writeln!(table, "| {} |", cells.join(" | "));
    }
    table + "\n"
}
