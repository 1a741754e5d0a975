//! Whatever point of the language a description tries, its code compiles, and without a warning.

use std::fmt::Write as _;

use crate::package::Package;

/// Documents with their names in comments.
const PROBES: &str = include_str!("../data/probes.yaml");

#[test]
fn the_code_of_every_probe_compiles() {
    let package = Package::new("probes");
    let mut code =
        "//! All probes, each a module.\n\n#![deny(warnings, missing_docs)]\n".to_owned();
    let mut count = 0;
    for probe in PROBES.split("--- # ").skip(1) {
        let (name, text) = probe.split_once('\n').unwrap();
        // As modules are called, each by a name of its own.
        let name = format!("{}_{count}", name.to_lowercase().replace("__", "_"));
        package.write(&format!("src/{name}.yaml"), text);
        writeln!(
            code,
            "#[rest_source::rest_source(\"{name}.yaml\", \
             allow(plain_secret, insecure_http, auto_paginator, ignored_key, append_with_lag))]\npub mod {name} {{}}"
        )
        .unwrap();
        count += 1;
    }
    assert_eq!(count, 242);
    package.write("src/lib.rs", &code);
    let output = package.cargo(&["check", "--message-format=short"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
