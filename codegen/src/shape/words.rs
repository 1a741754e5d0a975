//! What a value looks like, in words.

use super::Shape;

impl Shape {
    /// What a value of this shape looks like, in words, as Markdown.
    pub fn in_words(&self) -> String {
        match self {
            Shape::Any => "any value".to_owned(),
            Shape::Text => "text".to_owned(),
            Shape::Template => "text, also with placeholders".to_owned(),
            Shape::Scalar => "text, a number or a truth value".to_owned(),
            Shape::Count => "a whole number".to_owned(),
            Shape::Number => "a number".to_owned(),
            Shape::Bool => "`true` or `false`".to_owned(),
            Shape::Nullable(shape) => format!("{}, or `null`", shape.in_words()),
            Shape::List(shape) => format!("a list: {}", shape.in_words()),
            Shape::Map(shape) => format!("a mapping of names: {}", shape.in_words()),
            Shape::Either(shapes) => {
                let all: Vec<String> = shapes.iter().map(Shape::in_words).collect();
                all.join("; or ")
            }
            Shape::Words(words) => quoted(words.iter().map(|(word, _)| *word)),
            Shape::Mapping(mapping) => mapping.what.to_owned(),
            Shape::Union(union) => {
                let kinds = (union.kinds)();
                let words = quoted(kinds.iter().map(|kind| kind.word));
                format!("{} of `type` {words}", union.what)
            }
        }
    }
}

fn quoted<'w>(words: impl Iterator<Item = &'w str>) -> String {
    words.map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
