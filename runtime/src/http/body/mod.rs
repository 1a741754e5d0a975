//! The body of a response, read within bounds: its content codings undone, its text as UTF-8.

mod charset;
pub(crate) mod coding;

use reqwest::{
    Response, Version,
    header::{CONTENT_TYPE, TRANSFER_ENCODING},
};
use serde::de::IgnoredAny;

use self::coding::{Codings, Fault};
use super::failure::Failure;
use crate::error::Cause;

/// How much of the body of a response without success is looked at, in bytes.
const EXPLANATION: u64 = 1 << 20;

/// The whole body, in a buffer that grows to its length and can become text without a copy. No more
/// than `most` bytes, counted after decompression.
pub(crate) async fn whole(
    response: Response,
    most: u64,
    buffer: Vec<u8>,
) -> Result<Vec<u8>, Failure> {
    let until_close = ends_with_connection(&response);
    let (body, is_whole) = read(response, most, buffer).await?;
    if !is_whole {
        return Err(Failure::new(Cause::TooLarge(most)));
    }
    if until_close && is_cut(&body) {
        let why = "the connection was closed in the middle of the JSON".to_owned();
        return Err(Failure::new(Cause::Broken(why)));
    }
    Ok(body)
}

/// What a server says about a failure. That it breaks off or is long is no failure of its own.
pub(crate) async fn explanation(response: Response, most: u64) -> Vec<u8> {
    read(response, most.min(EXPLANATION), Vec::new())
        .await
        .map_or_else(|_| Vec::new(), |(body, _)| body)
}

/// The first `most` bytes, put into an empty buffer, and whether there are no more.
async fn read(
    mut response: Response,
    most: u64,
    mut body: Vec<u8>,
) -> Result<(Vec<u8>, bool), Failure> {
    /// A server may promise any length; only what it sends shall take memory.
    const MOST_TRUSTED: u64 = 1 << 20;
    let mut codings =
        Codings::of(response.headers()).map_err(|coding| Failure::new(Cause::Encoding(coding)))?;
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
        Err(Fault::Full) => false,
        Err(Fault::Broken(why)) => return Err(Failure::new(Cause::Broken(why))),
    };
    Ok((charset::to_utf8(body, response.headers().get(CONTENT_TYPE)), is_whole))
}

/// Whether only the end of the connection says where the body ends (RFC 9112, 6.3), so that HTTP
/// itself does not notice when it is cut short.
fn ends_with_connection(response: &Response) -> bool {
    response.version() <= Version::HTTP_11
        && response.content_length().is_none()
        && !response.headers().contains_key(TRANSFER_ENCODING)
}

/// Whether there is less than a whole JSON value.
fn is_cut(body: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(body).is_err_and(|error| error.is_eof())
}
