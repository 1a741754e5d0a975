//! YAML itself.

use expect_test::expect;

use super::check;

#[test]
fn an_empty_file_says_what_belongs_in_it() {
    check(
        "",
        expect![[r#"
            the file is empty [invalid_yaml]
            --> api.yaml
             = help: a source description begins with `client:` and `resources:`
        "#]],
    );
    check(
        "# nothing but a comment\n",
        expect![[r#"
            the file is empty [invalid_yaml]
            --> api.yaml
             = help: a source description begins with `client:` and `resources:`
        "#]],
    );
}

#[test]
fn a_file_that_is_no_mapping() {
    check(
        "- payments\n",
        expect![[r#"
        a source description is a mapping, found a list [wrong_type]
         --> api.yaml:1:1
          |
        1 | - payments
          | ^^^^^^^^^^
    "#]],
    );
    check(
        "payments",
        expect![[r#"
            a source description is a mapping, found the text `payments` [wrong_type]
             --> api.yaml:1:1
              |
            1 | payments
              | ^^^^^^^^
        "#]],
    );
}

#[test]
fn text_that_is_not_yaml() {
    check(
        "client: {base_url: https://api.example.com\nresources: [\n",
        expect![[r#"
        this is not YAML [invalid_yaml]
         --> api.yaml:2:10
          |
        2 | resources: [
          |          ^ while parsing a flow mapping, did not find expected ',' or '}'
    "#]],
    );
    check(
        "client:\n\tbase_url: x\n",
        expect![[r#"
        this is not YAML [invalid_yaml]
         --> api.yaml:2:2
          |
        2 |     base_url: x
          |     ^ tabs disallowed within this context (block indentation)
    "#]],
    );
    check(
        "a: 'open\n",
        expect![[r#"
        this is not YAML [invalid_yaml]
         --> api.yaml:1:4
          |
        1 | a: 'open
          |    ^ while scanning a quoted scalar, found unexpected end of stream
    "#]],
    );
}

#[test]
fn a_second_document() {
    check(
        "client: {}\n---\nclient: {}\n",
        expect![[r#"
        a second YAML document begins here [invalid_yaml]
         --> api.yaml:2:1
          |
        2 | ---
          | ^^^
          |
          = help: one file describes one source
    "#]],
    );
}

#[test]
fn a_key_that_stands_twice_even_if_written_differently() {
    check(
        "client: {base_url: https://a.example, paginator: single_page}\nresources: [a]\n\"client\": {}\n",
        expect![[r#"
            the key `client` stands twice in this mapping [duplicate_key]
             --> api.yaml:3:1
              |
            1 | client: {base_url: https://a.example, paginator: single_page}
              | ------ first here
            2 | resources: [a]
            3 | "client": {}
              | ^^^^^^^^ here again
        "#]],
    );
}

#[test]
fn a_tag_that_means_nothing() {
    check(
        "client: !secret abc\nresources: []\n",
        expect![[r#"
        the tag `!secret` means nothing here [invalid_yaml]
         --> api.yaml:1:9
          |
        1 | client: !secret abc
          |         ^^^^^^^^^^^
          |
          = help: leave it out
    "#]],
    );
}

#[test]
fn tags_of_yaml_itself_are_taken() {
    check(
        "client: !!map {base_url: !!str https://a.example, paginator: single_page}\nresources: !!seq [!!str 12]\n",
        expect![[r""]],
    );
}

#[test]
fn anchors_aliases_and_merge_keys_are_resolved() {
    check(
        "
client: {base_url: https://a.example}
resources:
  - &one
    name: one
    endpoint: &paged {paginator: single_page}
  - {name: two, endpoint: *paged}
  - {<<: *one, name: three}
  - {<<: [{name: four}, *one]}
",
        expect![[r""]],
    );
}

#[test]
fn a_mistake_behind_an_alias_is_shown_once_where_it_is_written() {
    check(
        "
client: {base_url: https://a.example}
resources:
  - {name: one, endpoint: &paged {paginator: single_pag}}
  - {name: two, endpoint: *paged}
",
        expect![[r#"
            `single_pag` is not a paginator [unknown_word]
             --> api.yaml:4:46
              |
            4 |   - {name: one, endpoint: &paged {paginator: single_pag}}
              |                                              ^^^^^^^^^^ did you mean `single_page`?
              |
              = help: accepted here: `auto`, `single_page`, `json_link`, `json_response`, `header_link`, `header_cursor`, `cursor`, `offset` or `page_number`
        "#]],
    );
}

#[test]
fn columns_are_counted_in_characters() {
    check(
        "client: {description: é, bäse_url: https://a.example}\nresources: []\n",
        expect![[r#"
            `client` has no key `description` [unknown_key]
             --> api.yaml:1:10
              |
            1 | client: {description: é, bäse_url: https://a.example}
              |          ^^^^^^^^^^^
              |
              = help: it takes `base_url`, `headers`, `auth`, `paginator`, `retry`, `timeout`, `concurrency`, `rate_limit`, `rate_limit_headers` or `allowed_hosts`

            `client` has no key `bäse_url` [unknown_key]
             --> api.yaml:1:26
              |
            1 | client: {description: é, bäse_url: https://a.example}
              |                          ^^^^^^^^ did you mean `base_url`?
        "#]],
    );
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    check(
        "\u{feff}client:\r\n  base_url: https://a.example\r\n  paginator: single_page\r\nresources: [a]\r\nresourcs: b\r\n",
        expect![[r#"
            a source description has no key `resourcs` [unknown_key]
             --> api.yaml:5:1
              |
            5 | resourcs: b
              | ^^^^^^^^ did you mean `resources`?
        "#]],
    );
}
