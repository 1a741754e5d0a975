//! The parts of a plan in sentences, for all generated documentation, in Markdown.

use rest_source_plan::{
    ApiKey, Auth, Bearer, Configurable, Cursor, Endpoint, FieldPath, Formatted, Grant,
    HeaderCursor, HeaderLink, HttpBasic, Incremental, Input, JsonLink, JsonTemplate, Jsonl,
    KeyLocation, MergeStrategy, Names, NextRun, Offset, PageNumber, PageSize, Paginator, Part,
    Place, ProcessingStep, RecordForm, ResourcePlan, Row, Selector, SendAs, Str, Syntax, Template,
    With, WriteDisposition,
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
        Part::PageCursor(path) => match path.to_string().trim_start_matches('$') {
            "" => "{paginator.cursor}".to_owned(),
            path if path.starts_with(['[', '.']) => format!("{{paginator.cursor{path}}}"),
            path => format!("{{paginator.cursor.{path}}}"),
        },
        Part::Paginator(value) => format!("{{paginator.{}}}", value.name()),
        Part::Auth(value) => format!("{{{}}}", value.name()),
        Part::Param(name) => format!("{{params.{name}}}"),
        Part::Record(field) => format!("{{record.{field}}}"),
        // The name of a field of another resource is whole, `resources.items.id`.
        Part::Each(name) if name.contains('.') => format!("{{{name}}}"),
        Part::Each(name) => format!("{{each.{name}}}"),
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
        Auth::ApiKey(key) => format!("with a key in {}, {}", place_of(key), secrets(&key.key)),
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
                Grant::JwtBearer(_) => "JSON Web Token that the client signs",
            };
            let from = match &oauth.access_token_url {
                url if url.0.is_empty() => "the address in the key file".to_owned(),
                url => code(&template(url, "")),
            };
            format!("with tokens that are fetched from {from} by the {grant}{}", sent(&oauth.send))
        }
        Auth::Session(session) => {
            let login = &session.login;
            let login = format!("{} {}", login.method.name(), template(&login.path, ""));
            format!("with a token that the login {} gives{}", code(&login), sent(&session.send))
        }
        Auth::Jwt(jwt) => format!(
            "with a JSON Web Token that the client signs ({}){}",
            jwt.jwt.algorithm.name(),
            sent(&jwt.send)
        ),
        Auth::Hmac(hmac) => {
            format!("with a signature of each request, by {}", secrets(&hmac.key))
        }
        Auth::Choice(choice) => {
            let options = choice.options.iter();
            let options: Vec<String> = options
                .map(|(name, auth)| format!("for {} {}", code(name), authentication(auth)))
                .collect();
            format!("as {} chooses: {}", text(&choice.choose), options.join("; "))
        }
    }
}

/// When a client needs a secret or a setting: «if `{config.auth_type}` is `oauth`». `None`: always.
pub fn needed_if(input: &Input) -> Option<String> {
    let conditions = input.needed_if.iter();
    let conditions: Vec<String> = conditions
        .map(|condition| format!("{} is {}", text(&condition.choose), code(&condition.option)))
        .collect();
    (!conditions.is_empty()).then(|| format!("if {}", conditions.join(" or ")))
}

/// How a token is sent, if not as usual.
fn sent(send: &SendAs) -> String {
    match send {
        SendAs::Bearer(_) => String::new(),
        SendAs::ApiKey(key) => format!(", sent in {}", place_of(key)),
        SendAs::HttpBasic(_) => ", sent as HTTP Basic".to_owned(),
    }
}

/// «the header `X-Key`»
fn place_of(key: &ApiKey) -> String {
    let place = match key.location {
        KeyLocation::Header => "header",
        KeyLocation::Query => "parameter",
        KeyLocation::Cookie => "cookie",
        KeyLocation::Body => return format!("{} of the body", text(&key.name)),
    };
    format!("the {place} {}", text(&key.name))
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
        Paginator::JsonLink(JsonLink { next_url_path, base_path, .. }) => {
            let base = relative(base_path.as_ref());
            format!("link pagination: the next URL from {}{base}", selector(next_url_path))
        }
        Paginator::HeaderLink(HeaderLink { rel, header, link_params, base_path, .. }) => {
            let header = header.as_ref().map_or_else(|| code("Link"), text);
            let params: Vec<String> = link_params
                .iter()
                .map(|(name, value)| code(&format!("{name}=\"{}\"", template(value, ""))))
                .collect();
            let with = if params.is_empty() { "" } else { " with " };
            let base = relative(base_path.as_ref());
            format!(
                "link pagination: {}{with}{} from the header {header}{base}",
                text(rel),
                params.join(" and ")
            )
        }
        Paginator::HeaderCursor(HeaderCursor {
            header, cursor_param, place, page_size, ..
        }) => {
            let size = page_size.as_ref().map_or_else(String::new, size);
            let place = place
                .as_ref()
                .map_or_else(|| text(cursor_param), |place| self::place(place, "cursor"));
            format!("cursor pagination{size}: {place} from the header {}", text(header))
        }
        Paginator::Cursor(Cursor { cursor_path, cursor_paths, place, page_size, .. }) => {
            let size = page_size.as_ref().map_or_else(String::new, size);
            let place = match place {
                Place::Param(_) if !cursor_paths.is_empty() => {
                    let names: Vec<Str> =
                        cursor_paths.iter().map(|(name, _)| name.clone()).collect();
                    self::names(&names)
                }
                place => self::place(place, "cursor"),
            };
            let paths = match &**cursor_paths {
                [] => selector(cursor_path),
                paths => {
                    paths.iter().map(|(_, path)| selector(path)).collect::<Vec<_>>().join(", ")
                }
            };
            format!("cursor pagination{size}: {place} from {paths}")
        }
        Paginator::Offset(Offset { place, page_size, .. }) => {
            format!("offset pagination{}: {}", size(page_size), self::place(place, "offset"))
        }
        Paginator::PageNumber(PageNumber { place, page, page_size, .. }) => {
            let size = page_size.as_ref().map_or_else(String::new, size);
            let place = self::place(place, "page");
            format!("page-number pagination{size}: {place}, starting at {}", count(page))
        }
    }
}

/// What a link is relative to.
fn relative(base_path: Option<&Selector>) -> String {
    base_path.map_or_else(String::new, |path| format!(", relative to {}", selector(path)))
}

/// What the next run begins with: «`updated_at`», «the time of the last run».
pub fn next_run(incremental: &Incremental) -> String {
    match &incremental.next_run {
        NextRun::Cursor => code(&incremental.cursor_path.to_string()),
        NextRun::RunTime => "the time of the last run".to_owned(),
        NextRun::Response(path) => format!("what the last response has at {}", selector(path)),
        NextRun::Page => "the last page's cursor or link".to_owned(),
        NextRun::PageAt(path) => format!("the cursor or link at {}", selector(path)),
    }
}

fn size(page_size: &PageSize) -> String {
    format!(", {} per page", count(&page_size.records))
}

fn place(place: &Place, what: &str) -> String {
    match place {
        Place::Param(name) => text(name),
        Place::Text | Place::Json => code(&format!("{{paginator.{what}}}")),
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
