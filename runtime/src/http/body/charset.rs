//! Bodies that are not UTF-8, made UTF-8.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use reqwest::header::HeaderValue;

/// The body as UTF-8: a byte order mark says what it is, else `charset` of its content type. What
/// cannot be read so stays as it is, for the decoder to refuse.
pub(super) fn to_utf8(body: Vec<u8>, content_type: Option<&HeaderValue>) -> Vec<u8> {
    let encoding = encoding(&body, content_type);
    decoded(body, encoding)
}

/// The same of a body that has this encoding, by its name, whatever its content type says.
pub(super) fn from_named(body: Vec<u8>, name: &str) -> Vec<u8> {
    let encoding = match Encoding::for_bom(&body) {
        Some((encoding, _)) => Some(encoding),
        None => Encoding::for_label(name.as_bytes()),
    };
    decoded(body, encoding.filter(|encoding| *encoding != UTF_8))
}

/// What the declaration of an XML document says that it is encoded in, where nothing else does.
pub(super) fn declared(body: &[u8], content_type: Option<&HeaderValue>) -> Option<String> {
    if Encoding::for_bom(body).is_some() || content_type.is_some_and(|of| label(of).is_some()) {
        return None;
    }
    let declaration = body.strip_prefix(b"<?xml")?;
    let end = declaration.iter().position(|byte| *byte == b'>')?;
    let declaration = std::str::from_utf8(&declaration[..end]).ok()?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let name = value[1..].split(quote).next()?;
    // That of the declaration itself is known by now to be one that has ASCII.
    (!name.to_ascii_lowercase().starts_with("utf-16")).then(|| name.to_owned())
}

fn decoded(body: Vec<u8>, encoding: Option<&'static Encoding>) -> Vec<u8> {
    let Some(encoding) = encoding else { return body };
    match encoding.decode_without_bom_handling_and_without_replacement(&body) {
        Some(text) => text.into_owned().into_bytes(),
        None => body,
    }
}

/// The encoding of a body that is not UTF-8.
fn encoding(body: &[u8], content_type: Option<&HeaderValue>) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(body) {
        return Some(encoding).filter(|encoding| *encoding != UTF_8);
    }
    let mut encoding = Encoding::for_label(label(content_type?)?)?;
    if encoding == UTF_8 {
        return None;
    }
    // JSON begins with ASCII, which shows the order of the bytes that `utf-16` leaves open.
    if encoding == UTF_16LE && body.first() == Some(&0) {
        encoding = UTF_16BE;
    }
    // `iso-8859-1` is what some servers say of everything. Its text is hardly ever UTF-8 by chance.
    if encoding == WINDOWS_1252 && std::str::from_utf8(body).is_ok() {
        return None;
    }
    Some(encoding)
}

/// The value of `charset` (RFC 9110, section 8.3.2).
fn label(content_type: &HeaderValue) -> Option<&[u8]> {
    let params = content_type.as_bytes().split(|byte| *byte == b';').skip(1);
    params.map(<[u8]>::trim_ascii).find_map(|param| {
        let (name, value) = param.split_at_checked(b"charset=".len())?;
        let value = value.strip_prefix(b"\"").unwrap_or(value);
        let value = value.strip_suffix(b"\"").unwrap_or(value);
        name.eq_ignore_ascii_case(b"charset=").then_some(value)
    })
}
