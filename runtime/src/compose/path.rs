//! The path of a request, with each gap filled by one segment or a part of one, or by a value of its
//! query.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::form_urlencoded;

use crate::{
    client::Inner,
    plan::{Part, Template},
    values::Values,
};

/// What stands for itself in a segment (RFC 3986, section 3.3).
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// The path, with each gap filled by one segment or a part of one: a slash, a question mark or dots
/// in a value shall not lead elsewhere. Behind a question mark of the file a value is encoded as `params`
/// are, and may be empty.
pub(super) fn fill(client: &Inner, template: &Template, values: &Values) -> Result<String, String> {
    let mut path = String::new();
    // Where they begin.
    let mut gaps = Vec::new();
    for part in template.0.iter() {
        if let Part::Text(text) = part {
            path.push_str(text);
            continue;
        }
        let gap = Template(vec![part.clone()].into());
        let value = values.fill(client, &gap)?.ok_or("a value of the path is null")?;
        // What is filled in has neither of these, so that they are of the file.
        if path.contains(['?', '#']) {
            path.extend(form_urlencoded::byte_serialize(value.as_bytes()));
            continue;
        }
        if value.is_empty() {
            return Err("\"\" cannot be a part of an address".to_owned());
        }
        gaps.push(path.len());
        path.extend(utf8_percent_encode(&value, SEGMENT));
    }
    for gap in gaps {
        let start = path[..gap].rfind('/').map_or(0, |slash| slash + 1);
        let rest = &path[start..];
        let segment = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if matches!(segment, "." | "..") {
            return Err(format!(
                "{segment:?} cannot be a part of an address: it would lead to another path"
            ));
        }
    }
    Ok(path)
}
