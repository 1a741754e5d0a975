//! What readers see while a run writes.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use rest_source::plan::{
    DataType::{Bigint, Text},
    WriteDisposition::Replace,
};

use super::place::ParquetPlace;
use crate::{
    suite::Place,
    support::{Resource, row},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_sees_a_table_of_one_run_and_never_an_empty_or_mixed_one() {
    let place = ParquetPlace::new().await;
    let run = |generation: i64| {
        let payments = Resource::new("payments", Replace).column("id", Text);
        (0..5).fold(payments.column("amount", Bigint), |payments, _| {
            payments.page((0..20).map(|_| row!["P", generation]))
        })
    };
    place.load(&run(0)).await.unwrap();

    let stop = Arc::new(AtomicBool::new(false));
    let (looked_at, stopped) = (ParquetPlace::named(&place.name()), Arc::clone(&stop));
    let reader = tokio::spawn(async move {
        let mut seen = Vec::new();
        while !stopped.load(Ordering::Relaxed) {
            let mut amounts = looked_at.rows("payments", &["amount"]).await;
            assert_eq!(amounts.len(), 100);
            amounts.dedup();
            assert_eq!(amounts.len(), 1, "{amounts:?}");
            seen.extend(amounts);
        }
        seen
    });
    for generation in 1..=10 {
        place.load(&run(generation)).await.unwrap();
    }
    stop.store(true, Ordering::Relaxed);

    let mut seen = reader.await.unwrap();
    seen.dedup();
    assert!(seen.len() > 1, "the reader saw only {seen:?}");
}
