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

#[cfg(test)]
mod tests {
    use serde_json::value::RawValue;

    use super::*;
    use crate::{
        decode::{self, Growing, Inclusion},
        plan::{Contract, Link, ResourcePlan, SchemaContract, Selector, WriteDisposition},
    };

    const VALUES: [&str; 36] = [
        "null",
        "true",
        "false",
        "0",
        "1",
        "-0",
        "-1",
        "12",
        "1.50",
        "1e2",
        "-2.5E-3",
        "1e400",
        "9223372036854775807",
        "9223372036854775808",
        "123456789012345678901234567890",
        r#""""#,
        r#""text""#,
        r#""caf\u00e9 \"x\"""#,
        r#""\ud83d""#,
        r#""\ud83d\ude00""#,
        r#""12""#,
        r#""1.10""#,
        r#""true""#,
        r#""null""#,
        r#""2024-01-02""#,
        r#""03:04:05""#,
        r#""2024-01-02T03:04:05""#,
        r#""2024-01-02T03:04:05.5+02:00""#,
        r#""aGk=""#,
        "{}",
        "[]",
        r#"{"a":1}"#,
        r#"{"a":null,"b":{"a":"x","\u0061":2}}"#,
        "[1,null]",
        r#"["x",[true]]"#,
        r#"{"a":[1.10],"c":"\ud83d"}"#,
    ];

    const TYPES: [DataType; 11] = [
        DataType::Text,
        DataType::Bigint,
        DataType::Double,
        DataType::Bool,
        DataType::Timestamp,
        DataType::Date,
        DataType::Time,
        DataType::Decimal,
        DataType::Wei,
        DataType::Json,
        DataType::Binary,
    ];

    /// A column of each type, and of records and lists of it.
    fn columns(nullable: bool) -> Vec<Column> {
        let of =
            |name: &'static str, data_type| Column { nullable, ..Column::new(name, data_type) };
        let nested = |data_type| {
            let fields = vec![of("a", data_type), of("b", data_type)].into();
            Column { fields, ..of("c", DataType::Json) }
        };
        let list = |item| Column { items: Some(Link::from(item)), ..of("c", DataType::Json) };
        let plain = TYPES.map(|data_type| of("c", data_type));
        let civil = Column { timezone: false, ..of("c", DataType::Timestamp) };
        let records = TYPES.map(nested);
        let lists = TYPES.map(|data_type| list(of("", data_type)));
        let lists_of_records = TYPES.map(|data_type| list(nested(data_type)));
        [plain, records, lists, lists_of_records].into_iter().flatten().chain([civil]).collect()
    }

    /// Values that are read straight into their fields, and those that are read by their text, give the same
    /// records, and the same ones do not fit.
    #[test]
    fn both_ways_to_read_values_give_the_same_records() {
        let (mut fitting, mut unfitting) = (0, 0);
        for contract in [Contract::Evolve, Contract::DiscardValue, Contract::DiscardRow] {
            for column in [true, false].into_iter().flat_map(columns) {
                let plan = ResourcePlan {
                    columns: vec![column].into(),
                    write_disposition: WriteDisposition::Merge,
                    schema_contract: SchemaContract {
                        data_type: contract,
                        ..SchemaContract::EVOLVE
                    },
                    ..ResourcePlan::DEFAULT
                };
                let layout = Layout::of(&plan.columns);
                let empty = || AnyRecord::empty(&layout);
                for value in VALUES {
                    let record = format!(r#"{{"x":{value},"c":{value}}}"#);
                    let body = format!("[{record},{record}]");

                    let mut straight = Vec::new();
                    let sink = &mut Growing { records: &mut straight, empty };
                    let read = decode::records(&plan, &Selector::ROOT, &body, None, sink);

                    let (mut by_text, mut unfit) = (Vec::new(), Vec::new());
                    let sink = &mut Growing { records: &mut by_text, empty };
                    let raw: Vec<&RawValue> = serde_json::from_str(&body).unwrap_or_default();
                    let inclusion = Inclusion::new(&plan, &[]);
                    let left_out =
                        decode::fitting_records(&plan, raw, None, &inclusion, sink, &mut unfit);

                    let what = format!("{value} in {:?}", plan.columns[0]);
                    match read {
                        Ok(number) => {
                            assert_eq!(
                                (straight, number, unfit.len()),
                                (by_text, left_out, 0),
                                "{what}"
                            );
                            fitting += 1;
                        }
                        Err(_) => {
                            assert!(!unfit.is_empty() || body.contains("1e400"), "{what}");
                            unfitting += 1;
                        }
                    }
                }
            }
        }
        assert!(fitting > 2_000 && unfitting > 2_000, "{fitting}, {unfitting}");
    }
}
