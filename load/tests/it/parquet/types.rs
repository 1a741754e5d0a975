//! Every data type is stored exactly, or the record is refused.

use arrow_array::Array;
use expect_test::expect;
use rest_source::{
    DateTime, Decimal, Timestamp, Wei,
    plan::{Column, DataType, WriteDisposition::Append},
};
use rest_source_load::OnBadRecord;

use super::place::{ParquetPlace, batches};
use crate::{
    shown::shown,
    suite::Place,
    support::{Cell, IntoField, Resource, Shop, cell, json, row},
};

/// A column, a value of it, its type in Arrow, and how it is read back.
type Case = (Column, Cell, &'static str, &'static str);

fn case<T: IntoField>(column: Column, value: T, arrow: &'static str, read: &'static str) -> Case
where
    T::Field: Send + Sync + 'static,
{
    (column, Box::new(cell(value)), arrow, read)
}

fn of(data_type: DataType) -> Column {
    Column::new("", data_type)
}

fn with_digits(data_type: DataType, precision: Option<u32>, scale: Option<u32>) -> Column {
    Column { precision, scale, ..of(data_type) }
}

fn without_zone(precision: Option<u32>) -> Column {
    Column { timezone: false, precision, ..of(DataType::Timestamp) }
}

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn date_time(text: &str) -> DateTime {
    text.parse().unwrap()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

const HUGE: &str = "115792089237316195423570985008687907853269984665640564039457584007913129639935";

#[expect(clippy::too_many_lines, reason = "a case is an entry of a list")]
fn cases() -> Vec<Case> {
    use DataType::{Bigint, Binary, Bool, Date, Double, Json, Text, Time};
    let (timestamp, number) = (DataType::Timestamp, DataType::Decimal);
    let in_utc = "Timestamp(µs, \"UTC\")";
    vec![
        case(of(Text), "", "Utf8", ""),
        case(of(Text), "Zoë 🙂 'x' \"y\"\n a\0b", "Utf8", "Zoë 🙂 'x' \"y\"\n a\0b"),
        case(of(Bigint), i64::MAX, "Int64", "9223372036854775807"),
        case(of(Bigint), i64::MIN, "Int64", "-9223372036854775808"),
        case(of(Double), Some(0.1), "Float64", "0.1"),
        case(of(Double), Some(-0.0), "Float64", "-0.0"),
        case(of(Double), Some(5e-324), "Float64", "5e-324"),
        case(of(Double), Some(f64::MAX), "Float64", "1.7976931348623157e308"),
        case(of(Bool), Some(true), "Boolean", "1"),
        case(of(Bool), Some(false), "Boolean", "0"),
        case(
            of(timestamp),
            Some(moment("2024-02-29T23:59:59.123456Z")),
            in_utc,
            "2024-02-29T23:59:59.123456+00:00",
        ),
        case(
            of(timestamp),
            Some(moment("0001-01-01T00:00:00Z")),
            in_utc,
            "0001-01-01T00:00:00+00:00",
        ),
        case(
            of(timestamp),
            Some(moment("1969-12-31T23:59:59.999999Z")),
            in_utc,
            "1969-12-31T23:59:59.999999+00:00",
        ),
        case(
            of(timestamp),
            Some(moment("9999-12-30T00:00:00Z")),
            in_utc,
            "9999-12-30T00:00:00+00:00",
        ),
        case(
            with_digits(timestamp, Some(9), None),
            Some(moment("2024-02-29T23:59:59.123456789Z")),
            "Timestamp(ns, \"UTC\")",
            "2024-02-29T23:59:59.123456789+00:00",
        ),
        case(
            without_zone(None),
            Some(date_time("9999-12-31T23:59:59.5")),
            "Timestamp(µs)",
            "9999-12-31T23:59:59.5",
        ),
        case(
            without_zone(Some(9)),
            Some(date_time("2024-02-29T23:59:59.123456789")),
            "Timestamp(ns)",
            "2024-02-29T23:59:59.123456789",
        ),
        case(
            of(Date),
            Some("2024-02-29".parse::<rest_source::Date>().unwrap()),
            "Date32",
            "2024-02-29",
        ),
        case(
            of(Date),
            Some("0001-01-01".parse::<rest_source::Date>().unwrap()),
            "Date32",
            "0001-01-01",
        ),
        case(
            of(Time),
            Some("23:59:59.123456789".parse::<rest_source::Time>().unwrap()),
            "Time64(ns)",
            "23:59:59.123456789",
        ),
        case(of(number), Some(decimal("1.10")), "Utf8", "1.10"),
        case(
            of(number),
            Some(decimal("0.0000000000000000000000000001")),
            "Utf8",
            "0.0000000000000000000000000001",
        ),
        case(with_digits(number, Some(10), None), Some(decimal("1.10")), "Utf8", "1.10"),
        case(
            with_digits(number, Some(10), Some(2)),
            Some(decimal("-12345678.9")),
            "Decimal128(10, 2)",
            "-12345678.90",
        ),
        case(
            with_digits(number, Some(4), Some(2)),
            Some(decimal("99.9900")),
            "Decimal128(4, 2)",
            "99.99",
        ),
        case(
            with_digits(number, Some(4), Some(2)),
            Some(decimal("100")),
            "Decimal128(4, 2)",
            "refused",
        ),
        case(
            with_digits(number, Some(4), Some(2)),
            Some(decimal("0.001")),
            "Decimal128(4, 2)",
            "refused",
        ),
        case(
            with_digits(number, None, Some(9)),
            Some(decimal("79228162514264337593543950335")),
            "Decimal128(38, 9)",
            "79228162514264337593543950335.000000000",
        ),
        case(
            with_digits(number, None, Some(20)),
            Some(decimal("1234567890123456789")),
            "Decimal128(38, 20)",
            "refused",
        ),
        case(of(DataType::Wei), Some(HUGE.parse::<Wei>().unwrap()), "Utf8", HUGE),
        case(
            of(Json),
            Some(json!({"b": [1, 2.5, null], "a": "ü"})),
            "Utf8",
            r#"{"a":"ü","b":[1,2.5,null]}"#,
        ),
        case(of(Binary), Some(vec![0_u8, 255, 10]), "Binary", "[0, 255, 10]"),
        case(of(Binary), Some(Vec::<u8>::new()), "Binary", "[]"),
        case(of(Double), None::<f64>, "Float64", "NULL"),
        // What is finer than the column is not rounded, what is outside of it not moved.
        case(of(timestamp), Some(moment("2024-02-29T23:59:59.1234567Z")), in_utc, "refused"),
        case(
            with_digits(timestamp, Some(9), None),
            Some(moment("0001-01-01T00:00:00Z")),
            "Timestamp(ns, \"UTC\")",
            "refused",
        ),
    ]
}

#[tokio::test]
async fn every_value_is_stored_exactly_or_refused() {
    let mut said = String::new();
    for (number, (mut column, cell, arrow, read)) in cases().into_iter().enumerate() {
        let place = ParquetPlace::new().await;
        column.name = "value".into();
        let data_type = column.data_type;
        let mut resource = Resource::new("values", Append);
        resource.plan.columns.to_mut().push(column);
        let done = place.load(&resource.page([vec![cell]])).await;
        if read == "refused" {
            let error = done.unwrap_err();
            assert!(error.failures()[0].error.is_record(), "{error}");
            said.extend([&shown(&error), "\n"]);
            assert!(place.rows("values", &["value"]).await.is_empty());
            continue;
        }
        done.unwrap();
        assert_eq!(place.rows("values", &["value"]).await, [read], "case {number}");
        let table = place.table("values").await.unwrap();
        let batches = batches(std::fs::File::open(&table.files[0].path).unwrap());
        assert_eq!(batches[0].column(0).data_type().to_string(), arrow, "case {number}");
        // What the description says is known to whoever has the file alone.
        let field = batches[0].schema().field(0).clone();
        assert_eq!(field.metadata()["data_type"], data_type.name());
        assert_eq!(table.columns[0].data_type, data_type.name());
    }
    expect![[r#"
        1 of 1 resource failed before this run committed anything of it
          values: page 1, record 1: `value` is 100, and its column holds 4 digits, 2 of them behind the point
        1 of 1 resource failed before this run committed anything of it
          values: page 1, record 1: `value` is 0.001, and its column holds 4 digits, 2 of them behind the point
        1 of 1 resource failed before this run committed anything of it
          values: page 1, record 1: `value` is 1234567890123456789, and its column holds 38 digits, 20 of them behind the point
        1 of 1 resource failed before this run committed anything of it
          values: page 1, record 1: `value` is 2024-02-29T23:59:59.1234567+00:00, and its column holds microseconds; declare it with `precision: 9` for the years from 1678 to 2261, or as `data_type: text`
        1 of 1 resource failed before this run committed anything of it
          values: page 1, record 1: `value` is 0001-01-01T00:00:00+00:00, and its column holds the nanoseconds of the years from 1678 to 2261; declare it without `precision` for microseconds of any year, or as `data_type: text`
    "#]].assert_eq(&said);
}

#[tokio::test]
async fn a_record_with_a_value_that_does_not_fit_can_be_set_aside() {
    let place = ParquetPlace::new().await;
    let row = |id, text| row![id, Some(moment(text))];
    let resource = Resource::new("moments", Append)
        .column("id", DataType::Text)
        .column("at", DataType::Timestamp)
        .page([row("M1", "2024-01-01T00:00:00Z"), row("M2", "2024-01-01T00:00:00.0000001Z")])
        .page([row("M3", "2024-01-01T00:00:00.0000001Z"), row("M4", "2024-01-01T00:00:00Z")]);
    let pipeline = place.pipeline().on_bad_record(OnBadRecord::Quarantine);
    let report = pipeline.run(&Shop(vec![resource])).await.unwrap();
    assert_eq!((report.rows(), report.resources[0].rejected), (2, 2));
    assert_eq!(place.rows("moments", &["id"]).await, ["M1", "M4"]);
    let rejected = place.rows("moments__rejected", &["page", "record", "reason"]).await;
    expect![[r#"
        1|2|`at` is 2024-01-01T00:00:00.0000001+00:00, and its column holds microseconds; declare it with `precision: 9` for the years from 1678 to 2261, or as `data_type: text`
        2|1|`at` is 2024-01-01T00:00:00.0000001+00:00, and its column holds microseconds; declare it with `precision: 9` for the years from 1678 to 2261, or as `data_type: text`"#]].assert_eq(&rejected.join("\n"));
}

#[tokio::test]
async fn a_column_does_not_change_its_type() {
    let place = ParquetPlace::new().await;
    let of = |precision, value: &str| {
        let mut resource = Resource::new("prices", Append).column("price", DataType::Decimal);
        let column = &mut resource.plan.columns.to_mut()[0];
        (column.precision, column.scale) = (Some(precision), Some(2));
        resource.page([row![Some(decimal(value))]])
    };
    place.load(&of(10, "1.10")).await.unwrap();
    let error = place.load(&of(12, "1.10")).await.unwrap_err();
    assert!(error.failures()[0].error.is_schema());
    expect![[r#"
        1 of 1 resource failed before this run committed anything of it
          prices: the table's column `price` is stored as decimal(10,2), and the source declares a type that is stored as decimal(12,2); columns are only ever added, so declare the old type, or give the resource another `table_name`"#]].assert_eq(&shown(&error));
    // One that is not declared any more keeps its type, too.
    let undeclared = Resource::new("prices", Append);
    let undeclared =
        undeclared.page_with_extra([(row![], [("price", "2.5")].into_iter().collect())]);
    place.load(&undeclared).await.unwrap();
    assert_eq!(place.rows("prices", &["price"]).await, ["1.10", "2.50"]);
}

#[tokio::test]
async fn a_column_keeps_the_case_in_which_it_was_first_seen() {
    let place = ParquetPlace::new().await;
    let of = |name: &str| Resource::new("payments", Append).column(name, DataType::Text);
    place.load(&of("id").page([row!["P1"]])).await.unwrap();
    place.load(&of("ID").page([row!["P2"]])).await.unwrap();
    assert_eq!(place.columns("payments").await, ["id"]);
    assert_eq!(place.rows("payments", &["id"]).await, ["P1", "P2"]);
}
