//! What the workspace says of itself holds for all that it depends on.

use std::{path::Path, process::Command};

use serde_json::Value;

#[test]
fn no_package_needs_a_newer_rust_than_the_workspace_states() {
    let packages = packages();
    let stated = packages.iter().find(|package| package["name"] == "rest_source").unwrap();
    let stated = stated["rust_version"].as_str().unwrap();

    let newer: Vec<String> = packages
        .iter()
        .filter(|package| package["rust_version"].as_str().map(version) > Some(version(stated)))
        .map(|package| format!("{} needs {}", package["id"], package["rust_version"]))
        .collect();
    assert!(newer.is_empty(), "rust-version of the workspace is {stated}, but {newer:#?}");
}

#[test]
fn every_package_has_a_licence_that_deny_toml_allows() {
    let deny: toml::Table =
        std::fs::read_to_string(root().join("deny.toml")).unwrap().parse().unwrap();
    let allowed = deny["licenses"]["allow"].as_array().unwrap();
    let allows = |licence: &spdx::LicenseReq| {
        allowed.iter().any(|id| id.as_str() == Some(licence.to_string().as_str()))
    };

    let refused: Vec<String> = packages()
        .iter()
        .filter(|package| {
            let licence = package["license"].as_str().unwrap_or_default();
            spdx::Expression::parse_mode(licence, spdx::ParseMode::LAX)
                .map_or(true, |licence| !licence.evaluate(allows))
        })
        .map(|package| format!("{}: {}", package["id"], package["license"]))
        .collect();
    assert!(refused.is_empty(), "{refused:#?}");
}

/// The packages of the lock file that this platform compiles; those of others may not be on disk.
fn packages() -> Vec<Value> {
    let platform = Command::new("rustc").args(["--print", "host-tuple"]).output().unwrap();
    let platform = String::from_utf8(platform.stdout).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked", "--filter-platform", platform.trim()])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap().clone();
    assert!(packages.len() > 50, "{} packages", packages.len());
    packages
}

/// `1.89` and `1.89.0` are the same.
fn version(text: &str) -> Vec<u32> {
    let mut numbers: Vec<u32> = text.split('.').map(|number| number.parse().unwrap()).collect();
    numbers.resize(3, 0);
    numbers
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}
