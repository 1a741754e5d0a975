//! What to do about text that is not YAML. The parser's own words name what it lacked, not what was meant.

mod value;

use self::value::{is_text, value_at, variable};

/// Where a mistake is that the parser has found at `at`, or just before.
pub(super) fn place(info: &str, text: &str, at: usize) -> usize {
    if info.contains("tab") && !info.contains("expected") {
        let rest = &text[at..];
        return rest.find('\t').map_or(at, |tab| at + tab);
    }
    // The parser finds out on the next line that a key has no colon.
    if info.contains("simple key") {
        let begin = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let above = text[..begin].trim_end();
        let line = &above[above.rfind('\n').map_or(0, |end| end + 1)..];
        let is_whole = text[begin..].lines().next().is_some_and(|line| line.contains(':'));
        if is_whole && !line.contains(':') && !line.trim_start().starts_with('-') {
            return above.len();
        }
    }
    at
}

/// What to do about a mistake that the parser has found at `at`, in its words.
pub(super) fn help(info: &str, text: &str, at: usize) -> String {
    let says = |part: &str| info.contains(part);
    let line = &text[..at][text[..at].rfind('\n').map_or(0, |end| end + 1)..];
    let quote = |what: &str| format!("put text {what} in quotes{}", example(text, at));
    let first = text[at..].chars().next().unwrap_or('\n');
    let meant = value_at(text, at).filter(|value| is_text(value));
    if let Some(name) = meant.and_then(variable) {
        let name = name.to_lowercase();
        format!(
            "write `\"{{secrets.{name}}}\"` for a secret, `\"{{config.{name}}}\"` for a setting: either may be \
             given by an environment variable"
        )
    } else if let Some(value) = meant.filter(|value| !value.contains(['"', '\\'])) {
        format!(
            "put text in quotes that begins with, or has, what YAML takes for something else: `\"{value}\"`"
        )
    } else if says("tab") && !says("expected") {
        "indent by spaces: YAML takes no tabs".to_owned()
    } else if says("unexpected character") || says("directive") {
        match first {
            '`' => quote("that begins with a backtick"),
            first => quote(&format!("that begins with `{first}`")),
        }
    } else if says("anchor") {
        "`*` begins an alias, and `&` an anchor: put text that begins with one of them in quotes"
            .to_owned()
    } else if says("tag") || says("handle") {
        "`!` begins a tag: put text that begins with it in quotes".to_owned()
    } else if says("escape") || says("Unicode character") || says("hexadecimal") {
        "a backslash begins an escape in double quotes: write it twice, or use single quotes"
            .to_owned()
    } else if says("trailing content") {
        "quotes stand around the whole text; for one in it write `\\\"`, or quote the text by `'`"
            .to_owned()
    } else if says("end of stream") || says("document indicator") || says("quoted scalar") {
        "close the quotes; within single quotes, write a quote twice".to_owned()
    } else if says("mapping values are not allowed") && !line.contains(": ") {
        INDENT.to_owned()
    } else if says("mapping values are not allowed") || first == ':' && line.contains(": ") {
        quote("that contains `: `")
    } else if says("block scalar") {
        "the text of `|` and `>` begins on the next line, indented".to_owned()
    } else if ["flow", "illegal placement of ':'", "bracket", "eof", "[]{}"].into_iter().any(says) {
        BRACKETS.to_owned()
    } else if says("'-'") && says("whitespace") {
        "an element of a list needs a space after its `-`".to_owned()
    } else if says("comment") {
        quote("that contains ` #`")
    } else if says("':'") || says("simple key") {
        "a key needs a colon and a space after it, `key: value`; close quotes and brackets before \
         of it"
            .to_owned()
    } else if says("node content") || says("plain scalar") {
        format!("a value is missing here, or text that begins with `{first}` needs quotes")
    } else if says("unprintable") || says("byte order mark") {
        "remove this character, or write it as an escape in double quotes, `\"\\x07\"`".to_owned()
    } else {
        INDENT.to_owned()
    }
}

const INDENT: &str = "indent it like its neighbours: the keys of one mapping, and the `-` of one list, \
                      stand below each other";
const BRACKETS: &str = "close each `{` and `[` that is opened, with commas between what is in it; put \
                        text that contains one of `{}[],` or `: ` in quotes";

/// The text that begins at a place in quotes, if it is short enough to be shown.
fn example(text: &str, at: usize) -> String {
    let value = text[at..].lines().next().unwrap_or_default();
    let end = value.find([',', '}', ']', '#', '"', '\'']).unwrap_or(value.len());
    let value = value[..end].trim();
    let is_value = value.starts_with(['@', '`', '%']) && value.len() < 40;
    if is_value { format!(": `\"{value}\"`") } else { String::new() }
}
