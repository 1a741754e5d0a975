//! A state or rows that somebody has put back from a backup without the other.

use rest_source::plan::{
    DataType::{Bigint, Text},
    WriteDisposition::{Append, Merge, Replace},
};
use rest_source_load::{Destination, Error, Pipeline, RunReport};

use super::Place;
use crate::{
    log::Log,
    shown::shown,
    support::{Resource, Shop, row},
};

/// Keeps the state as it is at this moment.
const KEEP: &str =
    "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT * FROM _rest_source_state";

/// Puts it back.
const PUT_BACK: &str =
    "DELETE FROM _rest_source_state; INSERT INTO _rest_source_state SELECT * FROM kept";

/// What a test runs, one after the other.
enum Step {
    /// A load of so many pages, of which one may fail.
    Load(usize, usize),
    Sql(&'static str),
}

use Step::{Load, Sql};

fn payments(name: &str, pages: usize) -> Resource {
    let payments = Resource::new(name, Append).column("id", Text).primary_key(&["id"]);
    let page = |payments: Resource, page: usize| payments.page([row![&*format!("{page}")]]);
    (1..=pages).fold(payments, page).incremental()
}

async fn run<P: Place>(
    place: &P,
    resource: &Resource,
    fails_at: usize,
) -> Result<RunReport, Error> {
    resource.fail_at(fails_at);
    place.load(resource).await
}

/// Neither is appended to before somebody has said which of the two is right. `execute` runs statements, of
/// which a place need not know any.
pub(crate) async fn an_append_is_refused_behind_an_older_state<P: Place>(
    execute: impl AsyncFn(&P, String),
) {
    let cases: [(&str, &[Step]); 6] = [
        ("of an earlier run", &[Load(1, 0), Sql(KEEP), Load(3, 0), Sql(PUT_BACK)]),
        ("of a run that was interrupted", &[Load(2, 2), Sql(KEEP), Load(3, 0), Sql(PUT_BACK)]),
        ("of a run that has failed since", &[Load(1, 0), Sql(KEEP), Load(4, 3), Sql(PUT_BACK)]),
        (
            "of the middle of a run",
            &[
                Load(1, 0),
                Load(3, 3),
                Sql("UPDATE _rest_source_state SET status = 'running'"),
                Sql(KEEP),
                Sql("UPDATE _rest_source_state SET status = 'failed'"),
                Sql(PUT_BACK),
            ],
        ),
        (
            "of before a run that was killed",
            &[
                Load(1, 0),
                Sql(KEEP),
                Load(3, 0),
                Sql(
                    "UPDATE _rest_source_runs SET outcome = 'running', rows = 0, records = 0 WHERE run = 2",
                ),
                Sql(PUT_BACK),
            ],
        ),
        (
            "of before the first run",
            &[Load(3, 0), Sql("DELETE FROM _rest_source_state WHERE resource = 'payments'")],
        ),
    ];
    let mut said = String::new();
    for (case, steps) in cases {
        let place = P::new().await;
        // Another state, so that not all of them are gone.
        place.load(&payments("refunds", 1)).await.unwrap();
        for step in steps {
            match step {
                Load(pages, fails_at) => {
                    let loaded = run(&place, &payments("payments", *pages), *fails_at).await;
                    assert_eq!(loaded.is_err(), *fails_at > 0, "{case}");
                }
                Sql(sql) => execute(&place, (*sql).to_owned()).await,
            }
        }
        let rows = place.rows("payments", &["id"]).await;
        let pages = 5;
        for _ in 0..2 {
            let error = run(&place, &payments("payments", pages), 0).await.unwrap_err();
            assert!(error.failures()[0].error.would_double(), "{case}: {error}");
            assert_eq!(place.rows("payments", &["id"]).await, rows, "{case}");
            if !said.contains(case) {
                said.extend([case, ": ", &shown(&error.failures()[0].error), "\n"]);
            }
        }
        if case == "of before the first run" {
            continue;
        }
        // As the error says: from the beginning, when the rows are deleted.
        execute(&place, "DELETE FROM payments".to_owned()).await;
        assert_eq!(place.destination().reset("test", Some("payments")).await.unwrap(), 1);
        assert_eq!(run(&place, &payments("payments", pages), 0).await.unwrap().rows(), 5, "{case}");
        assert_eq!(run(&place, &payments("payments", pages + 1), 0).await.unwrap().rows(), 1);
    }
    P::says("an_append_behind_an_older_state", &said);
}

/// Rows that are as old as the state: the load resumes.
pub(crate) async fn an_older_state_with_its_rows_is_gone_on_with<P: Place>(
    execute: impl AsyncFn(&P, String),
) {
    let place = P::new().await;
    place.load(&payments("payments", 1)).await.unwrap();
    execute(&place, KEEP.to_owned()).await;
    place.load(&payments("payments", 3)).await.unwrap();
    execute(&place, PUT_BACK.to_owned()).await;
    execute(&place, "DELETE FROM payments WHERE id <> '1'".to_owned()).await;
    let error = place.load(&payments("payments", 3)).await.unwrap_err();
    let error = error.failures()[0].error.to_string();
    let sql = error.split('`').find(|text| text.starts_with("UPDATE")).unwrap();
    execute(&place, (*sql).to_owned()).await;
    place.load(&payments("payments", 3)).await.unwrap();
    assert_eq!(place.rows("payments", &["id"]).await, ["1", "2", "3"]);
    assert_eq!(place.load(&payments("payments", 3)).await.unwrap().rows(), 0);
}

/// What nothing doubles is told. Runs in which nothing came, or that failed before the load began, leave a
/// state that is none the older.
pub(crate) async fn other_states_are_no_reason_to_stop<P: Place>(
    execute: impl AsyncFn(&P, String),
) {
    let place = P::new().await;
    for _ in 0..2 {
        place.load(&payments("payments", 1)).await.unwrap();
        execute(&place, KEEP.to_owned()).await;
    }
    run(&place, &payments("payments", 2), 2).await.unwrap_err();
    execute(&place, PUT_BACK.to_owned()).await;
    assert_eq!(run(&place, &payments("payments", 2), 0).await.unwrap().rows(), 1);
    assert_eq!(place.rows("payments", &["id"]).await, ["1", "2"]);

    // A merge begins where the older state ends.
    let merged = |pages| {
        let mut merged = payments("merged", pages);
        merged.plan.write_disposition = Merge;
        merged
    };
    place.load(&merged(1)).await.unwrap();
    execute(&place, KEEP.to_owned()).await;
    place.load(&merged(3)).await.unwrap();
    execute(&place, PUT_BACK.to_owned()).await;
    let log = Log::of_all();
    assert_eq!(place.load(&merged(3)).await.unwrap().rows(), 2);
    assert!(log.text().contains("the load begins where that run ended"), "{}", log.text());

    // One whose history is an older one may lack rows.
    execute(&place, "DELETE FROM merged WHERE id <> '1'".to_owned()).await;
    let runs = "DELETE FROM _rest_source_runs WHERE run > (SELECT min(run) FROM _rest_source_runs \
                WHERE resource = 'merged')";
    execute(&place, runs.to_owned()).await;
    assert_eq!(place.load(&merged(3)).await.unwrap().rows(), 3);
    assert_eq!(place.load(&merged(3)).await.unwrap().rows(), 0);

    // A replace whose staged rows are not those of the state restarts.
    let mut replaced = payments("replaced", 3);
    replaced.plan.write_disposition = Replace;
    run(&place, &replaced, 2).await.unwrap_err();
    execute(&place, KEEP.to_owned()).await;
    run(&place, &replaced, 3).await.unwrap_err();
    execute(&place, PUT_BACK.to_owned()).await;
    run(&place, &replaced, 0).await.unwrap();
    assert_eq!(place.rows("replaced", &["id"]).await, ["1", "2", "3"]);
}

/// A resource that could not even begin is shown, and keeps no other from being updated.
pub(crate) async fn what_could_not_begin_is_shown<P: Place>() {
    use rest_source_load::Status::{Complete, Failed, Loaded};

    let place = P::new().await;
    let of = |name: &str| Resource::new(name, Merge).column("id", Text).primary_key(&["id"]);
    let refunds = of("refunds").page([row!["1"]]);
    let good = Shop(vec![of("payments").page([row!["1"]]), refunds.clone()]);
    // The column of the table has another type.
    let broken = Resource::new("payments", Merge).column("id", Bigint).primary_key(&["id"]);
    let broken = Shop(vec![broken.page([row![1_i64]]), refunds]);
    Pipeline::new("other", place.destination()).run(&good).await.unwrap();
    let shown = async || {
        let states = place.destination().state().await.unwrap();
        let mut shown: Vec<_> = states
            .into_iter()
            .filter(|state| state.pipeline == "test")
            .map(|state| (state.resource, state.status, state.rows))
            .collect();
        shown.sort_by(|a, b| a.0.cmp(&b.0));
        shown
    };
    let line = |name: &str, status, rows| (name.to_owned(), status, rows);
    place.pipeline().run(&broken).await.unwrap_err();
    assert_eq!(shown().await, [line("payments", Failed, 0), line("refunds", Loaded, 1)]);
    let error = place.pipeline().run(&broken).await.unwrap_err();
    assert_eq!(error.report().unwrap().resources[1].rows, 1);

    place.pipeline().run(&good).await.unwrap();
    assert_eq!(shown().await, [line("payments", Complete, 1), line("refunds", Complete, 1)]);
    place.pipeline().run(&broken).await.unwrap_err();
    assert_eq!(shown().await, [line("payments", Failed, 1), line("refunds", Loaded, 1)]);
    place.pipeline().run(&good).await.unwrap();
    assert_eq!(shown().await, [line("payments", Complete, 1), line("refunds", Complete, 1)]);
}
