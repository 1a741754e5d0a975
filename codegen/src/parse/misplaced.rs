//! Where a misplaced key belongs: the blocks that take it, looked up in the shape of the language.

use crate::{
    diagnostic::{closest, either},
    shape::Block,
};

/// A key is looked for this many steps away at most.
const FARTHEST: usize = 3;

/// The blocks of the language, as seen from one of them.
pub(super) struct Blocks<'a> {
    all: &'a [Block],
    /// The one that is looked from, at each of its places.
    here: Vec<&'a Block>,
}

impl<'a> Blocks<'a> {
    /// The blocks of the language around the one of this name.
    pub(super) fn around(name: &str, all: &'a [Block]) -> Blocks<'a> {
        Blocks { all, here: all.iter().filter(|block| block.name == name).collect() }
    }

    /// The blocks just outside that take a key, or this one with another `type`, or those just inside.
    pub(super) fn next_to(&self, key: &str) -> Option<String> {
        let nearest = self.nearest(1, key);
        let place = nearest.as_ref().filter(|(_, is_inside)| !is_inside);
        let place = place.map(|(place, _)| place.clone());
        place.or_else(|| self.other_kinds(key)).or(nearest.map(|(place, _)| place))
    }

    /// The nearest blocks that take a key.
    pub(super) fn anywhere(&self, key: &str) -> Option<String> {
        self.nearest(FARTHEST, key).map(|(place, _)| place)
    }

    /// The key just inside or outside that another one is probably meant as.
    pub(super) fn alike(&self, key: &str) -> Option<(&'static str, String)> {
        let steps = |block| self.nearest_here(block).map(|here| here.steps_to(block));
        let near = self.all.iter().filter(|block| steps(block) == Some(1));
        let keys: Vec<_> = near.flat_map(Block::keys).collect();
        let meant = closest(key, keys.iter().copied())?;
        let meant = *keys.iter().find(|key| **key == meant)?;
        Some((meant, self.next_to(meant)?))
    }

    fn other_kinds(&self, key: &str) -> Option<String> {
        let block = self.here.first()?;
        let kinds = block.kinds.iter().filter(|(_, keys)| keys.iter().any(|k| k.name == key));
        let words: Vec<_> = kinds.filter_map(|(word, _)| *word).collect();
        let types: Vec<_> = words.iter().map(|word| format!("type: {word}")).collect();
        (!types.is_empty())
            .then(|| format!("{} of {}", block.what, either(types.iter().map(String::as_str))))
    }

    /// The nearest blocks that take a key, and whether they are inside. Outward comes first: what describes the whole is written
    /// into a part more often than the other way round.
    fn nearest(&self, within: usize, key: &str) -> Option<(String, bool)> {
        let reached = self.all.iter().filter(|block| block.takes(key));
        let reached = reached.filter_map(|block| Some((self.nearest_here(block)?, block)));
        let ranked = reached.map(|(here, block)| {
            (here.steps_to(block), !block.is_around(here), here.place_of(block))
        });
        let ranked: Vec<_> = ranked.filter(|(steps, ..)| (1..=within).contains(steps)).collect();
        let nearest = ranked.iter().map(|(steps, inward, _)| (*steps, *inward)).min()?;
        let mut places: Vec<&str> = Vec::new();
        for (steps, inward, place) in &ranked {
            if (*steps, *inward) == nearest && !places.contains(&place.as_str()) {
                places.push(place);
            }
        }
        Some((places.join(" or in "), nearest.1))
    }

    fn nearest_here(&self, block: &Block) -> Option<&'a Block> {
        self.here.iter().copied().min_by_key(|here| here.steps_to(block))
    }
}
