//! Records that cannot be decoded, set aside instead of failing the fetch.

use expect_test::expect;
use futures_util::TryStreamExt as _;
use rest_source::{
    __private::SourcePages,
    AnyResource, Fetch, Page, Rejected, Start,
    plan::{
        DataType, Edge, Endpoint, Included, Incremental, LastValue, Link, OnMissing, Paginator,
        Parent, ResourcePlan,
    },
};
use serde_json::{Value, json};

use crate::{
    children::{path, resource},
    shown::shown,
    support::{
        Contracted, Payment, SOURCE, Server, TOKEN, builder, client, has, items, json_path,
        plan_of, record,
    },
};

/// Two pages of payments, of which the first has bad ones between good ones.
async fn server() -> Server {
    Server::answering(|seen| match seen.param("after") {
        None => {
            r#"{"payments": [
                {"id": "PM1", "amount": 1},
                {"id": "PM2", "amount": "a lot", "note": "ü"},
                7,
                {"id": "PM4", "amount": 4},
                {"amount": 5}
            ], "meta": {"cursors": {"after": "PM5"}}}"#
        }
        Some(_) => {
            r#"{"payments": [{"id": "PM6", "amount": 6}], "meta": {"cursors": {"after": null}}}"#
        }
    })
    .await
}

fn rejected() -> [Rejected; 3] {
    let rejected = |number, record: &str, field: Option<&str>, reason: &str| {
        let rejected = Rejected::new(record, number, reason);
        match field {
            Some(field) => rejected.in_field(field),
            None => rejected,
        }
    };
    [
        rejected(
            2,
            r#"{"id":"PM2","amount":"a lot","note":"ü"}"#,
            Some("amount"),
            "expected a whole number of 64 bits, found \"a lot\"",
        ),
        rejected(3, "7", None, "expected a record, which is an object, found 7"),
        rejected(
            5,
            r#"{"amount":5}"#,
            Some("id"),
            "expected a value, as the column is not nullable, found no such field",
        ),
    ]
}

#[tokio::test]
async fn records_that_do_not_fit_are_set_aside_and_the_others_come() {
    let server = server().await;
    let fetch = Fetch::<Payment>::new(&client(&server));
    assert!(fetch.clone().all().await.unwrap_err().is_decode());

    let pages: Vec<Page<Payment>> = fetch.set_aside().pages().try_collect().await.unwrap();
    let ids = |page: &Page<Payment>| -> Vec<String> {
        page.records.iter().map(|payment| payment.id.clone()).collect()
    };
    assert_eq!(ids(&pages[0]), ["PM1", "PM4"]);
    assert_eq!(pages[0].rejected, rejected());
    assert_eq!(ids(&pages[1]), ["PM6"]);
    assert!(pages[1].rejected.is_empty());
}

#[tokio::test]
async fn a_resource_without_its_type_sets_records_aside_if_it_is_asked_to() {
    let server = server().await;
    let resource = AnyResource::of::<Payment>(&client(&server));
    let failed = resource.pages(Start::default()).try_next().await;
    assert!(failed.err().unwrap().is_decode());

    let start = Start::default().set_aside(true);
    let pages: Vec<_> = resource.pages(start).try_collect().await.unwrap();
    assert_eq!(pages.iter().map(|page| page.records.len()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(pages[0].rejected, rejected());
}

#[tokio::test]
async fn they_do_not_count_as_records() {
    let server = server().await;
    let fetch = Fetch::<Payment>::new(&client(&server)).set_aside();
    assert_eq!(fetch.clone().limit(3).all().await.unwrap().len(), 3);
    assert_eq!(fetch.limit(2).all().await.unwrap().len(), 2);
}

#[tokio::test]
async fn records_that_a_selector_finds_are_set_aside_too() {
    let server = Server::answering(
        |_| r#"[{"open": true, "id": 1}, {"id": 0}, {"open": true, "id": 1e999}]"#,
    )
    .await;
    let selector = json_path("$[?(@.open)]", vec![has("open")]);
    let endpoint = Endpoint { data_selector: Some(selector), ..items() };
    let fetch = Fetch::<Value>::of_plan(&client(&server), plan_of(endpoint)).set_aside();
    let page = fetch.pages().try_next().await.unwrap().unwrap();
    assert_eq!(page.records, [json!({"open": true, "id": 1})]);
    assert_eq!((page.rejected.len(), page.rejected[0].number), (1, 2));
    assert_eq!(page.rejected[0].record, r#"{"open":true,"id":1e999}"#);
}

#[tokio::test]
async fn a_value_of_the_incremental_cursor_that_has_no_place_sets_its_record_aside() {
    let server =
        Server::answering(|_| r#"[{"at": 3}, {"at": "soon"}, {"at": 1}, {"id": 4}, {"at": 5}]"#)
            .await;
    let incremental = Incremental {
        cursor_path: path(&["at"]),
        data_type: Some(DataType::Bigint),
        initial_value: Some("2".into()),
        end_value: None,
        last_value: LastValue::Max,
        primary_key: None,
        row_order: None,
        lag: None,
        on_missing: OnMissing::Raise,
        range_start: Edge::Closed,
        range_end: Edge::Open,
        start_param: None,
        end_param: None,
        future_tolerance: rest_source::plan::Window::DAY.into(),
        window: None,
        ..Incremental::DEFAULT
    };
    let plan = plan_of(Endpoint { incremental: Some(incremental), ..items() });
    let fetch = Fetch::<Value>::of_plan(&client(&server), plan);
    assert!(fetch.clone().all().await.unwrap_err().is_decode());

    let page = fetch.set_aside().pages().try_next().await.unwrap().unwrap();
    assert_eq!(page.records, [json!({"at": 3}), json!({"at": 5})]);
    let rejected: Vec<_> =
        page.rejected.iter().map(|rejected| (rejected.number, &*rejected.record)).collect();
    assert_eq!(rejected, [(2, r#"{"at":"soon"}"#), (4, r#"{"id":4}"#)]);
    assert!(page.rejected.iter().all(|rejected| rejected.field.as_deref() == Some("at")));
    assert!(page.checkpoint.next_run().is_some());
}

record!(Note, "notes", rest_source::plan::Endpoint::new(&[], None, Paginator::SinglePage), {
    number "number": Option<i64> => Bigint, true;
});

#[tokio::test]
async fn what_comes_from_the_parent_and_does_not_fit_sets_the_record_aside() {
    let server = Server::answering(|seen| match &*seen.path {
        "/posts" => r#"{"items": [{"id": 1, "n": 1}, {"id": 2, "n": "two"}]}"#,
        _ => r#"{"items": [{"text": "a"}]}"#,
    })
    .await;
    let posts = resource("posts", "/posts", None);
    let mut notes = resource("notes", "/posts/{}/notes", Some((&posts, &["id"])));
    let include =
        vec![Included { field: path(&["n"]), column: "number".into(), ..Included::DEFAULT }].into();
    notes.parent = Some(Parent { plan: Link::from(posts), include, ..Parent::DEFAULT });
    let columns = <Note as rest_source::Resource>::PLAN.columns.clone();
    let notes = ResourcePlan { columns, ..notes };
    let fetch = Fetch::<Note>::of_plan(&client(&server), notes);
    assert!(fetch.clone().all().await.unwrap_err().is_decode());

    let pages: Vec<Page<Note>> = fetch.set_aside().pages().try_collect().await.unwrap();
    assert_eq!(pages[0].records[0].number, Some(1));
    assert!(pages[1].records.is_empty());
    let [rejected] = &*pages[1].rejected else { panic!("{:?}", pages[1].rejected) };
    assert_eq!((rejected.number, &*rejected.record), (1, r#"{"text":"a"}"#));
    expect![[r#"expected a whole number of 64 bits, from the parent's record, found "two""#]]
        .assert_eq(&shown(&rejected.reason));
}

#[tokio::test]
async fn what_a_schema_contract_leaves_out_is_not_set_aside_but_what_it_freezes_is() {
    let server = Server::answering(
        |_| r#"[{"kind": "a", "tags": [], "price": "x"}, {"kind": "a", "tags": [], "new": 1}, 5]"#,
    )
    .await;
    let numbers = |rejected: &[Rejected]| -> Vec<u64> {
        rejected.iter().map(|rejected| rejected.number).collect()
    };
    let fetch = Fetch::<Contracted<'e', 'r'>>::new(&client(&server)).set_aside();
    let page = fetch.pages().try_next().await.unwrap().unwrap();
    assert_eq!((page.records.len(), numbers(&page.rejected)), (1, vec![3]));
    assert_eq!(page.discarded, 1);

    let fetch = Fetch::<Contracted<'f', 'r'>>::new(&client(&server)).set_aside();
    let page = fetch.pages().try_next().await.unwrap().unwrap();
    assert_eq!((page.records.len(), numbers(&page.rejected)), (0, vec![2, 3]));
    assert_eq!(page.discarded, 1);
}

#[tokio::test]
async fn a_page_that_is_not_as_the_plan_says_fails_all_the_same() {
    for body in ["<html>", r#"{"payments": "under maintenance"}"#, r#"{"error": "no"}"#] {
        let server = Server::answering(move |_| body).await;
        let fetch = Fetch::<Payment>::new(&client(&server)).set_aside();
        assert!(fetch.all().await.unwrap_err().is_decode(), "{body}");
    }
}

#[tokio::test]
async fn a_reason_shows_no_secret() {
    let body = json!({"payments": [{"id": "1", "amount": TOKEN}], "meta": {"cursors": {}}});
    let server = Server::answering(move |_| body.to_string()).await;
    let client = builder(&SOURCE).base_url(server.url()).build().unwrap();
    let pages = Fetch::<Payment>::new(&client).set_aside().pages();
    let page = pages.try_collect::<Vec<_>>().await.unwrap().remove(0);
    let reason = &page.rejected[0].reason;
    assert!(!reason.contains("canary"), "{reason}");
    expect![[r#"expected a whole number of 64 bits, found "***""#]].assert_eq(&shown(&reason));
}

#[tokio::test]
async fn resources_that_are_fetched_together_set_records_aside() {
    let server = Server::answering(|_| r#"[{"id": 1e999}, {"id": 1}]"#).await;
    let plans = [plan_of(items())];
    let pages = SourcePages::<Value>::new(&client(&server), plans, Fetch::set_aside);
    let (_, page) = pages.unwrap().next().await.unwrap();
    let page = page.unwrap();
    assert_eq!((page.records.len(), page.rejected.len()), (1, 1));
}
