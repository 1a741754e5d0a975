//! `config`: what settings are, and that they fit where their values go.

use expect_test::expect;
use rest_source_codegen::{LintLevels, Output, SourceFile, compile, for_rustc};
use rest_source_plan::{Input, Part, SettingType, Template};

use super::check;

const CLIENT: &str = "client: {base_url: https://api.example.com, paginator: single_page}\n";

fn compiled(text: &str) -> Output {
    let file = SourceFile::new("api.yaml", text);
    let output = compile(&file, "api", LintLevels::default());
    let messages: Vec<String> =
        output.diagnostics.iter().map(|found| for_rustc(found, &file)).collect();
    assert!(messages.is_empty(), "{}", messages.join("\n"));
    output
}

#[test]
fn a_file_declares_settings() {
    let output = compiled(&format!(
        "{CLIENT}config:\n  \
           start: {{default: now - 2 years, description: Where the first run begins}}\n  \
           size: {{default: 100}}\n  \
           archived: {{default: false}}\n  \
           tags: {{default: [a, 1, 007, 1.50, true]}}\n  \
           region: {{optional: true}}\n  \
           host: {{default: \"{{config.region}}.example.com\", optional: true}}\n  \
           plain:\n\
         resources:\n  - name: x\n    endpoint:\n      params: {{since: '{{config.start}}', \
         archived: '{{config.archived}}', tag: '{{config.tags}}', host: '{{config.host}}', x: \
         '{{config.plain}}', other: '{{config.other}}'}}\n      \
         paginator: {{type: offset, limit: '{{config.size}}'}}\n"
    ));
    let found: Vec<_> = output.source.plan.config.to_vec();
    let named = |name: &str| found.iter().find(|input| input.name == name).unwrap();
    let types = |name: &str| (named(name).data_type, named(name).optional, named(name).declared);
    assert_eq!(types("start"), (SettingType::Text, false, true));
    assert_eq!(types("size"), (SettingType::Integer, false, true));
    assert_eq!(types("archived"), (SettingType::Boolean, false, true));
    assert_eq!(types("tags"), (SettingType::List, false, true));
    assert_eq!(types("region"), (SettingType::Text, true, true));
    assert_eq!(types("plain"), (SettingType::Text, false, true));
    assert_eq!(types("other"), (SettingType::Text, false, false));
    assert_eq!(named("tags").default, Some(Template::text(r#"["a",1,"007","1.50",true]"#)));
    let parts = vec![Part::Config("region".into()), Part::Text(".example.com".into())];
    assert_eq!(named("host").default, Some(Template(parts.into())));
    let Input { setter, variables, description, .. } = named("start");
    assert_eq!(&**setter, "start");
    assert_eq!(variables[..], ["API__START", "START"]);
    assert_eq!(description.as_deref(), Some("Where the first run begins"));
}

#[test]
fn setters_take_what_settings_are() {
    let file = SourceFile::new(
        "api.yaml",
        format!(
            "{CLIENT}config: {{size: {{type: integer}}, archived: {{type: boolean}}, tags: {{type: \
             list}}}}\nresources:\n  - name: x\n    endpoint: {{params: {{a: '{{config.size}}', b: \
             '{{config.archived}}', c: '{{config.tags}}'}}}}\n"
        ),
    );
    let output = compile(&file, "api", LintLevels::default());
    let code = output.items.to_string().replace(' ', "");
    for setter in [
        "pubfnsize(self,value:::std::primitive::i64,)",
        "pubfnarchived(self,value:::std::primitive::bool,)",
        "pubfntags(self,values:impl::std::iter::IntoIterator<",
    ] {
        assert!(code.contains(setter), "{setter}: {code}");
    }
}

#[test]
fn defaults_fit_their_settings() {
    let text = format!(
        "{CLIENT}config:\n  \
           a: {{type: integer, default: many}}\n  \
           b: {{type: boolean, default: 2}}\n  \
           c: {{type: list, default: x}}\n  \
           d: {{default: ''}}\n  \
           e: {{default: [[1]]}}\n  \
           f: {{default: '{{secrets.key}}'}}\n  \
           g: {{type: number}}\n  \
           h: 5\n  \
           i: {{default: '{{config.h}}-{{config.j}}'}}\n  \
           j: {{optional: true}}\n  \
           k: {{default: '{{config.l}}'}}\n  \
           l: {{default: '{{config.k}}'}}\n  \
           unused: {{}}\n\
         resources:\n  - name: x\n    endpoint: {{params: {{p: ['{{config.a}}', '{{config.b}}', \
         '{{config.c}}', '{{config.d}}', '{{config.e}}', '{{config.f}}', '{{config.g}}', \
         '{{config.h}}', '{{config.i}}', '{{config.j}}', '{{config.k}}']}}}}\n"
    );
    check(
        &text,
        expect![[r#"
        the default of `a` must be a whole number [setting_type]
         --> api.yaml:3:31
          |
        3 |   a: {type: integer, default: many}
          |                               ^^^^

        the default of `b` must be `true` or `false` [setting_type]
         --> api.yaml:4:31
          |
        4 |   b: {type: boolean, default: 2}
          |                               ^

        the default of `c` must be a list: `[a, b]` [setting_type]
         --> api.yaml:5:28
          |
        5 |   c: {type: list, default: x}
          |                            ^

        the default of `d` is empty [setting_type]
         --> api.yaml:6:16
          |
        6 |   d: {default: ''}
          |                ^^
          |
          = help: a setting that may have no value is `optional: true`

        expected text or a number, found a list [wrong_type]
         --> api.yaml:7:17
          |
        7 |   e: {default: [[1]]}
          |                 ^^^

        a secret cannot stand here, where errors and checkpoints would show it [invalid_placeholder]
         --> api.yaml:8:16
          |
        8 |   f: {default: '{secrets.key}'}
          |                ^^^^^^^^^^^^^^^
          |
          = help: name a setting, `{config.NAME}`, whose value may be shown

        `number` is not a type of a setting [unknown_word]
         --> api.yaml:9:13
          |
        9 |   g: {type: number}
          |             ^^^^^^
          |
          = help: accepted here: `text`, `integer`, `boolean` or `list`

        a setting is a mapping, found the number `5` [wrong_type]
          --> api.yaml:10:6
           |
        10 |   h: 5
           |      ^

        `j` is optional, and this cannot be left out [setting_type]
          --> api.yaml:11:16
           |
        11 |   i: {default: '{config.h}-{config.j}'}
           |                ^^^^^^^^^^^^^^^^^^^^^^^
        12 |   j: {optional: true}
           |   - the setting
           |
           = help: leave out `optional`, and give it a `default` where it has one

        the default of `k` is made of itself, by `k` and `l` [setting_cycle]
          --> api.yaml:13:16
           |
        13 |   k: {default: '{config.l}'}
           |                ^^^^^^^^^^^^
           |
           = help: give one of them a value of its own

        nothing uses the setting `unused` [unused]
          --> api.yaml:15:3
           |
        15 |   unused: {}
           |   ^^^^^^
           |
           = help: write `"{config.unused}"` where its value goes
    "#]],
    );
}

#[test]
fn settings_fit_where_their_values_go() {
    let text = "client:\n  base_url: 'https://{config.none}.example.com'\n  \
           timeout: '{config.flag}'\n  paginator: {type: offset, limit: '{config.zero}'}\n\
         config: {none: {optional: true}, flag: {type: boolean}, text: {type: text}, many: {type: \
         list}, zero: {default: 0}}\n\
         resources:\n  - name: x\n    endpoint:\n      path: x/{config.many}/{config.none}\n      \
         params: {a: 'b{config.many}', c: '{config.many}', d: '{config.none}'}\n      \
         headers: {X-Many: '{config.many}'}\n      \
         data: 'a={config.none}'\n      \
         paginator: {type: page_number, base_page: '{config.none}', maximum_page: '{config.text}'}\n";
    check(
        text,
        expect![[r#"
            `none` is optional, and this cannot be left out [setting_type]
             --> api.yaml:2:13
              |
            2 |   base_url: 'https://{config.none}.example.com'
              |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            ...
            5 | config: {none: {optional: true}, flag: {type: boolean}, text: {type: text}, many: {type: list}, zero: {default: 0}}
              |          ---- the setting
              |
              = help: leave out `optional`, and give it a `default` where it has one

            `flag` is no number, and one is required here [setting_type]
             --> api.yaml:3:12
              |
            3 |   timeout: '{config.flag}'
              |            ^^^^^^^^^^^^^^^
            4 |   paginator: {type: offset, limit: '{config.zero}'}
            5 | config: {none: {optional: true}, flag: {type: boolean}, text: {type: text}, many: {type: list}, zero: {default: 0}}
              |                                  ---- the setting
              |
              = help: declare it `type: integer`

            with its default this is `0` [setting_type]
             --> api.yaml:4:36
              |
            4 |   paginator: {type: offset, limit: '{config.zero}'}
              |                                    ^^^^^^^^^^^^^^^
              |
              = help: a whole number of 1 or above is required here

            `many` is a list, and one text is required here [setting_type]
             --> api.yaml:9:13
              |
            5 | config: {none: {optional: true}, flag: {type: boolean}, text: {type: text}, many: {type: list}, zero: {default: 0}}
              |                                                                             ---- the setting
            ...
            9 |       path: x/{config.many}/{config.none}
              |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: declare it `type: text`, or fetch the resource `for_each` of its values

            `none` is optional, and this cannot be left out [setting_type]
             --> api.yaml:9:13
              |
            5 | config: {none: {optional: true}, flag: {type: boolean}, text: {type: text}, many: {type: list}, zero: {default: 0}}
              |          ---- the setting
            ...
            9 |       path: x/{config.many}/{config.none}
              |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
              = help: leave out `optional`, and give it a `default` where it has one

            `many` is a list, and one text is required here [setting_type]
              --> api.yaml:10:19
               |
             5 | config: {none: {optional: true}, flag: {type: boolean}, text: {type: text}, many: {type: list}, zero: {default: 0}}
               |                                                                             ---- the setting
            ...
            10 |       params: {a: 'b{config.many}', c: '{config.many}', d: '{config.none}'}
               |                   ^^^^^^^^^^^^^^^^
               |
               = help: write it as the whole of the value, which is then sent once for each element

            `many` is a list, and one text is required here [setting_type]
              --> api.yaml:11:25
               |
             5 | config: {none: {optional: true}, flag: {type: boolean}, text: {type: text}, many: {type: list}, zero: {default: 0}}
               |                                                                             ---- the setting
            ...
            11 |       headers: {X-Many: '{config.many}'}
               |                         ^^^^^^^^^^^^^^^
               |
               = help: declare it `type: text`, or fetch the resource `for_each` of its values

            `none` is optional, and this cannot be left out [setting_type]
              --> api.yaml:12:13
               |
             5 | config: {none: {optional: true}, flag: {type: boolean}, text: {type: text}, many: {type: list}, zero: {default: 0}}
               |          ---- the setting
            ...
            12 |       data: 'a={config.none}'
               |             ^^^^^^^^^^^^^^^^^
               |
               = help: leave out `optional`, and give it a `default` where it has one

            `none` is optional, and this cannot be left out [setting_type]
              --> api.yaml:13:49
               |
             5 | config: {none: {optional: true}, flag: {type: boolean}, text: {type: text}, many: {type: list}, zero: {default: 0}}
               |          ---- the setting
            ...
            13 |       paginator: {type: page_number, base_page: '{config.none}', maximum_page: '{config.text}'}
               |                                                 ^^^^^^^^^^^^^^^
               |
               = help: leave out `optional`, and give it a `default` where it has one

            `text` is no number, and one is required here [setting_type]
              --> api.yaml:13:80
               |
             5 | config: {none: {optional: true}, flag: {type: boolean}, text: {type: text}, many: {type: list}, zero: {default: 0}}
               |                                                         ---- the setting
            ...
            13 |       paginator: {type: page_number, base_page: '{config.none}', maximum_page: '{config.text}'}
               |                                                                                ^^^^^^^^^^^^^^^
               |
               = help: declare it `type: integer`
        "#]],
    );
}

#[test]
fn text_that_nothing_fills_is_refused() {
    let text = "client: {base_url: https://api.example.com, paginator: single_page}\n\
         config: {a: {}}\n\
         resources:\n  - name: x\n    table_name: 't_{config.a}'\n    primary_key: '{config.a}'\n    \
         endpoint: {path: x, data_selector: '{config.a}', method: '{config.a}', response_actions: \
         [{content: '{config.a}', action: ignore, status_code: 404}]}\n";
    check(
        text,
        expect![[r#"
        nothing fills `{config.a}` here [unknown_placeholder]
         --> api.yaml:5:20
          |
        5 |     table_name: 't_{config.a}'
          |                    ^^^^^^^^^^ this would be used literally
          |
          = help: placeholders are allowed in addresses, paths, parameters, headers, bodies and credentials, and `{config.NAME}` in what a paginator or an incremental range sends

        nothing fills `{config.a}` here [unknown_placeholder]
         --> api.yaml:6:19
          |
        6 |     primary_key: '{config.a}'
          |                   ^^^^^^^^^^ this would be used literally
          |
          = help: placeholders are allowed in addresses, paths, parameters, headers, bodies and credentials, and `{config.NAME}` in what a paginator or an incremental range sends

        nothing fills `{config.a}` here [unknown_placeholder]
         --> api.yaml:7:41
          |
        7 |     endpoint: {path: x, data_selector: '{config.a}', method: '{config.a}', response_actions: [{content: '{config.a}', action: ignore,...
          |                                         ^^^^^^^^^^ this would be used literally
          |
          = help: placeholders are allowed in addresses, paths, parameters, headers, bodies and credentials, and `{config.NAME}` in what a paginator or an incremental range sends

        nothing fills `{config.a}` here [unknown_placeholder]
         --> api.yaml:7:63
          |
        7 |     endpoint: {path: x, data_selector: '{config.a}', method: '{config.a}', response_actions: [{content: '{config.a}', action: ignore,...
          |                                                               ^^^^^^^^^^ this would be used literally
          |
          = help: placeholders are allowed in addresses, paths, parameters, headers, bodies and credentials, and `{config.NAME}` in what a paginator or an incremental range sends

        nothing fills `{config.a}` here [unknown_placeholder]
         --> api.yaml:7:106
          |
        7 | ... '{config.a}', response_actions: [{content: '{config.a}', action: ignore, status_code: 404}]}
          |                                                 ^^^^^^^^^^ this would be used literally
          |
          = help: placeholders are allowed in addresses, paths, parameters, headers, bodies and credentials, and `{config.NAME}` in what a paginator or an incremental range sends
    "#]],
    );
}
