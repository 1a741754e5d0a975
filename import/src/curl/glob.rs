//! Patterns in addresses, which `curl` requests once for each of their values: `{a,b}`, `[1-100:10]`, `[a-z]`.

/// A part of an address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Text that is sent as it is.
    Text(String),
    /// A pattern.
    Glob(Glob),
}

/// A pattern with its values.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Glob {
    /// As it is written.
    text: String,
    values: Values,
}

#[derive(Debug, PartialEq, Eq)]
enum Values {
    Words(Vec<String>),
    /// From the first one on, in steps; of at least so many digits.
    Numbers {
        first: u64,
        step: u64,
        count: u64,
        width: usize,
    },
    Letters {
        first: u8,
        step: u8,
        count: u8,
    },
}

/// The parts of an address. What is no pattern of `curl` is text, such as `{owner}` and `page[size]`.
pub(super) fn parts(url: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut rest = url;
    while let Some(at) = rest.find(['{', '[', '\\']) {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        if let Some(escaped) = escaped(from) {
            text.push_str(escaped);
            rest = &from[2..];
            continue;
        }
        match glob(from) {
            Some(glob) => {
                rest = &from[glob.text.len()..];
                parts.push(Part::Text(std::mem::take(&mut text)));
                parts.push(Part::Glob(glob));
            }
            None => {
                text.push_str(&from[..1]);
                rest = &from[1..];
            }
        }
    }
    text.push_str(rest);
    parts.push(Part::Text(text));
    parts.retain(|part| !matches!(part, Part::Text(text) if text.is_empty()));
    parts
}

/// What stands for `\{` and the like: the sign itself, encoded as it is no placeholder either.
fn escaped(text: &str) -> Option<&'static str> {
    let signs = [("\\{", "%7B"), ("\\}", "%7D"), ("\\[", "%5B"), ("\\]", "%5D")];
    signs.iter().find(|(sign, _)| text.starts_with(sign)).map(|(_, encoded)| *encoded)
}

/// The pattern that a text begins with.
fn glob(text: &str) -> Option<Glob> {
    let (close, is_set) = if text.starts_with('{') { ('}', true) } else { (']', false) };
    let end = text.find(close).filter(|_| text.starts_with(['{', '[']))?;
    let inner = &text[1..end];
    let values = if is_set { words(inner)? } else { range(inner)? };
    Some(Glob { text: text[..=end].to_owned(), values })
}

/// The values of `a,b`. A word alone is what documentation writes for a value to be filled in.
fn words(inner: &str) -> Option<Values> {
    if inner.contains(['{', '[', '"', '\\']) {
        return None;
    }
    let words: Vec<String> = inner.split(',').map(str::to_owned).collect();
    (words.len() > 1).then_some(Values::Words(words))
}

/// The values of `1-100:10` or `a-z`.
fn range(inner: &str) -> Option<Values> {
    let (bounds, step) = inner.split_once(':').unwrap_or((inner, "1"));
    let (first, last) = bounds.split_once('-')?;
    let step: u64 = step.parse().ok().filter(|step| *step > 0)?;
    if let (&[first], &[last]) = (first.as_bytes(), last.as_bytes())
        && first.is_ascii_alphabetic()
        && last.is_ascii_alphabetic()
        && first <= last
    {
        let step = u8::try_from(step).ok()?;
        return Some(Values::Letters { first, step, count: (last - first) / step + 1 });
    }
    let number = |text: &str| -> Option<u64> {
        text.chars().all(|c| c.is_ascii_digit()).then(|| text.parse().ok())?
    };
    let width = if first.starts_with('0') { first.len() } else { 0 };
    let (first, last) = (number(first)?, number(last)?);
    let count = (last.checked_sub(first)? / step).checked_add(1)?;
    Some(Values::Numbers { first, step, count, width })
}

impl Glob {
    /// How many values it has.
    pub(super) fn count(&self) -> usize {
        match &self.values {
            Values::Words(words) => words.len(),
            Values::Numbers { count, .. } => usize::try_from(*count).unwrap_or(usize::MAX),
            Values::Letters { count, .. } => usize::from(*count),
        }
    }

    /// As a message names it: words may be credentials.
    pub(super) fn shown(&self) -> String {
        match self.values {
            Values::Words(_) => "a list in braces".to_owned(),
            Values::Numbers { .. } | Values::Letters { .. } => format!("`{}`", self.text),
        }
    }

    /// Its first values, at most so many.
    pub(super) fn values(&self, most: usize) -> Vec<String> {
        let value = |at: usize| match &self.values {
            Values::Words(words) => words[at].clone(),
            Values::Numbers { first, step, width, .. } => {
                format!("{:0width$}", first + step * at as u64)
            }
            Values::Letters { first, step, .. } => {
                char::from(first + step * u8::try_from(at).unwrap_or_default()).to_string()
            }
        };
        (0..self.count().min(most)).map(value).collect()
    }

    /// Whether it is a list of words, which may be names.
    pub(super) fn is_words(&self) -> bool {
        let is_word = |word: &String| {
            word.starts_with(char::is_alphabetic)
                && word.chars().all(|c| c.is_alphabetic() || matches!(c, '_' | '-'))
        };
        matches!(&self.values, Values::Words(words) if words.iter().all(is_word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An address with its patterns as their values.
    fn shown(url: &str) -> String {
        let shown = parts(url).into_iter().map(|part| match part {
            Part::Text(text) => text,
            Part::Glob(glob) => format!("<{}>", glob.values(4).join(" ")),
        });
        shown.collect()
    }

    #[test]
    fn patterns_are_those_of_curl() {
        for (url, expected) in [
            ("/a/{b,c}/d", "/a/<b c>/d"),
            ("[1-3]-[008-010]", "<1 2 3>-<008 009 010>"),
            ("[1-100:40][a-g:3]", "<1 41 81><a d g>"),
            ("{a,}[0-999999999999]", "<a ><0 1 2 3>"),
            (r"\{a,b\}\[1-2\]", "%7Ba,b%7D%5B1-2%5D"),
            (r"{owner}[size][3-1][1-2:0][a-3]{", "{owner}[size][3-1][1-2:0][a-3]{"),
            ("[::1]:80/{\"a\":1,\"b\":2}", "[::1]:80/{\"a\":1,\"b\":2}"),
            ("[18446744073709551615-18446744073709551615]", "<18446744073709551615>"),
        ] {
            assert_eq!(shown(url), expected, "{url}");
        }
    }
}
