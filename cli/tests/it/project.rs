//! dlt's project file, of which a command takes the source that is named.

use expect_test::expect;

use super::Folder;

const PROJECT: &str = "\
sources:
  pokemon:
    type: rest_api
    client: {base_url: https://pokeapi.co/api/v2, paginator: single_page}
    resources: [berry]
  shop-orders:
    type: rest_api
    client: {base_url: https://api.example.com, paginator: single_page}
    resources: [{name: orders, primery_key: id}]
destinations: {local: {type: duckdb}}
";

#[test]
fn check_looks_at_all_sources_or_at_one() {
    let folder = Folder::with(&[("dlt.yml", PROJECT)]);
    let all = folder.run("check --format short .");
    expect![[r#"
        dlt.yml:9:32: error[unknown_key]: a resource has no key `primery_key`: did you mean `primary_key`?
    "#]].assert_eq(&all.stdout);
    assert_eq!(folder.run("check dlt.yml --source pokemon").status, 0);
    assert_eq!(folder.run("check dlt.yml --source shop-orders").status, 1);
    let unknown = folder.run("check --format short dlt.yml --source pokemons");
    expect![[r#"
        dlt.yml:1:1: error[unknown_source]: there is no source `pokemons`: did you mean `pokemon`?
    "#]]
    .assert_eq(&unknown.stdout);
}

#[test]
fn the_code_of_a_source_stands_in_a_module_of_its_name() {
    let folder = Folder::with(&[("dlt.yml", PROJECT)]);
    let expanded = folder.run("expand dlt.yml --source pokemon");
    assert!(expanded.stdout.contains("\"pokemon\""), "{expanded:?}");
    let reference = folder.run("docs dlt.yml --source pokemon").stdout;
    expect!["# Source pokemon"].assert_eq(reference.lines().next().unwrap());
    let unchosen = folder.run("expand dlt.yml");
    assert_eq!((unchosen.stdout.as_str(), unchosen.status), ("", 1));
    expect![[r#"
        error[unknown_source]: this project file has several sources, and none is chosen
         --> dlt.yml:1:1
          |
        1 | sources:
          | ^^^^^^^
          |
          = help: choose `pokemon` or `shop-orders`: `source = "pokemon"` in the attribute, `--source pokemon` on the command line

    "#]].assert_eq(&unchosen.stderr);
}

#[test]
fn a_new_crate_knows_its_source() {
    let folder = Folder::with(&[("dlt.yml", PROJECT)]);
    let made = folder.run("new dlt.yml --source pokemon --crate pokemon-api");
    assert_eq!(made.status, 0, "{made:?}");
    expect![[r#"
        // Code in a description is the API's and no test of this crate.
        #![cfg_attr(not(doctest), doc = include_str!("../README.md"))]

        #[rest_source::rest_source("dlt.yml", source = "pokemon")]
        mod pokemon_api {}

        pub use rest_source;

        pub use self::pokemon_api::*;
    "#]]
    .assert_eq(&folder.read("pokemon-api/src/lib.rs"));
    folder.run("new dlt.yml --source pokemon --crate written --expanded");
    let readme = folder.read("written/README.md");
    assert!(readme.contains("expand dlt.yml --module written --source pokemon > "), "{readme}");
}
