//! Fetches that are cut into slices, which together give what the whole fetch does.

use std::collections::BTreeSet;

use expect_test::expect;
use futures_util::TryStreamExt as _;
use rest_source::{
    AnyPage, AnyResource, Checkpoint, Error, Fetch, FromRecord, Record, Slice, Source as _, Start,
    rest_source,
};
use serde_json::{Value, json};

use crate::support::{Seen, Server, TOKEN};

#[rest_source("tests/it/slices.yaml", allow(auto_paginator))]
mod api {}

const EVERY: [&str; 13] = [
    "orders",
    "stock",
    "prices",
    "names",
    "events",
    "changes",
    "by_offset",
    "by_page",
    "by_page_of_records",
    "detected",
    "without_total",
    "readings",
    "shops",
];

fn number(seen: &Seen, name: &str) -> Option<usize> {
    seen.param(name).map(|value| value.parse().unwrap())
}

/// A list in pages of two, continued by `after`.
fn paged(items: &[Value], seen: &Seen) -> Value {
    let start = number(seen, "after").unwrap_or(0);
    let end = items.len().min(start + 2);
    let next = (end < items.len()).then(|| end.to_string());
    json!({"items": items[start..end], "next": next})
}

fn ids(prefix: &str, count: usize) -> Vec<Value> {
    (1..=count).map(|n| json!({"id": format!("{prefix}{n}")})).collect()
}

/// What the server has: seven shops, and of everything else something.
fn answer(seen: &Seen) -> Value {
    let param = |name| seen.param(name).unwrap_or_default();
    let path: Vec<&str> = seen.path.trim_matches('/').split('/').collect();
    match *path {
        ["shops"] => {
            // One comes twice, as where records move between two requests.
            let shops = [1, 2, 3, 2, 4, 5, 6, 7];
            let shops = shops.map(|n| json!({"id": format!("S{n}"), "name": format!("shop {n}")}));
            paged(&shops, seen)
        }
        ["shops", shop, "orders"] => {
            let count = shop[1..].parse::<usize>().unwrap() % 4;
            paged(&ids(&format!("{shop}-"), count), seen)
        }
        ["shops", shop, "readings"] => {
            let since = number(seen, "since").unwrap_or(0);
            let readings = (since.max(1)..=4).map(|n| json!({"id": format!("{shop}:{n}"), "n": n}));
            paged(&readings.collect::<Vec<_>>(), seen)
        }
        ["shops", shop, "prices"] => {
            let of = format!("{shop}/{}/{}/", param("currency"), param("region"));
            paged(&ids(&of, 1), seen)
        }
        ["stock"] => paged(&ids(&format!("{}/{}/", param("region"), param("kind")), 3), seen),
        ["currencies"] => paged(&ids("C", 3), seen),
        ["names"] => {
            let names = param("ids");
            let names = names.split(',').map(|id| json!({"id": format!("name of {id}")}));
            json!({"items": names.collect::<Vec<_>>(), "next": null})
        }
        ["events"] => {
            let (since, until) = (param("since"), param("until"));
            let days = (1..=12).map(|day| format!("2024-01-{day:02}"));
            let days = days.filter(|day| *day >= since && (until.is_empty() || *day < until));
            let of_day =
                |day: String| (1..=3).map(move |n| json!({"id": format!("{day}/{n}"), "at": day}));
            paged(&days.flat_map(of_day).collect::<Vec<_>>(), seen)
        }
        ["by_offset"] => {
            let from = number(seen, "offset").unwrap_or(0);
            let items = ids("R", 20);
            let page = &items[from.min(20)..(from + number(seen, "limit").unwrap_or(3)).min(20)];
            json!({"items": page, "total": 20, "offset": from, "limit": 3})
        }
        ["by_page"] => {
            let page = number(seen, "page").unwrap_or(1) - 1;
            let items = ids("R", 20);
            let page = &items[(page * 3).min(20)..(page * 3 + 3).min(20)];
            json!({"items": page, "total_pages": 7, "total": 20})
        }
        _ => unreachable!("{}", seen.path),
    }
}

async fn server() -> Server {
    Server::answering(|seen| axum::Json(answer(&seen))).await
}

fn resource(server: &Server, name: &str) -> AnyResource {
    let client = api::Client::builder().base_url(server.url()).token(TOKEN).build().unwrap();
    let mut resources = client.resources().into_iter();
    resources.find(|resource| resource.plan().name == name).unwrap()
}

async fn pages(resource: &AnyResource, start: Start) -> Result<Vec<AnyPage>, Error> {
    resource.pages(start).try_collect().await
}

/// The first column of each record, and what it has of its parents and lists.
fn records(pages: &[AnyPage]) -> Vec<String> {
    let of_page = |page: &AnyPage| -> Vec<String> {
        let records = (0..page.records.len()).map(|index| page.records.get(index));
        records.map(shown).collect()
    };
    pages.iter().flat_map(of_page).collect()
}

fn shown(record: &dyn Record) -> String {
    let fields = (0..record.columns().len()).map(|index| format!("{:?}", record.field(index)));
    fields.collect::<Vec<_>>().join(" ")
}

/// Each slice as another process has it: from its JSON, with a client of its own.
async fn each(server: &Server, name: &str, slices: &[Slice]) -> Vec<Vec<AnyPage>> {
    let mut fetched = Vec::new();
    for slice in slices {
        let sent = serde_json::to_string(slice).unwrap();
        assert!(!sent.contains("canary"), "{sent}");
        let slice: Slice = serde_json::from_str(&sent).unwrap();
        let resource = resource(server, name).slice(&slice).unwrap();
        fetched.push(pages(&resource, Start::default()).await.unwrap());
    }
    fetched
}

#[tokio::test]
async fn slices_together_are_the_whole_fetch_whatever_it_is_cut_by() {
    let server = server().await;
    for name in EVERY {
        let whole = records(&pages(&resource(&server, name), Start::default()).await.unwrap());
        assert!(!whole.is_empty(), "{name}");
        // All but the shop that comes twice are different, so that one that is lost or doubled shows.
        let different: BTreeSet<_> = whole.iter().collect();
        assert_eq!(different.len(), whole.len() - usize::from(name == "shops"), "{name}");
        for most in [1, 2, 5, 20] {
            let slices = resource(&server, name).slices(Start::default(), most).await.unwrap();
            assert!(slices.len() <= most && !slices.is_empty(), "{name} {most}");
            let fetched = each(&server, name, &slices).await;
            let together: Vec<_> = fetched.iter().flat_map(|pages| records(pages)).collect();
            assert_eq!(together, whole, "{name} in {most}");
            let is_cut = slices.len() > 1;
            assert_eq!(slices.iter().all(|slice| slice.uncut().is_none()), is_cut, "{name}");
            for pages in fetched {
                assert!(pages.last().unwrap().checkpoint.is_end(), "{name} in {most}");
            }
        }
    }
}

#[tokio::test]
async fn what_can_be_cut_is_and_what_cannot_says_why() {
    let server = server().await;
    let mut texts = Vec::new();
    // How many windows there are until now is another number each day.
    for name in EVERY.into_iter().filter(|name| *name != "changes") {
        let slices = resource(&server, name).slices(Start::default(), 3).await.unwrap();
        for slice in slices {
            texts.push(slice.to_string());
        }
    }
    let limited = api::Client::builder().base_url(server.url()).token(TOKEN).build().unwrap();
    let slices = limited.orders().limit(2).slices(3).await.unwrap();
    texts.push(slices[0].to_string());
    expect![[r#"
        slice 1 of 3 of orders: 2 records of its parent
        slice 2 of 3 of orders: 2 records of its parent
        slice 3 of 3 of orders: 3 records of its parent
        slice 1 of 3 of stock: values 1 to 2
        slice 2 of 3 of stock: values 3 to 4
        slice 3 of 3 of stock: values 5 to 6
        slice 1 of 3 of prices: 21 combinations with 3 records of its parent
        slice 2 of 3 of prices: 21 combinations with 3 records of its parent
        slice 3 of 3 of prices: 21 combinations with 3 records of its parent
        slice 1 of 3 of names: 3 records of its parent
        slice 2 of 3 of names: 3 records of its parent
        slice 3 of 3 of names: 1 records of its parent
        slice 1 of 3 of events: windows 1 to 3 of 10
        slice 2 of 3 of events: windows 4 to 6 of 10
        slice 3 of 3 of events: windows 7 to 10 of 10
        slice 1 of 3 of by_offset: pages before 6
        slice 2 of 3 of by_offset: pages before 12
        slice 3 of 3 of by_offset: the last pages
        slice 1 of 3 of by_page: pages before 3
        slice 2 of 3 of by_page: pages before 5
        slice 3 of 3 of by_page: the last pages
        slice 1 of 3 of by_page_of_records: pages before 3
        slice 2 of 3 of by_page_of_records: pages before 5
        slice 3 of 3 of by_page_of_records: the last pages
        slice 1 of 3 of detected: pages before 6
        slice 2 of 3 of detected: pages before 12
        slice 3 of 3 of detected: the last pages
        slice 1 of 1 of without_total: all of it, as nothing says how many pages it has; `total_path` or `total_header` of its paginator does
        slice 1 of 3 of readings: 2 records of its parent
        slice 2 of 3 of readings: 2 records of its parent
        slice 3 of 3 of readings: 3 records of its parent
        slice 1 of 1 of shops: all of it, as where a page begins is known from the page before it; `offset` and `page_number` count
        slice 1 of 1 of orders: all of it, as it has a limit, and which records are within that is known in their order"#]].assert_eq(&texts.join("\n"));
}

/// Nothing but the origins of the slices is requested by those who fetch them.
#[tokio::test]
async fn parents_are_fetched_by_who_cuts_and_by_nobody_else() {
    let server = server().await;
    let slices = resource(&server, "prices").slices(Start::default(), 4).await.unwrap();
    let asked = |path: &str| server.seen().iter().filter(|seen| seen.path == path).count();
    assert_eq!((asked("/shops"), asked("/currencies")), (4, 2));
    each(&server, "prices", &slices).await;
    assert_eq!((asked("/shops"), asked("/currencies")), (4, 2));
    // Seven shops, three currencies and three regions, each once.
    let prices = server.seen().iter().filter(|seen| seen.path.ends_with("/prices")).count();
    assert_eq!(prices, 7 * 3 * 3);
}

/// The values of parents that share a request do so in slices, too.
#[tokio::test]
async fn batches_are_not_cut() {
    let server = server().await;
    let name = "names";
    pages(&resource(&server, name), Start::default()).await.unwrap();
    let whole: Vec<_> = server.params("ids").into_iter().flatten().collect();
    let slices = resource(&server, name).slices(Start::default(), 2).await.unwrap();
    each(&server, name, &slices).await;
    let asked: Vec<_> = server.params("ids").into_iter().flatten().collect();
    assert_eq!(whole, ["S1,S2,S3", "S4,S5,S6", "S7"]);
    assert_eq!(asked, [&whole[..], &whole].concat());
}

/// After each of its pages, in a process of its own.
#[tokio::test]
async fn a_slice_resumes_behind_any_of_its_pages() {
    let server = server().await;
    for name in EVERY {
        let slices = resource(&server, name).slices(Start::default(), 3).await.unwrap();
        for slice in slices {
            let resource = resource(&server, name).slice(&slice).unwrap();
            let whole = pages(&resource, Start::default()).await.unwrap();
            for (done, page) in whole.iter().enumerate() {
                let rest = slice.clone().resume(page.checkpoint.clone());
                let rest = serde_json::from_str(&serde_json::to_string(&rest).unwrap()).unwrap();
                let rest = self::resource(&server, name).slice(&rest).unwrap();
                let rest = pages(&rest, Start::default()).await.unwrap();
                assert_eq!(records(&rest), records(&whole[done + 1..]), "{name} after {done}");
            }
        }
    }
}

/// Of ranges for each record of a parent, and of one range in windows.
#[tokio::test]
async fn the_next_run_begins_behind_what_all_slices_have_seen() {
    let server = server().await;
    for (name, most) in [("readings", 3), ("changes", 4), ("changes", 1), ("stock", 2)] {
        let resource = resource(&server, name);
        let whole = pages(&resource, Start::default()).await.unwrap();
        let next = whole.last().unwrap().checkpoint.next_run();

        let slices = resource.slices(Start::default(), most).await.unwrap();
        let ended = each(&server, name, &slices).await;
        let ends = ended.iter().map(|pages| pages.last().unwrap().checkpoint.clone());
        let ended: Vec<_> = slices.iter().cloned().zip(ends).collect();
        let joined = resource.joined(Start::default(), ended.clone()).unwrap().next_run();
        assert_eq!(joined, next, "{name}");
        if name == "stock" {
            continue;
        }
        // A run behind it finds nothing new, whole or cut.
        let start = Start::default().resume(joined);
        let slices = resource.slices(start.clone(), most).await.unwrap();
        let again = each(&server, name, &slices).await;
        assert!(again.iter().all(|pages| records(pages).is_empty()), "{name}");
        let ends = again.iter().map(|pages| pages.last().unwrap().checkpoint.clone());
        let again = resource.joined(start, slices.into_iter().zip(ends)).unwrap();
        assert_eq!(again.next_run(), next, "{name}");
    }
}

#[tokio::test]
async fn a_run_of_slices_has_ended_when_all_of_them_have() {
    let server = server().await;
    let resource = resource(&server, "orders");
    let slices = resource.slices(Start::default(), 3).await.unwrap();
    let ended = each(&server, "orders", &slices).await;
    let ends = ended.iter().map(|pages| pages.last().unwrap().checkpoint.clone());
    let mut ended: Vec<(Slice, Checkpoint)> = slices.into_iter().zip(ends).collect();
    let last = ended.pop().unwrap();
    let error = resource.joined(Start::default(), ended.clone()).unwrap_err();
    expect!["orders: slice 3 of 3 is missing"].assert_eq(&error.to_string());
    ended.push((last.0.clone(), last.0.checkpoint().clone()));
    let error = resource.joined(Start::default(), ended).unwrap_err();
    expect!["orders: the checkpoint of slice 3 is not that of its last page"]
        .assert_eq(&error.to_string());
}

#[tokio::test]
async fn a_slice_of_another_fetch_is_refused_before_anything_is_requested() {
    let server = server().await;
    let slices = resource(&server, "stock").slices(Start::default(), 2).await.unwrap();
    let client = |url: String| api::Client::builder().base_url(url).token(TOKEN);
    let elsewhere = client("http://127.0.0.1:9".to_owned()).build().unwrap();
    let others = client(server.url()).regions(["eu"]).build().unwrap();
    let same = client(server.url()).build().unwrap();
    let before = server.seen().len();
    let mut texts = Vec::new();
    for fetch in [elsewhere.stock(), others.stock(), same.stock().param("q", "x")] {
        let error = fetch.slice(&slices[0]).all().await.unwrap_err();
        texts.push(error.to_string());
    }
    let error = same.orders().slice(&slices[0]).all().await.unwrap_err();
    texts.push(error.to_string());
    let error = same.stock().slice(&slices[0]).slices(2).await.unwrap_err();
    texts.push(error.to_string());
    assert_eq!(server.seen().len(), before);
    expect![[r#"
        stock: the slice is a part of a fetch with another base URL; fetch it with what that was cut with, or cut this fetch again
        stock: the slice is a part of a fetch with other settings; fetch it with what that was cut with, or cut this fetch again
        stock: the slice is a part of a fetch with other parameters, arguments or limits; fetch it with what that was cut with, or cut this fetch again
        orders: the slice is of `stock`, and this resource is another
        stock: a slice cannot be cut again"#]].assert_eq(&texts.join("\n"));
    // With another secret it is the same fetch: secrets are rotated.
    let rotated = client(server.url()).token("another").build().unwrap();
    assert!(!rotated.stock().slice(&slices[0]).all().await.unwrap().is_empty());
}

/// A server that gives pages of other lengths than the first: nothing comes twice.
#[tokio::test]
async fn a_page_that_leads_into_the_next_slice_is_cut() {
    let server = Server::answering(|seen: Seen| {
        let from = number(&seen, "offset").unwrap_or(0);
        let count = if from == 0 { 3 } else { 4 };
        let items = ids("R", 20);
        axum::Json(json!({"items": items[from..(from + count).min(20)], "total": 20}))
    })
    .await;
    let whole = records(&pages(&resource(&server, "by_offset"), Start::default()).await.unwrap());
    for most in 2..8 {
        let resource = resource(&server, "by_offset");
        let slices = resource.slices(Start::default(), most).await.unwrap();
        assert_eq!(slices.len(), most.min(7));
        let fetched = each(&server, "by_offset", &slices).await;
        let together: Vec<_> = fetched.iter().flat_map(|pages| records(pages)).collect();
        assert_eq!(together, whole, "in {most}");
    }
}

/// A record of the parent with a secret in it, as of servers that repeat what they are sent.
#[tokio::test]
async fn what_would_hold_a_secret_is_not_cut() {
    let server = Server::answering(|seen: Seen| {
        axum::Json(match &*seen.path {
            "/shops" => json!({"items": [{"id": TOKEN, "name": "n"}, {"id": "2", "name": "n"}], "next": null}),
            _ => json!({"items": ids(&seen.path, 1), "next": null}),
        })
    })
    .await;
    let slices = resource(&server, "orders").slices(Start::default(), 2).await.unwrap();
    expect!["what tells its requests apart holds a secret, or a number that JSON does not keep"]
        .assert_eq(slices[0].uncut().unwrap());
    assert_eq!(records(&each(&server, "orders", &slices).await[0]).len(), 2);
}

/// Of what is typed, too.
#[tokio::test]
async fn records_of_a_slice_are_typed() -> Result<(), Error> {
    async fn ids<T: FromRecord>(fetch: Fetch<T>, id: fn(&T) -> &str) -> Result<Vec<String>, Error> {
        let all = fetch.all().await?;
        Ok(all.iter().map(|record| id(record).to_owned()).collect())
    }
    let server = server().await;
    let client = api::Client::builder().base_url(server.url()).token(TOKEN).build()?;
    let slices = client.by_page().slices(3).await?;
    let mut together = Vec::new();
    for slice in &slices {
        together.extend(ids(client.by_page().slice(slice), |record| &record.id).await?);
    }
    assert_eq!(together, ids(client.by_page(), |record| &record.id).await?);
    Ok(())
}
