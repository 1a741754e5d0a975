//! Generated code, used as its users use it.

use expect_test::expect;
use rest_source_tests::{odd, payments_api};

#[test]
fn records_are_plain_values() {
    let text =
        r#"{"id":"PM1","created_at":"2024-01-02T03:04:05Z","amount":"1000","status":"paid"}"#;
    let payment: payments_api::Payment = serde_json::from_str(text).unwrap();
    assert_eq!(payment.id.as_deref(), Some("PM1"));
    assert_eq!(payment.amount, Some(1000));
    assert_eq!(payment.currency, None);
    assert_eq!(payment.extra.get("status"), Some("paid".into()));

    let again = serde_json::to_string(&payment).unwrap();
    assert_eq!(serde_json::from_str::<payments_api::Payment>(&again).unwrap(), payment);
    assert_ne!(payment, payments_api::Payment::default());
    assert_eq!(payment.clone(), payment);
}

#[test]
fn a_missing_secret_is_asked_for_by_the_name_of_its_setter() {
    let builder = || odd::Client::builder().r#type("there");
    expect!["the secret `accessToken` is missing or empty: call `.access_token(…)` on the builder, or `.from_env()` with ODD__ACCESS_TOKEN or ACCESS_TOKEN set"].assert_eq(&builder().build().unwrap_err().to_string());
    assert!(builder().access_token("there").build().is_ok());
}

#[test]
fn odd_names_keep_their_names_in_json() {
    let text = r#"{"type":"t","self":1,"7shifts":0.5,"créé":"2024-01-02T03:04:05Z","User-ID":"1.10",
        "extra":{"a":1},"@odata.etag":"AQID"}"#;
    let record: odd::Type = serde_json::from_str(text).unwrap();
    assert_eq!(record.r#type.as_deref(), Some("t"));
    assert_eq!((record.self_, record._7shifts), (Some(1), 0.5));
    assert_eq!(record.user_id.unwrap().to_string(), "1.10");
    assert_eq!(record.odata_etag.as_deref(), Some(&[1, 2, 3][..]));
    assert!(record.extra.is_empty());
    let json: serde_json::Value = serde_json::to_value(&record).unwrap();
    assert_eq!(json["créé"], "2024-01-02T03:04:05Z");
    assert_eq!(json["extra"]["a"], 1);
    assert_eq!(odd::KEPT, "kept");
}
