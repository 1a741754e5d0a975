//! Names of streams and settings as a description can have them, and paths.

use std::fmt::Write as _;

use super::jinja::Step;

/// A name of letters, digits and `_`: `ad_groups` of `ad groups`.
pub(super) fn identifier(name: &str) -> String {
    let mut identifier = String::new();
    for c in name.trim().chars() {
        if c.is_ascii_alphanumeric() || c == '_' {
            identifier.push(c);
        } else if !identifier.ends_with('_') {
            identifier.push('_');
        }
    }
    let identifier = identifier.trim_end_matches('_');
    match identifier.chars().next() {
        Some(first) if !first.is_ascii_digit() => identifier.to_owned(),
        _ => format!("n{identifier}"),
    }
}

/// A key of a path, in quotes if it is not a plain name.
pub(super) fn key(key: &str) -> String {
    let is_plain = key.chars().all(|c| c.is_alphanumeric() || c == '_')
        && !key.starts_with(|c: char| c.is_ascii_digit())
        && !key.is_empty();
    if is_plain { key.to_owned() } else { format!("['{}']", key.replace('\'', "\\'")) }
}

/// The steps of a path, `data[0].id` or `data['@odata.next']`.
pub(super) fn steps(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::At(at) => {
                let _ = write!(path, "[{at}]");
            }
            Step::Key(name) => {
                let step = key(name);
                if !path.is_empty() && !step.starts_with('[') {
                    path.push('.');
                }
                path.push_str(&step);
            }
        }
    }
    path
}

/// A path of keys, `data.items` or `data['@odata.next']`.
pub(super) fn path<'a>(keys: impl IntoIterator<Item = &'a str>) -> String {
    let mut path = String::new();
    for name in keys {
        let step = key(name);
        if !path.is_empty() && !step.starts_with('[') {
            path.push('.');
        }
        path.push_str(&step);
    }
    path
}
