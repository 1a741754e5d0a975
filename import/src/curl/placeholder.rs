//! What documentation writes in addresses where a value is to be filled in: `{owner}`, `:owner`, `<owner>`.

use crate::variable::marked;

/// The address with variables in place of what is to be filled in.
pub(super) fn variables(url: &str) -> String {
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let server = base.find("://").map_or(0, |at| at + 3);
    let path = base[server..].find('/').map_or(base.len(), |at| server + at);
    let (server, path) = base.split_at(path);
    let segments: Vec<String> = path.split('/').map(segment).collect();
    let mut address = enclosed(server, '{', '}') + &segments.join("/");
    if url.contains('?') {
        address = address + "?" + &enclosed(&enclosed(query, '{', '}'), '<', '>');
    }
    address
}

fn segment(segment: &str) -> String {
    match segment.strip_prefix(':').filter(|name| is_name(name)) {
        Some(name) => marked(name),
        None => enclosed(&enclosed(segment, '{', '}'), '<', '>'),
    }
}

/// The text in which each name between these signs, or doubled ones, is a variable.
fn enclosed(text: &str, open: char, close: char) -> String {
    let mut address = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        address.push_str(before);
        let inner = after.trim_start_matches(open);
        match inner.split_once(close).filter(|(name, _)| is_name(name.trim())) {
            Some((name, after)) => {
                address.push_str(&marked(name.trim()));
                rest = after.trim_start_matches(close);
            }
            None => {
                address.push(open);
                rest = after;
            }
        }
    }
    address + rest
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_filled_in_is_a_variable() {
        let (a, b) = (marked("a"), marked("b c"));
        assert_eq!(
            variables("https://{a}.x/v1/{a}/:a/{{a}}/<b c>?q={a}&t={1,2}"),
            format!("https://{a}.x/v1/{a}/{a}/{a}/{b}?q={a}&t={{1,2}}")
        );
        assert_eq!(variables("x.y:80"), "x.y:80");
    }
}
