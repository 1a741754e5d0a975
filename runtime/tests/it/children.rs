//! Resources that are fetched for each record of another.

use std::{
    borrow::Cow,
    fmt::Write as _,
    sync::{Arc, Mutex, atomic::Ordering},
};

use expect_test::expect;
use futures_util::{StreamExt as _, TryStreamExt as _};
use rest_source::{
    __private::SourcePages,
    AnyRecord, AnyResource, Checkpoint, Client, Error, Fetch, FieldRef, Page, Record as _, Start,
    plan::{
        Choice, Column, Cursor, DataType, End, Endpoint, Included, JsonPath, Link, PageNumber,
        Paginator, Parent, Part, Place, ResourcePlan, Segment, Selector, Step, Template,
    },
};
use serde_json::{Value, json, value::RawValue};

use crate::{
    shown::shown,
    support::{Log, SOURCE, Seen, Server, builder, json_path},
};

pub(crate) fn path(keys: &[&'static str]) -> Selector {
    Selector::Keys(keys.iter().map(|key| Cow::Borrowed(*key)).collect::<Vec<_>>().into())
}

/// A resource at this path, where `{}` is this field of the parent's record.
pub(crate) fn resource(
    name: &'static str,
    address: &'static str,
    parent: Option<(&ResourcePlan, &[&'static str])>,
) -> ResourcePlan {
    let mut parts = Vec::new();
    for (index, text) in address.split("{}").enumerate() {
        if index > 0 {
            parts.push(Part::Parent(path(parent.unwrap().1)));
        }
        parts.push(Part::Text(text.into()));
    }
    let paginator = Paginator::Cursor(Cursor {
        cursor_path: path(&["next"]),
        place: Place::Param("after".into()),
        initial_cursor: None,
        page_size: None,
        ..Cursor::DEFAULT
    });
    let endpoint = Endpoint {
        path: Template(parts.into()),
        ..Endpoint::new(&[], Some(path(&["items"])), paginator)
    };
    let parent = parent.map(|(plan, _)| Parent {
        plan: Link::from(plan.clone()),
        include: Cow::Borrowed(&[]),
        ..Parent::DEFAULT
    });
    ResourcePlan { parent, ..ResourcePlan::new(name, endpoint, &[]) }
}

fn posts() -> ResourcePlan {
    resource("posts", "/posts", None)
}

fn comments() -> ResourcePlan {
    resource("comments", "/posts/{}/comments", Some((&posts(), &["id"])))
}

/// A list in pages of two, continued by `after`.
fn paged(items: &[Value], seen: &Seen) -> String {
    let start = seen.param("after").map_or(0, |after| after.parse().unwrap());
    let end = items.len().min(start + 2);
    let next = (end < items.len()).then(|| end.to_string());
    json!({"items": items[start..end], "next": next}).to_string()
}

/// Posts 1, 2, 3 …, of which each has as many comments as its number says, modulo 4.
pub(crate) fn forum(posts: u64) -> impl Fn(Seen) -> String + Clone + Send + Sync + 'static {
    move |seen| {
        let segments: Vec<&str> = seen.path.split('/').skip(1).collect();
        let items: Vec<Value> = match segments[..] {
            ["posts"] => {
                (1..=posts).map(|id| json!({"id": id, "title": format!("T{id}")})).collect()
            }
            ["posts", post, "comments"] => {
                let post: u64 = post.parse().unwrap();
                (0..post % 4).map(|number| json!({"id": format!("{post}.{number}")})).collect()
            }
            ["comments", comment, "likes"] => vec![json!({"of": comment})],
            _ => unreachable!("{}", seen.path),
        };
        paged(&items, &seen)
    }
}

pub(crate) fn expected(posts: u64) -> Vec<String> {
    (1..=posts)
        .flat_map(|post| (0..post % 4).map(move |number| format!("{post}.{number}")))
        .collect()
}

fn ids(records: &[Value]) -> Vec<String> {
    records.iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect()
}

fn client(server: &Server) -> Client {
    builder(&SOURCE).base_url(server.url()).build().unwrap()
}

/// The error of a fetch of the comments, where the last of 40 posts has these in its place.
async fn with_last(last: &'static str) -> Option<String> {
    let server = Server::answering(move |seen| match &*seen.path {
        "/posts" => {
            let posts: Vec<_> = (1..=40).map(|id| json!({"id": id})).collect();
            json!({"items": posts, "next": null}).to_string()
        }
        "/posts/40/comments" => last.to_owned(),
        _ => r#"{"items":[{"id":1},{"id":2}],"next":null,"total":2,"is_last":true}"#.to_owned(),
    })
    .await;
    let resource = AnyResource::of_fetch(Fetch::<AnyRecord>::of_plan(&client(&server), comments()));
    let pages = resource.pages(Start::default().strict(true));
    pages.try_collect::<Vec<_>>().await.err().map(|error| shown(&error))
}

#[tokio::test]
async fn what_the_page_of_one_child_shows_is_seen_behind_many_that_show_nothing() {
    let agrees = r#"{"items":[{"id":1},{"id":2}],"next":null,"total":2,"is_last":true}"#;
    assert_eq!(with_last(agrees).await, None);
    let mut texts = String::new();
    for last in [
        // As much is beside the records, of which there are fewer.
        r#"{"items":[{"id":1}],"next":null,"total":2,"is_last":true}"#,
        r#"{"items":[],"next":null,"total":2,"is_last":true}"#,
        r#"{"items":[{"id":1},{"id":2}],"next":null,"total":3,"is_last":true}"#,
        r#"{"items":[{"id":1},{"id":2}],"next":null,"total":2,"is_last":false}"#,
    ] {
        texts += &with_last(last).await.unwrap_or_default();
        texts += "\n";
    }
    expect![[r#"
        comments, page 1: `total` says that there are 2 records, but 1 had come when nothing led to another page, so that some may be missing; if it counts something else, say `total_path: null` in the paginator
        comments, page 1: `total` says that there are 2 records, but 0 had come when nothing led to another page, so that some may be missing; if it counts something else, say `total_path: null` in the paginator
        comments, page 1: `total` says that there are 3 records, but 2 had come when nothing led to another page, so that some may be missing; if it counts something else, say `total_path: null` in the paginator
        comments, page 1: `is_last` is false on the last page, although nothing there leads to another one, so that records may be missing; `has_more_path` or `end_path` makes that an error, or says that the flag means something else, where it is the path of what leads on
    "#]].assert_eq(&texts);
}

#[tokio::test]
async fn children_come_in_the_order_of_their_parents() {
    let server = Server::answering(forum(11)).await;
    let fetch = Fetch::<Value>::of_plan(&client(&server), comments());
    assert_eq!(ids(&fetch.all().await.unwrap()), expected(11));
}

#[tokio::test]
async fn the_children_of_a_given_record_are_fetched_without_asking_for_the_parent() {
    let server = Server::answering(forum(3)).await;
    let client = client(&server);
    let of = |record: Value| Fetch::<Value>::of_plan(&client, comments()).of_parent(record);
    let all = ids(&Fetch::<Value>::of_plan(&client, comments()).all().await.unwrap());
    let expected: Vec<_> = all.into_iter().filter(|id| id.starts_with("2.")).collect();
    let before = server.seen().len();
    let pages: Vec<Page<Value>> = of(json!({"id": 2})).pages().try_collect().await.unwrap();
    let records: Vec<Value> = pages.iter().flat_map(|page| page.records.clone()).collect();
    assert_eq!(ids(&records), expected);
    assert!(server.seen()[before..].iter().all(|seen| seen.path == "/posts/2/comments"));
    // It goes on behind each page.
    for (index, page) in pages.iter().enumerate() {
        let rest = of(json!({"id": 2})).resume(page.checkpoint.clone()).all().await.unwrap();
        let done: usize = pages[..=index].iter().map(|page| page.records.len()).sum();
        assert_eq!(ids(&rest), expected[done..]);
    }

    let error = of(json!({"di": 2})).all().await.unwrap_err();
    expect![[r#"comments, page 1, record 1, field `id`: this record of the parent `posts` does not have the field, found {"di":2}"#]].assert_eq(&shown(&error));
    let fetch = Fetch::<Value>::of_plan(&client, posts()).of_parent(json!({}));
    let error = fetch.all().await.unwrap_err();
    assert!(error.is_config(), "{error}");
    expect!["posts: `posts` has no parent whose record could be given"].assert_eq(&shown(&error));
}

#[tokio::test]
async fn children_of_children_come_in_order() {
    let server = Server::answering(forum(11)).await;
    let likes = resource("likes", "/comments/{}/likes", Some((&comments(), &["id"])));
    let likes = Fetch::<Value>::of_plan(&client(&server), likes).all().await.unwrap();
    let of: Vec<&str> = likes.iter().map(|like| like["of"].as_str().unwrap()).collect();
    assert_eq!(of, expected(11));
}

#[tokio::test]
async fn several_parents_are_asked_for_at_the_same_time_but_no_more_than_allowed() {
    let (server, highest) = Server::counting(forum(40)).await;
    let fetch = Fetch::<Value>::of_plan(&client(&server), comments());
    assert_eq!(ids(&fetch.all().await.unwrap()), expected(40));
    assert_eq!(highest.load(Ordering::SeqCst), 4, "`concurrency` is 4");
}

#[tokio::test]
async fn resuming_after_any_page_of_a_child_gives_exactly_the_rest() {
    let server = Server::answering(forum(11)).await;
    let likes = resource("likes", "/comments/{}/likes", Some((&comments(), &["id"])));
    for (plan, field) in [(comments(), "id"), (likes, "of")] {
        let fetch = Fetch::<Value>::of_plan(&client(&server), plan);
        let pages: Vec<Page<Value>> = fetch.clone().pages().try_collect().await.unwrap();
        let of = |pages: &[Page<Value>]| -> Vec<String> {
            let records = pages.iter().flat_map(|page| &page.records);
            records.map(|record| record[field].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(of(&pages), expected(11));
        for (index, page) in pages.iter().enumerate() {
            assert_eq!(page.number, index as u64 + 1);
            let kept = serde_json::to_string(&page.checkpoint).unwrap();
            let checkpoint: Checkpoint = serde_json::from_str(&kept).unwrap();
            let rest = fetch.clone().resume(checkpoint).pages();
            let rest: Vec<Page<Value>> = rest.try_collect().await.unwrap();
            assert_eq!(of(&rest), of(&pages[index + 1..]), "after {kept}");
            // Written down as what it says beyond the one before.
            let before = &pages[index.saturating_sub(1)].checkpoint;
            let beyond = page.checkpoint.since(before).unwrap();
            let beyond = serde_json::to_string(&beyond).unwrap();
            let beyond: Checkpoint = serde_json::from_str(&beyond).unwrap();
            assert_eq!(beyond.joined(before.clone()), page.checkpoint);
            assert_eq!(page.checkpoint.is_end(), index + 1 == pages.len());
        }
    }
}

#[tokio::test]
async fn a_resumed_child_asks_for_its_parents_page_and_for_nothing_that_is_done() {
    let server = Server::answering(forum(4)).await;
    let fetch = Fetch::<Value>::of_plan(&client(&server), comments());
    let pages: Vec<Page<Value>> = fetch.clone().pages().try_collect().await.unwrap();
    // Posts 1 and 2 are on the first page, and post 3 has two pages of comments.
    let checkpoint = pages[2].checkpoint.clone();
    assert_eq!(ids(&pages[2].records), ["3.0", "3.1"]);
    let before = server.seen().len();
    fetch.resume(checkpoint).all().await.unwrap();
    let mut asked: Vec<String> = server.seen()[before..]
        .iter()
        .map(|seen| format!("{}?{}", seen.path, seen.param("after").unwrap_or_default()))
        .collect();
    asked.sort();
    assert_eq!(asked, ["/posts/3/comments?2", "/posts/4/comments?", "/posts?2"]);
}

#[tokio::test]
async fn records_without_the_field_have_no_children_and_the_same_record_twice_has_them_once() {
    let server = Server::answering(|seen| match &*seen.path {
        "/posts" => {
            let ids = [json!(1), json!(null), json!(2), json!(""), json!(1), json!("a b/c?")];
            let items: Vec<Value> = ids.iter().map(|id| json!({"id": id})).collect();
            json!({"items": items}).to_string()
        }
        path => json!({"items": [{"id": path}]}).to_string(),
    })
    .await;
    let log = Log::of_all();
    let plan = ResourcePlan { name: "notes".into(), ..comments() };
    let comments = Fetch::<Value>::of_plan(&client(&server), plan).all().await.unwrap();
    let expected = ["/posts/1/comments", "/posts/2/comments", "/posts/a%20b%2Fc%3F/comments"];
    assert_eq!(ids(&comments), expected);
    // Each of those that have none is told.
    expect![[r#"
        the field is null or empty: the record has no children that could be fetched child="notes" parent="posts" page=1 record=2 field="id"
        the field is null or empty: the record has no children that could be fetched child="notes" parent="posts" page=1 record=4 field="id"
    "#]].assert_eq(&log.warnings());
}

#[tokio::test]
async fn a_field_that_the_parent_does_not_have_is_an_error_that_shows_the_record() {
    let server = Server::answering(|_| json!({"items": [{"id": 1}, {"ID": 2}]}).to_string()).await;
    let error = Fetch::<Value>::of_plan(&client(&server), comments()).all().await.unwrap_err();
    assert_eq!((error.record(), error.field()), (Some(2), Some("id")));
    expect![[r#"comments, page 1, record 2, field `id`: this record of the parent `posts` does not have the field, found {"ID":2}"#]].assert_eq(&shown(&error));
}

#[tokio::test]
async fn the_children_of_the_records_before_such_a_one_still_come() {
    let server = Server::answering(|seen| match &*seen.path {
        "/posts" => json!({"items": [{"id": 1}, {"id": 2}, {"ID": 3}]}).to_string(),
        path => json!({"items": [{"id": path}]}).to_string(),
    })
    .await;
    let mut pages = Fetch::<Value>::of_plan(&client(&server), comments()).pages();
    for post in [1, 2] {
        let page = pages.try_next().await.unwrap().unwrap();
        assert_eq!(ids(&page.records), [format!("/posts/{post}/comments")]);
    }
    assert_eq!(pages.try_next().await.unwrap_err().record(), Some(3));
}

#[tokio::test]
async fn what_is_included_from_the_parent_is_in_every_record() {
    let server = Server::answering(forum(3)).await;
    let mut plan = comments();
    let included =
        Included { field: path(&["title"]), column: "_posts_title".into(), ..Included::DEFAULT };
    plan.parent.as_mut().unwrap().include = vec![included].into();
    let comments = Fetch::<Value>::of_plan(&client(&server), plan).all().await.unwrap();
    let titles: Vec<&str> =
        comments.iter().map(|comment| comment["_posts_title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["T1", "T2", "T2", "T3", "T3", "T3"]);
}

#[tokio::test]
async fn a_limit_asks_for_no_more_children_than_it_needs() {
    let server = Server::answering(forum(11)).await;
    let fetch = Fetch::<Value>::of_plan(&client(&server), comments()).limit(3);
    assert_eq!(ids(&fetch.all().await.unwrap()), ["1.0", "2.0", "2.1"]);
    let paths: Vec<String> = server.seen().into_iter().map(|seen| seen.path).collect();
    assert_eq!(paths, ["/posts", "/posts/1/comments", "/posts/2/comments"]);
}

#[tokio::test]
async fn a_parent_is_requested_once_for_itself_and_its_children() {
    let server = Server::answering(forum(5)).await;
    let likes = resource("likes", "/comments/{}/likes", Some((&comments(), &["id"])));
    let plans = [posts(), comments(), likes];
    let mut pages = SourcePages::<Value>::new(&client(&server), plans, |fetch| fetch).unwrap();
    let mut counts = std::collections::BTreeMap::new();
    while let Some((resource, page)) = pages.next().await {
        *counts.entry(resource).or_insert(0) += page.unwrap().records.len();
    }
    let expected = [("comments", 7), ("likes", 7), ("posts", 5)];
    assert_eq!(counts, expected.map(|(name, count)| (name.to_owned(), count)).into());
    let asked = |path: &str| server.seen().iter().filter(|seen| seen.path == path).count();
    assert_eq!((asked("/posts"), asked("/posts/1/comments")), (3, 1));
}

#[tokio::test]
async fn resources_that_are_fetched_together_go_on_each_where_it_stopped() {
    let server = Server::answering(forum(7)).await;
    resume_everywhere(&client(&server), &[posts(), comments()]).await;
}

/// Fetches these resources together, stopped after each number of pages and resumed, which has to give
/// the records of a whole fetch. Those are returned, with their resources.
pub(crate) async fn resume_everywhere(
    client: &Client,
    plans: &[ResourcePlan],
) -> Vec<(String, Page<Value>)> {
    type Pages = Vec<(String, Page<Value>)>;
    let collect = async |resume: &Pages, most: usize| {
        let mut pages = SourcePages::<Value>::new(client, plans.to_vec(), |fetch| {
            let name = fetch.plan().name.clone();
            match resume.iter().rev().find(|(resource, _)| *resource == name) {
                Some((_, page)) => fetch.resume(page.checkpoint.clone()),
                None => fetch,
            }
        })
        .unwrap();
        let mut got = Pages::new();
        while got.len() < most
            && let Some((resource, page)) = pages.next().await
        {
            got.push((resource, page.unwrap()));
        }
        got
    };
    let all = collect(&Pages::new(), usize::MAX).await;
    for most in 1..all.len() {
        let begun = collect(&Pages::new(), most).await;
        let rest = collect(&begun, usize::MAX).await;
        for plan in plans {
            let together = [records(&begun, &plan.name), records(&rest, &plan.name)].concat();
            assert_eq!(together, records(&all, &plan.name), "{} after {most} pages", plan.name);
        }
    }
    all
}

/// The records of one resource.
pub(crate) fn records(pages: &[(String, Page<Value>)], name: &str) -> Vec<Value> {
    let pages = pages.iter().filter(|(resource, _)| resource == name);
    pages.flat_map(|(_, page)| page.records.clone()).collect()
}

#[tokio::test]
async fn a_child_that_fails_does_not_take_the_others_with_it() {
    let answer = forum(5);
    let server = Server::answering(move |seen| {
        if seen.path == "/posts/2/comments" {
            return (axum::http::StatusCode::FORBIDDEN, String::new());
        }
        (axum::http::StatusCode::OK, answer(seen))
    })
    .await;
    let likes = resource("likes", "/comments/{}/likes", Some((&comments(), &["id"])));
    let plans = [posts(), comments(), likes];
    let mut pages = SourcePages::<Value>::new(&client(&server), plans, |fetch| fetch).unwrap();
    let (mut posts, mut failed) = (0, String::new());
    while let Some((resource, page)) = pages.next().await {
        match page {
            Ok(page) if resource == "posts" => posts += page.records.len(),
            Ok(_) => {}
            Err(error) => _ = writeln!(failed, "{resource}: {}", shown(&error)),
        }
    }
    assert_eq!(posts, 5);
    expect![[r#"
        comments: comments, page 1: GET URL/posts/2/comments answered 403 Forbidden (1 try in … s)
          help: the secret `access_token` is from `.access_token(…)` of the builder
        likes: likes: the parent `comments` could not be fetched: GET URL/posts/2/comments answered 403 Forbidden (1 try in … s)
          help: the secret `access_token` is from `.access_token(…)` of the builder
    "#]].assert_eq(&failed);
}

/// As the server wrote it: with all its digits, its order and its texts, on one line.
#[tokio::test]
async fn records_of_plans_that_are_made_at_run_time_can_stay_as_they_are() {
    let server = Server::answering(|seen: Seen| match seen.path.as_str() {
        "/posts" => "{\"items\": [ {\"z\" : 1.10,\n \"id\": 18446744073709551615, \"t\": \"a \\\" b\\\\\"}]}",
        _ => "{\"items\": [{\"_posts_z\": 0, \"b\": [ 1, {} ], \"a\": \"é \\n\"}, [1, 2], {}]}",
    })
    .await;
    let (posts, mut comments) = (posts(), comments());
    let included = |name: &'static str| Included {
        field: path(&[name]),
        column: format!("_posts_{name}").into(),
        ..Included::DEFAULT
    };
    comments.parent.as_mut().unwrap().include = vec![included("z"), included("t")].into();
    let plans = [posts, comments];
    let pages =
        SourcePages::<Box<serde_json::value::RawValue>>::new(&client(&server), plans, |fetch| {
            fetch
        });
    let mut pages = pages.unwrap();
    let mut lines = Vec::new();
    while let Some((resource, page)) = pages.next().await {
        let records = page.unwrap().records;
        lines.extend(records.iter().map(|record| format!("{resource}: {record}")));
    }
    lines.sort();
    assert_eq!(
        lines,
        [
            r#"comments: {"_posts_z":1.10,"_posts_t":"a \" b\\"}"#,
            r#"comments: {"b":[1,{}],"a":"é \n","_posts_z":1.10,"_posts_t":"a \" b\\"}"#,
            r#"comments: {"list":[1,2],"_posts_z":1.10,"_posts_t":"a \" b\\"}"#,
            r#"posts: {"z":1.10,"id":18446744073709551615,"t":"a \" b\\"}"#,
        ]
    );
    let asked: Vec<String> = server.seen().into_iter().map(|seen| seen.path).collect();
    assert_eq!(asked, ["/posts", "/posts/18446744073709551615/comments"]);
}

#[tokio::test]
async fn whole_numbers_of_any_size_keep_their_digits_on_the_way_to_a_child() {
    const LARGE: &str = "123456789012345678901234567890";
    let server = Server::answering(|seen: Seen| match seen.path.as_str() {
        "/posts" => format!(r#"{{"items": [{{"id": {LARGE}}}, {{"id": {LARGE}1}}]}}"#),
        _ => r#"{"items": [{}]}"#.to_owned(),
    })
    .await;
    let mut comments = comments();
    let included = Included { field: path(&["id"]), column: "post".into(), ..Included::DEFAULT };
    comments.parent.as_mut().unwrap().include = vec![included].into();
    let fetch = Fetch::<Box<serde_json::value::RawValue>>::of_plan(&client(&server), comments);
    let comments = fetch.all().await.unwrap();
    assert_eq!(comments[0].get(), format!(r#"{{"post":{LARGE}}}"#));
    let asked: Vec<String> = server.seen().into_iter().map(|seen| seen.path).collect();
    let expected = ["", &format!("/{LARGE}/comments"), &format!("/{LARGE}1/comments")];
    assert_eq!(asked, expected.map(|rest| format!("/posts{rest}")));
}

#[tokio::test]
async fn the_argument_of_a_child_fills_its_parents_path_too() {
    let server = Server::answering(|seen| match &*seen.path {
        "/orgs/acme/posts" => json!({"items": [{"id": 1}]}).to_string(),
        path => json!({"items": [{"id": path}]}).to_string(),
    })
    .await;
    let mut posts = posts();
    let parts =
        [Part::Text("/orgs/".into()), Part::Argument("org".into()), Part::Text("/posts".into())];
    posts.endpoint.path = Template(parts.to_vec().into());
    let comments = resource("comments", "/posts/{}/comments", Some((&posts, &["id"])));
    let fetch = Fetch::<Value>::of_plan(&client(&server), comments).argument("org", "acme");
    assert_eq!(ids(&fetch.all().await.unwrap()), ["/posts/1/comments"]);
}

/// What a record has from its own parent is as much a field of it as the others are.
#[tokio::test]
async fn what_is_included_from_the_parent_can_be_handed_on() {
    let server = Server::answering(forum(3)).await;
    let mut comments = comments();
    let included =
        Included { field: path(&["id"]), column: "_posts_id".into(), ..Included::DEFAULT };
    comments.parent.as_mut().unwrap().include = vec![included].into();
    let mut likes = resource("likes", "/comments/{}/likes", Some((&comments, &["_posts_id"])));
    let included = Included {
        field: path(&["_posts_id"]),
        column: "_comments__posts_id".into(),
        ..Included::DEFAULT
    };
    likes.parent.as_mut().unwrap().include = vec![included].into();
    let likes = Fetch::<Value>::of_plan(&client(&server), likes).all().await.unwrap();
    let found = likes.iter().map(|like| (&like["of"], &like["_comments__posts_id"]));
    let found: Vec<String> = found.map(|found| format!("{found:?}")).collect();
    assert_eq!(found.len(), 3, "{found:?}");
}

/// The details at the address that a record has, and what they came from.
async fn details(
    link: impl Fn(&str) -> String,
    behind: &'static str,
    allowed: bool,
) -> Result<Vec<String>, Error> {
    let server = Server::answering(|seen: Seen| {
        let address = json!({"id": seen.path, "query": seen.query});
        json!({"items": [address]}).to_string()
    })
    .await;
    let other =
        Server::answering(|_| json!({"items": [{"id": "other", "query": []}]}).to_string()).await;
    let mut source = SOURCE.clone();
    let host = other.url().trim_start_matches("http://").to_owned();
    if allowed {
        source.allowed_hosts = vec![host.clone().into()].into();
    }
    let base_url = format!("{}/v1", server.url());
    let client = builder(&source).base_url(base_url).build().unwrap();
    let parts = [Part::Parent(path(&["link"])), Part::Text(behind.into())];
    let parts: Vec<Part> =
        parts.into_iter().filter(|part| *part != Part::Text("".into())).collect();
    let mut plan = resource("details", "/", None);
    plan.endpoint.path = Template(parts.into());
    let parent =
        Parent { plan: Link::from(posts()), include: Cow::Borrowed(&[]), ..Parent::DEFAULT };
    plan.parent = Some(parent);
    let link = link(&server.url()).replace("OTHER", &host);
    let details = Fetch::<Value>::of_plan(&client, plan).of_parent(json!({"link": link}));
    let details = details.all().await?;
    let shown = details.iter().map(|details| {
        let query = details["query"]
            .as_array()
            .unwrap()
            .iter()
            .map(|pair| format!("{}={}", pair[0].as_str().unwrap(), pair[1].as_str().unwrap()));
        let query: Vec<String> = query.collect();
        format!("{}?{}", details["id"].as_str().unwrap(), query.join("&"))
    });
    Ok(shown.collect())
}

#[tokio::test]
async fn a_link_of_the_parents_record_is_the_address_of_its_child() {
    for (link, behind, expected) in [
        ("SERVER/public/series/8", "", "/public/series/8?"),
        ("SERVER/v1/series/8?lang=a%20b&x=1", "", "/v1/series/8?lang=a b&x=1"),
        ("SERVER/v1/series/8#top", "", "/v1/series/8?"),
        ("/public/8?x=1", "", "/public/8?x=1"),
        ("SERVER/series/8/", "/comments", "/series/8/comments?"),
        ("SERVER/series/8", "?x=1", "/series/8?x=1"),
        // What is no link is a segment.
        ("8", "", "/v1/8?"),
        ("series/8?x=1", "", "/v1/series/8?x=1"),
        ("a/b", "/c", "/v1/a%2Fb/c?"),
        ("s3://a/b", "", "/v1/s3:%2F%2Fa%2Fb?"),
        ("/a", "/b", "/v1/%2Fa/b?"),
    ] {
        let found = details(|server| link.replace("SERVER", server), behind, false).await;
        assert_eq!(found.unwrap(), [expected], "{link} {behind}");
    }
    let mut said = String::new();
    for link in ["http://OTHER/8", "//OTHER/8", "HTTP://OTHER/8"] {
        let error = details(|_| link.to_owned(), "", false).await.unwrap_err();
        assert!(error.is_config(), "{error}");
        said.extend([&shown(&error), "\n"]);
        assert_eq!(details(|_| link.to_owned(), "", true).await.unwrap(), ["other?"], "{link}");
    }
    expect![[r#"
        details: the path `URL/8` leads away from URL/v1: credentials stay at URL; if 127.0.0.1:PORT may see them, too, add it to `allowed_hosts` of `client`
        details: the path `URL/8` leads away from URL/v1: credentials stay at URL; if 127.0.0.1:PORT may see them, too, add it to `allowed_hosts` of `client`
        details: the path `URL/8` leads away from URL/v1: credentials stay at URL; if 127.0.0.1:PORT may see them, too, add it to `allowed_hosts` of `client`
    "#]].assert_eq(&said);
    let mut said = String::new();
    for link in [
        "/v1/../admin",
        "a/./b",
        "../a",
        "/v1/%2e%2E/admin",
        "/v1/.%2e/a",
        "/v1\\..\\a",
        "/v1/.\t./a",
    ] {
        let error = details(|_| link.to_owned(), "", false).await.unwrap_err();
        said.extend([&shown(&error), "\n"]);
    }
    expect![[r#"
        details: the link `/v1/../admin` of the parent's record would lead to another path
        details: the link `a/./b` of the parent's record would lead to another path
        details: the link `../a` of the parent's record would lead to another path
        details: the link `/v1/%2e%2E/admin` of the parent's record would lead to another path
        details: the link `/v1/.%2e/a` of the parent's record would lead to another path
        details: the link `/v1\..\a` of the parent's record would lead to another path
        details: the link `/v1/.	./a` of the parent's record would lead to another path
    "#]]
    .assert_eq(&said);
    let error = details(|server| format!("{server}/8?x=1"), "/comments", false).await.unwrap_err();
    expect!["details: URL/8?x=1 has a query, behind which `/comments` cannot stand"]
        .assert_eq(&shown(&error));
}

#[tokio::test]
async fn plain_values_are_parents() {
    let server = Server::answering(|seen: Seen| match &*seen.path {
        "/top" => json!({"items": [3, "five", true]}).to_string(),
        path => json!({"items": [{"id": path}]}).to_string(),
    })
    .await;
    let top = resource("top", "/top", None);
    for field in [&["value"][..], &[]] {
        let plan = resource("stories", "/story/{}", Some((&top, field)));
        let stories = Fetch::<Value>::of_plan(&client(&server), plan).all().await.unwrap();
        assert_eq!(ids(&stories), ["/story/3", "/story/five", "/story/true"]);
    }
    let plan = resource("stories", "/story/{}", Some((&top, &["id"])));
    let error = Fetch::<Value>::of_plan(&client(&server), plan).all().await.unwrap_err();
    expect!["stories, page 1, record 1, field `id`: this record of the parent `top` is a plain value and has no fields; write `{resources.top.$}` for the value itself, found 3"].assert_eq(&shown(&error));
}

#[tokio::test]
async fn a_field_with_several_values_is_an_error() {
    let name = |name: &'static str| Choice::One(Step::Name(name.into()));
    let field = json_path("tags[*].id", vec![name("tags"), Choice::Wildcard, name("id")]);
    let mut plan = resource("tagged", "/", Some((&posts(), &["id"])));
    plan.endpoint.path = Template(vec![Part::Text("/tags/".into()), Part::Parent(field)].into());
    let server =
        Server::answering(|seen: Seen| json!({"items": [{"id": seen.path}]}).to_string()).await;
    let of = |tags: Value| {
        let fetch = Fetch::<Value>::of_plan(&client(&server), plan.clone());
        fetch.of_parent(json!({"tags": tags})).all()
    };
    assert_eq!(ids(&of(json!([{"id": 1}])).await.unwrap()), ["/tags/1"]);
    let error = of(json!([{"id": 1}, {"id": 2}])).await.unwrap_err();
    expect![[r#"tagged, page 1, record 1, field `tags[*].id`: this record of the parent `posts` has several values there, and a child is fetched for one; make them the records of a resource between the two, by its `data_selector`, found {"tags":[{"id":1},{"id":2}]}"#]].assert_eq(&shown(&error));
    assert_eq!(error.field(), Some("tags[*].id"));
}

/// The parent's records, and a child of each that has a `name` of its own, with a field of the parent's
/// record in a column.
async fn included(
    records: Value,
    child: &'static str,
    field: Selector,
    column: &'static str,
    columns: &'static [Column],
) -> (Result<Vec<Value>, Error>, Result<Vec<String>, Error>, Result<Vec<AnyRecord>, Error>) {
    let server = Server::answering(move |seen: Seen| match seen.path.as_str() {
        "/posts" => json!({"items": records}).to_string(),
        _ => format!(r#"{{"items": [{child}]}}"#),
    })
    .await;
    let (client, mut plan) = (client(&server), comments());
    let included = Included { field, column: column.into(), ..Included::DEFAULT };
    let parent = plan.parent.as_mut().unwrap();
    parent.include = vec![included].into();
    parent.plan = Link::from(ResourcePlan { columns: columns.into(), ..posts() });
    let tree = Fetch::<Value>::of_plan(&client, plan.clone()).all().await;
    let raw = Fetch::<Box<RawValue>>::of_plan(&client, plan.clone()).all().await;
    let raw = raw.map(|raw| raw.iter().map(|record| record.get().to_owned()).collect());
    let columns = vec![Column { inferred: true, ..Column::new(column, DataType::Json) }];
    let typed = ResourcePlan { columns: columns.into(), ..plan };
    (tree, raw, Fetch::<AnyRecord>::of_plan(&client, typed).all().await)
}

fn json_of(record: &AnyRecord) -> String {
    let mut json = Vec::new();
    record.field(0).write_json(&mut json).unwrap();
    String::from_utf8(json).unwrap()
}

/// Most records of an API may lack what some have: the owner of a project, say.
#[tokio::test]
async fn what_a_path_does_not_lead_to_is_null_in_the_childs_record() {
    let records = || {
        json!([
            {"id": 1, "project": {"owner": {"id": 5}, "tags": ["a"]}},
            {"id": 2, "project": {"owner": {}, "tags": []}},
            {"id": 3, "project": {"owner": null, "tags": null}},
            {"id": 4, "project": null},
            {"id": 5},
        ])
    };
    let place = Selector::JsonPath(JsonPath {
        text: "project.tags[0]".into(),
        segments: [Step::Name("project".into()), Step::Name("tags".into()), Step::Index(0)]
            .map(|step| Segment::Children(vec![Choice::One(step)].into()))
            .to_vec()
            .into(),
        ..JsonPath::DEFAULT
    });
    for (field, value) in [(path(&["project", "owner", "id"]), json!(5)), (place, json!("a"))] {
        let (tree, raw, typed) = included(records(), "{}", field, "from_parent", &[]).await;
        let expected = [value, json!(null), json!(null), json!(null), json!(null)];
        let tree: Vec<_> = tree.unwrap().iter().map(|one| one["from_parent"].clone()).collect();
        assert_eq!(tree, expected);
        let raw: Vec<Value> =
            raw.unwrap().iter().map(|one| serde_json::from_str(one).unwrap()).collect();
        let raw: Vec<_> = raw.iter().map(|one| one["from_parent"].clone()).collect();
        assert_eq!(raw, expected);
        let typed = typed.unwrap();
        let nulls = typed.iter().map(|one| one.field(0) == FieldRef::Null);
        assert_eq!(nulls.collect::<Vec<_>>(), [false, true, true, true, true]);
    }
}

/// What the parent declares is not misspelt, and what is not may be.
#[tokio::test]
async fn a_field_that_a_record_of_the_parent_lacks_is_null_where_it_is_declared() {
    static COLUMNS: [Column; 1] = [Column::new("title", DataType::Text)];
    let records = || json!([{"id": 1, "title": "A"}, {"id": 2}]);
    let (tree, ..) = included(records(), "{}", path(&["title"]), "title", &COLUMNS).await;
    assert_eq!(tree.unwrap(), [json!({"title": "A"}), json!({"title": null})]);
    let (tree, ..) = included(records(), "{}", path(&["title"]), "title", &[]).await;
    expect![[r#"comments, page 1, record 2, field `title`: this record of the parent `posts` does not have the field; if only some records do, declare it, `columns: {title: {}}` of `posts`, found {"id":2}"#]].assert_eq(&tree.unwrap_err().to_string());
}

/// A gap of a request that leads through `null` is as one that is `null`: there are no children.
#[tokio::test]
async fn a_path_through_null_has_no_children() {
    let server = Server::answering(|seen: Seen| match seen.path.as_str() {
        "/posts" => json!({"items": [{"owner": {"id": 1}}, {"owner": null}]}).to_string(),
        path => json!({"items": [{"id": path}]}).to_string(),
    })
    .await;
    let plan = resource("owners", "/owners/{}", Some((&posts(), &["owner", "id"])));
    let fetch = Fetch::<Value>::of_plan(&client(&server), plan);
    assert_eq!(ids(&fetch.all().await.unwrap()), ["/owners/1"]);
}

#[tokio::test]
async fn a_value_of_the_child_itself_is_not_replaced_in_silence() {
    let records = || json!([{"id": 7}]);
    let included = |child, column| included(records(), child, path(&["id"]), column, &[]);
    let (tree, raw, typed) = included(r#"{"name": "own"}"#, "name").await;
    let errors = [tree.unwrap_err(), raw.unwrap_err(), typed.unwrap_err()];
    expect![[r#"
        comments, page 1, record 1, field `name`: the record has this field itself, and `include_from_parent` would replace it by 7; choose another name there, as in `{posts_name: …}`, found "own"
        comments, page 1, record 1, field `name`: the record has this field itself, and `include_from_parent` would replace it by 7; choose another name there, as in `{posts_name: …}`, found "own"
        comments, page 1, field `name`: the record has this field itself, and `include_from_parent` would replace it by 7; choose another name there, as in `{posts_name: …}`, found "own""#]].assert_eq(&errors.map(|error| error.to_string()).join("\n"));
    // Nothing is lost of these.
    for child in [r#"{"name": 7}"#, r#"{"name": "7"}"#, r#"{"name": null}"#, "{}"] {
        let (tree, raw, typed) = included(child, "name").await;
        assert_eq!(tree.unwrap(), [json!({"name": 7})], "{child}");
        assert_eq!(raw.unwrap(), [r#"{"name":7}"#], "{child}");
        assert_eq!(json_of(&typed.unwrap()[0]), "7", "{child}");
    }
    // A name that is made of the parent's is the parent's, as in dlt.
    let (tree, raw, typed) = included(r#"{"_posts_id": "own"}"#, "_posts_id").await;
    assert_eq!(tree.unwrap(), [json!({"_posts_id": 7})]);
    assert_eq!(raw.unwrap(), [r#"{"_posts_id":7}"#]);
    assert_eq!(json_of(&typed.unwrap()[0]), "7");
}

/// Posts by page number, two on each, with a comment in two pages for each.
fn moving(posts: &Arc<Mutex<Vec<u64>>>) -> impl Fn(Seen) -> String + Clone + Send + Sync + 'static {
    let posts = Arc::clone(posts);
    move |seen| {
        let number = |name| seen.param(name).map_or(0, |number| number.parse::<usize>().unwrap());
        if seen.path == "/posts" {
            let posts = posts.lock().unwrap();
            let page = posts.iter().skip(number("page") * 2).take(2);
            let items: Vec<Value> = page.map(|id| json!({"id": id})).collect();
            return json!({ "items": items }).to_string();
        }
        let post = seen.path.split('/').nth(2).unwrap();
        paged(&["a", "b", "c"].map(|part| json!({"id": format!("{post}{part}")})), &seen)
    }
}

fn comments_of_moving() -> ResourcePlan {
    let mut posts = posts();
    posts.endpoint.paginator = Paginator::PageNumber(PageNumber {
        base_page: 0.into(),
        page: 0.into(),
        place: Place::Param("page".into()),
        total_path: None,
        maximum_page: None,
        end: End { stop_after_empty_page: Some(true), ..End::NONE },
        ..PageNumber::DEFAULT
    });
    resource("comments", "/posts/{}/comments", Some((&posts, &["id"])))
}

#[tokio::test]
async fn a_resumed_child_leaves_out_the_records_that_it_is_done_with_wherever_they_stand() {
    // What the posts become while the fetch is stopped, and those of which comments come then, behind
    // so many pages.
    let (all, of) = ([1, 2, 3, 4, 5], |posts: &[u64]| posts.to_vec());
    let changes: [(usize, Vec<u64>, Vec<u64>); 10] = [
        // Behind the first post, on the first page.
        (2, of(&[9, 1, 2, 3, 4, 5]), of(&[9, 2, 3, 4, 5])),
        (2, of(&[9, 8, 1, 2, 3, 4, 5]), of(&[9, 8, 2, 3, 4, 5])),
        (2, of(&[2, 1, 3, 4, 5]), of(&[2, 3, 4, 5])),
        (2, of(&[2, 3, 4, 5]), of(&[2, 3, 4, 5])),
        // Behind the first page.
        (4, of(&[9, 1, 2, 3, 4, 5]), of(&[3, 4, 5])),
        (4, of(&[9, 8, 1, 2, 3, 4, 5]), of(&[3, 4, 5])),
        // Behind the third post, on the second page.
        (6, of(&[9, 1, 2, 3, 4, 5]), of(&[4, 5])),
        (6, of(&[9, 8, 1, 2, 3, 4, 5]), of(&[4, 5])),
        (6, of(&[1, 2, 3, 7, 4, 5]), of(&[7, 4, 5])),
        // In the middle of the third post.
        (5, of(&[9, 1, 2, 3, 4, 5]), of(&[3, 4, 5])),
    ];
    for (done, then, expected) in changes {
        let posts = Arc::new(Mutex::new(all.to_vec()));
        let server = Server::answering(moving(&posts)).await;
        let fetch = Fetch::<Value>::of_plan(&client(&server), comments_of_moving());
        let pages: Vec<Page<Value>> = fetch.clone().pages().take(done).try_collect().await.unwrap();
        let kept = serde_json::to_string(&pages[done - 1].checkpoint).unwrap();
        posts.lock().unwrap().clone_from(&then);
        let rest = fetch.resume(serde_json::from_str(&kept).unwrap()).all().await.unwrap();
        let mut expected: Vec<String> = expected
            .iter()
            .flat_map(|post| ["a", "b", "c"].map(|part| format!("{post}{part}")))
            .collect();
        if done % 2 == 1 {
            expected.drain(..2);
        }
        assert_eq!(ids(&rest), expected, "{then:?} behind {done} pages, {kept}");
    }
}

#[tokio::test]
async fn where_it_cannot_be_told_what_has_come_an_append_fails_and_others_fetch_it_again() {
    let posts = Arc::new(Mutex::new(vec![1, 2, 3, 4, 5]));
    let server = Server::answering(moving(&posts)).await;
    let plan = comments_of_moving();
    let fetch = Fetch::<Value>::of_plan(&client(&server), plan);
    let pages: Vec<Page<Value>> = fetch.clone().pages().take(6).try_collect().await.unwrap();
    // None of the posts of the page is on it any more.
    *posts.lock().unwrap() = vec![9, 8, 7, 6, 1, 2, 3, 4, 5];
    let checkpoint = pages[5].checkpoint.clone();
    let log = Log::of_all();
    let rest = fetch.clone().resume(checkpoint.clone()).all().await.unwrap();
    assert_eq!(rest.len(), 7 * 3);
    assert!(log.text().contains("children of this page are fetched again"), "{}", log.text());

    let fetch = Fetch::<AnyRecord>::of_plan(&client(&server), comments_of_moving());
    let resource = AnyResource::of_fetch(fetch);
    let start = Start::default().resume(Some(checkpoint)).appends(true);
    let error = resource.pages(start).try_next().await.map(|_| ()).unwrap_err();
    assert!(error.would_repeat());
    expect!["comments, page 2: the records of the parent `posts` have changed since the fetch stopped, and none that it was done with is on the page where it resumes, so that records which have come may come a second time"].assert_eq(&shown(&error));
}
