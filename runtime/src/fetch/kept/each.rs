//! Spellings that no encoder of [`spelling`](super::spelling) has: how each character of a secret is
//! written. `each:html:html_hex_upper=2f3d,plain=2b` has `/` and `=` as `&#x2F;` and `&#x3D;`, and `+` as it
//! is; a character that the secret of another time has is written as HTML is wont to.
//!
//! Letters and digits are one kind, `*`, and so is all that is not ASCII, `u`: of a secret, nothing but its
//! signs is kept.

use std::{borrow::Cow, collections::BTreeMap, fmt::Write as _};

use crate::error::mask::Escape;

/// How a character is written, with its name.
type Way = (&'static str, fn(char) -> Option<String>);

const WAYS: [Way; 14] = [
    ("percent", |c| Some(bytes(c, |byte| format!("%{byte:02X}")))),
    ("percent_lower", |c| Some(bytes(c, |byte| format!("%{byte:02x}")))),
    ("json_unit", |c| Some(units(c, |unit| format!("\\u{unit:04x}")))),
    ("json_unit_upper", |c| Some(units(c, |unit| format!("\\u{unit:04X}")))),
    ("json_short", |c| "\"\\/".contains(c).then(|| format!("\\{c}"))),
    ("html_name", |c| named(c).map(|name| format!("&{name};"))),
    ("html", |c| Some(format!("&#{};", u32::from(c)))),
    ("html_three", |c| Some(format!("&#{:03};", u32::from(c)))),
    ("html_hex", |c| Some(format!("&#x{:x};", u32::from(c)))),
    ("html_hex_upper", |c| Some(format!("&#x{:X};", u32::from(c)))),
    ("html_hex_long", |c| Some(format!("&#x{:04x};", u32::from(c)))),
    ("html_hex_long_upper", |c| Some(format!("&#x{:04X};", u32::from(c)))),
    ("form", |c| (c == ' ').then(|| "+".to_owned())),
    ("plain", |c| Some(c.to_string())),
];

/// What the name of such a spelling begins with.
const PREFIX: &str = "each:";

/// The name of the spelling that makes `outer` of `inner`, exactly. `of` is how characters are escaped that
/// are not in it; `None` if the same character is written in two ways.
pub(super) fn name(inner: &str, outer: &str, of: Escape) -> Option<Cow<'static, str>> {
    // Of digits alone, `%31`, it cannot be told how hexadecimal letters are written.
    let mut ways: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut rest = outer;
    for c in inner.chars() {
        let fits = |(way, write): &Way| {
            let left = rest.strip_prefix(&*write(c)?)?;
            Some((left, *way))
        };
        let fitting: Vec<_> = WAYS.iter().filter_map(fits).collect();
        let left = fitting.iter().map(|(left, _)| *left).min_by_key(|left| left.len())?;
        let fitting =
            fitting.iter().filter(|(one, _)| one.len() == left.len()).map(|(_, way)| *way);
        let fitting: Vec<_> = fitting.collect();
        match ways.get_mut(&class(c)) {
            Some(ways) => ways.retain(|way| fitting.contains(way)),
            None => drop(ways.insert(class(c), fitting)),
        }
        rest = left;
    }
    let mut name = format!("{PREFIX}{}:", base(of));
    for (way, _) in WAYS {
        let classes: Vec<&str> = ways
            .iter()
            .filter(|(_, of)| of.first() == Some(&way))
            .map(|(class, _)| &**class)
            .collect();
        // Letters stay as they are unless it is said.
        let is_said = classes.iter().any(|class| way != "plain" || *class != "*");
        if is_said {
            let _ = write!(name, "{way}={},", classes.concat());
        }
    }
    (spell(&name, inner).as_deref() == Some(outer)).then_some(Cow::Owned(name))
}

/// The text in the spelling of this name.
pub(super) fn spell(name: &str, text: &str) -> Option<String> {
    let (base, kinds) = name.strip_prefix(PREFIX)?.split_once(':')?;
    let mut ways = BTreeMap::new();
    for kind in kinds.split(',').filter(|kind| !kind.is_empty()) {
        let (way, classes) = kind.split_once('=')?;
        let write = WAYS.iter().find(|(name, _)| *name == way)?.1;
        let mut rest = classes;
        while let Some(first) = rest.chars().next() {
            let length = if first == '*' || first == 'u' { 1 } else { 2 };
            ways.insert(rest.get(..length)?, write);
            rest = &rest[length..];
        }
    }
    text.chars()
        // Where letters are escaped, everything is.
        .map(|c| match ways.get(&*class(c)).or_else(|| ways.get("*")) {
            Some(write) => write(c),
            None => Some(by_default(base, c)),
        })
        .collect()
}

/// What is written alike.
fn class(c: char) -> String {
    match c {
        _ if c.is_ascii_alphanumeric() => "*".to_owned(),
        _ if c.is_ascii() => format!("{:02x}", u32::from(c)),
        _ => "u".to_owned(),
    }
}

fn base(escape: Escape) -> &'static str {
    match escape {
        Escape::Percent => "percent",
        Escape::Json => "json",
        Escape::Html => "html",
    }
}

/// A character that the secret did not have.
fn by_default(base: &str, c: char) -> String {
    let write = |way: &str| {
        let (_, write) = WAYS.iter().find(|(name, _)| *name == way)?;
        write(c)
    };
    let escaped = match base {
        "percent" if !(c.is_ascii_alphanumeric() || "-._~".contains(c)) => write("percent"),
        "json" if c.is_ascii_control() => write("json_unit"),
        "json" if "\"\\".contains(c) => write("json_short"),
        "html" if "&<>\"".contains(c) => write("html_name"),
        "html" if c == '\'' => write("html"),
        _ => None,
    };
    escaped.unwrap_or_else(|| c.to_string())
}

fn named(c: char) -> Option<&'static str> {
    Some(match c {
        '&' => "amp",
        '<' => "lt",
        '>' => "gt",
        '"' => "quot",
        '\'' => "apos",
        '/' => "sol",
        '+' => "plus",
        '=' => "equals",
        _ => return None,
    })
}

fn bytes(c: char, write: impl Fn(u8) -> String) -> String {
    c.encode_utf8(&mut [0; 4]).bytes().map(write).collect()
}

fn units(c: char, write: impl Fn(u16) -> String) -> String {
    c.encode_utf16(&mut [0; 2]).iter().map(|unit| write(*unit)).collect()
}
