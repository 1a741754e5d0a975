//! YAML itself.

use expect_test::expect;

use rest_source_codegen::LintLevels;

use super::{check, messages};

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
              |
              = help: close each `{` and `[` that is opened, with commas between what is in it; put text that contains one of `{}[],` or `: ` in quotes
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
              |
              = help: indent by spaces: YAML takes no tabs
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
              |
              = help: close the quotes; within single quotes, write a quote twice
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
              = help: this belongs in a source description, beside `client`

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

/// What is said about text that is no YAML: the parser's words, and what to do.
#[test]
#[expect(clippy::too_many_lines, reason = "a table of messages")]
fn each_mistake_says_what_to_do() {
    let head = "client:\n  base_url: https://api.example.com\n";
    let mut told = String::new();
    for text in [
        "\tpaginator: single_page\n",
        "   paginator: single_page\n",
        " paginator: single_page\n",
        "  headers: {X-A: @yesterday}\n",
        "  since: @yesterday\n",
        "  since: `date`\n",
        "  rate: %5\n",
        "  headers: {X-A: a: b}\n",
        "  headers: a: b\n",
        "  paths: {a: *.payments}\n",
        "  path: *\n",
        "  path: &\n",
        "  path: !include x.yaml\n",
        "  path: \"open\nresources: []\n",
        "  path: 'it's'\n",
        "  path: \"say \"hi\"\"\n",
        "  path: \"C:\\Users\"\n",
        "  headers: {X-A: b\nresources: []\n",
        "  hosts: [a, b\nresources: []\n",
        "  hosts: ]\n",
        "  hosts: }\n",
        "  hosts: a\n  - b\n",
        "  hosts:\n  - a\n   - b\n  -c\n",
        "  paginator\n  headers: {}\n",
        "resources\n",
        "  hosts: [a b: c, {d}\n",
        "  path: |x\n    y\n",
        "  path: >\n      a\n    b\n",
        "  ? [a]\n  : b\n",
        "  headers: {a: b}}\n",
        "  a: b\n c: d\n",
        "--- x\n--- y\n",
        "  headers: {'X-A' 'b'}\n",
        "  path: a\u{7}\n",
        "  path: {id}/items\n",
        "  paths: {a: {id}/items, b: c}\n",
        "  headers: {X-A: ${TOKEN}}\n",
        "  path: [*].items\n",
        "  path: *.items # all\n",
        "  path: {{ config['x'] }}\n",
        "  time: 12:30: x\n",
        "  headers:\n\t\tX-A: b\n",
    ] {
        let found = messages(&format!("{head}{text}"), LintLevels::default());
        let lines = found.lines().filter(|line| !line.is_empty());
        let lines = lines.take_while(|line| !line.contains("[missing_key]"));
        let shown: Vec<&str> =
            lines.filter(|line| line.contains('^') || line.contains("help:")).collect();
        told.extend([text.trim_end(), "\n", &shown.join("\n"), "\n"]);
    }
    expect![[r#"
        	paginator: single_page
          | ^ while scanning a plain scalar, found a tab
          = help: indent by spaces: YAML takes no tabs
           paginator: single_page
          |             ^ mapping values are not allowed in this context
          = help: indent it like its neighbours: the keys of one mapping, and the `-` of one list, stand below each other
         paginator: single_page
          |  ^ while parsing a block mapping, did not find expected key
          = help: indent it like its neighbours: the keys of one mapping, and the `-` of one list, stand below each other
          headers: {X-A: @yesterday}
          |                  ^ unexpected character: `@'
          = help: put text in quotes that begins with, or has, what YAML takes for something else: `"@yesterday"`
          since: @yesterday
          |          ^ unexpected character: `@'
          = help: put text in quotes that begins with, or has, what YAML takes for something else: `"@yesterday"`
          since: `date`
          |          ^ unexpected character: ``'
          = help: put text in quotes that begins with, or has, what YAML takes for something else: `"`date`"`
          rate: %5
          |         ^ unexpected character: `%'
          = help: put text in quotes that begins with, or has, what YAML takes for something else: `"%5"`
          headers: {X-A: a: b}
          |                   ^ while parsing a flow mapping, did not find expected ',' or '}'
          = help: put text in quotes that begins with, or has, what YAML takes for something else: `"a: b"`
          headers: a: b
          |             ^ mapping values are not allowed in this context
          = help: put text in quotes that begins with, or has, what YAML takes for something else: `"a: b"`
          paths: {a: *.payments}
          |              ^ while parsing node, found unknown anchor
          = help: put text in quotes that begins with, or has, what YAML takes for something else: `"*.payments"`
          path: *
          |         ^ while scanning an anchor or alias, did not find expected alphabetic or numeric character
          = help: put text in quotes that begins with, or has, what YAML takes for something else: `"*"`
          path: &
          |         ^ while scanning an anchor or alias, did not find expected alphabetic or numeric character
          = help: `*` begins an alias, and `&` an anchor: put text that begins with one of them in quotes
          path: !include x.yaml
          |         ^^^^^^^^^^^^^^^
          = help: leave it out
          path: "open
        resources: []
          |         ^ invalid indentation in quoted scalar
          = help: close the quotes; within single quotes, write a quote twice
          path: 'it's'
          |             ^ invalid trailing content after double-quoted scalar
          = help: quotes stand around the whole text; for one in it write `\"`, or quote the text by `'`
          path: "say "hi""
          |               ^ invalid trailing content after double-quoted scalar
          = help: quotes stand around the whole text; for one in it write `\"`, or quote the text by `'`
          path: "C:\Users"
          |         ^ while parsing a quoted scalar, did not find expected hexadecimal number
          = help: a backslash begins an escape in double quotes: write it twice, or use single quotes
          headers: {X-A: b
        resources: []
          |          ^ while parsing a flow mapping, did not find expected ',' or '}'
          = help: close each `{` and `[` that is opened, with commas between what is in it; put text that contains one of `{}[],` or `: ` in quotes
          hosts: [a, b
        resources: []
          |          ^ illegal placement of ':' indicator
          = help: close each `{` and `[` that is opened, with commas between what is in it; put text that contains one of `{}[],` or `: ` in quotes
          hosts: ]
          |          ^ misplaced bracket
          = help: close each `{` and `[` that is opened, with commas between what is in it; put text that contains one of `{}[],` or `: ` in quotes
          hosts: }
          |          ^ misplaced bracket
          = help: close each `{` and `[` that is opened, with commas between what is in it; put text that contains one of `{}[],` or `: ` in quotes
          hosts: a
          - b
          |     ^ while parsing a block mapping, did not find expected key
          = help: indent it like its neighbours: the keys of one mapping, and the `-` of one list, stand below each other
          hosts:
          - a
           - b
          -c
          |     ^ simple key expect ':'
          = help: a key needs a colon and a space after it, `key: value`; close quotes and brackets before of it
          paginator
          headers: {}
          |            ^ simple key expect ':'
          = help: a key needs a colon and a space after it, `key: value`; close quotes and brackets before of it
        resources
          |          ^ simple key expect ':'
          = help: a key needs a colon and a space after it, `key: value`; close quotes and brackets before of it
          hosts: [a b: c, {d}
          |                      ^ while parsing a flow sequence, expected ',' or ']'
          = help: close each `{` and `[` that is opened, with commas between what is in it; put text that contains one of `{}[],` or `: ` in quotes
          path: |x
            y
          |         ^ while scanning a block scalar, did not find expected comment or line break
          = help: the text of `|` and `>` begins on the next line, indented
          path: >
              a
            b
          |     ^ while parsing a block mapping, did not find expected key
          = help: indent it like its neighbours: the keys of one mapping, and the `-` of one list, stand below each other
          ? [a]
          : b
          |     ^^^
          = help: put it in quotes, or write the key's value after its colon
          headers: {a: b}}
          |                  ^ misplaced bracket
          = help: close each `{` and `[` that is opened, with commas between what is in it; put text that contains one of `{}[],` or `: ` in quotes
          a: b
         c: d
          |  ^ while parsing a block mapping, did not find expected key
          = help: indent it like its neighbours: the keys of one mapping, and the `-` of one list, stand below each other
        --- x
        --- y
          | ^^^
          = help: one file describes one source
          headers: {'X-A' 'b'}
          |                   ^ invalid trailing content after double-quoted scalar
          = help: quotes stand around the whole text; for one in it write `\"`, or quote the text by `'`
          path: a

          path: {id}/items
          |             ^ while parsing a block mapping, did not find expected key
          = help: put text in quotes that begins with, or has, what YAML takes for something else: `"{id}/items"`
          paths: {a: {id}/items, b: c}
          |                  ^ while parsing a flow mapping, did not find expected ',' or '}'
          = help: put text in quotes that begins with, or has, what YAML takes for something else: `"{id}/items"`
          headers: {X-A: ${TOKEN}}
          |                   ^ while parsing a flow mapping, did not find expected ',' or '}'
          = help: write `"{secrets.token}"` for a secret, `"{config.token}"` for a setting: either may be given by an environment variable
          path: [*].items
          |          ^ while scanning an anchor or alias, did not find expected alphabetic or numeric character
          = help: put text in quotes that begins with, or has, what YAML takes for something else: `"[*].items"`
          path: *.items # all
          |         ^ while parsing node, found unknown anchor
          = help: put text in quotes that begins with, or has, what YAML takes for something else: `"*.items"`
          path: {{ config['x'] }}
          |                  ^ while parsing a flow mapping, did not find expected ',' or '}'
          = help: put text in quotes that begins with, or has, what YAML takes for something else: `"{{ config['x'] }}"`
          time: 12:30: x
          |              ^ mapping values are not allowed in this context
          = help: put text in quotes that begins with, or has, what YAML takes for something else: `"12:30: x"`
          headers:
        		X-A: b
          |         ^ tabs disallowed within this context (block indentation)
          = help: indent by spaces: YAML takes no tabs
    "#]].assert_eq(&told);
}

#[test]
fn quoted_text_before_a_comment_is_underlined_alone() {
    check(
        "client:
  base_url: \"api.example.com\"   # the \"sandbox\"
  paginator: single_page
resources: ['pay''ments' , # it's one
  \"a\\\"b\"]
",
        expect![[r#"
            this is not the address of a server [invalid_url]
             --> api.yaml:2:13
              |
            2 |   base_url: "api.example.com"   # the "sandbox"
              |             ^^^^^^^^^^^^^^^^^
              |
              = help: begin with the scheme, `https://api.example.com`
        "#]],
    );
}
