//! Resources: each for itself, and their names together.

use std::collections::HashMap;

use super::{
    auth, column, endpoint, incremental, key, name, paginator, record_type::RecordTypes, relation,
    selector, template::Secrets,
};
use crate::{
    config::{self, Config, WriteDisposition},
    diagnostic::{Code, Diagnostic, Diagnostics},
    model,
    parse::Setting,
    source::{Span, Spanned},
    yaml::Value,
};

/// Functions of every client, which the one of a resource must not hide.
const CLIENT_METHODS: [&str; 3] = ["builder", "clone", "from_env"];

/// How many more places of a name than two are shown.
const SHOWN_PLACES: usize = 3;

pub(super) fn check_all(
    config: &Config,
    base_url: &str,
    secrets: &mut Secrets,
    diagnostics: &mut Diagnostics,
) -> Vec<model::Resource> {
    let client_paginator = match config.client.get() {
        Some(client) => &client.paginator,
        // A client that is wrong has been reported; it may well have had one.
        None => &Setting::Invalid,
    };
    let default_paginator =
        client_paginator.get().and_then(|p| paginator::check(p, None, diagnostics));
    let types = RecordTypes::of(&config.resources);
    let mut column_types = column::Types::of(config, &types);
    let mut names = Names::default();
    let mut resources = Vec::new();
    let mut related = Vec::new();
    for Spanned { value: resource, span } in &config.resources {
        let Some(name) = resource.name.get() else {
            if resource.name.is_absent() {
                let message = "a resource needs the key `name`";
                let diagnostic = Diagnostic::error(Code::MissingKey, *span, message);
                diagnostics.push(match name_of_path(resource) {
                    Some(name) => diagnostic.help(format!("add `name: {name}`")),
                    None => diagnostic,
                });
            }
            continue;
        };
        if let Some(endpoint) = resource.endpoint.get() {
            related.push((name, resource, relation::check_endpoint(endpoint, diagnostics)));
        } else {
            related.push((name, resource, Vec::new()));
        }
        let paginator = resource_paginator(name, resource, client_paginator, diagnostics)
            .or(default_paginator.clone())
            .unwrap_or(model::Paginator::SinglePage);
        let checked = check(
            name,
            resource,
            paginator,
            base_url,
            &types,
            &mut column_types,
            secrets,
            diagnostics,
        );
        if let Some(checked) = checked
            && names.admit(&checked, name.span, resource, diagnostics)
        {
            resources.push(checked);
        }
    }
    for (name, places) in &names.resources {
        if let Some(duplicate) = duplicate(name, places) {
            diagnostics.push(duplicate);
        }
    }
    relation::check_all(&related, diagnostics);
    resources
}

/// What a resource without a name would probably be called: `orders` for `/v1/orders/{id}`.
fn name_of_path(resource: &config::Resource) -> Option<String> {
    let path = &resource.endpoint.get()?.path.get()?.value;
    let last = path.rsplit('/').find(|part| !part.is_empty() && !part.contains(['{', ':', '.']))?;
    name::function(last, &[]).map(|name| name.trim_start_matches("r#").to_owned())
}

/// The endpoint's own paginator. `None` if it has none, or none that the engine knows.
fn resource_paginator(
    name: &Spanned<String>,
    resource: &config::Resource,
    client: &Setting<config::Paginator>,
    diagnostics: &mut Diagnostics,
) -> Option<model::Paginator> {
    let endpoint = resource.endpoint.get();
    let own = match (&resource.endpoint, endpoint) {
        (Setting::Invalid, _) => return Some(model::Paginator::SinglePage),
        (_, Some(endpoint)) => &endpoint.paginator,
        (_, None) => &Setting::Absent,
    };
    if let Setting::Given(paginator) = own {
        if let config::Paginator::Auto(_) = paginator {
            paginator::guessed(name.span, diagnostics);
        }
        return paginator::check(paginator, endpoint, diagnostics);
    }
    // An entity by its key, `posts/{id}`, is one record; dlt reads it as one page too.
    let single = endpoint.and_then(|endpoint| endpoint.path.get()).is_some_and(|path| {
        path.value.trim_end_matches('/').rsplit('/').next().is_some_and(|last| {
            last.starts_with('{') && last.ends_with('}') && !last.starts_with("{{")
        })
    });
    let guessed = match client {
        Setting::Absent | Setting::Given(config::Paginator::Auto(_)) => true,
        Setting::Given(_) | Setting::Invalid => false,
    };
    if single {
        return Some(model::Paginator::SinglePage);
    }
    if guessed && own.is_absent() {
        paginator::guessed(name.span, diagnostics);
    }
    None
}

#[expect(clippy::too_many_arguments, reason = "each is something else")]
fn check(
    name: &Spanned<String>,
    resource: &config::Resource,
    paginator: model::Paginator,
    base_url: &str,
    types: &RecordTypes,
    column_types: &mut column::Types,
    secrets: &mut Secrets,
    diagnostics: &mut Diagnostics,
) -> Option<model::Resource> {
    let unset = config::Endpoint::default();
    let endpoint = resource.endpoint.get().unwrap_or(&unset);
    endpoint::check(endpoint, base_url, diagnostics);
    if let Some(auth) = endpoint.auth.get() {
        auth::check(auth, secrets, diagnostics);
    }
    if let Some(Spanned { value: config::RawNode(steps), span }) = resource.processing_steps.get()
        && !matches!(&steps.value, Value::Sequence(steps) if steps.is_empty())
    {
        incremental::python_function("processing_steps", *span, diagnostics);
    }
    // As in dlt, empty text says nothing.
    let data_selector = endpoint.data_selector.get().filter(|selector| !selector.value.is_empty());
    let data_selector = match data_selector {
        Some(selector) => selector::read(selector, diagnostics),
        None => None,
    };
    key::check_names(resource, diagnostics);
    key::check_merge(name, resource, diagnostics);
    let type_name = types.name(&name.value, resource, diagnostics);
    let owner = type_name.as_deref().unwrap_or_default();
    let columns = column::check(resource, owner, column_types, diagnostics);
    let write_disposition = resource.write_disposition.get();
    Some(model::Resource {
        function: function(name, diagnostics)?,
        type_name: type_name?,
        name: name.value.clone(),
        description: resource.description.get().cloned(),
        path: endpoint.path.get().unwrap_or(name).value.clone(),
        params: params(endpoint),
        data_selector,
        paginator,
        primary_key: key::primary(resource),
        merge_key: key::merge(resource),
        write_disposition: write_disposition
            .map_or(WriteDisposition::Append, |disposition| disposition.word.value),
        columns,
    })
}

/// A parameter that is `null` is not sent, one that is a list is sent once for each value.
fn params(endpoint: &config::Endpoint) -> Vec<(String, String)> {
    let params = endpoint.params.get().into_iter().flat_map(|params| &params.entries);
    let values = params.flat_map(|(name, param)| match &param.value {
        config::Param::Values(values) => values.iter().map(|value| (name, value)).collect(),
        _ => Vec::new(),
    });
    values.map(|(name, value)| (name.value.clone(), value.value.0.clone())).collect()
}

fn function(name: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<String> {
    let function = name::function(&name.value, &CLIENT_METHODS);
    if function.is_none() {
        let message = format!("no Rust name can be made of `{}`", name.value);
        diagnostics.push(
            Diagnostic::error(Code::InvalidName, name.span, message)
                .help("give it a name with letters, and the rest to `endpoint.path`"),
        );
    }
    function
}

/// The names given so far, and where.
#[derive(Default)]
struct Names {
    /// In the file's order, each with all places where it stands.
    resources: Vec<(String, Vec<Span>)>,
    /// Where a resource is in these.
    known: HashMap<String, usize>,
    functions: HashMap<String, (String, Span)>,
    types: HashMap<String, (String, Span)>,
}

impl Names {
    /// Whether a resource has names of its own.
    fn admit(
        &mut self,
        checked: &model::Resource,
        span: Span,
        resource: &config::Resource,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let name = &checked.name;
        if let Some(known) = self.known.get(name) {
            self.resources[*known].1.push(span);
            return false;
        }
        self.known.insert(name.clone(), self.resources.len());
        self.resources.push((name.clone(), vec![span]));
        let type_span = resource.type_name.get().map_or(span, |chosen| chosen.span);
        let type_name = &checked.type_name;
        let paste = format!("give one of them another, `type_name: {type_name}Record`");
        let function = checked.function.clone();
        clash(&mut self.functions, function, "function", name, span, "rename one of them", diagnostics)
            // Resources whose functions clash are renamed, and their types with them.
            && clash(&mut self.types, type_name.clone(), "type", name, type_span, &paste, diagnostics)
    }
}

/// However often a name stands in the file, that is one mistake.
fn duplicate(name: &str, places: &[Span]) -> Option<Diagnostic> {
    let [first, second, others @ ..] = places else { return None };
    let number = match places.len() {
        2 => "two".to_owned(),
        number => number.to_string(),
    };
    let message = format!("there are {number} resources `{name}`");
    let mut diagnostic = Diagnostic::error(Code::DuplicateResource, *second, message)
        .says("here again")
        .label(*first, "first here");
    let (shown, rest) = others.split_at(others.len().min(SHOWN_PLACES));
    for place in shown {
        diagnostic = diagnostic.label(*place, "and here");
    }
    if !rest.is_empty() {
        diagnostic = diagnostic.note(format!("and {} more times", rest.len()));
    }
    Some(diagnostic.help("one endpoint can serve several resources: name them apart"))
}

fn clash(
    given: &mut HashMap<String, (String, Span)>,
    rust_name: String,
    what: &str,
    name: &str,
    span: Span,
    help: &str,
    diagnostics: &mut Diagnostics,
) -> bool {
    let Some((first, first_span)) = given.get(&rust_name) else {
        given.insert(rust_name, (name.to_owned(), span));
        return true;
    };
    let message = format!("`{first}` and `{name}` would share the {what} `{rust_name}`");
    diagnostics.push(
        Diagnostic::error(Code::NameClash, span, message)
            .says("the second")
            .label(*first_span, "the first")
            .help(help),
    );
    false
}
