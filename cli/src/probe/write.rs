//! Writing into the description what `probe` has found, in place.

use std::{fs, io, path::Path};

use rest_source::plan::printable::scalar;
use rest_source_codegen::{
    Addition, NotEditable, Severity, SourceFile, add_to_resource, check as check_text,
};

use super::paste::Paste;
use crate::{
    description,
    failure::{Failure, note},
    request_arguments::RequestArguments,
};

/// Whether there is a file that can be written into.
pub(super) fn check(request: &RequestArguments) -> Result<(), Failure> {
    let paste = "leave `--write` out and paste what is printed";
    let path = request.file();
    if path == Path::new("-") {
        return Err(Failure::user("standard input cannot be written into", paste));
    }
    let is_json = path.extension().is_some_and(|extension| extension == "json");
    if is_json || request.source().source.is_some() {
        let what = "`--write` writes into YAML files that describe one source";
        return Err(Failure::user(what, paste));
    }
    Ok(())
}

/// Writes all of it into the description, if the checks accept the result. Says whether all of it
/// could be written.
pub(super) fn write(request: &RequestArguments, pastes: &[Paste]) -> Result<bool, Failure> {
    let path = request.file();
    let name = path.display().to_string();
    let fail = |error: io::Error| {
        Failure::user(format!("`{name}` cannot be written: {error}"), "paste what is printed")
    };
    let before = fs::read_to_string(path).map_err(fail)?;
    let mut text = before.clone();
    let (mut resources, mut is_complete) = (Vec::new(), true);
    for paste in pastes {
        let file = SourceFile::new(&name, text.clone());
        match add_to_resource(&file, paste.name(), &additions(paste)) {
            Ok(with) => {
                text = with;
                resources.push(paste.name());
            }
            Err(NotEditable(why)) => {
                is_complete = false;
                note(format_args!("not written: {why}; paste what is printed"));
            }
        }
    }
    if text == before {
        let what = if is_complete { "there was nothing to write" } else { "nothing was written" };
        note(format_args!("{name}: {what}"));
        return Ok(is_complete);
    }
    let file = SourceFile::new(&name, text.clone());
    let found = check_text(&file, request.lints());
    if let Some(error) = found.iter().find(|found| found.severity == Severity::Error) {
        let message = format!("the result would not pass `check`: {}", error.message);
        return Err(Failure::user(message, "leave `--write` out and paste what is printed"));
    }
    description::replace(path, &text).map_err(fail)?;
    note(format_args!("{name}: wrote {}", resources.join(", ")));
    Ok(is_complete)
}

fn additions(paste: &Paste) -> Vec<Addition> {
    let line = |within, key: &str, value: &str| Addition {
        within,
        key: key.to_owned(),
        block: format!(" {value}\n"),
        flow: value.to_owned(),
    };
    let mut additions = Vec::new();
    additions.extend(paste.primary_key.as_ref().map(|key| line(None, "primary_key", key)));
    additions.extend(paste.columns.iter().map(|column| Addition {
        within: Some("columns"),
        key: scalar(&column.name),
        block: column.declared.block(2, ""),
        flow: column.declared.flow(),
    }));
    let endpoint = Some("endpoint");
    additions.extend(paste.response_format.map(|format| line(endpoint, "response_format", format)));
    let selector = paste.data_selector.as_ref();
    additions.extend(selector.map(|selector| line(endpoint, "data_selector", selector)));
    let paginator = paste.paginator.as_ref();
    additions.extend(paginator.map(|paginator| line(endpoint, "paginator", paginator)));
    additions
}
