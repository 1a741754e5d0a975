//! From JSON to the fields of a record, by the table of its columns: values, and the records and lists within.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{
    Json,
    leaf_visitor::LeafVisitor,
    mismatch::Mismatch,
    value::{NOT_NULL, Parts, Unfit, Written, leaf::Leaf},
};
use crate::{
    FieldMut, ListPlace, Record, RecordPlace,
    plan::{Column, Contract, DataType, SchemaContract, Str},
    record::{is_deleted, json::has_half_pair},
};

/// One record, its values read as `S` says. What does not fit comes back beside the errors of the
/// format, which carry only text.
pub(super) struct Object<'a, 'p, S> {
    pub(super) names: Names<'a>,
    pub(super) contract: SchemaContract,
    pub(super) record: &'p mut dyn Record,
    /// How many undeclared fields it most likely has, and of how many bytes.
    pub(super) likely_extra: (usize, usize),
    /// Whether the record may say that it is deleted, and then needs its key only.
    pub(super) deletes: bool,
    pub(super) written: PhantomData<S>,
}

impl<'de, S: Written<'de>> Visitor<'de> for Object<'_, '_, S> {
    type Value = Result<(), Mismatch>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record, which is an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self::Value, A::Error> {
        let outcome = self.fill(&mut map)?;
        if outcome.is_err() {
            // Other records may follow in the list, which is read to its end.
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        }
        Ok(outcome)
    }
}

impl<S> Object<'_, '_, S> {
    fn fill<'de, A: MapAccess<'de>>(
        &mut self,
        map: &mut A,
    ) -> Result<Result<(), Mismatch>, A::Error>
    where
        S: Written<'de>,
    {
        let (names, columns) = (self.names, self.names.columns);
        let mut seen = names.are_required.then(|| vec![false; columns.len()]);
        let mut likely = 0;
        // A field that lacks its value, as long as the record may turn out to be a deletion.
        let mut lacking = None;
        while let Some(key) = map.next_key_seed(Key { names, likely })? {
            match key {
                Name::Declared(index) => {
                    let (column, field) = (&columns[index], self.record.field_mut(index));
                    let (contract, written) = (self.contract, PhantomData::<S>);
                    let is_key = !S::IS_DIRECT && names.is_key(column);
                    let value = FieldSeed { field, column, contract, is_key, written };
                    if let Err(wrong) = map.next_value_seed(value)? {
                        let is_lacking = self.deletes && wrong.is_of_null();
                        let wrong = wrong.in_field(&column.name);
                        if !is_lacking {
                            return Ok(Err(wrong));
                        }
                        lacking.get_or_insert(wrong);
                    }
                    if let Some(seen) = &mut seen {
                        seen[index] = true;
                    }
                    likely = index + 1;
                }
                Name::Other(name) => match self.contract.columns {
                    Contract::Evolve => {
                        let value = map.next_value::<S>()?;
                        let extra = self.record.extra_mut();
                        if extra.is_empty() {
                            let (fields, bytes) = self.likely_extra;
                            extra.reserve(
                                fields.min(MOST_LIKELY.0),
                                (bytes + bytes / 8).min(MOST_LIKELY.1),
                            );
                        }
                        match &name {
                            // As it is written in the body.
                            Cow::Borrowed(name) if S::IS_DIRECT => {
                                extra.push_plain(name, value.json());
                            }
                            name => extra.push(name, value.json()),
                        }
                    }
                    Contract::DiscardValue => _ = map.next_value::<IgnoredAny>()?,
                    contract @ (Contract::Freeze | Contract::DiscardRow) => {
                        let value = map.next_value::<S>()?;
                        let mut wrong = Mismatch::new(DECLARED, value.json()).in_field(&name);
                        wrong.discards_record = contract == Contract::DiscardRow;
                        return Ok(Err(wrong));
                    }
                },
            }
        }
        let missing = seen.and_then(|seen| {
            columns.iter().zip(seen).find(|(column, seen)| !column.nullable && !seen)
        });
        let missing = missing
            .map(|(column, _)| Mismatch::new(NOT_NULL, "no such field").in_field(&column.name));
        Ok(match lacking.or(missing) {
            Some(wrong) if !(self.deletes && is_deleted(self.record)) => Err(wrong),
            _ => Ok(()),
        })
    }
}

/// What is expected of every field, where `schema_contract` does not let new ones in.
const DECLARED: &str = "only fields that are declared, as `schema_contract` says of columns";

/// What is expected of a text that tells records apart.
const WHOLE_KEY: &str = "text without half of a surrogate pair, as records are told apart by it";

/// For how many undeclared fields, and of how many bytes, room is made at most before they are there.
const MOST_LIKELY: (usize, usize) = (128, 4 << 10);

/// The name of a field.
enum Name<'de> {
    /// Of the column with this index.
    Declared(usize),
    Other(Cow<'de, str>),
}

/// The names of columns, which tell most other names apart at a glance.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    columns: &'a [Column],
    /// Has the [mark](Names::mark) of each name.
    marks: u64,
    /// Whether some must have a value.
    are_required: bool,
    /// The names of those that tell records apart.
    keys: [&'a [Str]; 2],
}

impl<'a> Names<'a> {
    pub(super) fn of(columns: &'a [Column]) -> Names<'a> {
        let marks = columns.iter().fold(0, |marks, column| marks | Names::mark(&column.name));
        let are_required = columns.iter().any(|column| !column.nullable);
        Names { columns, marks, are_required, keys: [&[], &[]] }
    }

    /// The same of a resource with these keys.
    pub(super) fn with_keys(self, primary: &'a [Str], merge: &'a [Str]) -> Names<'a> {
        Names { keys: [primary, merge], ..self }
    }

    fn is_key(&self, column: &Column) -> bool {
        self.keys.iter().any(|key| key.contains(&column.name))
    }

    /// One bit, by the length and the last two letters, in which numbered names differ.
    #[inline]
    fn mark(name: &str) -> u64 {
        let sum = match name.as_bytes() {
            letters @ [.., before, last] => {
                letters.len() * 7 + usize::from(*before) * 11 + usize::from(*last)
            }
            letters => letters.len(),
        };
        1 << (sum % 64)
    }

    /// The index of the column of this name, which most likely is this one.
    #[inline]
    fn index(&self, name: &str, likely: usize) -> Option<usize> {
        if self.marks & Names::mark(name) == 0 {
            return None;
        }
        let is = |column: &Column| column.name == name;
        if self.columns.get(likely).is_some_and(is) {
            return Some(likely);
        }
        self.columns.iter().position(is)
    }
}

/// Reads the name of a field.
struct Key<'a> {
    names: Names<'a>,
    /// The column after the last one, which most often it is.
    likely: usize,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Name<'de>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Name<'de>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key<'_> {
    type Value = Name<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    #[inline]
    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Name<'de>, E> {
        let index = self.names.index(name, self.likely);
        Ok(index.map_or(Name::Other(Cow::Borrowed(name)), Name::Declared))
    }

    fn visit_str<E>(self, name: &str) -> Result<Name<'de>, E> {
        let index = self.names.index(name, self.likely);
        Ok(index.map_or_else(|| Name::Other(Cow::Owned(name.to_owned())), Name::Declared))
    }
}

/// Reads a value into its field.
struct FieldSeed<'a, 'p, S> {
    field: FieldMut<'p>,
    column: &'a Column,
    contract: SchemaContract,
    /// Whether it tells records apart.
    is_key: bool,
    written: PhantomData<S>,
}

impl<'de, S: Written<'de>> DeserializeSeed<'de> for FieldSeed<'_, '_, S> {
    type Value = Result<(), Mismatch>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let FieldSeed { field, column, contract, is_key, written } = self;
        match field {
            // Only their text has all of their digits.
            FieldMut::Double(_) | FieldMut::Decimal(_) | FieldMut::Wei(_) | FieldMut::Json(_) => {}
            _ if !S::IS_DIRECT => {}
            FieldMut::Record(place) => {
                let nested = Nested { column, contract, place: NestedPlace::Record(place) };
                return deserializer.deserialize_option(Nullable { nested, written });
            }
            FieldMut::List(place) => {
                let nested = Nested { column, contract, place: NestedPlace::List(place) };
                return deserializer.deserialize_option(Nullable { nested, written });
            }
            _ => return deserializer.deserialize_any(LeafVisitor { field, column, contract }),
        }
        let value = S::deserialize(deserializer)?;
        if is_key && has_half_pair(value.json()) {
            return Ok(Err(Mismatch::new(WHOLE_KEY, value.json())));
        }
        Ok(convert(&value, field, column, contract))
    }
}

/// Puts a value into its field. What does not fit is left out where the schema contract says so and
/// the field can do without.
pub(super) fn convert<'de>(
    value: &impl Written<'de>,
    field: FieldMut<'_>,
    column: &Column,
    contract: SchemaContract,
) -> Result<(), Mismatch> {
    let found = value.json();
    if value.is_rounded() && !matches!(field, FieldMut::Double(_) | FieldMut::Json(_)) {
        let expected = "a number whose digits survive this format; write it as text";
        return Err(Mismatch::new(expected, found));
    }
    let unfit = match put(value, field, column, contract) {
        Ok(()) => return Ok(()),
        Err(unfit) => unfit,
    };
    match unfit {
        Unfit::Within(wrong) => Err(wrong),
        Unfit::Null => Err(Mismatch::new(NOT_NULL, found)),
        Unfit::Expected(expected) => {
            let mut wrong = Mismatch::new(expected, found);
            wrong.discards_record = contract.data_type == Contract::DiscardRow;
            Err(wrong)
        }
    }
}

fn put<'de>(
    value: &impl Written<'de>,
    field: FieldMut<'_>,
    column: &Column,
    contract: SchemaContract,
) -> Result<(), Unfit> {
    let escapes = || Unfit::Expected("text that escapes whole characters only".into());
    let json = Json::read(value.json()).ok_or_else(escapes)?;
    let leaf = Leaf::of(&json, contract);
    match field {
        FieldMut::Json(place) => {
            let written = match json {
                Json::Null => None,
                _ => Some(crate::Json::of(value.json())),
            };
            if place.set(written) { Ok(()) } else { Err(Unfit::Null) }
        }
        FieldMut::Record(place) if matches!(json, Json::Object) => {
            within(value, column, contract, NestedPlace::Record(place))
        }
        FieldMut::Record(place) => leaf.without(place.clear(), "a record, which is an object"),
        FieldMut::List(place) if matches!(json, Json::List) => {
            within(value, column, contract, NestedPlace::List(place))
        }
        FieldMut::List(place) => leaf.without(place.clear(), "a list"),
        _ => leaf.fill(field, column),
    }
}

fn within<'de>(
    value: &impl Written<'de>,
    column: &Column,
    contract: SchemaContract,
    place: NestedPlace<'_>,
) -> Result<(), Unfit> {
    match value.read(Nested { column, contract, place }) {
        Ok(read) => read.map_err(Unfit::Within),
        // The value is JSON, so it is a name in it.
        Err(_) => Err(Unfit::Expected("names that escape whole characters only".into())),
    }
}

/// The place of a record or a list, together with what is declared of it.
struct Nested<'a, 'p> {
    column: &'a Column,
    contract: SchemaContract,
    place: NestedPlace<'p>,
}

enum NestedPlace<'a> {
    Record(&'a mut dyn RecordPlace),
    List(&'a mut dyn ListPlace),
}

impl Parts for Nested<'_, '_> {
    /// Reads it, its values as `S` says.
    fn read<'de, S: Written<'de>, D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Result<(), Mismatch>, D::Error> {
        let Nested { column, contract, place } = self;
        match place {
            NestedPlace::Record(place) => deserializer.deserialize_map(Object::<S> {
                names: Names::of(&column.fields),
                contract,
                record: place.fill(),
                likely_extra: (0, 0),
                deletes: false,
                written: PhantomData,
            }),
            NestedPlace::List(list) => {
                /// What the elements are where a record that was written by hand does not say it.
                static ANY: Column = Column::new("", DataType::Json);
                let items = column.items.as_deref().unwrap_or(&ANY);
                let written = PhantomData;
                list.fill();
                deserializer.deserialize_seq(Elements::<S> { items, contract, list, written })
            }
        }
    }
}

/// The same where `null` may be in its place.
struct Nullable<'a, 'p, S> {
    nested: Nested<'a, 'p>,
    written: PhantomData<S>,
}

impl<'de, S: Written<'de>> Visitor<'de> for Nullable<'_, '_, S> {
    type Value = Result<(), Mismatch>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record, a list or null")
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        let is_cleared = match self.nested.place {
            NestedPlace::Record(place) => place.clear(),
            NestedPlace::List(place) => place.clear(),
        };
        Ok(if is_cleared { Ok(()) } else { Err(Mismatch::new(NOT_NULL, "null")) })
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        self.nested.read::<S, D>(deserializer)
    }
}

struct Elements<'a, 'p, S> {
    items: &'a Column,
    contract: SchemaContract,
    list: &'p mut dyn ListPlace,
    written: PhantomData<S>,
}

impl<'de, S: Written<'de>> Visitor<'de> for Elements<'_, '_, S> {
    type Value = Result<(), Mismatch>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut elements: A) -> Result<Self::Value, A::Error> {
        let mut index = 0;
        while let Some(read) = elements.next_element_seed(&mut self)? {
            if let Err(wrong) = read {
                while elements.next_element::<IgnoredAny>()?.is_some() {}
                return Ok(Err(wrong.in_element(index)));
            }
            index += 1;
        }
        Ok(Ok(()))
    }
}

/// Reads one element.
impl<'de, S: Written<'de>> DeserializeSeed<'de> for &mut Elements<'_, '_, S> {
    type Value = Result<(), Mismatch>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let (column, contract, written) = (self.items, self.contract, self.written);
        let field = self.list.add();
        FieldSeed { field, column, contract, is_key: false, written }.deserialize(deserializer)
    }
}
