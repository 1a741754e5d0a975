//! Documentation in Markdown, taken from the file. That of the module is in [`page`].

mod column;
mod page;
mod text;

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;
use rest_source_plan::{Input, SettingType};

pub(super) use self::column::{field, nested, word, word_enum};
pub(crate) use self::page::{inner, outer};
use self::text::{attributes, description, lenient_lints};
use crate::{
    model::{Resource, Source},
    words::{self, plain},
};

/// Descriptions are Markdown whose authors may not know rustdoc's rules.
pub(super) fn lenient() -> TokenStream {
    let lints = lenient_lints();
    quote!(#[allow(clippy::pedantic, #lints)])
}

/// The struct of a resource's records.
pub(super) fn record(resource: &Resource) -> TokenStream {
    let mut page = description(resource.description.as_deref());
    let _ = write!(
        page,
        "A record of the resource {}, as [`Client::{}`] fetches it from {}.",
        words::code(&resource.plan.name),
        plain(&resource.function),
        words::code(&words::endpoint(&resource.plan)),
    );
    if !resource.plan.primary_key.is_empty() {
        let _ =
            write!(page, "\n\nIts primary key is {}.", words::names(&resource.plan.primary_key));
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

/// The resources of the client, as a loader sees them.
pub(super) fn resources(source: &Source) -> TokenStream {
    let asking: Vec<String> = source
        .resources
        .iter()
        .filter(|resource| !resource.arguments.is_empty())
        .map(|resource| format!("[`{0}`](Client::{0})", plain(&resource.function)))
        .collect();
    if asking.is_empty() {
        return TokenStream::new();
    }
    let (subject, verb) = if asking.len() == 1 { ("takes", "is") } else { ("take", "are") };
    attributes(&format!(
        "All resources that can be fetched without arguments: {} {subject} some, and {verb} not \
         among them.",
        asking.join(", "),
    ))
}

/// The builder.
pub(super) fn builder(source: &Source) -> TokenStream {
    let mut page = "Builds a [`Client`].".to_owned();
    let inputs: Vec<_> = source.plan.secrets.iter().chain(source.plan.config.iter()).collect();
    let may_be_left = |input: &Input| input.optional || input.default.is_some();
    let setters = |inputs: &[&Input]| {
        let setters = inputs.iter();
        let setters =
            setters.map(|input| format!("[`{0}`](ClientBuilder::{0})", plain(&input.setter)));
        setters.collect::<Vec<_>>().join(", ")
    };
    let (others, needed): (Vec<_>, Vec<_>) =
        inputs.into_iter().partition(|input| may_be_left(input));
    if !needed.is_empty() {
        let _ = write!(
            page,
            "\n\nIt needs {}, given here or taken [from the \
             environment](ClientBuilder::from_env). They are part of neither the source \
             description nor the compiled program.",
            setters(&needed)
        );
    }
    if !others.is_empty() {
        let _ = write!(page, "\n\nIt takes {}, which may be left out.", setters(&others));
    }
    attributes(&page)
}

/// `Client::from_env`.
pub(super) fn from_env(source: &Source) -> TokenStream {
    let settings = if source.plan.config.is_empty() { "" } else { " and settings" };
    let mut page = format!("A client that takes its secrets{settings} from the environment.\n");
    for (kind, inputs) in [("secret", &source.plan.secrets), ("setting", &source.plan.config)] {
        if inputs.is_empty() {
            continue;
        }
        let _ = write!(page, "\n| {kind} | variable | else |\n| --- | --- | --- |\n");
        for input in inputs.iter() {
            let _ = writeln!(
                page,
                "| {} | `{}` |",
                words::code(&input.name),
                input.variables.join("` | `")
            );
        }
    }
    page += "\n# Errors\n\nA variable is not set: the error names every place that was looked at.";
    attributes(&page)
}

/// The function that fetches a resource.
pub(super) fn function(resource: &Resource) -> TokenStream {
    let mut page = description(resource.description.as_deref());
    let endpoint = &resource.plan.endpoint;
    let _ = write!(
        page,
        "{}, {}. The records are {}.",
        words::code(&words::endpoint(&resource.plan)),
        words::paging(&endpoint.paginator),
        words::records(endpoint),
    );
    let steps = words::steps(&endpoint.records, words::parent_name(&resource.plan));
    if !steps.is_empty() {
        let _ = write!(page, "\n\nThey come {}.", steps.join("; "));
    }
    if let Some(parent) = &resource.plan.parent {
        let each = match parent.batches.first() {
            Some(batched) => format!("once for up to {} records", batched.batch.size),
            None => "once for each record".to_owned(),
        };
        let name = words::code(&parent.plan.name);
        let _ = write!(page, "\n\nIt is asked {each} of {name}");
        for crossed in resource.plan.crossed.iter() {
            let _ = write!(page, ", combined with each of {}", words::code(&crossed.plan.name));
        }
        let is = if resource.plan.crossed.is_empty() { "is" } else { "are" };
        let _ = write!(page, ", which {is} fetched for it.");
    }
    if let Some(incremental) = &endpoint.incremental {
        let _ = write!(
            page,
            "\n\nA run of a pipeline fetches what is new by {}.",
            words::next_run(incremental)
        );
    }
    if let Some(auth) = &endpoint.auth {
        let _ = write!(page, "\n\nIt is read {}.", words::authentication(auth));
    }
    if !resource.arguments.is_empty() {
        let arguments: Vec<String> = resource
            .arguments
            .iter()
            .map(|argument| format!("`{}`", plain(&argument.variable)))
            .collect();
        let _ = write!(
            page,
            "\n\n{} a part of the path. As a pipeline knows no such value, it does not load this \
             resource.",
            match arguments.as_slice() {
                [one] => format!("{one} is"),
                all => format!("{} are each", all.join(", ")),
            },
        );
    }
    page += "\n\n# Errors\n\nThe stream ends in an error when the server refuses a request or \
             cannot be reached, after the retries that the source description allows, and when a \
             response is not as it describes.";
    attributes(&page)
}

/// The setter of a secret or a setting.
pub(super) fn setter(kind: &str, input: &Input) -> TokenStream {
    let mut page = description(input.description.as_deref());
    let _ = write!(
        page,
        "The {kind} {}; [`from_env`](ClientBuilder::from_env) takes it from `{}`.",
        words::code(&input.name),
        input.variables.join("` or `"),
    );
    if input.data_type == SettingType::List {
        page += " There it is written with commas, `a,b`, or as JSON.";
    }
    match &input.default {
        Some(default) => {
            let _ = write!(page, "\n\nDefault: {}.", words::code(&words::template(default, "")));
        }
        None if input.optional => page += "\n\nWithout it, what uses it is not sent.",
        None => {}
    }
    if let Some(condition) = words::needed_if(input) {
        let _ = write!(page, "\n\nIt is needed {condition}.");
    }
    attributes(&page)
}
