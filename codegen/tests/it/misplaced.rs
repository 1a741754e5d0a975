//! Keys that another block takes, which is looked up in the shape of the language.

use std::fmt::Write as _;

use expect_test::expect;
use rest_source_codegen::{LintLevels, SourceFile};

/// The first help on a description.
fn help(text: &str) -> String {
    let found =
        rest_source_codegen::check(&SourceFile::new("api.yaml", text), LintLevels::default());
    let help = found.iter().flat_map(|found| &found.help).next();
    help.cloned().unwrap_or_else(|| format!("{found:?}"))
}

#[test]
fn a_key_is_told_which_block_takes_it() {
    let within = [
        ("client", "client: {base_url: https://a.example, KEY}\nresources: [b]\n"),
        (
            "auth",
            "client: {base_url: https://a.example, auth: {type: bearer, KEY}}\nresources: [b]\n",
        ),
        ("resource", "client: {base_url: https://a.example}\nresources: [{name: b, KEY}]\n"),
        (
            "endpoint",
            "client: {base_url: https://a.example}\nresources: [{name: b, endpoint: {KEY}}]\n",
        ),
        (
            "paginator",
            "client: {base_url: https://a.example}\n\
             resources: [{name: b, endpoint: {paginator: {type: cursor, KEY}}}]\n",
        ),
        (
            "column",
            "client: {base_url: https://a.example}\nresources: [{name: b, columns: {c: {KEY}}}]\n",
        ),
    ];
    let mut told = String::new();
    for (block, key) in [
        ("client", "resources"),
        ("client", "primary_key"),
        ("client", "requests"),
        ("client", "limit"),
        ("auth", "headers"),
        ("auth", "username"),
        ("resource", "client"),
        ("resource", "retry"),
        ("resource", "data_selector"),
        ("resource", "cursor_path"),
        ("resource", "precision"),
        ("resource", "parameters"),
        ("endpoint", "name"),
        ("endpoint", "merge_key"),
        ("endpoint", "base_url"),
        ("endpoint", "page_param"),
        ("endpoint", "initial_value"),
        ("endpoint", "status_code"),
        ("endpoint", "per_page"),
        ("paginator", "data_selector"),
        ("paginator", "cursor_key"),
        ("paginator", "page"),
        ("paginator", "timeout"),
        ("column", "write_disposition"),
        ("column", "include_from_parent"),
    ] {
        let (_, text) = within.iter().find(|(name, _)| *name == block).unwrap();
        let help = help(&text.replace("KEY", &format!("{key}: x")));
        writeln!(told, "{block}, {key}: {help}").unwrap();
    }
    expect![[r#"
        client, resources: this belongs in a source description, beside `client`
        client, primary_key: this belongs in `resource_defaults`
        client, requests: this belongs in `rate_limit`
        client, limit: this belongs in `paginator`
        auth, headers: this belongs in `client`, beside `auth` or in an endpoint, beside `auth`
        auth, username: this belongs in an authentication of `type: http_basic`
        resource, client: this belongs in a source description, beside `resources`
        resource, retry: this belongs in `client`
        resource, data_selector: this belongs in `endpoint`
        resource, cursor_path: this belongs in `endpoint.paginator` or in `endpoint.incremental`
        resource, precision: this belongs in an entry of `columns`
        resource, parameters: `params` belongs in `endpoint`
        endpoint, name: this belongs in a resource, beside `endpoint`
        endpoint, merge_key: this belongs in a resource, beside `endpoint`
        endpoint, base_url: this belongs in `client`
        endpoint, page_param: this belongs in `paginator`
        endpoint, initial_value: this belongs in `incremental`
        endpoint, status_code: this belongs in an entry of `response_actions`
        endpoint, per_page: `limit` belongs in `paginator`
        paginator, data_selector: this belongs in an endpoint, beside `paginator`
        paginator, cursor_key: this belongs in a paginator of `type: header_cursor`
        paginator, page: this belongs in a paginator of `type: page_number`
        paginator, timeout: this belongs in `client`, beside `paginator`
        column, write_disposition: this belongs in a resource, beside `columns`
        column, include_from_parent: this belongs in a resource, beside `columns`
    "#]]
    .assert_eq(&told);
}

/// Keys that thousands of resources have too many are told in linear time: eight times as many take far less
/// than 64 times as long.
#[test]
fn thousands_of_misplaced_keys() {
    let time = |count: usize| {
        let mut resources = String::new();
        for n in 0..count {
            writeln!(resources, "  - {{name: r{n}, retry: {{}}, unknown: 1}}").unwrap();
        }
        let text = format!("client: {{base_url: https://a.example}}\nresources:\n{resources}");
        let start = std::time::Instant::now();
        let file = SourceFile::new("api.yaml", &text);
        let found = rest_source_codegen::check(&file, LintLevels::default()).len();
        assert!(found >= 2 * count);
        start.elapsed()
    };
    let (few, many) = (time(250), time(2_000));
    assert!(many < 32 * few, "{few:?}, {many:?}");
}
