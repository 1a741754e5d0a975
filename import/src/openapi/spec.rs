//! The document as a whole: its version, and where its references lead.

use crate::{document::Value, failure::Failure};

/// How many references may follow one another.
const MOST_REFERENCES: usize = 32;

static NOTHING: Value = Value::Null;

/// A document that is known to be one of OpenAPI.
pub(super) struct Spec<'a> {
    /// Its root.
    pub(super) root: &'a Value,
    /// Whether it is Swagger 2.
    pub(super) is_swagger: bool,
}

impl<'a> Spec<'a> {
    /// Recognises a document by its version.
    pub(super) fn of(root: &'a Value) -> Result<Spec<'a>, Failure> {
        let version = |key: &str| root.get(key).and_then(Value::scalar);
        let is_swagger = match (version("openapi"), version("swagger")) {
            (Some(version), _) if version.starts_with('3') => false,
            (None, Some(version)) if version.starts_with('2') => true,
            (Some(version), _) | (None, Some(version)) => {
                let message = format!("version `{version}` of OpenAPI is not supported");
                let help = "convert the document to OpenAPI 3 with a tool of its provider";
                return Err(Failure::new(message, help));
            }
            (None, None) => {
                return Err(Failure::new(
                    "this is no OpenAPI document: it has neither `openapi` nor `swagger`",
                    "an OpenAPI document begins with its version, `openapi: 3.0.3` or `swagger: \"2.0\"`",
                ));
            }
        };
        Ok(Spec { root, is_swagger })
    }

    /// What the document says of itself, in one paragraph.
    pub(super) fn description(&self) -> Option<String> {
        let info = self.root.get("info")?;
        let text = info.text_of("description").or(info.text_of("title"))?;
        prose(text)
    }

    /// Where a reference leads, or the value itself if it is none. What leads out of the document, or nowhere,
    /// is nothing.
    pub(super) fn resolve(&self, value: &'a Value) -> &'a Value {
        self.resolve_named(value).0
    }

    /// The same, with the last name of the last reference, which is that of a schema.
    pub(super) fn resolve_named(&self, mut value: &'a Value) -> (&'a Value, Option<&'a str>) {
        let mut name = None;
        for _ in 0..MOST_REFERENCES {
            let Some(reference) = value.text_of("$ref") else { return (value, name) };
            name = reference.rsplit('/').next();
            match self.find(reference) {
                Some(found) => value = found,
                None => return (&NOTHING, name),
            }
        }
        (&NOTHING, name)
    }

    /// Follows a JSON pointer of this document, `#/components/schemas/Order`.
    fn find(&self, reference: &str) -> Option<&'a Value> {
        let pointer = reference.strip_prefix('#')?;
        let mut value = self.root;
        for step in pointer.split('/').skip(1) {
            let step = unescaped(step);
            value = match value {
                Value::Map(members) => members.get(step.as_str())?,
                Value::List(items) => items.get(step.parse::<usize>().ok()?)?,
                _ => return None,
            };
        }
        Some(value)
    }
}

/// A step of a JSON pointer in a fragment: `~1` is a slash, `%7B` a brace.
fn unescaped(step: &str) -> String {
    let mut bytes = Vec::with_capacity(step.len());
    let mut rest = step.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = (*first == b'%').then(|| step_hex(after)).flatten();
        bytes.push(hex.unwrap_or(*first));
        rest = if hex.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).replace("~1", "/").replace("~0", "~")
}

fn step_hex(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits.get(..2)?).ok()?;
    u8::from_str_radix(digits, 16).ok()
}

/// The first paragraph of a text in Markdown or HTML, on one line, as a description has it. `None` if nothing
/// is left.
pub(super) fn prose(text: &str) -> Option<String> {
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
