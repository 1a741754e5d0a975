//! Every data type is stored exactly.

use rest_source::{
    Decimal, Extra, Field, FieldMut, FieldRef, FieldValue, Record, Timestamp, Wei, Word,
    plan::{Column, DataType, WriteDisposition::Append},
};

use crate::support::{Cell, Database, Resource, cell, json, row};

/// A record within a record, as generated code has it.
#[derive(Default)]
struct Link {
    customer: Option<String>,
    extra: Extra,
}

static LINK_COLUMNS: [Column; 1] = [Column::new("customer", DataType::Text)];

impl Record for Link {
    fn columns(&self) -> &[Column] {
        &LINK_COLUMNS
    }
    fn field(&self, _: usize) -> FieldRef<'_> {
        Field::field(&self.customer)
    }
    fn field_mut(&mut self, _: usize) -> FieldMut<'_> {
        Field::field_mut(&mut self.customer)
    }
    fn extra(&self) -> &Extra {
        &self.extra
    }
    fn extra_mut(&mut self) -> &mut Extra {
        &mut self.extra
    }
}

fn link() -> Link {
    let fee = ("fee", "12345678901234567890.10");
    Link { customer: Some("Zoë".into()), extra: [fee].into_iter().collect() }
}

const LINK: &str = r#"text|{"customer":"Zoë","fee":12345678901234567890.10}"#;
const LINKS: &str = r#"text|[{"customer":"Zoë","fee":12345678901234567890.10}]"#;

/// A word of an `enum`.
struct Kind(String);

impl Word for Kind {
    fn as_str(&self) -> &str {
        &self.0
    }
    fn of(word: &str) -> Kind {
        Kind(word.to_owned())
    }
}

impl FieldValue for Kind {
    fn value(&self) -> FieldRef<'_> {
        FieldRef::Text(self.as_str())
    }
    fn place(place: &mut Kind) -> FieldMut<'_> {
        FieldMut::Word(place)
    }
    fn nullable_place(place: &mut Option<Kind>) -> FieldMut<'_> {
        FieldMut::Word(place)
    }
}

/// Values of one data type, and how they are read back, with the storage class before.
fn cases() -> Vec<(DataType, Cell, &'static str)> {
    fn case<T: crate::support::IntoField>(
        data_type: DataType,
        value: T,
        stored: &'static str,
    ) -> (DataType, Cell, &'static str)
    where
        T::Field: Send + Sync + 'static,
    {
        (data_type, Box::new(cell(value)), stored)
    }
    let moment = |text: &str| Some(text.parse::<Timestamp>().unwrap());
    let decimal = |text: &str| Some(text.parse::<Decimal>().unwrap());
    let wei = |text: &str| Some(text.parse::<Wei>().unwrap());
    let huge = "115792089237316195423570985008687907853269984665640564039457584007913129639935";
    vec![
        case(DataType::Text, "", "text|"),
        case(DataType::Text, "Zoë 🙂 'x' \"y\"\n", "text|Zoë 🙂 'x' \"y\"\n"),
        case(DataType::Text, "a\0b", "text|a\0b"),
        case(DataType::Text, "007", "text|007"),
        case(DataType::Bigint, i64::MAX, "integer|9223372036854775807"),
        case(DataType::Bigint, i64::MIN, "integer|-9223372036854775808"),
        case(DataType::Double, Some(0.1), "real|0.1"),
        case(DataType::Double, Some(3.0), "real|3.0"),
        case(DataType::Double, Some(-0.0), "real|0.0"),
        case(DataType::Double, Some(f64::MAX), "real|1.7976931348623157e308"),
        case(DataType::Double, Some(5e-324), "real|5e-324"),
        case(DataType::Bool, Some(true), "integer|1"),
        case(DataType::Bool, Some(false), "integer|0"),
        case(
            DataType::Timestamp,
            moment("2024-02-29T23:59:59.123456789Z"),
            "text|2024-02-29T23:59:59.123456789+00:00",
        ),
        case(
            DataType::Timestamp,
            moment("2024-01-02T03:04:05+05:30"),
            "text|2024-01-01T21:34:05+00:00",
        ),
        case(
            DataType::Date,
            Some("2024-02-29".parse::<rest_source::Date>().unwrap()),
            "text|2024-02-29",
        ),
        case(
            DataType::Time,
            Some("23:59:59.5".parse::<rest_source::Time>().unwrap()),
            "text|23:59:59.5",
        ),
        case(DataType::Decimal, decimal("1.10"), "text|1.10"),
        case(
            DataType::Decimal,
            decimal("-79228162514264337593543950335"),
            "text|-79228162514264337593543950335",
        ),
        case(
            DataType::Decimal,
            decimal("0.0000000000000000000000000001"),
            "text|0.0000000000000000000000000001",
        ),
        case(DataType::Wei, wei(huge), Box::leak(format!("text|{huge}").into_boxed_str())),
        case(DataType::Wei, wei("-1"), "text|-1"),
        case(
            DataType::Json,
            Some(json!({"b": [1, 2.5, null], "a": "ü"})),
            r#"text|{"a":"ü","b":[1,2.5,null]}"#,
        ),
        case(DataType::Json, Some(json!("text")), r#"text|"text""#),
        case(
            DataType::Timestamp,
            Some("2024-02-29T23:59:59.5".parse::<rest_source::DateTime>().unwrap()),
            "text|2024-02-29T23:59:59.5",
        ),
        case(DataType::Json, Some(vec![decimal("1.10"), None]), r#"text|["1.10",null]"#),
        case(DataType::Json, Some(Vec::<Option<bool>>::new()), "text|[]"),
        case(DataType::Json, Some(link()), LINK),
        case(DataType::Json, Some(vec![link()]), LINKS),
        case(DataType::Json, None::<Link>, "null|NULL"),
        case(DataType::Text, Some(Kind("out of words".into())), "text|out of words"),
        case(DataType::Binary, Some(vec![0_u8, 255, 10]), "blob|[0, 255, 10]"),
        case(DataType::Binary, Some(Vec::<u8>::new()), "blob|[]"),
        case(DataType::Text, None::<String>, "null|NULL"),
        case(DataType::Double, None::<f64>, "null|NULL"),
        case(DataType::Json, None::<rest_source::Json>, "null|NULL"),
    ]
}

#[tokio::test]
async fn every_value_is_stored_exactly() {
    let database = Database::new();
    let (mut values, mut cells, mut expected) =
        (Resource::new("values", Append), Vec::new(), Vec::new());
    for (index, (data_type, cell, stored)) in cases().into_iter().enumerate() {
        values = values.column(&format!("c{index}"), data_type);
        cells.push(cell);
        expected.push(stored);
    }
    database.load(&values.page([cells])).await.unwrap();
    for (index, expected) in expected.into_iter().enumerate() {
        let sql = format!(r#"SELECT typeof(c{index}), c{index} FROM "values""#);
        assert_eq!(database.query(&sql), [expected], "column c{index}");
    }
}

#[tokio::test]
async fn timestamps_sort_as_the_moments_do() {
    let database = Database::new();
    let moments = [
        "1969-12-31T23:59:59Z",
        "2024-01-01T00:00:00Z",
        "2024-01-01T00:00:00.000000001Z",
        "2024-01-01T00:00:00.1Z",
        "2024-01-01T00:00:00.12Z",
        "2024-01-01T00:00:01Z",
    ];
    let rows = moments.iter().map(|text| row![Some(text.parse::<Timestamp>().unwrap()), *text]);
    let resource = Resource::new("moments", Append)
        .column("moment", DataType::Timestamp)
        .column("text", DataType::Text)
        .page(rows.rev());
    database.load(&resource).await.unwrap();
    let order = database.query("SELECT text FROM moments ORDER BY moment");
    assert_eq!(order, moments);
    let unix = database.query("SELECT unixepoch(max(moment)) FROM moments");
    assert_eq!(unix, ["1704067201"]);
}
