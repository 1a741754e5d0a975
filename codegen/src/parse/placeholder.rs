//! Where text has a placeholder, whether it may have one or not. What is in it is read by the checks.

/// What placeholders begin with.
const KINDS: [&str; 6] = ["secrets", "config", "resources", "incremental", "paginator", "each"];

/// The first placeholder of a text, from its beginning to its end: `{config.region}`, or one of another
/// language that is meant so, dlt's `dlt.secrets["key"]` or a shell's `${REGION}`.
pub(crate) fn find_placeholder(text: &str) -> Option<(usize, usize)> {
    if dlt_member(text).is_some() {
        return Some((0, text.len()));
    }
    if !text.contains(['{', '[']) {
        return None;
    }
    let own = braces(text, "{", |name| {
        name.split_once('.').is_some_and(|(kind, rest)| {
            KINDS.contains(&kind) && !rest.is_empty() && !rest.contains(char::is_whitespace)
        })
    });
    let dlt = ["dlt.secrets[", "dlt.config["].into_iter().find_map(|call| {
        let begin = text.find(call)?;
        let end = text[begin..].find(']').map_or(text.len(), |end| begin + end + 1);
        Some((begin, end))
    });
    own.into_iter().chain(shell_variable(text)).chain(dlt).min()
}

/// The kind and the name in a text that is nothing but `dlt.secrets.name` or `dlt.config.get("name")`;
/// without a name in `dlt.config.value`, which in Python stands for the argument of its own name.
pub(crate) fn dlt_member(text: &str) -> Option<(&'static str, Option<&str>)> {
    let text = text.trim_matches(['{', '}', ' ']);
    let rest = text.strip_prefix("dlt.")?;
    let mut kinds = ["secrets", "config"].into_iter();
    let (kind, rest) = kinds.find_map(|kind| Some((kind, rest.strip_prefix(kind)?)))?;
    let name = rest.strip_prefix('.')?;
    if let Some(argument) = name.strip_prefix("get(") {
        return Some((kind, argument.strip_suffix(')').map(|name| name.trim_matches(['"', '\'']))));
    }
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.".contains(&byte));
    (is_name && !name.is_empty()).then_some((kind, Some(name).filter(|name| *name != "value")))
}

/// Where a text has a variable as shells write it, `${REGION}`.
pub(crate) fn shell_variable(text: &str) -> Option<(usize, usize)> {
    let is_first = |c: char| c.is_ascii_alphabetic() || c == '_';
    braces(text, "${", |name| {
        name.starts_with(is_first) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    })
}

/// The first braces that begin so and have such a name in them.
fn braces(text: &str, begin_with: &str, is_name: impl Fn(&str) -> bool) -> Option<(usize, usize)> {
    text.match_indices(begin_with).find_map(|(begin, _)| {
        let name = &text[begin + begin_with.len()..];
        let name = &name[..name.find('}')?];
        is_name(name).then_some((begin, begin + begin_with.len() + name.len() + 1))
    })
}
