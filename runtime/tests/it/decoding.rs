//! Values become what their columns say, or an error that names them.

use expect_test::expect;
use rest_source::{Error, Extra, Fetch, FieldRef, Record, Resource};
use serde_json::json;

use crate::{
    shown::shown,
    support::{Every, Needed, Payment, Seen, Server, client},
};

async fn fetch<T: Resource>(body: String) -> Result<Vec<T>, Error> {
    let server = Server::answering(move |_| body.clone()).await;
    Fetch::<T>::new(&client(&server)).all().await
}

/// A field as text.
fn show(field: FieldRef<'_>) -> String {
    match field {
        FieldRef::Null => "null".to_owned(),
        FieldRef::Text(text) => text.replace('\n', "\\n"),
        FieldRef::Bigint(number) => number.to_string(),
        FieldRef::Double(number) => number.to_string(),
        FieldRef::Bool(value) => value.to_string(),
        FieldRef::Timestamp(time) => time.to_string(),
        FieldRef::Date(date) => date.to_string(),
        FieldRef::Time(time) => time.to_string(),
        FieldRef::Decimal(number) => number.to_string(),
        FieldRef::Wei(number) => number.to_string(),
        FieldRef::Json(value) => value.to_string(),
        FieldRef::Binary(bytes) => String::from_utf8(bytes.to_vec()).unwrap(),
        other => format!("{other:?}"),
    }
}

fn index_of(column: &str) -> usize {
    Every::PLAN.columns.iter().position(|declared| declared.name == column).unwrap()
}

#[tokio::test]
async fn each_value_is_read_exactly_or_refused() {
    let cases = include_str!("values.txt").lines();
    let cases = cases.filter(|line| !line.is_empty() && !line.starts_with('#'));
    // The server sends what the request asks it to.
    let server = Server::answering(|seen: Seen| seen.param("body").unwrap()).await;
    let fetch = Fetch::<Every>::new(&client(&server));
    let mut wrong = Vec::new();
    for case in cases {
        let mut parts = case.splitn(3, '|').map(str::trim);
        let (column, json, expected) =
            (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        let body = format!("[{{}},{{\"{column}\":{json}}}]");
        let got = match fetch.clone().param("body", body).all().await {
            Ok(records) => show(records[1].field(index_of(column))),
            Err(error) => {
                assert!(error.is_decode());
                let place = (error.resource(), error.page(), error.record(), error.field());
                assert_eq!(place, (Some("every"), Some(1), Some(2), Some(column)), "{case}");
                assert!(error.to_string().ends_with(json), "{error}");
                "!".to_owned()
            }
        };
        if got != expected {
            wrong.push(format!("{case}, but got {got}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn null_and_missing_are_none_where_the_column_is_nullable() {
    for column in Every::PLAN.columns.iter() {
        let records = fetch::<Every>(format!("[{{\"{}\":null}},{{}}]", column.name)).await.unwrap();
        assert_eq!(records, [Every::default(), Every::default()]);
    }
}

/// A record that has every field.
fn whole() -> serde_json::Value {
    json!({
        "text": "t", "bigint": 1, "double": 0.5, "bool": true, "timestamp": 0,
        "date": "2024-01-02", "time": "03:04", "decimal": "1.5", "wei": 5, "json": {}, "binary": "aGk=",
    })
}

#[tokio::test]
async fn null_and_missing_are_errors_where_the_column_is_not_nullable() {
    assert_eq!(fetch::<Needed>(json!([whole()]).to_string()).await.unwrap()[0].binary, b"hi");
    let mut said = String::new();
    for column in Needed::PLAN.columns.iter() {
        let mut null = whole();
        null[&*column.name] = json!(null);
        let mut missing = whole();
        missing.as_object_mut().unwrap().remove(&*column.name);
        for record in [null, missing] {
            let error = fetch::<Needed>(json!([whole(), record]).to_string()).await.unwrap_err();
            said.extend([&shown(&error), "\n"]);
        }
    }
    expect![[r#"
        needed, page 1, record 2, field `text`: expected a value, as the column is not nullable, found null
        needed, page 1, record 2, field `text`: expected a value, as the column is not nullable, found no such field
        needed, page 1, record 2, field `bigint`: expected a value, as the column is not nullable, found null
        needed, page 1, record 2, field `bigint`: expected a value, as the column is not nullable, found no such field
        needed, page 1, record 2, field `double`: expected a value, as the column is not nullable, found null
        needed, page 1, record 2, field `double`: expected a value, as the column is not nullable, found no such field
        needed, page 1, record 2, field `bool`: expected a value, as the column is not nullable, found null
        needed, page 1, record 2, field `bool`: expected a value, as the column is not nullable, found no such field
        needed, page 1, record 2, field `timestamp`: expected a value, as the column is not nullable, found null
        needed, page 1, record 2, field `timestamp`: expected a value, as the column is not nullable, found no such field
        needed, page 1, record 2, field `date`: expected a value, as the column is not nullable, found null
        needed, page 1, record 2, field `date`: expected a value, as the column is not nullable, found no such field
        needed, page 1, record 2, field `time`: expected a value, as the column is not nullable, found null
        needed, page 1, record 2, field `time`: expected a value, as the column is not nullable, found no such field
        needed, page 1, record 2, field `decimal`: expected a value, as the column is not nullable, found null
        needed, page 1, record 2, field `decimal`: expected a value, as the column is not nullable, found no such field
        needed, page 1, record 2, field `wei`: expected a value, as the column is not nullable, found null
        needed, page 1, record 2, field `wei`: expected a value, as the column is not nullable, found no such field
        needed, page 1, record 2, field `json`: expected a value, as the column is not nullable, found null
        needed, page 1, record 2, field `json`: expected a value, as the column is not nullable, found no such field
        needed, page 1, record 2, field `binary`: expected a value, as the column is not nullable, found null
        needed, page 1, record 2, field `binary`: expected a value, as the column is not nullable, found no such field
    "#]].assert_eq(&said);
}

#[tokio::test]
async fn an_error_says_what_was_expected_and_found() {
    let record = json!({"id": "PM1", "amount": "12 EUR"});
    let error = fetch::<Payment>(json!({"payments": [record]}).to_string()).await.unwrap_err();
    expect![[r#"payments, page 1, record 1, field `amount`: expected a whole number of 64 bits, found "12 EUR""#]].assert_eq(&shown(&error));
}

#[tokio::test]
async fn what_is_found_is_shown_to_a_bounded_length() {
    let record = json!({"id": "PM1", "amount": "é".repeat(100_000)});
    let error = fetch::<Payment>(json!({"payments": [record]}).to_string()).await.unwrap_err();
    assert!(error.to_string().chars().count() < 500);
    expect![[r#"payments, page 1, record 1, field `amount`: expected a whole number of 64 bits, found "ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé…"#]].assert_eq(&shown(&error));
}

#[tokio::test]
async fn fields_come_in_any_order_and_the_last_of_a_name_counts() {
    let body =
        r#"{"payments":[{"x":1,"amount":5,"\u0069d":"PM1","amount":6,"x":2},{"id":"a","id":"b"}]}"#;
    let payments = fetch::<Payment>(body.to_owned()).await.unwrap();
    assert_eq!((payments[0].id.as_str(), payments[0].amount), ("PM1", Some(6)));
    assert_eq!(payments[0].extra.get("x"), Some(json!(2)));
    assert_eq!(payments[1].id, "b");
}

#[tokio::test]
async fn undeclared_fields_are_kept_as_they_were_sent() {
    let body = r#"{"payments":[{"id":"PM1","big":12345678901234567890.10,"links":{ "a" : [1, 2] },"q\"\n":"x"}]}"#;
    let payments = fetch::<Payment>(body.to_owned()).await.unwrap();
    let extra = &payments[0].extra;
    assert_eq!(extra.len(), 3);
    assert_eq!(extra.raw("big"), Some("12345678901234567890.10"));
    assert_eq!(extra.raw("links"), Some(r#"{ "a" : [1, 2] }"#));
    assert_eq!(extra.get("links"), Some(json!({"a": [1, 2]})));
    assert_eq!(extra.get("q\"\n"), Some(json!("x")));
    assert_eq!(extra.get("none"), None);
    let names: Vec<_> = extra.iter().map(|(name, _)| name.into_owned()).collect();
    assert_eq!(names, ["big", "links", "q\"\n"]);
    assert_eq!(format!("{extra:?}"), extra.as_json());
}

#[tokio::test]
async fn a_name_that_escapes_half_a_character_is_an_error_or_stays_as_it_is_written() {
    let error = fetch::<Every>(r#"[{},{"\ud800":1}]"#.to_owned()).await.unwrap_err();
    expect![[r#"every, page 1, record 2: expected names that escape whole characters only, found {"\ud800":1}"#]].assert_eq(&shown(&error));
    let members = Extra::members_of(r#"{"\ud800\"":1,"a":2}"#);
    assert_eq!(members, [(r#"\ud800\""#.into(), "1"), ("a".into(), "2")]);
}

#[tokio::test]
async fn json_is_kept_however_deep_it_is() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let records = fetch::<Every>(format!("[{{\"json\":{deep}}}]")).await.unwrap();
    assert_eq!(records[0].json.as_ref().map(|json| json.as_str().len()), Some(200_000));
    let records = fetch::<Every>(format!("[{{\"other\":{deep}}}]")).await.unwrap();
    assert_eq!(records[0].extra.raw("other").map(str::len), Some(200_000));
}
