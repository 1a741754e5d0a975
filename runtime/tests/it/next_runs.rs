//! What the next run begins with that is no field of the records: a token of the server, where the pages
//! have ended, or the time of the last run.

use std::time::{SystemTime, UNIX_EPOCH};

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use rest_source::{
    Checkpoint, Error, Fetch, Page,
    plan::{
        Action, Cursor, Distance, End, Endpoint, Incremental, JsonLink, NextRun, Paginator, Part,
        Place, ResourcePlan, ResponseAction, Selector, Str, TimeFormat,
    },
};
use serde_json::{Value, json};

use crate::support::{Log, SOURCE, Seen, Server, builder};

fn key(key: &'static str) -> Selector {
    Selector::Keys(vec![Str::Borrowed(key)].into())
}

fn plan(next_run: NextRun, paginator: Paginator) -> ResourcePlan {
    const PATH: &[Part] = &[Part::Text(Str::Borrowed("/changes"))];
    let endpoint = Endpoint::new(PATH, Some(key("records")), paginator);
    let incremental = Incremental { next_run, ..Incremental::DEFAULT };
    let endpoint = Endpoint { incremental: Some(incremental), ..endpoint };
    ResourcePlan::new("changes", endpoint, &[])
}

fn cursor() -> Paginator {
    Paginator::Cursor(Cursor {
        cursor_path: key("next"),
        place: Place::Param("after".into()),
        end: End { has_more_path: Some(key("more")), ..End::NONE },
        ..Cursor::DEFAULT
    })
}

fn links() -> Paginator {
    Paginator::JsonLink(JsonLink { next_url_path: key("nextLink"), ..JsonLink::DEFAULT })
}

/// Takes so many pages of a run: the ids, and the checkpoint of the last page, as it would be kept.
async fn take(
    server: &Server,
    plan: &ResourcePlan,
    since: Option<Checkpoint>,
    pages: usize,
) -> Result<(Vec<u64>, Checkpoint), Error> {
    let client = builder(&SOURCE).base_url(server.url()).build().unwrap();
    let mut fetch = Fetch::<Value>::of_plan(&client, plan.clone());
    if let Some(since) = since {
        let kept = serde_json::to_string(&since).unwrap();
        fetch = fetch.resume(serde_json::from_str(&kept).unwrap());
    }
    let mut stream = fetch.pages();
    let (mut ids, mut last) = (Vec::new(), None);
    for _ in 0..pages {
        let Some(Page { records, checkpoint, .. }) = stream.try_next().await? else { break };
        ids.extend(records.iter().map(|record| record["id"].as_u64().unwrap()));
        last = Some(checkpoint);
    }
    Ok((ids, last.unwrap()))
}

async fn run(
    server: &Server,
    plan: &ResourcePlan,
    since: Option<Checkpoint>,
) -> Result<(Vec<u64>, Option<Checkpoint>), Error> {
    let (ids, last) = take(server, plan, since, usize::MAX).await?;
    Ok((ids, last.next_run()))
}

/// Changes 1 to `count`, two on a page, behind the one that `after` names. The cursors of before `known`
/// are not known any more.
fn changes(seen: &Seen, count: u64, known: u64) -> Response {
    let after =
        seen.param("after").map_or(0, |after| after.strip_prefix('c').unwrap().parse().unwrap());
    if after != 0 && after < known {
        return StatusCode::GONE.into_response();
    }
    let last = count.min(after + 2);
    let records: Vec<_> = (after + 1..=last).map(|id| json!({"id": id})).collect();
    Json(json!({"records": records, "next": format!("c{last}"), "more": last < count}))
        .into_response()
}

#[tokio::test]
async fn the_next_run_begins_with_the_last_page_cursor() {
    let plan = plan(NextRun::Page, cursor());
    let server = Server::answering(|seen| {
        let count = if seen.number < 4 { 5 } else { 6 };
        changes(&seen, count, 0)
    })
    .await;
    let (ids, stopped) = take(&server, &plan, None, 1).await.unwrap();
    assert_eq!(ids, [1, 2]);
    let before = server.seen().len();
    let (ids, next) = run(&server, &plan, Some(stopped)).await.unwrap();
    assert_eq!(ids, [3, 4, 5], "an interrupted run resumes on the page that it stopped before");
    assert_eq!(server.seen()[before].param("after").as_deref(), Some("c2"));
    let (ids, next) = run(&server, &plan, next).await.unwrap();
    assert_eq!(ids, [6]);
    let (ids, next) = run(&server, &plan, next).await.unwrap();
    assert!(ids.is_empty() && next.is_some());
    let after = server.params("after");
    assert_eq!(after[after.len() - 2..], [Some("c5".to_owned()), Some("c6".to_owned())]);
}

#[tokio::test]
async fn a_run_restarts_from_scratch_if_the_server_does_not_know_where_the_last_one_ended() {
    let log = Log::of_all();
    let mut plan = plan(NextRun::Page, cursor());
    let server =
        Server::answering(|seen| changes(&seen, 2, if seen.number == 1 { 0 } else { 9 })).await;
    let (_, next) = run(&server, &plan, None).await.unwrap();
    let next = next.unwrap();
    let (ids, again) = run(&server, &plan, Some(next.clone())).await.unwrap();
    assert_eq!(ids, [1, 2]);
    assert_eq!(server.params("after"), [None, Some("c2".to_owned()), None]);
    assert_eq!(again, Some(next.clone()));
    assert!(log.text().contains("the run restarts from scratch"));

    // The same by another response, and never for a run that begins from scratch.
    let refuses = |seen: Seen| match seen.param("after") {
        Some(_) => (StatusCode::BAD_REQUEST, "stale").into_response(),
        None if seen.param("x").is_some() => (StatusCode::BAD_REQUEST, "stale").into_response(),
        None => changes(&seen, 2, 0),
    };
    let server = Server::answering(refuses).await;
    let restart = ResponseAction {
        statuses: Some((400, 400)),
        content: Some("stale".into()),
        action: Action::Restart,
        ..ResponseAction::DEFAULT
    };
    assert!(run(&server, &plan, Some(next.clone())).await.is_err());
    plan.endpoint.response_actions = vec![restart].into();
    assert_eq!(run(&server, &plan, Some(next)).await.unwrap().0, [1, 2]);
    let client = builder(&SOURCE).base_url(server.url()).build().unwrap();
    let scratch = Fetch::<Value>::of_plan(&client, plan.clone()).param("x", "1");
    assert_eq!(scratch.all().await.unwrap_err().status(), Some(400));
}

#[tokio::test]
async fn the_next_run_begins_with_a_delta_link() {
    let path = Selector::Keys(vec!["@odata".into(), "deltaLink".into()].into());
    let plan = plan(NextRun::PageAt(path), links());
    let server = Server::answering(|seen| {
        let page = match seen.param("token").as_deref() {
            None => json!({"records": [{"id": 1}], "nextLink": "/changes?token=page2"}),
            Some("page2") => {
                json!({"records": [{"id": 2}], "@odata.deltaLink": "/changes?token=delta1"})
            }
            Some("delta1") => json!({"records": [{"id": 3}], "nextLink": "/changes?token=more"}),
            Some("more") => {
                json!({"records": [{"id": 4}], "@odata.deltaLink": "/changes?token=delta2"})
            }
            _ => json!({"records": []}),
        };
        Json(page)
    })
    .await;
    let (ids, next) = run(&server, &plan, None).await.unwrap();
    assert_eq!(ids, [1, 2]);
    let (ids, stopped) = take(&server, &plan, next, 1).await.unwrap();
    assert_eq!(ids, [3]);
    let (ids, next) = run(&server, &plan, Some(stopped)).await.unwrap();
    assert_eq!(ids, [4], "an interrupted run does not begin with the delta link once more");
    let log = Log::of_all();
    let (ids, next) = run(&server, &plan, next).await.unwrap();
    assert!(ids.is_empty());
    assert!(log.text().contains("so that the next run begins where this one has begun"));
    run(&server, &plan, next).await.unwrap();
    let tokens: Vec<_> = server.params("token").into_iter().flatten().collect();
    assert_eq!(tokens, ["page2", "delta1", "more", "delta2", "delta2"]);
}

#[tokio::test]
async fn a_sync_token_of_the_last_response_is_sent_by_the_next_run() {
    let mut plan = plan(NextRun::Response(key("sync")), cursor());
    if let Some(incremental) = &mut plan.endpoint.incremental {
        incremental.start_param = Some("syncToken".into());
    }
    let server = Server::answering(|seen| {
        if seen.param("syncToken").as_deref() == Some("s2") {
            return StatusCode::GONE.into_response();
        }
        Json(match (seen.param("after"), seen.number) {
            (None, _) => json!({"records": [{"id": seen.number}], "next": "p2", "more": true}),
            (_, number) => {
                json!({"records": [{"id": number}], "more": false, "sync": format!("s{number}")})
            }
        })
        .into_response()
    })
    .await;
    let (ids, next) = run(&server, &plan, None).await.unwrap();
    assert_eq!(ids, [1, 2]);
    assert_eq!(server.params("syncToken"), [None, None]);
    let (ids, next) = run(&server, &plan, next).await.unwrap();
    assert_eq!(ids, [4, 5], "410 restarts the run without the token");
    run(&server, &plan, next).await.unwrap();
    let s5 = Some("s5".to_owned());
    assert_eq!(server.params("syncToken")[3..], [None, None, s5.clone(), s5]);
}

#[tokio::test]
async fn a_run_begins_with_the_time_of_the_last_one() {
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let incremental = Incremental {
        next_run: NextRun::RunTime,
        initial_value: Some("\"2024-01-01\"".into()),
        end_value: Some("\"now\"".into()),
        lag: Some(Distance::Number(60.0).into()),
        start_param: Some("since".into()),
        end_param: Some("until".into()),
        param_format: Some(TimeFormat::read("epoch").unwrap()),
        ..Incremental::DEFAULT
    };
    let mut plan = plan(NextRun::RunTime, cursor());
    plan.endpoint.incremental = Some(incremental);
    let server = Server::answering(|seen| changes(&seen, 3, 0)).await;
    let began = now();
    let (ids, stopped) = take(&server, &plan, None, 1).await.unwrap();
    let (more, next) = run(&server, &plan, Some(stopped)).await.unwrap();
    assert_eq!((ids, more), (vec![1, 2], vec![3]));
    let done = now();
    let (ids, next) = run(&server, &plan, next).await.unwrap();
    assert_eq!(ids, [1, 2, 3], "the server knows what has changed");
    assert!(next.is_some());
    let sent = |name| -> Vec<u64> {
        server.params(name).into_iter().map(|value| value.unwrap().parse().unwrap()).collect()
    };
    let (since, until) = (sent("since"), sent("until"));
    assert_eq!(since[..2], [1_704_067_200; 2]);
    assert!((began - 60..=done - 60).contains(&since[3]), "{since:?}");
    assert_eq!(since[3], until[0] - 60, "an interrupted run counts from its beginning");
    assert_eq!(until[0], until[1]);
}
