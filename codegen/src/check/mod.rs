//! What the keys of a file mean together, and whether that can work.
//!
//! Every rule is a function with its reason above it. All of them run, whatever the others find.

mod auth;
mod batch;
mod body_path;
mod client;
mod column;
mod comparison;
mod duration;
mod each;
mod endpoint;
mod header;
mod incremental;
mod input;
mod key;
mod link;
mod literal;
mod loading;
mod name;
mod named_bounds;
mod next_run;
mod paginator;
mod placeholder;
mod range;
mod record;
mod record_type;
mod relation;
mod request;
mod resource;
mod response_action;
mod response_format;
mod secret;
mod selector;
mod setting;
mod singular;
mod status;
mod stored_name;
mod table;
mod template;
mod url;

use self::{input::Inputs, url::Home};
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
    let mut inputs = Inputs::default();
    inputs.declare(config.config.get(), diagnostics);
    let mut plan = client::check(config.client.get(), module, &mut inputs, diagnostics);
    let base_url = plan.base_url.as_text().unwrap_or_default().to_owned();
    let home = Home { base_url: &base_url, allowed: &plan.allowed_hosts };
    let resources = resource::check_all(config, &home, &mut inputs, diagnostics);
    auth::check_bodies(config, &plan.auth, &resources, diagnostics);
    if is_cut || diagnostics.has_errors() {
        // Where a mistake hides a secret, code that sets it is not wrong.
        document.each_text(&mut |text| inputs.mention(text));
    }
    inputs.check_used(document, diagnostics);
    let (secrets, settings) = inputs.into_lists(module, diagnostics);
    (plan.secrets, plan.config) = (secrets.into(), settings.into());
    Source { description: config.description.get().map(|text| text.0.clone()), plan, resources }
}
