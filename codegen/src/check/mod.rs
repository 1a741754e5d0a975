//! What the keys of a file mean together, and whether that can work.
//!
//! Every rule is a function with its reason above it. All of them run, whatever the others find.

mod auth;
mod client;
mod column;
mod endpoint;
mod incremental;
mod key;
mod name;
mod not_yet;
mod paginator;
mod placeholder;
mod record_type;
mod relation;
mod resource;
mod selector;
mod singular;
mod template;
mod url;

use self::template::Secrets;
use crate::{config::Config, diagnostic::Diagnostics, model::Source, yaml::Node};

/// Checks a file and gives what it describes.
///
/// `module` is the name of the source; `is_cut` says that the document ends at a mistake.
pub fn check(
    config: &Config,
    module: &str,
    document: &Node,
    is_cut: bool,
    diagnostics: &mut Diagnostics,
) -> Source {
    let mut secrets = Secrets::default();
    let client = client::check(config.client.get(), &mut secrets, diagnostics);
    let resources = resource::check_all(config, &client.base_url, &mut secrets, diagnostics);
    if is_cut || diagnostics.has_errors() {
        // Where a mistake hides a secret, code that sets it is not wrong.
        document.each_text(&mut |text| secrets.mention(text));
    }
    Source {
        description: config.description.get().cloned(),
        secrets: secrets.into_list(module, diagnostics),
        resources,
        base_url: client.base_url,
        headers: client.headers,
        auth: client.auth,
        retry: client.retry,
        timeout: client.timeout,
    }
}

/// Reports what the file may say and the engine cannot do yet.
pub fn not_yet(config: &Config, diagnostics: &mut Diagnostics) {
    not_yet::check(config, diagnostics);
}
