//! The addresses of a command with their patterns: each of these is a list of values for one resource, or an address
//! for each value.

use super::{
    glob::{self, Glob, Part},
    placeholder,
};
use crate::{
    api::{is_paging, is_version, setting_name, simple},
    gap::Gap,
    recorded::decoded,
    secret,
    variable::{listed, marked},
};

/// How many values a list has at most.
const MOST_VALUES: usize = 100;
/// How many addresses one is at most.
const MOST_ADDRESSES: usize = 20;
/// How many addresses show that a parameter pages.
const PAGES: usize = 2;

/// What braces and brackets of an address are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Signs {
    /// Those of patterns.
    #[default]
    Patterns,
    /// Text, after `--globoff`.
    Text,
}

/// An address, and the lists whose values are in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Template {
    pub(super) url: String,
    pub(super) lists: Vec<(String, Vec<String>)>,
}

/// How a pattern is imported.
enum Import {
    /// A list, of this name.
    List(String),
    /// An address for each value.
    Addresses,
    /// An address for each of the first pages, as the paginator requests the others.
    Pages,
}

/// The addresses that one with patterns is.
pub(super) fn templates(
    url: &str,
    signs: Signs,
    place: &str,
    gaps: &mut Vec<Gap>,
) -> Vec<Template> {
    let parts = match signs {
        Signs::Patterns => glob::parts(url),
        Signs::Text => vec![Part::Text(url.to_owned())],
    };
    let mut templates = vec![Template::default()];
    for (at, part) in parts.iter().enumerate() {
        let glob = match part {
            Part::Text(text) => {
                for template in &mut templates {
                    template.url.push_str(text);
                }
                continue;
            }
            Part::Glob(glob) => glob,
        };
        let before = plain(&parts[..at]);
        match import(glob, &before, &plain(&parts[at + 1..])) {
            Import::List(name) if glob.count() > MOST_VALUES => {
                let message = format!(
                    "{} has {} values: the setting `{name}` is one of them, and `for_each` would list more",
                    glob.shown(),
                    glob.count()
                );
                gaps.push(Gap::new("glob", place, message));
                for template in &mut templates {
                    template.url.push_str(&marked(&name));
                }
            }
            Import::List(name) => {
                let name = free(&name, &templates);
                let value = |value: &String| {
                    let value =
                        if before.contains('?') { value.replace('+', " ") } else { value.clone() };
                    decoded(&value)
                };
                let values: Vec<String> = glob.values(MOST_VALUES).iter().map(value).collect();
                for template in &mut templates {
                    template.url.push_str(&listed(&name));
                    template.lists.push((name.clone(), values.clone()));
                }
            }
            Import::Addresses => {
                if templates.len().saturating_mul(glob.count()) > MOST_ADDRESSES {
                    let message = format!(
                        "{} has {} values, each of which is a request of its own: {MOST_ADDRESSES} are imported",
                        glob.shown(),
                        glob.count()
                    );
                    gaps.push(Gap::new("glob", place, message));
                }
                templates = multiplied(&templates, &glob.values(MOST_ADDRESSES));
            }
            Import::Pages => templates = multiplied(&templates, &glob.values(PAGES)),
        }
    }
    for template in &mut templates {
        template.url = placeholder::variables(&template.url);
    }
    templates
}

/// Each address with each of the values behind it.
fn multiplied(templates: &[Template], values: &[String]) -> Vec<Template> {
    let with = |template: &Template, value: &String| Template {
        url: format!("{}{value}", template.url),
        lists: template.lists.clone(),
    };
    let all = templates.iter().flat_map(|of| values.iter().map(move |value| with(of, value)));
    all.take(MOST_ADDRESSES).collect()
}

/// Parts as text, in which a pattern is its first value.
fn plain(parts: &[Part]) -> String {
    let plain = parts.iter().map(|part| match part {
        Part::Text(text) => text.clone(),
        Part::Glob(glob) => glob.values(1).concat(),
    });
    plain.collect()
}

/// How to import a pattern between these parts of an address.
fn import(glob: &Glob, before: &str, after: &str) -> Import {
    let values = glob.values(MOST_VALUES);
    let server = before.find("://").map_or(0, |at| at + 3);
    if let Some((_, query)) = before.split_once('?') {
        let field = query.rsplit('&').next().unwrap_or_default();
        let Some((name, _)) = field.split_once('=') else { return Import::Addresses };
        let name = decoded(name);
        let is_other = |value: &String| value.contains(['&', '#']) || secret::is_sent(&name, value);
        return match () {
            () if values.iter().any(is_other) => Import::Addresses,
            () if is_paging(&name) => Import::Pages,
            () => Import::List(setting_name(&name)),
        };
    }
    let Some((path, begin)) = before[server..].rsplit_once('/') else { return Import::Addresses };
    let previous = path.split_once('/').map_or("", |(_, path)| path).rsplit('/').next();
    let previous = previous.unwrap_or_default();
    let end = after.split(['?', '#']).next().unwrap_or_default();
    let is_whole = begin.is_empty() && (end.is_empty() || end == "/");
    let is_other = |value: &String| value.contains(['/', '?', '#']) || secret::is_value(value);
    match () {
        () if previous.eq_ignore_ascii_case("page") && is_whole => Import::Pages,
        // `/v1/{orders,customers}`: records of several kinds.
        () if (is_whole && glob.is_words()) || values.iter().any(is_other) => Import::Addresses,
        () if previous.starts_with(char::is_alphabetic) && !is_version(previous) => {
            Import::List(setting_name(&format!("{}_id", simple(previous))))
        }
        () => Import::List("value".to_owned()),
    }
}

/// A name that no list of an address has.
fn free(name: &str, templates: &[Template]) -> String {
    let is_free =
        |name: &String| templates.iter().all(|of| of.lists.iter().all(|(known, _)| known != name));
    let names = std::iter::once(name.to_owned()).chain((2..).map(|n| format!("{name}_{n}")));
    names.into_iter().find(is_free).unwrap_or_else(|| name.to_owned())
}
