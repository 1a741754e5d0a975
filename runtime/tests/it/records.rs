//! Records go through serde and come back the same.

use expect_test::expect;
use rest_source::Extra;
use serde_json::{Value, json};

use crate::{
    shown::shown,
    support::{Every, Needed, Payment},
};

fn every() -> Every {
    Every {
        text: Some("caf\"é".into()),
        bigint: Some(i64::MIN),
        double: Some(0.1 + 0.2),
        bool: Some(true),
        timestamp: Some("2024-01-02T03:04:05.123456789Z".parse().unwrap()),
        date: Some("2024-01-02".parse().unwrap()),
        time: Some("03:04:05.5".parse().unwrap()),
        decimal: Some("12345678901234567890.10".parse().unwrap()),
        wei: Some("-123456789012345678901234567890".parse().unwrap()),
        json: Some(json!({"a": [1, null, 2.5]}).into()),
        binary: Some(vec![0, 255, 62, 63]),
        extra: [("links", "{ \"x\": 1 }"), ("n", "1.5")].into_iter().collect(),
    }
}

#[test]
fn records_survive_json_text_and_trees() {
    for record in [every(), Every::default()] {
        let text = serde_json::to_string(&record).unwrap();
        assert_eq!(serde_json::from_str::<Every>(&text).unwrap(), record);
        let tree = serde_json::to_value(&record).unwrap();
        assert_eq!(serde_json::from_value::<Every>(tree).unwrap(), record);
        let reader = serde_json::from_reader::<_, Every>(text.as_bytes()).unwrap();
        assert_eq!(reader, record);
    }
}

#[test]
fn fields_have_the_names_and_forms_of_the_api() {
    let tree = serde_json::to_value(every()).unwrap();
    let expected = json!({
        "text": "caf\"é", "bigint": i64::MIN, "double": 0.1 + 0.2, "bool": true,
        "timestamp": "2024-01-02T03:04:05.123456789Z", "date": "2024-01-02", "time": "03:04:05.5",
        "decimal": "12345678901234567890.10", "wei": "-123456789012345678901234567890",
        "json": {"a": [1, null, 2.5]}, "binary": "AP8+Pw==", "links": {"x": 1}, "n": 1.5,
    });
    assert_eq!(tree, expected);
    assert_eq!(serde_json::to_value(Every::default()).unwrap()["wei"], Value::Null);
}

#[test]
fn a_record_is_read_within_another_type() {
    #[derive(serde::Deserialize)]
    struct Event {
        kind: String,
        #[serde(flatten)]
        payment: Payment,
    }

    let event = r#"{"kind":"created","id":"PM1","amount":"5"}"#;
    let event: Event = serde_json::from_str(event).unwrap();
    assert_eq!((event.kind.as_str(), event.payment.amount), ("created", Some(5)));
}

#[test]
fn digits_that_may_be_lost_on_the_way_are_refused() {
    let error =
        serde_json::from_str::<Every>(r#"{"decimal":12345678901234567890.12}"#).unwrap_err();
    expect!["field `decimal`: expected a number whose digits survive this format; write it as text, found 1.2345678901234567e+19"].assert_eq(&shown(&error));
    let record: Every =
        serde_json::from_str(r#"{"decimal":1.25,"double":0.30000000000000004}"#).unwrap();
    assert_eq!(record.decimal.unwrap().to_string(), "1.25");
    assert_eq!(record.double, Some(0.1 + 0.2));
}

#[test]
fn a_value_that_does_not_fit_is_an_error_that_names_its_field() {
    let error = serde_json::from_str::<Every>(r#"{"bigint":"x"}"#).unwrap_err().to_string();
    expect![[r#"field `bigint`: expected a whole number of 64 bits, found "x""#]]
        .assert_eq(&shown(&error));
    let error = serde_json::from_str::<Needed>("{}").unwrap_err().to_string();
    expect!["field `text`: expected a value, as the column is not nullable, found no such field"]
        .assert_eq(&shown(&error));
    assert!(serde_json::from_str::<Every>("[]").is_err());
}

#[test]
fn extra_is_equal_when_its_json_is() {
    let extra =
        |members: &[(&'static str, &'static str)]| members.iter().copied().collect::<Extra>();
    assert_eq!(extra(&[("a", "[1, 2]"), ("b", "1")]), extra(&[("b", "1"), ("a", "[1,2]")]));
    assert_ne!(extra(&[("a", "1")]), extra(&[("a", "2")]));
    assert_eq!(extra(&[]), Extra::default());
    assert_eq!(extra(&[("a", "no json")]).get("a"), Some(json!("no json")));
    let one = extra(&[("a", "[1, 2]"), ("b", "null")]);
    let text = serde_json::to_string(&one).unwrap();
    assert_eq!(text, r#"{"a":[1,2],"b":null}"#);
    assert_eq!(serde_json::from_str::<Extra>(&text).unwrap(), one);
}
