//! SARIF 2.1.0, the OASIS format of code scanning, as far as it is needed here.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    io::{self, Write},
};

use rest_source_codegen::{Code, Level};
use rest_source_plan::printable;
use serde::Serialize;

use super::checked::Checked;
use super::finding::{Finding, Label};
use crate::explain;

pub(super) fn write(checked: &[Checked], out: &mut impl Write) -> io::Result<()> {
    let findings: Vec<Finding<'_>> = Finding::all(checked).collect();
    let used: BTreeSet<&str> = findings.iter().map(|finding| finding.code).collect();
    let rules: Vec<Code> =
        Code::ALL.iter().copied().filter(|code| used.contains(code.name())).collect();
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: env!("CARGO_PKG_NAME"),
                    version: env!("CARGO_PKG_VERSION"),
                    rules: rules.iter().copied().map(rule).collect(),
                },
            },
            column_kind: "unicodeCodePoints",
            results: findings.iter().map(result).collect(),
        }],
    };
    writeln!(out, "{}", printable::json(&serde_json::to_string_pretty(&log)?))
}

fn rule(code: Code) -> Rule {
    let level = match code.default_level() {
        Some(Level::Allow) => "none",
        Some(Level::Warn) => "warning",
        Some(Level::Deny) | None => "error",
    };
    Rule {
        id: code.name(),
        short_description: Text { text: code.summary().to_owned() },
        help: Help { text: explain::page(code, 1), markdown: explain::page(code, 1) },
        default_configuration: Configuration { level },
    }
}

fn result(finding: &Finding<'_>) -> SarifResult {
    let (primary, others) = match finding.labels.split_first() {
        Some((first, others)) => (Some(first), others),
        None => (None, &[][..]),
    };
    SarifResult {
        rule_id: finding.code,
        level: finding.severity,
        message: Text { text: finding.text() },
        locations: [location(finding.file, primary, None)],
        related_locations: others
            .iter()
            .map(|label| location(finding.file, Some(label), Some(label.text)))
            .collect(),
    }
}

fn location(file: &str, label: Option<&Label<'_>>, message: Option<&str>) -> Location {
    let region = label.map(|Label { start, end, .. }| Region {
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
    });
    let physical_location =
        PhysicalLocation { artifact_location: Artifact { uri: uri(file) }, region };
    let message = message.map(|text| Text { text: text.to_owned() });
    Location { physical_location, message }
}

/// A path as a URI reference (RFC 3986): relative as it was given, or `file:` if it is absolute.
fn uri(path: &str) -> String {
    let mut uri = if path.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in path.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<SarifResult>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Text,
    help: Help,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult {
    rule_id: &'static str,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}
