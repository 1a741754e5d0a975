//! What a destination is told, seen by one that keeps everything in memory.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, atomic::Ordering},
    time::Duration,
};

use expect_test::expect;
use rest_source::{
    Checkpoint, FieldRef,
    plan::{DataType::Text, WriteDisposition::Append},
};
use rest_source_load::{
    Batch, Destination, Error, ErrorKind, Pipeline, Run, RunReport, Session, Table, Writer, Written,
};

use crate::{
    shown::shown,
    support::{Resource, Shop, row},
};

/// Appends the first field of each record, taking its time.
#[derive(Clone, Default)]
struct Memory {
    tables: Arc<Mutex<HashMap<String, Stored>>>,
    delay: Duration,
    /// Rows that fit in.
    capacity: Option<usize>,
}

#[derive(Default)]
struct Stored {
    rows: Vec<String>,
    checkpoint: Option<Checkpoint>,
}

struct MemoryWriter {
    memory: Memory,
    table: String,
    checkpoint: Option<Checkpoint>,
}

impl Destination for Memory {
    type Session = Memory;

    async fn begin(&self, run: Run) -> Result<Memory, Error> {
        assert_eq!((run.pipeline.as_str(), run.source.as_str()), ("test", "shop"));
        Ok(self.clone())
    }
}

impl Session for Memory {
    type Writer = MemoryWriter;

    async fn open(&self, table: &Table) -> Result<MemoryWriter, Error> {
        let mut tables = self.tables.lock().unwrap();
        let checkpoint = tables.entry(table.name.clone()).or_default().checkpoint.clone();
        let table = table.name.clone();
        Ok(MemoryWriter { memory: self.clone(), table, checkpoint })
    }

    async fn end(self, report: &RunReport) -> Result<(), Error> {
        assert_eq!(report.resources.len(), 1);
        Ok(())
    }
}

impl Writer for MemoryWriter {
    fn checkpoint(&self) -> Option<&Checkpoint> {
        self.checkpoint.as_ref()
    }

    async fn write(&mut self, batch: Batch) -> Result<Written, Error> {
        tokio::time::sleep(self.memory.delay).await;
        let mut tables = self.memory.tables.lock().unwrap();
        let stored = tables.get_mut(&self.table).unwrap();
        if self.memory.capacity.is_some_and(|capacity| stored.rows.len() >= capacity) {
            return Err(Error::new(ErrorKind::Destination, "memory is full"));
        }
        for record in batch.records() {
            let FieldRef::Text(text) = record.field(0) else { unreachable!() };
            stored.rows.push(text.to_owned());
        }
        let written = Written::stored(batch.rows());
        stored.checkpoint = batch.checkpoint;
        Ok(written)
    }
}

fn numbers(pages: usize) -> Resource {
    let numbers = Resource::new("numbers", Append).column("number", Text);
    (0..pages).fold(numbers, |numbers, page| numbers.page([row![page.to_string().as_str()]]))
}

#[tokio::test]
async fn a_destination_of_ones_own_can_be_loaded_into_and_continued() {
    let memory = Memory::default();
    let shop = Shop(vec![numbers(5)]);
    let pipeline = Pipeline::new("test", memory.clone()).batch_rows(2);
    shop.0[0].fail_at(4);
    pipeline.run(&shop).await.unwrap_err();
    assert!(memory.tables.lock().unwrap()["numbers"].checkpoint.is_some());
    shop.0[0].fail_at(0);
    pipeline.run(&shop).await.unwrap();
    let tables = memory.tables.lock().unwrap();
    assert_eq!(tables["numbers"].rows, ["0", "1", "2", "3", "4"]);
    assert!(tables["numbers"].checkpoint.is_none());
}

#[tokio::test(start_paused = true)]
async fn the_source_waits_for_a_slow_destination() {
    let memory = Memory { delay: Duration::from_secs(60), ..Memory::default() };
    let shop = Shop(vec![numbers(10)]);
    let pipeline = Pipeline::new("test", memory).batch_rows(2);
    let fetched = || shop.0[0].fetched.load(Ordering::Relaxed);
    let mut run = Box::pin(pipeline.run(&shop));
    // While a batch of two pages is written, only the next one is gathered.
    for expected in [4, 6, 8, 10] {
        assert!(tokio::time::timeout(Duration::from_secs(59), &mut run).await.is_err());
        assert_eq!(fetched(), expected);
        assert!(tokio::time::timeout(Duration::from_secs(1), &mut run).await.is_err());
    }
    run.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_destination_that_fails_stops_the_fetch() {
    let memory = Memory { capacity: Some(3), ..Memory::default() };
    let shop = Shop(vec![numbers(100).delay(Duration::from_secs(1))]);
    let pipeline = Pipeline::new("test", memory).batch_rows(1);
    let error = pipeline.run(&shop).await.unwrap_err();
    expect!["memory is full"].assert_eq(&shown(&error.failures()[0].error));
    assert_eq!(error.report().unwrap().resources[0].rows, 3);
    assert_eq!(shop.0[0].fetched.load(Ordering::Relaxed), 4);
}
