//! What the bodies of responses are.

use expect_test::expect;

use rest_source_codegen::LintLevels;

use super::{check, messages, with_resources};

fn endpoint(endpoint: &str) -> String {
    with_resources(&format!("  - {{name: a, endpoint: {{{endpoint}}}}}"))
}

fn said(endpoints: &[&str]) -> String {
    let messages = endpoints.iter().map(|of| messages(&endpoint(of), LintLevels::default()));
    messages.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_a_response_format_takes() {
    for taken in [
        "response_format: json",
        "response_format: jsonl",
        "response_format: csv",
        "response_format: {type: json, files: '*.json', encoding: iso-8859-1}",
        "response_format: jsonl, data_selector: data.items, data_selector_required: false",
        "response_format: {type: csv, delimiter: ';', quote: null, skip_lines: 2, encoding: windows-1252}",
        "response_format: {type: csv, delimiter: \"\\t\", header: true}",
        "response_format: {type: csv, delimiter: '\\t', columns: [id, name]}",
        "response_format: {type: csv, header: false, columns: [id, name]}",
        "response_format: csv, data_selector: '', data_selector_required: false",
        "response_format: csv, paginator: {type: cursor, cursor_path: '$[-1].id', cursor_param: after}",
        "response_format: csv, paginator: {type: offset, limit: 100}",
        "response_format: csv, paginator: header_link",
        "response_format: xml, data_selector: orders.order",
        "response_format: xml, data_selector: \"feed['atom:entry']\", paginator: {type: cursor, cursor_path: feed.next}",
        "response_format: null",
    ] {
        check(&endpoint(taken), expect![[r""]]);
    }
    check(
        &with_resources(
            "  - name: a\n    columns: {id: {data_type: bigint}, name: {}}\n    endpoint: \
             {response_format: {type: csv, header: false}}",
        ),
        expect![[r""]],
    );
}

#[test]
fn formats_and_their_keys_are_known() {
    expect![[r#"
        `cvs` is not a response format [unknown_word]
         --> api.yaml:3:43
          |
        3 |   - {name: a, endpoint: {response_format: cvs}}
          |                                           ^^^ did you mean `csv`?
          |
          = help: accepted here: `json`, `jsonl`, `csv` or `xml`

        `tsv` is not a response format [unknown_word]
         --> api.yaml:3:43
          |
        3 |   - {name: a, endpoint: {response_format: tsv}}
          |                                           ^^^ did you mean `csv`?
          |
          = help: accepted here: `json`, `jsonl`, `csv` or `xml`

        a response format needs the key `type` [missing_key]
         --> api.yaml:3:43
          |
        3 |   - {name: a, endpoint: {response_format: {delimiter: ';'}}}
          |                                           ^^^^^^^^^^^^^^^^

        the format `csv` has no key `seperator` [unknown_key]
         --> api.yaml:3:55
          |
        3 |   - {name: a, endpoint: {response_format: {type: csv, seperator: ';'}}}
          |                                                       ^^^^^^^^^
          |
          = help: it takes `type`, `delimiter`, `quote`, `header`, `columns`, `skip_lines`, `files` or `encoding`

        the format `json` has no key `delimiter` [unknown_key]
         --> api.yaml:3:56
          |
        3 |   - {name: a, endpoint: {response_format: {type: json, delimiter: ';'}}}
          |                                                        ^^^^^^^^^
          |
          = help: this belongs in a response format of `type: csv`

        `latin-1` is not an encoding [unknown_word]
         --> api.yaml:3:65
          |
        3 |   - {name: a, endpoint: {response_format: {type: csv, encoding: latin-1}}}
          |                                                                 ^^^^^^^
          |
          = help: accepted here: `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`, `iso-8859-1`, `iso-8859-2`, `iso-8859-3`, `iso-8859-4`, `iso-8859-5`, `iso-8859-6`, `iso-8859-7`, `iso-8859-8`, `iso-8859-9`, `iso-8859-10`, `iso-8859-13`, `iso-8859-14`, `iso-8859-15`, `iso-8859-16`, `windows-1250`, `windows-1251`, `windows-1253`, `windows-1254`, `windows-1255`, `windows-1256`, `windows-1257`, `windows-1258`, `windows-874`, `ibm866`, `koi8-r`, `koi8-u`, `macintosh`, `gbk`, `gb18030`, `big5`, `euc-jp`, `iso-2022-jp`, `shift_jis` or `euc-kr`

        `windows1252` is not an encoding [unknown_word]
         --> api.yaml:3:65
          |
        3 |   - {name: a, endpoint: {response_format: {type: csv, encoding: windows1252}}}
          |                                                                 ^^^^^^^^^^^ did you mean `windows-1252`?
          |
          = help: accepted here: `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`, `iso-8859-1`, `iso-8859-2`, `iso-8859-3`, `iso-8859-4`, `iso-8859-5`, `iso-8859-6`, `iso-8859-7`, `iso-8859-8`, `iso-8859-9`, `iso-8859-10`, `iso-8859-13`, `iso-8859-14`, `iso-8859-15`, `iso-8859-16`, `windows-1250`, `windows-1251`, `windows-1253`, `windows-1254`, `windows-1255`, `windows-1256`, `windows-1257`, `windows-1258`, `windows-874`, `ibm866`, `koi8-r`, `koi8-u`, `macintosh`, `gbk`, `gb18030`, `big5`, `euc-jp`, `iso-2022-jp`, `shift_jis` or `euc-kr`

        nothing fills `{config.format}` here [unknown_placeholder]
         --> api.yaml:3:44
          |
        3 |   - {name: a, endpoint: {response_format: '{config.format}'}}
          |                                            ^^^^^^^^^^^^^^^ this would be used literally
          |
          = help: placeholders are allowed in addresses, paths, parameters, headers, bodies and credentials, and `{config.NAME}` in what a paginator or an incremental range sends

        no file has an empty name [invalid_name]
         --> api.yaml:3:62
          |
        3 |   - {name: a, endpoint: {response_format: {type: csv, files: ''}}}
          |                                                              ^^
          |
          = help: write a pattern, `files: "*.csv"`, or leave it out for all files

        `-1` is not a whole number, 0 or above [invalid_number]
         --> api.yaml:3:67
          |
        3 |   - {name: a, endpoint: {response_format: {type: csv, skip_lines: -1}}}
          |                                                                   ^^
    "#]].assert_eq(&said(&[
        "response_format: cvs",
        "response_format: tsv",
        "response_format: {delimiter: ';'}",
        "response_format: {type: csv, seperator: ';'}",
        "response_format: {type: json, delimiter: ';'}",
        "response_format: {type: csv, encoding: latin-1}",
        "response_format: {type: csv, encoding: windows1252}",
        "response_format: '{config.format}'",
        "response_format: {type: csv, files: ''}",
        "response_format: {type: csv, skip_lines: -1}",
    ]));
}

#[test]
fn rows_have_fields_with_names() {
    expect![[r#"
        `delimiter` is one ASCII character, found "; " [wrong_type]
         --> api.yaml:3:66
          |
        3 |   - {name: a, endpoint: {response_format: {type: csv, delimiter: '; '}}}
          |                                                                  ^^^^
          |
          = help: write `delimiter: ";"`, and a tab as `delimiter: "\t"`

        the delimiter and the quote are the same character [conflict]
         --> api.yaml:3:66
          |
        3 |   - {name: a, endpoint: {response_format: {type: csv, delimiter: '"'}}}
          |                                                                  ^^^
          |
          = help: without quotes, write `quote: null`

        `quote` is one ASCII character, found "„" [wrong_type]
         --> api.yaml:3:62
          |
        3 |   - {name: a, endpoint: {response_format: {type: csv, quote: '„'}}}
          |                                                              ^^^
          |
          = help: write `quote: "'"`, and a tab as `quote: "\t"`

        nothing names the fields of a row [missing_key]
         --> api.yaml:3:63
          |
        3 |   - {name: a, endpoint: {response_format: {type: csv, header: false}}}
          |                                                               ^^^^^
          |
          = help: list them in order, `response_format: {type: csv, columns: [id, name]}`, or declare the resource's `columns` in that order

        the first row has the names of the fields, and these are others [conflict]
         --> api.yaml:3:78
          |
        3 |   - {name: a, endpoint: {response_format: {type: csv, header: true, columns: [id]}}}
          |                                                               ----           ^^^^
          |                                                               |
          |                                                               the first row has them
          |
          = help: to use these instead, skip that row, `skip_lines: 1`, and leave `header` out

        a row without fields is no record [wrong_type]
         --> api.yaml:3:64
          |
        3 |   - {name: a, endpoint: {response_format: {type: csv, columns: []}}}
          |                                                                ^^
          |
          = help: list the names of the fields in order, `columns: [id, name]`

        a field needs a name [invalid_name]
         --> api.yaml:3:69
          |
        3 |   - {name: a, endpoint: {response_format: {type: csv, columns: [id, '', id]}}}
          |                                                                     ^^

        the field `id` is listed twice [duplicate_name]
         --> api.yaml:3:73
          |
        3 |   - {name: a, endpoint: {response_format: {type: csv, columns: [id, '', id]}}}
          |                                                                 --      ^^
          |                                                                 |
          |                                                                 the first
    "#]].assert_eq(&said(&[
        "response_format: {type: csv, delimiter: '; '}",
        "response_format: {type: csv, delimiter: '\"'}",
        "response_format: {type: csv, quote: '„'}",
        "response_format: {type: csv, header: false}",
        "response_format: {type: csv, header: true, columns: [id]}",
        "response_format: {type: csv, columns: []}",
        "response_format: {type: csv, columns: [id, '', id]}",
    ]));
}

#[test]
fn records_are_where_a_format_has_them() {
    expect![[r#"
        the records of a `csv` body are its rows, and nothing in them is selected [conflict]
         --> api.yaml:3:63
          |
        3 |   - {name: a, endpoint: {response_format: csv, data_selector: items}}
          |                                           --- the format      ^^^^^
          |
          = help: leave it out, or write `data_selector: null` where `resource_defaults` have one

        an `xml` body needs the path of the elements that are records [missing_key]
         --> api.yaml:3:43
          |
        3 |   - {name: a, endpoint: {response_format: xml}}
          |                                           ^^^
          |
          = help: name the elements from the root on, `data_selector: orders.order`; a name with a colon needs quotes, `"feed['atom:entry']"`

        the records of an `xml` body are found by a path of elements [invalid_selector]
         --> api.yaml:3:63
          |
        3 |   - {name: a, endpoint: {response_format: xml, data_selector: '$..order'}}
          |                                                               ^^^^^^^^^^
          |
          = help: name the elements from the root on, `data_selector: orders.order`; a name with a colon needs quotes, `"feed['atom:entry']"`

        the records of an `xml` body are found by a path of elements [invalid_selector]
         --> api.yaml:3:63
          |
        3 |   - {name: a, endpoint: {response_format: xml, data_selector: $}}
          |                                                               ^
          |
          = help: name the elements from the root on, `data_selector: orders.order`; a name with a colon needs quotes, `"feed['atom:entry']"`

        without a `data_selector` nothing says what may be missing [missing_key]
         --> api.yaml:3:73
          |
        3 |   - {name: a, endpoint: {response_format: json, data_selector_required: false}}
          |                                                                         ^^^^^
          |
          = help: name the list of the records beside it, `data_selector: items`
    "#]].assert_eq(&said(&[
        "response_format: csv, data_selector: items",
        "response_format: xml",
        "response_format: xml, data_selector: '$..order'",
        "response_format: xml, data_selector: $",
        "response_format: json, data_selector_required: false",
    ]));
}

#[test]
fn no_key_leads_into_a_list() {
    expect![[r#"
        a `csv` body is a list of rows, in which `meta.next` leads nowhere [conflict]
         --> api.yaml:3:87
          |
        3 |   - {name: a, endpoint: {response_format: csv, paginator: {type: cursor, cursor_path: meta.next}}}
          |                                           --- the format                              ^^^^^^^^^
          |
          = help: if a header leads to the next page, use `header_link` or `header_cursor`; if the last record does, write `cursor_path: "$[-1].NAME"`

        a `csv` body is a list of rows, so that the paginator needs `cursor_path` [missing_key]
         --> api.yaml:3:43
          |
        3 |   - {name: a, endpoint: {response_format: csv, paginator: {type: cursor, cursor_param: after}}}
          |                                           ^^^
          |
          = help: if a header leads to the next page, use `header_link` or `header_cursor`; if the last record does, write `cursor_path: "$[-1].NAME"`

        a `jsonl` body is a list of lines, so that the paginator needs `next_url_path` [missing_key]
         --> api.yaml:3:43
          |
        3 |   - {name: a, endpoint: {response_format: jsonl, paginator: json_link}}
          |                                           ^^^^^
          |
          = help: if a header leads to the next page, use `header_link` or `header_cursor`; if the last record does, write `next_url_path: "$[-1].NAME"`

        a `jsonl` body is a list of lines, in which `total` leads nowhere [conflict]
         --> api.yaml:3:99
          |
        3 |   - {name: a, endpoint: {response_format: jsonl, paginator: {type: offset, limit: 10, total_path: total, has_more_path: more}}}
          |                                           ----- the format                                        ^^^^^
          |
          = help: leave it out: pages end at the first empty one

        a `jsonl` body is a list of lines, in which `more` leads nowhere [conflict]
         --> api.yaml:3:121
          |
        3 |   - {name: a, endpoint: {response_format: jsonl, paginator: {type: offset, limit: 10, total_path: total, has_more_path: more}}}
          |                                           ----- the format                                                              ^^^^
          |
          = help: leave it out, or write where the last record says so, `$[-1].NAME`
    "#]].assert_eq(&said(&[
        "response_format: csv, paginator: {type: cursor, cursor_path: meta.next}",
        "response_format: csv, paginator: {type: cursor, cursor_param: after}",
        "response_format: jsonl, paginator: json_link",
        "response_format: jsonl, paginator: {type: offset, limit: 10, total_path: total, has_more_path: more}",
    ]));
    check(
        "client: {base_url: 'https://example.com', paginator: {type: json_link, next_url_path: links.next}}\n\
         resources:\n  - {name: a, endpoint: {response_format: csv}}\n",
        expect![[r#"
            a `csv` body is a list of rows, in which `links.next` leads nowhere [conflict]
             --> api.yaml:1:87
              |
            1 | client: {base_url: 'https://example.com', paginator: {type: json_link, next_url_path: links.next}}
              |                                                                                       ^^^^^^^^^^
            2 | resources:
            3 |   - {name: a, endpoint: {response_format: csv}}
              |                                           --- the format
              |
              = help: if a header leads to the next page, use `header_link` or `header_cursor`; if the last record does, write `next_url_path: "$[-1].NAME"`
        "#]],
    );
}
