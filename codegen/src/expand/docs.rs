//! Documentation in Markdown, taken from the file.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    config::{DataType, WriteDisposition},
    model::{Auth, Column, Paginator, Resource, Secret, Source},
};

/// A page as attributes, one for each line, as `///` would give them.
pub(super) fn attributes(page: &str) -> TokenStream {
    let lines = lines(page);
    quote!(#(#[doc = #lines])*)
}

fn lines(page: &str) -> impl Iterator<Item = String> {
    page.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") })
}

/// The page of the source's module, as inner attributes: there links are resolved inside the module.
pub(crate) fn module(source: &Source, module: &str) -> TokenStream {
    let mut page = source.description.clone().unwrap_or_else(|| format!("The source `{module}`."));
    let auth = match &source.auth {
        Some(Auth::Bearer { .. }) => "with a bearer token",
        None => "without authentication",
    };
    let _ = write!(page, "\n\nReads <{}> {auth}.\n", source.base_url);
    if !source.resources.is_empty() {
        page += "\n| resource | record | endpoint | paging | loading |\n";
        page += "| --- | --- | --- | --- | --- |\n";
    }
    for resource in &source.resources {
        let _ = writeln!(
            page,
            "| [`{}`](Client::{}) | [`{}`] | `GET {}` | {} | {} |",
            cell(&resource.name),
            plain(&resource.function),
            resource.type_name,
            cell(&resource.path),
            paging(&resource.paginator),
            loading(resource),
        );
    }
    if let Some(resource) = source.resources.first() {
        let _ = write!(
            page,
            "\n# Example\n\n```text\nlet client = {module}::Client::from_env()?;\n\
             let {function} = client.{function}().all().await?;\n```\n",
            function = resource.function,
        );
    }
    let lines = lines(&page);
    let lenient = lenient_lints();
    quote!(#(#![doc = #lines])* #![allow(#lenient)])
}

/// What the file says is Markdown of somebody who may not know rustdoc's rules.
pub(super) fn lenient() -> TokenStream {
    let lints = lenient_lints();
    quote!(#[allow(clippy::pedantic, #lints)])
}

fn lenient_lints() -> TokenStream {
    quote!(rustdoc::bare_urls, rustdoc::broken_intra_doc_links, rustdoc::invalid_html_tags)
}

/// The struct of a resource's records.
pub(super) fn record(resource: &Resource) -> TokenStream {
    let mut page = match &resource.description {
        Some(description) => format!("{description}\n\n"),
        None => String::new(),
    };
    let _ = write!(
        page,
        "A record of the resource `{}`, as [`Client::{}`] fetches it.",
        resource.name,
        plain(&resource.function)
    );
    if !resource.primary_key.is_empty() {
        let _ = write!(page, "\n\nIts primary key is {}.", words(&resource.primary_key));
    }
    attributes(&page)
}

/// A field of a record.
pub(super) fn field(column: &Column) -> TokenStream {
    let data_type = match column.data_type {
        DataType::Text => "Text",
        DataType::Bigint => "A whole number",
        DataType::Double => "A number",
        DataType::Bool => "True or false",
        DataType::Timestamp => "A moment in time",
        DataType::Date => "A date",
        DataType::Time => "A time of day",
        DataType::Decimal => "An exact decimal number",
        DataType::Wei => "A whole number of any size",
        DataType::Json => "JSON",
        DataType::Binary => "Bytes",
    };
    let mut page = column.description.clone().unwrap_or_else(|| data_type.to_owned());
    let renamed = plain(&column.field) != column.name;
    if column.description.is_some() || renamed || !column.nullable {
        let _ = write!(page, "\n\n`{}`", column.data_type.word());
        if renamed {
            let _ = write!(page, ", called `{}` in the API", column.name);
        }
        page += if column.nullable { "." } else { "; never missing." };
    }
    attributes(&page)
}

/// The client.
pub(super) fn client(source: &Source) -> TokenStream {
    let functions: Vec<String> = source
        .resources
        .iter()
        .map(|resource| format!("[`{0}`](Client::{0})", plain(&resource.function)))
        .collect();
    attributes(&format!(
        "Fetches {}.\n\nCloning it is cheap, and all clones share their connections.",
        if functions.is_empty() { "nothing".to_owned() } else { functions.join(", ") }
    ))
}

/// The builder.
pub(super) fn builder(source: &Source) -> TokenStream {
    let mut page = "Builds a [`Client`].".to_owned();
    if !source.secrets.is_empty() {
        let setters: Vec<String> = source
            .secrets
            .iter()
            .map(|secret| format!("[`{0}`](ClientBuilder::{0})", plain(&secret.setter)))
            .collect();
        let _ = write!(
            page,
            "\n\nIt needs {}, given here or taken [from the \
             environment](ClientBuilder::from_env). They are part of neither the source \
             description nor the compiled program.",
            setters.join(", ")
        );
    }
    attributes(&page)
}

/// `Client::from_env`.
pub(super) fn from_env(source: &Source) -> TokenStream {
    let mut page = "A client that takes its secrets from the environment.\n".to_owned();
    if !source.secrets.is_empty() {
        page += "\n| secret | variable | else |\n| --- | --- | --- |\n";
    }
    for secret in &source.secrets {
        let _ = writeln!(page, "| `{}` | `{}` |", secret.name, secret.variables.join("` | `"));
    }
    page += "\n# Errors\n\nA variable is not set: the error names every place that was looked at.";
    attributes(&page)
}

/// The function that fetches a resource.
pub(super) fn function(resource: &Resource) -> TokenStream {
    let mut page = match &resource.description {
        Some(description) => format!("{description}\n\n"),
        None => String::new(),
    };
    let records = match &resource.data_selector {
        Some(selector) if selector.keys.as_ref().is_some_and(Vec::is_empty) => {
            "the response itself".to_owned()
        }
        Some(selector) => format!("the response's `{}`", selector.text),
        None => "the list that the response is".to_owned(),
    };
    let _ = write!(
        page,
        "`GET {}`, {}. The records are {records}.\n\n# Errors\n\nThe stream ends in an error when \
         the server refuses a request or cannot be reached, after the retries that the source \
         description allows, and when a response is not as it describes.",
        resource.path,
        paging(&resource.paginator),
    );
    attributes(&page)
}

/// The setter of a secret.
pub(super) fn setter(secret: &Secret) -> TokenStream {
    attributes(&format!(
        "The secret `{}`; [`from_env`](ClientBuilder::from_env) takes it from `{}`.",
        secret.name,
        secret.variables.join("` or `"),
    ))
}

fn paging(paginator: &Paginator) -> String {
    match paginator {
        Paginator::SinglePage => "in one page".to_owned(),
        Paginator::Cursor { cursor_path, cursor_param, limit, .. } => {
            let size = limit.map_or_else(String::new, |limit| format!("{limit} a page, "));
            format!("{size}following `{}` by `{cursor_param}`", cell(&cursor_path.text))
        }
    }
}

fn loading(resource: &Resource) -> String {
    let keys =
        [&resource.primary_key, &resource.merge_key].into_iter().filter(|key| !key.is_empty());
    match resource.write_disposition {
        WriteDisposition::Merge => {
            format!("`merge` by {}", keys.map(|key| words(key)).collect::<Vec<_>>().join(" or "))
        }
        other => format!("`{}`", other.word()),
    }
}

fn words(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", cell(name))).collect();
    quoted.join(", ")
}

/// Links and people call `r#type` `type`.
fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// In a table, `|` would begin the next cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
