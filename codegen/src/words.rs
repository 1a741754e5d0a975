//! The parts of a plan in sentences, for all generated documentation, in Markdown.

use rest_source_plan::{
    ApiKey, Auth, Bearer, Configurable, Cursor, Endpoint, FieldPath, Formatted, Grant, HeaderCursor,
    HeaderLink, HttpBasic, JsonLink, JsonTemplate, Jsonl, KeyLocation, MergeStrategy, Names, Offset,
    PageNumber, PageSize, Paginator, Part, Place, ProcessingStep, RecordForm, ResourcePlan, Row,
    Selector, Str, Syntax, Template, With, WriteDisposition,
};

pub use crate::markdown::code;

/// Method and path: `GET /v1/customers/{customer_id}/payments`.
pub fn endpoint(resource: &ResourcePlan) -> String {
    format!("{} {}", resource.endpoint.method.name(), path(resource))
}

/// The path, with its gaps as the file writes them.
pub fn path(resource: &ResourcePlan) -> String {
    template(&resource.endpoint.path, parent_name(resource))
}

/// The name of the parent, for [`template`].
pub fn parent_name(resource: &ResourcePlan) -> &str {
    resource.parent.as_ref().map_or("", |parent| &parent.plan.name)
}

/// A template as the file writes it; `parent` is the resource that it takes fields from.
pub fn template(template: &Template, parent: &str) -> String {
    template.0.iter().map(|part| self::part(part, parent)).collect()
}

/// A part of a template as the file writes it.
pub fn part(part: &Part, parent: &str) -> String {
    match part {
        Part::Text(text) => text.to_string(),
        Part::Secret(name) => format!("{{secrets.{name}}}"),
        Part::Config(name) => format!("{{config.{name}}}"),
        Part::Argument(name) => format!("{{{name}}}"),
        Part::Parent(field) => format!("{{resources.{parent}.{field}}}"),
        Part::Incremental(bound) => format!("{{incremental.{}}}", bound.name()),
        Part::Formatted(Formatted { bound, format, .. }) => {
            format!("{{incremental.{}:{format}}}", bound.name())
        }
        Part::Param(name) => format!("{{params.{name}}}"),
        Part::Record(field) => format!("{{record.{field}}}"),
    }
}

/// A Rust name as people say it: `r#type` is `type`.
pub fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// How requests are authenticated: «with a bearer token, the secret `access_token`».
pub fn authentication(auth: &Auth) -> String {
    match auth {
        Auth::None => "without authentication".to_owned(),
        Auth::Bearer(Bearer { token, .. }) => format!("with a bearer token, {}", secrets(token)),
        Auth::ApiKey(ApiKey { name, key, location, .. }) => {
            let place = match location {
                KeyLocation::Header => "header",
                KeyLocation::Query => "parameter",
                KeyLocation::Cookie => "cookie",
            };
            format!("with a key in the {place} {}, {}", text(name), secrets(key))
        }
        Auth::HttpBasic(HttpBasic { username, password, .. }) if password.as_text().is_some() => {
            format!("with a user name, {}", secrets(username))
        }
        Auth::HttpBasic(HttpBasic { password, .. }) => {
            format!("with a user name and a password, {}", secrets(password))
        }
        Auth::OAuth2(oauth) => {
            let grant = match &oauth.grant {
                Grant::ClientCredentials => "client's credentials",
                Grant::RefreshToken(_) => "refresh token",
            };
            let url = code(&template(&oauth.access_token_url, ""));
            format!("with tokens that are fetched from {url} by the {grant}")
        }
    }
}

/// The secrets of a text. Other text is not shown, as it may be a literal secret.
fn secrets(template: &Template) -> String {
    let names: Vec<String> = template
        .0
        .iter()
        .filter_map(|part| match part {
            Part::Secret(name) => Some(code(name)),
            _ => None,
        })
        .collect();
    match names.as_slice() {
        [] => "which is written in the description".to_owned(),
        [name] => format!("the secret {name}"),
        names => format!("made of the secrets {}", names.join(", ")),
    }
}

/// The pagination: «cursor pagination, 500 per page: `after` from `meta.cursors.after`».
pub fn paging(paginator: &Paginator) -> String {
    match paginator {
        Paginator::Auto => "pagination detected from the first response".to_owned(),
        Paginator::SinglePage => "a single page".to_owned(),
        Paginator::JsonLink(JsonLink { next_url_path, .. }) => {
            format!("link pagination: the next URL from {}", selector(next_url_path))
        }
        Paginator::HeaderLink(HeaderLink { rel, .. }) => {
            format!("link pagination: {} from the header `Link`", text(rel))
        }
        Paginator::HeaderCursor(HeaderCursor { header, cursor_param, .. }) => {
            format!("cursor pagination: {} from the header {}", text(cursor_param), text(header))
        }
        Paginator::Cursor(Cursor { cursor_path, place, page_size, .. }) => {
            let size = page_size.as_ref().map_or_else(String::new, size);
            format!(
                "cursor pagination{size}: {} from {}",
                self::place(place),
                selector(cursor_path)
            )
        }
        Paginator::Offset(Offset { place, page_size, .. }) => {
            format!("offset pagination{}: {}", size(page_size), self::place(place))
        }
        Paginator::PageNumber(PageNumber { place, page, .. }) => {
            format!("page-number pagination: {}, starting at {}", self::place(place), count(page))
        }
    }
}

fn size(page_size: &PageSize) -> String {
    format!(", {} per page", count(&page_size.records))
}

fn place(place: &Place) -> String {
    match place {
        Place::Param(name) => text(name),
        Place::Body(keys) => {
            let keys: Vec<String> = keys.iter().map(|key| template(key, "")).collect();
            format!("{} of the body", code(&keys.join(".")))
        }
    }
}

/// Text that takes nothing from a parent, as code.
fn text(of: &Template) -> String {
    code(&template(of, ""))
}

fn count(count: &Configurable<u64>) -> String {
    match count {
        Configurable::Known(number) => number.to_string(),
        Configurable::Template(of) => text(of),
    }
}

/// Where the records are in a response: «the response's `payments`».
pub fn records(endpoint: &Endpoint) -> String {
    match &endpoint.response_format.syntax {
        Syntax::Csv(_) => return "the rows of a CSV body".to_owned(),
        Syntax::Jsonl(Jsonl { data_selector: None, .. }) => {
            return "the lines of a body of JSON lines".to_owned();
        }
        Syntax::Jsonl(Jsonl { data_selector: Some(path), .. }) => {
            return format!("{} of each line of JSON", selector(path));
        }
        Syntax::Xml => {
            let path = endpoint.data_selector.as_ref().map(selector).unwrap_or_default();
            return format!("the elements {path} of an XML body");
        }
        Syntax::Json => {}
    }
    match &endpoint.data_selector {
        Some(root) if *root == Selector::ROOT => "the response itself".to_owned(),
        Some(path) if endpoint.data_selector_required => {
            format!("the response's {}", selector(path))
        }
        Some(path) => format!("the response's {}, none where it is left out", selector(path)),
        None => "the list that the response is or has".to_owned(),
    }
}

/// How the records are put together and changed, a phrase for each step: «only if `@.open`», «without
/// `secret`»; `parent` is the resource that they take fields from.
pub fn steps(form: &RecordForm, parent: &str) -> Vec<String> {
    let mut all = Vec::new();
    for Row { values, names, .. } in form.rows.iter() {
        let of = match values {
            Selector::Keys(keys) if keys.is_empty() => "the values of each row".to_owned(),
            path => format!("the values in {}", selector(path)),
        };
        all.push(match names {
            Names::Fixed(fixed) => format!("{of} as {}", self::names(fixed)),
            Names::Sent(path) => format!("{of} named by {}", selector(path)),
        });
    }
    for With { name, path, is_key, .. } in form.with.iter() {
        let name = code(name);
        all.push(if *is_key {
            format!("with their key as {name}")
        } else {
            format!("with {} of what encloses them as {name}", selector(path))
        });
    }
    let paths = |paths: &[FieldPath]| {
        paths.iter().map(|path| code(&path.join("."))).collect::<Vec<_>>().join(", ")
    };
    for step in form.steps.iter() {
        all.push(match step {
            ProcessingStep::Filter(filter) => format!("only if {}", code(&filter.text)),
            ProcessingStep::Exclude(excluded) => format!("without {}", paths(excluded)),
            ProcessingStep::Include(included) => format!("only {}", paths(included)),
            ProcessingStep::Rename(renamed) => {
                let renamed = renamed.iter().map(|(from, to)| {
                    format!("{} as {}", code(&from.join(".")), code(&to.join(".")))
                });
                renamed.collect::<Vec<_>>().join(", ")
            }
            ProcessingStep::Add(added) => {
                let added = added.iter().map(|(path, value)| {
                    format!("{} = {}", code(&path.join(".")), code(&json(value, parent)))
                });
                format!("with {}", added.collect::<Vec<_>>().join(", "))
            }
            ProcessingStep::Cast(casts) => {
                let casts = casts.iter();
                let casts =
                    casts.map(|(path, to)| format!("{} to {}", code(&path.join(".")), to.name()));
                format!("cast {}", casts.collect::<Vec<_>>().join(", "))
            }
        });
    }
    all
}

/// JSON with gaps as the file writes it.
fn json(value: &JsonTemplate, parent: &str) -> String {
    match value {
        JsonTemplate::Literal(json) => json.to_string(),
        JsonTemplate::Text(text) => template(text, parent),
        JsonTemplate::List(items) => {
            let items: Vec<_> = items.iter().map(|item| json(item, parent)).collect();
            format!("[{}]", items.join(", "))
        }
        JsonTemplate::Object(members) => {
            let member = |(name, value): &(Template, JsonTemplate)| {
                format!("{}: {}", template(name, parent), json(value, parent))
            };
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(", "))
        }
    }
}

/// What loading does to existing rows: «`merge` by `id`».
pub fn loading(resource: &ResourcePlan) -> String {
    let keys = [&resource.primary_key, &resource.merge_key];
    let keys: Vec<String> =
        keys.into_iter().filter(|key| !key.is_empty()).map(|key| names(key)).collect();
    let disposition = code(resource.write_disposition.name());
    if resource.write_disposition != WriteDisposition::Merge {
        return disposition;
    }
    let strategy = match resource.merge_strategy {
        MergeStrategy::Default | MergeStrategy::DeleteInsert => "",
        MergeStrategy::Upsert => " (`upsert`)",
        MergeStrategy::InsertOnly => " (`insert-only`)",
        MergeStrategy::Scd2(_) => " (`scd2`)",
    };
    if keys.is_empty() {
        return format!("{disposition}{strategy}");
    }
    format!("{disposition}{strategy} by {}", keys.join(" or "))
}

/// Texts of the client, with commas between them.
pub fn texts(texts: &[Template]) -> String {
    texts.iter().map(text).collect::<Vec<_>>().join(", ")
}

/// Names, with commas between them.
pub fn names(names: &[Str]) -> String {
    names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ")
}

fn selector(selector: &Selector) -> String {
    code(&selector.to_string())
}
