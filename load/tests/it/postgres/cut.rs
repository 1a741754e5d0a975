//! Connections that are lost, and locks with them: nothing is lost or doubled.

use std::time::Duration;

use expect_test::expect;
use rest_source::plan::{
    DataType::Text,
    WriteDisposition::{self, Append, Merge, Replace},
};
use rest_source_load::Destination;

use super::{
    PostgresPlace,
    cluster::Cluster,
    proxy::{Cut, Proxy},
};
use crate::{
    numbers::{Reader, assert_exactly_once, numbers},
    shown::shown,
    suite::Place,
    support::{Resource, Shop, row},
};

const PAGES: i64 = 60;
/// How many connections are cut for each write disposition.
const CUTS: u64 = 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_append_whose_connections_are_cut_has_each_record_once() {
    cut_and_continued(Append).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_merge_whose_connections_are_cut_has_each_record_once() {
    cut_and_continued(Merge).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replace_whose_connections_are_cut_has_each_record_once() {
    cut_and_continued(Replace).await;
}

async fn cut_and_continued(disposition: WriteDisposition) {
    let proxy = Proxy::start(Cut::Randomly(400)).await;
    while proxy.cuts() < CUTS {
        let place = PostgresPlace::at(proxy.url());
        if disposition == Replace {
            let direct =
                PostgresPlace { url: Cluster::get().url(), dataset: place.dataset.clone() };
            let first = Shop(vec![numbers(disposition, PAGES, 0)]);
            direct.pipeline().run(&first).await.unwrap();
        }
        let reader = Reader::of::<PostgresPlace>(place.name(), disposition, PAGES);
        let shop = Shop(vec![numbers(disposition, PAGES, 1)]);
        while let Err(error) = place.pipeline().run(&shop).await {
            assert!(error.is_transient(), "{error}");
        }
        reader.end();
        assert_exactly_once(&place, PAGES).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_whose_answer_is_lost_is_not_made_again() {
    for disposition in [Append, Merge, Replace] {
        let proxy = Proxy::start(Cut::AtCommits(3)).await;
        let place = PostgresPlace::at(proxy.url());
        let shop = Shop(vec![numbers(disposition, 10, 0)]);
        // One run gets over it, as it finds its own commit in the state.
        place.pipeline().run(&shop).await.unwrap();
        assert_eq!(proxy.cuts(), 3, "{disposition:?}");
        assert_exactly_once(&place, 10).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_has_lost_its_lock_is_overtaken_and_does_no_harm() {
    let place = PostgresPlace::at(format!(
        "{}?sslmode=disable&application_name=overtaken",
        Cluster::get().url(),
    ));
    let slow = Resource::new("payments", Append).column("id", Text);
    let slow = (1..=10).fold(slow, |slow, page| slow.page([row![page.to_string().as_str()]]));
    let slow = slow.delay(Duration::from_millis(200));
    let first = async { place.load(&slow).await };
    let second = async {
        tokio::time::sleep(Duration::from_millis(700)).await;
        let sql = "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_stat_activity USING (pid)
                   WHERE locktype = 'advisory' AND application_name = 'overtaken'";
        assert_eq!(place.query(sql).await, ["1"]);
        place.load(&slow).await
    };
    let (first, second) = tokio::join!(first, second);
    let error = first.unwrap_err();
    assert!(error.failures()[0].error.is_busy(), "{error}");
    expect![[r#"
        1 of 1 resource failed; complete pages are committed and running again continues after them
          payments: another run of the pipeline has resumed this load, because this one had lost its connection; wait until that run has ended"#]].assert_eq(&shown(&error));
    let second = second.unwrap();
    assert!(second.resources[0].resumed);
    let mut rows = place.rows("payments", &["id"]).await;
    rows.sort_by_key(|row| row.parse::<u32>().unwrap());
    assert_eq!(rows, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_that_is_dropped_lets_go_of_the_pipeline() {
    for disposition in [Append, Merge, Replace] {
        let place = PostgresPlace::new().await;
        let shop = Shop(vec![numbers(disposition, 30, 0)]);
        for _ in 0..10 {
            let time = Duration::from_millis(fastrand::u64(20..200));
            let _ = tokio::time::timeout(time, place.pipeline().run(&shop)).await;
            if crate::numbers::is_complete(&place).await {
                break;
            }
        }
        if !crate::numbers::is_complete(&place).await {
            place.pipeline().run(&shop).await.unwrap();
        }
        assert_exactly_once(&place, 30).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forgetting_waits_for_no_run() {
    let place = PostgresPlace::new().await;
    let slow = Resource::new("payments", Append).column("id", Text).page([row!["1"]]);
    let slow = slow.page([row!["2"]]).delay(Duration::from_millis(500));
    let reset = async {
        tokio::time::sleep(Duration::from_millis(400)).await;
        place.destination().reset("test", None).await
    };
    let (loaded, reset) = tokio::join!(place.load(&slow), reset);
    loaded.unwrap();
    assert!(reset.unwrap_err().is_busy());
    assert_eq!(place.destination().reset("test", None).await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pipelines_of_other_names_and_datasets_are_not_in_the_way() {
    let place = PostgresPlace::new().await;
    let other = PostgresPlace::new().await;
    let of = |name: &str| {
        let slow = Resource::new(name, Append).column("id", Text).page([row!["1"]]);
        Shop(vec![slow.delay(Duration::from_millis(300))])
    };
    let named = rest_source_load::Pipeline::new("other", place.destination());
    let (pipeline, elsewhere) = (place.pipeline(), other.pipeline());
    let (payments, refunds) = (of("payments"), of("refunds"));
    let (first, second, third) =
        tokio::join!(pipeline.run(&payments), named.run(&refunds), elsewhere.run(&payments));
    first.unwrap();
    second.unwrap();
    third.unwrap();
    let runs = place.query("SELECT count(DISTINCT run) FROM _rest_source_runs").await;
    assert_eq!(runs, ["2"]);
}
