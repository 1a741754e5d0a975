//! Record batches of one schema, for readers of Arrow's C interface.

use std::{
    io,
    thread::{self, ThreadId},
};

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use futures_util::StreamExt as _;
use pyo3::{exceptions::PyKeyboardInterrupt, prelude::*};
use rest_source_load::{ArrowBatch, ArrowBatches, Error};

use crate::{
    row_limit::RowLimit,
    runtime::{runtime, wait},
};

/// Fetches while it is read.
pub(crate) struct Reader {
    pub(crate) batches: ArrowBatches,
    pub(crate) schema: SchemaRef,
    /// What was fetched to know the schema.
    pub(crate) first: Option<RecordBatch>,
    pub(crate) left: RowLimit,
    /// The thread that has asked for the stream. On it Python is waited for, and signals are handled. Threads of an
    /// engine must not wait for Python, as Python may wait for them.
    pub(crate) thread: ThreadId,
    pub(crate) is_over: bool,
}

impl Iterator for Reader {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(first) = self.first.take() {
            return Some(Ok(first));
        }
        if self.is_over {
            return None;
        }
        let rows = match self.fetch() {
            Ok(Some(Ok(mut batch))) => batch.tables.pop().map(|table| self.left.cut(table.rows)),
            Ok(Some(Err(error))) => {
                self.is_over = true;
                return Some(Err(failed(error.to_string())));
            }
            Ok(None) => None,
            Err(interrupted) => {
                self.is_over = true;
                return Some(Err(failed(interrupted)));
            }
        };
        let Some(rows) = rows else {
            self.is_over = true;
            return None;
        };
        // Columns only get more.
        if rows.num_columns() == self.schema.fields().len() {
            return Some(Ok(rows));
        }
        self.is_over = true;
        Some(Err(failed(self.grown(&rows))))
    }
}

impl Reader {
    /// The inner error says why there is no waiting any more.
    fn fetch(&mut self) -> Result<Option<Result<ArrowBatch, Error>>, String> {
        let batches = &mut self.batches;
        if thread::current().id() == self.thread {
            let waited = Python::try_attach(|py| {
                wait(py, batches.next()).map_err(|error| {
                    if error.is_instance_of::<PyKeyboardInterrupt>(py) {
                        // The reader raises an error of its own, behind which the interruption is to come.
                        let again = py
                            .import("_thread")
                            .and_then(|thread| thread.call_method0("interrupt_main"));
                        if let Err(error) = again {
                            return error.to_string();
                        }
                        return "interrupted".to_owned();
                    }
                    error.to_string()
                })
            });
            return waited.unwrap_or_else(|| Err("Python is ending".to_owned()));
        }
        let runtime = runtime().map_err(|error| error.to_string())?;
        Ok(runtime.block_on(batches.next()))
    }

    /// What a batch has that the ones before it had not.
    fn grown(&self, rows: &RecordBatch) -> String {
        let schema = rows.schema();
        let new = schema.fields().iter().skip(self.schema.fields().len());
        let new: Vec<String> = new.map(|field| format!("`{}`", field.name())).collect();
        let (noun, it) = if new.len() == 1 { ("column", "it is") } else { ("columns", "they are") };
        format!(
            "a later batch has the new {noun} {}, and a stream has the columns of its first batch; declare what \
             {it} under `columns`, leave it out by `schema_contract: {{columns: discard_value}}`, or read more records \
             before the first batch, `arrow(batch_rows=1_000_000)`",
            new.join(", ")
        )
    }
}

impl RecordBatchReader for Reader {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

fn failed(text: String) -> ArrowError {
    ArrowError::IoError(text.clone(), io::Error::other(text))
}
