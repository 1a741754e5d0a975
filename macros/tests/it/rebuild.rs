//! Cargo knows the description as a part of the program.

use std::{fs, path::Path, process::Command};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

struct Package {
    folder: tempfile::TempDir,
}

impl Package {
    /// A package of its own, with descriptions in both places where they may stand.
    fn new(name: &str) -> Package {
        let folder = tempfile::tempdir().unwrap();
        let root = Path::new(ROOT).canonicalize().unwrap();
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             rest_source = {{ path = {:?} }}\n\n[workspace]\n",
            root.join("runtime").display().to_string()
        );
        let package = Package { folder };
        package.write("Cargo.toml", &manifest);
        fs::copy(root.join("Cargo.lock"), package.folder.path().join("Cargo.lock")).unwrap();
        let code = "#[rest_source::rest_source(\"api.yaml\")]\npub mod api {}\n\
                    #[rest_source::rest_source(\"beside.yaml\")]\npub mod beside {}\n";
        package.write("src/lib.rs", code);
        package.write("api.yaml", &description("things"));
        package.write("src/beside.yaml", &description("things"));
        package
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Checks it, and tells whether there was something to do and what was said.
    fn check(&self) -> (bool, String) {
        let output = Command::new(env!("CARGO"))
            .args(["check", "--offline", "--color=never", "--message-format=short"])
            .current_dir(self.folder.path())
            .env("CARGO_TARGET_DIR", Path::new(ROOT).join("target/rebuild"))
            .env_remove("RUSTFLAGS")
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        (said.contains("Checking rebuilt"), said)
    }
}

fn description(resource: &str) -> String {
    format!(
        "client: {{base_url: https://api.example.com, paginator: single_page}}\nresources: [{resource}]\n"
    )
}

#[test]
fn editing_a_description_rebuilds_and_doing_nothing_does_not() {
    let package = Package::new("rebuilt_by_edits");
    let (built, said) = package.check();
    assert!(built && said.contains("Finished"), "{said}");
    let (built, said) = package.check();
    assert!(!built, "nothing has changed, and yet: {said}");

    for path in ["api.yaml", "src/beside.yaml"] {
        package.write(path, &description("others, thing: s"));
        let (built, said) = package.check();
        assert!(built && said.contains("invalid") || said.contains("error"), "{path}: {said}");
        package.write(path, &description("others"));
        let (built, said) = package.check();
        assert!(built && said.contains("Finished"), "{path}: {said}");
    }
}

#[test]
fn two_different_files_of_one_name_are_not_chosen_between() {
    let package = Package::new("rebuilt_with_two_files");
    package.write("src/api.yaml", &description("others"));
    let (_, said) = package.check();
    assert!(said.contains("`api.yaml` may be one of several files"), "{said}");
}
