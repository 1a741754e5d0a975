//! «Did you mean»: for slips of the pen, and for the words of other tools.

use rest_source_codegen::{closest, either};

#[test]
fn the_nearest_word_is_meant_if_it_is_near_enough() {
    let keys = ["base_url", "paginator", "primary_key", "write_disposition"];
    for (written, meant) in [
        ("baseUrl", Some("base_url")),
        ("base-url", Some("base_url")),
        ("paginater", Some("paginator")),
        ("write_dispositon", Some("write_disposition")),
        ("key", None),
        ("", None),
        ("🙂", None),
    ] {
        assert_eq!(closest(written, keys), meant, "{written}");
    }
}

#[test]
fn what_other_tools_call_it_is_known() {
    let auth = ["bearer", "api_key", "http_basic", "oauth2_client_credentials"];
    let paginators = ["json_link", "header_link", "cursor", "offset", "page_number"];
    let api_key = ["type", "name", "api_key", "location"];
    for (written, candidates, meant) in [
        ("oauth2", &auth[..], "oauth2_client_credentials"),
        ("basicAuth", &auth, "http_basic"),
        // A kind of authentication here, and a paginator's key elsewhere.
        ("token", &auth, "bearer"),
        ("page", &paginators, "page_number"),
        ("next_url", &paginators, "json_link"),
        ("next_url", &["type", "next_url_path"], "next_url_path"),
        ("header_name", &api_key, "name"),
        ("in", &api_key, "location"),
        ("string", &["text", "bigint"], "text"),
        ("parameters", &["path", "params"], "params"),
        ("status", &["status_code", "content", "action"], "status_code"),
        ("frozen", &["evolve", "freeze"], "freeze"),
    ] {
        assert_eq!(closest(written, candidates.iter().copied()), Some(meant), "{written}");
    }
}

#[test]
fn of_a_long_list_the_first_words_are_shown() {
    let words: Vec<String> = (0..100).map(|number| format!("c{number}")).collect();
    let text = either(words.iter().map(String::as_str));
    assert!(text.starts_with("`c0`, `c1`, "), "{text}");
    assert!(text.ends_with("`c38`, `c39` or 60 more"), "{text}");
    let language = either(words[..40].iter().map(String::as_str));
    assert!(language.ends_with("`c38` or `c39`"), "{language}");
}
