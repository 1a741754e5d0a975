//! What stands in a field and has parts of its own, or words of its own: reached, as records are,
//! without knowing the type.

use std::fmt;

use crate::{Field, FieldMut, FieldRef, Record};

/// The elements of a list.
pub trait List: Send + Sync {
    /// How many there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The element at this position, from 0; below `len()`.
    fn get(&self, index: usize) -> FieldRef<'_>;
}

impl<T: Field> List for Vec<T> {
    fn len(&self) -> usize {
        Vec::len(self)
    }

    fn get(&self, index: usize) -> FieldRef<'_> {
        self.as_slice().get(index).map_or(FieldRef::Null, Field::field)
    }
}

/// Two are equal when they have the same elements.
impl PartialEq for dyn List + '_ {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len()
            && (0..self.len()).all(|index| self.get(index) == other.get(index))
    }
}

impl fmt::Debug for dyn List + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries((0..self.len()).map(|index| self.get(index))).finish()
    }
}

/// The place of a nested record.
pub trait RecordPlace {
    /// Puts nothing there. Says whether that is possible.
    fn clear(&mut self) -> bool;

    /// Puts an empty record there and gives it out.
    fn fill(&mut self) -> &mut dyn Record;
}

impl<T: Record + Default> RecordPlace for T {
    fn clear(&mut self) -> bool {
        false
    }

    fn fill(&mut self) -> &mut dyn Record {
        *self = T::default();
        self
    }
}

impl<T: Record + Default> RecordPlace for Option<T> {
    fn clear(&mut self) -> bool {
        *self = None;
        true
    }

    fn fill(&mut self) -> &mut dyn Record {
        self.insert(T::default())
    }
}

/// The place of a list.
pub trait ListPlace {
    /// Puts nothing there. Says whether that is possible.
    fn clear(&mut self) -> bool;

    /// Puts an empty list there.
    fn fill(&mut self);

    /// Adds an element and gives out its place.
    fn add(&mut self) -> FieldMut<'_>;
}

impl<T: Field + Default> ListPlace for Vec<T> {
    fn clear(&mut self) -> bool {
        false
    }

    fn fill(&mut self) {
        Vec::clear(self);
    }

    fn add(&mut self) -> FieldMut<'_> {
        self.push(T::default());
        self.last_mut().map_or(FieldMut::Nothing, Field::field_mut)
    }
}

impl<T: Field + Default> ListPlace for Option<Vec<T>> {
    fn clear(&mut self) -> bool {
        *self = None;
        true
    }

    fn fill(&mut self) {
        self.get_or_insert_default().clear();
    }

    fn add(&mut self) -> FieldMut<'_> {
        ListPlace::add(self.get_or_insert_default())
    }
}

/// The place of a word of an `enum`.
pub trait WordPlace {
    /// Puts nothing there. Says whether that is possible.
    fn clear(&mut self) -> bool;

    /// Puts the word there.
    fn fill(&mut self, word: &str);
}

impl<T: Word> WordPlace for T {
    fn clear(&mut self) -> bool {
        false
    }

    fn fill(&mut self, word: &str) {
        *self = T::of(word);
    }
}

impl<T: Word> WordPlace for Option<T> {
    fn clear(&mut self) -> bool {
        *self = None;
        true
    }

    fn fill(&mut self, word: &str) {
        *self = Some(T::of(word));
    }
}

/// An enum of the words that a column is expected to have. The attribute generates one for each
/// column with `enum`; a word that is not expected is kept by a variant of its own.
pub trait Word: Send + Sync + 'static {
    /// The word.
    fn as_str(&self) -> &str;

    /// Of any word.
    fn of(word: &str) -> Self;
}

macro_rules! debug {
    ($($place:ident: $what:literal;)*) => {$(
        impl fmt::Debug for dyn $place + '_ {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($what)
            }
        }
    )*};
}

debug! {
    RecordPlace: "the place of a record";
    ListPlace: "the place of a list";
    WordPlace: "the place of a word";
}
