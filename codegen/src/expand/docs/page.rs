//! The page of the source's module: what the source is, its resources, and how it is used.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;
use rest_source_plan::{ResourcePlan, WriteDisposition};

use super::text::{cell, description, lenient_lints, lines};
use crate::{
    model::{Resource, Source},
    tree,
    words::{self, plain},
};

/// The page as outer documentation of the module. Where the user's own documentation does so too, links are
/// resolved from outside, and therefore name the module.
pub(crate) fn outer(source: &Source, module: &str, is_public: bool) -> TokenStream {
    let lines = lines(&page(source, module, module, is_public));
    let lenient = lenient_lints();
    quote!(#(#[doc = #lines])* #[allow(#lenient)])
}

/// The page as inner documentation of a file that is the module. Another file says whether it is public.
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
    let base_url = match source.plan.base_url.as_text() {
        Some(url) if is_address(url) => format!("<{url}>"),
        _ => words::code(&words::template(&source.plan.base_url, "")),
    };
    let _ = writeln!(page, "Reads {base_url} {}.", words::authentication(&source.plan.auth));
    page += &resources(source, at);
    page += &parents(source);
    page += &client(source, at);
    let simple = source.resources.iter().find(|resource| resource.arguments.is_empty());
    if let Some(resource) = simple {
        page += &example(resource, is_public);
    }
    page
}

/// Whether a text can be a link unchanged.
fn is_address(url: &str) -> bool {
    url.starts_with("http")
        && url.chars().all(|c| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%[]".contains(c))
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
            "| [{}](method@{at}::Client::{}) | [`{type_name}`](struct@{at}::{type_name}) | {} | {} | `{}` | {} |",
            cell(&words::code(&resource.plan.name)),
            plain(&resource.function),
            cell(&words::code(&words::endpoint(&resource.plan))),
            cell(&key(&resource.plan)),
            resource.plan.write_disposition.name(),
            cell(&words::paging(&resource.plan.endpoint.paginator)),
            type_name = resource.type_name,
        );
    }
    table
}

fn parents(source: &Source) -> String {
    match tree::block(&source.resources) {
        tree if tree.is_empty() => tree,
        tree => format!(
            "\n# Parents\n\nA child is requested once for each record of its parent, which stands \
             above it.\n\n{tree}"
        ),
    }
}

/// What identifies a record, and what a merge goes by beside that.
fn key(resource: &ResourcePlan) -> String {
    let merges = resource.write_disposition == WriteDisposition::Merge;
    let merge_key = if merges { &*resource.merge_key } else { &[] };
    match (&*resource.primary_key, merge_key) {
        (primary, []) => words::names(primary),
        ([], merge) => format!("merged by {}", words::names(merge)),
        (primary, merge) => {
            format!("{}, merged by {} too", words::names(primary), words::names(merge))
        }
    }
}

fn client(source: &Source, at: &str) -> String {
    let mut text = "\n# Client\n\n".to_owned();
    if source.plan.secrets.is_empty() && source.plan.config.is_empty() {
        let _ = writeln!(
            text,
            "[`Client::builder`](method@{at}::Client::builder) builds it; it needs no secrets."
        );
        return text;
    }
    let inputs: Vec<_> = source.plan.secrets.iter().chain(source.plan.config.iter()).collect();
    let what = match (source.plan.secrets.is_empty(), source.plan.config.is_empty()) {
        (_, true) => "secret",
        (true, false) => "setting",
        (false, false) => "secret or setting",
    };
    let all = what.replace(" or ", "s and ");
    let _ = write!(
        text,
        "[`Client::from_env`](method@{at}::Client::from_env) takes the {all}s from the \
         environment, [`Client::builder`](method@{at}::Client::builder) from you.\n\n\
         | {what} | variable | else | setter |\n| --- | --- | --- | --- |\n"
    );
    for input in inputs {
        let setter = plain(&input.setter);
        let _ = writeln!(
            text,
            "| {} | `{}` | [`{setter}`](method@{at}::ClientBuilder::{setter}) |",
            cell(&words::code(&input.name)),
            input.variables.join("` | `"),
        );
    }
    text
}

/// How a client is built and used, as a test of the user's package: the runtime's `example` tells
/// how it looks where the module cannot be reached.
fn example(resource: &Resource, is_public: bool) -> String {
    let reach = if is_public { "public" } else { "unknown" };
    include_str!("example.md").replace("REACH", reach).replace("FUNCTION", &resource.function)
}
