//! What stands in a field and has parts of its own, or words of its own: reached, as records are,
//! without knowing the type.

use crate::{Field, FieldMut, FieldRef, List, ListPlace, Record, RecordPlace, WordPlace};

impl<T: Field> List for Vec<T> {
    fn len(&self) -> usize {
        Vec::len(self)
    }

    fn get(&self, index: usize) -> FieldRef<'_> {
        self.as_slice().get(index).map_or(FieldRef::Null, Field::field)
    }
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
