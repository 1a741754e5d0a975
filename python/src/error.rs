//! Errors as the exceptions of `rest_source._errors`, with the texts of the command line.

use anstream::adapter::strip_str;
use pyo3::{
    IntoPyObjectExt as _,
    prelude::*,
    types::{PyDict, PyList},
};
use rest_source_codegen::{Diagnostic, Severity, SourceFile, for_terminal};
use rest_source_dynamic::Failure;
use rest_source_load::ErrorKind;

/// The exception of this class, with attributes.
fn exception(py: Python<'_>, class: &str, text: &str, attributes: &Bound<'_, PyDict>) -> PyErr {
    let made = py
        .import("rest_source._errors")
        .and_then(|module| module.getattr(class))
        .and_then(|class| class.call((text,), Some(attributes)));
    match made {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => error,
    }
}

/// The mistakes of a description.
pub(crate) fn description(
    py: Python<'_>,
    file: &SourceFile,
    diagnostics: &[Diagnostic],
) -> PyResult<PyErr> {
    let of_errors = diagnostics.iter().filter(|found| found.severity == Severity::Error);
    let texts: Vec<String> = of_errors.map(|found| text(found, file)).collect();
    let found = diagnostics.iter().map(|found| finding(py, found, file));
    let found = PyList::new(py, found.collect::<PyResult<Vec<_>>>()?)?;
    let attributes = PyDict::new(py);
    attributes.set_item("diagnostics", found)?;
    // The first line of an exception has its class in front.
    let text = format!("{}\n{}", file.name(), texts.join("\n\n"));
    Ok(exception(py, "DescriptionError", &text, &attributes))
}

/// A diagnostic as the command line prints it.
pub(crate) fn text(diagnostic: &Diagnostic, file: &SourceFile) -> String {
    strip_str(&for_terminal(diagnostic, file)).to_string().trim_end().to_owned()
}

fn finding<'py>(
    py: Python<'py>,
    diagnostic: &Diagnostic,
    file: &SourceFile,
) -> PyResult<Bound<'py, PyDict>> {
    let is_error = diagnostic.severity == Severity::Error;
    let place = diagnostic.labels.first().map(|label| file.position(label.span));
    let found = PyDict::new(py);
    found.set_item("code", diagnostic.code.name())?;
    found.set_item("severity", if is_error { "error" } else { "warning" })?;
    found.set_item("message", &diagnostic.message)?;
    found.set_item("line", place.map(|(line, _)| line))?;
    found.set_item("column", place.map(|(_, column)| column))?;
    found.set_item("help", diagnostic.help.clone())?;
    Ok(found)
}

/// Why a fetch could not begin.
pub(crate) fn failure(py: Python<'_>, failure: Failure) -> PyErr {
    match failure {
        Failure::Refused { message, help } => {
            let text = format!("{message}\n  help: {help}");
            let attributes = PyDict::new(py);
            match attributes.set_item("kind", "config") {
                Ok(()) => exception(py, "FetchError", &text, &attributes),
                Err(error) => error,
            }
        }
        Failure::Client(error) => fetch(py, &error),
        Failure::Output(error) => error.into(),
    }
}

/// Why there is no such destination.
pub(crate) fn destination(py: Python<'_>, failure: Failure) -> PyErr {
    let Failure::Refused { message, help } = failure else { return self::failure(py, failure) };
    let attributes = PyDict::new(py);
    match attributes.set_item("kind", "destination") {
        Ok(()) => exception(py, "LoadError", &format!("{message}\n  help: {help}"), &attributes),
        Err(error) => error,
    }
}

/// What ended a fetch.
pub(crate) fn fetch(py: Python<'_>, error: &rest_source::Error) -> PyErr {
    of_source(py, error, &error.to_string()).unwrap_or_else(|error| error)
}

/// What ended the rows of a fetch.
pub(crate) fn rows(py: Python<'_>, error: &rest_source_load::Error) -> PyErr {
    let text = error.to_string();
    let made = match error.source_error() {
        Some(error) => of_source(py, error, &text),
        None => {
            let attributes = PyDict::new(py);
            let kind = attributes.set_item("kind", kind_of_load(error.kind()));
            kind.map(|()| exception(py, "FetchError", &text, &attributes))
        }
    };
    made.unwrap_or_else(|error| error)
}

fn of_source(py: Python<'_>, error: &rest_source::Error, text: &str) -> PyResult<PyErr> {
    let attributes = PyDict::new(py);
    attributes.set_item("kind", kind(error.kind()))?;
    attributes.set_item("resource", error.resource())?;
    attributes.set_item("page", error.page())?;
    attributes.set_item("record", error.record())?;
    attributes.set_item("field", error.field())?;
    attributes.set_item("status", error.status())?;
    attributes.set_item("is_transient", error.is_transient())?;
    Ok(exception(py, "FetchError", text, &attributes))
}

/// What ended a load.
pub(crate) fn load(py: Python<'_>, error: &rest_source_load::Error) -> PyErr {
    let made = || {
        let attributes = PyDict::new(py);
        attributes.set_item("kind", kind_of_load(error.kind()))?;
        attributes.set_item("is_transient", error.is_transient())?;
        let report = error.report().map(report).transpose()?;
        attributes.set_item("report", report)?;
        let failures = error.failures().iter().map(|failure| {
            let error = match failure.error.source_error() {
                Some(error) => of_source(py, error, &failure.error.to_string())?,
                None => load(py, &failure.error),
            };
            Ok((failure.resource.clone(), error.into_py_any(py)?))
        });
        attributes.set_item("failures", failures.collect::<PyResult<Vec<_>>>()?)?;
        Ok(exception(py, "LoadError", &error.to_string(), &attributes))
    };
    made().unwrap_or_else(|error: PyErr| error)
}

/// A report as JSON, and as the table that the command line prints.
pub(crate) fn report(report: &rest_source_load::RunReport) -> PyResult<(String, String)> {
    let json = serde_json::to_string(report);
    let json = json.map_err(|error| pyo3::exceptions::PyValueError::new_err(error.to_string()))?;
    Ok((json, report.to_string()))
}

fn kind(kind: rest_source::ErrorKind) -> &'static str {
    use rest_source::ErrorKind as Kind;
    match kind {
        Kind::Config => "config",
        Kind::Auth => "auth",
        Kind::Status => "status",
        Kind::Connect => "connect",
        Kind::Timeout => "timeout",
        Kind::Broken => "broken",
        Kind::Redirect => "redirect",
        Kind::TooLarge => "too_large",
        Kind::Decode => "decode",
        Kind::Undecided => "undecided",
        Kind::Stuck => "stuck",
        Kind::Incomplete => "incomplete",
        Kind::WouldRepeat => "would_repeat",
        Kind::Parent => "parent",
        Kind::Cancelled => "cancelled",
        _ => "other",
    }
}

fn kind_of_load(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Source => "source",
        ErrorKind::Record => "record",
        ErrorKind::Schema => "schema",
        ErrorKind::Busy => "busy",
        ErrorKind::WouldDouble => "would_double",
        ErrorKind::Destination => "destination",
        ErrorKind::Incomplete => "incomplete",
        _ => "other",
    }
}
