//! The body of a response, read within bounds: its content codings undone, its text as UTF-8.

mod charset;
pub(crate) mod coding;
mod rules;
mod unpack;

use reqwest::{
    Response, Version,
    header::{CONTENT_TYPE, TRANSFER_ENCODING},
};
use serde::de::IgnoredAny;

use self::{
    coding::{CodingError, Codings},
    rules::Rules,
    unpack::Unpacked,
};
use super::attempt_error::AttemptError;
use crate::{
    decode::format::{self, File, Header, Source},
    error::Cause,
    plan::{ResponseFormat, Syntax},
};

/// How much of the body of a response without success is looked at, in bytes.
const EXPLANATION: u64 = 1 << 20;

/// The text of a body, and where each file ends of the archive that it was.
pub(crate) struct Content {
    pub(crate) text: Vec<u8>,
    pub(crate) files: Vec<File>,
}

/// The whole body, in a buffer that grows to its length and can become text without a copy. No more
/// than `most` bytes, counted after decompression.
pub(crate) async fn whole(
    response: Response,
    most: u64,
    buffer: Vec<u8>,
) -> Result<Vec<u8>, AttemptError> {
    of_page(response, most, buffer, &ResponseFormat::DEFAULT).await.map(|content| content.text)
}

/// The same of a page in this format, without gzip and archives around it.
pub(crate) async fn of_page(
    mut response: Response,
    most: u64,
    buffer: Vec<u8>,
    format: &ResponseFormat,
) -> Result<Content, AttemptError> {
    let until_close = ends_with_connection(&response);
    let (body, is_whole) = read(&mut response, most, buffer).await?;
    if !is_whole {
        return Err(AttemptError::new(Cause::TooLarge(most)));
    }
    let content_type = response.headers().get(CONTENT_TYPE);
    let rules = Rules { format, content_type, most };
    let content = if unpack::is_packed(&body) {
        let mut unpacked = Unpacked::default();
        unpack::unpack(body, None, &rules, 0, &mut unpacked)?;
        Content { text: unpacked.text, files: unpacked.files }
    } else {
        Content { text: rules.to_utf8(body), files: Vec::new() }
    };
    if until_close && is_cut(format, &content, most) {
        let syntax = match &format.syntax {
            Syntax::Json => "JSON",
            Syntax::Jsonl(_) => "lines of JSON",
            Syntax::Csv(_) => "CSV",
            Syntax::Xml => "XML",
        };
        let why = format!("the connection was closed in the middle of the {syntax}");
        return Err(AttemptError::new(Cause::Broken(why)));
    }
    Ok(content)
}

/// What a server says about a failure. That it breaks off or is long is no failure of its own.
pub(crate) async fn explanation(mut response: Response, most: u64) -> Vec<u8> {
    let read = read(&mut response, most.min(EXPLANATION), Vec::new()).await;
    read.map_or_else(
        |_| Vec::new(),
        |(body, _)| charset::to_utf8(body, response.headers().get(CONTENT_TYPE)),
    )
}

/// The first `most` bytes, put into an empty buffer, and whether there are no more.
async fn read(
    response: &mut Response,
    most: u64,
    mut body: Vec<u8>,
) -> Result<(Vec<u8>, bool), AttemptError> {
    /// A server may promise any length; only what it sends shall take memory.
    const MOST_TRUSTED: u64 = 1 << 20;
    let mut codings = Codings::of(response.headers())
        .map_err(|coding| AttemptError::new(Cause::Encoding(coding.into())))?;
    let length = response.content_length().unwrap_or(0).min(MOST_TRUSTED).min(most);
    body.reserve(usize::try_from(length).unwrap_or(0));
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let mut put = |bytes: &[u8]| {
        let room = most - body.len();
        body.extend_from_slice(&bytes[..bytes.len().min(room)]);
        bytes.len() <= room
    };
    let mut outcome = Ok(());
    while outcome.is_ok()
        && let Some(chunk) = response.chunk().await?
    {
        outcome = codings.undo(&chunk, &mut put);
    }
    let is_whole = match outcome.and_then(|()| codings.end(&mut put)) {
        Ok(()) => true,
        Err(CodingError::Full) => false,
        Err(CodingError::Broken(why)) => return Err(AttemptError::new(Cause::Broken(why))),
    };
    Ok((body, is_whole))
}

/// Whether only the end of the connection says where the body ends (RFC 9112, 6.3), so that HTTP
/// itself does not notice when it is cut short.
fn ends_with_connection(response: &Response) -> bool {
    response.version() <= Version::HTTP_11
        && response.content_length().is_none()
        && !response.headers().contains_key(TRANSFER_ENCODING)
}

/// Whether there is less than a whole body.
fn is_cut(format: &ResponseFormat, content: &Content, most: u64) -> bool {
    if format.syntax == Syntax::Json {
        return serde_json::from_slice::<IgnoredAny>(&content.text)
            .is_err_and(|error| error.is_eof());
    }
    // Text that is cut within a character is cut.
    let text = String::from_utf8_lossy(&content.text);
    format::is_cut(
        format,
        &Source {
            text: &text,
            files: &content.files,
            content_type: None,
            most,
            header: &Header::new(),
        },
    )
}
