//! The files of a new crate.

use std::{fmt::Write as _, path::Path};

use rest_source_codegen::{
    Level,
    markdown::{self, block, code},
    model::{Resource, Source},
};
use rest_source_plan::{
    Auth, ClientAuth, Grant, Part, SettingType,
    printable::{line, quoted},
};

use crate::docs::markdown::{Trees, reference};

/// A word of a shell.
fn for_shell(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) && !text.starts_with('-') {
        return text.to_owned();
    }
    format!("'{}'", line(text).replace('\'', r"'\''"))
}

/// In place of keys that sign, which have a form.
const UNSIGNED: &str = "
/// In place of the keys of the source, which sign.
struct Unsigned;

impl Authenticate for Unsigned {
    async fn authenticate(&self, _: &mut Outgoing<'_>) -> Result<(), Error> {
        Ok(())
    }
}
";

/// The first option of an authentication, if the setting of this name chooses it.
fn option<'a>(auth: &'a Auth, setting: &str) -> Option<&'a str> {
    let Auth::Choice(choice) = auth else { return None };
    match &*choice.choose.0 {
        [Part::Config(name)] if *name == setting => choice.options.first().map(|(name, _)| &**name),
        _ => None,
    }
}

/// Whether a client is built of keys that must have a form.
fn signs(auth: &Auth) -> bool {
    match auth {
        Auth::Jwt(_) | Auth::Hmac(_) => true,
        Auth::OAuth2(oauth) => {
            matches!(oauth.grant, Grant::JwtBearer(_))
                || matches!(oauth.client_auth, ClientAuth::PrivateKeyJwt(_))
        }
        Auth::Choice(choice) => choice.options.iter().any(|(_, auth)| signs(auth)),
        _ => false,
    }
}

/// A test of clients that have secrets.
const MASKED: &str = r#"
#[test]
fn it_shows_no_secret() {
    assert!(!format!("{:?}", client()).contains("canary"));
}
"#;

/// What the files are made of.
pub(super) struct Contents<'a> {
    /// The crate's name.
    pub(super) name: &'a str,
    /// The same as an identifier.
    pub(super) module: &'a str,
    /// What the description is called.
    pub(super) file: &'a str,
    /// The description.
    pub(super) text: &'a str,
    /// Which of its sources, if it is a project file with several.
    pub(super) source_name: Option<&'a str>,
    /// What it describes.
    pub(super) source: &'a Source,
    /// The generated code, if it replaces the macro.
    pub(super) code: Option<String>,
    /// The levels of lints that the description needs.
    pub(super) lints: &'a [(Level, String)],
    /// Where the crate `rest_source` is, if not in the registry.
    pub(super) rest_source: Option<&'a Path>,
}

impl Contents<'_> {
    /// Paths below the crate's folder, with texts.
    pub(super) fn files(&self) -> Vec<(String, String)> {
        let mut files = vec![
            (".gitignore".to_owned(), "/target\n".to_owned()),
            ("Cargo.toml".to_owned(), self.manifest()),
            ("README.md".to_owned(), self.readme()),
            (self.file.to_owned(), self.text.to_owned()),
            ("src/lib.rs".to_owned(), self.library()),
            ("tests/client.rs".to_owned(), self.test()),
        ];
        if let Some(code) = &self.code {
            files.push((format!("src/{}.rs", self.module), code.clone()));
        }
        if let Some(resource) = self.shown() {
            files.push(("examples/fetch.rs".to_owned(), self.example(resource)));
        }
        files
    }

    /// A resource that examples may fetch without knowing more.
    fn shown(&self) -> Option<&Resource> {
        self.source.resources.iter().find(|resource| resource.arguments.is_empty())
    }

    fn manifest(&self) -> String {
        let version = env!("CARGO_PKG_VERSION");
        let rest_source = match self.rest_source {
            Some(path) => format!("{{ path = {} }}", quoted(&path.display().to_string())),
            None => quoted(version),
        };
        format!(
            r#"[package]
name = "{name}"
version = "0.1.0"
edition = "2024"
rust-version = "{rust_version}"
description = {description}

[dependencies]
rest_source = {rest_source}

[dev-dependencies]
tokio = {{ version = "1", features = ["macros", "rt-multi-thread"] }}
"#,
            name = self.name,
            rust_version = env!("CARGO_PKG_RUST_VERSION"),
            description = quoted(self.description().lines().next().unwrap_or_default()),
        )
    }

    fn description(&self) -> String {
        let described = self.source.description.as_deref().map(str::trim);
        described.filter(|text| !text.is_empty()).map_or_else(
            || format!("A typed client of the API that {} describes", line(self.file)),
            str::to_owned,
        )
    }

    fn library(&self) -> String {
        let Contents { module, file, .. } = self;
        let declaration = match &self.code {
            Some(_) => format!("mod {module};\n"),
            None => {
                let mut arguments = format!("{file:?}");
                if let Some(name) = self.source_name {
                    let _ = write!(arguments, ", source = {name:?}");
                }
                for (level, lint) in self.lints {
                    let _ = write!(arguments, ", {}({lint})", level.name());
                }
                format!("#[rest_source::rest_source({arguments})]\nmod {module} {{}}\n")
            }
        };
        format!(
            "// Code in a description is the API's and no test of this crate.\n\
             #![cfg_attr(not(doctest), doc = include_str!(\"../README.md\"))]\n\n{declaration}\n\
             pub use rest_source;\n\npub use self::{module}::*;\n"
        )
    }

    fn readme(&self) -> String {
        let Contents { name, module, file, .. } = self;
        let mut readme = format!("# {name}\n\n");
        if self.source.description.is_none() {
            let _ = writeln!(readme, "{}.\n", markdown::text(&self.description()));
        }
        if let Some(Resource { function, .. }) = self.shown() {
            let _ = writeln!(
                readme,
                "```rust,no_run\n#[tokio::main]\nasync fn main() -> Result<(), \
                 {module}::rest_source::Error> {{\n    \
                 let client = {module}::Client::from_env()?;\n    \
                 let mut records = client.{function}().stream();\n    \
                 while let Some(record) = records.try_next().await? {{\n        \
                 println!(\"{{record:?}}\");\n    }}\n    Ok(())\n}}\n```\n"
            );
        }
        let origin = if self.code.is_some() {
            let mut options = match self.source_name {
                Some(name) => format!(" --source {}", for_shell(name)),
                None => String::new(),
            };
            for (level, lint) in self.lints {
                let _ = write!(options, " --{} {lint}", level.name());
            }
            format!(
                "The code in `src/{module}.rs` was made of {}, and after a change is made again \
                 by\n\n{}",
                code(file),
                block(
                    "sh",
                    &format!(
                        "cargo rest-source expand {} --module {module}{options} > \
                         src/{module}.rs\n",
                        for_shell(file)
                    )
                )
            )
        } else {
            format!(
                "All of its code is made of {} when it is compiled; `cargo doc --open` shows it.\n",
                code(file)
            )
        };
        format!("{readme}{origin}\n{}", reference(self.source, markdown::prose, Trees::Text))
    }

    fn example(&self, resource: &Resource) -> String {
        let Contents { module, .. } = self;
        let Resource { plan, function, .. } = resource;
        let name = line(&plan.name);
        format!(
            r#"//! Prints the first ten records of `{name}`: `cargo run --example fetch`.

#[tokio::main]
async fn main() -> Result<(), {module}::rest_source::Error> {{
    let client = {module}::Client::from_env()?;
    let mut records = client.{function}().limit(10).stream();
    while let Some(record) = records.try_next().await? {{
        println!("{{record:?}}");
    }}
    Ok(())
}}
"#
        )
    }

    fn test(&self) -> String {
        let (module, file) = (self.module, line(self.file));
        let needed = self.source.plan.config.iter();
        let needed = needed.filter(|input| !input.optional && input.default.is_none());
        let inputs = self.source.plan.secrets.iter().chain(needed);
        let mut secrets: String = inputs.fold(String::new(), |mut text, input| {
            let value = match input.data_type {
                SettingType::Text => {
                    format!("{:?}", option(&self.source.plan.auth, &input.name).unwrap_or("canary"))
                }
                SettingType::Integer => "1".to_owned(),
                SettingType::Boolean => "true".to_owned(),
                SettingType::List => "[\"canary\"]".to_owned(),
            };
            let _ = write!(text, "\n        .{}({value})", input.setter);
            text
        });
        let (mut imports, mut unsigned) = ("rest_source::Source", "");
        if signs(&self.source.plan.auth) {
            secrets += "\n        .with(|builder| builder.auth(Unsigned))";
            imports = "rest_source::{Authenticate, Error, Outgoing, Source}";
            unsigned = UNSIGNED;
        }
        let names: Vec<String> = self
            .source
            .resources
            .iter()
            .filter(|resource| resource.arguments.is_empty())
            .map(|resource| {
                format!("    assert_eq!(served.next().unwrap(), {:?});\n", resource.plan.name)
            })
            .collect();
        let names = names.concat();
        let masked = if self.source.plan.secrets.is_empty() { "" } else { MASKED };
        format!(
            r#"//! The client that {file} describes.

use {module}::{{Client, {imports}}};
{unsigned}
fn client() -> Client {{
    Client::builder(){secrets}
        .build()
        .expect("the secrets are all that a client needs")
}}

#[test]
fn it_serves_every_resource() {{
    let resources = client().resources();
    let mut served = resources.iter().map(|resource| &resource.plan().name);
{names}    assert!(served.next().is_none());
}}
{masked}"#
        )
    }
}
