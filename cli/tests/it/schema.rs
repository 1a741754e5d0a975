//! The JSON Schema says what the parser says.

use std::{fs, path::PathBuf};

use boon::{Compiler, Schemas};
use rest_source_codegen::{Code, LintLevels, Severity, SourceFile};
use serde_json::Value;

use crate::Folder;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Descriptions whose mistake is between keys, where a schema sees each alone.
const BETWEEN_KEYS: [&str; 3] =
    ["bind__path_param_list.yaml", "bind__path_param_null.yaml", "endpoint__data__list.yaml"];

/// All descriptions of a folder.
fn descriptions(folder: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(format!("{ROOT}/{folder}")) else {
        eprintln!("{folder} is not there: its descriptions are NOT TESTED");
        return Vec::new();
    };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|e| e == "yaml" || e == "yml")).collect()
}

#[test]
fn schema_and_parser_take_the_same_descriptions() {
    let run = Folder::with(&[]).run("schema");
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let schema: Value = serde_json::from_str(&run.stdout).unwrap();
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("schema.json", schema).unwrap();
    let schema = compiler.compile("schema.json", &mut schemas).unwrap();

    let folders = [
        "codegen/tests/data",
        "examples",
        "tests/src",
        "../shared/corpus/dlt-tests/valid",
        "../shared/corpus/dlt-tests/invalid",
        "../shared/corpus/probes/valid",
        "../shared/corpus/probes/invalid",
        "../shared/corpus/catalogue/yaml",
    ];
    let mut compared = 0;
    for path in folders.iter().flat_map(|folder| descriptions(folder)) {
        let text = fs::read_to_string(&path).unwrap();
        let mut found =
            rest_source_codegen::check(&SourceFile::new("", &*text), LintLevels::default());
        found.retain(|found| {
            found.severity == Severity::Error && found.code.default_level().is_none()
        });
        // The reader of this test takes no duplicate keys and no aliases that YAML has not.
        let Ok(mut document) = serde_yaml::from_str::<serde_yaml::Value>(&text) else { continue };
        if document.apply_merge().is_err() {
            continue;
        }
        let Ok(document) = serde_json::to_value(document) else { continue };
        let taken = schemas.validate(&document, schema).is_ok();
        let name = path.file_name().unwrap().to_str().unwrap();
        compared += 1;
        if found.is_empty() {
            assert!(taken, "the schema refuses {name}");
        }
        let of_shape = |code| {
            let codes = [Code::UnknownKey, Code::MissingKey, Code::WrongType, Code::UnknownWord];
            codes.contains(&code)
        };
        if taken && !BETWEEN_KEYS.contains(&name) {
            let unseen = found.iter().find(|found| of_shape(found.code));
            assert!(unseen.is_none(), "the schema takes {name}: {unseen:?}");
        }
    }
    assert!(compared >= 5, "{compared} descriptions");
}

/// A project file is a schema of its own: what only dlt understands in it is left alone.
#[test]
fn the_schema_knows_project_files() {
    let schema: Value = serde_json::from_str(&Folder::with(&[]).run("schema").stdout).unwrap();
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("schema.json", schema).unwrap();
    let schema = compiler.compile("schema.json", &mut schemas).unwrap();
    let is_valid = |sources: &str| {
        let text = format!("{{sources: {{{sources}}}, pipelines: {{a: {{source: pokemon}}}}}}");
        let document = serde_json::to_value(serde_yaml::from_str::<Value>(&text).unwrap()).unwrap();
        schemas.validate(&document, schema).is_ok()
    };
    let client = "client: {base_url: https://pokeapi.co/api/v2}";
    assert!(is_valid(&format!("pokemon: {{type: rest_api, {client}, resources: [berry]}}")));
    assert!(is_valid("github: {type: github.source, token: 5}"));
    assert!(!is_valid(&format!("pokemon: {{type: rest_api, {client}, ressources: [berry]}}")));
    assert!(!is_valid("pokemon: {type: dlt.sources.rest_api.rest_api, resources: [berry]}"));
}
