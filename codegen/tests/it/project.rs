//! dlt's project file, in which several sources stand beside much else.

use expect_test::{Expect, expect};
use rest_source_codegen::{LintLevels, SourceFile, compile};

use crate::{check, rendered};

/// Two descriptions among what is none.
const PROJECT: &str = "\
project: {name: shop, default_profile: tests}
runtime: {log_level: WARNING}
sources:
  pokemon:
    type: rest_api
    client: {base_url: https://pokeapi.co/api/v2, paginator: single_page}
    resources: [berry]
  orders:
    type: dlt.sources.rest_api.rest_api
    client: {base_url: https://api.example.com, paginator: single_page}
    resources: [{name: orders, primery_key: id}]
  events: {type: github.source}
  warehouse: {type: sql_database, table_names: [family]}
destinations: {local: {type: duckdb}}
profiles: {prod: {destinations: {local: {type: delta}}}}
";

/// What is said where code is made of the source that is chosen.
fn choose(text: &str, chosen: Option<&str>, expected: Expect) {
    let file = SourceFile::new("dlt.yml", text);
    let file = match chosen {
        Some(name) => file.with_source(name),
        None => file,
    };
    let output = compile(&file, "api", LintLevels::default());
    let names: Vec<_> =
        output.source.resources.iter().map(|resource| &*resource.plan.name).collect();
    let said = rendered(&output.diagnostics, &file);
    expected.assert_eq(&format!("{names:?}\n{said}"));
}

#[test]
fn all_sources_are_checked_and_their_mistakes_stand_where_they_are() {
    check(
        PROJECT,
        expect![[r#"
        a resource has no key `primery_key` [unknown_key]
          --> api.yaml:11:32
           |
        11 |     resources: [{name: orders, primery_key: id}]
           |                                ^^^^^^^^^^^ did you mean `primary_key`?
    "#]],
    );
}

#[test]
fn code_is_made_of_the_source_that_is_chosen() {
    choose(
        PROJECT,
        Some("pokemon"),
        expect![[r#"
        ["berry"]
    "#]],
    );
    choose(
        PROJECT,
        Some("orders"),
        expect![[r#"
        ["orders"]
        a resource has no key `primery_key` [unknown_key]
          --> dlt.yml:11:32
           |
        11 |     resources: [{name: orders, primery_key: id}]
           |                                ^^^^^^^^^^^ did you mean `primary_key`?
    "#]],
    );
}

#[test]
fn a_source_has_to_be_chosen_where_there_are_several() {
    choose(
        PROJECT,
        None,
        expect![[r#"
        []
        this project file has several sources, and none is chosen [unknown_source]
         --> dlt.yml:3:1
          |
        3 | sources:
          | ^^^^^^^
          |
          = help: choose `pokemon` or `orders`: `source = "pokemon"` in the attribute, `--source pokemon` on the command line
    "#]],
    );
    choose(
        PROJECT,
        Some("pokemons"),
        expect![[r#"
        []
        there is no source `pokemons`: did you mean `pokemon`? [unknown_source]
         --> dlt.yml:3:1
          |
        3 | sources:
          | ^^^^^^^
    "#]],
    );
    choose(
        PROJECT,
        Some("stock"),
        expect![[r#"
        []
        there is no source `stock` [unknown_source]
         --> dlt.yml:3:1
          |
        3 | sources:
          | ^^^^^^^
          |
          = help: choose `pokemon` or `orders`: `source = "pokemon"` in the attribute, `--source pokemon` on the command line
    "#]],
    );
    choose(
        PROJECT,
        Some("events"),
        expect![[r#"
        []
        the source `events` is not of `type: rest_api` [unknown_source]
          --> dlt.yml:12:3
           |
        12 |   events: {type: github.source}
           |   ^^^^^^
           |
           = note: what sources of other types do is written in Python
    "#]],
    );
}

#[test]
fn an_only_source_needs_no_choice() {
    let (one, _) = PROJECT.split_once("  orders:").unwrap();
    choose(
        one,
        None,
        expect![[r#"
        ["berry"]
    "#]],
    );
}

#[test]
fn a_file_that_is_no_project_has_nothing_to_choose() {
    let alone = "client: {base_url: https://api.example.com, paginator: single_page}\n\
                 resources: [berry]\n";
    choose(
        alone,
        Some("pokemon"),
        expect![[r#"
        []
        the source `pokemon` is chosen of a file that describes only one [unknown_source]
        --> dlt.yml
         = help: choose none: names of sources are in dlt's project file, below `sources`
    "#]],
    );
}

#[test]
fn a_project_without_descriptions_is_a_mistake() {
    check(
        "sources: {events: {type: github.source}}",
        expect![[r#"
        this project file has no source of `type: rest_api` [unknown_source]
         --> api.yaml:1:1
          |
        1 | sources: {events: {type: github.source}}
          | ^^^^^^^
    "#]],
    );
    check(
        "sources: [pokemon]",
        expect![[r#"
        expected a mapping, found a list [wrong_type]
         --> api.yaml:1:10
          |
        1 | sources: [pokemon]
          |          ^^^^^^^^^
    "#]],
    );
    check(
        "sources:",
        expect![[r#"
        expected a mapping, found nothing [wrong_type]
         --> api.yaml:1:8
          |
        1 | sources:
          |        ^
    "#]],
    );
}

#[test]
fn a_source_that_is_meant_to_be_one_is_told_what_it_lacks() {
    let project = |type_name: &str| {
        format!(
            "sources:\n  pokemon:\n{type_name}    client: {{base_url: https://pokeapi.co/api/v2, \
             paginator: single_page}}\n    resources: [berry]\n"
        )
    };
    check(
        &project(""),
        expect![[r#"
        the source `pokemon` needs the key `type` [missing_key]
         --> api.yaml:2:3
          |
        2 |   pokemon:
          |   ^^^^^^^
          |
          = help: write `type: rest_api`
    "#]],
    );
    check(
        &project("    type: rest-api\n"),
        expect![[r#"
        `rest-api` is not a type of REST source [unknown_word]
         --> api.yaml:3:11
          |
        3 |     type: rest-api
          |           ^^^^^^^^ did you mean `rest_api`?
          |
          = help: accepted here: `rest_api`, `rest_api.rest_api`, `dlt.sources.rest_api` or `dlt.sources.rest_api.rest_api`
    "#]],
    );
    check(
        &project("    type: rest_api\n    primary_key: id\n    auth: bearer\n"),
        expect![[r#"
            a source description has no key `primary_key` [unknown_key]
             --> api.yaml:4:5
              |
            4 |     primary_key: id
              |     ^^^^^^^^^^^
              |
              = help: this belongs in `resource_defaults`

            a source description has no key `auth` [unknown_key]
             --> api.yaml:5:5
              |
            5 |     auth: bearer
              |     ^^^^
              |
              = help: this belongs in `client`
        "#]],
    );
}

/// Whoever writes `sources` for `resources` has a description.
#[test]
fn a_misspelt_description_is_no_project() {
    check(
        "client: {base_url: https://api.example.com}\nsources: [berry]\n",
        expect![[r#"
        a source description has no key `sources` [unknown_key]
         --> api.yaml:2:1
          |
        2 | sources: [berry]
          | ^^^^^^^ did you mean `resources`?
    "#]],
    );
}
