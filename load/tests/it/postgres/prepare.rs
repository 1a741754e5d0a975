//! Several pipelines that prepare the same tables at once.

use rest_source::plan::{
    DataType::Text,
    WriteDisposition::{Append, Merge},
};
use rest_source_load::Pipeline;

use super::PostgresPlace;
use crate::{
    suite::Place,
    support::{Resource, Shop, row},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn pipelines_create_and_extend_the_same_tables_at_once() {
    for disposition in [Append, Merge] {
        let place = PostgresPlace::new().await;
        for round in 0..3_usize {
            let runs = (0..8).map(|number| {
                let id = format!("{round}-{number}");
                // Columns and lists that all of them find, in an order of their own.
                let mut names = ["a", "b", "c", "d"];
                names.rotate_left(number % 4);
                let extra = names.iter().map(|name| (format!("{name}{round}"), "[1]"));
                let extra: Vec<(String, &str)> = extra.collect();
                let extra = extra.iter().map(|(name, json)| (&**name, *json)).collect();
                let payments = Resource::new("payments", disposition)
                    .column("id", Text)
                    .primary_key(&["id"])
                    .page_with_extra([(row![id.as_str()], extra)]);
                let pipeline = Pipeline::new(number.to_string(), place.destination());
                tokio::spawn(async move { pipeline.run(&Shop(vec![payments])).await })
            });
            for run in runs.collect::<Vec<_>>() {
                run.await.unwrap().unwrap();
            }
            let all = (round + 1) * 8;
            assert_eq!(place.counts("payments", &["id"]).await, [all.to_string(), all.to_string()]);
            for name in ["a", "b", "c", "d"] {
                let list = format!("payments__{name}{round}");
                assert_eq!(place.counts(&list, &[]).await, ["8"], "{list}");
            }
        }
    }
}
