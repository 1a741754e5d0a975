//! Adding keys to the text of a description, where comments and layout stay as they are.

mod addition;
mod broken;
mod place;
mod unfold;

pub use self::addition::{Addition, NotEditable};
use self::{
    addition::{flow, lines, mapping, nested},
    place::Place,
    unfold::{is_too_long, unfolded},
};
use crate::{
    diagnostic::{Diagnostics, LintLevels},
    source::{Edit, SourceFile, Span, edited},
    yaml::{self, Entry, Node, Value},
};

/// The text of the file with keys added to the resource of this name. The value of an existing key
/// is replaced, such as that of `paginator: auto`.
///
/// ```
/// use rest_source_codegen::{Addition, SourceFile, add_to_resource};
///
/// let file = SourceFile::new("api.yaml", "resources:\n  - name: orders # all\n");
/// let key = Addition {
///     within: None,
///     key: "primary_key".to_owned(),
///     block: " id\n".to_owned(),
///     flow: "id".to_owned(),
/// };
/// let text = add_to_resource(&file, "orders", &[key]).unwrap();
/// assert_eq!(text, "resources:\n  - name: orders # all\n    primary_key: id\n");
/// ```
///
/// # Errors
///
/// Where the file says the resource in a way that leaves no place for keys, such as by an alias.
pub fn add_to_resource(
    file: &SourceFile,
    resource: &str,
    additions: &[Addition],
) -> Result<String, NotEditable> {
    let text = added(file, resource, additions, false)?;
    if !is_too_long(&text, file.text()) {
        return Ok(text);
    }
    // As a person would: braces on one line become lines, and only what is in braces over several lines stays in
    // them.
    match unfold(file, resource, additions) {
        Some(text) => {
            let file = SourceFile::new(file.name(), text);
            add_to_resource(&file, resource, additions)
        }
        None => added(file, resource, additions, true),
    }
}

/// The text with the next of what is in braces on one line in lines of its own.
fn unfold(file: &SourceFile, resource: &str, additions: &[Addition]) -> Option<String> {
    let document = document(file)?;
    let root = mapping(&document)?;
    let resources = root.get("resources")?;
    let Value::Sequence(items) = &resources.value.value else { return None };
    let item = items.iter().find(|item| is_named(item, resource))?;
    unfolded(file.text(), resources, item, additions)
}

fn document(file: &SourceFile) -> Option<Node> {
    let mut diagnostics = Diagnostics::new(LintLevels::default());
    let document = yaml::load(file, &mut diagnostics).document;
    diagnostics.finish();
    document
}

fn is_named(item: &Node, resource: &str) -> bool {
    match &item.value {
        Value::Scalar(scalar) => scalar.text == resource,
        Value::Mapping(mapping) => {
            let name = mapping.get("name").map(|name| &name.value.value);
            matches!(name, Some(Value::Scalar(name)) if name.text == resource)
        }
        Value::Sequence(_) => false,
    }
}

/// The text with keys added, over several lines where one `breaks`.
fn added(
    file: &SourceFile,
    resource: &str,
    additions: &[Addition],
    breaks: bool,
) -> Result<String, NotEditable> {
    let refuse = |why: &str| Err(NotEditable(format!("`{resource}`: {why}")));
    let document = document(file);
    let root = document.as_ref().and_then(mapping);
    let Some(Value::Sequence(items)) =
        root.and_then(|root| Some(&root.get("resources")?.value.value))
    else {
        return refuse("the file has no list `resources`");
    };
    let Some(item) = items.iter().find(|item| is_named(item, resource)) else {
        return refuse("the file has no resource of this name");
    };
    let text = file.text();
    let place = Place { breaks, ..Place::new(text, item) };
    let mut own: Vec<Addition> =
        additions.iter().filter(|one| one.within.is_none()).cloned().collect();
    let mut edits = Vec::new();
    for within in ["columns", "endpoint"] {
        let inner: Vec<Addition> =
            additions.iter().filter(|one| one.within == Some(within)).cloned().collect();
        if inner.is_empty() {
            continue;
        }
        let entry = mapping(item).and_then(|mapping| mapping.get(within));
        match entry {
            None => own.push(nested(within, &inner)),
            Some(entry) => match inside(&place, within, entry, &inner) {
                Some(inside) => edits.extend(inside),
                None => return refuse(&format!("its `{within}` leaves no place for more keys")),
            },
        }
    }
    if !own.is_empty() {
        let own = match &item.value {
            Value::Scalar(_) if !place.is_alias() => Some(vec![Edit {
                at: item.span,
                text: format!(
                    "{{name: {},{}}}",
                    &text[item.span.range()],
                    place.added(&own, item.span.start, true)
                ),
            }]),
            _ => place.write(&own),
        };
        let Some(own) = own else { return refuse("it leaves no place for more keys") };
        // Edits of an inner mapping come before edits after it.
        edits.splice(0..0, own);
    }
    Ok(edited(text, edits))
}

/// Adds keys to the value of an existing key.
fn inside(
    resource: &Place<'_>,
    within: &str,
    entry: &Entry,
    additions: &[Addition],
) -> Option<Vec<Edit>> {
    let Place { text, breaks, .. } = *resource;
    let place = Place { breaks, ..Place::new(text, &entry.value) };
    if place.is_alias() {
        return None;
    }
    if entry.value.is_null() {
        let colon = entry.key_span.end + text.get(entry.key_span.end..)?.find(':')? + 1;
        let is_written = entry.value.span.start >= colon && !entry.value.span.range().is_empty();
        let end = if is_written { entry.value.span.end } else { colon };
        let before = place.line_before(entry.key_span.start)?;
        let is_block = before.chars().all(|c| matches!(c, ' ' | '-'));
        let text = if breaks && is_block {
            let indent = before.chars().count() + 2;
            let lines: String = additions.iter().map(|one| lines(one, indent)).collect();
            format!("\n{}", lines.trim_end())
        } else {
            format!(" {{{}}}", flow(additions))
        };
        return Some(vec![Edit { at: Span { start: colon, end }, text }]);
    }
    match &entry.value.value {
        Value::Scalar(_) if within == "endpoint" => Some(vec![Edit {
            at: entry.value.span,
            text: format!("{{path: {}, {}}}", place.written()?, flow(additions)),
        }]),
        Value::Mapping(_) => place.write(additions),
        _ => None,
    }
}
