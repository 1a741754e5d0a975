//! Resources: each for itself, and their names together.

mod names;

use std::mem;

use rest_source_plan::{
    Auth, Endpoint, Inferred, Link, Method, Paginator, ResourcePlan, ResponseFormat, Selector, Str,
};

use self::names::{Names, duplicate, function};
use super::{
    auth, batch, column,
    each::{self, Lists},
    endpoint, incremental,
    input::Inputs,
    key,
    link::{self, Draft},
    loading, name, next_run,
    paginator::{self, FirstPages},
    record,
    relation::{self, Related},
    request::{self, Request},
    response_action, response_format, selector, table,
    url::Home,
};
use crate::{
    config::{self, Config},
    diagnostic::{Code, Diagnostic, Diagnostics},
    model,
    parse::Setting,
    source::Spanned,
};

pub(super) fn check_all(
    config: &Config,
    home: &Home<'_>,
    inputs: &mut Inputs,
    diagnostics: &mut Diagnostics,
) -> Vec<model::Resource> {
    let client_paginator = match config.client.get() {
        Some(client) => match &client.paginator {
            Setting::Given(paginator) => {
                Setting::Given(paginator::check(paginator, None, inputs, diagnostics))
            }
            Setting::Absent => Setting::Absent,
            Setting::Invalid => Setting::Invalid,
        },
        // A client that is wrong has been reported; it may well have had one.
        None => Setting::Invalid,
    };
    let client_keep = config.client.get().and_then(|client| client.paginator.get()?.keep());
    let mut names = Names::default();
    let mut types = column::Types::of(config, diagnostics);
    let mut drafts = Vec::new();
    let mut related = Vec::new();
    let mut forms = Vec::new();
    let mut admitted = Vec::new();
    let mut first_pages = FirstPages::default();
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
        let unset = config::Endpoint::default();
        let endpoint = resource.endpoint.get().unwrap_or(&unset);
        let path = endpoint.path.get().map(|path| path.clone().map(|path| path.0));
        let path = &path.unwrap_or_else(|| name.clone());
        let mut paginator =
            self::paginator(name, path, resource, &client_paginator, inputs, diagnostics);
        let mut lists = Lists::of(resource);
        let mut request = request::read(path, endpoint, &mut lists, inputs, diagnostics);
        let given = given_paginator(endpoint, config);
        paginator::fit(&mut paginator, given, &request.paged, diagnostics);
        first_pages.add(given, &path.value, endpoint);
        let of_request = request.taken.len();
        let selector = data_selector(path, endpoint, resource, diagnostics);
        let made = (&mut request, &paginator, &mut lists);
        let records =
            record::check(resource, endpoint, made, selector.as_ref(), inputs, diagnostics);
        let lists = lists.read(inputs, diagnostics);
        let added = (request.taken.get(of_request..).unwrap_or_default(), &request.limits);
        batch::check(resource, &request.batches, added, diagnostics);
        let taken = mem::take(&mut request.taken);
        let origins = link::Origins::of(&taken);
        related.push(Related { name, resource, taken, made: records.made_names() });
        endpoint::check(path, endpoint, &request.names, home.base_url, diagnostics);
        let client = config.client.get().and_then(|client| client.paginator.get());
        let format = response_format::check(
            resource,
            client.filter(|_| !is_single(&path.value, resource)),
            diagnostics,
        );
        let auth = endpoint.auth.get().map(|auth| auth::check(auth, home, inputs, diagnostics));
        let keep = keep(path, endpoint, resource, client_keep);
        let served = Served {
            path,
            endpoint,
            request,
            paginator,
            auth,
            format,
            keep,
            origins,
            lists,
            selector,
            records: &records,
        };
        let type_name = types.of_records(&name.value, resource, diagnostics);
        let draft = check(name, resource, served, type_name, &mut types, inputs, diagnostics);
        if let Some(draft) = draft
            && names.admit(&draft.resource, &name.value, name.span, resource, diagnostics)
        {
            let origins = draft.origins.names.clone();
            admitted.push(table::Named { name, resource, origins });
            drafts.push(draft);
        }
        forms.push((name.value.as_str(), records));
    }
    for (name, places) in &names.resources {
        if let Some(duplicate) = duplicate(name, places) {
            diagnostics.push(duplicate);
        }
    }
    table::check(&admitted, diagnostics);
    first_pages.report(diagnostics);
    let endpoints = config.resources.iter().filter_map(|resource| resource.value.endpoint.get());
    endpoint::check_left_out(endpoints, diagnostics);
    relation::check_all(&related, diagnostics);
    record::check_children(&related, &forms, diagnostics);
    let linked = link::link(drafts, diagnostics);
    table::check_shared(&admitted, &linked, diagnostics);
    linked
}

/// What a resource without a name would probably be called: `orders` for `/v1/orders/{id}`.
fn name_of_path(resource: &config::Resource) -> Option<String> {
    let path = &resource.endpoint.get()?.path.get()?.value.0;
    let last = path.rsplit('/').find(|part| !part.is_empty() && !part.contains(['{', ':', '.']))?;
    name::function(last, &[]).map(|name| name.trim_start_matches("r#").to_owned())
}

/// What serves a resource.
struct Served<'a> {
    path: &'a Spanned<String>,
    endpoint: &'a config::Endpoint,
    request: Request,
    paginator: Paginator,
    auth: Option<Auth>,
    format: ResponseFormat,
    keep: Option<&'a Spanned<config::Keep>>,
    origins: link::Origins,
    /// Where the records are.
    selector: Option<Selector>,
    records: &'a record::Checked,
    lists: Vec<each::List>,
}

/// The endpoint's paginator, else the client's; as in dlt, `auto` counts as absent.
fn paginator(
    name: &Spanned<String>,
    path: &Spanned<String>,
    resource: &config::Resource,
    client: &Setting<Paginator>,
    inputs: &mut Inputs,
    diagnostics: &mut Diagnostics,
) -> Paginator {
    let endpoint = resource.endpoint.get();
    let own = match (&resource.endpoint, endpoint) {
        (Setting::Invalid, _) => return Paginator::SinglePage,
        (_, Some(endpoint)) => &endpoint.paginator,
        (_, None) => &Setting::Absent,
    };
    match own {
        Setting::Given(config::Paginator::Auto(_)) => {}
        Setting::Given(paginator) => {
            return paginator::check(paginator, endpoint, inputs, diagnostics);
        }
        Setting::Absent if is_single(&path.value, resource) => return Paginator::SinglePage,
        Setting::Absent | Setting::Invalid => {}
    }
    match (client, own) {
        (Setting::Given(paginator), _) if *paginator != Paginator::Auto => paginator.clone(),
        (Setting::Invalid, _) | (_, Setting::Invalid) => Paginator::SinglePage,
        (Setting::Given(_) | Setting::Absent, _) => {
            paginator::guessed(name.span, diagnostics);
            Paginator::Auto
        }
    }
}

/// What the file says of the paginator of an endpoint, of its own or of the client's.
fn given_paginator<'a>(
    endpoint: &'a config::Endpoint,
    config: &'a Config,
) -> Option<&'a config::Paginator> {
    let own = endpoint.paginator.get();
    let own = own.filter(|own| !matches!(own, config::Paginator::Auto(_)));
    own.or_else(|| config.client.get()?.paginator.get())
}

/// What the paginator that [`paginator`] takes leaves for the next run.
fn keep<'a>(
    path: &Spanned<String>,
    endpoint: &'a config::Endpoint,
    resource: &config::Resource,
    client: Option<&'a Spanned<config::Keep>>,
) -> Option<&'a Spanned<config::Keep>> {
    match &endpoint.paginator {
        Setting::Given(config::Paginator::Auto(_)) => client,
        Setting::Given(paginator) => paginator.keep(),
        Setting::Absent if is_single(&path.value, resource) => None,
        Setting::Absent => client,
        Setting::Invalid => None,
    }
}

/// Whether a path leads to one entity by its key, `posts/{id}`, which is one record: its last segment
/// has a placeholder. That is dlt's rule too, but for a value of the range or the paginator, which is no key,
/// and for several keys.
fn is_single(path: &str, resource: &config::Resource) -> bool {
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let mut rest = last;
    while let Some((_, after)) = rest.split_once('{') {
        rest = after;
        let Some((name, _)) = after.split_once('}') else { return false };
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        if !name.is_empty() && name.chars().all(is_name) {
            let is_key = !["incremental.", "paginator."].iter().any(|kind| name.starts_with(kind));
            return is_key && !batch::is_several(name, resource);
        }
    }
    false
}

fn check(
    name: &Spanned<String>,
    resource: &config::Resource,
    served: Served<'_>,
    type_name: Option<String>,
    types: &mut column::Types,
    inputs: &mut Inputs,
    diagnostics: &mut Diagnostics,
) -> Option<Draft> {
    key::check_names(resource, diagnostics);
    key::check_merge(name, resource, diagnostics);
    loading::check_hard_delete(resource, diagnostics);
    let owner = type_name.as_deref().unwrap_or_default();
    let Served {
        path,
        endpoint,
        request,
        paginator,
        auth,
        format,
        keep,
        origins,
        lists,
        selector,
        records,
    } = served;
    let mut columns = column::check(resource, owner, &records.made_names(), types, diagnostics);
    records.add_columns(resource, &mut columns);
    let planned: Vec<_> = columns.iter().map(column::plan).collect();
    records.check_comparisons(&format, &planned, diagnostics);
    let described = endpoint;
    let endpoint = Endpoint {
        method: endpoint.method.get().map_or(Method::Get, |method| method.value),
        path: request.path,
        params: request.params.into(),
        headers: request.headers.into(),
        body: request.body,
        auth,
        response_format: format,
        data_selector: selector,
        data_selector_required: endpoint
            .data_selector_required
            .get()
            .is_none_or(|required| required.value),
        records: records.form.clone(),
        paginator,
        inferred: inferred(&path.value, endpoint, resource),
        response_actions: response_action::check(endpoint, diagnostics),
        incremental: incremental::plan(
            resource,
            &columns,
            keep,
            &request.bounds,
            request.limits,
            inputs,
            diagnostics,
        ),
        ..Endpoint::DEFAULT
    };
    let next_run = endpoint.incremental.as_ref().map(|incremental| &incremental.next_run);
    next_run::check_restart(described, next_run, diagnostics);
    let mut plan = ResourcePlan::new("", endpoint, &[]);
    plan.name = name.value.clone().into();
    let table_name = resource.table_name.get().unwrap_or(name);
    plan.table_name = table_name.value.clone().into();
    plan.selected = resource.selected.get() != Some(&false);
    plan.primary_key = key::primary(resource).into_iter().map(Str::from).collect();
    plan.merge_key = key::merge(resource).into_iter().map(Str::from).collect();
    (plan.write_disposition, plan.merge_strategy) = loading::disposition(resource);
    plan.schema_contract = loading::contract(resource);
    let nesting = resource.max_table_nesting.get();
    plan.max_table_nesting =
        nesting.map(|nesting| u32::try_from(nesting.value).unwrap_or(u32::MAX));
    Some(Draft {
        resource: model::Resource {
            description: resource.description.get().map(|text| text.0.clone()),
            function: function(name, diagnostics)?,
            type_name: type_name?,
            origins: Vec::new(),
            arguments: Vec::new(),
            plan: Link::from(plan.clone()),
            columns,
        },
        plan,
        arguments: request.arguments,
        batches: request.batches.into_iter().map(|named| named.batched).collect(),
        lists,
        include: relation::included(resource, &origins.names)
            .into_iter()
            .map(|(origin, included)| (origin.to_owned(), included))
            .collect(),
        origins,
    })
}

/// What follows from the path alone, which a response may contradict.
fn inferred(path: &str, endpoint: &config::Endpoint, resource: &config::Resource) -> Inferred {
    let is_single = is_single(path, resource);
    let selector = &endpoint.data_selector;
    Inferred {
        data_selector: is_single
            && !response_format::is_list(endpoint)
            && selector.get().is_none_or(|selector| selector.value.is_empty()),
        paginator: is_single && endpoint.paginator.is_absent(),
        ..Inferred::DEFAULT
    }
}

/// Where the records are. As in dlt, empty text counts as absent, and an entity is its response.
fn data_selector(
    path: &Spanned<String>,
    endpoint: &config::Endpoint,
    resource: &config::Resource,
    diagnostics: &mut Diagnostics,
) -> Option<Selector> {
    if let Some(list) = response_format::data_selector(endpoint) {
        return Some(list);
    }
    match endpoint.data_selector.get().filter(|selector| !selector.value.is_empty()) {
        Some(selector) => selector::read(selector, diagnostics),
        None if is_single(&path.value, resource) => Some(Selector::ROOT),
        None => None,
    }
}
