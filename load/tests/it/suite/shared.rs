//! Several resources in one table.

use rest_source::plan::{
    DataType::Bigint,
    WriteDisposition::{self, Append, Merge, Replace},
};

use super::Place;
use crate::{
    shown::shown,
    support::{Resource, Shop, row},
};

fn issues(name: &str, disposition: WriteDisposition, ids: &[i64], extra: &'static str) -> Resource {
    let mut issues = Resource::new(name, disposition).column("id", Bigint).primary_key(&["id"]);
    issues.plan.table_name = "issues".into();
    let rows = ids.iter().map(|id| (row![*id], [(extra, "[1]")].into_iter().collect()));
    issues.page_with_extra(rows)
}

pub(super) async fn resources_share_a_table_that_they_describe_alike<P: Place>() {
    for (disposition, expected) in
        [(Append, ["1", "1", "2", "2", "3", "3", "3", "3"].as_slice()), (Merge, &["1", "2", "3"])]
    {
        let place = P::new().await;
        let shop = Shop(vec![
            issues("open", disposition, &[1, 3], "labels"),
            issues("closed", disposition, &[2, 3], "reasons"),
        ]);
        if !P::SHARES_TABLES {
            let error = place.pipeline().run(&shop).await.unwrap_err();
            assert!(error.is_schema(), "{error}");
            P::says("resources_that_share_a_table", &shown(&error));
            return;
        }
        for _ in 0..2 {
            place.pipeline().run(&shop).await.unwrap();
        }
        assert_eq!(place.rows("issues", &["id"]).await, expected, "{disposition:?}");
        for list in ["issues__labels", "issues__reasons"] {
            assert_eq!(place.columns(list).await[4], "value", "{disposition:?}");
        }
        // What somebody deletes is loaded again by all of them.
        place.delete("issues").await;
        place.pipeline().run(&shop).await.unwrap();
        let mut ids = place.rows("issues", &["id"]).await;
        ids.dedup();
        assert_eq!(ids, ["1", "2", "3"], "{disposition:?}");
    }
}

/// What is `nullable: false` in one of them only has no value in rows of the other.
pub(super) async fn what_one_resource_may_lack_the_table_may_lack<P: Place>() {
    if !P::SHARES_TABLES {
        return;
    }
    for turn in 0..2 {
        let place = P::new().await;
        let [mut open, mut closed] = ["open", "closed"]
            .map(|name| Resource::new(name, Append).column("id", Bigint).column("reason", Bigint));
        for issues in [&mut open, &mut closed] {
            issues.plan.table_name = "issues".into();
        }
        closed.plan.columns.to_mut()[1].nullable = false;
        let mut shop =
            Shop(vec![open.page([row![1_i64, None::<i64>]]), closed.page([row![2_i64, 7_i64]])]);
        shop.0.rotate_left(turn);
        place.pipeline().concurrency(1).run(&shop).await.unwrap();
        assert_eq!(place.rows("issues", &["id", "reason"]).await, ["1|NULL", "2|7"]);
    }
}

pub(super) async fn resources_that_would_replace_each_other_share_no_table<P: Place>() {
    let mut said = String::new();
    for (first, second) in [(Replace, Replace), (Append, Replace), (Append, Merge)] {
        let place = P::new().await;
        let shop =
            Shop(vec![issues("open", first, &[1], "a"), issues("closed", second, &[2], "a")]);
        let error = place.pipeline().run(&shop).await.unwrap_err();
        assert!(error.is_schema(), "{error}");
        said.extend([&shown(&error), "\n"]);
    }
    P::says("resources_that_replace_each_other", &said);
}
