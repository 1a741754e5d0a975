//! Bodies that are not UTF-8, made UTF-8.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use reqwest::header::HeaderValue;

/// The body as UTF-8: a byte order mark says what it is, else `charset` of its content type. What
/// cannot be read so stays as it is, for the decoder to refuse.
pub(super) fn to_utf8(body: Vec<u8>, content_type: Option<&HeaderValue>) -> Vec<u8> {
    let Some(encoding) = encoding(&body, content_type) else { return body };
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
