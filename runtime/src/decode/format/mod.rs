//! Bodies that are no JSON document: lines of JSON, CSV and XML become one, of which all that comes after
//! reads the records. Gzip and archives around a body are undone by `http::body`.

mod body_error;
mod csv;
mod field;
mod jsonl;
mod other;
mod place;
mod source;
mod xml;

pub(crate) use self::{
    body_error::BodyError,
    other::detected,
    source::{File, Header, Source},
};
use crate::plan::{Endpoint, Jsonl, ResourcePlan, ResponseFormat, Syntax};

/// The JSON document that a body of a resource becomes, in this buffer: a list of records, or of XML the elements
/// around them too. `None` if it is one already.
pub(crate) fn to_json(
    plan: &ResourcePlan,
    source: &Source<'_>,
    buffer: Vec<u8>,
) -> Result<Option<Vec<u8>>, BodyError> {
    let json = match &plan.endpoint.response_format.syntax {
        Syntax::Json => return one_document(source).map(|()| None),
        Syntax::Jsonl(jsonl) => jsonl::to_json(jsonl, plan, source, buffer),
        Syntax::Csv(csv) => csv::to_json(csv, plan, source, buffer),
        Syntax::Xml => xml::to_json(plan, source, buffer),
    };
    json.map(Some)
}

/// An archive of several files is no JSON document.
fn one_document(source: &Source<'_>) -> Result<(), BodyError> {
    if source.files.len() < 2 {
        return Ok(());
    }
    let names: Vec<_> = source.files.iter().map(|file| format!("`{}`", file.name)).collect();
    Err(BodyError::new(format!("is an archive of several files, {}", names.join(", "))).with_help(
        "say which of them is the page, `response_format: {type: json, files: \"NAME*.json\"}`",
    ))
}

/// Whether a body is less than a whole one, as far as its text shows.
pub(crate) fn is_cut(format: &ResponseFormat, source: &Source<'_>) -> bool {
    to_json(&alone(format), source, Vec::new()).is_err_and(|error| error.is_cut)
}

/// The JSON document that a body in this format is, whatever its records are. `None` if it cannot be read.
pub(crate) fn whole(format: &ResponseFormat, source: &Source<'_>) -> Option<String> {
    let json = to_json(&alone(format), source, Vec::new()).ok()??;
    String::from_utf8(json).ok()
}

/// A resource of which nothing but the format of its bodies is known.
fn alone(format: &ResponseFormat) -> ResourcePlan {
    let mut response_format = format.clone();
    if let Syntax::Jsonl(jsonl) = &mut response_format.syntax {
        *jsonl = Jsonl::DEFAULT;
    }
    let endpoint = Endpoint { response_format, ..Endpoint::DEFAULT };
    ResourcePlan { endpoint, ..ResourcePlan::DEFAULT }
}
