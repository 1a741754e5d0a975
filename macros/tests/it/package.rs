//! A package of its own, which uses the attribute as its users do.

use std::{fs, path::Path, process::Command};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// A package in a folder that goes with it.
pub struct Package {
    folder: tempfile::TempDir,
    name: String,
}

impl Package {
    /// One of this name, which depends on the crate `rest_source`.
    pub fn new(name: &str) -> Package {
        let package = Package { folder: tempfile::tempdir().unwrap(), name: name.to_owned() };
        package.set_edition("2024");
        let root = Path::new(ROOT).canonicalize().unwrap();
        fs::copy(root.join("Cargo.lock"), package.folder.path().join("Cargo.lock")).unwrap();
        package
    }

    /// Changes the edition, which is 2024 else.
    pub fn set_edition(&self, edition: &str) {
        let root = Path::new(ROOT).canonicalize().unwrap();
        let manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"{edition}\"\n\n\
             [dependencies]\nrest_source = {{ path = {:?} }}\n\n[workspace]\n",
            self.name,
            root.join("runtime").display().to_string()
        );
        self.write("Cargo.toml", &manifest);
    }

    /// Writes a file of it.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Cargo with these arguments in it.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args(arguments)
            .args(["--offline", "--color=never"])
            .current_dir(self.folder.path())
            .env("CARGO_TARGET_DIR", Path::new(ROOT).join("target/rebuild"))
            .env_remove("RUSTFLAGS");
        cargo
    }
}

/// A description with these resources.
pub fn description(resources: &str) -> String {
    format!(
        "client: {{base_url: https://api.example.com, paginator: single_page}}\nresources: [{resources}]\n"
    )
}
