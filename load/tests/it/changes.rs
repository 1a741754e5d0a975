//! What happens to a load unfinished when the source is another one at the next run.

use std::time::Duration;

use expect_test::expect;
use rest_source::plan::{
    Action, Bound, Configurable, Contract, Cursor,
    DataType::{Bigint, Text},
    DedupSort, Edge, Incremental, LastValue, MergeStrategy, Method, OnMissing, PageSize, Paginator,
    Param, Place, ResourcePlan, RowOrder, Selector, Template, Window,
    WriteDisposition::{self, Append, Merge, Replace},
};

use rest_source_load::{Pipeline, Sqlite};

use crate::{
    shown::shown,
    support::{Database, Resource, Shop, row},
};

fn ids(name: &str, disposition: WriteDisposition) -> Resource {
    Resource::new(name, disposition).column("id", Text).primary_key(&["id"])
}

/// Two pages, served at this address.
fn at(address: &'static str, disposition: WriteDisposition) -> Resource {
    let mut payments = ids("payments", disposition).page([row!["P1"]]).page([row!["P2"]]);
    payments.address = Some(address);
    payments
}

#[tokio::test]
async fn what_began_at_one_server_is_not_continued_at_another() {
    for disposition in [Merge, Replace] {
        let database = Database::new();
        let first = at("https://one.example.com/v1/", disposition);
        first.fail_at(2);
        database.load(&first).await.unwrap_err();
        let report = database.load(&at("https://two.example.com/v1/", disposition)).await.unwrap();
        assert!(!report.resources[0].resumed);
        assert_eq!(report.resources[0].pages, 2);
    }
}

#[tokio::test]
async fn an_append_half_way_is_not_begun_again_at_another_server() {
    let database = Database::new();
    let first = at("https://one.example.com/v1", Append);
    first.fail_at(2);
    database.load(&first).await.unwrap_err();

    let error = database.load(&at("https://two.example.com/v1", Append)).await.unwrap_err();
    assert!(error.failures()[0].error.would_double());
    expect![[r#"
        1 of 1 resource failed before this run committed anything of it
          payments: the description has changed since an append was interrupted (its base URL), after 1 rows, and restarting would append these a second time; finish it with the old one, or delete the 1 rows that it has written so far, and then start over by `UPDATE _rest_source_state SET checkpoint = NULL WHERE id = 1`"#]].assert_eq(&shown(&error));
    assert_eq!(database.query("SELECT id FROM payments"), ["P1"]);

    // A slash more at the end leads to the same place.
    let report = database.load(&at("https://one.example.com/v1/", Append)).await.unwrap();
    assert!(report.resources[0].resumed);
    assert_eq!(database.query("SELECT id FROM payments"), ["P1", "P2"]);
}

#[tokio::test]
async fn a_description_that_changed_half_way_starts_over() {
    for disposition in [Merge, Replace] {
        let database = Database::new();
        let old = ids("payments", disposition).page([row!["P1"]]).page([row!["P2"]]);
        old.fail_at(2);
        database.load(&old).await.unwrap_err();

        let new = Resource::new("payments", disposition).column("id", Text).column("note", Text);
        let new = new.primary_key(&["id"]).page([row!["P1", "a"]]).page([row!["P2", "b"]]);
        let report = database.load(&new).await.unwrap();
        assert!(!report.resources[0].resumed);
        let rows = database.query("SELECT id, note FROM payments ORDER BY id");
        assert_eq!(rows, ["P1|a", "P2|b"], "{disposition:?}");
    }
}

#[tokio::test]
async fn lists_that_two_pipelines_find_at_the_same_time_are_kept_apart() {
    let database = Database::new();
    let of = |pages: &[(&'static str, &'static str, &'static str)]| {
        let mut payments = ids("payments", Merge);
        payments.plan.merge_strategy = MergeStrategy::DeleteInsert;
        pages.iter().fold(payments, |payments, (id, list, value)| {
            payments.page_with_extra([(row![*id], [(*list, *value)].into_iter().collect())])
        })
    };
    let slow = of(&[("P1", "none", "[]"), ("P2", "ours", "[1]"), ("P3", "ours", "[2]")]);
    slow.fail_at(3);
    let ours = Shop(vec![slow.clone().delay(Duration::from_millis(400))]);
    // Its list becomes a table before ours does, and after ours began.
    let theirs = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let other = Pipeline::new("other", Sqlite::at(&database.path));
        other.run(&Shop(vec![of(&[("Q1", "theirs", "[7]")])])).await.unwrap();
    };
    let pipeline = database.pipeline();
    let (failed, ()) = tokio::join!(pipeline.run(&ours), theirs);
    failed.unwrap_err();
    slow.fail_at(0);
    assert!(database.load(&slow).await.unwrap().resources[0].resumed);
    assert_eq!(database.query("SELECT value FROM payments__ours ORDER BY 1"), ["1", "2"]);
    assert_eq!(database.query("SELECT value FROM payments__theirs"), ["7"]);
}

#[tokio::test]
async fn an_append_half_way_is_not_begun_again_from_another_endpoint() {
    let database = Database::new();
    let old = ids("payments", Append).page([row!["P1"]]).page([row!["P2"]]);
    old.fail_at(2);
    database.load(&old).await.unwrap_err();

    let mut new = old.clone();
    new.fail_at(0);
    new.plan.endpoint.path = Template::text("/v2/payments");
    let error = database.load(&new).await.unwrap_err();
    assert!(error.failures()[0].error.would_double());
    expect![[r#"
        1 of 1 resource failed before this run committed anything of it
          payments: the description has changed since an append was interrupted (its path or method), after 1 rows, and restarting would append these a second time; finish it with the old one, or delete the 1 rows that it has written so far, and then start over by `UPDATE _rest_source_state SET checkpoint = NULL WHERE id = 1`"#]].assert_eq(&shown(&error));
    assert_eq!(database.query("SELECT id FROM payments"), ["P1"]);

    database.load(&old).await.unwrap();
    assert_eq!(database.query("SELECT id FROM payments"), ["P1", "P2"]);
}

#[tokio::test]
async fn rows_that_are_to_be_deleted_are_named_with_their_lists() {
    let database = Database::new();
    let payments = at("https://one.example.com", Append);
    let lists = [("as", "[1]"), ("bs", r#"[{"cs": [1]}]"#)].into_iter().collect();
    let payments = payments.page_with_extra([(row!["P3"], lists)]).page([row!["P4"]]);
    payments.fail_at(4);
    database.load(&payments).await.unwrap_err();
    let refresh = database.pipeline().full_refresh();
    let error = refresh.run(&Shop(vec![payments])).await.unwrap_err();
    expect![[r#"
        1 of 1 resource failed before this run committed anything of it
          payments: an append was interrupted, after 3 rows, and restarting would append these a second time; finish it without `full_refresh`, or delete the 3 rows that it has written so far, with what belongs to them in `payments__as`, `payments__bs`, `payments__bs__cs`, and then start over by `UPDATE _rest_source_state SET checkpoint = NULL WHERE id = 1`"#]].assert_eq(&shown(&error));
}

fn cursor(page_size: Option<u64>) -> Paginator {
    let place = |name: &'static str| Place::Param(name.into());
    Paginator::Cursor(Cursor {
        cursor_path: Selector::Keys(vec!["after".into()].into()),
        place: place("after"),
        initial_cursor: None,
        page_size: page_size.map(|records| PageSize {
            place: place("limit"),
            records: records.into(),
            ..PageSize::DEFAULT
        }),
        ..Cursor::DEFAULT
    })
}

#[tokio::test]
async fn an_append_goes_on_unless_what_its_pages_depend_on_has_changed() {
    type Change = fn(&mut ResourcePlan);
    let changes: [(&str, bool, Change); 8] = [
        ("path", false, |plan| plan.endpoint.path = Template::text("/v2/payments")),
        ("params", false, |plan| {
            let (name, value) = (Template::text("a"), Template::text("b"));
            plan.endpoint.params = vec![Param { name, value, ..Param::DEFAULT }].into();
        }),
        ("selector", false, |plan| plan.endpoint.data_selector = None),
        ("paginator", false, |plan| plan.endpoint.paginator = Paginator::SinglePage),
        ("page size", false, |plan| plan.endpoint.paginator = cursor(Some(50))),
        ("description", true, |plan| plan.columns.to_mut()[0].description = Some("new".into())),
        ("nullable", true, |plan| plan.columns.to_mut()[0].nullable = false),
        ("key", true, |plan| plan.primary_key = vec![].into()),
    ];
    for (changed, goes_on, change) in changes {
        let database = Database::new();
        let mut payments = at("https://one.example.com", Append);
        payments.plan.endpoint.paginator = cursor(Some(100));
        payments.fail_at(2);
        database.load(&payments).await.unwrap_err();
        payments.fail_at(0);
        change(&mut payments.plan);
        assert_eq!(database.load(&payments).await.is_ok(), goes_on, "{changed}");
    }
}

/// What the test below and the one of earlier releases load.
fn described() -> Resource {
    let mut payments = Resource::new("payments", Merge).column("id", Bigint).primary_key(&["id"]);
    payments.address = Some("https://one.example.com/v1/");
    payments.plan.endpoint.paginator = cursor(Some(100));
    let (name, value) = (Template::text("status"), Template::text("paid"));
    payments.plan.endpoint.params = vec![Param { name, value, ..Param::DEFAULT }].into();
    payments.page([row![1]]).page([row![2]])
}

/// A release that makes other fingerprints of the same descriptions must count its version up and
/// understand this one.
#[tokio::test]
async fn the_fingerprint_of_a_description_stays() {
    let database = Database::new();
    database.load(&described()).await.unwrap();
    let fingerprints =
        database.query("SELECT fingerprint, range_fingerprint FROM _rest_source_state");
    let golden = "3 server=4efd95eb8650f4ca008f384c4c495394 \
                  path=dc0f8dd585bb24f223d2ca7b32ae4943 \
                  request=2fbc49d1a441b6e44c61ff73b30087ae";
    let of_load = "paginator=1eb817118b2832b24700cd85b15d203b \
                   records=45783f9cc9aa4c6cb8e8400e8aebfe79 \
                   range=1d8fc6ceb1f94c6326d6d5483d258fcb \
                   table=dcd08b4510bb88b4d1db2b66a826ae52 \
                   rows=7052897465c63da3c99dda7819f72d0d";
    assert_eq!(fingerprints, [format!("{golden} {of_load}|{golden}")]);
}

/// Another word would make each description another one than that which a state was made of.
#[test]
fn the_words_of_fingerprints_stay() {
    fn names<T, D>(words: &[(&'static str, T, D)]) -> Vec<&'static str> {
        words.iter().map(|(name, ..)| *name).collect()
    }
    assert_eq!(names(Method::WORDS), ["GET", "POST"]);
    assert_eq!(names(Edge::WORDS), ["closed", "open"]);
    assert_eq!(names(LastValue::WORDS), ["max", "min"]);
    assert_eq!(names(RowOrder::WORDS), ["asc", "desc"]);
    assert_eq!(names(DedupSort::WORDS), ["asc", "desc"]);
    assert_eq!(names(OnMissing::WORDS), ["raise", "include", "exclude"]);
    assert_eq!(names(Action::WORDS), ["ignore", "retry", "restart", "raise", "accept"]);
    assert_eq!(names(WriteDisposition::WORDS), ["append", "replace", "merge", "skip"]);
    assert_eq!(names(Contract::WORDS), ["evolve", "freeze", "discard_row", "discard_value"]);
    assert_eq!(
        names(Bound::WORDS),
        ["initial_value", "start_value", "last_value", "end_value", "lag"]
    );
}

#[tokio::test]
async fn a_state_that_an_earlier_release_has_left_is_understood() {
    // As version 2 has made the first one.
    for (fingerprint, goes_on) in [("2-11c3719148f84ed3", true), ("2-11c3719148f84ed4", false)] {
        let database = Database::new();
        let payments = described();
        payments.fail_at(2);
        database.load(&payments).await.unwrap_err();
        database.execute(&format!("UPDATE _rest_source_state SET fingerprint = '{fingerprint}'"));
        payments.fail_at(0);
        let report = database.load(&payments).await.unwrap();
        assert_eq!(report.resources[0].resumed, goes_on, "{fingerprint}");
    }
    for (fingerprint, is_kept) in [("1-44b248a6df1de83d", true), ("1-44b248a6df1de83e", false)] {
        let database = Database::new();
        let payments = at("https://one.example.com", Append).incremental();
        database.load(&payments).await.unwrap();
        database.execute(&format!(
            "UPDATE _rest_source_state
             SET range_fingerprint = '{fingerprint}', next_run_fingerprint = '{fingerprint}'"
        ));
        assert_eq!(database.load(&payments).await.is_ok(), is_kept, "{fingerprint}");
        assert_eq!(database.query("SELECT id FROM payments"), ["P1", "P2"]);
    }
}

#[tokio::test]
async fn the_tables_of_an_earlier_release_are_brought_up_to_date() {
    let database = Database::new();
    let payments = at("https://one.example.com", Append);
    payments.fail_at(2);
    database.load(&payments).await.unwrap_err();
    database.execute(
        "ALTER TABLE _rest_source_state RENAME TO new;
         CREATE TABLE _rest_source_state (
           id INTEGER PRIMARY KEY, pipeline TEXT NOT NULL, source TEXT NOT NULL,
           resource TEXT NOT NULL, checkpoint TEXT, next_run TEXT, next_run_fingerprint TEXT,
           fingerprint TEXT NOT NULL, range_fingerprint TEXT NOT NULL, rows INTEGER NOT NULL,
           started_at TEXT NOT NULL, updated_at TEXT NOT NULL, UNIQUE (pipeline, source, resource)
         ) STRICT;
         INSERT INTO _rest_source_state SELECT id, pipeline, source, resource, checkpoint, next_run,
           next_run_fingerprint, fingerprint, range_fingerprint, rows, started_at, updated_at FROM new;
         DROP TABLE new",
    );
    payments.fail_at(0);
    assert!(database.load(&payments).await.unwrap().resources[0].resumed);
    assert_eq!(database.query("SELECT id FROM payments"), ["P1", "P2"]);
}

fn by(cursor_path: &'static str) -> Incremental {
    Incremental {
        cursor_path: Selector::Keys(vec![cursor_path.into()].into()),
        data_type: None,
        initial_value: Some("1".into()),
        end_value: None,
        last_value: LastValue::Max,
        primary_key: None,
        row_order: None,
        lag: None,
        future_tolerance: Configurable::Known(Window::DAY),
        on_missing: OnMissing::Raise,
        range_start: Edge::Closed,
        range_end: Edge::Open,
        start_param: None,
        end_param: None,
        window: None,
        ..Incremental::DEFAULT
    }
}

#[tokio::test]
async fn a_changed_description_keeps_the_place_where_the_next_run_begins_if_it_means_the_same() {
    type Change = fn(&mut Resource);
    fn range(resource: &mut Resource) -> &mut Incremental {
        resource.plan.endpoint.incremental.as_mut().unwrap()
    }
    let changes: [(&str, bool, Change); 13] = [
        ("a parameter", true, |one| {
            let (name, value) = (Template::text("a"), Template::text("b"));
            one.plan.endpoint.params = vec![Param { name, value, ..Param::DEFAULT }].into();
        }),
        ("a column", true, |one| one.plan.columns.to_mut()[0].nullable = false),
        ("the row order", true, |one| range(one).row_order = Some(RowOrder::Ascending)),
        ("an edge", true, |one| range(one).range_start = Edge::Open),
        ("the initial value", true, |one| range(one).initial_value = Some("2".into())),
        ("an end that moves", true, |one| range(one).end_value = Some("\"now\"".into())),
        ("the paginator", true, |one| one.plan.endpoint.paginator = cursor(Some(50))),
        ("the server", false, |one| one.address = Some("https://two.example.com")),
        ("the path", false, |one| one.plan.endpoint.path = Template::text("/v2/payments")),
        ("the cursor", false, |one| *range(one) = by("other")),
        ("the key", false, |one| range(one).primary_key = Some(vec!["id".into()].into())),
        ("an end", false, |one| range(one).end_value = Some("9".into())),
        ("no range", false, |one| one.plan.endpoint.incremental = None),
    ];
    let mut said = String::new();
    for disposition in [Append, Merge] {
        for (changed, is_kept, change) in &changes {
            let database = Database::new();
            let mut payments = at("https://one.example.com", disposition).incremental();
            payments.plan.endpoint.incremental = Some(by("updated"));
            database.load(&payments).await.unwrap();
            change(&mut payments);
            let loaded = database.load(&payments).await;
            match (disposition, is_kept) {
                (_, true) => assert_eq!(loaded.unwrap().rows(), 0, "{changed}"),
                (Append, false) => {
                    let error = loaded.unwrap_err();
                    assert!(error.failures()[0].error.would_double(), "{changed}: {error}");
                    said.extend([changed, ": ", &shown(&error), "\n"]);
                    let refresh = database.pipeline().full_refresh();
                    assert_eq!(refresh.run(&Shop(vec![payments])).await.unwrap().rows(), 2);
                }
                _ => assert_eq!(loaded.unwrap().rows(), 2, "{changed}"),
            }
        }
    }
    expect![[r#"
        the server: 1 of 1 resource failed before this run committed anything of it
          payments: the description has changed since the last run (its base URL), so that this one would begin at the beginning and append rows that are there a second time; put the old description back, give the pipeline another name, or run it once with `full_refresh`, which appends everything; delete the rows before that if they are not to be there twice
        the path: 1 of 1 resource failed before this run committed anything of it
          payments: the description has changed since the last run (its path or method), so that this one would begin at the beginning and append rows that are there a second time; put the old description back, give the pipeline another name, or run it once with `full_refresh`, which appends everything; delete the rows before that if they are not to be there twice
        the cursor: 1 of 1 resource failed before this run committed anything of it
          payments: the description has changed since the last run (its incremental cursor), so that this one would begin at the beginning and append rows that are there a second time; put the old description back, give the pipeline another name, or run it once with `full_refresh`, which appends everything; delete the rows before that if they are not to be there twice
        the key: 1 of 1 resource failed before this run committed anything of it
          payments: the description has changed since the last run (its primary key), so that this one would begin at the beginning and append rows that are there a second time; put the old description back, give the pipeline another name, or run it once with `full_refresh`, which appends everything; delete the rows before that if they are not to be there twice
        an end: 1 of 1 resource failed before this run committed anything of it
          payments: the description has changed since the last run (its incremental cursor), so that this one would begin at the beginning and append rows that are there a second time; put the old description back, give the pipeline another name, or run it once with `full_refresh`, which appends everything; delete the rows before that if they are not to be there twice
        no range: 1 of 1 resource failed before this run committed anything of it
          payments: the description has changed since the last run (its incremental cursor, its primary key), so that this one would begin at the beginning and append rows that are there a second time; put the old description back, give the pipeline another name, or run it once with `full_refresh`, which appends everything; delete the rows before that if they are not to be there twice
    "#]].assert_eq(&said);
}

/// A load that has an end leaves no place, and is there all the same.
#[tokio::test]
async fn a_range_that_had_an_end_is_not_appended_again_without_it() {
    let database = Database::new();
    let mut payments = at("https://one.example.com", Append);
    payments.plan.endpoint.incremental =
        Some(Incremental { end_value: Some("9".into()), ..by("a") });
    database.load(&payments).await.unwrap();
    payments.plan.endpoint.incremental = Some(by("a"));
    let error = database.load(&payments).await.unwrap_err();
    expect![[r#"
        1 of 1 resource failed before this run committed anything of it
          payments: the description has changed since the last run (its incremental cursor, its incremental range), so that this one would begin at the beginning and append rows that are there a second time; put the old description back, give the pipeline another name, or run it once with `full_refresh`, which appends everything; delete the rows before that if they are not to be there twice"#]].assert_eq(&shown(&error));
    assert_eq!(database.query("SELECT count(*) FROM payments"), ["2"]);
}

#[tokio::test]
async fn what_a_run_has_completed_is_not_appended_again_by_another_description() {
    let database = Database::new();
    let mut payments = at("https://one.example.com", Append);
    let refunds = ids("refunds", Append).page([row!["R1"]]).page([row!["R2"]]);
    refunds.fail_at(2);
    let run = async |payments: &Resource| {
        let shop = Shop(vec![payments.clone(), refunds.clone()]);
        database.pipeline().run(&shop).await
    };
    run(&payments).await.unwrap_err();
    payments.plan.endpoint.path = Template::text("/v2/payments");
    refunds.fail_at(0);
    let error = run(&payments).await.unwrap_err();
    expect![[r#"
        1 of 2 resources failed before this run committed anything of it
          payments: the description has changed since the last run (its path or method), so that this one would begin at the beginning and append rows that are there a second time; put the old description back, give the pipeline another name, or run it once with `full_refresh`, which appends everything; delete the rows before that if they are not to be there twice"#]].assert_eq(&shown(&error));
    assert_eq!(database.query("SELECT count(*) FROM payments"), ["2"]);
    payments.plan.endpoint.path = Template::text("/payments");
    assert!(run(&payments).await.unwrap().resources[0].completed_before);
}

#[tokio::test]
async fn a_full_refresh_begins_a_load_that_is_half_way_again() {
    for disposition in [Merge, Replace] {
        let database = Database::new();
        let payments = at("https://one.example.com", disposition);
        payments.fail_at(2);
        database.load(&payments).await.unwrap_err();
        payments.fail_at(0);
        let refresh = database.pipeline().full_refresh();
        let report = refresh.run(&Shop(vec![payments])).await.unwrap();
        assert_eq!((report.resources[0].resumed, report.rows()), (false, 2));
        assert_eq!(database.query("SELECT id FROM payments ORDER BY id"), ["P1", "P2"]);
    }
}

#[tokio::test]
async fn a_full_refresh_does_not_double_an_append_that_is_half_way() {
    let database = Database::new();
    let payments = at("https://one.example.com", Append);
    let refresh = async || {
        let pipeline = database.pipeline().full_refresh();
        pipeline.run(&Shop(vec![payments.clone()])).await
    };
    payments.fail_at(2);
    database.load(&payments).await.unwrap_err();
    payments.fail_at(0);
    let error = refresh().await.unwrap_err();
    assert!(error.failures()[0].error.would_double());
    expect![[r#"
        1 of 1 resource failed before this run committed anything of it
          payments: an append was interrupted, after 1 rows, and restarting would append these a second time; finish it without `full_refresh`, or delete the 1 rows that it has written so far, and then start over by `UPDATE _rest_source_state SET checkpoint = NULL WHERE id = 1`"#]].assert_eq(&shown(&error));
    assert_eq!(database.query("SELECT id FROM payments"), ["P1"]);

    // One that is complete is appended again, as in any other run.
    database.load(&payments).await.unwrap();
    refresh().await.unwrap();
    assert_eq!(database.query("SELECT count(*) FROM payments"), ["4"]);
}

#[tokio::test]
async fn a_page_that_cannot_be_continued_at_tells_how_to_start_over() {
    let mut said = String::new();
    for disposition in [Append, Merge, Replace] {
        let database = Database::new();
        let payments = at("https://one.example.com", disposition);
        payments.fail_at(2);
        let error = database.load(&payments).await.unwrap_err();
        assert!(!error.to_string().contains("UPDATE"), "it was not continued: {error}");
        let text = database.load(&payments).await.unwrap_err().to_string();
        said.extend([&shown(&text), "\n"]);

        // Word for word.
        if disposition == Append {
            database.execute("DELETE FROM payments");
        }
        database.execute(text.split('`').find(|part| part.starts_with("UPDATE")).unwrap());
        payments.fail_at(0);
        let report = database.load(&payments).await.unwrap();
        assert!(!report.resources[0].resumed);
        assert_eq!(database.query("SELECT id FROM payments ORDER BY id"), ["P1", "P2"]);
    }
    expect![[r#"
        1 of 1 resource failed; complete pages are committed and running again continues after them
          payments: page 2 broke
          help: the load resumed at this page, where an earlier run had stopped; if the server does not accept that position any more, delete the 1 rows that it has written so far, and then start over by `UPDATE _rest_source_state SET checkpoint = NULL WHERE id = 1`
        1 of 1 resource failed; complete pages are committed and running again continues after them
          payments: page 2 broke
          help: the load resumed at this page, where an earlier run had stopped; if the server does not accept that position any more, run the pipeline once with `full_refresh`, or start over by `UPDATE _rest_source_state SET checkpoint = NULL WHERE id = 1`
        1 of 1 resource failed; complete pages are committed and running again continues after them
          payments: page 2 broke
          help: the load resumed at this page, where an earlier run had stopped; if the server does not accept that position any more, run the pipeline once with `full_refresh`, or start over by `UPDATE _rest_source_state SET checkpoint = NULL WHERE id = 1`
    "#]].assert_eq(&said);
}
