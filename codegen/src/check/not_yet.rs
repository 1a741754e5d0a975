//! What the language has and the engine cannot do yet. `check` on the command line takes it; code
//! that would do something else than the file says is not generated.

use super::{paginator, selector::is_path_of_keys};
use crate::{
    config::{Auth, Config, Endpoint, Method, Paginator, Param, Resource, WriteDisposition},
    diagnostic::{Code, Diagnostic, Diagnostics},
    parse::Setting,
    source::{Span, Spanned},
};

pub(super) fn check(config: &Config, diagnostics: &mut Diagnostics) {
    for resource in &config.resources {
        let at = resource.value.name.get().map_or(resource.span, |name| name.span);
        let client = config.client.get();
        let default = client.map_or(&Setting::Invalid, |client| &client.paginator);
        let unset = Endpoint::default();
        let endpoint = resource.value.endpoint.get().unwrap_or(&unset);
        let paginator = if endpoint.paginator.is_absent() { default } else { &endpoint.paginator };
        if matches!(paginator, Setting::Absent | Setting::Given(Paginator::Auto(_))) {
            let diagnostic = error("finding out how a resource is paged", at);
            diagnostics.push(paginator::with_examples(diagnostic));
        }
        for what in missing(&resource.value, endpoint, paginator) {
            diagnostics.push(error(&what, at));
        }
    }
    let Some(client) = config.client.get() else { return };
    let at = client.base_url.get().map_or(Span::default(), |url| url.span);
    let mut texts = client.base_url.get().map(|url| url.value.as_str()).into_iter().chain(
        client
            .headers
            .get()
            .into_iter()
            .flat_map(|headers| &headers.entries)
            .map(|(_, value)| value.value.0.as_str()),
    );
    let in_config = texts.any(|text| text.contains("{config."));
    let in_url = client.base_url.get().is_some_and(|url| url.value.contains('{'));
    let kind = client.auth.get();
    let other_auth = kind.is_some_and(|auth| !matches!(auth, Auth::Bearer(_) | Auth::None(_)));
    for (what, is_set) in [
        ("a placeholder of `config` or in `base_url`", in_config || in_url),
        ("this kind of `auth`", other_auth),
        ("`rate_limit`", client.rate_limit.get().is_some()),
        ("`concurrency`", client.concurrency.get().is_some()),
        ("`allowed_hosts`", client.allowed_hosts.get().is_some()),
    ] {
        if is_set {
            diagnostics.push(error(what, at));
        }
    }
}

fn error(what: &str, at: Span) -> Diagnostic {
    let message = format!("{what} is part of the language, but the engine cannot do it yet");
    Diagnostic::error(Code::NotYet, at, message)
}

fn missing(
    resource: &Resource,
    endpoint: &Endpoint,
    paginator: &Setting<Paginator>,
) -> Vec<String> {
    let mut missing = Vec::new();
    let mut note = |is_set: bool, what: &str| {
        if is_set {
            missing.push(what.to_owned());
        }
    };
    if let Some(paginator) = paginator.get() {
        let known = match paginator {
            Paginator::SinglePage(_) | Paginator::Auto(_) => true,
            Paginator::Cursor(cursor) => {
                cursor.cursor_body_path.is_absent()
                    && cursor.initial_cursor.is_absent()
                    && cursor.stop_after_empty_page.is_absent()
                    && cursor.has_more_path.is_absent()
            }
            _ => false,
        };
        note(!known, "this paginator");
    }
    let method = endpoint.method.get().map(|method| method.value);
    note(method == Some(Method::Post), "`method: POST`");
    note(!endpoint.json.is_absent() || !endpoint.data.is_absent(), "a body");
    note(!endpoint.headers.is_absent(), "`headers` of an endpoint");
    note(!endpoint.auth.is_absent(), "`auth` of an endpoint");
    note(!endpoint.response_actions.is_absent(), "`response_actions`");
    note(!endpoint.incremental.is_absent(), "`incremental`");
    let texts = endpoint.path.get().map(|path| path.value.as_str()).into_iter();
    let params = endpoint.params.get().into_iter().flat_map(|params| &params.entries);
    let mut values = Vec::new();
    for (name, param) in params {
        values.push(name.value.as_str());
        match &param.value {
            Param::Values(list) => values.extend(list.iter().map(|value| value.value.0.as_str())),
            Param::Incremental(_) | Param::Resolve(_) => values.push("{}"),
            Param::Unsent => {}
        }
    }
    let is_computed = |text: &str| text.contains(['{', '}']) || text.starts_with("dlt.secrets[");
    note(texts.chain(values).any(is_computed), "a placeholder");
    let is_full = |selector: &Setting<Spanned<String>>| {
        let selector = selector.get().filter(|selector| !selector.value.is_empty());
        selector.is_some_and(|selector| !is_path_of_keys(&selector.value))
    };
    let cursor_path = match paginator.get() {
        Some(Paginator::Cursor(cursor)) => is_full(&cursor.cursor_path),
        _ => false,
    };
    note(is_full(&endpoint.data_selector) || cursor_path, "a selector of more than keys");
    note(!resource.include_from_parent.is_absent(), "`include_from_parent`");
    note(resource.selected.get() == Some(&false), "`selected: false`");
    note(!resource.table_name.is_absent(), "`table_name`");
    note(!resource.schema_contract.is_absent(), "`schema_contract`");
    note(!resource.max_table_nesting.is_absent(), "`max_table_nesting`");
    note(!resource.nested_hints.is_absent(), "`nested_hints`");
    note(!resource.table_format.is_absent(), "`table_format`");
    note(!resource.file_format.is_absent(), "`file_format`");
    note(!resource.references.is_absent(), "`references`");
    if let Some(disposition) = resource.write_disposition.get() {
        let skip = disposition.word.value == WriteDisposition::Skip;
        note(skip || !disposition.options.strategy.is_absent(), "this `write_disposition`");
    }
    for (_, column) in resource.columns.get().into_iter().flat_map(|columns| &columns.entries) {
        note(column.hard_delete.get() == Some(&true), "`hard_delete`");
        note(!column.dedup_sort.is_absent(), "`dedup_sort`");
    }
    missing.dedup();
    missing
}
