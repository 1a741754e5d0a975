//! dlt's REST sources in Python, and documents in Markdown that show one. The file is read and not run: what
//! only running it would tell is a gap.

mod call;
mod changes;
mod class;
mod describe;
mod evaluate;
mod find;
mod keys;
mod markdown;
mod name;
mod notebook;
mod python;
mod resources;
mod sent;
mod text;
mod time;
mod value;

use self::{
    describe::Describer,
    evaluate::Evaluator,
    find::Found,
    python::{File, mistake, parse},
};
use crate::{
    base_url,
    description::{Mapping, Node},
    failure::Failure,
    gap::Gap,
    prose::prose,
    recorded::Address,
    selection::Selection,
    vault::Vault,
};

/// How the configuration of a source is found.
const HELP: &str = "a file has `rest_api_source({…})`, `rest_api_resources({…})` or \
                    `config: RESTAPIConfig = {…}`, with the dictionary in the same file";

/// Reads the first source of a file, and makes a description of what of it is selected.
pub(crate) fn import(text: &str, selection: &Selection) -> Result<(Mapping, Vec<Gap>), Failure> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Err(Failure::new(
            "the file is empty",
            "name a file of Python, or of Markdown with Python",
        ));
    }
    let cells = notebook::cells(text);
    let text = cells.as_deref().unwrap_or(text);
    let blocks = markdown::blocks(text);
    let mut failure = None;
    // Of a file of Python the blocks are in its comments, and of Markdown all that is Python.
    for python in std::iter::once(text).chain(blocks.iter().map(String::as_str)) {
        match source(python, selection) {
            Ok(found) => return Ok(found),
            Err(Missing::Config(none)) => failure = Some(none),
            Err(Missing::Python(none)) => failure = failure.or(Some(none)),
            Err(Missing::Selected(none)) => return Err(none),
        }
    }
    Err(failure.unwrap_or_else(|| Failure::new("the file has no source of dlt", HELP)))
}

/// Why a text gives no source.
enum Missing {
    /// It is no Python.
    Python(Failure),
    /// It has none.
    Config(Failure),
    /// Nothing of it is selected.
    Selected(Failure),
}

fn source(text: &str, selection: &Selection) -> Result<(Mapping, Vec<Gap>), Missing> {
    let tree = parse(text).map_err(Missing::Python)?;
    if let Some(message) = mistake(&tree) {
        return Err(Missing::Python(Failure::new(message, HELP)));
    }
    let file = File::new(text, &tree);
    let mut evaluator = Evaluator::new(&file);
    let (mut found, others) = find::all(&mut evaluator);
    let is_outlined = !found.is_empty();
    // A configuration that is only outlined, as documentation has it, is none.
    found.retain(Found::has_resources);
    let mut found = found.into_iter();
    let Some(first) = found.next() else {
        let message = match others.first() {
            Some((line, what)) => {
                format!("the configuration on line {line} is not in the file: {what}")
            }
            None if is_outlined => "the source of dlt in the file has no resources".to_owned(),
            None => "the file has no source of dlt".to_owned(),
        };
        return Err(Missing::Config(Failure::new(message, HELP)));
    };
    let mut gaps = Vec::new();
    let mut vault = sent::constants(&file);
    let mut described = describe(&first, first.settings.clone(), &mut gaps, &mut vault);
    let all = first.config.get("resources").map(|all| resources::all(all, &mut vault));
    let all = all.unwrap_or_default();
    let mut resources = resources::select(all, selection, &mut gaps).map_err(Missing::Selected)?;
    keys::declare(&mut resources, described.get("resource_defaults").and_then(Node::map));
    described.set("resources", Node::List(resources));
    for (line, method) in &file.of_sources {
        let message = format!("`{method}` changes the source when the file runs");
        gaps.push(Gap::new("changed_later", format!("line {line}"), message));
    }
    for line in &first.changes {
        let message = "the file changes what it has set, which is not followed";
        gaps.push(Gap::new("changed_later", format!("line {line}"), message));
    }
    // Who names resources knows which source they are of.
    for other in found.filter(|_| selection.resources.is_empty()) {
        let message = "the file has another source: import it from a file of its own";
        gaps.push(Gap::new("another_source", format!("line {}", other.config.line), message));
    }
    Ok((described, gaps))
}

/// The description of a configuration, without its resources.
fn describe(
    found: &Found,
    mut settings: Mapping,
    gaps: &mut Vec<Gap>,
    vault: &mut Vault,
) -> Mapping {
    let user = user(found, gaps, vault);
    let mut describer = Describer::new(gaps, vault);
    let mut description = Mapping::new();
    if let Some(text) = found.description.as_deref().and_then(prose) {
        description.set("description", Node::Text(text));
    }
    let part = |key: &str| found.config.get(key);
    let client = part("client").and_then(|client| describer.below("client", client));
    let mut client = client.as_ref().and_then(Node::map).cloned().unwrap_or_default();
    client.entries.retain(|entry| entry.value != Node::Plain("null".to_owned()));
    let base_url = client.remove("base_url");
    let (url, reason) = match &base_url {
        Some(entry) => match &entry.value {
            Node::Text(url) => (url.as_str(), entry.reason.clone()),
            _ => ("", None),
        },
        None => ("", None),
    };
    let base_url = base_url::of(url, reason, &mut settings);
    let mut with_url = Mapping::new();
    with_url.put("base_url", base_url.value, base_url.reason);
    if let Some(user) = user.filter(|_| client.get("auth").is_none()) {
        with_url.guess("auth", user, "the address has a user name and a password");
    }
    with_url.entries.append(&mut client.entries);
    description.set("client", with_url);
    if !settings.is_empty() {
        description.set("config", settings);
    }
    let defaults =
        part("resource_defaults").and_then(|of| describer.below("resource_defaults", of));
    let mut defaults = defaults.as_ref().and_then(Node::map).cloned().unwrap_or_default();
    for (name, value) in &found.options {
        let is_default = ["max_table_nesting", "schema_contract"].contains(&name.as_str());
        if is_default
            && defaults.get(name).is_none()
            && let Some(node) = describer.below(name, value)
        {
            defaults.set(name, node);
        }
    }
    if !defaults.is_empty() {
        description.set("resource_defaults", defaults);
    }
    description
}

/// The user name and password of the base URL, as authentication. Its parameters are a gap.
fn user(found: &Found, gaps: &mut Vec<Gap>, vault: &mut Vault) -> Option<Mapping> {
    let base_url = found.config.get("client").and_then(|client| client.get("base_url"))?;
    let address = Address::read(&base_url.text()?)?;
    if !address.query.is_empty() {
        let message = "the parameters of the base URL are left out: write them as `params`";
        gaps.push(Gap::new("parameter", format!("line {}", base_url.line), message));
    }
    let (name, password) = address.user?;
    Some(Mapping::of([
        ("type", Node::text("http_basic")),
        ("username", Node::Text(vault.keep("username", "username", &name))),
        ("password", Node::Text(vault.keep("password", "password", &password))),
    ]))
}
