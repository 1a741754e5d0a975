//! Documentation in Markdown, taken from the file. That of the module is in [`page`].

mod column;
mod page;

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

pub(super) use self::column::{field, nested, word, word_enum};
pub(crate) use self::page::{inner, outer};
use crate::model::{Paginator, Resource, Secret, Source};

/// A page as attributes, one for each line, as `///` would give them.
pub(super) fn attributes(page: &str) -> TokenStream {
    let lines = lines(page);
    quote!(#(#[doc = #lines])*)
}

fn lines(page: &str) -> Vec<TokenStream> {
    let line = |line: &str| match line {
        "" => quote!(""),
        page::USE_CLIENT => {
            quote!(::core::concat!(" use ", ::core::module_path!(), "::Client;"))
        }
        line => {
            let line = format!(" {line}");
            quote!(#line)
        }
    };
    page.lines().map(line).collect()
}

/// What the file says of a thing, as the beginning of its page. It is Markdown, but no program: code
/// in it would become a test of the user's package.
fn description(description: Option<&str>) -> String {
    let Some(description) = description else { return String::new() };
    let mut page = String::new();
    let mut in_fence = false;
    for line in description.lines() {
        let content = line.trim_start();
        let fence = ["```", "~~~"].into_iter().find(|fence| content.starts_with(fence));
        if let Some(fence) = fence {
            in_fence = !in_fence;
            page += if in_fence { fence } else { content };
            page += if in_fence { "text" } else { "" };
        } else if in_fence {
            page += line;
        } else {
            // Four spaces would begin code.
            page += &" ".repeat((line.len() - content.len()).min(3));
            page += content;
        }
        page.push('\n');
    }
    if in_fence {
        page += "```\n";
    }
    page + "\n"
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
    let mut page = description(resource.description.as_deref());
    let _ = write!(
        page,
        "A record of the resource `{}`, as [`Client::{}`] fetches it from `GET {}`.",
        resource.name,
        plain(&resource.function),
        resource.path,
    );
    if !resource.primary_key.is_empty() {
        let _ = write!(page, "\n\nIts primary key is {}.", words(&resource.primary_key));
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
    let mut page = description(resource.description.as_deref());
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
