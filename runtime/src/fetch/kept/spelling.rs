//! How a secret is spelled in a text, by names that a checkpoint keeps.

use std::{borrow::Cow, fmt::Write as _};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{each, part::part};
use crate::error::mask::{Escape, UNRESERVED, first_escape, hex, undone};

/// What forms leave as it is, beside the space that is `+`.
const OF_FORM: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'*').remove(b' ');
/// What is also allowed within a query.
const OF_QUERY: &AsciiSet =
    &UNRESERVED.remove(b'/').remove(b':').remove(b'@').remove(b'!').remove(b'$');

const HEX: &str = "hex";
const HEX_UPPER: &str = "hex_upper";

type Spell = fn(&str) -> String;

/// The spellings of encoders. Where none is exactly what a text has, it is said of each character.
const ALL: [(&str, Escape, Spell); 14] = [
    ("percent", Escape::Percent, |text| utf8_percent_encode(text, UNRESERVED).to_string()),
    ("percent_lower", Escape::Percent, |text| {
        lower(&utf8_percent_encode(text, UNRESERVED).to_string())
    }),
    ("percent_all", Escape::Percent, |text| {
        utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
    }),
    ("percent_query", Escape::Percent, |text| utf8_percent_encode(text, OF_QUERY).to_string()),
    ("form", Escape::Percent, form),
    ("form_lower", Escape::Percent, |text| lower(&form(text))),
    ("percent_twice_coded", Escape::Percent, |text| text.replace('%', "%25")),
    ("json", Escape::Json, json),
    ("json_slash", Escape::Json, |text| json(text).replace('/', "\\/")),
    ("json_ascii", Escape::Json, |text| units(text, false)),
    ("json_ascii_upper", Escape::Json, |text| units(text, true)),
    ("html", Escape::Html, |text| html(text, "&#39;")),
    ("html_hex", Escape::Html, |text| html(text, "&#x27;")),
    ("html_apos", Escape::Html, |text| html(text, "&apos;")),
];

/// How `text`, from which the secret comes when its escapes are undone so often, spells it: the
/// innermost first.
pub(super) fn of(text: &str, secret: &str, depth: usize) -> Vec<Cow<'static, str>> {
    let mut texts = vec![text.to_owned()];
    while texts.len() <= depth
        && let Some(inner) = texts.last().and_then(|outer| undone(outer))
    {
        texts.push(inner);
    }
    // A form has `+` for a space.
    if texts.last().is_some_and(|last| last != secret && last.len() == secret.len()) {
        if texts.len() > 1 {
            texts.pop();
        }
        texts.push(secret.to_owned());
    }
    let pairs = texts.windows(2).rev();
    pairs.filter_map(|pair| name(&pair[1], &pair[0])).collect()
}

/// The spelling that makes `outer` of `inner`.
fn name(inner: &str, outer: &str) -> Option<Cow<'static, str>> {
    if inner == outer {
        return None;
    }
    if let Some((name, ..)) = ALL.iter().find(|(_, _, spell)| spell(inner) == outer) {
        return Some(Cow::Borrowed(*name));
    }
    let escape = first_escape(outer)?;
    each::name(inner, outer, escape).or_else(|| {
        // A character is written in two ways, as no encoder does.
        let alike = ALL.iter().find(|spelling| spelling.1 == escape);
        alike.map(|spelling| Cow::Borrowed(spelling.0))
    })
}

/// The spelling of a secret that stands in an address as it is, although it has signs that are escaped there
/// unless something else is said.
pub(super) fn as_it_is(text: &str) -> Option<Cow<'static, str>> {
    let has_signs = !text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    has_signs.then(|| each::name(text, text, Escape::Percent))?
}

/// The text in this spelling.
pub(super) fn spell(name: &str, text: &str) -> Option<String> {
    let spelling = ALL.iter().find(|spelling| spelling.0 == name);
    let encoded = || match name {
        HEX => Some(hex(text, false)),
        HEX_UPPER => Some(hex(text, true)),
        _ => part(name, text).or_else(|| each::spell(name, text)),
    };
    spelling.map(|spelling| spelling.2(text)).or_else(encoded)
}

/// The spellings of a secret that a text has in hexadecimal.
pub(super) fn of_hex(
    text: &str,
    secret: &str,
    is_upper: bool,
    depth: usize,
) -> Vec<Cow<'static, str>> {
    let name = if is_upper { HEX_UPPER } else { HEX };
    [vec![Cow::Borrowed(name)], of(text, &hex(secret, is_upper), depth)].concat()
}

fn form(text: &str) -> String {
    utf8_percent_encode(text, OF_FORM).to_string().replace(' ', "+")
}

/// With the digits of escapes in lower case.
fn lower(text: &str) -> String {
    let mut digits = 0;
    text.chars()
        .map(|c| {
            digits = if c == '%' { 3_u8 } else { digits.saturating_sub(1) };
            if digits > 0 { c.to_ascii_lowercase() } else { c }
        })
        .collect()
}

fn json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

/// With everything but letters and digits as `\u002f`, as encoders for scripts write it.
fn units(text: &str, is_upper: bool) -> String {
    let mut units = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || "-._~ ".contains(c) {
            units.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = if is_upper {
                write!(units, "\\u{unit:04X}")
            } else {
                write!(units, "\\u{unit:04x}")
            };
        }
    }
    units
}

fn html(text: &str, apostrophe: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', apostrophe)
}
