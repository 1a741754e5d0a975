//! Selectors: paths into a JSON document.

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    model::Selector,
    source::Spanned,
};

/// Reads `meta.cursors.after`, with an optional `$.` in front. A key of other characters stands in
/// quotes: `meta.'page token'` or `meta['page token']`.
pub(super) fn read(selector: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<Selector> {
    match keys(&selector.value) {
        Ok(keys) => Some(Selector { text: selector.value.clone(), keys }),
        Err(Mistake { at, length, message }) => {
            let span = selector.span.within(&selector.value, at, at + length);
            diagnostics.push(
                Diagnostic::error(Code::InvalidSelector, span, message)
                    .help("a selector is a path of keys, as in `meta.cursors.after`"),
            );
            None
        }
    }
}

struct Mistake {
    at: usize,
    length: usize,
    message: &'static str,
}

fn keys(selector: &str) -> Result<Vec<String>, Mistake> {
    let mistake = |rest: &str, length: usize, message| Mistake {
        at: selector.len() - rest.len(),
        length: length.min(rest.len()),
        message,
    };
    let mut keys = Vec::new();
    let mut rest = selector;
    if let Some(after) = rest.strip_prefix('$') {
        rest = after;
        if rest.is_empty() {
            return Ok(keys);
        }
    } else if !rest.starts_with('[') {
        (keys, rest) = first_key(rest).ok_or(mistake(rest, 1, "a key is missing here"))?;
    }
    while !rest.is_empty() {
        let (key, after) = if let Some(bracketed) = rest.strip_prefix('[') {
            let (key, after) = quoted(bracketed).ok_or(mistake(
                rest,
                rest.len(),
                "only keys in quotes are taken in brackets",
            ))?;
            let after =
                after.strip_prefix(']').ok_or(mistake(after, 1, "this bracket is never closed"))?;
            (key, after)
        } else if let Some(dotted) = rest.strip_prefix('.') {
            key(dotted).ok_or(mistake(dotted, 1, "a key is missing here"))?
        } else {
            return Err(mistake(rest, 1, "this cannot stand in a key without quotes"));
        };
        keys.push(key);
        rest = after;
    }
    Ok(keys)
}

fn first_key(rest: &str) -> Option<(Vec<String>, &str)> {
    key(rest).map(|(key, after)| (vec![key], after))
}

/// A key in quotes, or one of letters, digits, `_`, `-` and `@`.
fn key(text: &str) -> Option<(String, &str)> {
    if text.starts_with(['"', '\'']) {
        return quoted(text);
    }
    let in_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '@');
    let end = text.find(|c| !in_key(c)).unwrap_or(text.len());
    (end > 0).then(|| (text[..end].to_owned(), &text[end..]))
}

fn quoted(text: &str) -> Option<(String, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (key, after) = text[1..].split_once(quote)?;
    Some((key.to_owned(), after))
}
