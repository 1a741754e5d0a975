//! Every key of the language that bears on requests, records or checkpoints, in a run that is interrupted at
//! each place and resumed: each record comes once, and nothing is requested that would not have been without
//! the interruption.
//!
//! A case is a description and the function that answers its requests; [`coverage`] finds the keys that no
//! case has. `CASE` names the only one that is played.

mod cases;
mod coverage;
mod play;
mod server;

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
};

use tokio::task::JoinSet;

use self::{
    play::{Play, Played, tables},
    server::{Answer, Asked},
};

/// A description, and the API that it is of.
#[derive(Clone, Copy)]
struct Case {
    name: &'static str,
    /// What follows `base_url` and `retry` of `client`.
    description: &'static str,
    answer: fn(&Asked) -> Answer,
    /// How many records a run has.
    records: usize,
    settings: &'static [(&'static str, &'static str)],
    secrets: fn() -> Vec<(&'static str, String)>,
    /// How the paths begin that a resumed run requests again: parents, logins, tokens.
    again: &'static [&'static str],
    /// Parameters that say when the run began: a resumed run sends the same.
    times: &'static [&'static str],
    /// Headers and parameters that no two requests share.
    once: &'static [&'static str],
}

impl Case {
    const BASE: Case = Case {
        name: "",
        description: "",
        answer: |_| Answer::status(500),
        records: 0,
        settings: &[],
        secrets: Vec::new,
        again: &[],
        times: &[],
        once: &[],
    };

    fn is_again(&self, path: &str) -> bool {
        self.again.iter().any(|beginning| path.starts_with(beginning))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn interrupted_runs_give_each_record_once_by_the_same_requests() {
    each_case(|case| async move {
        let play = Play::start(case).await;
        let first = play.run("{}", None, None).await;
        let mut wrong: Vec<String> = unlike(&case, &first).into_iter().collect();
        wrong.extend(interrupted(&play, "{}", &first).await);
        if first.checkpoints != "{}" {
            let next = play.run(&first.checkpoints, None, None).await;
            let found = interrupted(&play, &first.checkpoints, &next).await;
            wrong.extend(found.into_iter().map(|what| format!("the next run, {what}")));
        }
        wrong
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn interrupted_loads_leave_the_rows_of_others() {
    each_case(|case| async move {
        let play = Play::start(case).await;
        let first = play.run("{}", None, None).await;
        // Where a run leaves nothing, the next one is the same.
        let runs = if first.checkpoints == "{}" { 1 } else { 2 };
        let folder = tempfile::tempdir().unwrap();
        let database = |name: usize| folder.path().join(format!("{name}.db"));
        let mut wrong = Vec::new();
        let mut right = Vec::new();
        for _ in 0..runs {
            wrong.extend(play.load(&database(0), None).await);
            right.push(tables(&database(0)));
        }
        for request in 1..=first.requests.len() {
            let database = database(request);
            if play.load(&database, Some(request)).await.is_none() {
                wrong.push(format!("request {request} failed unnoticed"));
            }
            for (run, right) in right.iter().enumerate() {
                let error = play.load(&database, None).await;
                wrong.extend(error.map(|error| format!("request {request}, run {run}: {error}")));
                let found = tables(&database);
                if found != *right {
                    wrong.push(format!("request {request}, run {run}: {found:?}, not {right:?}"));
                }
            }
        }
        wrong
    })
    .await;
}

/// Plays all cases at the same time; each gives what is wrong.
async fn each_case<F: Future<Output = Vec<String>> + Send + 'static>(play: impl Fn(Case) -> F) {
    let chosen = env::var("CASE").ok();
    let mut plays = JoinSet::new();
    for case in cases::all() {
        if chosen.as_ref().is_none_or(|chosen| chosen == case.name) {
            let play = play(case);
            plays.spawn(async move { (case.name, play.await) });
        }
    }
    assert!(!plays.is_empty(), "there is no such case");
    let mut wrong = Vec::new();
    while let Some(play) = plays.join_next().await {
        let (name, found) = play.unwrap();
        wrong.extend(found.into_iter().map(|what| format!("{name}: {what}")));
    }
    wrong.sort();
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

/// What goes wrong where a run is stopped after each of its pages, and refused at each of its requests.
async fn interrupted(play: &Play, from: &str, whole: &Played) -> Vec<String> {
    let case = &play.case;
    let mut wrong = whole.errors.clone();
    for page in 1..=whole.pages.len() {
        let first = play.run(from, Some(page), None).await;
        let rest = play.rest(&first).await;
        let found = differences(case, whole, &first, &rest);
        wrong.extend(found.into_iter().map(|what| format!("page {page}: {what}")));
    }
    for request in 1..=whole.requests.len() {
        let first = play.run(from, None, Some(request)).await;
        if first.errors.is_empty() {
            wrong.push(format!("request {request} failed unnoticed"));
        }
        let rest = play.rest(&first).await;
        let found = differences(case, whole, &first, &rest);
        wrong.extend(found.into_iter().map(|what| format!("request {request}: {what}")));
    }
    wrong
}

/// How a run differs from what the case says of it.
fn unlike(case: &Case, whole: &Played) -> Option<String> {
    let of_resource = |(_, records): (_, Vec<&String>)| {
        (records.len(), records.into_iter().collect::<BTreeSet<_>>().len())
    };
    let counts: Vec<(usize, usize)> = whole.records().into_iter().map(of_resource).collect();
    let count: usize = counts.iter().map(|(all, _)| all).sum();
    let different: usize = counts.iter().map(|(_, different)| different).sum();
    let requests = whole.requests.iter().filter(|asked| !case.is_again(&asked.path)).count();
    let (expected, pages) = (case.records, whole.pages.len());
    if count != expected || different != count {
        Some(format!("{count} records, {different} of them different, not {expected}"))
    } else if requests != pages || pages < 3 {
        Some(format!("{pages} pages of {requests} requests"))
    } else {
        None
    }
}

/// How a run that is interrupted and its rest differ from a whole one.
fn differences(case: &Case, whole: &Played, first: &Played, rest: &Played) -> Vec<String> {
    let mut wrong = Vec::new();
    if !rest.errors.is_empty() {
        wrong.push(rest.errors.join("; "));
        return wrong;
    }
    let mut together = first.records();
    for (resource, records) in rest.records() {
        together.entry(resource).or_default().extend(records);
    }
    for (resource, records) in whole.records() {
        let found = together.remove(&resource).unwrap_or_default();
        if found != records {
            wrong.push(format!("{resource} has {found:?}, not {records:?}"));
        }
    }
    if !together.is_empty() {
        wrong.push(format!("{together:?} are new"));
    }
    if rest.left != whole.left {
        wrong.push(format!("it leaves {}, not {}", rest.left, whole.left));
    }
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for asked in &whole.requests {
        *known.entry(asked.shown(case)).or_default() += 1;
    }
    for asked in &rest.requests {
        match known.get_mut(&asked.shown(case)) {
            Some(count) if *count > 0 || case.is_again(&asked.path) => {
                *count = count.saturating_sub(1);
            }
            _ => wrong.push(format!("it requests\n{}", asked.shown(case))),
        }
    }
    let requests = rest.requests.iter().filter(|asked| !case.is_again(&asked.path)).count();
    let (pages, all) = (first.pages.len(), whole.pages.len());
    if requests + pages != all {
        wrong.push(format!("it makes {requests} requests for the pages after {pages} of {all}"));
    }
    for name in case.times {
        // What has no page yet has not begun.
        for (resource, _) in &first.pages {
            let both = first.requests.iter().chain(&rest.requests);
            let of_resource = both.filter(|asked| asked.path.starts_with(resource));
            let values: BTreeSet<&str> =
                of_resource.filter_map(|asked| asked.param(name)).collect();
            if values.len() > 1 {
                wrong.push(format!("`{name}` of {resource} is {values:?}"));
            }
        }
    }
    wrong
}
