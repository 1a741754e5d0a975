//! Records of a parent, or values of a list, that share requests.

use std::sync::{Arc, Mutex};

use expect_test::expect;
use fastrand::Rng;
use futures_util::{StreamExt as _, TryStreamExt as _};
use rest_source::{
    AnyRecord, AnyResource, Checkpoint, Client, Fetch, FieldRef, Page, Start,
    plan::{
        Batch, Batched, Body, Column, DataType, Each, End, JsonTemplate, PageNumber, Paginator,
        Param, Part, Place, ResourcePlan, Template,
    },
};
use serde_json::{Value, json};

use crate::{
    children::{path, records, resource, resume_everywhere},
    incremental::incremental,
    shown::shown,
    support::{Log, SOURCE, Seen, Server, builder},
};

fn client(server: &Server) -> Client {
    builder(&SOURCE).base_url(server.url()).build().unwrap()
}

fn batch(size: u64, separator: &'static str) -> Batch {
    Batch { size, separator: separator.into(), ..Batch::DEFAULT }
}

fn users() -> ResourcePlan {
    let mut users = resource("users", "/users", None);
    users.endpoint.paginator = Paginator::PageNumber(PageNumber {
        place: Place::Param("page".into()),
        base_page: 0.into(),
        page: 0.into(),
        end: End { stop_after_empty_page: Some(true), ..End::NONE },
        ..PageNumber::DEFAULT
    });
    users
}

fn id() -> Template {
    Template(vec![Part::Parent(path(&["id"]))].into())
}

/// `/statuses?ids=1,2,3` of so many users.
fn statuses(size: u64) -> ResourcePlan {
    let mut plan = resource("statuses", "/statuses", Some((&users(), &[])));
    let ids = Param { name: "ids".into(), value: id(), ..Param::DEFAULT };
    plan.endpoint.params = vec![ids].into();
    let field = path(&["id"]);
    let batched = Batched { field, batch: batch(size, ","), ..Batched::DEFAULT };
    plan.parent.as_mut().unwrap().batches = vec![batched].into();
    plan.columns = vec![Column::new("id", DataType::Text)].into();
    plan
}

/// Users in pages of two, and as many statuses of each as its number says, modulo 3, two on a page.
fn api(users: &Arc<Mutex<Vec<Value>>>) -> impl Fn(Seen) -> String + Clone + Send + Sync + 'static {
    let users = Arc::clone(users);
    move |seen| {
        if seen.path == "/users" {
            let page = seen.param("page").unwrap().parse::<usize>().unwrap();
            let users = users.lock().unwrap();
            let items: Vec<&Value> = users.iter().skip(page * 2).take(2).collect();
            return json!({ "items": items }).to_string();
        }
        let ids = seen.param("ids").unwrap();
        let of = |id: &str| -> Vec<Value> {
            let number = id.parse::<u64>().unwrap() % 3;
            (0..number).map(|n| json!({"id": format!("{id}.{n}")})).collect()
        };
        let all: Vec<Value> = ids.split(',').flat_map(of).collect();
        let start = seen.param("after").map_or(0, |after| after.parse().unwrap());
        let end = all.len().min(start + 2);
        let next = (end < all.len()).then(|| end.to_string());
        json!({"items": all[start..end], "next": next}).to_string()
    }
}

fn numbers(numbers: impl IntoIterator<Item = u64>) -> Arc<Mutex<Vec<Value>>> {
    Arc::new(Mutex::new(numbers.into_iter().map(|id| json!({"id": id})).collect()))
}

fn expected(users: impl IntoIterator<Item = u64>) -> Vec<String> {
    let of = |id: u64| (0..id % 3).map(move |n| format!("{id}.{n}"));
    users.into_iter().flat_map(of).collect()
}

fn ids(records: &[Value]) -> Vec<String> {
    records.iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect()
}

/// The values that the requests have had, first pages only.
fn asked(server: &Server, since: usize) -> Vec<String> {
    let seen = server.seen();
    let first = seen[since..].iter().filter(|seen| seen.param("after").is_none());
    first.filter_map(|seen| seen.param("ids")).collect()
}

async fn all(server: &Server, plan: ResourcePlan) -> Vec<String> {
    ids(&Fetch::<Value>::of_plan(&client(server), plan).all().await.unwrap())
}

#[tokio::test]
async fn records_of_several_pages_share_requests_and_the_last_one_has_fewer() {
    let users = numbers(1..=7);
    let server = Server::answering(api(&users)).await;
    assert_eq!(all(&server, statuses(3)).await, expected(1..=7));
    let mut requests = asked(&server, 0);
    requests.sort();
    assert_eq!(requests, ["1,2,3", "4,5,6", "7"]);
    // One each, and all at once.
    for (size, requests) in [(1, 7), (7, 1), (100, 1)] {
        let before = server.seen().len();
        assert_eq!(all(&server, statuses(size)).await, expected(1..=7));
        assert_eq!(asked(&server, before).len(), requests, "{size}");
    }
    users.lock().unwrap().clear();
    let before = server.seen().len();
    assert_eq!(all(&server, statuses(3)).await, [""; 0]);
    assert_eq!(asked(&server, before), [""; 0], "no user, no request");
}

#[tokio::test]
async fn values_that_are_null_are_left_out_and_those_that_come_twice_are_sent_once() {
    let values = [json!(1), json!(null), json!(2), json!(1), json!(""), json!(4), json!(5)];
    let users = values.map(|id| json!({ "id": id })).to_vec();
    let server = Server::answering(api(&Arc::new(Mutex::new(users)))).await;
    let log = Log::of_all();
    assert_eq!(all(&server, statuses(2)).await, expected([1, 2, 4, 5]));
    let mut requests = asked(&server, 0);
    requests.sort();
    assert_eq!(requests, ["1,2", "4,5"]);
    assert_eq!(log.text().matches("the field is null or empty").count(), 2);
}

#[tokio::test]
async fn an_error_ends_the_resource_at_its_request_and_the_fetch_resumes_there() {
    let users = numbers(1..=7);
    let fails = Arc::new(Mutex::new(true));
    let (answers, is_failing) = (api(&users), Arc::clone(&fails));
    let server = Server::start(move |seen: Seen| {
        let fails = *is_failing.lock().unwrap() && seen.param("ids").as_deref() == Some("4,5,6");
        let status = if fails { 400 } else { 200 };
        let body = if fails { "{}".to_owned() } else { answers(seen) };
        async move { (axum::http::StatusCode::from_u16(status).unwrap(), body) }
    })
    .await;
    let fetch = Fetch::<Value>::of_plan(&client(&server), statuses(3));
    let mut pages = fetch.clone().pages();
    let (mut records, mut last) = (Vec::new(), None);
    let error = loop {
        match pages.next().await.unwrap() {
            Ok(Page { records: more, checkpoint, .. }) => {
                records.extend(ids(&more));
                last = Some(checkpoint);
            }
            Err(error) => break error,
        }
    };
    assert!(error.to_string().contains("400"), "{error}");
    assert_eq!(records, expected(1..=3));
    *fails.lock().unwrap() = false;
    let before = server.seen().len();
    let rest = fetch.resume(last.unwrap()).all().await.unwrap();
    assert_eq!(ids(&rest), expected(4..=7));
    assert_eq!(asked(&server, before), ["4,5,6", "7"]);
}

#[tokio::test]
async fn resuming_after_any_page_gives_exactly_the_rest() {
    let server = Server::answering(api(&numbers(1..=11))).await;
    for size in [1, 2, 3, 5, 11, 20] {
        let fetch = Fetch::<Value>::of_plan(&client(&server), statuses(size));
        let pages: Vec<Page<Value>> = fetch.clone().pages().try_collect().await.unwrap();
        let of = |pages: &[Page<Value>]| -> Vec<String> {
            pages.iter().flat_map(|page| ids(&page.records)).collect()
        };
        assert_eq!(of(&pages), expected(1..=11));
        for (index, page) in pages.iter().enumerate() {
            let kept = serde_json::to_string(&page.checkpoint).unwrap();
            let checkpoint: Checkpoint = serde_json::from_str(&kept).unwrap();
            let rest = fetch.clone().resume(checkpoint).pages();
            let rest: Vec<Page<Value>> = rest.try_collect().await.unwrap();
            assert_eq!(of(&rest), of(&pages[index + 1..]), "{size}, after {kept}");
            let before = &pages[index.saturating_sub(1)].checkpoint;
            let beyond = page.checkpoint.since(before).unwrap();
            assert_eq!(beyond.joined(before.clone()), page.checkpoint);
        }
    }
}

/// Users that come and go while the fetch is interrupted again and again, by a load that must not double.
#[tokio::test]
async fn interrupted_fetches_of_parents_that_change_lose_and_double_nothing() {
    let mut random = Rng::with_seed(7);
    for round in 0..20 {
        let count = random.u64(1..30);
        let users = numbers(1..=count);
        let server = Server::answering(api(&users)).await;
        let mut next = 100;
        let mut wanted: Vec<u64> = (1..=count).collect();
        let (mut records, mut checkpoint) = (Vec::new(), None);
        loop {
            let size = random.u64(1..9);
            let fetch = Fetch::<AnyRecord>::of_plan(&client(&server), statuses(size));
            let start = Start::default().resume(checkpoint.clone()).appends(true);
            let pages = AnyResource::of_fetch(fetch).pages(start);
            let taken = random.usize(1..9);
            let pages: Vec<_> = pages.take(taken).try_collect().await.unwrap();
            for page in &pages {
                let of_page = (0..page.records.len()).map(|at| page.records.get(at));
                records.extend(of_page.map(|record| match record.field(0) {
                    FieldRef::Text(id) => id.to_string(),
                    other => panic!("{other:?}"),
                }));
            }
            let is_through = pages.len() < taken;
            checkpoint = pages.last().map(|page| page.checkpoint.clone()).or(checkpoint);
            if is_through {
                break;
            }
            if random.u8(..4) == 0 {
                // One in front of all others, which moves them.
                users.lock().unwrap().insert(0, json!({ "id": next }));
                wanted.push(next);
                next += 1;
            }
        }
        // Those that come in front of pages that are done with are for the next run.
        let mut expected = expected(wanted.iter().copied().filter(|id| *id < 100));
        let mut of_first: Vec<String> = records.clone();
        of_first.retain(|id| id.split('.').next().unwrap().parse::<u64>().unwrap() < 100);
        expected.sort();
        of_first.sort();
        assert_eq!(of_first, expected, "round {round}");
        let mut unique = records.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), records.len(), "round {round}: {records:?}");
    }
}

#[tokio::test]
async fn a_request_that_cannot_be_made_again_is_an_error_of_an_append_and_made_anew_by_others() {
    let users = numbers([2, 5, 8, 11]);
    let server = Server::answering(api(&users)).await;
    let fetch = Fetch::<Value>::of_plan(&client(&server), statuses(3));
    // In the middle of the first request.
    let pages: Vec<Page<Value>> = fetch.clone().pages().take(1).try_collect().await.unwrap();
    let checkpoint = pages[0].checkpoint.clone();
    users.lock().unwrap().remove(1);
    let log = Log::of_all();
    let rest = fetch.resume(checkpoint.clone()).all().await.unwrap();
    assert_eq!(ids(&rest), expected([2, 8, 11]));
    assert!(log.text().contains("not all have come again"), "{}", log.text());
    let fetch = Fetch::<AnyRecord>::of_plan(&client(&server), statuses(3));
    let start = Start::default().resume(Some(checkpoint)).appends(true);
    let error = AnyResource::of_fetch(fetch).pages(start).try_next().await.map(|_| ()).unwrap_err();
    assert!(error.would_repeat());
    expect!["statuses, page 3: of the records of the parent `users` that shared the request under way when the fetch stopped, not all have come again, so that records which have come may come a second time"].assert_eq(&shown(&error));
}

/// What the request for three users is, by its places.
#[tokio::test]
async fn values_are_joined_in_texts_and_a_list_in_json() {
    let answers = api(&numbers(1..=3));
    let server = Server::answering(move |seen: Seen| match &*seen.path {
        "/users" => answers(seen),
        _ => json!({"items": []}).to_string(),
    })
    .await;
    let mut plan = statuses(10);
    plan.endpoint.path =
        Template(vec![Part::Text("of/".into()), Part::Parent(path(&["id"]))].into());
    plan.endpoint.headers = vec![("X-Ids".into(), id())].into();
    let text =
        vec![Part::Text("id in (".into()), Part::Parent(path(&["id"])), Part::Text(")".into())];
    let object = vec![
        ("ids".into(), JsonTemplate::Text(id())),
        ("where".into(), JsonTemplate::Text(Template(text.into()))),
    ];
    plan.endpoint.body = Some(Body::Json(JsonTemplate::Object(object.into())));
    all(&server, plan.clone()).await;
    plan.endpoint.body = Some(Body::Form(vec![("ids".into(), id())].into()));
    plan.parent.as_mut().unwrap().batches.to_mut()[0].batch = batch(10, "/");
    all(&server, plan).await;
    let requests = server.seen().into_iter().filter(|seen| seen.path != "/users");
    let shown: Vec<String> = requests
        .map(|seen| {
            let (ids, header) = (seen.param("ids").unwrap(), seen.header("X-Ids"));
            format!("{} ids={ids} X-Ids: {header} {}", seen.path, seen.body)
        })
        .collect();
    expect![[r#"
        /of/1,2,3 ids=1,2,3 X-Ids: 1,2,3 {"ids":[1,2,3],"where":"id in (1,2,3)"}
        /of/1%2F2%2F3 ids=1/2/3 X-Ids: 1/2/3 ids=1%2F2%2F3"#]]
    .assert_eq(&shown.join("\n"));
}

#[tokio::test]
async fn a_value_with_the_separator_in_it_is_an_error() {
    let users = [json!({"id": "a"}), json!({"id": "b,c"})].to_vec();
    let server = Server::answering(api(&Arc::new(Mutex::new(users)))).await;
    let fetch = Fetch::<Value>::of_plan(&client(&server), statuses(10));
    let error = fetch.all().await.unwrap_err();
    expect!["statuses: `b,c` of `{resources.users.id}` contains the separator `,`, so that the server would take it for several values; choose another `separator`, or send the values as a list of a JSON body"].assert_eq(&shown(&error));
}

/// Fields without a batch have one value in each request.
#[tokio::test]
async fn records_share_a_request_only_if_it_is_the_same_otherwise() {
    let user = |id: u64, org: &str| json!({"id": id, "org": org});
    let users = vec![user(1, "a"), user(2, "a"), user(4, "b"), user(5, "a")];
    let answers = api(&Arc::new(Mutex::new(users)));
    let server = Server::answering(answers).await;
    let mut plan = statuses(10);
    plan.endpoint.headers =
        vec![("X-Org".into(), Template(vec![Part::Parent(path(&["org"]))].into()))].into();
    assert_eq!(all(&server, plan).await, expected([1, 2, 4, 5]));
    let mut requests: Vec<String> = server
        .seen()
        .into_iter()
        .filter_map(|seen| {
            let ids = seen.param("ids").filter(|_| seen.param("after").is_none())?;
            Some(format!("{} {ids}", seen.header("X-Org")))
        })
        .collect();
    requests.sort();
    assert_eq!(requests, ["a 1,2", "a 5", "b 4"]);
}

fn each(name: &'static str, values: &[&'static str], batch: Option<Batch>) -> Each {
    let values: Vec<_> = values.iter().map(|text| JsonTemplate::Text((*text).into())).collect();
    Each { name: name.into(), values: values.into(), batch, ..Each::DEFAULT }
}

#[tokio::test]
async fn values_of_a_list_share_requests_with_each_value_of_another_one() {
    let server = Server::answering(api(&numbers([]))).await;
    let mut plan = resource("statuses", "/statuses", None);
    let part = |name: &'static str| Template(vec![Part::Each(name.into())].into());
    let param =
        |name: &'static str| Param { name: name.into(), value: part(name), ..Param::DEFAULT };
    plan.endpoint.params = vec![param("ids"), param("kind")].into();
    let ids = each("ids", &["1", "2", "4", "2", "5"], Some(batch(3, ",")));
    plan.for_each = vec![ids, each("kind", &["a", "b"], None)].into();
    let fetch = Fetch::<Value>::of_plan(&client(&server), plan);
    let pages: Vec<Page<Value>> = fetch.clone().pages().try_collect().await.unwrap();
    let requests: Vec<String> = server
        .seen()
        .into_iter()
        .filter_map(|seen| {
            let ids = seen.param("ids").filter(|_| seen.param("after").is_none())?;
            Some(format!("{} {ids}", seen.param("kind").unwrap()))
        })
        .collect();
    let mut sorted = requests.clone();
    sorted.sort();
    assert_eq!(sorted, ["a 1,2,4", "a 5", "b 1,2,4", "b 5"]);
    let of = |pages: &[Page<Value>]| -> Vec<String> {
        pages.iter().flat_map(|page| self::ids(&page.records)).collect()
    };
    assert_eq!(
        of(&pages),
        [expected([1, 2, 4]), expected([1, 2, 4]), expected([5]), expected([5])].concat()
    );
    for (index, page) in pages.iter().enumerate() {
        let rest = fetch.clone().resume(page.checkpoint.clone()).pages();
        let rest: Vec<Page<Value>> = rest.try_collect().await.unwrap();
        assert_eq!(of(&rest), of(&pages[index + 1..]), "{:?}", page.checkpoint);
    }
}

/// Each user has the state that its last request left, and those whose states differ share none.
#[tokio::test]
async fn each_record_has_a_state_of_its_range() {
    let users = numbers([1, 2, 3]);
    let listed = Arc::clone(&users);
    let server = Server::answering(move |seen: Seen| {
        if seen.path == "/users" {
            let page = seen.param("page").unwrap();
            let users = listed.lock().unwrap();
            let items = if page == "0" { users.clone() } else { Vec::new() };
            return json!({ "items": items }).to_string();
        }
        let since: u64 = seen.param("since").map_or(0, |since| since.parse().unwrap());
        let ids = seen.param("ids").unwrap();
        let of = |id: &str| -> Vec<Value> {
            let at: u64 = id.parse().unwrap();
            let old = [json!({"id": format!("{id}.old"), "at": at})];
            old.into_iter().filter(|one| one["at"].as_u64().unwrap() >= since).collect()
        };
        let items: Vec<Value> = ids.split(',').flat_map(of).collect();
        json!({ "items": items }).to_string()
    })
    .await;
    let mut plan = statuses(2);
    plan.endpoint.incremental = Some(incremental());
    let fetch = Fetch::<Value>::of_plan(&client(&server), plan);
    let pages: Vec<Page<Value>> = fetch.clone().pages().try_collect().await.unwrap();
    let next = pages.last().unwrap().checkpoint.next_run().unwrap();
    users.lock().unwrap().push(json!({"id": 4}));
    let before = server.seen().len();
    let new = fetch.resume(next).all().await.unwrap();
    assert_eq!(ids(&new), ["4.old"]);
    let mut requests: Vec<String> = server.seen()[before..]
        .iter()
        .filter_map(|seen| Some(format!("{} {:?}", seen.param("ids")?, seen.param("since"))))
        .collect();
    requests.sort();
    assert_eq!(requests, [r#"1,2 Some("2")"#, r#"3 Some("3")"#, "4 None"]);
}

/// A parent, a child that shares requests and one that does not, together and resumed.
#[tokio::test]
async fn resources_of_a_tree_resume_wherever_they_stopped() {
    let server = Server::answering({
        let answers = api(&numbers(1..=9));
        move |mut seen: Seen| {
            if let Some(id) = seen.path.strip_prefix("/users/").map(str::to_owned) {
                seen.query.push(("ids".to_owned(), id));
            }
            answers(seen)
        }
    })
    .await;
    let alone = resource("alone", "/users/{}", Some((&users(), &["id"])));
    let all = resume_everywhere(&client(&server), &[users(), statuses(4), alone]).await;
    assert_eq!(ids(&records(&all, "statuses")), expected(1..=9));
}
