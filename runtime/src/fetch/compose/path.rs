//! The path of a request.

use url::Url;

use crate::{
    client::Inner,
    error::Reason,
    fetch::values::Values,
    http::{
        address,
        path::{Path, has_dots, is_address},
    },
    plan::{Part, Template},
};

/// The path, with each gap filled by one segment or a part of one. Only a link of the parent's record that the path begins with is an address,
/// as a link to the next page is.
pub(super) fn fill(client: &Inner, template: &Template, values: &Values) -> Result<String, Reason> {
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
        return Err(format!("{link} has a query, behind which `{rest}` cannot stand").into());
    }
    let separated =
        if rest.starts_with('/') { link.as_str().trim_end_matches('/') } else { link.as_str() };
    Ok(format!("{separated}{rest}"))
}

/// The address that a value is: a whole one, or where it is the path `alone`, one on the base URL's
/// server, or below the base URL as the file's paths are.
fn link(client: &Inner, value: &str, alone: bool) -> Result<Option<Url>, Reason> {
    let is_whole = is_address(value);
    let has_query = value.split_once('?').is_some_and(|(_, query)| query.contains('='));
    let has_scheme = value.split_once("://").is_some_and(|(scheme, _)| !scheme.is_empty());
    let is_link = is_whole || alone && (value.contains('/') || has_query) && !has_scheme;
    if !is_link {
        return Ok(None);
    }
    if !is_whole && has_dots(value) {
        return Err(format!(
            "the link `{value}` of the parent's record would lead to another path"
        )
        .into());
    }
    let url = if is_whole || value.starts_with('/') {
        client.base_url.join(value).map_err(|error| {
            format!("the link `{value}` of the parent's record is no address: {error}").into()
        })
    } else {
        address::join(&client.base_url, value)
    };
    let mut url = url?;
    url.set_fragment(None);
    Ok(Some(url))
}

fn segments(client: &Inner, parts: &[Part], values: &Values) -> Result<String, Reason> {
    let mut path = Path::default();
    for part in parts {
        match part {
            Part::Text(text) => path.push(text),
            part => path.push_value(&value(client, part, values)?)?,
        }
    }
    path.finish()
}

/// What fills a gap. On a first page it is nothing for a page cursor, as a segment cannot be.
fn value(client: &Inner, part: &Part, values: &Values) -> Result<String, Reason> {
    let gap = Template(vec![part.clone()].into());
    match (values.fill(client, &gap)?, part) {
        (Some(value), _) => Ok(value),
        (None, Part::PageCursor(_)) => Ok(String::new()),
        (None, _) => Err("a value of the path is null".into()),
    }
}
