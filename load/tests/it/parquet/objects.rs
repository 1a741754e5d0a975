//! An object store, which has no locks: what it does when a run ends in the midst of it, and when
//! another one begins.

use std::{
    fmt,
    ops::Range,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use futures_util::{StreamExt, stream::BoxStream};
use object_store::{
    CopyOptions, Error, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta,
    ObjectStore, ObjectStoreExt, PutMultipartOptions, PutOptions, PutPayload, PutResult, Result,
    memory::InMemory, path::Path,
};
use rest_source::plan::{
    DataType::{Bigint, Text},
    MergeStrategy,
    WriteDisposition::{self, Append, Merge, Replace},
};
use rest_source_load::{Parquet, Pipeline};

use super::place::cells_of;
use crate::support::{Resource, Shop, row};

/// How a store is lost to a run.
#[derive(Debug, Clone, Copy)]
enum Loss {
    /// Before something is written.
    Before,
    /// Behind it, so that nobody hears that it is.
    After,
    /// Not at all, but each answer is lost once: what is written is written a second time, as clients
    /// of object stores do by themselves.
    Never,
}

/// A store that is lost after so many writes, as it is to a process that is killed.
#[derive(Debug)]
struct Lossy {
    store: Arc<InMemory>,
    loss: Loss,
    left: AtomicI64,
}

impl Lossy {
    fn lost() -> Error {
        Error::Generic { store: "lossy", source: "it is lost".into() }
    }

    fn check(&self) -> Result<()> {
        let is_there = matches!(self.loss, Loss::Never) || self.left.load(Ordering::SeqCst) > 0;
        if is_there { Ok(()) } else { Err(Lossy::lost()) }
    }

    /// Whether the next write is made, and whether it is heard of.
    fn write(&self) -> (bool, bool) {
        match (self.left.fetch_sub(1, Ordering::SeqCst), self.loss) {
            (2.., _) | (_, Loss::Never) => (true, true),
            (1, Loss::After) => (true, false),
            _ => (false, false),
        }
    }
}

impl fmt::Display for Lossy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("lossy")
    }
}

#[async_trait]
impl ObjectStore for Lossy {
    async fn put_opts(
        &self,
        path: &Path,
        content: PutPayload,
        options: PutOptions,
    ) -> Result<PutResult> {
        let (is_made, is_heard) = self.write();
        if !is_made {
            return Err(Lossy::lost());
        }
        if let Loss::Never = self.loss {
            let _ = self.store.put_opts(path, content.clone(), options.clone()).await;
        }
        let put = self.store.put_opts(path, content, options).await;
        if is_heard { put } else { Err(Lossy::lost()) }
    }

    async fn put_multipart_opts(
        &self,
        _: &Path,
        _: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        unreachable!("files are written as a whole")
    }

    async fn get_opts(&self, path: &Path, options: GetOptions) -> Result<GetResult> {
        self.check()?;
        self.store.get_opts(path, options).await
    }

    async fn get_ranges(&self, path: &Path, ranges: &[Range<u64>]) -> Result<Vec<bytes::Bytes>> {
        self.check()?;
        self.store.get_ranges(path, ranges).await
    }

    fn delete_stream(
        &self,
        paths: BoxStream<'static, Result<Path>>,
    ) -> BoxStream<'static, Result<Path>> {
        let (is_made, _) = self.write();
        if is_made {
            self.store.delete_stream(paths)
        } else {
            paths.map(|_| Err(Lossy::lost())).boxed()
        }
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.store.list(prefix)
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.check()?;
        self.store.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, _: &Path, _: &Path, _: CopyOptions) -> Result<()> {
        unreachable!("files stay where they are")
    }
}

/// The rows of a table, sorted.
async fn rows(store: &Arc<InMemory>, table: &str, columns: &[&str]) -> Vec<String> {
    let tables = Parquet::on(Arc::clone(store) as _, "lake/shop").tables().await.unwrap();
    let mut rows = Vec::new();
    for file in tables.iter().filter(|other| other.name == table).flat_map(|table| &table.files) {
        let content = store.get(&Path::parse(&file.path).unwrap()).await.unwrap();
        let cells = cells_of(content.bytes().await.unwrap(), columns);
        rows.extend(cells.iter().map(|row| row.join("|")));
    }
    rows.sort();
    rows
}

fn pipeline(store: Arc<dyn ObjectStore>) -> Pipeline<Parquet> {
    Pipeline::new("test", Parquet::on(store, "lake/shop")).batch_rows(1)
}

/// Pages of two records, each with a list of two elements.
fn payments(disposition: WriteDisposition, amount: i64, pages: i64) -> Resource {
    let payments = Resource::new("payments", disposition).column("id", Text);
    (0..pages).fold(payments.column("amount", Bigint).primary_key(&["id"]), |payments, page| {
        payments.page_with_extra([2 * page, 2 * page + 1].map(|index| {
            let extra = [("items", "[1, 2]")].into_iter().collect();
            (row![format!("P{index}").as_str(), amount], extra)
        }))
    })
}

fn expected(ids: i64, amount: i64) -> Vec<String> {
    let mut rows: Vec<_> = (0..ids).map(|index| format!("P{index}|{amount}")).collect();
    rows.sort();
    rows
}

/// Whatever write a run is cut off at, the tables are then as after a commit, and the next run that
/// is not cut off ends with each record once.
#[tokio::test]
async fn a_store_that_is_lost_at_any_write_loses_and_doubles_nothing() {
    for loss in [Loss::Before, Loss::After] {
        for disposition in [Append, Merge, Replace] {
            let mut writes = 0;
            loop {
                writes += 1;
                let store = Arc::new(InMemory::new());
                let before = if disposition == Append { 0 } else { 2 };
                if before > 0 {
                    let old = Shop(vec![payments(disposition, 1, 1)]);
                    pipeline(Arc::clone(&store) as _).run(&old).await.unwrap();
                }
                let shop = Shop(vec![payments(disposition, 2, 3)]);
                let left = AtomicI64::new(writes);
                let lossy = Arc::new(Lossy { store: Arc::clone(&store), loss, left });
                let done = pipeline(Arc::clone(&lossy) as _).run(&shop).await;
                let is_lost = lossy.left.load(Ordering::SeqCst) <= 0;

                let seen = rows(&store, "payments", &["id", "amount"]).await;
                let items = rows(&store, "payments__items", &["value"]).await;
                assert_eq!(items.len(), 2 * seen.len());
                let place = format!("{disposition:?}, {loss:?} write {writes}: {seen:?}");
                match disposition {
                    Append => {
                        assert_eq!(
                            seen,
                            expected(i64::try_from(seen.len()).unwrap(), 2),
                            "{place}"
                        );
                    }
                    _ => assert!(seen == expected(before, 1) || seen == expected(6, 2), "{place}"),
                }
                // Of an append that is complete before it is lost, the next run appends all again.
                if done.is_err() {
                    pipeline(Arc::clone(&store) as _).run(&shop).await.unwrap();
                }
                let state = Parquet::on(Arc::clone(&store) as _, "lake/shop");
                let state = rest_source_load::Destination::state(&state).await.unwrap();
                assert!(state[0].checkpoint.is_none());
                let seen = rows(&store, "payments", &["id", "amount"]).await;
                let all = expected(6, 2);
                let twice: Vec<_> = all.iter().flat_map(|row| [row.clone(), row.clone()]).collect();
                let is_right = seen == all || (disposition == Append && is_lost && seen == twice);
                assert!(is_right, "{place}, then {seen:?}");
                assert_eq!(rows(&store, "payments__items", &["value"]).await.len(), 2 * seen.len());
                if !is_lost {
                    break;
                }
            }
            assert!(writes > 10, "only {writes} writes");
        }
    }
}

#[tokio::test]
async fn a_commit_that_was_written_twice_is_no_other_run() {
    let store = Arc::new(InMemory::new());
    let lossy = Lossy { store: Arc::clone(&store), loss: Loss::Never, left: AtomicI64::new(0) };
    pipeline(Arc::new(lossy)).run(&Shop(vec![payments(Append, 1, 3)])).await.unwrap();
    assert_eq!(rows(&store, "payments", &["id", "amount"]).await, expected(6, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_run_is_noticed_at_the_next_commit_and_nothing_is_doubled() {
    for disposition in [Append, Merge, Replace] {
        let store = Arc::new(InMemory::new());
        let slow = payments(disposition, 1, 6).delay(Duration::from_millis(100));
        let (first, second) = (Shop(vec![slow]), Shop(vec![payments(disposition, 1, 6)]));
        let later = async {
            tokio::time::sleep(Duration::from_millis(250)).await;
            pipeline(Arc::clone(&store) as _).run(&second).await
        };
        let early = pipeline(Arc::clone(&store) as _);
        let (early, later) = tokio::join!(early.run(&first), later);
        let error = early.unwrap_err();
        assert!(error.failures()[0].error.is_busy(), "{error}");
        assert!(error.is_transient());
        // It goes on where the first had come to.
        assert!(later.unwrap().resources[0].resumed);
        assert_eq!(rows(&store, "payments", &["id", "amount"]).await, expected(12, 1));
        assert_eq!(rows(&store, "payments__items", &["value"]).await.len(), 24);
    }
}

#[tokio::test]
async fn every_merge_strategy_works_on_an_object_store() {
    for strategy in [MergeStrategy::DeleteInsert, MergeStrategy::Upsert, MergeStrategy::InsertOnly]
    {
        let store = Arc::new(InMemory::new());
        let mut resource = payments(Merge, 1, 2);
        resource.plan.merge_strategy = strategy;
        for _ in 0..2 {
            pipeline(Arc::clone(&store) as _).run(&Shop(vec![resource.clone()])).await.unwrap();
            assert_eq!(rows(&store, "payments", &["id", "amount"]).await, expected(4, 1));
        }
    }
}

#[test]
fn nothing_of_a_store_is_shown_but_its_place() {
    let store = Parquet::on(Arc::new(InMemory::new()), "lake/shop");
    assert_eq!(format!("{store:?}"), r#"Parquet("InMemory/lake/shop")"#);
}
