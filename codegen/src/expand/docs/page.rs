//! The page of the source's module: what the source is, its resources, and how it is used.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use super::{cell, description, lenient_lints, lines, paging, plain, words};
use crate::{
    config::WriteDisposition,
    model::{Auth, Part, Resource, Source, Template},
};

/// The line of an example that only the compiler knows how to write: it knows where the module is.
pub(super) const USE_CLIENT: &str = "use MODULE::Client;";

/// The page, to stand on the module. Where the user's own documentation does so too, links are
/// resolved from outside, and therefore name the module.
pub(crate) fn outer(source: &Source, module: &str, is_public: bool) -> TokenStream {
    let lines = lines(&page(source, module, module, is_public));
    let lenient = lenient_lints();
    quote!(#(#[doc = #lines])* #[allow(#lenient)])
}

/// The page, to stand in a file that is the module. Whether it is public stands in another file.
pub(crate) fn inner(source: &Source, module: &str) -> TokenStream {
    let lines = lines(&page(source, module, "self", false));
    let lenient = lenient_lints();
    quote!(#(#![doc = #lines])* #![allow(#lenient)])
}

/// The page, from which links reach the module's items by the path `at`.
fn page(source: &Source, module: &str, at: &str, is_public: bool) -> String {
    let mut page = description(source.description.as_deref());
    if page.is_empty() {
        page = format!("The source `{module}`.\n\n");
    }
    let _ = writeln!(page, "Reads <{}> {}.", source.base_url, authentication(source.auth.as_ref()));
    page += &resources(source, at);
    page += &client(source, at);
    if let Some(resource) = source.resources.first() {
        page += &example(resource, is_public);
    }
    page
}

fn authentication(auth: Option<&Auth>) -> String {
    match auth {
        Some(Auth::Bearer { token }) => format!("with a bearer token, {}", secrets(token)),
        None => "without authentication".to_owned(),
    }
}

/// The secrets of a text in words. Other text is not shown: where it stands in a secret's place, it
/// may be one.
fn secrets(template: &Template) -> String {
    let names: Vec<String> = template
        .parts
        .iter()
        .filter_map(|part| match part {
            Part::Secret(name) => Some(format!("`{name}`")),
            Part::Text(_) => None,
        })
        .collect();
    match names.as_slice() {
        [] => "which is written in the description".to_owned(),
        [name] => format!("the secret {name}"),
        names => format!("made of the secrets {}", names.join(", ")),
    }
}

fn resources(source: &Source, at: &str) -> String {
    if source.resources.is_empty() {
        return String::new();
    }
    let mut table = "\n| resource | record | endpoint | key | loading | paging |\n\
                     | --- | --- | --- | --- | --- | --- |\n"
        .to_owned();
    for resource in &source.resources {
        let _ = writeln!(
            table,
            "| [`{}`](method@{at}::Client::{}) | [`{type_name}`](struct@{at}::{type_name}) | `GET {}` | {} | `{}` | {} |",
            cell(&resource.name),
            plain(&resource.function),
            cell(&resource.path),
            key(resource),
            resource.write_disposition.word(),
            paging(&resource.paginator),
            type_name = resource.type_name,
        );
    }
    table
}

/// What identifies a record, and what a merge goes by beside that.
fn key(resource: &Resource) -> String {
    let merges = resource.write_disposition == WriteDisposition::Merge;
    let merge_key = if merges { resource.merge_key.as_slice() } else { &[] };
    match (resource.primary_key.as_slice(), merge_key) {
        (primary, []) => words(primary),
        ([], merge) => format!("merged by {}", words(merge)),
        (primary, merge) => format!("{}, merged by {} too", words(primary), words(merge)),
    }
}

fn client(source: &Source, at: &str) -> String {
    let mut text = "\n# Client\n\n".to_owned();
    if source.secrets.is_empty() {
        let _ = writeln!(
            text,
            "[`Client::builder`](method@{at}::Client::builder) builds it; it needs no secrets."
        );
        return text;
    }
    let _ = write!(
        text,
        "[`Client::from_env`](method@{at}::Client::from_env) takes the secrets from the \
         environment, [`Client::builder`](method@{at}::Client::builder) from you.\n\n\
         | secret | variable | else | setter |\n| --- | --- | --- | --- |\n"
    );
    for secret in &source.secrets {
        let setter = plain(&secret.setter);
        let _ = writeln!(
            text,
            "| `{}` | `{}` | [`{setter}`](method@{at}::ClientBuilder::{setter}) |",
            cell(&secret.name),
            secret.variables.join("` | `"),
        );
    }
    text
}

/// How a client is built and used, as a test of the user's package: the runtime's `example` tells
/// what becomes of it where the module cannot be reached.
fn example(resource: &Resource, is_public: bool) -> String {
    let reach = if is_public { "public" } else { "unknown" };
    include_str!("example.md").replace("REACH", reach).replace("FUNCTION", &resource.function)
}
