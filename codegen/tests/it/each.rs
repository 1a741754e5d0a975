//! `for_each`: the lists that a resource is fetched for.

use expect_test::expect;
use rest_source_codegen::{LintLevels, SourceFile, compile};
use rest_source_plan::{DataType, Each, JsonTemplate, Part, SettingType, Template};

use super::{check, with_resources};

#[test]
fn a_resource_is_fetched_for_lists() {
    let text = with_resources(
        "  - name: issues\n    \
           for_each: {repo: '{config.repos}', state: [open, closed], year: [2024, 2025], day: 1}\n    \
           include_from_each: [repo, year]\n    \
           columns: {id: {data_type: bigint}}\n    \
           primary_key: [_each_repo, id]\n    \
           endpoint:\n      path: 'repos/{each.repo}/issues'\n      \
           params: {state: '{each.state}', year: '{each.year}'}\n      \
           headers: {X-Day: '{each.day}'}\n  \
         - {name: pulls, for_each: {repo: a}, include_from_each: {repository: repo}, \
            endpoint: {params: {x: '{each.repo}'}}}\n",
    );
    let file = SourceFile::new("api.yaml", text);
    let output = compile(&file, "api", LintLevels::default());
    assert_eq!(output.diagnostics, []);
    let [issues, pulls] = &output.source.resources[..] else { panic!() };
    let setting = Template(vec![Part::Config("repos".into())].into());
    let each = |name: &'static str, values: Vec<JsonTemplate>, column: Option<&'static str>| Each {
        name: name.into(),
        values: values.into(),
        column: column.map(Into::into),
        ..Each::DEFAULT
    };
    let text = |text: &'static str| JsonTemplate::Text(text.into());
    assert_eq!(
        issues.plan.for_each[..],
        [
            each("repo", vec![JsonTemplate::Text(setting)], Some("_each_repo")),
            each("state", vec![text("open"), text("closed")], None),
            each(
                "year",
                vec![JsonTemplate::Literal("2024".into()), JsonTemplate::Literal("2025".into())],
                Some("_each_year")
            ),
            each("day", vec![JsonTemplate::Literal("1".into())], None),
        ]
    );
    let columns: Vec<_> = issues
        .columns
        .iter()
        .map(|column| (&*column.name, &*column.field, column.data_type))
        .collect();
    assert_eq!(
        columns,
        [
            ("id", "id", DataType::Bigint),
            ("_each_repo", "each_repo", DataType::Text),
            ("_each_year", "each_year", DataType::Bigint),
        ]
    );
    assert_eq!(pulls.plan.for_each[0].column.as_deref(), Some("repository"));
    // A setting that is used as a list is one.
    assert_eq!(output.source.plan.config[0].data_type, SettingType::List);
}

#[test]
fn lists_have_values_that_requests_use() {
    let text = format!(
        "{}config: {{one: {{type: text}}, none: {{type: list, optional: true}}, size: {{type: \
         integer}}}}\n",
        with_resources(
            "  - {name: a, for_each: {repo: []}, endpoint: {path: 'a/{each.repo}'}}\n  \
             - {name: b, for_each: {repo: [x, x]}, endpoint: {path: 'b/{each.repos}'}}\n  \
             - {name: c, for_each: {repo: {x: y}}, endpoint: {path: 'c/{each.repo}'}}\n  \
             - {name: d, endpoint: {path: 'd/{each.repo}'}}\n  \
             - {name: e, for_each: {repo: [a]}, include_from_each: [other], endpoint: e}\n  \
             - {name: f, for_each: {repo: ['{config.none}']}, endpoint: {path: 'f/{each.repo}'}}\n  \
             - {name: g, for_each: {repo: [null]}, endpoint: {path: 'g/{each.repo}'}}\n  \
             - {name: h, for_each: {'a b': [1]}, endpoint: h}\n  \
             - {name: i, for_each: {repo: [a]}, include_from_each: {x: repo}, columns: {x: {}}, \
                endpoint: {path: 'i/{each.repo}', data_selector: '{each.repo}', params: {l: \
                '{config.one}', m: '{config.size}'}}}\n",
        )
    );
    check(
        &text,
        expect![[r#"
            the list `repo` is empty, so that nothing would be requested [missing_key]
             --> api.yaml:3:26
              |
            3 |   - {name: a, for_each: {repo: []}, endpoint: {path: 'a/{each.repo}'}}
              |                          ^^^^
              |
              = help: write values, as in `[a, b]`, or a setting that is a list, `"{config.NAME}"`

            `x` is listed twice [duplicate_name]
             --> api.yaml:4:36
              |
            4 |   - {name: b, for_each: {repo: [x, x]}, endpoint: {path: 'b/{each.repos}'}}
              |                                    ^
              |
              = help: a resource is fetched once for each value

            `{each.repos}` has no value here [unknown_placeholder]
             --> api.yaml:4:61
              |
            4 |   - {name: b, for_each: {repo: [x, x]}, endpoint: {path: 'b/{each.repos}'}}
              |                                                             ^^^^^^^^^^^^ did you mean `{each.repo}`?

            expected text, found a mapping [wrong_type]
             --> api.yaml:5:32
              |
            5 |   - {name: c, for_each: {repo: {x: y}}, endpoint: {path: 'c/{each.repo}'}}
              |                                ^^^^^^

            `{each.repo}` has no value here [unknown_placeholder]
             --> api.yaml:6:35
              |
            6 |   - {name: d, endpoint: {path: 'd/{each.repo}'}}
              |                                   ^^^^^^^^^^^
              |
              = help: name the list beside `endpoint`, `for_each: {repo: [a, b]}`, or a setting, `for_each: {repo: "{config.repo}"}`

            no request uses `{each.repo}` [unused]
             --> api.yaml:7:26
              |
            7 |   - {name: e, for_each: {repo: [a]}, include_from_each: [other], endpoint: e}
              |                          ^^^^
              |
              = help: write it into the path, a parameter, a header or the body, `"{each.repo}"`

            `{each.other}` has no value here [unknown_placeholder]
             --> api.yaml:7:58
              |
            7 |   - {name: e, for_each: {repo: [a]}, include_from_each: [other], endpoint: e}
              |                                                          ^^^^^
              |
              = help: `for_each` has `repo`

            `none` is optional, and this cannot be left out [setting_type]
              --> api.yaml:8:33
               |
             8 |   - {name: f, for_each: {repo: ['{config.none}']}, endpoint: {path: 'f/{each.repo}'}}
               |                                 ^^^^^^^^^^^^^^^
            ...
            13 | config: {one: {type: text}, none: {type: list, optional: true}, size: {type: integer}}
               |                             ---- the setting
               |
               = help: leave out `optional`, and give it a `default` where it has one

            expected a value, found nothing [wrong_type]
             --> api.yaml:9:33
              |
            9 |   - {name: g, for_each: {repo: [null]}, endpoint: {path: 'g/{each.repo}'}}
              |                                 ^^^^

            `a b` cannot be the name of a list [invalid_name]
              --> api.yaml:10:26
               |
            10 |   - {name: h, for_each: {'a b': [1]}, endpoint: h}
               |                          ^^^^^
               |
               = help: letters, digits and `_`, as in `repo`

            `x` is a column of the resource itself [name_clash]
              --> api.yaml:11:58
               |
            11 |   - {name: i, for_each: {repo: [a]}, include_from_each: {x: repo}, columns: {x: {}}, endpoint: {path: 'i/{each.repo}', data_selector...
               |                                                          ^                   - the column
               |                                                          |
               |                                                          `repo` would replace its values
               |
               = help: choose another name, as in `{each_repo: repo}`

            nothing fills `{each.repo}` here [unknown_placeholder]
              --> api.yaml:11:136
               |
            11 | ...nt: {path: 'i/{each.repo}', data_selector: '{each.repo}', params: {l: '{config.one}', m: '{config.size}'}}}
               |                                                ^^^^^^^^^^^ this would be used literally
               |
               = help: placeholders are allowed in addresses, paths, parameters, headers, bodies and credentials, and `{config.NAME}` in what a paginator or an incremental range sends
        "#]],
    );
}

#[test]
fn bounds_of_a_range_may_be_values_of_a_list() {
    let text = with_resources(
        "  - name: rates\n    for_each: {from: ['2024-01-01', '2024-02-01']}\n    \
           endpoint:\n      incremental: {cursor_path: at, initial_value: '{each.from}'}\n",
    );
    let file = SourceFile::new("api.yaml", text);
    let output = compile(&file, "api", LintLevels::default());
    assert_eq!(output.diagnostics, []);
}
