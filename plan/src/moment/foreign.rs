//! Formats of other languages.

/// What letters of Java, .NET and JavaScript mean, the longest first.
const LETTERS: [(&str, &str); 22] = [
    ("yyyy", "%Y"),
    ("YYYY", "%Y"),
    ("MMMM", "%B"),
    ("EEEE", "%A"),
    ("dddd", "%A"),
    ("SSSSSS", "%6f"),
    ("ffffff", "%6f"),
    ("SSS", "%3f"),
    ("fff", "%3f"),
    ("MMM", "%b"),
    ("EEE", "%a"),
    ("ddd", "%a"),
    ("yy", "%y"),
    ("YY", "%y"),
    ("MM", "%m"),
    ("dd", "%d"),
    ("DD", "%d"),
    ("HH", "%H"),
    ("hh", "%I"),
    ("mm", "%M"),
    ("ss", "%S"),
    ("ZZ", "%z"),
];

/// The format of `strftime` that a pattern of another language means: `%d/%m/%Y` for `dd/MM/yyyy`.
pub(super) fn translated(text: &str) -> Option<String> {
    let mut translated = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(quoted) = rest.strip_prefix('\'') {
            let (literal, after) = quoted.split_once('\'')?;
            translated.push_str(literal);
            rest = after;
        } else if let Some((letters, directive)) =
            LETTERS.iter().find(|(letters, _)| rest.starts_with(letters))
        {
            translated.push_str(directive);
            rest = &rest[letters.len()..];
        } else if first.is_ascii_alphabetic() && first != 'T' {
            return None;
        } else {
            translated.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    translated.contains('%').then_some(translated)
}
