//! `check` for programs.

use expect_test::expect;
use serde_json::Value;
use serde_sarif::sarif::{ResultLevel, Sarif};

use super::{Folder, MISTAKEN, SECRET};

/// Two places, a letter of two bytes before the mistake, and characters that formats escape.
const TWICE: &str = "\
client: {base_url: https://api.example.com, paginator: single_page}
resources:
  - {description: 100% créé, name: a}
  - {description: 100% créé, name: a}
";

#[test]
fn json_has_all_that_people_see() {
    let folder = Folder::with(&[("a, b.yaml", TWICE), ("secret.yaml", SECRET)]);
    let run = folder.run("check --format json .");
    assert_eq!(run.status, 1);
    let found: Value = serde_json::from_str(&run.stdout).unwrap();
    expect![[r#"
        [{"code":"duplicate_resource","file":"a, b.yaml","help":["one endpoint can serve several resources: name them apart"],"labels":[{"end":{"column":37,"line":4},
        "start":{"column":36,"line":4},
        "text":"here again"},
        {"end":{"column":37,"line":3},
        "start":{"column":36,"line":3},
        "text":"first here"}],"message":"there are two resources `a`","notes":[],"severity":"error"},
        {"code":"plain_secret","file":"secret.yaml","help":["name it instead, `token: \"{secrets.access_token}\"`: the value is then given to the client's builder or found in the environment"],"labels":[{"end":{"column":28,"line":3},
        "start":{"column":17,"line":3},
        "text":"a literal value"}],"message":"`token` is a secret, and it would be compiled into the program","notes":["`plain_secret` is a lint, deny by default; `--allow plain_secret` turns it off"],"severity":"error"}]"#]].assert_eq(&serde_json::to_string(&found).unwrap().replace("},", "},\n"));
}

#[test]
fn json_of_nothing_is_an_empty_list() {
    let folder = Folder::with(&[("a.yaml", super::VALID)]);
    assert_eq!(folder.run("check --format json .").stdout, "[]\n");
}

#[test]
fn annotations_of_github_are_escaped_and_stand_on_their_lines() {
    let folder = Folder::with(&[("a, b.yaml", TWICE), ("secret.yaml", SECRET)]);
    expect![[r#"
        ::error title=duplicate_resource,file=a%2C b.yaml,line=4,endLine=4,col=36,endColumn=36::there are two resources `a`: here again%0Ahelp: one endpoint can serve several resources: name them apart
        ::error title=plain_secret,file=secret.yaml,line=3,endLine=3,col=17,endColumn=27::`token` is a secret, and it would be compiled into the program: a literal value%0Ahelp: name it instead, `token: "{secrets.access_token}"`: the value is then given to the client's builder or found in the environment%0Anote: `plain_secret` is a lint, deny by default; `--allow plain_secret` turns it off
    "#]].assert_eq(&folder.run("check --format github .").stdout);
}

#[test]
fn sarif_is_sarif() {
    let folder = Folder::with(&[
        ("mistaken.yaml", MISTAKEN),
        ("a b/twice.yaml", TWICE),
        ("secret.yaml", SECRET),
    ]);
    let run = folder.run("check --format sarif . missing.yaml --warn plain_secret");
    assert_eq!(run.status, 2);
    let log: Sarif = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(log.version, "2.1.0");
    let [sarif] = log.runs.as_slice() else { panic!("{log:?}") };
    let rules = sarif.tool.driver.rules.as_ref().unwrap();
    let results = sarif.results.as_ref().unwrap();
    let seen: Vec<String> = results
        .iter()
        .map(|result| {
            assert!(rules.iter().any(|rule| Some(&rule.id) == result.rule_id.as_ref()));
            let location = &result.locations.as_ref().unwrap()[0];
            let physical = location.physical_location.as_ref().unwrap();
            let uri = physical.artifact_location.as_ref().unwrap().uri.as_ref().unwrap();
            let region = physical.region.as_ref().map(|region| {
                let line = region.start_line.unwrap();
                assert_eq!(region.end_line, Some(line));
                (line, region.start_column.unwrap(), region.end_column.unwrap())
            });
            let warning = result.level == Some(ResultLevel::Warning);
            let others = result.related_locations.iter().flatten().count();
            let rule = result.rule_id.as_ref().unwrap();
            format!("{rule} {uri} {region:?} warning: {warning}, {others} more places\n")
        })
        .collect();
    expect![[r#"
        duplicate_resource a%20b/twice.yaml Some((4, 36, 37)) warning: false, 1 more places
        unknown_key mistaken.yaml Some((3, 22, 38)) warning: false, 0 more places
        unknown_word mistaken.yaml Some((4, 51, 58)) warning: false, 0 more places
        plain_secret secret.yaml Some((3, 17, 28)) warning: true, 0 more places
        unreadable_file missing.yaml None warning: false, 0 more places
    "#]]
    .assert_eq(&seen.concat());
}
