//! The path of a request, with each gap filled by one segment or a part of one, or by a value of its
//! query.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::{Url, form_urlencoded};

use crate::{
    client::Inner,
    fetch::values::Values,
    http::address,
    plan::{Part, Template},
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

/// What ends a segment. Parsers of addresses take a backslash for a slash.
const SEPARATORS: [char; 4] = ['/', '\\', '?', '#'];

/// The path, with each gap filled by one segment or a part of one: a slash, a question mark or dots
/// in a value shall not lead elsewhere. Behind a question mark of the file a value is encoded as `params`
/// are, and may be empty. Only a link of the parent's record that the path begins with is an address,
/// as a link to the next page is.
pub(super) fn fill(client: &Inner, template: &Template, values: &Values) -> Result<String, String> {
    let (link, rest) = match template.0.split_first() {
        Some((part @ Part::Parent(_), rest)) => {
            (link(client, &value(client, part, values)?, rest.is_empty())?, rest)
        }
        _ => (None, &[][..]),
    };
    let Some(link) = link else { return segments(client, &template.0, values) };
    let rest = segments(client, rest, values)?;
    if rest.is_empty() {
        return Ok(link.into());
    }
    if link.query().is_some() {
        return Err(format!("{link} has a query, behind which `{rest}` cannot stand"));
    }
    let separated =
        if rest.starts_with('/') { link.as_str().trim_end_matches('/') } else { link.as_str() };
    Ok(format!("{separated}{rest}"))
}

/// The address that a value is: a whole one, or where it is the path `alone`, one on the base URL's
/// server, or below the base URL as the file's paths are.
fn link(client: &Inner, value: &str, alone: bool) -> Result<Option<Url>, String> {
    let scheme = value.split_once("://").map_or("", |(scheme, _)| scheme);
    let is_whole = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let has_query = value.split_once('?').is_some_and(|(_, query)| query.contains('='));
    let is_link = is_whole || alone && (value.contains('/') || has_query) && scheme.is_empty();
    if !is_link {
        return Ok(None);
    }
    if !is_whole && value.split(SEPARATORS).any(is_dots) {
        return Err(format!(
            "the link `{value}` of the parent's record would lead to another path"
        ));
    }
    let url = if is_whole || value.starts_with('/') {
        client.base_url.join(value).map_err(|error| {
            format!("the link `{value}` of the parent's record is no address: {error}")
        })
    } else {
        address::join(&client.base_url, value)
    };
    let mut url = url?;
    url.set_fragment(None);
    Ok(Some(url))
}

fn segments(client: &Inner, parts: &[Part], values: &Values) -> Result<String, String> {
    let mut path = String::new();
    // Where they begin.
    let mut gaps = Vec::new();
    for part in parts {
        if let Part::Text(text) = part {
            path.push_str(text);
            continue;
        }
        let value = value(client, part, values)?;
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
        let start = path[..gap].rfind(['/', '\\']).map_or(0, |slash| slash + 1);
        let rest = &path[start..];
        let segment = rest.split(SEPARATORS).next().unwrap_or_default();
        if is_dots(segment) {
            return Err(format!(
                "{segment:?} cannot be a part of an address: it would lead to another path"
            ));
        }
    }
    Ok(path)
}

/// Whether a parser of addresses takes a segment for `.` or `..` (URL Standard, section 4.4): it knows
/// their dots encoded as well, and passes over tabs and line breaks.
fn is_dots(segment: &str) -> bool {
    if !segment.contains(['.', '%']) {
        return false;
    }
    let plain: String = segment.chars().filter(|c| !matches!(c, '\t' | '\r' | '\n')).collect();
    matches!(&*plain.trim().to_ascii_lowercase().replace("%2e", "."), "." | "..")
}

/// What fills a gap. On a first page it is nothing for a page cursor, as a segment cannot be.
fn value(client: &Inner, part: &Part, values: &Values) -> Result<String, String> {
    let gap = Template(vec![part.clone()].into());
    match (values.fill(client, &gap)?, part) {
        (Some(value), _) => Ok(value),
        (None, Part::PageCursor(_)) => Ok(String::new()),
        (None, _) => Err("a value of the path is null".to_owned()),
    }
}
