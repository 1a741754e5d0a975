//! Every data type is stored exactly, and what PostgreSQL does not take is a record's fault.

use std::borrow::Cow;

use expect_test::expect;
use rest_source::{
    Date, DateTime, Decimal, Extra, Json, Time, Timestamp, Wei,
    plan::{
        Column,
        DataType::{self, Bigint, Text},
        WriteDisposition::{Append, Merge, Replace},
    },
};
use rest_source_load::OnBadRecord;

use super::PostgresPlace;
use crate::{
    shown::shown,
    suite::Place,
    support::{Cell, IntoField, Resource, Shop, cell, json, row},
};

/// A column, a value, and the column's type and the value's text in PostgreSQL.
type Case = (Column, Cell, &'static str, String);

fn of(data_type: DataType) -> Column {
    Column::new("", data_type)
}

fn cases() -> Vec<Case> {
    fn case<T: IntoField>(
        column: Column,
        value: T,
        sql_type: &'static str,
        stored: impl Into<String>,
    ) -> Case
    where
        T::Field: Send + Sync + 'static,
    {
        (column, Box::new(cell(value)), sql_type, stored.into())
    }
    let moment = |text: &str| Some(text.parse::<Timestamp>().unwrap());
    let without_zone = |text: &str| Some(text.parse::<DateTime>().unwrap());
    let day = |text: &str| Some(text.parse::<Date>().unwrap());
    let time = |text: &str| Some(text.parse::<Time>().unwrap());
    let decimal = |text: &str| Some(text.parse::<Decimal>().unwrap());
    let wei = |text: &str| Some(text.parse::<Wei>().unwrap());
    let bounded = |data_type, precision, scale| Column { precision, scale, ..of(data_type) };
    let civil = || Column { timezone: false, ..of(DataType::Timestamp) };
    let (zoned, unzoned) = ("timestamp with time zone", "timestamp without time zone");
    let huge = "115792089237316195423570985008687907853269984665640564039457584007913129639935";
    let mut cases = vec![
        case(of(Text), "", "text", ""),
        case(of(Text), "Zoë 🙂 'x' \"y\"\n\\N\t", "text", "Zoë 🙂 'x' \"y\"\n\\N\t"),
        case(bounded(Text, Some(3), None), "ü🙂x", "character varying(3)", "ü🙂x"),
        case(of(Bigint), i64::MAX, "bigint", i64::MAX.to_string()),
        case(of(Bigint), i64::MIN, "bigint", i64::MIN.to_string()),
        case(of(DataType::Double), Some(0.1), "double precision", "0.1"),
        case(of(DataType::Double), Some(-0.0), "double precision", "-0"),
        case(of(DataType::Double), Some(f64::MAX), "double precision", "1.7976931348623157e+308"),
        case(of(DataType::Double), Some(5e-324), "double precision", "5e-324"),
        case(of(DataType::Bool), Some(true), "boolean", "1"),
        case(of(DataType::Bool), Some(false), "boolean", "0"),
        case(civil(), without_zone("2024-02-29T23:59:59.5"), unzoned, "2024-02-29T23:59:59.5"),
        case(civil(), without_zone("1815-06-18T11:35:00"), unzoned, "1815-06-18T11:35:00"),
        case(of(DataType::Date), day("2024-02-29"), "date", "2024-02-29"),
        case(of(DataType::Date), day("1582-10-04"), "date", "1582-10-04"),
        case(of(DataType::Date), day("9999-12-31"), "date", "9999-12-31"),
        case(of(DataType::Date), day("-000043-03-15"), "date", "0044-03-15 BC"),
        case(of(DataType::Time), time("23:59:59.5"), "time without time zone", "23:59:59.5"),
        case(
            of(DataType::Time),
            time("23:59:59.999999999"),
            "time without time zone",
            "23:59:59.999999",
        ),
        case(
            bounded(DataType::Decimal, Some(10), Some(2)),
            decimal("-12345678.90"),
            "numeric(10,2)",
            "-12345678.90",
        ),
        case(bounded(DataType::Decimal, Some(10), None), decimal("1.234"), "numeric", "1.234"),
        case(of(DataType::Wei), wei(huge), "numeric", huge),
        case(of(DataType::Wei), wei("-1"), "numeric", "-1"),
        case(
            of(DataType::Json),
            Some(json!({"b": [1, 2.50, null], "a": "ü"})),
            "jsonb",
            r#"{"a": "ü", "b": [1, 2.5, null]}"#,
        ),
        case(of(DataType::Json), Some(json!("a\\u0000b")), "jsonb", r#""a\\u0000b""#),
        case(of(DataType::Json), None::<rest_source::Json>, "jsonb", "NULL"),
        case(of(DataType::Binary), Some(vec![0_u8, 255, 10]), "bytea", "\\x00ff0a"),
        case(of(DataType::Binary), Some(Vec::<u8>::new()), "bytea", "\\x"),
        case(of(Text), None::<String>, "text", "NULL"),
    ];
    for (text, stored) in [
        ("2024-01-02T03:04:05+05:30", "2024-01-01T21:34:05+00:00"),
        ("1969-12-31T23:59:59.999999999Z", "1969-12-31T23:59:59.999999+00:00"),
        ("2024-02-29T23:59:59.123456789Z", "2024-02-29T23:59:59.123456+00:00"),
        ("9999-12-30T22:00:00Z", "9999-12-30T22:00:00+00:00"),
    ] {
        cases.push(case(of(DataType::Timestamp), moment(text), zoned, stored));
    }
    cases.push(case(
        bounded(DataType::Timestamp, Some(3), None),
        moment("2024-12-31T23:59:59.9999Z"),
        "timestamp(3) with time zone",
        "2024-12-31T23:59:59.999+00:00",
    ));
    for text in [
        "0",
        "0.00",
        "1.10",
        "-1.10",
        "10000",
        "100000000",
        "10000.0001",
        "0.0001",
        "0.00010000",
        "-79228162514264337593543950335",
        "0.0000000000000000000000000001",
        "7.9228162514264337593543950335",
        "123.456789",
    ] {
        cases.push(case(of(DataType::Decimal), decimal(text), "numeric", text));
    }
    cases
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_value_is_stored_exactly() {
    // By a COPY into the table, by one into a temporary table and by one into a staging table.
    for disposition in [Append, Merge, Replace] {
        let place = PostgresPlace::new().await;
        let mut values = Resource::new("values", disposition).primary_key(&["c0"]);
        let (mut cells, mut expected) = (Vec::new(), Vec::new());
        for (index, (column, cell, sql_type, stored)) in cases().into_iter().enumerate() {
            let name = Cow::Owned(format!("c{index}"));
            values.plan.columns.to_mut().push(Column { name, ..column });
            cells.push(cell);
            expected.push((format!("c{index} {sql_type}"), stored));
        }
        place.load(&values.page([cells])).await.unwrap();
        let types = place.types("values").await;
        for (index, (sql_type, stored)) in expected.into_iter().enumerate() {
            assert_eq!(types[index], sql_type);
            let rows = place.rows("values", &[&format!("c{index}")]).await;
            assert_eq!(rows, [stored], "{sql_type}, {disposition:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_postgresql_does_not_take_is_set_aside() {
    let decimal = |text: &str| Some(text.parse::<Decimal>().unwrap());
    let ancient = "-009999-01-02";
    let mut resource = Resource::new("odd", Append)
        .column("id", Text)
        .column("text", Text)
        .column("data", DataType::Json)
        .column("amount", DataType::Decimal)
        .column("day", DataType::Date)
        .column("code", Text);
    {
        let columns = resource.plan.columns.to_mut();
        (columns[3].precision, columns[3].scale) = (Some(5), Some(2));
        columns[5].precision = Some(2);
    }
    let (no_text, no_json, no_day) = (None::<String>, None::<rest_source::Json>, None::<Date>);
    let row = |id: &str, text: Option<&str>, json: Option<rest_source::Json>| {
        let text = text.map(str::to_owned);
        row![id, text, json, None::<Decimal>, no_day, None::<String>]
    };
    let depth = (0..1_001).fold("1".to_owned(), |json, _| format!("[{json}]"));
    let depth: Json = depth.parse().unwrap();
    let extra = |json: &'static str| [("more", json)].into_iter().collect::<Extra>();
    let list = |json: &'static str| [("list", json)].into_iter().collect::<Extra>();
    let named = |name: &'static str| [(name, "1")].into_iter().collect::<Extra>();
    let none = Extra::default;
    let resource = resource.page_with_extra([
        (row("good", Some("x"), Some(json!({"\\u0000": "\\\\u0000"}))), none()),
        (row("zero byte", Some("a\0b"), no_json.clone()), none()),
        (row("json zero", None, Some(json!({"a": ["\0"]}))), none()),
        (row("json zero in a key", None, Some(json!({"\0": 1}))), none()),
        (row("deep", None, Some(depth)), none()),
        (
            row![
                "amount",
                no_text.clone(),
                no_json.clone(),
                decimal("1.005"),
                no_day,
                no_text.clone()
            ],
            none(),
        ),
        (
            row![
                "large",
                no_text.clone(),
                no_json.clone(),
                decimal("1234"),
                no_day,
                no_text.clone()
            ],
            none(),
        ),
        (
            row![
                "day",
                no_text.clone(),
                no_json.clone(),
                decimal("123.45"),
                Some(ancient.parse::<Date>().unwrap()),
                no_text.clone()
            ],
            none(),
        ),
        (row!["code", no_text.clone(), no_json.clone(), decimal("1"), no_day, "abc"], none()),
        (row("undeclared", None, None), extra(r#""a\u0000b""#)),
        // Text that is no JSON text to everybody is kept as it came.
        (row("list", None, None), list(r#"[{"x": 1}, {"x": 2, "y": "\u0000"}]"#)),
        (row("no name", None, None), named("")),
        (row("system", None, None), named("ctid")),
        (row("last", None, None), list(r#"[{"x": 1}]"#)),
    ]);
    let place = PostgresPlace::new().await;
    let error = place.load(&resource).await.unwrap_err();
    let error = &error.failures()[0].error;
    assert!(error.is_record(), "{error}");
    expect!["page 1, record 2: `text` has a zero byte, which PostgreSQL does not take"]
        .assert_eq(&shown(&error));

    let place = PostgresPlace::new().await;
    let pipeline = place.pipeline().on_bad_record(OnBadRecord::Quarantine);
    let report = pipeline.run(&Shop(vec![resource])).await.unwrap();
    assert_eq!(place.rows("odd", &["id"]).await, ["good", "last"]);
    assert_eq!(place.rows("odd__list", &["x"]).await, ["1"]);
    assert_eq!((report.rows(), report.resources[0].rejected), (2, 12));
    let reasons = place.query("SELECT record, reason FROM odd__rejected ORDER BY record").await;
    assert_are_expected(&reasons);
    let json = place.query("SELECT json::jsonb ->> 'id' FROM odd__rejected WHERE record = 6").await;
    assert_eq!(json, ["amount"]);
}

fn assert_are_expected(reasons: &[String]) {
    let expected = [
        "2|`text` has a zero byte, which PostgreSQL does not take",
        "3|`data` has the character U+0000, which PostgreSQL does not take",
        "4|`data` has the character U+0000, which PostgreSQL does not take",
        "5|`data` has JSON deeper than 1,000 levels, which PostgreSQL does not take",
        "6|`amount` is 1.005, and has at most 5 digits, 2 of them behind the point",
        "7|`amount` is 1234, and has at most 5 digits, 2 of them behind the point",
        "8|`day` has a date before the year -4713, which PostgreSQL does not take",
        "9|`code` has 3 characters of at most 2",
        "10|`more` has a zero byte, which PostgreSQL does not take",
        "11|`y` has a zero byte, which PostgreSQL does not take",
        "12|the destination takes no column of the name ``",
        "13|the destination takes no column of the name `ctid`",
    ];
    assert_eq!(reasons, expected);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn json_that_is_not_declared_is_looked_at_too() {
    let place = PostgresPlace::new().await;
    let texts = [
        (r#"["\ud83d\ude42", "\\ud800", "\u00e9"]"#, true),
        (r#"["\ud800"]"#, false),
        (r#"["\ud800\u0041"]"#, false),
        (r#"["\udc00"]"#, false),
        (r#"{"n": [1e9999, -1.5E-9999, 12]}"#, true),
        ("[1e10001]", false),
        ("[1e-10001]", false),
        ("[1e99999999999]", false),
        (r#"["1e99999999999 \" 1e99999999999"]"#, true),
    ];
    for (number, (text, is_taken)) in texts.into_iter().enumerate() {
        let mut resource = Resource::new(&format!("t{number}"), Append).column("id", Text);
        resource.plan.max_table_nesting = Some(0);
        let extra: Extra = [("data", text)].into_iter().collect();
        let loaded = place.load(&resource.page_with_extra([(row!["1"], extra)])).await;
        match loaded {
            Ok(_) => assert!(is_taken, "{text}"),
            Err(error) => {
                assert!(!is_taken, "{text}: {error}");
                assert!(error.failures()[0].error.is_record(), "{text}: {error}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_is_not_cut_off() {
    let resource = |digits: &str| {
        let moment = format!("2024-01-01T00:00:00.{digits}Z").parse::<Timestamp>().unwrap();
        Resource::new("events", Merge)
            .column("at", DataType::Timestamp)
            .primary_key(&["at"])
            .page([row![Some(moment)]])
    };
    let place = PostgresPlace::new().await;
    place.load(&resource("123456")).await.unwrap();
    let error = place.load(&resource("1234561")).await.unwrap_err();
    assert!(error.failures()[0].error.is_record(), "{error}");
    expect![[r#"
        1 of 1 resource failed before this run committed anything of it
          events: page 1, record 1: `at` is a key and has more digits of the second than its column, so that two records could become one; declare it with `data_type: text`"#]].assert_eq(&shown(&error));
    assert_eq!(place.rows("events", &["at"]).await, ["2024-01-01T00:00:00.123456+00:00"]);
}
