//! What the language has at a place.

use rest_source_codegen::{Key, Kind, Shape};

use crate::outline::{Outline, Step};

/// The shapes that a value at the end of a path may have.
pub(crate) fn shapes(outline: &Outline, path: &[Step]) -> Vec<Shape> {
    let mut shapes = vec![rest_source_codegen::shape()];
    for step in description(path) {
        let all = shapes.iter().flat_map(flat);
        shapes = all.flat_map(|shape| behind(&shape, step, outline)).collect();
    }
    shapes.iter().flat_map(flat).collect()
}

/// The way within a description: in dlt's project file each is one of `sources`.
pub(crate) fn description(path: &[Step]) -> &[Step] {
    match path {
        [Step::Key(sources, _), Step::Key(..), rest @ ..] if sources == "sources" => rest,
        path => path,
    }
}

/// A shape without the alternatives and the `null` around it.
fn flat(shape: &Shape) -> Vec<Shape> {
    match shape {
        Shape::Nullable(shape) => flat(shape),
        Shape::Either(shapes) => shapes.iter().flat_map(flat).collect(),
        shape => vec![shape.clone()],
    }
}

fn behind(shape: &Shape, step: &Step, outline: &Outline) -> Vec<Shape> {
    match (shape, step) {
        (Shape::List(shape), Step::Item) | (Shape::Map(shape), Step::Key(..)) => {
            vec![(**shape).clone()]
        }
        (Shape::Mapping(_) | Shape::Union(_), Step::Key(name, mapping)) => {
            let keys = keys(shape, outline, Some(*mapping));
            keys.into_iter().filter(|key| key.name == name).map(|key| key.shape).collect()
        }
        _ => Vec::new(),
    }
}

/// The keys that a mapping of this shape has, by what its `type` says.
pub(crate) fn keys(shape: &Shape, outline: &Outline, mapping: Option<usize>) -> Vec<Key> {
    match shape {
        Shape::Mapping(mapping) => (mapping.keys)(),
        Shape::Union(union) => {
            let kinds = (union.kinds)();
            let words = kinds.iter().map(|kind| (kind.word, kind.doc)).collect();
            let r#type = Key {
                name: "type",
                doc: union.doc,
                is_required: union.default.is_none(),
                is_alternative: false,
                is_ignored: false,
                shape: Shape::Words(words),
            };
            let of_type = chosen(&kinds, union.default, outline, mapping);
            let keys = kinds.iter().filter(|kind| of_type.is_none_or(|word| kind.word == word));
            let mut all = vec![r#type];
            for key in keys.flat_map(|kind| &kind.keys) {
                if all.iter().all(|known| known.name != key.name) {
                    all.push(key.clone());
                }
            }
            all
        }
        _ => Vec::new(),
    }
}

fn chosen<'k>(
    kinds: &'k [Kind],
    default: Option<&'static str>,
    outline: &Outline,
    mapping: Option<usize>,
) -> Option<&'k str> {
    let said = mapping.and_then(|mapping| outline.value(mapping, "type"));
    let word = said.map_or(default.unwrap_or_default(), |said| said.text.as_str());
    kinds.iter().map(|kind| kind.word).find(|known| *known == word)
}
