//! What the language has and the engine cannot do yet: it is refused where code is generated, so
//! that no program does something else than its description says.

use expect_test::expect;
use rest_source_codegen::{LintLevels, SourceFile, compile};

use super::{check, rendered};

#[test]
fn what_the_engine_cannot_do_is_refused_where_code_is_generated() {
    let text = "
client: {base_url: https://a.example, headers: {X-A: '{config.a}'}, auth: http_basic, concurrency: 4}
resources:
  - {name: a, endpoint: {paginator: header_link}}
  - {name: b, selected: false, endpoint: {method: POST, json: {}, paginator: single_page}}
  - {name: c, endpoint: {path: 'c/{id}', paginator: single_page}}
  - {name: d, endpoint: {paginator: single_page}, columns: {e: {enum: [f]}}}
  - {name: f}
  - {name: g, endpoint: {data_selector: '', paginator: {type: cursor, limit: 5}}}
";
    check(
        text,
        expect![[r#"
        how this resource is paged is left to a guess from its first response [auto_paginator]
         --> api.yaml:8:12
          |
        8 |   - {name: f}
          |            ^
          |
          = help: if it comes in one piece, add `paginator: single_page` to its endpoint
          = help: if responses hold a cursor, add `paginator: {type: cursor, cursor_path: meta.next, cursor_param: cursor}`, there or in `client`
          = note: `auto_paginator` is a lint, warn by default; `allow(auto_paginator)` in the attribute turns it off
    "#]],
    );
    let file = SourceFile::new("api.yaml", text);
    let found = compile(&file, "api", LintLevels::default()).diagnostics;
    expect![[r#"
        a placeholder of `config` or in `base_url` is part of the language, but the engine cannot do it yet [not_yet]
         --> api.yaml:2:20
          |
        2 | client: {base_url: https://a.example, headers: {X-A: '{config.a}'}, auth: http_basic, concurrency: 4}
          |                    ^^^^^^^^^^^^^^^^^

        this kind of `auth` is part of the language, but the engine cannot do it yet [not_yet]
         --> api.yaml:2:20
          |
        2 | client: {base_url: https://a.example, headers: {X-A: '{config.a}'}, auth: http_basic, concurrency: 4}
          |                    ^^^^^^^^^^^^^^^^^

        `concurrency` is part of the language, but the engine cannot do it yet [not_yet]
         --> api.yaml:2:20
          |
        2 | client: {base_url: https://a.example, headers: {X-A: '{config.a}'}, auth: http_basic, concurrency: 4}
          |                    ^^^^^^^^^^^^^^^^^

        this paginator is part of the language, but the engine cannot do it yet [not_yet]
         --> api.yaml:4:12
          |
        4 |   - {name: a, endpoint: {paginator: header_link}}
          |            ^

        `method: POST` is part of the language, but the engine cannot do it yet [not_yet]
         --> api.yaml:5:12
          |
        5 |   - {name: b, selected: false, endpoint: {method: POST, json: {}, paginator: single_page}}
          |            ^

        a body is part of the language, but the engine cannot do it yet [not_yet]
         --> api.yaml:5:12
          |
        5 |   - {name: b, selected: false, endpoint: {method: POST, json: {}, paginator: single_page}}
          |            ^

        `selected: false` is part of the language, but the engine cannot do it yet [not_yet]
         --> api.yaml:5:12
          |
        5 |   - {name: b, selected: false, endpoint: {method: POST, json: {}, paginator: single_page}}
          |            ^

        a placeholder is part of the language, but the engine cannot do it yet [not_yet]
         --> api.yaml:6:12
          |
        6 |   - {name: c, endpoint: {path: 'c/{id}', paginator: single_page}}
          |            ^

        finding out how a resource is paged is part of the language, but the engine cannot do it yet [not_yet]
         --> api.yaml:8:12
          |
        8 |   - {name: f}
          |            ^
          |
          = help: if it comes in one piece, add `paginator: single_page` to its endpoint
          = help: if responses hold a cursor, add `paginator: {type: cursor, cursor_path: meta.next, cursor_param: cursor}`, there or in `client`
    "#]].assert_eq(&rendered(&found, &file));
}
