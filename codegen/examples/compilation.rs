//! How long the generated code of 100 resources takes to compile, against the same structs and
//! functions as a person writes them over reqwest and serde; both as it is printed by
//! `cargo rest-source expand` and by the macro, which then generates it in every compilation.
//!
//! `cargo run -p rest_source_codegen --example compilation`
//!
//! It makes three packages in `target/compilation`, compiles what they depend on, and then each of
//! them alone several times from nothing in the profile `dev`. What cargo takes when nothing is to
//! be done is taken off.

mod large;

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs,
    io::{Write as _, stdout},
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use rest_source_codegen::{LintLevels, SourceFile, compile};

use self::large::{COLUMNS, RESOURCES, data_type};

const RUNS: usize = 7;
const PACKAGES: [&str; 3] = ["by_hand", "generated", "by_macro"];

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let workspace = Workspace { folder: root.join("target/compilation") };
    workspace.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"*_api\"]\n")?;
    // The dependencies that the project is tested with.
    fs::copy(root.join("Cargo.lock"), workspace.folder.join("Cargo.lock"))?;
    let runtime = format!("rest_source = {{ path = '{}' }}\n", root.join("runtime").display());
    workspace.package("generated", &runtime, &generated()?)?;
    workspace.package("by_macro", &runtime, BY_MACRO)?;
    workspace.write("by_macro_api/api.yaml", &large::description())?;
    workspace.package("by_hand", DEPENDENCIES, &by_hand()?)?;
    for command in ["check", "build"] {
        let mut by_hand = None;
        for package in PACKAGES {
            workspace.cargo(&[command, "--package", &format!("{package}_api")])?;
        }
        let mut times = PACKAGES.map(|_| Vec::new());
        // In turn, so that what else the machine does meets both.
        for _ in 0..RUNS {
            for (package, times) in PACKAGES.iter().zip(&mut times) {
                times.push(workspace.compile(command, &format!("{package}_api"))?);
            }
        }
        for (package, mut times) in PACKAGES.into_iter().zip(times) {
            times.sort();
            let median = times[RUNS / 2];
            let by_hand = *by_hand.get_or_insert(median);
            writeln!(
                stdout(),
                "cargo {command}, {package}: median {median:.2?}, {:.2?} to {:.2?} in {RUNS} runs, \
                 {:.2} times as long as by hand",
                times[0],
                times[RUNS - 1],
                median.as_secs_f64() / by_hand.as_secs_f64(),
            )?;
        }
    }
    Ok(())
}

/// Where the packages are.
struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    fn write(&self, path: &str, text: &str) -> Result<(), Box<dyn Error>> {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().ok_or("a file stands in a folder")?)?;
        Ok(fs::write(path, text)?)
    }

    fn package(&self, name: &str, dependencies: &str, code: &str) -> Result<(), Box<dyn Error>> {
        let manifest = format!(
            "[package]\nname = \"{name}_api\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\n{dependencies}"
        );
        self.write(&format!("{name}_api/Cargo.toml"), &manifest)?;
        self.write(&format!("{name}_api/src/lib.rs"), code)
    }

    /// How long it takes to compile a package alone.
    fn compile(&self, command: &str, package: &str) -> Result<Duration, Box<dyn Error>> {
        self.cargo(&["clean", "--package", package])?;
        let arguments = [command, "--package", package];
        let compiled = self.cargo(&arguments)?;
        Ok(compiled.saturating_sub(self.cargo(&arguments)?))
    }

    fn cargo(&self, arguments: &[&str]) -> Result<Duration, Box<dyn Error>> {
        let begin = Instant::now();
        let output = Command::new(env::var_os("CARGO").ok_or("run this by cargo")?)
            .args(arguments)
            .args(["--offline", "--quiet"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        Ok(begin.elapsed())
    }
}

fn generated() -> Result<String, Box<dyn Error>> {
    let file = SourceFile::new("api.yaml", large::description());
    let output = compile(&file, "generated_api", LintLevels::default());
    assert_eq!(output.diagnostics, []);
    let mut tokens = output.inner_documentation();
    tokens.extend(output.items);
    Ok(prettyplease::unparse(&syn::parse2(tokens)?))
}

const BY_MACRO: &str = "//! The source `by_macro_api`.\n\n\
                        #[rest_source::rest_source(\"api.yaml\")]\npub mod api {}\n";

/// What a person needs.
const DEPENDENCIES: &str = r#"
jiff = { version = "1", default-features = false, features = ["std", "serde"] }
reqwest = { version = "0.13", default-features = false, features = ["rustls-no-provider", "http2", "gzip", "json", "query"] }
rust_decimal = { version = "1", default-features = false, features = ["std", "serde"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
"#;

/// What is written once for all resources.
const CLIENT: &str = r#"//! The source `by_hand_api`.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

/// Fetches all resources.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base_url: String,
    access_token: String,
}

#[derive(Deserialize)]
struct Page<T> {
    data: Vec<T>,
    meta: Meta,
}

#[derive(Deserialize)]
struct Meta {
    next: Option<String>,
}

impl Client {
    /// A client.
    pub fn new(access_token: impl Into<String>) -> Client {
        Client {
            http: reqwest::Client::new(),
            base_url: "https://api.example.com".to_owned(),
            access_token: access_token.into(),
        }
    }

    async fn page<T: DeserializeOwned>(
        &self,
        path: &str,
        after: Option<&str>,
    ) -> Result<Page<T>, reqwest::Error> {
        let mut request = self.http.get(format!("{}{path}", self.base_url)).bearer_auth(&self.access_token);
        if let Some(after) = after {
            request = request.query(&[("after", after)]);
        }
        request.send().await?.error_for_status()?.json().await
    }
}
"#;

/// The same structs, with the same documentation, and functions.
fn by_hand() -> Result<String, Box<dyn Error>> {
    let mut code = CLIENT.to_owned();
    code += "\nimpl Client {\n";
    for resource in 0..RESOURCES {
        write!(
            code,
            r#"
    /// `GET /v1/{resource}`, following `meta.next` by `after`. The records are the response's `data`.
    ///
    /// # Errors
    ///
    /// The server refuses a request or cannot be reached, or a response is not as it is described.
    pub async fn resource_{resource}_items(&self) -> Result<Vec<Resource{resource}Item>, reqwest::Error> {{
        let mut records = Vec::new();
        let mut after: Option<String> = None;
        loop {{
            let page: Page<Resource{resource}Item> = self.page("/v1/{resource}", after.as_deref()).await?;
            records.extend(page.data);
            match page.meta.next {{
                Some(next) => after = Some(next),
                None => return Ok(records),
            }}
        }}
    }}
"#
        )?;
    }
    code += "}\n";
    for resource in 0..RESOURCES {
        write!(
            code,
            "\n/// A record of the resource `resource_{resource}_items`, as \
             [`Client::resource_{resource}_items`] fetches it from `GET /v1/{resource}`.\n///\n\
             /// Its primary key is `id`.\n\
             #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]\n\
             pub struct Resource{resource}Item {{\n    /// Its name\n    ///\n    \
             /// `text`; never missing.\n    pub id: String,\n"
        )?;
        for column in 1..COLUMNS {
            let word = data_type(column);
            let of_type = match word {
                "text" => "String",
                "bigint" => "i64",
                "timestamp" => "Timestamp",
                "decimal" => "Decimal",
                "bool" => "bool",
                _ => "Value",
            };
            write!(
                code,
                "    /// A value\n    ///\n    /// `{word}`; may be missing.\n    \
                 pub column{column}: Option<{of_type}>,\n"
            )?;
        }
        code += "    /// Fields that are not declared.\n    #[serde(flatten)]\n    \
                 pub extra: Map<String, Value>,\n}\n";
    }
    Ok(code)
}
