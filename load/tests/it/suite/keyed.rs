//! What identifies records, however little of it is declared.

use rest_source::{
    Json,
    plan::{
        Column,
        DataType::{Bigint, Bool, Text},
        WriteDisposition::{Append, Merge},
    },
};

use super::Place;
use crate::{
    shown::shown,
    support::{Cell, Resource, row},
};

fn inferred(disposition: rest_source::plan::WriteDisposition) -> Resource {
    let mut items = Resource::new("items", disposition).column("id", Text).primary_key(&["id"]);
    items.plan.columns.to_mut()[0] =
        Column::new("id", rest_source::plan::DataType::Json).inferred();
    items
}

fn key(json: &str) -> Vec<Cell> {
    row![Some(json.parse::<Json>().unwrap())]
}

pub(super) async fn a_key_that_is_not_declared_has_the_type_of_its_values<P: Place>() {
    let mut said = String::new();
    for disposition in [Append, Merge] {
        let place = P::new().await;
        let numbers = inferred(disposition).page([key("8"), key("101")]);
        place.load(&numbers).await.unwrap();
        let plain = Resource::new("plain", Append)
            .page_with_extra([(Vec::new(), [("item_id", "8")].into_iter().collect())]);
        place.load(&plain).await.unwrap();
        let (own, other) =
            (place.type_of("items", "id").await, place.type_of("plain", "item_id").await);
        assert_eq!(own, other, "{disposition:?}");
        for unfit in ["null", "{\"a\": 1}", "[1]"] {
            let error = place.load(&inferred(disposition).page([key(unfit)])).await.unwrap_err();
            assert!(error.failures()[0].error.is_record(), "{unfit}: {error}");
            said.extend([&shown(&error), "\n"]);
        }
    }
    P::says("a_key_that_is_not_declared", &said);
    let place = P::new().await;
    place.load(&inferred(Merge).page([key("\"a\""), key("\"b\"")])).await.unwrap();
    place.load(&inferred(Merge).page([key("\"a\"")])).await.unwrap();
    assert_eq!(place.rows("items", &["id"]).await, ["a", "b"]);
}

pub(super) async fn a_key_may_be_within_another_field<P: Place>() {
    let place = P::new().await;
    let of = |record: &str| {
        let people = Resource::new("people", Merge).primary_key(&["attributes__id"]);
        people.page_with_extra([(Vec::new(), [("attributes", record)].into_iter().collect())])
    };
    for record in [r#"{"id": 1, "name": "a"}"#, r#"{"id": 2, "name": "b"}"#, r#"{"id": 1}"#] {
        place.load(&of(record)).await.unwrap();
    }
    assert_eq!(place.rows("people", &["attributes__id"]).await, ["1", "2"]);
    let error = place.load(&of("{}")).await.unwrap_err();
    P::says("a_key_within_another_field", &shown(&error));
}

pub(super) async fn a_deletion_needs_its_key_only<P: Place>() {
    let place = P::new().await;
    let of = |rows: Vec<Vec<Cell>>| {
        let mut items = Resource::new("items", Merge)
            .column("id", Bigint)
            .column("name", Text)
            .column("deleted", Bool)
            .primary_key(&["id"]);
        let columns = items.plan.columns.to_mut();
        columns[1].nullable = false;
        columns[2].hard_delete = true;
        items.page(rows)
    };
    let alive = None::<bool>;
    place.load(&of(vec![row![1, "a", alive], row![2, "b", alive]])).await.unwrap();
    place.load(&of(vec![row![1, None::<String>, Some(true)]])).await.unwrap();
    assert_eq!(place.rows("items", &["id"]).await, ["2"]);
    for unfit in [row![3, None::<String>, Some(false)], row![None::<i64>, "c", Some(true)]] {
        let error = place.load(&of(vec![unfit])).await.unwrap_err();
        assert!(error.failures()[0].error.is_record(), "{error}");
    }
}
