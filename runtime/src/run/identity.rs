//! What a slice was made of: digests of all that decides what a fetch requests and which records it gives.
//! Secrets are not in it.

use std::fmt::Write as _;

use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::{
    Client,
    error::Reason,
    fetch::{
        options::Options,
        slice::{Identity, Slice},
    },
    plan::{Code as _, ResourcePlan},
};

/// What the slices of this fetch are made of.
pub(crate) fn identity(client: &Client, plan: &ResourcePlan, options: &Options) -> Identity {
    let inner = client.inner();
    let settings = inner.plan.config.iter();
    let settings = settings.map(|input| {
        let value = inner.inputs.config(&input.name).ok().flatten();
        json!([&*input.name, value]).to_string()
    });
    let Options { params, page_size, max_pages, limit, arguments, of_parent, .. } = options;
    let of_parent = of_parent.as_ref().map(|record| record.as_ref().ok());
    let parameters = json!([params, arguments, page_size, max_pages, limit, of_parent]).to_string();
    Identity {
        description: digest([plan.code(), inner.plan.headers.code()]),
        server: digest([client.base_url()]),
        settings: digest(settings),
        // A parameter may have a secret as its value.
        parameters: digest([inner.mask.apply(&parameters)]),
    }
}

/// Why a slice is not one of this fetch, if it is not.
pub(crate) fn check(
    slice: &Slice,
    client: &Client,
    plan: &ResourcePlan,
    options: &Options,
) -> Result<(), Reason> {
    check_made_of(slice, plan, &identity(client, plan, options))
}

/// The same for what is known of the fetch.
pub(crate) fn check_made_of(
    slice: &Slice,
    plan: &ResourcePlan,
    own: &Identity,
) -> Result<(), Reason> {
    if slice.resource != plan.name {
        let of = &slice.resource;
        return Err(format!("the slice is of `{of}`, and this resource is another").into());
    }
    let Identity { description, server, settings, parameters } = &slice.made_of;
    let parts = [
        (*description != own.description, "another description"),
        (*server != own.server, "another base URL"),
        (*settings != own.settings, "other settings"),
        (*parameters != own.parameters, "other parameters, arguments or limits"),
    ];
    let others: Vec<&str> = parts.iter().filter(|part| part.0).map(|part| part.1).collect();
    if others.is_empty() {
        return Ok(());
    }
    let what = format!(
        "the slice is a part of a fetch with {}; fetch it with what that was cut with, or cut this \
         fetch again",
        others.join(" and ")
    );
    Err(what.into())
}

/// The first 128 bits of SHA-256 in hexadecimal digits. Texts end with a character that is in none.
fn digest(texts: impl IntoIterator<Item = String>) -> String {
    let mut sha = Sha256::new();
    for text in texts {
        sha.update(text);
        sha.update([0xff]);
    }
    sha.finalize().iter().take(16).fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}
