//! Texts of other documents as one paragraph of a description.

/// The first paragraph of a text in Markdown or HTML, on one line, as a description has it. `None` if nothing
/// is left.
pub(crate) fn prose(text: &str) -> Option<String> {
    /// What is longer is cut behind a sentence, or a word.
    const MOST: usize = 400;
    let text = without_tags(text);
    let paragraph = text.split("\n\n").map(str::trim).find(|paragraph| {
        paragraph.chars().any(char::is_alphanumeric) && !paragraph.starts_with('#')
    })?;
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    let line = words.join(" ").replace(['{', '}'], "`");
    if line.chars().count() <= MOST {
        return Some(line);
    }
    let cut: String = line.chars().take(MOST).collect();
    Some(match (cut.rfind(". "), cut.rfind(' ')) {
        (Some(end), _) if end > MOST / 4 => cut[..=end].to_owned(),
        (_, Some(end)) => format!("{} …", &cut[..end]),
        _ => cut,
    })
}

/// The text without HTML tags, of which those that end a paragraph do so.
fn without_tags(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        kept.push_str(before);
        let is_tag = tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match tag.find('>').filter(|end| is_tag && *end < 300) {
            Some(end) => {
                let name = tag[1..end].trim_matches('/').to_ascii_lowercase();
                let ends = ["p", "br", "li", "ul", "ol", "h1", "h2", "h3", "div"];
                if ends.iter().any(|end| name.split(' ').next() == Some(end)) {
                    kept.push_str("\n\n");
                }
                rest = &tag[end + 1..];
            }
            None => {
                kept.push('<');
                rest = &tag[1..];
            }
        }
    }
    kept.push_str(rest);
    kept
}
