//! The arguments of commands that send requests.

use std::{
    env,
    path::{Path, PathBuf},
};

use clap::{Args, value_parser};
use rest_source::TokenFile;
use rest_source_codegen::{LintLevels, SourceFile};
use rest_source_dynamic::Fetch;
use serde_json::{Value, json};

use crate::{
    budget::BudgetArguments,
    description::{self, SourceArgument},
    failure::{Failure, note},
    lint::LintArguments,
    request_log::RequestLog,
};

/// A description, the resources of its source that are requested, and how.
#[derive(Debug, Args)]
pub(crate) struct RequestArguments {
    /// The description, or - for standard input
    file: PathBuf,
    /// The resources [default: all that are selected and need no --arg]
    #[arg(value_name = "RESOURCE")]
    resources: Vec<String>,
    #[command(flatten)]
    options: RequestOptions,
}

/// How the resources of a source are requested.
#[derive(Debug, Args)]
pub(crate) struct RequestOptions {
    /// Send a query parameter with every request, replacing one of the same name
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    param: Vec<(String, String)>,
    /// Fill the placeholder `{NAME}` of a path
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    arg: Vec<(String, String)>,
    /// Set a setting, `{config.NAME}`
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    set: Vec<(String, String)>,
    /// Send requests to this address instead of the description's `base_url`
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// The largest number of records in a response [default: 1000000]
    #[arg(long, value_name = "RECORDS", value_parser = value_parser!(u64).range(1..))]
    max_page_records: Option<u64>,
    /// The largest body of a response, in bytes after decompression [default: 268435456]
    #[arg(long, value_name = "BYTES", value_parser = value_parser!(u64).range(1..))]
    max_body_bytes: Option<u64>,
    /// Log requests to this file, a line of JSON for each, with secrets masked
    #[arg(long, value_name = "FILE")]
    requests: Option<PathBuf>,
    /// Store refresh tokens that the server rotates in this file, for the next run
    /// [default: `rest_source/tokens.json` in `$XDG_STATE_HOME` or `~/.local/state`]
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    #[command(flatten)]
    budget: BudgetArguments,
    #[command(flatten)]
    source: SourceArgument,
    #[command(flatten)]
    lints: LintArguments,
}

impl RequestArguments {
    /// The description's file, `-` for standard input.
    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    /// Which source of a project file is meant.
    pub(crate) fn source(&self) -> &SourceArgument {
        &self.options.source
    }

    /// Whether this resource was requested by its name.
    pub(crate) fn names(&self, resource: &str) -> bool {
        self.resources.iter().any(|name| name == resource)
    }

    /// The parameters of every request.
    pub(crate) fn params(&self) -> &[(String, String)] {
        &self.options.param
    }

    /// The values of placeholders in paths.
    pub(crate) fn arguments(&self) -> &[(String, String)] {
        &self.options.arg
    }

    /// The levels of lints.
    pub(crate) fn lints(&self) -> LintLevels {
        self.options.lints.levels()
    }

    /// The requested fetch of a description without mistakes.
    pub(crate) fn fetch(&self) -> Result<Fetch, Failure> {
        let (_, mut fetch) = self.options.fetch(&self.file)?;
        for resource in &self.resources {
            fetch = fetch.resource(resource);
        }
        Ok(fetch)
    }
}

impl RequestOptions {
    /// The text of a description without mistakes, and the fetch of its resources.
    pub(crate) fn fetch(&self, file: &Path) -> Result<(SourceFile, Fetch), Failure> {
        let RequestOptions { source, lints, .. } = self;
        // Only environment variables are named after it, and standard input has no name.
        let module = description::module(None, source, file);
        let module = module.unwrap_or_else(|_| "source".to_owned());
        let (text, output) = description::compile(file, source, &module, lints.levels())?;
        let mut fetch = Fetch::of(&output);
        for (name, value) in &self.param {
            fetch = fetch.param(name, value);
        }
        for (name, value) in &self.arg {
            fetch = fetch.argument(name, value);
        }
        for (name, value) in &self.set {
            fetch = fetch.setting(name, value);
        }
        if let Some(url) = &self.base_url {
            fetch = fetch.base_url(url);
        }
        if let Some(records) = self.max_page_records {
            fetch = fetch.max_page_records(records);
        }
        if let Some(bytes) = self.max_body_bytes {
            fetch = fetch.max_body_bytes(bytes);
        }
        if let Some(path) = self.token_file.as_ref()
            && std::fs::metadata(path).is_ok_and(|file| !file.is_file())
        {
            let message = format!("`{}` is not a regular file", path.display());
            return Err(Failure::user(message, "`--token-file` takes the path of a file"));
        }
        if let Some(path) = self.token_file.clone().or_else(default_token_file) {
            fetch = fetch.tokens(TokenFile::new(path));
        }
        if let Some(path) = &self.requests {
            let log = RequestLog::create(path)?;
            fetch = fetch.on_request(move |request| log.write(request));
        }
        // Its limit may come from settings.
        Ok((text, self.budget.share(fetch)?))
    }

    /// What the answers of the server depend on beside the description and its settings: the source of a
    /// project file, parameters, arguments and the address.
    pub(crate) fn identity(&self) -> Value {
        json!([self.source.source, self.param, self.arg, self.base_url])
    }
}

/// The default file of refresh tokens, in the user's state directory (XDG Base Directory Specification). `None`
/// for a user without one.
pub fn default_token_file() -> Option<PathBuf> {
    let folder =
        |name: &str| env::var_os(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
    let state = folder("XDG_STATE_HOME")
        .or_else(|| folder("LOCALAPPDATA"))
        .or_else(|| Some(folder("HOME")?.join(".local/state")))?;
    Some(state.join("rest_source/tokens.json"))
}

/// Reports which resources are skipped because their arguments are missing.
pub(crate) fn report_left_out(fetch: &Fetch) {
    for (resource, lacking) in fetch.left_out() {
        let lacking: Vec<String> =
            lacking.iter().map(|name| format!("--arg {name}=VALUE")).collect();
        note(format_args!("{resource} is skipped: it needs {}", lacking.join(" ")));
    }
}

/// `NAME=VALUE`
fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("expected NAME=VALUE".to_owned()),
    }
}
