//! The text of a page, before its records are decoded.

use std::{mem, sync::Arc};

use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::{
    Error,
    decode::{
        DecodeError, Select as _, Unreadable,
        format::{self, BodyError, Header, Source},
        has_longer,
    },
    error::{Kind, Misread},
    http::{buffers::Buffers, send::Answer, transport::Transport},
    plan::{ResourcePlan, Selector, Syntax},
};

/// What to write where a response that cannot be read is one that passes.
const RETRIED: &str =
    "`response_actions` can have it requested again, `{where: \"!@\", action: retry}`";

/// A body that is text.
pub(crate) struct Body {
    pub(crate) text: String,
    pub(crate) content_type: Option<String>,
    /// Whether there is no body, and therefore no records.
    pub(crate) is_nothing: bool,
    /// What stands in place of records and is none.
    pub(crate) stands: Option<&'static str>,
    /// Whether the server has sent lines of JSON.
    is_of_lines: bool,
    /// Where its memory goes when it is not needed any more.
    buffers: Arc<Buffers>,
}

impl Drop for Body {
    fn drop(&mut self) {
        self.buffers.give_back(mem::take(&mut self.text).into_bytes());
    }
}

impl Body {
    /// The body of an answer, as JSON. `header` is that of the first page.
    pub(crate) fn of_answer(
        answer: &mut Answer,
        plan: &ResourcePlan,
        transport: &Transport,
        header: &Header,
    ) -> Result<Body, Error> {
        let Answer { body, content_type, files, .. } = answer;
        let syntax = &plan.endpoint.response_format.syntax;
        let body = Body::new(mem::take(body), content_type.take(), &transport.buffers);
        let mut body = body.map_err(|error| match syntax {
            Syntax::Json => error,
            _ => error.with_help(format!(
                "if it is in another encoding, say which, `response_format: {{type: {}, encoding: \
                 windows-1252}}`",
                syntax.name()
            )),
        })?;
        if *syntax != Syntax::Json || !files.is_empty() {
            let source = Source {
                text: &body.text,
                files,
                content_type: body.content_type.as_deref(),
                most: transport.max_body_bytes,
                header,
            };
            let json = format::to_json(plan, &source, transport.buffers.take());
            if let Some(json) = json.map_err(|error| body.flawed(error))? {
                let json = String::from_utf8(json).map_err(|error| {
                    // What is copied from text is text.
                    body.refuse("is not UTF-8").with_source(error)
                })?;
                let text = mem::replace(&mut body.text, json);
                transport.buffers.give_back(text.into_bytes());
            }
        }
        body.is_of_lines = matches!(syntax, Syntax::Jsonl(_));
        body.bound(transport.max_page_records)?;
        Ok(body)
    }

    fn new(
        bytes: Vec<u8>,
        content_type: Option<String>,
        buffers: &Arc<Buffers>,
    ) -> Result<Body, Error> {
        let body = |text| Body::of(text, content_type, Arc::clone(buffers));
        match String::from_utf8(bytes) {
            Ok(text) => Ok(body(text)),
            Err(error) => {
                let body = body(String::from_utf8_lossy(error.as_bytes()).into_owned());
                let content_type = body.content_type.as_deref().unwrap_or_default();
                let what = if content_type.to_ascii_lowercase().contains("charset") {
                    "is neither UTF-8 nor in the charset that it names"
                } else {
                    "is not UTF-8"
                };
                Err(body.refuse(what).with_source(error.utf8_error()))
            }
        }
    }

    /// What stands for a response that has no records, and needs no body for that.
    pub(crate) fn nothing() -> Body {
        let mut nothing = Body::of(String::new(), None, Arc::default());
        nothing.is_nothing = true;
        nothing
    }

    pub(crate) fn of(text: String, content_type: Option<String>, buffers: Arc<Buffers>) -> Body {
        Body { text, content_type, is_nothing: false, stands: None, is_of_lines: false, buffers }
    }

    /// Whether there is no body, and therefore no records.
    pub(crate) fn is_nothing(&self) -> bool {
        self.is_nothing
    }

    pub(crate) fn text(&self) -> &str {
        // Some servers begin with a byte order mark, which RFC 8259 lets a parser pass over.
        self.text.strip_prefix('\u{feff}').unwrap_or(&self.text)
    }

    /// The JSON that the server has sent, where all of it is one line that has become a list.
    pub(crate) fn sent(&self) -> &str {
        let line = self.text().strip_prefix('[').and_then(|text| text.strip_suffix(']'));
        line.filter(|_| self.is_of_lines)
            .filter(|line| serde_json::from_str::<IgnoredAny>(line).is_ok())
            .unwrap_or(self.text())
    }

    /// Puts another text in place of what was sent, which it gives.
    pub(crate) fn become_text(&mut self, text: String) -> String {
        mem::replace(&mut self.text, text)
    }

    /// Gives back a text for others to be read into.
    pub(crate) fn give_back(&self, text: String) {
        self.buffers.give_back(text.into_bytes());
    }

    /// The records, as they are written there.
    pub(crate) fn records(&self, selector: &Selector) -> Result<Vec<&RawValue>, DecodeError> {
        if self.is_nothing {
            return Ok(Vec::new());
        }
        selector.records(self.text())
    }

    /// Fails if a list in it has more entries than a page may have records.
    pub(crate) fn bound(&self, most: u64) -> Result<(), Error> {
        if !has_longer(self.text(), most) {
            return Ok(());
        }
        Err(Error::new(Kind::Decode(Misread {
            what: format!(
                "the response has a list of more than {most} entries, and a page may have no more \
                 records; ask the server for smaller pages, or allow more by `max_page_records` of the \
                 builder (`--max-page-records`)"
            ),
            ..Misread::default()
        })))
    }

    /// Whether it is JSON. What stops a paginator may be no more than a sign that it is not.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.is_nothing {
            return Ok(());
        }
        match serde_json::from_str(self.text()) {
            Ok(IgnoredAny) => Ok(()),
            Err(error) => Err(self.unreadable(Unreadable(error))),
        }
    }

    /// The error for a page whose records cannot be read.
    pub(crate) fn fault(&self, fault: DecodeError) -> Error {
        match fault {
            DecodeError::Unreadable(unreadable) => self.unreadable(unreadable),
            DecodeError::Misread(misread) => Error::new(Kind::Decode(misread)),
        }
    }

    /// The error for a body that is not JSON. It shows the body, so that a login page or a proxy's
    /// excuse is recognised.
    fn unreadable(&self, Unreadable(error): Unreadable) -> Error {
        if self.text.trim().is_empty() {
            return self.refuse(&format!("is empty; {RETRIED}"));
        }
        match format::detected(self.content_type.as_deref(), &self.text) {
            Some(word) => {
                let what = format!(
                    "is not JSON ({error}), but looks like `{word}`; if it is, say `response_format: {word}`"
                );
                let misread = Misread { format: Some(word), ..self.misread(&what) };
                Error::new(Kind::Decode(misread)).with_source(error)
            }
            None => self.refuse(&format!("is not JSON ({error}); {RETRIED}")).with_source(error),
        }
    }

    /// The error for a body that is not what `response_format` says.
    fn flawed(&self, error: BodyError) -> Error {
        let BodyError { what, found, help, is_cut: _ } = error;
        let misread = self.misread(&what);
        let found = found.or_else(|| misread.found.clone());
        let error = Error::new(Kind::Decode(Misread { found, ..misread }));
        help.into_iter().fold(error, Error::with_help)
    }

    /// The error for a response that has this.
    pub(crate) fn refuse(&self, what: &str) -> Error {
        Error::new(Kind::Decode(self.misread(what)))
    }

    fn misread(&self, what: &str) -> Misread {
        let content_type = self.content_type.as_deref().unwrap_or("no content type");
        Misread {
            what: format!("the response ({content_type}) {what}"),
            found: Some(self.text.clone()).filter(|text| !text.trim().is_empty()),
            ..Misread::default()
        }
    }
}
