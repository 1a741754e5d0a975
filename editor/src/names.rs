//! Names that a file gives, and where it uses them: resources, settings and secrets.

use std::{collections::BTreeSet, ops::Range};

use rest_source_codegen::{Edit, Span};

use crate::{
    language::description,
    outline::{Item, Outline, Scalar, Step, floor, leads, span},
};

/// Something that a file declares.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Symbol {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: SymbolKind,
    /// The bytes of the name.
    pub name_at: Span,
    /// The bytes of all of it.
    pub at: Span,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SymbolKind {
    /// A block of the file, such as `client`.
    Block,
    /// A resource.
    Resource,
    /// A setting, `{config.NAME}`.
    Setting,
    /// A secret, `{secrets.NAME}`.
    Secret,
}

/// A place where a name is written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Use {
    kind: SymbolKind,
    name: String,
    range: Range<usize>,
    is_definition: bool,
}

/// The blocks of a file and its resources, in their order.
pub fn symbols(text: &str) -> Vec<Symbol> {
    let outline = Outline::of(text, None);
    let mut symbols = Vec::new();
    for mapping in &outline.mappings {
        let path = description(&mapping.path);
        if !path.is_empty() || !mapping.path.is_empty() && path.len() == mapping.path.len() {
            continue;
        }
        for (at, entry) in mapping.entries.iter().enumerate() {
            let next = mapping.entries.get(at + 1).map(|next| next.key_span.start);
            let end = next.unwrap_or(text.len());
            symbols.push(Symbol {
                name: entry.key.clone(),
                kind: SymbolKind::Block,
                name_at: span(&entry.key_span),
                at: without_blanks(text, entry.key_span.start, end),
            });
        }
    }
    let names: Vec<&Scalar> = resources(&outline).collect();
    for (at, name) in names.iter().enumerate() {
        let block = symbols.iter().find(|block| block.at.range().contains(&name.span.start));
        let block = block.map_or(text.len(), |block| block.at.end);
        let next = names.get(at + 1).map(|next| line_start(text, next.span.start));
        let start = line_start(text, name.span.start);
        let end = next.unwrap_or(block).min(block).max(name.span.end);
        symbols.push(Symbol {
            name: name.text.clone(),
            kind: SymbolKind::Resource,
            name_at: span(&inner(text, &name.span)),
            at: without_blanks(text, start, end),
        });
    }
    symbols
}

/// Where the name at this byte is declared.
pub fn definition(text: &str, at: usize) -> Option<Span> {
    let same = same_name(text, at);
    same.into_iter().find(|one| one.is_definition).map(|one| span(&one.range))
}

/// Everywhere the name at this byte is written, its declaration included, in the order of the text.
pub fn references(text: &str, at: usize) -> Vec<Span> {
    same_name(text, at).iter().map(|one| span(&one.range)).collect()
}

/// The edits that give the name at this byte another name, wherever it is written.
///
/// # Errors
///
/// If there is no name that can be changed, or the new one cannot be one or is taken.
pub fn rename(text: &str, at: usize, name: &str) -> Result<Vec<Edit>, String> {
    let same = same_name(text, at);
    let Some(first) = same.first() else {
        return Err("only names of resources, settings and secrets can be changed".to_owned());
    };
    let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    if name.is_empty() || !name.chars().all(is_letter) {
        return Err(format!("`{name}` cannot be a name: letters, digits and `_`, as in `orders`"));
    }
    let all = uses(text, &Outline::of(text, None));
    if name != first.name && all.iter().any(|one| one.kind == first.kind && one.name == name) {
        return Err(format!("the name `{name}` is taken"));
    }
    Ok(same.iter().map(|one| Edit { at: span(&one.range), text: name.to_owned() }).collect())
}

/// Every place where the name at this byte is written.
fn same_name(text: &str, at: usize) -> Vec<Use> {
    let mut all = uses(text, &Outline::of(text, None));
    let at = floor(text, at);
    let Some(place) = all.iter().position(|one| one.range.start <= at && at <= one.range.end)
    else {
        return Vec::new();
    };
    let (kind, name) = (all[place].kind, all[place].name.clone());
    all.retain(|one| one.kind == kind && one.name == name);
    all
}

/// The names of the resources, where they are declared.
pub(crate) fn resources(outline: &Outline) -> impl Iterator<Item = &Scalar> {
    let named = outline.mappings.iter().filter(|mapping| is_resource(&mapping.path));
    let named = named.filter_map(|mapping| {
        mapping.entries.iter().find(|entry| entry.key == "name")?.value.as_ref()
    });
    let short = outline.items.iter().filter(|item| is_resource(&item.path));
    let mut all: Vec<&Scalar> = named.chain(short.map(|item| &item.scalar)).collect();
    all.sort_by_key(|scalar| scalar.span.start);
    all.into_iter()
}

fn is_resource(path: &[Step]) -> bool {
    leads(description(path), &["resources", "*"]) && path.last() == Some(&Step::Item)
}

/// The names of settings or secrets that are declared or used.
pub(crate) fn settings(text: &str, outline: &Outline, kind: &str) -> Vec<String> {
    let kind = if kind == "config" { SymbolKind::Setting } else { SymbolKind::Secret };
    let names = uses(text, outline).into_iter().filter(|one| one.kind == kind);
    names.map(|one| one.name).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The fields that a resource declares, and those of its keys.
pub(crate) fn fields(outline: &Outline, resource: &str) -> Vec<String> {
    let mut fields = BTreeSet::from(["id".to_owned()]);
    let is_it = |index: &usize| {
        let name = outline.value(*index, "name");
        name.is_some_and(|name| name.text == resource)
    };
    let own = outline.mappings.iter().enumerate().filter(|(_, one)| is_resource(&one.path));
    let Some(own) = own.map(|(index, _)| index).find(is_it) else {
        return fields.into_iter().collect();
    };
    // How many steps it is from the value of a key of the resource.
    let steps_within = |path: &[Step], key: &str| {
        let behind = path.iter().position(|step| *step == Step::Key(key.to_owned(), own))?;
        Some(path.len() - behind - 1)
    };
    for mapping in &outline.mappings {
        if steps_within(&mapping.path, "columns").is_some_and(|steps| steps == 0) {
            fields.extend(mapping.entries.iter().map(|entry| entry.key.clone()));
        }
    }
    for Item { path, scalar } in &outline.items {
        if steps_within(path, "primary_key").is_some() {
            fields.insert(scalar.text.clone());
        }
    }
    fields.extend(outline.value(own, "primary_key").map(|key| key.text.clone()));
    fields.into_iter().collect()
}

/// Every place where a name is written.
fn uses(text: &str, outline: &Outline) -> Vec<Use> {
    let mut uses = Vec::new();
    for name in resources(outline) {
        uses.push(Use {
            kind: SymbolKind::Resource,
            name: name.text.clone(),
            range: inner(text, &name.span),
            is_definition: true,
        });
    }
    for mapping in &outline.mappings {
        if leads(description(&mapping.path), &["config"]) {
            uses.extend(mapping.entries.iter().map(|entry| Use {
                kind: SymbolKind::Setting,
                name: entry.key.clone(),
                range: inner(text, &entry.key_span),
                is_definition: true,
            }));
        }
        let value = |key| mapping.entries.iter().find(|entry| entry.key == key)?.value.as_ref();
        if value("type").is_some_and(|word| word.text == "resolve")
            && let Some(resource) = value("resource")
        {
            uses.push(Use {
                kind: SymbolKind::Resource,
                name: resource.text.clone(),
                range: inner(text, &resource.span),
                is_definition: false,
            });
        }
    }
    for (prefix, kind) in [
        ("{resources.", SymbolKind::Resource),
        ("{config.", SymbolKind::Setting),
        ("{secrets.", SymbolKind::Secret),
    ] {
        uses.extend(placeholders(text, prefix).map(|(name, range)| Use {
            kind,
            name,
            range,
            is_definition: false,
        }));
    }
    let included = included(text, outline, &uses);
    uses.extend(included);
    uses.sort_by_key(|one| one.range.start);
    uses
}

/// The resources that fields of `include_from_parent` begin with, in resources that take values from several.
fn included(text: &str, outline: &Outline, named: &[Use]) -> Vec<Use> {
    const KEY: &str = "include_from_parent";
    let is_within = |path: &[Step]| matches!(path.last(), Some(Step::Key(key, _)) if key == KEY);
    let items = outline.items.iter().filter_map(|item| {
        let (_, above) = item.path.split_last()?;
        is_within(above).then_some(&item.scalar)
    });
    let values = outline.mappings.iter().filter(|mapping| is_within(&mapping.path));
    let values = values.flat_map(|mapping| mapping.entries.iter());
    let fields: Vec<&Scalar> =
        items.chain(values.filter_map(|entry| entry.value.as_ref())).collect();
    if fields.is_empty() {
        return Vec::new();
    }
    let resources = symbols(text);
    let included = fields.into_iter().filter_map(|field| {
        let (name, _) = field.text.split_once('.')?;
        let range = inner(text, &field.span);
        let is_around = |span: Span| span.range().contains(&range.start);
        let resource = resources
            .iter()
            .find(|symbol| symbol.kind == SymbolKind::Resource && is_around(symbol.at))?;
        let taken = named.iter().filter(|one| {
            one.kind == SymbolKind::Resource
                && !one.is_definition
                && resource.at.range().contains(&one.range.start)
        });
        let taken: BTreeSet<&str> = taken.map(|one| &*one.name).collect();
        let is_one =
            taken.len() > 1 && taken.contains(name) && text[range.clone()].starts_with(name);
        is_one.then(|| Use {
            kind: SymbolKind::Resource,
            name: name.to_owned(),
            range: range.start..range.start + name.len(),
            is_definition: false,
        })
    });
    included.collect()
}

/// The names in placeholders that begin so, outside of comments.
fn placeholders<'t>(
    text: &'t str,
    prefix: &'t str,
) -> impl Iterator<Item = (String, Range<usize>)> + 't {
    text.match_indices(prefix).filter_map(move |(at, _)| {
        let line = line_start(text, at);
        if text[line..at].trim_start().starts_with('#') {
            return None;
        }
        let start = at + prefix.len();
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let length = text[start..].find(|c: char| !is_name(c))?;
        let name = &text[start..start + length];
        (length > 0).then(|| (name.to_owned(), start..start + length))
    })
}

/// A range without the quotes around it.
fn inner(text: &str, range: &Range<usize>) -> Range<usize> {
    let is_quoted = text[range.clone()].starts_with(['"', '\'']) && range.len() >= 2;
    if is_quoted { range.start + 1..range.end - 1 } else { range.clone() }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// What is between two places, without the blanks at its end.
fn without_blanks(text: &str, start: usize, end: usize) -> Span {
    Span { start, end: start + text[start..end].trim_end().len() }
}
