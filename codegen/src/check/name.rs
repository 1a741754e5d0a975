//! Rust names, made of names that an API or a person chose.

use heck::{ToSnakeCase, ToUpperCamelCase};

use super::singular::singular;

/// Words that Rust keeps for itself and takes as names with `r#`: strict and reserved keywords of
/// all editions.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];
/// Words that are no names even with `r#`.
const NEVER_RAW: [&str; 5] = ["crate", "self", "super", "Self", "_"];

/// The name of a field or function: `created_at` of `createdAt`, `r#type` of `type`, `extra_` of
/// `extra` if that is `taken`. `None` if nothing is left of it, as of `€`.
pub(super) fn function(name: &str, taken: &[&str]) -> Option<String> {
    let name = identifier(&snake_case(name))?;
    Some(if taken.contains(&name.as_str()) || NEVER_RAW.contains(&name.as_str()) {
        format!("{name}_")
    } else if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    })
}

/// The name of an environment variable: `ACCESS_TOKEN` of `accessToken`, `OTHER__KEY` of `other.key`.
/// `None` if nothing is left of a part.
pub(super) fn variable(name: &str) -> Option<String> {
    let parts: Option<Vec<String>> =
        name.split('.').map(|part| identifier(&snake_case(part))).collect();
    Some(parts?.join("__").to_uppercase())
}

/// The type of one record of a resource: `Payment` of `payments`, `UserAddress` of `user-addresses`.
pub(super) fn record_type(resource: &str) -> Option<String> {
    let snake = snake_case(resource);
    let singular = match snake.rsplit_once('_') {
        Some((rest, last)) => format!("{rest}_{}", singular(last)),
        None => singular(&snake),
    };
    type_of(&singular)
}

/// The type of a resource as it is called itself: `Payments` of `payments`.
pub(super) fn plain_type(resource: &str) -> Option<String> {
    type_of(&snake_case(resource))
}

fn type_of(snake: &str) -> Option<String> {
    let name = identifier(&snake.to_upper_camel_case())?;
    Some(if NEVER_RAW.contains(&name.as_str()) { format!("{name}_") } else { name })
}

/// What a column adds to the name of the type that it is in: `Links` of `links`. Empty if nothing is
/// left of it, as of `€`.
pub(super) fn type_part(column: &str) -> String {
    let part = snake_case(column).to_upper_camel_case();
    part.chars().filter(|c| unicode_ident::is_xid_continue(*c)).collect()
}

/// The type of one of several: `PaymentItem` of `PaymentItems`.
pub(super) fn singular_type(name: &str) -> String {
    record_type(name).unwrap_or_else(|| name.to_owned())
}

/// The variant of a word: `InProgress` of `in-progress`, `_30Days` of `30 days`. `Unknown` is the
/// one of words that are not listed. `None` if nothing is left of it, as of `+`.
pub(super) fn variant(word: &str) -> Option<String> {
    let name = identifier(&snake_case(word).to_upper_camel_case())?;
    let is_taken = name == "Unknown" || NEVER_RAW.contains(&name.as_str());
    Some(if is_taken { format!("{name}_") } else { name })
}

/// Whether a name can be that of a type as it is.
pub(super) fn is_type_name(name: &str) -> bool {
    identifier(name).as_deref() == Some(name)
        && name == name.to_upper_camel_case()
        && !NEVER_RAW.contains(&name)
}

/// In snake case, in which `IDs` is one word: `userIDs` becomes `user_ids`, not `user_i_ds`.
fn snake_case(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    let upper = |at: usize| characters.get(at).is_some_and(|c| c.is_uppercase());
    let ends_acronym = |at: usize| {
        characters[at] == 's'
            && at >= 2
            && upper(at - 1)
            && upper(at - 2)
            && !characters.get(at + 1).is_some_and(|c| c.is_lowercase())
    };
    let joined: String = (0..characters.len())
        .map(|at| if ends_acronym(at) { 'S' } else { characters[at] })
        .collect();
    joined.to_snake_case()
}

/// The characters of an identifier (Unicode's UAX 31, as rustc has it), with `_` before a digit.
fn identifier(name: &str) -> Option<String> {
    let kept: String = name.chars().filter(|c| unicode_ident::is_xid_continue(*c)).collect();
    let first = kept.trim_start_matches('_').chars().next()?;
    Some(if unicode_ident::is_xid_start(first) { kept } else { format!("_{kept}") })
}
