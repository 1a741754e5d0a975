//! Records that PostgreSQL does not take when their rows are written.

use expect_test::expect;
use rest_source::plan::{
    DataType::Text,
    MergeStrategy,
    WriteDisposition::{Append, Merge},
};
use rest_source_load::OnBadRecord;

use super::PostgresPlace;
use crate::{
    shown::shown,
    suite::Place,
    support::{Resource, Shop, row},
};

/// Text that does not compress.
fn noise(length: usize) -> String {
    let mut state = 1_u64;
    let letter = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        char::from(b'a' + u8::try_from((state >> 33) % 26).unwrap())
    });
    letter.take(length).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_is_too_large_is_set_aside_alone() {
    let mut said = String::new();
    for (disposition, strategy) in [
        (Merge, MergeStrategy::Upsert),
        (Merge, MergeStrategy::DeleteInsert),
        (Merge, MergeStrategy::InsertOnly),
    ] {
        let place = PostgresPlace::new().await;
        let of = |ids: &[&str]| {
            let mut items = Resource::new("items", disposition).column("id", Text);
            items.plan.merge_strategy = strategy.clone();
            items.primary_key(&["id"]).page(ids.iter().map(|id| row![*id]))
        };
        let (first, second) = (noise(10_000), noise(20_000));
        let items = of(&["1", &first, "2", "3", &second]);
        let error = place.load(&items).await.unwrap_err();
        assert!(error.failures()[0].error.is_record(), "{error}");
        said.extend([&shown(&error), "\n"]);

        let pipeline = place.pipeline().on_bad_record(OnBadRecord::Quarantine);
        let report = pipeline.run(&Shop(vec![items])).await.unwrap();
        assert_eq!((report.rows(), report.resources[0].rejected), (3, 2), "{strategy:?}");
        assert_eq!(place.rows("items", &["id"]).await, ["1", "2", "3"], "{strategy:?}");
        let rejected = place.rows("items__rejected", &["page", "record"]).await;
        assert_eq!(rejected, ["1|2", "1|5"], "{strategy:?}");
    }
    expect![[r#"
        1 of 1 resource failed before this run committed anything of it
          items: page 1, record 2: the rows cannot be moved into the table: index row requires 10016 bytes, maximum size is 8191
        1 of 1 resource failed before this run committed anything of it
          items: page 1, record 2: page 1, record 2: index row requires 10016 bytes, maximum size is 8191
        1 of 1 resource failed before this run committed anything of it
          items: page 1, record 2: the rows cannot be moved into the table: index row requires 10016 bytes, maximum size is 8191
    "#]].assert_eq(&said);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_row_that_is_too_large_is_set_aside_alone() {
    let place = PostgresPlace::new().await;
    let wide: Vec<_> = (0..990).map(|n| (format!("c{n}"), format!("\"{}\"", noise(20)))).collect();
    let wide = wide.iter().map(|(name, json)| (&**name, &**json)).collect();
    let items = Resource::new("items", Append).column("id", Text);
    let items = items.page_with_extra([
        (row!["1"], rest_source::Extra::default()),
        (row!["wide"], wide),
        (row!["2"], rest_source::Extra::default()),
    ]);
    let error = place.load(&items).await.unwrap_err();
    expect![[r#"
        1 of 1 resource failed before this run committed anything of it
          items: page 1, record 2: the rows cannot be copied: row is too big: size 20824, maximum size 8160"#]].assert_eq(&shown(&error));
    let pipeline = place.pipeline().on_bad_record(OnBadRecord::Quarantine);
    pipeline.run(&Shop(vec![items])).await.unwrap();
    assert_eq!(place.rows("items", &["id"]).await, ["1", "2"]);
    assert_eq!(place.rows("items__rejected", &["record"]).await, ["2"]);
}
