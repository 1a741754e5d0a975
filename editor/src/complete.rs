//! What may be typed at a place.

use rest_source_codegen::{Shape, Span};

use crate::{
    language::{keys, shapes},
    names::{fields, resources, settings},
    outline::{Outline, Place, Scalar, Step, floor, span},
};

/// Something that may be typed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Completion {
    /// What a list of completions shows.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// What its value looks like; may be empty.
    pub detail: String,
    /// What it means, in Markdown; may be empty.
    pub documentation: String,
    /// The bytes that it replaces.
    pub at: Span,
    /// What replaces them.
    pub text: String,
}

/// What a completion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CompletionKind {
    /// A key that must be there.
    RequiredKey,
    /// Another key.
    Key,
    /// A word of the language.
    Word,
    /// A name from the file.
    Name,
}

/// What may be typed at this byte of a text, the required keys first.
pub fn complete(text: &str, at: usize) -> Vec<Completion> {
    let at = floor(text, at);
    let outline = Outline::of(text, Some(at));
    if is_comment(text, at) {
        return Vec::new();
    }
    if let Some(found) = placeholder(text, at, &outline) {
        return found;
    }
    let Some(place) = &outline.place else { return Vec::new() };
    let shapes = shapes(&outline, &place.path);
    let mut found = Vec::new();
    if let Some(mapping) = place.mapping {
        for shape in &shapes {
            add_keys(shape, place, &outline, &mut found);
        }
        // Where there is no key yet, it may as well be a text, on the line below its key or in a list.
        if outline.mappings[mapping].entries.is_empty() {
            add_words(&shapes, place, &mut found);
        }
    } else {
        add_words(&shapes, place, &mut found);
        if names_resource(&outline, place) {
            found.extend(resources(&outline).map(|scalar| name(&scalar.text, "a resource", place)));
        }
    }
    found.sort_by_key(|completion| completion.kind != CompletionKind::RequiredKey);
    found
}

fn is_comment(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    text[line..at].trim_start().starts_with('#')
}

fn add_keys(shape: &Shape, place: &Place, outline: &Outline, found: &mut Vec<Completion>) {
    let given = |name: &str| {
        let entry = place.mapping.and_then(|mapping| outline.entry(mapping, name));
        entry.is_some_and(|entry| entry.key_span != place.word)
    };
    for key in keys(shape, outline, place.mapping) {
        let is_new = found.iter().all(|known| known.label != key.name);
        if key.is_ignored || given(key.name) || !is_new {
            continue;
        }
        let text = if place.has_colon { key.name.to_owned() } else { format!("{}: ", key.name) };
        found.push(Completion {
            label: key.name.to_owned(),
            kind: if key.is_required { CompletionKind::RequiredKey } else { CompletionKind::Key },
            detail: key.shape.in_words(),
            documentation: key.doc.to_owned(),
            at: span(&place.word),
            text,
        });
    }
}

fn add_words(shapes: &[Shape], place: &Place, found: &mut Vec<Completion>) {
    for (word, doc) in shapes.iter().flat_map(|shape| words(shape, place)) {
        if found.iter().any(|known| known.label == word) {
            continue;
        }
        found.push(Completion {
            label: word.to_owned(),
            kind: CompletionKind::Word,
            detail: String::new(),
            documentation: doc.to_owned(),
            at: span(&place.word),
            text: word.to_owned(),
        });
    }
}

/// The words that a value of this shape may be, each with what it means.
fn words(shape: &Shape, place: &Place) -> Vec<(&'static str, &'static str)> {
    match shape {
        Shape::Bool => vec![("true", ""), ("false", "")],
        Shape::Words(words) => words.clone(),
        Shape::Union(union) => {
            (union.kinds)().into_iter().map(|kind| (kind.word, kind.doc)).collect()
        }
        Shape::List(inner) if place.mapping.is_some() => words(inner, place),
        _ => Vec::new(),
    }
}

/// Whether the value is the name of a resource: `resource` beside `type: resolve`.
fn names_resource(outline: &Outline, place: &Place) -> bool {
    let Some(Step::Key(key, mapping)) = place.path.last() else { return false };
    let says_resolve = |value: &Scalar| value.text == "resolve";
    key == "resource" && outline.value(*mapping, "type").is_some_and(says_resolve)
}

fn name(name: &str, detail: &str, place: &Place) -> Completion {
    Completion {
        label: name.to_owned(),
        kind: CompletionKind::Name,
        detail: detail.to_owned(),
        documentation: String::new(),
        at: span(&place.word),
        text: name.to_owned(),
    }
}

/// What a placeholder may begin with, and what that is.
const KINDS: [(&str, &str); 4] = [
    ("secrets.", "A secret, which a program, a command or the environment gives."),
    ("config.", "A setting, which a program, a command or the environment gives."),
    ("resources.", "A field of the parent's record."),
    ("incremental.", "A bound of the incremental range."),
];

/// The bounds of the incremental range.
const BOUNDS: [&str; 5] = ["start_value", "end_value", "initial_value", "last_value", "lag"];

/// What may be typed in a placeholder that is not closed yet.
fn placeholder(text: &str, at: usize, outline: &Outline) -> Option<Vec<Completion>> {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let open = line + text[line..at].rfind('{')?;
    let typed = &text[open + 1..at];
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-');
    if !typed.chars().all(is_name) {
        return None;
    }
    let rest = &text[at..];
    let end = at + rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
    let (before, range) = match typed.rfind('.') {
        Some(dot) => (&typed[..=dot], open + 1 + dot + 1..end),
        None => ("", open + 1..end),
    };
    let closing = if text[end..].starts_with('}') { "" } else { "}" };
    let make = |label: &str, documentation: &str, closing: &str| Completion {
        label: label.to_owned(),
        kind: CompletionKind::Name,
        detail: String::new(),
        documentation: documentation.to_owned(),
        at: span(&range),
        text: format!("{label}{closing}"),
    };
    Some(match before {
        // A brace may as well begin a mapping.
        "" if outline.place.as_ref().is_some_and(|place| place.mapping.is_some())
            && !is_in_text(text, line, open) =>
        {
            return None;
        }
        "" => KINDS.iter().map(|(kind, doc)| make(kind, doc, "")).collect(),
        "incremental." => BOUNDS.iter().map(|bound| make(bound, "", closing)).collect(),
        "resources." => {
            resources(outline).map(|name| make(&format!("{}.", name.text), "", "")).collect()
        }
        "secrets." | "config." => {
            let names = settings(text, outline, before.trim_end_matches('.'));
            names.iter().map(|name| make(name, "", closing)).collect()
        }
        _ => {
            let resource = before.strip_prefix("resources.")?.strip_suffix('.')?;
            fields(outline, resource).iter().map(|field| make(field, "", closing)).collect()
        }
    })
}

/// Whether the brace is within a text: in quotes, or behind other letters.
fn is_in_text(text: &str, line: usize, brace: usize) -> bool {
    let before = text[line..brace].trim_end_matches(' ');
    let is_begin = before.is_empty() || before.ends_with([':', ',', '[', '{', '-']);
    !is_begin
}
