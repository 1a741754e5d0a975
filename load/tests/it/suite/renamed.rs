//! A source whose file or module has another name since the last run.

use rest_source::{
    AnyResource, Source,
    plan::{
        Contract,
        DataType::Text,
        WriteDisposition::{Append, Merge, Replace},
    },
};
use rest_source_load::Destination;

use super::Place;
use crate::{
    shown::shown,
    support::{Resource, Shop, row},
};

/// The shop when it is called otherwise.
struct Renamed(Shop);

impl Source for Renamed {
    fn name(&self) -> &'static str {
        "store"
    }
    fn resources(&self) -> Vec<AnyResource> {
        self.0.resources()
    }
}

pub(super) async fn a_source_of_another_name_goes_on_with_the_same_load<P: Place>() {
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

        // What has the same name and is fetched elsewhere may be something else.
        let mut other = resource.clone();
        other.address = Some("https://other.example.com");
        let report = place.pipeline().run(&Renamed(Shop(vec![other]))).await;
        if disposition == Append {
            // Or it is the same, which would be there twice.
            P::says("a_source_that_is_renamed", &shown(&report.unwrap_err()));
            continue;
        }
        assert_eq!(report.unwrap().rows(), 2);
        assert_eq!(place.destination().state().await.unwrap().len(), 2);
    }
}

pub(super) async fn a_source_of_another_name_may_declare_other_rows<P: Place>() {
    for disposition in [Append, Merge, Replace] {
        let place = P::new().await;
        let page = |id| [(row![id], [("note", "\"a\"")].into_iter().collect())];
        let resource = Resource::new("payments", disposition).column("id", Text);
        let resource = resource.primary_key(&["id"]);
        let resource = resource.page_with_extra(page("1")).page_with_extra(page("2"));
        resource.fail_at(2);
        place.load(&resource).await.unwrap_err();
        resource.fail_at(0);
        let mut changed = resource.clone();
        changed.plan.schema_contract.columns = Contract::DiscardValue;
        let report = place.pipeline().run(&Renamed(Shop(vec![changed]))).await.unwrap();
        // What an append has added stays; the others begin again.
        let goes_on = disposition == Append;
        assert_eq!(report.resources[0].resumed, goes_on, "{disposition:?}");
        assert_eq!(place.rows("payments", &["id"]).await, ["1", "2"], "{disposition:?}");
        let sources = place.destination().state().await.unwrap();
        let sources: Vec<_> = sources.iter().map(|state| &*state.source).collect();
        let expected: &[&str] = if goes_on { &["store"] } else { &["shop", "store"] };
        assert_eq!(sources, expected, "{disposition:?}");
    }
}
