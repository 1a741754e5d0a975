//! Tables that somebody deletes.

use rest_source::plan::{
    Column,
    DataType::{Json, Text},
    Link, MergeStrategy, Scd2,
    WriteDisposition::{self, Append, Merge, Replace},
};
use rest_source_load::Destination;

use super::Place;
use crate::{
    shown::shown,
    support::{Cell, Resource},
};

/// Three pages, each with a record that has two lists, one of them declared.
fn listed(disposition: WriteDisposition, strategy: MergeStrategy) -> Resource {
    let mut payments = Resource::new("payments", disposition).column("id", Text);
    payments = payments.column("words", Json).primary_key(&["id"]);
    payments.plan.merge_strategy = strategy;
    let items = Link::from(Column::new("", Text));
    payments.plan.columns.to_mut()[1].items = Some(items);
    ["1", "2", "3"].into_iter().fold(payments, |payments, id| {
        let words: Cell = Box::new(Some(vec![Some(id.to_owned())]));
        let extra = [("numbers", &*format!("[{id}]"))].into_iter().collect();
        let id: Cell = Box::new(Some(id.to_owned()));
        payments.page_with_extra([(vec![id, words], extra)])
    })
}

const LISTS: [&str; 2] = ["payments__words", "payments__numbers"];

pub(super) async fn a_list_whose_table_is_deleted_is_loaded_again<P: Place>() {
    for (disposition, strategy) in [
        (Merge, MergeStrategy::Upsert),
        (Merge, MergeStrategy::DeleteInsert),
        (Replace, MergeStrategy::Default),
    ] {
        for (list, fails_at) in [(LISTS[0], 0), (LISTS[1], 0), (LISTS[0], 3), (LISTS[1], 3)] {
            let place = P::new().await;
            let payments = listed(disposition, strategy.clone()).incremental();
            place.load(&payments).await.unwrap();
            place.destination().reset("test", None).await.unwrap();
            payments.fail_at(fails_at);
            assert_eq!(place.load(&payments).await.is_ok(), fails_at == 0);
            payments.fail_at(0);
            place.delete(list).await;
            let report = place.load(&payments).await.unwrap();
            let case = format!("{disposition:?}, {strategy:?}, {list}, {fails_at}");
            assert_eq!((report.rows(), report.resources[0].resumed), (3, false), "{case}");
            assert_eq!(place.rows("payments", &["id"]).await, ["1", "2", "3"], "{case}");
            for list in LISTS {
                assert_eq!(place.rows(list, &["value"]).await, ["1", "2", "3"], "{case}: {list}");
            }
        }
    }
}

pub(super) async fn a_list_that_loading_would_not_bring_back_is_not_passed_over<P: Place>() {
    let scd2 = Scd2 {
        validity_columns: None,
        active_record_timestamp: None,
        boundary_timestamp: None,
        row_version_column: None,
        ..Scd2::DEFAULT
    };
    let mut said = String::new();
    for (disposition, strategy) in [
        (Append, MergeStrategy::Default),
        (Merge, MergeStrategy::InsertOnly),
        (Merge, MergeStrategy::Scd2(scd2)),
    ] {
        for list in LISTS {
            let place = P::new().await;
            let payments = listed(disposition, strategy.clone());
            place.load(&payments).await.unwrap();
            place.delete(list).await;
            for _ in 0..2 {
                let error = place.load(&payments).await.unwrap_err();
                assert!(error.failures()[0].error.is_schema(), "{error}");
                said.extend([&shown(&error), "\n"]);
                assert_eq!(place.rows("payments", &["id"]).await, ["1", "2", "3"], "{strategy:?}");
            }
            let other = if list == LISTS[0] { LISTS[1] } else { LISTS[0] };
            place.delete("payments").await;
            place.delete(other).await;
            place.load(&payments).await.unwrap();
            for list in LISTS {
                assert_eq!(place.rows(list, &["value"]).await, ["1", "2", "3"], "{strategy:?}");
            }
        }
    }
    P::says("a_list_that_is_gone", &said);
}

pub(super) async fn a_deleted_table_leaves_no_element_twice<P: Place>() {
    for strategy in [MergeStrategy::Upsert, MergeStrategy::DeleteInsert, MergeStrategy::InsertOnly]
    {
        let place = P::new().await;
        let payments = listed(Merge, strategy.clone());
        place.load(&payments).await.unwrap();
        place.delete("payments").await;
        place.load(&payments).await.unwrap();
        assert_eq!(place.rows("payments", &["id"]).await, ["1", "2", "3"], "{strategy:?}");
        for list in LISTS {
            assert_eq!(place.rows(list, &["value"]).await, ["1", "2", "3"], "{strategy:?}");
        }
    }
}

pub(super) async fn a_deleted_table_leaves_no_element_behind<P: Place>() {
    for disposition in [Append, Merge, Replace] {
        let place = P::new().await;
        place.load(&listed(disposition, MergeStrategy::Default)).await.unwrap();
        place.delete("payments").await;
        place.load(&listed(disposition, MergeStrategy::Default)).await.unwrap();
        assert_eq!(place.rows("payments", &["id"]).await, ["1", "2", "3"], "{disposition:?}");
        for list in LISTS {
            assert_eq!(place.rows(list, &["value"]).await, ["1", "2", "3"], "{disposition:?}");
        }
    }
}
