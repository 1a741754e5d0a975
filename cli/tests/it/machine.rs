//! `check` for programs.

use expect_test::expect;
use serde_json::Value;

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

/// The objects of SARIF 2.1.0 that are used, each with the properties that its section of the
/// standard defines for it and that are used: what it says of `x` is `text`, a `number` from 1, an
/// object or a list (`*`) of them; `?` marks what may be missing.
const SARIF: [(&str, &[(&str, &str)]); 13] = [
    ("sarifLog", &[("$schema", "text"), ("version", "text"), ("runs", "run*")]), // 3.13
    ("run", &[("tool", "tool"), ("columnKind", "text"), ("results", "result*")]), // 3.14
    ("tool", &[("driver", "toolComponent")]),                                    // 3.18
    (
        "toolComponent", // 3.19
        &[("name", "text"), ("version", "text"), ("rules", "reportingDescriptor*")],
    ),
    (
        "reportingDescriptor", // 3.49
        &[
            ("id", "text"),
            ("shortDescription", "multiformatMessageString"),
            ("help", "multiformatMessageString"),
            ("defaultConfiguration", "reportingConfiguration"),
        ],
    ),
    ("multiformatMessageString", &[("text", "text"), ("markdown", "text?")]), // 3.12
    ("reportingConfiguration", &[("level", "level")]),                        // 3.50
    (
        "result", // 3.27
        &[
            ("ruleId", "text"),
            ("level", "level"),
            ("message", "message"),
            ("locations", "location*"),
            ("relatedLocations", "location*?"),
        ],
    ),
    ("message", &[("text", "text")]), // 3.11
    ("location", &[("physicalLocation", "physicalLocation"), ("message", "message?")]), // 3.28
    ("physicalLocation", &[("artifactLocation", "artifactLocation"), ("region", "region?")]), // 3.29
    ("artifactLocation", &[("uri", "text")]),                                                 // 3.4
    (
        "region", // 3.30
        &[
            ("startLine", "number"),
            ("startColumn", "number"),
            ("endLine", "number"),
            ("endColumn", "number"),
        ],
    ),
];

/// Fails for a value that is not what the table says of this kind.
fn assert_is(kind: &str, value: &Value) {
    if let Some(kind) = kind.strip_suffix('*') {
        value.as_array().expect(kind).iter().for_each(|item| assert_is(kind, item));
        return;
    }
    match kind {
        "text" => assert!(value.as_str().is_some_and(|text| !text.is_empty()), "{value}"),
        "number" => assert!(value.as_u64() >= Some(1), "{value}"),
        "level" => assert!(["error", "warning"].map(Value::from).contains(value), "{value}"),
        object => {
            let (_, properties) = SARIF.iter().find(|(name, _)| *name == object).expect(object);
            let object = value.as_object().expect(object);
            for key in object.keys() {
                assert!(properties.iter().any(|(name, _)| name == key), "{key} in {value}");
            }
            for (name, kind) in *properties {
                let required = kind.trim_end_matches('?');
                match object.get(*name) {
                    Some(value) => assert_is(required, value),
                    None => assert_ne!(required, *kind, "{name} is missing in {value}"),
                }
            }
        }
    }
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
    let log: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_is("sarifLog", &log);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let seen: Vec<String> = run["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| {
            let (rule, level) = (&result["ruleId"], &result["level"]);
            assert!(rules.iter().any(|known| known["id"] == *rule), "{rule}");
            let place = &result["locations"][0]["physicalLocation"];
            let uri = &place["artifactLocation"]["uri"];
            let region = &place["region"];
            let others = result["relatedLocations"].as_array().map_or(0, Vec::len);
            format!(
                "{level} {rule} {uri} {}:{}-{}:{}, {others} more\n",
                region["startLine"], region["startColumn"], region["endLine"], region["endColumn"],
            )
        })
        .collect();
    expect![[r#"
        "error" "duplicate_resource" "a%20b/twice.yaml" 4:36-4:37, 1 more
        "error" "unknown_key" "mistaken.yaml" 3:22-3:38, 0 more
        "error" "merge_without_key" "mistaken.yaml" 3:40-3:45, 0 more
        "error" "unknown_word" "mistaken.yaml" 4:51-4:58, 0 more
        "warning" "plain_secret" "secret.yaml" 3:17-3:28, 0 more
        "error" "unreadable_file" "missing.yaml" null:null-null:null, 0 more
    "#]]
    .assert_eq(&seen.concat());
}
