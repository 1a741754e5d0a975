//! What is there when something goes wrong, and what the next run makes of it.

use std::{sync::Arc, time::Duration};

use rest_source::{
    Extra,
    plan::{
        Column, Contract,
        DataType::{Bigint, Json, Text},
        DedupSort, Link, MergeStrategy, ResourcePlan, Template,
        WriteDisposition::{self, Append, Merge, Replace},
    },
};
use rest_source_load::{Destination, OnBadRecord, Outcome, Pipeline, RunReport, Status};
use tokio::sync::Notify;

use super::Place;
use crate::{
    shown::shown,
    support::{Resource, Shop, row},
};

pub(super) async fn a_load_that_breaks_off_goes_on<P: Place>() {
    for disposition in [Append, Merge, Replace] {
        let place = P::new().await;
        let resource = Resource::new("payments", disposition).column("id", Text);
        let resource = (1..=5).fold(resource.primary_key(&["id"]), |resource, page| {
            let extra: Extra = [("items", "[1,2]")].into_iter().collect();
            resource.page_with_extra([(row![format!("P{page}").as_str()], extra)])
        });
        for page in [2, 4] {
            resource.fail_at(page);
            let error = place.load(&resource).await.unwrap_err();
            assert!(error.failures()[0].error.is_source());
        }
        resource.fail_at(0);
        let report = place.load(&resource).await.unwrap();
        assert!(report.resources[0].resumed);
        assert_eq!((report.rows(), report.resources[0].pages), (2, 2), "{disposition:?}");
        let rows = place.rows("payments", &["id"]).await;
        assert_eq!(rows, ["P1", "P2", "P3", "P4", "P5"], "{disposition:?}");
        assert_eq!(place.rows("payments__items", &["value"]).await.len(), 10);
    }
}

pub(super) async fn a_replace_that_breaks_off_leaves_the_old_rows<P: Place>() {
    let place = P::new().await;
    let of = |pages: &[&str]| {
        let resource = Resource::new("payments", Replace).column("id", Text);
        pages.iter().fold(resource, |resource, id| resource.page([row![*id]]))
    };
    place.load(&of(&["A", "B"])).await.unwrap();
    let new = of(&["C", "D", "E"]);
    new.fail_at(3);
    place.load(&new).await.unwrap_err();
    assert_eq!(place.rows("payments", &["id"]).await, ["A", "B"]);
    new.fail_at(0);
    place.load(&new).await.unwrap();
    assert_eq!(place.rows("payments", &["id"]).await, ["C", "D", "E"]);
}

pub(super) async fn columns_that_came_before_the_break_are_there_behind_it<P: Place>() {
    for disposition in [Append, Merge, Replace] {
        let place = P::new().await;
        let page = |members: &[(&str, &str)]| members.iter().copied().collect::<Extra>();
        let resource = Resource::new("payments", disposition)
            .primary_key(&["id"])
            .page_with_extra([(row![], page(&[("id", "1"), ("a", "1")]))])
            .page_with_extra([(row![], page(&[("id", "2"), ("b", "true"), ("list", "[1]")]))])
            .page_with_extra([(row![], page(&[("id", "3"), ("b", "2"), ("list", "[2]")]))]);
        resource.fail_at(3);
        place.load(&resource).await.unwrap_err();
        resource.fail_at(0);
        place.load(&resource).await.unwrap();
        let rows = place.rows("payments", &["id", "a", "b", "b__v_bigint"]).await;
        assert_eq!(rows, ["1|1|NULL|NULL", "2|NULL|1|NULL", "3|NULL|NULL|2"], "{disposition:?}");
        assert_eq!(place.rows("payments__list", &["value"]).await, ["1", "2"], "{disposition:?}");
    }
}

pub(super) async fn a_load_whose_rows_would_be_others_begins_anew<P: Place>() {
    type Change = fn(&mut ResourcePlan);
    fn data(plan: &mut ResourcePlan) -> &mut Column {
        &mut plan.columns.to_mut()[1]
    }
    let changes: [(&str, bool, Change); 12] = [
        ("nesting", false, |plan| plan.max_table_nesting = Some(0)),
        ("contract", false, |plan| plan.schema_contract.tables = Contract::DiscardValue),
        ("fields", false, |plan| data(plan).fields = vec![Column::new("a", Text)].into()),
        ("items", false, |plan| data(plan).items = Some(Link::from(Column::new("", Text)))),
        ("precision", false, |plan| plan.columns.to_mut()[0].precision = Some(10)),
        ("dedup_sort", false, |plan| {
            plan.columns.to_mut()[0].dedup_sort = Some(DedupSort::Ascending);
        }),
        ("hard_delete", false, |plan| data(plan).hard_delete = true),
        ("description", true, |plan| data(plan).description = Some("new".into())),
        ("words", true, |plan| plan.columns.to_mut()[0].words = vec!["P1".into()].into()),
        ("unique", true, |plan| plan.columns.to_mut()[0].unique = true),
        ("sort", true, |plan| plan.columns.to_mut()[0].sort = true),
        ("nothing", true, |_| {}),
    ];
    for (changed, goes_on, change) in changes {
        let place = P::new().await;
        let page =
            |id| (row![id, None::<rest_source::Json>], [("list", "[1]")].into_iter().collect());
        let resource = Resource::new("payments", Replace).column("id", Text).column("data", Json);
        let resource = resource.page_with_extra([page("P1")]);
        let mut resource = resource.page_with_extra([page("P2")]);
        resource.fail_at(2);
        place.load(&resource).await.unwrap_err();
        resource.fail_at(0);
        change(&mut resource.plan);
        let report = place.load(&resource).await.unwrap();
        assert_eq!(report.resources[0].resumed, goes_on, "{changed}");
        assert_eq!(place.rows("payments", &["id"]).await, ["P1", "P2"], "{changed}");
    }
}

pub(super) async fn a_load_goes_on_in_a_table_that_another_pipeline_has_extended<P: Place>() {
    for strategy in [MergeStrategy::DeleteInsert, MergeStrategy::Upsert] {
        let place = P::new().await;
        let of = |pages: [(&'static str, &'static [(&'static str, &'static str)]); 3]| {
            let mut resource = Resource::new("payments", Merge).column("id", Text);
            resource.plan.merge_strategy = strategy.clone();
            pages.into_iter().fold(resource.primary_key(&["id"]), |resource, (id, members)| {
                resource.page_with_extra([(row![id], members.iter().copied().collect())])
            })
        };
        let ours = of([
            ("P1", &[("a", "1"), ("as", "[1]")]),
            ("P2", &[("a", "2"), ("as", "[2]")]),
            ("P3", &[("b", "3"), ("bs", "[3]")]),
        ]);
        ours.fail_at(2);
        place.load(&ours).await.unwrap_err();
        let theirs = of([("Q1", &[("b", "7")]), ("Q2", &[("bs", "[8]")]), ("Q3", &[("c", "9")])]);
        let other = Pipeline::new("other", place.destination());
        other.run(&Shop(vec![theirs])).await.unwrap();

        ours.fail_at(0);
        let report = place.load(&ours).await.unwrap();
        assert!(report.resources[0].resumed);
        let rows = place.rows("payments", &["id", "a", "b", "c"]).await;
        let [p, q] = [
            ["P1|1|NULL|NULL", "P2|2|NULL|NULL", "P3|NULL|3|NULL"],
            ["Q1|NULL|7|NULL", "Q2|NULL|NULL|NULL", "Q3|NULL|NULL|9"],
        ];
        assert_eq!(rows, [p, q].concat(), "{strategy:?}");
        assert_eq!(place.rows("payments__as", &["value"]).await, ["1", "2"]);
        assert_eq!(place.rows("payments__bs", &["value"]).await, ["3", "8"]);
    }
}

pub(super) async fn records_that_cannot_be_stored_are_set_aside<P: Place>() {
    let place = P::new().await;
    let resource = Resource::new("payments", Merge)
        .column("id", Text)
        .column("amount", Bigint)
        .primary_key(&["id"])
        .page([row!["P1", 1], row![None::<String>, 2]])
        .page_with_extra([
            (row!["P3", 3], [("userId", "1"), ("userid", "2")].into_iter().collect()),
            (row!["P4", 4], Extra::default()),
        ]);
    let error = place.load(&resource).await.unwrap_err();
    assert!(error.failures()[0].error.is_record(), "{error}");

    let place = P::new().await;
    let pipeline = place.pipeline().on_bad_record(OnBadRecord::Quarantine);
    let report = pipeline.run(&Shop(vec![resource])).await.unwrap();
    assert_eq!((report.rows(), report.resources[0].rejected), (2, 2));
    assert_eq!(place.rows("payments", &["id", "amount"]).await, ["P1|1", "P4|4"]);
    let rejected = place.rows("payments__rejected", &["page", "record", "reason"]).await;
    P::says("records_that_are_set_aside", &format!("{}\n{}", shown(&report), rejected.join("\n")));
    let json = place.rows("payments__rejected", &["json"]).await;
    assert!(json.iter().any(|json| json.replace(' ', "").contains(r#""userid":2"#)), "{json:?}");
}

pub(super) async fn the_last_row_counts_behind_records_that_are_not_stored<P: Place>() {
    for strategy in [MergeStrategy::DeleteInsert, MergeStrategy::Upsert] {
        let place = P::new().await;
        let mut resource = Resource::new("events", Merge).column("id", Text).primary_key(&["id"]);
        resource.plan.merge_strategy = strategy.clone();
        resource.plan.schema_contract.data_type = Contract::DiscardRow;
        let of = |id, x, list| (row![id], [("x", x), ("list", list)].into_iter().collect());
        let bad = (row!["1"], [("userId", "1"), ("userid", "2")].into_iter().collect());
        let resource = resource
            .page_with_extra([bad, of("2", "2", "[2]"), of("3", "3", "[3]")])
            .page_with_extra([of("4", "\"a\"", "[4]"), of("3", "5", "[5]")])
            .page_with_extra([of("2", "6", "[6]")]);
        let pipeline = place.pipeline().on_bad_record(OnBadRecord::Quarantine);
        let shop = Shop(vec![resource.clone()]);
        for break_off in [2, 3] {
            resource.fail_at(break_off);
            pipeline.run(&shop).await.unwrap_err();
        }
        resource.fail_at(0);
        assert!(pipeline.run(&shop).await.unwrap().resources[0].resumed);
        assert_eq!(place.rows("events", &["id", "x"]).await, ["2|6", "3|5"], "{strategy:?}");
        assert_eq!(place.rows("events__list", &["value"]).await, ["5", "6"], "{strategy:?}");
        let state = &place.destination().state().await.unwrap()[0];
        assert_eq!((state.rows, state.records), (4, 6));
    }
}

pub(super) async fn where_records_are_set_aside_is_no_table_of_others<P: Place>() {
    let of = |name: &str| Resource::new(name, Append).column("id", Text).page([row!["1"]]);
    let mut list = Resource::new("payments", Append).column("rejected", Json);
    list.plan.columns.to_mut()[0].items = Some(Link::from(Column::new("", Text)));
    let mut said = String::new();
    for resources in [
        vec![of("payments"), of("payments__rejected")],
        vec![of("payments__rejected"), of("payments")],
        vec![list],
    ] {
        let (place, shop) = (P::new().await, Shop(resources));
        let pipeline = place.pipeline().on_bad_record(OnBadRecord::Quarantine);
        let error = pipeline.run(&shop).await.unwrap_err();
        assert!(error.is_schema(), "{error}");
        said.extend([&shown(&error), "\n"]);
        assert!(place.columns("payments__rejected").await.is_empty());
        // Without anything to set aside it is a table as any other.
        place.pipeline().run(&shop).await.unwrap();
    }
    // Nor does a list that is not declared become one.
    let place = P::new().await;
    let lists = [("rejected", "[1]")].into_iter().collect();
    let events = Resource::new("events", Append).column("id", Text);
    let events = events.page_with_extra([(row!["1"], lists)]);
    let pipeline = place.pipeline().on_bad_record(OnBadRecord::Quarantine);
    pipeline.run(&Shop(vec![events])).await.unwrap();
    let reasons = place.rows("events__rejected", &["reason"]).await;
    P::says("where_records_are_set_aside", &(said + &reasons[0]));
}

pub(super) async fn what_is_not_unique_is_told_with_how_to_mend_it<P: Place>() {
    let mut said = String::new();
    for (disposition, strategy) in [
        (Append, MergeStrategy::Default),
        (Replace, MergeStrategy::Default),
        (Merge, MergeStrategy::Upsert),
        (Merge, MergeStrategy::InsertOnly),
        (Merge, MergeStrategy::DeleteInsert),
    ] {
        let place = P::new().await;
        let of = |unique| {
            let mut payments = Resource::new("payments", disposition).column("id", Text);
            payments = payments.column("mail", Text).primary_key(&["id"]);
            payments.plan.merge_strategy = strategy.clone();
            payments.plan.columns.to_mut()[1].unique = unique;
            payments.page([row!["1", "a"]]).page([row!["2", "b"], row!["3", "a"]])
        };
        let pipeline = || place.pipeline().on_bad_record(OnBadRecord::Quarantine);
        let loaded = pipeline().run(&Shop(vec![of(true)])).await;
        if P::KEEPS_UNIQUE {
            let error = loaded.unwrap_err();
            let failure = &error.failures()[0];
            assert!(failure.error.is_record(), "{strategy:?}: {failure}");
            said.extend([&shown(failure), "\n"]);
            let report = pipeline().run(&Shop(vec![of(false)])).await.unwrap();
            assert!(report.resources[0].resumed);
        }
        assert_eq!(place.rows("payments", &["id", "mail"]).await, ["1|a", "2|b", "3|a"]);
    }
    P::says("what_is_not_unique", &said);
}

pub(super) async fn one_resource_that_fails_leaves_the_others<P: Place>() {
    let place = P::new().await;
    let of = |name: &str| {
        let resource = Resource::new(name, Append).column("id", Text);
        resource.page([row!["1"]]).page([row!["2"]]).page([row!["3"]])
    };
    let shop = Shop(vec![of("payments"), of("refunds"), of("payouts")]);
    shop.0[1].fail_at(2);
    let error = place.pipeline().run(&shop).await.unwrap_err();
    assert_eq!(error.failures().len(), 1);
    let outcomes = &error.report().unwrap().resources;
    assert_eq!(outcomes[0].outcome, Outcome::Complete);
    assert!(matches!(outcomes[1].outcome, Outcome::Failed { .. }));
    assert_eq!(place.rows("payments", &["id"]).await, ["1", "2", "3"]);
    assert_eq!(place.rows("refunds", &["id"]).await, ["1"]);
    assert_eq!(place.rows("payouts", &["id"]).await, ["1", "2", "3"]);
}

/// Two pages of each, the second resource's last one failing.
fn three_with_a_failure(disposition: WriteDisposition) -> Shop {
    let of = |name: &str| {
        let resource = Resource::new(name, disposition).column("id", Text).primary_key(&["id"]);
        resource.page([row!["1"]]).page([row!["2"]])
    };
    let shop = Shop(vec![of("payments"), of("refunds"), of("payouts")]);
    shop.0[1].fail_at(2);
    shop
}

fn completed_before(report: &RunReport) -> Vec<&str> {
    let before = report.resources.iter().filter(|resource| resource.completed_before);
    before.map(|resource| resource.resource.as_str()).collect()
}

pub(super) async fn a_run_that_is_resumed_does_what_one_run_would_have_done<P: Place>() {
    let place = P::new().await;
    let shop = three_with_a_failure(Append);
    for _ in 0..2 {
        let error = place.pipeline().run(&shop).await.unwrap_err();
        let of = async |table| place.rows(table, &["id"]).await;
        assert_eq!(of("payments").await, ["1", "2"], "{error}");
        assert_eq!(of("refunds").await, ["1"]);
        let status: Vec<_> = place.destination().state().await.unwrap();
        let status = status.iter().map(|state| (&*state.resource, state.status));
        let mut status: Vec<_> = status.collect();
        status.sort_by_key(|(resource, _)| *resource);
        let loaded = Status::Loaded;
        let all = [("payments", loaded), ("payouts", loaded), ("refunds", Status::Failed)];
        assert_eq!(status, all);
    }
    shop.0[1].fail_at(0);
    let report = place.pipeline().run(&shop).await.unwrap();
    assert_eq!(completed_before(&report), ["payments", "payouts"]);
    assert!(report.is_complete() && report.resources[1].resumed);
    P::says("a_run_that_is_resumed", &shown(&report));
    for table in ["payments", "refunds", "payouts"] {
        assert_eq!(place.rows(table, &["id"]).await, ["1", "2"]);
    }
    let states = place.destination().state().await.unwrap();
    assert!(states.iter().all(|state| state.status == Status::Complete), "{states:?}");

    // That run has ended; the next one loads everything.
    let report = place.pipeline().run(&shop).await.unwrap();
    assert_eq!((completed_before(&report).len(), report.rows()), (0, 6));
    assert_eq!(place.rows("payments", &["id"]).await, ["1", "1", "2", "2"]);
}

pub(super) async fn what_one_resource_refuses_no_other_begins<P: Place>() {
    let place = P::new().await;
    let of = |name: &str, path: &'static str| {
        let mut one = Resource::new(name, Append).column("id", Text).primary_key(&["id"]);
        one.plan.endpoint.path = Template::text(path);
        one.page([row!["1"]]).page([row!["2"]])
    };
    let old = Shop(vec![of("payments", "/payments"), of("refunds", "/refunds")]);
    old.0[0].fail_at(2);
    old.0[1].fail_at(1);
    place.pipeline().run(&old).await.unwrap_err();

    let new = Shop(vec![of("payments", "/v2/payments"), of("refunds", "/v2/refunds")]);
    let error = place.pipeline().run(&new).await.unwrap_err();
    assert!(error.failures().len() == 1 && error.failures()[0].error.would_double(), "{error}");
    assert_eq!(error.report().unwrap().resources[1].outcome, Outcome::Stopped);
    assert_eq!(place.rows("refunds", &["id"]).await, [""; 0]);

    // So that the old one can still be finished.
    old.0.iter().for_each(|one| one.fail_at(0));
    place.pipeline().run(&old).await.unwrap();
    for table in ["payments", "refunds"] {
        assert_eq!(place.rows(table, &["id"]).await, ["1", "2"]);
    }
}

pub(super) async fn a_resource_that_keeps_failing_does_not_keep_others_from_being_updated<
    P: Place,
>() {
    let place = P::new().await;
    let shop = three_with_a_failure(Merge);
    place.pipeline().run(&shop).await.unwrap_err();
    let error = place.pipeline().run(&shop).await.unwrap_err();
    let report = error.report().unwrap();
    assert_eq!((completed_before(report).len(), report.resources[0].rows), (0, 2));

    // Behind an interruption, none is loaded again.
    let place = P::new().await;
    let of = |name: &str| Resource::new(name, Merge).column("id", Text).primary_key(&["id"]);
    let short = of("payments").page([row!["1"]]);
    let long = of("refunds").page([row!["1"]]).page([row!["2"]]);
    let shop = Shop(vec![short, long]);
    let small = || place.pipeline().limit(1);
    assert!(!small().run(&shop).await.unwrap().is_complete());
    let report = small().run(&shop).await.unwrap();
    assert_eq!((completed_before(&report), report.rows()), (vec!["payments"], 1));
}

pub(super) async fn a_run_is_ended_by_full_refresh_and_by_other_resources<P: Place>() {
    let place = P::new().await;
    let shop = three_with_a_failure(Append);
    place.pipeline().run(&shop).await.unwrap_err();
    // What is chosen is complete, and with it what this run was to load.
    let chosen = place.pipeline().resources(["payments"]);
    assert_eq!(completed_before(&chosen.run(&shop).await.unwrap()), ["payments"]);
    let chosen = place.pipeline().resources(["payments"]);
    assert_eq!(chosen.run(&shop).await.unwrap().rows(), 2);
    // The rest of the run.
    shop.0[1].fail_at(0);
    let chosen = place.pipeline().resources(["refunds"]);
    assert_eq!(chosen.run(&shop).await.unwrap().rows(), 1);
    let report = place.pipeline().run(&shop).await.unwrap();
    assert_eq!((completed_before(&report).len(), report.rows()), (0, 6));

    shop.0[1].fail_at(1);
    place.pipeline().run(&shop).await.unwrap_err();
    shop.0[1].fail_at(0);
    let report = place.pipeline().full_refresh().run(&shop).await.unwrap();
    assert_eq!((completed_before(&report).len(), report.rows()), (0, 6));

    // A resource whose table is gone must be loaded whatever was.
    shop.0[1].fail_at(1);
    place.pipeline().run(&shop).await.unwrap_err();
    place.delete("payments").await;
    shop.0[1].fail_at(0);
    let report = place.pipeline().run(&shop).await.unwrap();
    assert_eq!(completed_before(&report), ["payouts"]);
    assert_eq!(place.rows("payments", &["id"]).await, ["1", "2"]);

    // What is reset as well.
    shop.0[1].fail_at(1);
    place.pipeline().run(&shop).await.unwrap_err();
    assert_eq!(place.destination().reset("test", Some("payouts")).await.unwrap(), 1);
    let states = place.destination().state().await.unwrap();
    let payouts = states.iter().find(|state| state.resource == "payouts").unwrap();
    assert_eq!(payouts.status, Status::Reset);
    let error = place.pipeline().run(&shop).await.unwrap_err();
    assert_eq!(completed_before(error.report().unwrap()), ["payments"]);
}

pub(super) async fn two_runs_at_once_are_told_so<P: Place>() {
    let place = P::new().await;
    let slow = Resource::new("payments", Append).column("id", Text);
    let slow = slow.page([row!["1"]]).page([row!["2"]]).delay(Duration::from_millis(500));
    let shop = Shop(vec![slow]);
    let (first, second) = (place.pipeline(), place.pipeline());
    let second = async {
        tokio::time::sleep(Duration::from_millis(400)).await;
        second.run(&shop).await
    };
    let (first, second) = tokio::join!(first.run(&shop), second);
    first.unwrap();
    let error = second.unwrap_err();
    assert!(error.is_busy() && error.is_transient(), "{error}");
    assert_eq!(place.rows("payments", &["id"]).await, ["1", "2"]);
}

pub(super) async fn state_is_shown_and_forgotten<P: Place>() {
    let place = P::new().await;
    assert!(place.destination().state().await.unwrap().is_empty());
    assert_eq!(place.destination().reset("test", None).await.unwrap(), 0);

    let resource = Resource::new("payments", Merge).column("id", Text).primary_key(&["id"]);
    let resource = resource.page([row!["1"]]).page([row!["2"]]).incremental();
    resource.fail_at(2);
    place.load(&resource).await.unwrap_err();
    let state = place.destination().state().await.unwrap();
    assert_eq!(state.len(), 1);
    let names = (&*state[0].pipeline, &*state[0].source, &*state[0].resource);
    assert_eq!(names, ("test", "shop", "payments"));
    assert!(state[0].checkpoint.is_some() && state[0].next_run.is_none());
    assert_eq!(state[0].rows, 1);

    resource.fail_at(0);
    place.load(&resource).await.unwrap();
    let state = place.destination().state().await.unwrap();
    assert!(state[0].checkpoint.is_none() && state[0].next_run.is_some());
    assert_eq!(place.load(&resource).await.unwrap().rows(), 0);

    assert_eq!(place.destination().reset("other", None).await.unwrap(), 0);
    assert_eq!(place.destination().reset("test", Some("refunds")).await.unwrap(), 0);
    assert_eq!(place.destination().reset("test", Some("payments")).await.unwrap(), 1);
    assert_eq!(place.load(&resource).await.unwrap().rows(), 2);
    assert_eq!(place.rows("payments", &["id"]).await, ["1", "2"]);
}

pub(super) async fn a_run_that_is_stopped_commits_what_has_come_and_goes_on<P: Place>() {
    let place = P::new().await;
    let slow = Resource::new("payments", Append).column("id", Text);
    let slow = (1..=6).fold(slow, |slow, page| slow.page([row![page.to_string().as_str()]]));
    let shop = Shop(vec![slow.delay(Duration::from_millis(100))]);
    let moment = Arc::new(Notify::new());
    let third_page = Arc::clone(&moment);
    // A batch that is not full is committed too.
    let pipeline = place.pipeline().batch_rows(1_000).on_progress(move |progress| {
        if progress.fetched == 3 {
            third_page.notify_one();
        }
    });
    let report = pipeline.run_until(&shop, moment.notified()).await.unwrap();
    assert!(!report.is_complete());
    assert_eq!(report.resources[0].outcome, Outcome::Stopped);
    let rows = place.rows("payments", &["id"]).await;
    assert!(!rows.is_empty() && rows.len() < 6, "{rows:?}");
    assert_eq!(report.rows(), rows.len() as u64);

    let report = pipeline.run(&shop).await.unwrap();
    assert!(report.is_complete() && report.resources[0].resumed);
    assert_eq!(place.rows("payments", &["id"]).await, ["1", "2", "3", "4", "5", "6"]);
}

pub(super) async fn a_limit_stops_each_resource_and_the_next_run_goes_on<P: Place>() {
    let place = P::new().await;
    let of = |name: &str| {
        let resource = Resource::new(name, Append).column("id", Text);
        (1..=4).fold(resource, |resource, page| {
            resource.page([row![format!("{page}a").as_str()], row![format!("{page}b").as_str()]])
        })
    };
    let shop = Shop(vec![of("payments"), of("refunds")]);
    let report = place.pipeline().limit(3).run(&shop).await.unwrap();
    assert_eq!(report.rows(), 8);
    assert_eq!(place.rows("payments", &["id"]).await, ["1a", "1b", "2a", "2b"]);
    let report = place.pipeline().resources(["refunds"]).run(&shop).await.unwrap();
    assert_eq!((report.rows(), report.resources.len()), (4, 1));
    assert_eq!(place.rows("refunds", &["id"]).await.len(), 8);

    let error = place.pipeline().resources(["refund"]).run(&shop).await.unwrap_err();
    P::says("a_resource_that_is_not_there", &shown(&error));
}
