//! What an earlier version has made of the loader's own tables.

use rest_source::plan::{DataType::Text, WriteDisposition::Replace};
use rest_source_load::{Destination, OnBadRecord};

use super::Place;
use crate::support::{Resource, Shop, row};

/// They get the columns that they lack. `execute` runs statements, of which a place need not know any.
pub(crate) async fn columns_that_are_missing_are_added<P: Place>(
    place: &P,
    execute: impl AsyncFnOnce(&str),
) {
    let mut payments = Resource::new("payments", Replace).column("id", Text);
    payments.plan.columns.to_mut()[0].nullable = false;
    let extra = |json| [("note", json)].into_iter().collect();
    let payments = payments.page_with_extra([(row!["1"], extra("7"))]);
    let payments = payments.page([row![None::<String>]]);
    let payments = payments.page_with_extra([(row!["3"], extra("\"a\""))]);
    let quarantine = || place.pipeline().on_bad_record(OnBadRecord::Quarantine);
    payments.fail_at(3);
    let shop = Shop(vec![payments.clone()]);
    quarantine().run(&shop).await.unwrap_err();
    execute(
        "ALTER TABLE _rest_source_state DROP COLUMN records;
         ALTER TABLE _rest_source_state DROP COLUMN status;
         ALTER TABLE _rest_source_runs DROP COLUMN discarded;
         ALTER TABLE _rest_source_runs DROP COLUMN records;
         ALTER TABLE _rest_source_runs DROP COLUMN new;
         ALTER TABLE _rest_source_runs DROP COLUMN updated;
         ALTER TABLE _rest_source_runs DROP COLUMN unchanged;
         DELETE FROM _rest_source_columns WHERE is_declared;
         ALTER TABLE _rest_source_columns DROP COLUMN is_declared;
         ALTER TABLE payments__rejected DROP COLUMN run;",
    )
    .await;
    let state = place.destination().state().await.unwrap();
    assert_eq!((state[0].rows, state[0].records), (1, 1));
    payments.fail_at(0);
    assert!(quarantine().run(&shop).await.unwrap().resources[0].resumed);
    quarantine().run(&shop).await.unwrap();
    assert_eq!(place.rows("payments__rejected", &["run", "page"]).await, ["3|2", "NULL|2"]);
    let counts = place.runs(&["run", "records", "new"]).await;
    assert_eq!(counts, ["1|NULL|NULL", "2|1|2", "3|3|2"]);
    let rows = place.rows("payments", &["id", "note", "note__v_text"]).await;
    assert_eq!(rows, ["1|7|NULL", "3|NULL|a"]);
    let known = place.rows("_rest_source_columns", &["column_name", "is_declared"]).await;
    assert_eq!(known, ["id|1", "note__v_text|0", "note|0"]);
}
