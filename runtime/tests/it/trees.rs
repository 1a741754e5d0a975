//! Type-erased resources, fetched together with their parents.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use expect_test::expect;
use futures_util::{StreamExt, TryStreamExt, future::join_all};
use rest_source::{
    __private::Tree, AnyPage, AnyPages, Checkpoint, Error, FieldRef, Source, Start, rest_source,
};
use serde_json::json;

use crate::{
    children::{expected, forum},
    shown::shown,
    support::{Seen, Server},
};

#[rest_source("tests/it/forum.yaml")]
mod api {}

#[rest_source("tests/it/news.yaml")]
mod news {}

/// The forum, with authors of its own.
async fn server(posts: u64) -> Server {
    let forum = forum(posts);
    Server::answering(move |seen| match &*seen.path {
        "/authors" => json!({"items": [{"id": "A1"}], "next": null}).to_string(),
        _ => forum(seen),
    })
    .await
}

fn trees(server: &Server) -> Vec<Tree> {
    let client = api::Client::builder().base_url(server.url()).build().unwrap();
    Tree::of(client.resources())
}

fn asked(server: &Server, path: &str) -> usize {
    server.seen().iter().filter(|seen| seen.path == path).count()
}

/// The first column of each record.
fn values(pages: &[AnyPage]) -> Vec<String> {
    let records =
        pages.iter().flat_map(|page| (0..page.records.len()).map(|i| page.records.get(i)));
    let values = records.map(|record| match record.field(0) {
        FieldRef::Text(text) => text.to_owned(),
        FieldRef::Bigint(number) => number.to_string(),
        other => unreachable!("{other:?}"),
    });
    values.collect()
}

async fn all(pages: Vec<AnyPages>) -> Vec<Vec<AnyPage>> {
    let pages = join_all(pages.into_iter().map(TryStreamExt::try_collect::<Vec<_>>)).await;
    pages.into_iter().map(|pages| pages.unwrap()).collect()
}

fn starts(checkpoints: &[Option<Checkpoint>]) -> Vec<Start> {
    let starts = checkpoints.iter().cloned();
    starts.map(|resume| Start::default().resume(resume)).collect()
}

#[tokio::test]
async fn each_parent_is_requested_once_for_itself_and_all_of_its_children() {
    let server = server(11).await;
    let trees = trees(&server);
    let names = trees.iter().map(|tree| {
        tree.resources().iter().map(|resource| resource.plan().name.to_string()).collect()
    });
    let names: Vec<Vec<String>> = names.collect();
    assert_eq!(names, [vec!["posts", "comments", "likes"], vec!["authors"]]);

    let pages = all(trees[0].pages(Vec::new())).await;
    assert_eq!(values(&pages[0]), (1..=11).map(|id| id.to_string()).collect::<Vec<_>>());
    assert_eq!(values(&pages[1]), expected(11));
    assert_eq!(values(&pages[2]), expected(11));
    assert_eq!((asked(&server, "/posts"), asked(&server, "/posts/3/comments")), (6, 2));

    let authors = all(trees[1].pages(Vec::new())).await;
    assert_eq!(values(&authors[0]), ["A1"]);
}

/// Whatever each has come to: together where that is near to each other, else apart.
#[tokio::test]
async fn each_resource_goes_on_behind_its_own_checkpoint() {
    let server = server(7).await;
    let tree = trees(&server).remove(0);
    let whole = all(tree.pages(Vec::new())).await;
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..40 {
        let done: Vec<usize> = whole.iter().map(|pages| random.usize(0..=pages.len())).collect();
        let checkpoint = |(pages, done): (&Vec<AnyPage>, &usize)| {
            done.checked_sub(1).map(|last| pages[last].checkpoint.clone())
        };
        let checkpoints: Vec<_> = whole.iter().zip(&done).map(checkpoint).collect();
        let rest = all(tree.pages(starts(&checkpoints))).await;
        for ((whole, rest), done) in whole.iter().zip(&rest).zip(done) {
            assert_eq!(values(rest), values(&whole[done..]), "after {checkpoints:?}");
        }
    }
}

#[tokio::test]
async fn those_that_stopped_on_the_same_page_of_their_parent_still_share_it() {
    let server = server(7).await;
    let tree = trees(&server).remove(0);
    let whole = all(tree.pages(Vec::new())).await;
    // Posts 3 and 4 are on the second page; the comments of post 3 are done with.
    let posts = whole[0][1].checkpoint.clone();
    let done = whole[1].iter().rposition(|page| {
        (0..page.records.len()).any(|i| page.records.get(i).field(0) == FieldRef::Text("3.2"))
    });
    let comments = whole[1][done.unwrap()].checkpoint.clone();
    let likes = whole[2].last().unwrap().checkpoint.clone();
    let before = asked(&server, "/posts");
    let rest = all(tree.pages(starts(&[Some(posts), Some(comments), Some(likes)]))).await;
    assert_eq!(values(&rest[0]), ["5", "6", "7"]);
    assert_eq!(values(&rest[1]), ["5.0", "6.0", "6.1", "7.0", "7.1", "7.2"]);
    assert!(rest[2].is_empty());
    assert_eq!(asked(&server, "/posts") - before, 3);
}

/// Each answer has other page cursors for the same places.
#[tokio::test]
async fn a_parent_that_appends_gets_no_page_again_that_ends_with_another_cursor() {
    let asked = Arc::new(AtomicU64::new(0));
    let server = Server::answering(move |seen| {
        if seen.path != "/posts" {
            return json!({"items": [{"id": seen.path}], "next": null}).to_string();
        }
        let asked = asked.fetch_add(1, Ordering::Relaxed);
        let after = seen.param("after").unwrap_or_default();
        let begin = after.split('-').next().unwrap().parse().unwrap_or(1);
        let next = (begin < 5).then(|| format!("{}-{asked}", begin + 2));
        json!({"items": [{"id": begin}, {"id": begin + 1}], "next": next}).to_string()
    })
    .await;
    let tree = trees(&server).remove(0);
    let whole = all(tree.pages(Vec::new())).await;
    // The posts are a page ahead of the comments.
    let checkpoints = [&whole[0][1], &whole[1][2], &whole[2][5]]
        .map(|page| Start::default().resume(Some(page.checkpoint.clone())).appends(true));
    let rest = all(tree.pages(checkpoints.to_vec())).await;
    assert_eq!(values(&rest[0]), ["5", "6"]);
    assert_eq!(values(&rest[1]), [4, 5, 6].map(|post| format!("/posts/{post}/comments")));
    assert!(rest[2].is_empty());
}

#[tokio::test]
async fn a_page_that_nobody_takes_holds_up_the_others_and_a_stream_that_is_dropped_does_not() {
    let server = server(200).await;
    let mut pages = trees(&server).remove(0).pages(Vec::new());
    let (likes, mut comments, posts) =
        (pages.pop().unwrap(), pages.pop().unwrap(), pages.pop().unwrap());
    let first = comments.try_next().await.unwrap().unwrap();
    assert_eq!(first.number, 1);
    let mut held_up = 0;
    while let Ok(page) = tokio::time::timeout(Duration::from_millis(200), comments.next()).await {
        held_up += 1;
        assert!(page.unwrap().is_ok() && held_up < 50);
    }
    assert!(asked(&server, "/posts") < 10, "a page of posts waits");

    drop((posts, likes));
    let rest: Vec<_> = comments.try_collect().await.unwrap();
    assert_eq!(values(&rest).last(), expected(200).last());
    let likes = server.seen().iter().filter(|seen| seen.path.ends_with("/likes")).count();
    assert!(likes < 20, "{likes} requests for likes that nobody takes");
}

#[tokio::test]
async fn when_all_streams_are_dropped_nothing_more_is_requested() {
    let server = server(500).await;
    let mut pages = trees(&server).remove(0).pages(Vec::new());
    pages[0].try_next().await.unwrap();
    drop(pages);
    tokio::time::sleep(Duration::from_millis(50)).await;
    let before = server.seen().len();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(server.seen().len(), before);
    assert!(before < 30, "{before}");
}

#[tokio::test]
async fn what_a_child_fails_with_is_an_error_of_its_stream_alone() {
    let forum = forum(5);
    let server = Server::answering(move |seen: Seen| match &*seen.path {
        "/posts/2/comments" => (axum::http::StatusCode::FORBIDDEN, String::new()),
        _ => (axum::http::StatusCode::OK, forum(seen)),
    })
    .await;
    let pages = trees(&server).remove(0).pages(Vec::new());
    let ended = pages.into_iter().map(StreamExt::collect::<Vec<_>>);
    let ended: Vec<Vec<Result<AnyPage, Error>>> = join_all(ended).await;
    assert!(ended[0].iter().all(Result::is_ok) && ended[0].len() == 3);
    let mut said = String::new();
    for (pages, name) in ended[1..].iter().zip(["comments", "likes"]) {
        let error = pages.last().unwrap().as_ref().err().unwrap();
        assert_eq!(error.resource(), Some(name));
        said.extend([&shown(&error), "\n"]);
        assert!(!error.is_config(), "{error}");
        assert!(pages[..pages.len() - 1].iter().all(Result::is_ok));
    }
    expect![[r#"
        comments, page 1: GET URL/posts/2/comments answered 403 Forbidden (1 try in … s)
          help: no credential is sent; `auth` of `client` adds one
        likes: the parent `comments` could not be fetched: GET URL/posts/2/comments answered 403 Forbidden (1 try in … s)
          help: no credential is sent; `auth` of `client` adds one
    "#]].assert_eq(&said);
}

/// Posts up to a number that grows, asked for since one; each has one comment.
async fn growing(last: &Arc<AtomicU64>) -> Server {
    let last = Arc::clone(last);
    Server::answering(move |seen: Seen| {
        let items: Vec<_> = match &*seen.path {
            "/posts" => {
                let since = seen.param("since").unwrap().parse().unwrap();
                let posts: std::ops::RangeInclusive<u64> = since..=last.load(Ordering::SeqCst);
                posts.map(|id| json!({"id": id})).collect()
            }
            path => vec![json!({"id": path})],
        };
        json!({"items": items}).to_string()
    })
    .await
}

#[tokio::test]
async fn the_next_run_of_a_child_is_for_new_records_of_its_incremental_parent_alone() {
    let last = Arc::new(AtomicU64::new(3));
    let server = growing(&last).await;
    let client = news::Client::builder().base_url(server.url()).build().unwrap();
    let tree = Tree::of(client.resources()).remove(0);
    let next = |pages: &[AnyPage]| pages.last().unwrap().checkpoint.next_run();

    let first = all(tree.pages(Vec::new())).await;
    assert_eq!((values(&first[0]).len(), values(&first[1]).len()), (3, 3));
    last.store(5, Ordering::SeqCst);
    let before = asked(&server, "/posts");
    let resume = [next(&first[0]), next(&first[1])];
    let second = all(tree.pages(starts(&resume))).await;
    assert_eq!(values(&second[0]), ["4", "5"]);
    assert_eq!(values(&second[1]), ["/posts/4/comments", "/posts/5/comments"]);
    assert_eq!(asked(&server, "/posts") - before, 1, "they share the parent in the next run too");

    // Alone as together.
    let comments = client.comments().resume(resume[1].clone().unwrap()).all().await.unwrap();
    assert_eq!(comments.len(), 2);
}

#[tokio::test]
async fn a_child_that_is_a_run_behind_its_parent_misses_nothing() {
    let last = Arc::new(AtomicU64::new(3));
    let server = growing(&last).await;
    let client = news::Client::builder().base_url(server.url()).build().unwrap();
    let tree = Tree::of(client.resources()).remove(0);
    let first = all(tree.pages(Vec::new())).await;
    // Of the children only those of the first post came, while the posts were complete.
    let stopped = first[1][0].checkpoint.clone();
    last.store(4, Ordering::SeqCst);
    let next = first[0].last().unwrap().checkpoint.next_run();
    let second = all(tree.pages(starts(&[next, Some(stopped)]))).await;
    assert_eq!(values(&second[0]), ["4"]);
    assert_eq!(values(&second[1]), [2, 3, 4].map(|post| format!("/posts/{post}/comments")));
}
