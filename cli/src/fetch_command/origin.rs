//! What the records of a resource come from, in words that a checkpoint can be held against.

use std::{collections::BTreeMap, fmt::Write as _};

use rest_source::plan::{Part, ResourcePlan, Template};
use rest_source_codegen::words;
use rest_source_dynamic::{Failure, Fetch};
use serde_json::json;
use sha2::{Digest as _, Sha256};

/// By the names of resources, what their records come from, first in the words of this release.
pub(super) type Origins = BTreeMap<String, Vec<String>>;

type Pairs = [(String, String)];

/// What the records of each resource that will be fetched come from, in words without secrets: first those
/// of this release, then of earlier ones, which knew of no settings. A checkpoint is good for where it came
/// from.
pub(super) fn origins(
    fetch: &Fetch,
    params: &Pairs,
    arguments: &Pairs,
) -> Result<Origins, Failure> {
    let origins = fetch.resources()?.into_iter().map(|resource| {
        let address = resource.address().unwrap_or_default();
        let [now, earlier] = [mark(params), earlier_mark(params)]
            .map(|mark| origin(address, resource.plan(), &mark, arguments));
        let now = match &*rest_source_load::variant(&resource) {
            "" => now,
            variant => format!("{now} for {variant}"),
        };
        (resource.plan().name.to_string(), vec![now, earlier])
    });
    Ok(origins.collect())
}

/// `GET https://api.example.com/posts/{resources.posts.id}/comments below GET /posts`, with what the
/// arguments say and a mark of the parameters, which may be secret.
fn origin(
    base_url: &str,
    plan: &ResourcePlan,
    params: &str,
    arguments: &[(String, String)],
) -> String {
    let mut origin = String::new();
    for plan in plan.line() {
        let method = plan.endpoint.method.name();
        let (address, path) = (base_url.trim_end_matches('/'), path(plan, arguments));
        let address = if origin.is_empty() {
            format!("{method} {address}")
        } else {
            format!(" below {method} ")
        };
        let _ = write!(origin, "{address}/{}", path.trim_start_matches('/'));
        if let Some(incremental) = &plan.endpoint.incremental {
            let _ = write!(origin, " by {}", words::next_run(incremental));
        }
    }
    if !params.is_empty() {
        let _ = write!(origin, " with parameters {params}");
    }
    origin
}

fn path(plan: &ResourcePlan, arguments: &[(String, String)]) -> String {
    let Template(parts) = &plan.endpoint.path;
    let parent = words::parent_name(plan);
    let parts = parts.iter().map(|part| match part {
        Part::Argument(name) => match arguments.iter().find(|(given, _)| given == name) {
            Some((_, value)) => value.clone(),
            None => words::part(part, parent),
        },
        // What it comes to differs from run to run.
        Part::Incremental(_) | Part::Formatted(_) => "{incremental}".to_owned(),
        part => words::part(part, parent),
    });
    parts.collect()
}

/// A mark of parameters, which may be secret: the first 128 bits of SHA-256 over them as JSON. Nothing if
/// there are none.
fn mark(params: &[(String, String)]) -> String {
    if params.is_empty() {
        return String::new();
    }
    let digest = Sha256::digest(json!(params).to_string().as_bytes());
    digest.iter().take(16).fold(String::new(), |mut mark, byte| {
        let _ = write!(mark, "{byte:02x}");
        mark
    })
}

/// The same as earlier releases have made it, with whose files a fetch is still resumed: FNV-1a of 32
/// bits.
fn earlier_mark(params: &[(String, String)]) -> String {
    if params.is_empty() {
        return String::new();
    }
    let hash = format!("{params:?}")
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{hash:08x}")
}
