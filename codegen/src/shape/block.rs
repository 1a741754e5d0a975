//! The blocks of a language: its mappings with fixed keys, each at its places.

use super::{Key, Shape};

/// A mapping with fixed keys, at one of its places.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    /// The keys that lead to it.
    path: Vec<Step>,
    /// Its keys; for a union those of each `type`.
    pub(crate) kinds: Vec<(Option<&'static str>, Vec<Key>)>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Step {
    key: &'static str,
    /// Whether it leads to an entry of a list, or of a mapping with free keys.
    to_entry: bool,
}

impl Shape {
    /// All blocks, those within others first.
    pub(crate) fn blocks(&self) -> Vec<Block> {
        let mut all = Vec::new();
        collect(self, &[], &mut Vec::new(), &mut all);
        all
    }
}

impl Block {
    /// Its keys that have an effect.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'static str> {
        let keys = self.kinds.iter().flat_map(|(_, keys)| keys);
        keys.filter(|key| !key.is_ignored).map(|key| key.name)
    }

    /// Whether it is around another block.
    pub(crate) fn is_around(&self, block: &Block) -> bool {
        block.path.starts_with(&self.path)
    }

    pub(crate) fn takes(&self, key: &str) -> bool {
        self.keys().any(|known| known == key)
    }

    /// What another block is called from here.
    pub(crate) fn place_of(&self, block: &Block) -> String {
        let beside = self.path.get(block.path.len());
        if let Some(Step { key, .. }) = beside.filter(|_| block.is_around(self)) {
            return format!("{}, beside `{key}`", block.what);
        }
        let from = if self.is_around(block) { self.path.len() } else { 0 };
        let path: Vec<_> = block.path[from..].iter().map(|step| step.key).collect();
        let path = path.join(".");
        let to_entry = block.path.last().is_some_and(|step| step.to_entry);
        if to_entry { format!("an entry of `{path}`") } else { format!("`{path}`") }
    }

    /// How many steps it is to another block: out of a block or into one, and one more into an entry,
    /// as entries have the commonest words as keys.
    pub(crate) fn steps_to(&self, block: &Block) -> usize {
        let shared = self.path.iter().zip(&block.path).take_while(|(a, b)| a == b).count();
        let entries = block.path[shared..].iter().filter(|step| step.to_entry).count();
        self.path.len() + block.path.len() + entries - 2 * shared
    }
}

/// Adds the blocks of the shape at `path`. A recursive block is added once: a column may have columns.
fn collect(shape: &Shape, path: &[Step], around: &mut Vec<&'static str>, all: &mut Vec<Block>) {
    let (name, what, kinds) = match shape {
        Shape::Nullable(shape) => return collect(shape, path, around, all),
        Shape::Either(shapes) => {
            return shapes.iter().for_each(|shape| collect(shape, path, around, all));
        }
        Shape::List(shape) | Shape::Map(shape) => {
            let mut path = path.to_vec();
            if let Some(step) = path.last_mut() {
                step.to_entry = true;
            }
            return collect(shape, &path, around, all);
        }
        Shape::Mapping(mapping) => (mapping.name, mapping.what, vec![(None, (mapping.keys)())]),
        Shape::Union(union) => {
            let kinds = (union.kinds)().into_iter().map(|kind| (Some(kind.word), kind.keys));
            (union.name, union.what, kinds.collect())
        }
        _ => return,
    };
    if around.contains(&name) {
        return;
    }
    around.push(name);
    for key in kinds.iter().flat_map(|(_, keys)| keys).filter(|key| !key.is_ignored) {
        let path = [path, &[Step { key: key.name, to_entry: false }]].concat();
        collect(&key.shape, &path, around, all);
    }
    around.pop();
    all.push(Block { name, what, path: path.to_vec(), kinds });
}
