//! dlt's classes, and what their instances are in a description.

/// A class of dlt: its name, the `type` that it is, and the names of its arguments in their order.
struct Class {
    name: &'static str,
    kind: Option<&'static str>,
    arguments: &'static [&'static str],
}

const fn class(
    name: &'static str,
    kind: &'static str,
    arguments: &'static [&'static str],
) -> Class {
    Class { name, kind: Some(kind), arguments }
}

const CURSOR: &[&str] = &["cursor_path", "cursor_param", "cursor_body_path"];

const CLASSES: [Class; 17] = [
    class("BearerTokenAuth", "bearer", &["token"]),
    class("APIKeyAuth", "api_key", &["name", "api_key", "location"]),
    class("ApiKeyAuth", "api_key", &["name", "api_key", "location"]),
    class("HttpBasicAuth", "http_basic", &["username", "password"]),
    class("HTTPBasicAuth", "http_basic", &["username", "password"]),
    class(
        "OAuth2ClientCredentials",
        "oauth2_client_credentials",
        &["access_token_url", "client_id", "client_secret"],
    ),
    class("SinglePagePaginator", "single_page", &[]),
    class("HeaderLinkPaginator", "header_link", &["links_next_key"]),
    class("JSONLinkPaginator", "json_link", &["next_url_path"]),
    class("JSONResponsePaginator", "json_link", &["next_url_path"]),
    class("JsonLinkPaginator", "json_link", &["next_url_path"]),
    class("JSONResponseCursorPaginator", "cursor", CURSOR),
    class("JsonResponseCursorPaginator", "cursor", CURSOR),
    class("HeaderCursorPaginator", "header_cursor", &["cursor_key", "cursor_param"]),
    class(
        "OffsetPaginator",
        "offset",
        &["limit", "offset", "offset_param", "limit_param", "total_path", "maximum_offset"],
    ),
    class(
        "PageNumberPaginator",
        "page_number",
        &["base_page", "page", "page_param", "total_path", "maximum_page"],
    ),
    Class {
        name: "incremental",
        kind: None,
        arguments: &["cursor_path", "initial_value", "last_value_func", "primary_key", "end_value"],
    },
];

/// Whether instances of a class have a form in a description.
pub(super) fn is_known(name: &str) -> bool {
    CLASSES.iter().any(|class| class.name == name)
}

/// The `type` of instances; `None` for `incremental`, which has none.
pub(super) fn kind(name: &str) -> Option<&'static str> {
    CLASSES.iter().find(|class| class.name == name)?.kind
}

/// The name of the argument at a position.
pub(super) fn argument(name: &str, position: usize) -> Option<&'static str> {
    let class = CLASSES.iter().find(|class| class.name == name)?;
    class.arguments.get(position).copied()
}
