//! What is there when something goes wrong, and what the next run makes of it.

use std::{sync::Arc, time::Duration};

use rest_source::{
    AnyResource, Extra, Source,
    plan::{
        DataType::{Bigint, Text},
        WriteDisposition::{Append, Merge, Replace},
    },
};
use rest_source_load::{Destination, OnBadRecord, Outcome};
use tokio::sync::Notify;

use super::Place;
use crate::support::{Resource, Shop, row};

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
    assert!(report.to_string().contains("complete, 2 rejected"), "{report}");
    assert_eq!(place.rows("payments", &["id", "amount"]).await, ["P1|1", "P4|4"]);
    let rejected = place.rows("payments__rejected", &["page", "record", "reason"]).await;
    assert_eq!(rejected[0], "1|2|`id` is null, but the primary key must have a value to merge by");
    assert!(rejected[1].starts_with("2|1|two of its fields would be the column"), "{rejected:?}");
    let json = place.rows("payments__rejected", &["json"]).await;
    assert!(json.iter().any(|json| json.replace(' ', "").contains(r#""userid":2"#)), "{json:?}");
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

pub(super) async fn a_source_of_another_name_goes_on_with_the_same_load<P: Place>() {
    struct Renamed(Shop);

    impl Source for Renamed {
        fn name(&self) -> &'static str {
            "store"
        }
        fn resources(&self) -> Vec<AnyResource> {
            self.0.resources()
        }
    }

    for disposition in [Append, Merge, Replace] {
        let place = P::new().await;
        let resource = Resource::new("payments", disposition).column("id", Text);
        let resource = resource.primary_key(&["id"]).page([row!["1"]]).page([row!["2"]]);
        let resource = resource.incremental();
        resource.fail_at(2);
        place.load(&resource).await.unwrap_err();
        resource.fail_at(0);
        let renamed = Renamed(Shop(vec![resource.clone()]));
        let report = place.pipeline().run(&renamed).await.unwrap();
        assert!(report.resources[0].resumed);
        assert_eq!(place.rows("payments", &["id"]).await, ["1", "2"], "{disposition:?}");
        let again = if disposition == Replace { 2 } else { 0 };
        assert_eq!(place.load(&resource).await.unwrap().rows(), again, "{disposition:?}");
        let state = place.destination().state().await.unwrap();
        assert_eq!((state.len(), &*state[0].source), (1, "shop"));

        // What has the same name and is fetched elsewhere is something else.
        let mut other = resource.clone();
        other.address = Some("https://other.example.com");
        let report = place.pipeline().run(&Renamed(Shop(vec![other]))).await.unwrap();
        assert_eq!(report.rows(), 2);
        assert_eq!(place.destination().state().await.unwrap().len(), 2);
    }
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
    let expected = "the source `shop` has no resource `refund`; it has `payments`, `refunds`";
    assert_eq!(error.to_string(), expected);
}
