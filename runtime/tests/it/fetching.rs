//! Pages and records arrive, and the server sees what it shall see.

use expect_test::expect;
use futures_util::TryStreamExt as _;
use rest_source::{AnyResource, Fetch, Page, Start};
use serde_json::json;

use crate::{
    shown::shown,
    support::{Balance, Payment, Payout, Server, TOKEN, client, pages_of, payments},
};

async fn paginated(count: usize, size: usize) -> Server {
    let payments = payments(count);
    Server::answering(move |seen| pages_of(&payments, size, &seen)).await
}

fn ids(payments: &[Payment]) -> Vec<&str> {
    payments.iter().map(|payment| payment.id.as_str()).collect()
}

#[tokio::test]
async fn all_records_come_in_order() {
    let server = paginated(7, 3).await;
    let payments = Fetch::<Payment>::new(&client(&server)).all().await.unwrap();
    assert_eq!(ids(&payments), ["PM1", "PM2", "PM3", "PM4", "PM5", "PM6", "PM7"]);
    assert_eq!(payments[6].amount, Some(7));
    assert_eq!(server.params("after"), [None, Some("PM3".into()), Some("PM6".into())]);
}

#[tokio::test]
async fn each_page_has_its_number_records_and_transfer() {
    let server = paginated(5, 2).await;
    let pages = Fetch::<Payment>::new(&client(&server)).pages();
    let pages: Vec<Page<Payment>> = pages.try_collect().await.unwrap();
    let lengths: Vec<_> = pages.iter().map(|page| (page.number, page.records.len())).collect();
    assert_eq!(lengths, [(1, 2), (2, 2), (3, 1)]);
    assert!(pages.iter().all(|page| page.transfer.bytes > 50 && page.transfer.retries == 0));
    assert_eq!(
        pages.iter().map(|page| page.checkpoint.is_end()).collect::<Vec<_>>(),
        [false, false, true]
    );
}

#[tokio::test]
async fn the_server_sees_token_path_parameters_and_who_asks() {
    let server = paginated(1, 1).await;
    Fetch::<Payment>::new(&client(&server)).all().await.unwrap();
    let seen = &server.seen()[0];
    assert_eq!(seen.path, "/v1/payments");
    let query: Vec<_> = seen.query.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    assert_eq!(
        query,
        [
            ("status", "paid"),
            ("sort", "created at"),
            ("expand", "links"),
            ("expand", "fx"),
            ("limit", "500")
        ]
    );
    assert_eq!(seen.headers["authorization"], format!("Bearer {TOKEN}"));
    assert!(seen.headers["user-agent"].to_str().unwrap().starts_with("rest_source/"));
    assert!(seen.headers["accept-encoding"].to_str().unwrap().contains("gzip"));
    assert!(!seen.headers.contains_key("referer"));
}

#[tokio::test]
async fn param_and_page_size_replace_the_files() {
    let server = paginated(5, 10).await;
    let fetch = Fetch::<Payment>::new(&client(&server));
    fetch.param("status", "failed").param("status", "late").page_size(2).all().await.unwrap();
    for seen in server.seen() {
        assert_eq!(seen.query.iter().filter(|(name, _)| name == "status").count(), 1);
        assert_eq!(seen.param("status").as_deref(), Some("late"));
        assert_eq!(seen.param("limit").as_deref(), Some("2"));
    }
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn max_pages_ends_the_fetch_without_a_further_request() {
    let server = paginated(9, 2).await;
    let payments = Fetch::<Payment>::new(&client(&server)).max_pages(2).all().await.unwrap();
    assert_eq!(payments.len(), 4);
    assert_eq!(server.seen().len(), 2);
    assert!(Fetch::<Payment>::new(&client(&server)).max_pages(0).all().await.unwrap().is_empty());
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn limit_ends_the_fetch_without_a_further_request() {
    for (limit, requests) in [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2), (9, 5), (50, 5)] {
        let server = paginated(9, 2).await;
        let stream = Fetch::<Payment>::new(&client(&server)).limit(limit).stream();
        let payments: Vec<Payment> = stream.try_collect().await.unwrap();
        assert_eq!(payments.len() as u64, limit.min(9), "limit {limit}");
        tokio::task::yield_now().await;
        assert_eq!(server.seen().len(), requests, "limit {limit}");
    }
}

#[tokio::test]
async fn pages_give_the_page_that_reaches_the_limit_whole() {
    let server = paginated(9, 4).await;
    let pages = Fetch::<Payment>::new(&client(&server)).limit(5).pages();
    let pages: Vec<Page<Payment>> = pages.try_collect().await.unwrap();
    assert_eq!(pages.iter().map(|page| page.records.len()).collect::<Vec<_>>(), [4, 4]);
}

#[tokio::test]
async fn a_parameter_with_several_values_is_sent_once_for_each() {
    let server = paginated(2, 4).await;
    let client = client(&server);
    let sent = |number: usize| -> Vec<String> {
        let query = server.seen()[number].query.clone();
        query.into_iter().filter(|(name, _)| name == "expand").map(|(_, value)| value).collect()
    };
    Fetch::<Payment>::new(&client).all().await.unwrap();
    assert_eq!(sent(0), ["links", "fx"]);
    Fetch::<Payment>::new(&client).param("expand", "all").all().await.unwrap();
    assert_eq!(sent(1), ["all"]);
}

#[tokio::test]
async fn single_pages_make_one_request() {
    let server = Server::answering(|seen| match seen.path.as_str() {
        "/v1/payouts" => axum::Json(json!([{"id": "PO1"}, {"id": "PO2"}])),
        _ => axum::Json(json!({"amount": 12.50, "next": "more"})),
    })
    .await;
    let client = client(&server);
    let payouts = Fetch::<Payout>::new(&client).all().await.unwrap();
    assert_eq!(payouts.len(), 2);
    let balance = Fetch::<Balance>::new(&client).one().await.unwrap().unwrap();
    assert_eq!(balance.amount.unwrap().to_string(), "12.5");
    assert_eq!(balance.extra.raw("next"), Some("\"more\""));
    assert_eq!(server.params("currency"), [None, Some("EUR".into())]);
}

#[tokio::test]
async fn one_is_none_for_a_404_and_an_error_for_several_records() {
    let server = Server::answering(|_| axum::http::StatusCode::NOT_FOUND).await;
    assert_eq!(Fetch::<Balance>::new(&client(&server)).one().await.unwrap(), None);
    assert!(Fetch::<Balance>::new(&client(&server)).all().await.unwrap_err().is_status());

    let server = paginated(2, 1).await;
    let error = Fetch::<Payment>::new(&client(&server)).one().await.unwrap_err();
    assert!(error.is_decode());
    expect!["payments: expected a single record, found several"].assert_eq(&shown(&error));
}

#[tokio::test]
async fn a_resource_without_its_type_gives_the_same_pages() {
    let server = paginated(3, 2).await;
    let resource = AnyResource::of::<Payment>(&client(&server));
    let pages: Vec<_> = resource.pages(Start::default()).try_collect().await.unwrap();
    assert_eq!(pages.iter().map(|page| page.records.len()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(pages[1].records.get(0).field(0), rest_source::FieldRef::Text("PM3"));

    let resume = Some(pages[0].checkpoint.clone());
    let rest: Vec<_> = resource.pages(Start::default().resume(resume)).try_collect().await.unwrap();
    assert_eq!(rest.len(), 1);
    assert_eq!((rest[0].number, rest[0].records.len()), (2, 1));
}

#[tokio::test]
async fn a_page_size_without_a_parameter_for_it_is_an_error() {
    let server = paginated(1, 1).await;
    let error = Fetch::<Balance>::new(&client(&server)).page_size(5).all().await.unwrap_err();
    assert!(error.is_config(), "{error}");
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn compressed_bodies_are_unpacked() {
    /// `[{"id":"PO1"}]` as gzip.
    const BODY: [u8; 34] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 139, 174, 86, 202, 76, 81, 178, 82, 10, 240, 55, 84, 170,
        141, 5, 0, 178, 46, 58, 41, 14, 0, 0, 0,
    ];
    let server = Server::answering(|_| ([("content-encoding", "gzip")], BODY.to_vec())).await;
    let payouts = Fetch::<Payout>::new(&client(&server)).all().await.unwrap();
    assert_eq!(payouts[0].id.as_deref(), Some("PO1"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fetches_share_a_client_across_threads() {
    let server = paginated(20, 3).await;
    let client = client(&server);
    let fetches = (0..8).map(|_| {
        let fetch = Fetch::<Payment>::new(&client);
        tokio::spawn(async move { fetch.all().await })
    });
    for payments in futures_util::future::join_all(fetches).await {
        assert_eq!(payments.unwrap().unwrap().len(), 20);
    }
}

#[test]
fn without_tokio_a_fetch_is_an_error() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let server = runtime.block_on(paginated(1, 1));
    let mut stream = Fetch::<Payment>::new(&client(&server)).stream();
    let error = futures_util::FutureExt::now_or_never(stream.try_next()).unwrap().unwrap_err();
    assert!(error.is_config(), "{error}");
}

#[tokio::test]
async fn pages_and_fetches_share_a_connection() {
    let server = paginated(9, 2).await;
    let client = client(&server);
    for _ in 0..2 {
        Fetch::<Payment>::new(&client).all().await.unwrap();
    }
    assert_eq!((server.seen().len(), server.connections()), (10, 1));
}
