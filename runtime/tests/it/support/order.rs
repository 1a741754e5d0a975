//! A record with records, lists and words in it, under any schema contract.

use std::borrow::Cow;

use rest_source::{
    __private::v1::{deserialize, serde, serialize},
    DateTime, Decimal, Extra, Field, FieldMut, FieldRef, FieldValue, Record, Resource, Word,
    plan::{
        Column, Contract, DataType, Endpoint, Link, Paginator, Part, ResourcePlan, SchemaContract,
    },
};

use super::{column, fields, nested_column};

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Order {
    pub(crate) id: Option<String>,
    pub(crate) status: Option<Status>,
    pub(crate) kind: Status,
    pub(crate) links: Option<Links>,
    pub(crate) items: Option<Vec<Item>>,
    pub(crate) tags: Vec<String>,
    pub(crate) rows: Option<Vec<Vec<Option<f64>>>>,
    pub(crate) price: Option<Decimal>,
    pub(crate) at: Option<DateTime>,
    pub(crate) extra: Extra,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Links {
    pub(crate) customer: Option<String>,
    pub(crate) payout: Option<Payout>,
    pub(crate) extra: Extra,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Payout {
    pub(crate) id: String,
    pub(crate) extra: Extra,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Item {
    pub(crate) sku: String,
    pub(crate) amount: Option<i64>,
    pub(crate) price: Option<Decimal>,
    pub(crate) extra: Extra,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Status {
    Paid,
    Open,
    Unknown(String),
}

impl Default for Status {
    fn default() -> Status {
        Status::Unknown(String::new())
    }
}

impl Word for Status {
    fn as_str(&self) -> &str {
        match self {
            Status::Paid => "paid",
            Status::Open => "open",
            Status::Unknown(word) => word,
        }
    }

    fn of(word: &str) -> Status {
        match word {
            "paid" => Status::Paid,
            "open" => Status::Open,
            _ => Status::Unknown(word.to_owned()),
        }
    }
}

impl FieldValue for Status {
    fn value(&self) -> FieldRef<'_> {
        FieldRef::Text(self.as_str())
    }

    fn place(place: &mut Status) -> FieldMut<'_> {
        FieldMut::Word(place)
    }

    fn nullable_place(place: &mut Option<Status>) -> FieldMut<'_> {
        FieldMut::Word(place)
    }
}

static PAYOUT: [Column; 1] = [column("id", DataType::Text, false)];
static LINKS: [Column; 2] =
    [column("customer", DataType::Text, true), record_column("payout", &PAYOUT)];
static ITEM: [Column; 3] = [
    column("sku", DataType::Text, false),
    column("amount", DataType::Bigint, true),
    column("price", DataType::Decimal, true),
];
static ITEMS: Column = record_column("", &ITEM);
static TAG: Column = column("", DataType::Text, false);
static NUMBER: Column = column("", DataType::Double, true);
static ROW: Column = list_column("", &NUMBER, false);
static ORDER: [Column; 9] = [
    column("id", DataType::Text, true),
    column("status", DataType::Text, true),
    column("kind", DataType::Text, false),
    record_column("links", &LINKS),
    list_column("items", &ITEMS, true),
    list_column("tags", &TAG, false),
    list_column("rows", &ROW, true),
    decimal_column("price", 6, 2),
    civil_column("at"),
];

const fn record_column(name: &'static str, fields: &'static [Column]) -> Column {
    nested_column(name, DataType::Json, true, fields, None)
}

const fn list_column(name: &'static str, items: &'static Column, nullable: bool) -> Column {
    nested_column(name, DataType::Json, nullable, &[], Some(Link::Static(items)))
}

const fn decimal_column(name: &'static str, precision: u32, scale: u32) -> Column {
    let mut column = column(name, DataType::Decimal, true);
    (column.precision, column.scale) = (Some(precision), Some(scale));
    column
}

const fn civil_column(name: &'static str) -> Column {
    let mut column = column(name, DataType::Timestamp, true);
    column.timezone = false;
    column
}

fields!(Order, &ORDER, id status kind links items tags rows price at);
fields!(Links, &LINKS, customer payout);
fields!(Payout, &PAYOUT, id);
fields!(Item, &ITEM, sku amount price);

const PATH: &[Part] = &[Part::Text(Cow::Borrowed("/orders"))];
const LIST: Endpoint = Endpoint::new(PATH, None, Paginator::SinglePage);

/// An order under a contract: for its columns, and for their data types.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Contracted<const COLUMNS: char, const DATA_TYPE: char>(pub(crate) Order);

const fn contract(initial: char) -> Contract {
    match initial {
        'f' => Contract::Freeze,
        'v' => Contract::DiscardValue,
        'r' => Contract::DiscardRow,
        _ => Contract::Evolve,
    }
}

const fn plan(columns: Contract, data_type: Contract) -> ResourcePlan {
    let mut plan = ResourcePlan::new("orders", LIST, &ORDER);
    plan.schema_contract =
        SchemaContract { tables: Contract::Evolve, columns, data_type, ..SchemaContract::EVOLVE };
    plan
}

impl<const COLUMNS: char, const DATA_TYPE: char> Record for Contracted<COLUMNS, DATA_TYPE> {
    fn columns(&self) -> &[Column] {
        self.0.columns()
    }
    fn field(&self, index: usize) -> FieldRef<'_> {
        Record::field(&self.0, index)
    }
    fn field_mut(&mut self, index: usize) -> FieldMut<'_> {
        Record::field_mut(&mut self.0, index)
    }
    fn extra(&self) -> &Extra {
        self.0.extra()
    }
    fn extra_mut(&mut self) -> &mut Extra {
        self.0.extra_mut()
    }
}

impl<const COLUMNS: char, const DATA_TYPE: char> Resource for Contracted<COLUMNS, DATA_TYPE> {
    const PLAN: &'static ResourcePlan = &plan(contract(COLUMNS), contract(DATA_TYPE));
}

impl<const C: char, const D: char> serde::Serialize for Contracted<C, D> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

impl<'de, const C: char, const T: char> serde::Deserialize<'de> for Contracted<C, T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

/// That lists of lists, of words and of bytes are fields.
const _: () = {
    const fn is_field<T: Field>() {}
    is_field::<Option<Vec<Option<Status>>>>();
    is_field::<Vec<Vec<Vec<u8>>>>();
};
