//! The records of a plan that is made at run time, with a typed field for each column.

mod layout;

use std::{fmt, sync::Arc};

use self::layout::{Kind, Layout, ValueKind};
use crate::{
    Date, DateTime, Decimal, Extra, Field, FieldMut, FieldRef, Json, List, ListPlace, Place,
    Record, RecordPlace, Time, Timestamp, Wei,
    plan::{Column, DataType},
};

/// A record of a plan that is made at run time: what a generated struct is for a plan of the
/// program. Its fields are reached through [`Record`], by the position of their column.
///
/// ```
/// use rest_source::{AnyRecord, Client, Error, Fetch, Record, plan::{Link, ResourcePlan}};
///
/// async fn print(client: &Client, plan: Link<ResourcePlan>) -> Result<(), Error> {
///     for record in Fetch::<AnyRecord>::of_plan(client, plan).all().await? {
///         for (index, column) in record.columns().iter().enumerate() {
///             println!("{}: {:?}", column.name, record.field(index));
///         }
///     }
///     Ok(())
/// }
/// ```
pub struct AnyRecord {
    layout: Arc<Layout>,
    fields: Vec<AnyField>,
    extra: Extra,
}

impl AnyRecord {
    /// Makes records with these columns, and without values.
    pub(crate) fn with(columns: &[Column]) -> impl Fn() -> AnyRecord + use<> {
        let layout = Layout::of(columns);
        move || AnyRecord::empty(&layout)
    }

    /// A record with none of its values.
    fn empty(layout: &Arc<Layout>) -> AnyRecord {
        AnyRecord {
            layout: Arc::clone(layout),
            fields: layout.kinds.iter().map(AnyField::empty).collect(),
            extra: Extra::default(),
        }
    }
}

impl Record for AnyRecord {
    fn columns(&self) -> &[Column] {
        &self.layout.columns
    }

    fn field(&self, index: usize) -> FieldRef<'_> {
        self.fields.get(index).map_or(FieldRef::Null, AnyField::get)
    }

    fn field_mut(&mut self, index: usize) -> FieldMut<'_> {
        self.fields.get_mut(index).map_or(FieldMut::Nothing, AnyField::place)
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn extra_mut(&mut self) -> &mut Extra {
        &mut self.extra
    }
}

impl PartialEq for AnyRecord {
    fn eq(&self, other: &AnyRecord) -> bool {
        self as &dyn Record == other as &dyn Record
    }
}

impl fmt::Debug for AnyRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self as &dyn Record, f)
    }
}

/// A field, and whether it must have a value.
struct AnyField {
    is_nullable: bool,
    value: AnyValue,
}

/// The values that a field can have.
enum AnyValue {
    Text(Option<String>),
    Bigint(Option<i64>),
    Double(Option<f64>),
    Bool(Option<bool>),
    Timestamp(Option<Timestamp>),
    DateTime(Option<DateTime>),
    Date(Option<Date>),
    Time(Option<Time>),
    Decimal(Option<Decimal>),
    Wei(Option<Wei>),
    Json(Option<Json>),
    Binary(Option<Vec<u8>>),
    Record(AnyNested),
    List(AnyList),
}

/// A nested record.
struct AnyNested {
    is_nullable: bool,
    layout: Arc<Layout>,
    record: Option<Box<AnyRecord>>,
}

/// A list.
struct AnyList {
    is_nullable: bool,
    item: Arc<Kind>,
    elements: Option<Vec<AnyField>>,
}

macro_rules! plain_values {
    ($($variant:ident,)*) => {
        impl AnyField {
            /// The value.
            fn get(&self) -> FieldRef<'_> {
                match &self.value {
                    $(AnyValue::$variant(value) => value.field(),)*
                    AnyValue::Record(nested) => match &nested.record {
                        Some(record) => FieldRef::Record(&**record),
                        None => FieldRef::Null,
                    },
                    AnyValue::List(list) if list.elements.is_some() => FieldRef::List(list),
                    AnyValue::List(_) => FieldRef::Null,
                }
            }

            /// The place of the value.
            fn place(&mut self) -> FieldMut<'_> {
                match &mut self.value {
                    $(
                        AnyValue::$variant(value) => FieldMut::$variant(if self.is_nullable {
                            Place::Nullable(value)
                        } else {
                            Place::Required(value.get_or_insert_default())
                        }),
                    )*
                    AnyValue::Record(nested) => FieldMut::Record(nested),
                    AnyValue::List(list) => FieldMut::List(list),
                }
            }
        }
    };
}

plain_values! {
    Text, Bigint, Double, Bool, Timestamp, DateTime, Date, Time, Decimal, Wei, Json, Binary,
}

impl AnyField {
    /// One without a value.
    fn empty(kind: &Kind) -> AnyField {
        let is_nullable = kind.is_nullable;
        let value = match &kind.value {
            ValueKind::Plain(DataType::Text, _) => AnyValue::Text(None),
            ValueKind::Plain(DataType::Bigint, _) => AnyValue::Bigint(None),
            ValueKind::Plain(DataType::Double, _) => AnyValue::Double(None),
            ValueKind::Plain(DataType::Bool, _) => AnyValue::Bool(None),
            ValueKind::Plain(DataType::Timestamp, true) => AnyValue::Timestamp(None),
            ValueKind::Plain(DataType::Timestamp, false) => AnyValue::DateTime(None),
            ValueKind::Plain(DataType::Date, _) => AnyValue::Date(None),
            ValueKind::Plain(DataType::Time, _) => AnyValue::Time(None),
            ValueKind::Plain(DataType::Decimal, _) => AnyValue::Decimal(None),
            ValueKind::Plain(DataType::Wei, _) => AnyValue::Wei(None),
            ValueKind::Plain(DataType::Json, _) => AnyValue::Json(None),
            ValueKind::Plain(DataType::Binary, _) => AnyValue::Binary(None),
            ValueKind::Record(layout) => {
                let layout = Arc::clone(layout);
                AnyValue::Record(AnyNested { is_nullable, layout, record: None })
            }
            ValueKind::List(item) => {
                let item = Arc::clone(item);
                AnyValue::List(AnyList { is_nullable, item, elements: None })
            }
        };
        AnyField { is_nullable, value }
    }
}

impl RecordPlace for AnyNested {
    fn clear(&mut self) -> bool {
        self.record = None;
        self.is_nullable
    }

    fn fill(&mut self) -> &mut dyn Record {
        &mut **self.record.insert(Box::new(AnyRecord::empty(&self.layout)))
    }
}

impl ListPlace for AnyList {
    fn clear(&mut self) -> bool {
        self.elements = None;
        self.is_nullable
    }

    fn fill(&mut self) {
        self.elements = Some(Vec::new());
    }

    fn add(&mut self) -> FieldMut<'_> {
        let elements = self.elements.get_or_insert_default();
        elements.push(AnyField::empty(&self.item));
        elements.last_mut().map_or(FieldMut::Nothing, AnyField::place)
    }
}

impl List for AnyList {
    fn len(&self) -> usize {
        self.elements.as_ref().map_or(0, Vec::len)
    }

    fn get(&self, index: usize) -> FieldRef<'_> {
        let elements = self.elements.as_ref();
        elements.and_then(|elements| elements.get(index)).map_or(FieldRef::Null, AnyField::get)
    }
}
