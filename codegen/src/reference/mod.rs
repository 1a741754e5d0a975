//! The language as a reference: its blocks and their keys, each with what people ask about it. All of it comes
//! from the shapes of the parser; only which keys dlt has, and examples, are written down here.

mod dlt;
mod example;

use std::collections::HashSet;

use crate::{
    config,
    shape::{Key, Kind, Shape},
};

/// A block of the language: a mapping with fixed keys, or one whose `type` decides which keys it has.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Topic {
    /// Its name, as a command and the names of files have it: `rate_limit`.
    pub name: String,
    /// What messages call it.
    pub what: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Where it may be, as the keys that lead to it: `resources.endpoint.paginator`.
    pub places: Vec<String>,
    /// What `type` may say, without its keys. Empty if there is no `type`.
    pub kinds: Vec<(&'static str, &'static str)>,
    /// What it is without `type`.
    pub default: Option<&'static str>,
    /// Its keys, in their order.
    pub entries: Vec<Entry>,
}

/// A key of a block.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Entry {
    /// The key itself.
    pub key: Key,
    /// The values of `type` with which there is such a key. Empty if there is no `type`.
    pub kinds: Vec<&'static str>,
    /// Whether dlt has it, too.
    pub is_of_dlt: bool,
    /// How it is written, as part of a description without mistakes.
    pub example: Option<String>,
}

impl Entry {
    /// What holds without it, in words. `None` if that is nothing, or it is required.
    pub fn default(&self) -> Option<&'static str> {
        let (_, rest) = self.key.doc.split_once("by default ")?;
        let end = rest.find(". ").unwrap_or(rest.len());
        Some(rest[..end].trim_end_matches('.'))
    }
}

/// The blocks of the language, each before those within it.
pub fn topics() -> Vec<Topic> {
    let mut topics = Topics { all: Vec::new(), examples: example::all(), around: HashSet::new() };
    topics.collect(&config::shape(), "");
    topics.all
}

struct Topics {
    all: Vec<Topic>,
    examples: example::Examples,
    /// The blocks around the one that is looked at: a column may have columns.
    around: HashSet<&'static str>,
}

impl Topics {
    fn collect(&mut self, shape: &Shape, place: &str) {
        match shape {
            Shape::Nullable(shape) | Shape::List(shape) | Shape::Map(shape) => {
                self.collect(shape, place);
            }
            Shape::Either(shapes) => {
                for shape in shapes {
                    self.collect(shape, place);
                }
            }
            Shape::Mapping(of) => {
                let kind = Kind { word: "", doc: "", keys: (of.keys)() };
                self.add((of.name, of.what, of.doc), None, &[kind], place);
            }
            Shape::Union(of) => {
                self.add((of.name, of.what, of.doc), of.default, &(of.kinds)(), place);
            }
            _ => {}
        }
    }

    fn add(
        &mut self,
        (block, what, doc): (&'static str, &'static str, &'static str),
        default: Option<&'static str>,
        kinds: &[Kind],
        place: &str,
    ) {
        if !self.around.insert(block) {
            return;
        }
        let name = snake(block);
        let known = self.all.iter().position(|topic| topic.name == name);
        let at = known.unwrap_or_else(|| {
            let words = kinds.iter().filter(|kind| !kind.word.is_empty());
            self.all.push(Topic {
                name,
                what,
                doc,
                places: Vec::new(),
                kinds: words.map(|kind| (kind.word, kind.doc)).collect(),
                default,
                entries: self.entries(block, kinds),
            });
            self.all.len() - 1
        });
        if !place.is_empty() && !self.all[at].places.iter().any(|known| known == place) {
            self.all[at].places.push(place.to_owned());
        }
        for key in kinds.iter().flat_map(|kind| &kind.keys) {
            let dot = if place.is_empty() { "" } else { "." };
            self.collect(&key.shape, &format!("{place}{dot}{}", key.name));
        }
        self.around.remove(block);
    }

    /// The keys of all kinds, those that mean the same once.
    fn entries(&self, block: &'static str, kinds: &[Kind]) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        for Kind { word, keys, .. } in kinds {
            for key in keys {
                let same = |entry: &&mut Entry| {
                    let known = &entry.key;
                    (known.name, known.doc, known.is_required)
                        == (key.name, key.doc, key.is_required)
                };
                let entry = match entries.iter_mut().find(same) {
                    Some(entry) => entry,
                    None => {
                        entries.push(Entry {
                            key: key.clone(),
                            kinds: Vec::new(),
                            is_of_dlt: dlt::has(block, key.name),
                            example: self.examples.of(block, key.name),
                        });
                        let last = entries.len() - 1;
                        &mut entries[last]
                    }
                };
                if !word.is_empty() {
                    entry.kinds.push(word);
                }
            }
        }
        entries
    }
}

/// `RateLimit` as `rate_limit`.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}
