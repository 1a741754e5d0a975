//! Records in records, lists and words, and what the schema contract does with what does not fit.

use expect_test::expect;
use rest_source::{AnyRecord, Fetch, FieldRef, FromRecord, Record, Resource, plan::Link};
use serde_json::{Value, json};

use crate::{
    shown::shown,
    support::{Contracted, Order, Seen, Server, Status, client},
};

type Plain = Contracted<'e', 'e'>;

/// What happens to a record between two others.
async fn outcome<T: Resource>(server: &Server, record: &Value) -> String {
    let other = json!({"kind": "open", "tags": []});
    // Serialized anew, names would come in another order, and no name twice.
    let body = format!("[{other},{},{other}]", record.as_str().unwrap());
    let client = client(server);
    let outcome = outcome_of(Fetch::<T>::new(&client).param("body", &body)).await;
    // A plan that is made at run time does the same.
    let any = Fetch::<AnyRecord>::of_plan(&client, Link::Static(T::PLAN)).param("body", &body);
    assert_eq!(outcome_of(any).await, outcome);
    outcome
}

async fn outcome_of<T: FromRecord + Record>(fetch: Fetch<T>) -> String {
    let fetched = fetch.all().await;
    match fetched.as_deref() {
        Ok([_, record, _]) => {
            let mut json = Vec::new();
            FieldRef::Record(record).write_json(&mut json).unwrap();
            without_nulls(serde_json::from_slice(&json).unwrap()).to_string()
        }
        Ok(others) => {
            assert_eq!(others.len(), 2);
            "-".to_owned()
        }
        Err(error) => {
            assert!(error.is_decode());
            assert_eq!((error.page(), error.record()), (Some(1), Some(2)));
            let (_, what) = error.to_string().split_once("`: ").map_or_else(
                || unreachable!("{error}"),
                |(place, what)| (place.to_owned(), what.to_owned()),
            );
            format!("! {}: {what}", error.field().unwrap())
        }
    }
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name, without_nulls(value)))
            .collect(),
        Value::Array(list) => list
            .into_iter()
            .map(|value| if value.is_null() { value } else { without_nulls(value) })
            .collect(),
        other => other,
    }
}

#[tokio::test]
async fn each_value_is_read_refused_or_left_out() {
    let server = Server::answering(|seen: Seen| seen.param("body").unwrap()).await;
    let mut wrong = Vec::new();
    let cases = include_str!("nested.txt").lines();
    for case in cases.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mut parts = case.splitn(3, '|').map(str::trim);
        let (contract, record, expected) =
            (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        let inner = &record[1..record.len() - 1];
        let record = Value::from(format!(r#"{{"kind":"open","tags":[],{inner}}}"#));
        let server = &server;
        let got = match contract {
            "evolve evolve" => outcome::<Plain>(server, &record).await,
            "discard_value evolve" => outcome::<Contracted<'v', 'e'>>(server, &record).await,
            "freeze evolve" => outcome::<Contracted<'f', 'e'>>(server, &record).await,
            "discard_row evolve" => outcome::<Contracted<'r', 'e'>>(server, &record).await,
            "evolve discard_value" => outcome::<Contracted<'e', 'v'>>(server, &record).await,
            "evolve freeze" => outcome::<Contracted<'e', 'f'>>(server, &record).await,
            "evolve discard_row" => outcome::<Contracted<'e', 'r'>>(server, &record).await,
            other => panic!("no such contract: {other}"),
        };
        if got != expected {
            wrong.push(format!("{case}\n    but got {got}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

const WHOLE: &str = r#"{"id":"OR1","status":"refunded","kind":"paid",
    "links":{"customer":"CU1","payout":{"id":"PO1","x":{"y":[1]}},"z":null},
    "items":[{"sku":"A","amount":5,"price":"1.10"},{"sku":"B","amount":null,"price":null}],
    "tags":["a","b"],"rows":[[1.5,null],[]],"price":"12.30","at":"2024-01-02T03:04:05","w":1}"#;

#[test]
fn nested_records_survive_json_text_and_trees() {
    let record: Plain = serde_json::from_str(WHOLE).unwrap();
    let order = &record.0;
    assert_eq!(order.status, Some(Status::Unknown("refunded".into())));
    assert_eq!(order.kind, Status::Paid);
    let links = order.links.as_ref().unwrap();
    assert_eq!(links.payout.as_ref().unwrap().extra.raw("x"), Some(r#"{"y":[1]}"#));
    assert_eq!(order.items.as_ref().unwrap()[0].price.unwrap().to_string(), "1.10");
    assert_eq!(order.rows, Some(vec![vec![Some(1.5), None], vec![]]));

    let tree = serde_json::to_value(&record).unwrap();
    assert_eq!(tree, serde_json::from_str::<Value>(WHOLE).unwrap());
    assert_eq!(serde_json::from_value::<Plain>(tree).unwrap(), record);
    let text = serde_json::to_string(&record).unwrap();
    assert_eq!(serde_json::from_str::<Plain>(&text).unwrap(), record);
}

#[tokio::test]
async fn digits_of_undeclared_fields_are_kept_in_json() {
    let json = r#"{"customer":null,"payout":null,"big":12345678901234567890.10}"#;
    let body = format!(r#"[{{"kind":"paid","tags":[],"links":{json}}}]"#);
    let server = Server::answering(move |_| body.clone()).await;
    let records = Fetch::<Plain>::new(&client(&server)).all().await.unwrap();
    let index = records[0].columns().iter().position(|column| column.name == "links").unwrap();
    let mut written = Vec::new();
    Record::field(&records[0], index).write_json(&mut written).unwrap();
    assert_eq!(String::from_utf8(written).unwrap(), json);
}

#[test]
fn digits_that_may_be_lost_on_the_way_are_refused_within_records_too() {
    let item = |price: &str| format!(r#"{{"items":[{{"sku":"A","price":{price}}}]}}"#);
    let read = |text: String| serde_json::from_str::<Plain>(&text).map_err(|e| e.to_string());
    let error = read(item("12345678901234567890.12")).unwrap_err();
    expect!["field `items[0].price`: expected a number whose digits survive this format; write it as text, found 1.2345678901234567e+19"].assert_eq(&shown(&error));
    let error = read(item("1.5")).unwrap_err();
    expect!["field `kind`: expected a value, as the column is not nullable, found no such field"]
        .assert_eq(&shown(&error));
}

#[test]
fn a_record_alone_cannot_be_left_out() {
    let text = r#"{"kind":"paid","tags":[],"x":1}"#;
    let error = serde_json::from_str::<Contracted<'r', 'e'>>(text).unwrap_err().to_string();
    expect!["field `x`: expected only fields that are declared, as `schema_contract` says of columns, found 1"].assert_eq(&shown(&error));
}

#[test]
fn fields_are_compared_and_shown_by_what_is_in_them() {
    let read = |text: &str| serde_json::from_str::<Plain>(text).unwrap();
    let (one, other) = (read(WHOLE), read(&WHOLE.replace("PO1", "PO2")));
    for index in 0..one.columns().len() {
        let is_links = one.columns()[index].name == "links";
        let same = Record::field(&one, index) == Record::field(&other, index);
        assert_eq!(same, !is_links, "{:?}", one.columns()[index].name);
    }
    assert_eq!(FieldRef::Record(&one), FieldRef::Record(&one.clone()));
    let debug = format!("{:?}", FieldRef::Record(&one));
    assert!(debug.contains(r#""sku": Text("B")"#), "{debug}");
    assert_ne!(FieldRef::Record(&one), FieldRef::Record(&Order::default()));
}
