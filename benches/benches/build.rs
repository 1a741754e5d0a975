//! How long a crate takes to build that has a source by the attribute, against one with the same
//! structs and functions as a careful engineer writes them over reqwest and serde.
//!
//! `cargo bench -p rest_source_benches --bench build`
//!
//! It makes the crates in `target/build`, downloads what they depend on, and builds them in the profile
//! `dev`:
//!
//! - with all that they depend on, into an empty folder (`COLD_REPEATS`, 3 by default), by hand also
//!   with reqwest's default features;
//! - alone, all that they depend on being there (`REPEATS`, 7 by default);
//! - after a column was added to a resource, in the description or in the struct (as often).
//!
//! What cargo takes when nothing is to be done is taken off. Those of a kind are built in turn. As
//! for a crate from a registry, there is no incremental compilation of what they depend on.

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use rest_source_benches::{
    large::{by_hand, by_hand_with, description, description_with},
    measure::{median, number},
};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What a person needs; TLS by ring, which is the leanest that works.
const LEAN: &str = r#"
reqwest = { version = "0.13", default-features = false, features = ["rustls-no-provider", "gzip", "json", "query"] }
rustls = { version = "0.23", default-features = false, features = ["ring", "std", "tls12"] }
"#;

/// The same with reqwest's default features, which `cargo add` gives.
const USUAL: &str = r#"
reqwest = { version = "0.13", features = ["gzip", "json", "query"] }
"#;

/// What both need beside it.
const DEPENDENCIES: &str = r#"
jiff = { version = "1", default-features = false, features = ["std", "serde"] }
rust_decimal = { version = "1", default-features = false, features = ["std", "serde"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
"#;

const BY_MACRO: &str = "//! The source `by_macro_api`.\n\n\
                        #[rest_source::rest_source(\"api.yaml\")]\npub mod api {}\n";

fn main() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let workspace = Workspace { folder: root.join("target/build") };
    workspace.write(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nmembers = [\"*_api\"]\n\n\
         [profile.dev.package.\"*\"]\nincremental = false\n",
    )?;
    // What the project is tested with, as far as it depends on the same.
    fs::copy(root.join("Cargo.lock"), workspace.folder.join("Cargo.lock"))?;
    let runtime = format!("rest_source = {{ path = '{}' }}\n", root.join("runtime").display());

    println!("\n## Building\n");
    println!("| crate | resources | command | by | s | of by hand |");
    println!("| --- | --- | --- | --- | --- | --- |");
    for resources in [4, 100] {
        let crates = [
            Crate {
                name: "by_hand_api",
                path: "by_hand_api/src/lib.rs",
                text: by_hand(resources),
                with: by_hand_with,
            },
            Crate {
                name: "by_macro_api",
                path: "by_macro_api/api.yaml",
                text: description(resources),
                with: description_with,
            },
            Crate {
                name: "usual_by_hand_api",
                path: "usual_by_hand_api/src/lib.rs",
                text: by_hand(resources),
                with: by_hand_with,
            },
        ];
        workspace.package("by_hand_api", &format!("{DEPENDENCIES}{LEAN}"))?;
        workspace.package("by_macro_api", &runtime)?;
        workspace.package("usual_by_hand_api", &format!("{DEPENDENCIES}{USUAL}"))?;
        workspace.write("by_macro_api/src/lib.rs", BY_MACRO)?;
        for one in &crates {
            workspace.write(one.path, &one.text)?;
        }
        workspace.fetch()?;

        compare(
            "with dependencies",
            resources,
            "build",
            number("COLD_REPEATS", 3),
            &crates,
            |one, _| {
                let target = tempfile::tempdir_in(&workspace.folder)?;
                workspace.cargo(&["build", "--package", one.name], target.path())
            },
        )?;
        // Alone they are the same by hand, whatever they depend on.
        let crates = &crates[..2];
        for command in ["build", "check"] {
            for one in crates {
                workspace.compile(command, one)?;
            }
            compare("alone", resources, command, number("REPEATS", 7), crates, |one, _| {
                let clean = ["clean", "--package", one.name];
                workspace.cargo(&clean, &workspace.target())?;
                workspace.compile(command, one)
            })?;
            let name = "with a column more";
            compare(name, resources, command, number("REPEATS", 7), crates, |one, round| {
                let column = format!("added_{command}_{round}");
                workspace.write(one.path, &(one.with)(&column, &one.text))?;
                workspace.compile(command, one)
            })?;
        }
    }
    Ok(())
}

/// A crate that is built.
struct Crate {
    name: &'static str,
    /// The file that has the resources, and its text.
    path: &'static str,
    text: String,
    /// The text with another column.
    with: fn(&str, &str) -> String,
}

/// Prints how long the crates take, which are built in turn.
fn compare(
    name: &str,
    resources: usize,
    command: &str,
    repeats: usize,
    crates: &[Crate],
    seconds: impl Fn(&Crate, usize) -> Result<f64>,
) -> Result<()> {
    let round = |round| crates.iter().map(|one| seconds(one, round)).collect();
    let rounds = (0..repeats).map(round).collect::<Result<Vec<Vec<f64>>>>()?;
    for (index, one) in crates.iter().enumerate() {
        println!(
            "| {name} | {resources} | cargo {command} | {} | {:.2} | {:.2} |",
            one.name,
            median(rounds.iter().map(|round| round[index]).collect()),
            median(rounds.iter().map(|round| round[index] / round[0]).collect()),
        );
    }
    Ok(())
}

/// Where the crates are.
struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    fn target(&self) -> PathBuf {
        self.folder.join("target")
    }

    fn write(&self, path: &str, text: &str) -> Result<()> {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().ok_or("a file stands in a folder")?)?;
        Ok(fs::write(path, text)?)
    }

    fn package(&self, name: &str, dependencies: &str) -> Result<()> {
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\n{dependencies}"
        );
        self.write(&format!("{name}/Cargo.toml"), &manifest)
    }

    /// How long what is not up to date takes to compile, in seconds.
    fn compile(&self, command: &str, one: &Crate) -> Result<f64> {
        let arguments = [command, "--package", one.name];
        let compiled = self.cargo(&arguments, &self.target())?;
        Ok(compiled - self.cargo(&arguments, &self.target())?)
    }

    /// Downloads what the crates depend on, so that it is there when they are built.
    fn fetch(&self) -> Result<()> {
        self.run(&["fetch", "--quiet"], &self.target()).map(drop)
    }

    fn cargo(&self, arguments: &[&str], target: &Path) -> Result<f64> {
        self.run(&[arguments, &["--offline", "--quiet"]].concat(), target)
    }

    fn run(&self, arguments: &[&str], target: &Path) -> Result<f64> {
        let begin = Instant::now();
        let output = Command::new(env::var_os("CARGO").ok_or("run this by cargo")?)
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", target)
            .output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        Ok(begin.elapsed().as_secs_f64())
    }
}
