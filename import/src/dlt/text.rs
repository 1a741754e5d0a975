//! Literals of text: prefixes, escapes, and how values go into texts.

/// The text that a string's content stands for, by the string's prefix and opening quotes: `r"`, `f'''`.
pub(super) fn unescaped(content: &str, start: &str) -> String {
    if start.contains(['r', 'R']) || !content.contains('\\') {
        return content.to_owned();
    }
    let mut text = String::with_capacity(content.len());
    let mut rest = content.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match rest.next() {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('r') => text.push('\r'),
            Some('0') => text.push('\0'),
            Some('\n') => {}
            Some(c @ ('x' | 'u' | 'U')) => {
                let digits = match c {
                    'x' => 2,
                    'u' => 4,
                    _ => 8,
                };
                let code: String = rest.by_ref().take(digits).collect();
                text.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            Some(c @ ('\\' | '\'' | '"')) => text.push(c),
            Some(c) => text.extend(['\\', c]),
            None => text.push('\\'),
        }
    }
    text
}

/// The result of `"…".format(…)`, of `None` if a field is not among the arguments or has a format.
pub(super) fn formatted(template: &str, arguments: &[(Option<String>, String)]) -> Option<String> {
    let mut text = String::new();
    let mut next = 0;
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        text.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let brace = &rest[at..=at];
        if after.starts_with(brace) {
            text.push_str(brace);
            rest = &after[1..];
            continue;
        }
        let (field, after) = after.split_once('}').filter(|_| brace == "{")?;
        let number = if field.is_empty() {
            next += 1;
            Some(next - 1)
        } else {
            field.parse().ok()
        };
        let mut positional = arguments.iter().filter(|(name, _)| name.is_none());
        let (_, value) = match number {
            Some(number) => positional.nth(number)?,
            None => arguments.iter().find(|(name, _)| name.as_deref() == Some(field))?,
        };
        text.push_str(value);
        rest = after;
    }
    text.push_str(rest);
    Some(text)
}

/// The result of `"…" % …` with the fields `%s` and `%d`.
pub(super) fn interpolated(template: &str, values: &[String]) -> Option<String> {
    let mut text = String::new();
    let mut values = values.iter();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('%') {
        text.push_str(before);
        match after.chars().next()? {
            's' | 'd' | 'i' => text.push_str(values.next()?),
            '%' => text.push('%'),
            _ => return None,
        }
        rest = &after[1..];
    }
    text.push_str(rest);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_those_of_python() {
        assert_eq!(unescaped(r"a\n\x41\u00e9\q\'", "\""), "a\nAé\\q'");
        assert_eq!(unescaped(r"a\n", "r'"), r"a\n");
        let arguments = [
            (None, "a".to_owned()),
            (None, "b".to_owned()),
            (Some("x".to_owned()), "c".to_owned()),
        ];
        assert_eq!(formatted("{}/{x}/{}/{0}", &arguments).unwrap(), "a/c/b/a");
        assert_eq!(formatted("{x}/{{resources.a.id}}", &arguments).unwrap(), "c/{resources.a.id}");
        assert_eq!(formatted("{y}", &arguments), None);
        assert_eq!(formatted("{x:>3}", &arguments), None);
        assert_eq!(interpolated("%s/v%d%%", &["a".to_owned(), "1".to_owned()]).unwrap(), "a/v1%");
        assert_eq!(interpolated("%s", &[]), None);
    }
}
