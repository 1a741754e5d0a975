//! What becomes of a load half-way when the source is another one at the next run.

use std::time::Duration;

use rest_source::plan::{
    DataType::{Bigint, Text},
    End, MergeStrategy, PageSize, Paginator, Param, Place, ResourcePlan, Selector, Template,
    WriteDisposition::{self, Append, Merge, Replace},
};

use rest_source_load::{Pipeline, Sqlite};

use crate::support::{Database, Resource, Shop, row};

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
    assert!(error.failures()[0].error.is_schema());
    assert!(error.to_string().contains("its base URL or"), "{error}");
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
    assert!(error.failures()[0].error.is_schema());
    assert!(error.to_string().contains("after 1 rows"), "{error}");
    assert!(error.to_string().contains("delete the 1 rows that it has written so far, and"));
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
    let told = "delete the 3 rows that it has written so far, with what belongs to them in \
                `payments__as`, `payments__bs`, `payments__bs__cs`, and then begin anew by";
    assert!(error.to_string().contains(told), "{error}");
}

fn cursor(page_size: Option<u64>) -> Paginator {
    let place = |name: &'static str| Place::Param(name.into());
    Paginator::Cursor {
        cursor_path: Selector::Keys(vec!["after".into()].into()),
        place: place("after"),
        initial_cursor: None,
        page_size: page_size
            .map(|records| PageSize { place: place("limit"), records: records.into() }),
        end: End::NONE,
    }
}

#[tokio::test]
async fn an_append_goes_on_unless_what_its_pages_depend_on_has_changed() {
    type Change = fn(&mut ResourcePlan);
    let changes: [(&str, bool, Change); 8] = [
        ("path", false, |plan| plan.endpoint.path = Template::text("/v2/payments")),
        ("params", false, |plan| {
            let (name, value) = (Template::text("a"), Template::text("b"));
            plan.endpoint.params = vec![Param { name, value }].into();
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

/// A release that makes other fingerprints of the same descriptions must count its version up: see
/// there what it does to loads half-way.
#[tokio::test]
async fn the_fingerprint_of_a_description_stays() {
    let database = Database::new();
    let mut payments = Resource::new("payments", Merge).column("id", Bigint).primary_key(&["id"]);
    payments.address = Some("https://one.example.com/v1/");
    payments.plan.endpoint.paginator = cursor(Some(100));
    let (name, value) = (Template::text("status"), Template::text("paid"));
    payments.plan.endpoint.params = vec![Param { name, value }].into();
    database.load(&payments.page([row![1]])).await.unwrap();
    let fingerprint = database.query("SELECT fingerprint FROM _rest_source_state");
    assert_eq!(fingerprint, ["2-11c3719148f84ed3"]);
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
    assert!(error.failures()[0].error.is_schema());
    assert!(error.to_string().contains("finish it without `full_refresh`, or"), "{error}");
    assert_eq!(database.query("SELECT id FROM payments"), ["P1"]);

    // One that is complete is appended again, as in any other run.
    database.load(&payments).await.unwrap();
    refresh().await.unwrap();
    assert_eq!(database.query("SELECT count(*) FROM payments"), ["4"]);
}

#[tokio::test]
async fn a_page_that_cannot_be_continued_at_tells_how_to_start_over() {
    for (disposition, first) in [
        (Append, Some("delete the 1 rows that it has written so far, and then")),
        (Merge, None),
        (Replace, None),
    ] {
        let database = Database::new();
        let payments = at("https://one.example.com", disposition);
        payments.fail_at(2);
        let error = database.load(&payments).await.unwrap_err();
        assert!(!error.to_string().contains("UPDATE"), "it was not continued: {error}");
        let text = database.load(&payments).await.unwrap_err().to_string();
        assert!(text.contains("should the server not accept that place any more"), "{text}");
        assert!(text.contains(first.unwrap_or("`full_refresh`, or")), "{text}");

        // Word for word.
        if first.is_some() {
            database.execute("DELETE FROM payments");
        }
        database.execute(text.split('`').find(|part| part.starts_with("UPDATE")).unwrap());
        payments.fail_at(0);
        let report = database.load(&payments).await.unwrap();
        assert!(!report.resources[0].resumed);
        assert_eq!(database.query("SELECT id FROM payments ORDER BY id"), ["P1", "P2"]);
    }
}
