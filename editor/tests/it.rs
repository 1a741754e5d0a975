//! What an editor is told of texts that are typed.

#![allow(clippy::unwrap_used, clippy::needless_raw_string_hashes, reason = "tests")]

use std::fmt::Write as _;

use expect_test::expect;
use rest_source_editor::{complete, definition, format, hover, references, rename, symbols};

const TEXT: &str = r#"# The shop
config:
  region: eu # the default
client:
  base_url: "https://{config.region}.example.com"
  auth: {type: bearer, token: "{secrets.token}"}
  paginator:
    type: cursor
    cursor_path: meta.next
resource_defaults: {primary_key: id, write_disposition: merge}
resources:
- orders
- name: items
  columns:
    id: {data_type: text}
    kind:
      data_type: text
      enum: [a, b]
  endpoint:
    path: orders/{order}/items
    params:
      order: {type: resolve, resource: orders, field: id}
      note: >
        of: the {resources.orders.id}

        order
"#;

/// The labels of what may be typed at `|`.
fn labels(text: &str) -> String {
    let at = text.find('|').unwrap();
    let found = complete(&text.replacen('|', "", 1), at);
    if found.is_empty() {
        return "(none)".to_owned();
    }
    found.iter().map(|one| one.label.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn completions_are_of_the_place() {
    let cases = [
        "|",
        "client:\n  paginator:\n    type: cursor\n    |",
        "client:\n  paginator: {type: |}",
        "client:\n  paginator: |",
        "client:\n  auth: {type: api_key, loc|",
        "resources:\n  - name: a\n    columns:\n      id: {data_type: t|}",
        "resources:\n  - name: a\n    columns: {id: {nullable: |}}",
        "resources:\n  - |",
        "resources:\n  - name: a\n    endpoint:\n      params:\n        b: {type: resolve, resource: |}",
        "resources:\n  - name: a\n    endpoint: {path: \"x/{|\"}",
        "sources:\n  shop:\n    type: rest_api\n    client:\n      base|",
        "# client: |",
    ];
    let mut found = String::new();
    for text in cases {
        let _ = writeln!(found, "{text:?}\n    {}", labels(text));
    }
    expect![[r##"
        "|"
            client resources description config resource_defaults
        "client:\n  paginator:\n    type: cursor\n    |"
            cursor_path cursor_paths keep total_path cursor_param cursor_body_path initial_cursor first_page_params limit limit_param limit_body_path stop_after_empty_page stop_after_short_page maximum_empty_pages has_more_path end_path total_header
        "client:\n  paginator: {type: |}"
            auto single_page json_link json_response header_link header_cursor cursor offset page_number
        "client:\n  paginator: |"
            auto single_page json_link json_response header_link header_cursor cursor offset page_number
        "client:\n  auth: {type: api_key, loc|"
            choose options name api_key location
        "resources:\n  - name: a\n    columns:\n      id: {data_type: t|}"
            text bigint double bool timestamp date time decimal wei json binary
        "resources:\n  - name: a\n    columns: {id: {nullable: |}}"
            true false
        "resources:\n  - |"
            name description type_name table_name endpoint selected for_each include_from_parent include_from_each processing_steps primary_key merge_key write_disposition columns schema_contract max_table_nesting
        "resources:\n  - name: a\n    endpoint:\n      params:\n        b: {type: resolve, resource: |}"
            a
        "resources:\n  - name: a\n    endpoint: {path: \"x/{|\"}"
            secrets. config. resources. incremental.
        "sources:\n  shop:\n    type: rest_api\n    client:\n      base|"
            base_url headers auth paginator retry timeout concurrency rate_limit rate_limit_headers allowed_hosts
        "# client: |"
            (none)
    "##]].assert_eq(&found);
}

#[test]
fn names_are_found_wherever_they_are_used() {
    let at = |text: &str| TEXT.find(text).unwrap() + text.len();
    let words = |spans: Vec<rest_source_codegen::Span>| {
        let lines = spans.iter().map(|span| {
            let line = TEXT[..span.start].matches('\n').count() + 1;
            format!("{line}: {}", &TEXT[span.range()])
        });
        lines.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(words(references(TEXT, at("- ord"))), "12: orders, 22: orders, 24: orders");
    assert_eq!(words(references(TEXT, at("{config.reg"))), "3: region, 5: region");
    assert_eq!(words(references(TEXT, at("{secrets.to"))), "6: token");
    assert_eq!(words(definition(TEXT, at("resource: or")).into_iter().collect()), "12: orders");
    assert_eq!(definition(TEXT, at("{secrets.to")), None);
    let refused = [(at("- ord"), "orders of a day"), (at("- ord"), "items"), (at("client"), "x")];
    let refused = refused.map(|(at, name)| rename(TEXT, at, name).unwrap_err());
    expect![[r#"
        `orders of a day` cannot be a name: letters, digits and `_`, as in `orders`
        the name `items` is taken
        only names of resources, settings and secrets can be changed"#]]
    .assert_eq(&refused.join("\n"));
    let names: Vec<String> = symbols(TEXT).into_iter().map(|symbol| symbol.name).collect();
    assert_eq!(names.join(" "), "config client resource_defaults resources orders items");
}

#[test]
fn a_resource_is_renamed_where_its_fields_are_included_beside_another_ones() {
    const TEXT: &str = "resources:
- shops
- currencies
- name: prices
  include_from_parent: [shops.id, currencies.code]
  endpoint: {path: \"shops/{resources.shops.id}/{resources.currencies.code}\"}
- name: orders
  include_from_parent: {shop: shops.id}
  endpoint: {path: \"shops/{resources.shops.id}/orders\"}
";
    let at = TEXT.find("shops").unwrap();
    let mut text = TEXT.to_owned();
    for edit in rename(TEXT, at, "stores").unwrap().into_iter().rev() {
        text.replace_range(edit.at.range(), &edit.text);
    }
    // With one parent, `shops.id` is a field within a field.
    expect![[r#"
        resources:
        - stores
        - currencies
        - name: prices
          include_from_parent: [stores.id, currencies.code]
          endpoint: {path: "shops/{resources.stores.id}/{resources.currencies.code}"}
        - name: orders
          include_from_parent: {shop: shops.id}
          endpoint: {path: "shops/{resources.stores.id}/orders"}
    "#]]
    .assert_eq(&text);
}

#[test]
fn formatting_changes_blanks_and_nothing_else() {
    expect![[r##"
        # The shop
        config:
          region: eu # the default
        client:
          base_url: "https://{config.region}.example.com"
          auth: {type: bearer, token: "{secrets.token}"}
          paginator:
            type: cursor
            cursor_path: meta.next
        resource_defaults: {primary_key: id, write_disposition: merge}
        resources:
          - orders
          - name: items
            columns:
              id: {data_type: text}
              kind:
                data_type: text
                enum: [a, b]
            endpoint:
              path: orders/{order}/items
              params:
                order: {type: resolve, resource: orders, field: id}
                note: >
                  of: the {resources.orders.id}

                  order
    "##]]
    .assert_eq(&format(TEXT).unwrap());
    let formatted = format(TEXT).unwrap();
    assert_eq!(format(&formatted).unwrap(), formatted);
    assert_eq!(format("a: [1,\n").as_deref(), None);
    let windows = TEXT.replace('\n', "\r\n");
    assert_eq!(format(&windows).unwrap(), formatted.replace('\n', "\r\n"));
}

/// Every place of every beginning of a text, and of texts with a character less, gets an answer.
#[test]
fn no_text_is_too_broken() {
    let texts = [
        TEXT,
        "a: 'é\n- b: \"\n  c: {d: [e, {f: |\n#",
        "- - - a:\n  - ? b\n:",
        "\t\u{feff}{[}]: é:",
    ];
    for text in texts {
        for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            let beginning = &text[..at];
            complete(beginning, at);
            hover(beginning, at);
            complete(text, at);
            hover(text, at + 1);
            references(text, at);
            let mut less = text.to_owned();
            if at < less.len() {
                less.remove(at);
            }
            complete(&less, at);
            symbols(&less);
            if let Some(formatted) = format(&less) {
                assert_eq!(format(&formatted).as_ref(), Some(&formatted), "{less}");
            }
        }
    }
}
