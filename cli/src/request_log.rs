//! The log of requests.

use std::{
    collections::BTreeMap,
    fs::File,
    io::Write,
    path::Path,
    sync::{Mutex, PoisonError},
};

use rest_source::SentRequest;
use serde::Serialize;

use crate::failure::Failure;

/// A file with a line of JSON for each request.
pub(crate) struct RequestLog(Mutex<File>);

#[derive(Serialize)]
struct Line<'a> {
    method: &'a str,
    url: &'a str,
    headers: BTreeMap<&'a str, &'a str>,
    body: Option<&'a str>,
    status: Option<u16>,
    ms: u128,
}

impl RequestLog {
    pub(crate) fn create(path: &Path) -> Result<RequestLog, Failure> {
        let file = File::create(path).map_err(|error| {
            let message = format!("`{}` cannot be written: {error}", path.display());
            Failure::user(message, "`--requests` takes the path of a file")
        })?;
        Ok(RequestLog(Mutex::new(file)))
    }

    /// Logs a request. A log that cannot be written any more does not stop the fetch.
    pub(crate) fn write(&self, request: &SentRequest) {
        let headers = request.headers.iter();
        let line = Line {
            method: &request.method,
            url: &request.url,
            headers: headers.map(|(name, value)| (&**name, &**value)).collect(),
            body: request.body.as_deref(),
            status: request.status,
            ms: request.elapsed.as_millis(),
        };
        let Ok(mut line) = serde_json::to_string(&line) else { return };
        line.push('\n');
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = file.write_all(line.as_bytes()) {
            tracing::warn!(%error, "the log of requests cannot be written");
        }
    }
}
