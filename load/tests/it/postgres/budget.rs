//! A budget that processes share, on a server that counts what reaches it.

use std::{
    borrow::Cow,
    env,
    process::{Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use expect_test::expect;
use futures_util::future::join_all;
use rest_source::{
    Budget as _, ClientBuilder, Fetch,
    plan::{Endpoint, Paginator, ResourcePlan, Retry, Selector, SourcePlan},
};
use rest_source_load::PostgresBudget;
use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

use super::cluster::Cluster;

/// Whom the processes ask; the test runs itself as these processes.
const SERVER: &str = "BUDGET_TEST_SERVER";
const DATABASE: &str = "BUDGET_TEST_DATABASE";
const WORKER: &str = "BUDGET_TEST_WORKER";
const WORKERS: usize = 4;

const LIMIT: u32 = 20;
const PER: Duration = Duration::from_secs(1);
/// How long the processes send.
const FOR: Duration = Duration::from_secs(8);
/// When one of them is refused, and for how long.
const REFUSED_AFTER: Duration = Duration::from_secs(4);
const RETRY_AFTER: Duration = Duration::from_secs(2);

/// When a request has come, and of which process.
type Seen = Arc<Mutex<Vec<(Instant, String)>>>;

/// Notes every request, and refuses one of them.
async fn server(seen: Seen, refused: Arc<Mutex<Option<Instant>>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (began, has_refused) = (Instant::now(), Arc::new(AtomicBool::new(false)));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (seen, refused) = (Arc::clone(&seen), Arc::clone(&refused));
            let has_refused = Arc::clone(&has_refused);
            tokio::spawn(async move {
                let is_refused_now = || {
                    let first = seen.lock().unwrap().first().map_or(began, |(at, _)| *at);
                    first.elapsed() > REFUSED_AFTER && !has_refused.swap(true, Ordering::SeqCst)
                };
                let _ = answer(stream, &seen, &refused, &is_refused_now).await;
            });
        }
    });
    url
}

async fn answer(
    mut stream: TcpStream,
    seen: &Seen,
    refused: &Mutex<Option<Instant>>,
    is_refused_now: &(dyn Fn() -> bool + Sync),
) -> std::io::Result<()> {
    let (read, mut write) = stream.split();
    let mut lines = BufReader::new(read).lines();
    let mut request = String::new();
    while let Some(line) = lines.next_line().await? {
        if request.is_empty() {
            request = line;
        } else if line.is_empty() {
            let now = Instant::now();
            let worker = request.split(['?', ' ']).nth(2).unwrap_or_default().to_owned();
            seen.lock().unwrap().push((now, worker));
            request.clear();
            let response = if is_refused_now() {
                *refused.lock().unwrap() = Some(now);
                let wait = RETRY_AFTER.as_secs();
                format!(
                    "HTTP/1.1 429 Too Many Requests\r\nretry-after: {wait}\r\ncontent-length: 0\r\n\r\n"
                )
            } else {
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 4\r\n\r\n[{}]"
                    .to_owned()
            };
            write.write_all(response.as_bytes()).await?;
        }
    }
    Ok(())
}

/// One of the processes: sends as much as it may, by several requests at once.
async fn work(url: &str, worker: String) {
    let budget = PostgresBudget::at(env::var(DATABASE).unwrap(), "shared", LIMIT, PER).unwrap();
    let mut plan = SourcePlan::new("budget_api", url.to_owned());
    plan.retry = Retry { statuses: vec![429].into(), max_retries: 3, ..plan.retry };
    let client = ClientBuilder::new(Cow::Owned(plan)).budget(budget).build().unwrap();
    let endpoint = Endpoint::new(&[], Some(Selector::ROOT), Paginator::SinglePage);
    let items = ResourcePlan::new("items", endpoint, &[]);
    let began = Instant::now();
    let send = async || {
        while began.elapsed() < FOR {
            let fetch = Fetch::<Value>::of_plan(&client, items.clone()).param("worker", &worker);
            assert_eq!(fetch.all().await.unwrap().len(), 1);
        }
    };
    join_all((0..4).map(|_| send())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn four_processes_never_send_more_than_the_limit_and_wait_together() {
    if let (Ok(url), Ok(worker)) = (env::var(SERVER), env::var(WORKER)) {
        return work(&url, worker).await;
    }
    let test = "postgres::budget::four_processes_never_send_more_than_the_limit_and_wait_together";
    let (seen, refused) = (Seen::default(), Arc::default());
    let url = server(Arc::clone(&seen), Arc::clone(&refused)).await;
    let workers: Vec<_> = (0..WORKERS)
        .map(|worker| {
            let mut command = Command::new(env::current_exe().unwrap());
            command.args(["--exact", test]).env(SERVER, &url).env(WORKER, worker.to_string());
            command.env(DATABASE, Cluster::get().url());
            command.stdout(Stdio::null()).spawn().unwrap()
        })
        .collect();
    for mut worker in workers {
        let status = tokio::task::spawn_blocking(move || worker.wait().unwrap()).await.unwrap();
        assert!(status.success(), "{status}");
    }
    let mut seen = std::mem::take(&mut *seen.lock().unwrap());
    seen.sort();
    let times: Vec<Instant> = seen.iter().map(|(at, _)| *at).collect();
    let most = (0..times.len())
        .map(|first| times[first..].iter().take_while(|at| **at < times[first] + PER).count());
    let most = most.max().unwrap();
    assert!(most <= LIMIT as usize, "{most} requests within {PER:?}");

    // One was refused: the leases of the others end, and then there is nothing until the time is over.
    let refused = refused.lock().unwrap().expect("one is refused");
    // On a busy machine a request may be under way for some time behind its lease.
    let leases = Duration::from_millis(600);
    let within = times.iter().filter(|at| **at > refused + leases && **at < refused + RETRY_AFTER);
    assert_eq!(
        within.count(),
        0,
        "{:?}",
        times.iter().map(|at| at.checked_duration_since(refused))
    );
    let after = seen.iter().filter(|(at, _)| *at > refused + RETRY_AFTER);
    let mut after: Vec<_> = after.map(|(_, worker)| worker.as_str()).collect();
    after.sort_unstable();
    after.dedup();
    assert_eq!(after.len(), WORKERS, "{after:?}");

    // What is granted is used: of eight seconds two are without requests.
    let took = times.last().unwrap().duration_since(times[0]);
    let count = u32::try_from(times.len()).unwrap();
    let rate = f64::from(count) / (took.as_secs_f64() - RETRY_AFTER.as_secs_f64());
    println!("{count} requests, at most {most} within {PER:?}, {rate:.1} a second");
    assert!(rate > f64::from(LIMIT) * 0.4, "{rate} a second");
}

#[tokio::test]
async fn clients_of_one_budget_have_one_limit() {
    let url = Cluster::get().url();
    let one = PostgresBudget::at(&url, "one limit", 5, PER).unwrap();
    let other = PostgresBudget::at(&url, "one limit", 7, PER).unwrap();
    one.acquire().await.unwrap();
    let error = other.acquire().await.unwrap_err();
    expect!["the budget `one limit` has 5 requests in 1s, and this client would have 7 in 1s; give all clients the same limit, or this one another name, or delete the row of the table `_rest_source_budgets`"].assert_eq(&error.to_string());
    let error = PostgresBudget::at(&url, "none", 0, PER).unwrap_err();
    expect!["a budget of no requests, or within less than a millisecond, admits nothing"]
        .assert_eq(&error.to_string());
}

/// A database that cannot be reached ends the fetch with an error that shows no password.
#[tokio::test(start_paused = true)]
async fn a_budget_that_cannot_be_asked_is_an_error() {
    let url = Cluster::url_by(1);
    let budget = PostgresBudget::at(url, "unreachable", 5, PER).unwrap();
    let error = budget.acquire().await.unwrap_err();
    let error = error.to_string();
    assert!(error.contains("localhost:1") && !error.contains("canary"), "{error}");
}
